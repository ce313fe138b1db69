"""Two ways to one answer, timed in turn."""

import pytest

from bench.measure import WARM_UP, DifferentAnswers, ratio


def noted(calls, name, answer):
    def call():
        calls.append(name)
        return answer

    return call


def test_the_two_are_timed_in_turn_after_a_warm_up():
    calls = []

    ratio(noted(calls, "ours", 1), noted(calls, "bare", 1), rounds=3)

    assert calls == ["ours", "bare"] * (WARM_UP + 3)


def test_work_with_another_answer_is_not_timed():
    calls = []

    with pytest.raises(DifferentAnswers):
        ratio(noted(calls, "ours", 1), noted(calls, "bare", 2))

    assert calls == ["ours", "bare"]


def test_answers_may_be_alike_without_being_equal():
    found = ratio(lambda: "15", lambda: 15, rounds=2, alike=lambda ours, bare: int(ours) == bare)

    assert found.times == found.ours / found.bare
