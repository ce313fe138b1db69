"""The committee's order and what is missing from it; nothing of it blocks."""

from datetime import date

import pytest
from django.urls import reverse

from funds.committee import CannotLeave, leave, notes
from funds.models import CommitteeOrder
from tests.factories import make_centre, make_fund, make_member, make_officer, make_order, make_village

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 27)


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


def test_a_centre_without_an_order_is_told_so():
    assert notes(make_centre(), on=TODAY) == ["ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ"]


def test_a_whole_committee_has_no_notes():
    centre = make_centre()
    make_member(make_order(centre), fund=make_fund(centre))
    make_fund(centre, closed_on=date(2020, 1, 1))

    assert notes(centre, on=TODAY) == []


def test_what_is_missing_is_named():
    centre = make_centre()
    make_fund(centre, name="กลุ่มออมทรัพย์")
    make_order(centre, number="1/2560", signer_position="กำนัน", expires_on=date(2021, 1, 5))

    assert notes(centre, on=TODAY) == [
        "คำสั่งที่ 1/2560 หมดวาระแล้วเมื่อ 5 ม.ค. 2564",
        "คำสั่งที่ 1/2560 ลงนามโดยกำนัน ต้องลงนามโดยนายอำเภอ",
        "ไม่มีกรรมการที่เป็นตัวแทนของกลุ่มออมทรัพย์",
    ]


def test_an_order_is_valid_on_its_last_day():
    order = make_order(expires_on=TODAY)

    assert notes(order.centre, on=TODAY) == []


def test_a_member_speaks_for_a_fund_of_this_centre_only(head):
    order = make_order()
    ours = make_fund(order.centre, name="กองทุนของศูนย์นี้")
    other = make_fund(make_centre(make_village("33100504")), name="กองทุนของศูนย์อื่น")
    address = reverse("funds:committeemember-new", args=[order.pk])

    response = head.post(address, {"first_name": "สมพร", "position": "chair", "fund": other.pk})

    assert list(response.context["form"].errors) == ["fund"]
    assert other.name not in response.content.decode()
    head.post(address, {"first_name": "สมพร", "position": "chair", "fund": ours.pk})
    assert order.members.get().fund == ours


def test_a_member_sent_twice_is_on_the_order_once(head):
    order = make_order()
    address = reverse("funds:committeemember-new", args=[order.pk])
    typed = {"first_name": "สมพร", "last_name": "ใจดี", "position": "member"}
    head.post(address, typed)

    response = head.post(address, typed)

    assert response.context["form"].errors == {"first_name": ["คำสั่งนี้มีกรรมการชื่อนี้แล้ว"]}
    assert order.members.count() == 1


def test_a_member_who_leaves_stays_on_the_order_as_a_former_one(head):
    fund = make_fund()
    member = make_member(make_order(fund.centre), fund=fund)
    address = reverse("funds:committeemember-leave", args=[member.pk])
    head.get(address)
    assert member.order.serving == [member]

    page = head.post(address, {"left_on": "27/3/2565"}, follow=True).content.decode()

    order = CommitteeOrder.objects.get()
    assert (order.serving, order.former) == ([], [member])
    assert "กรรมการที่พ้นจากตำแหน่ง" in page
    assert "27 มี.ค. 2565" in page
    assert notes(fund.centre, on=TODAY) == [f"ไม่มีกรรมการที่เป็นตัวแทนของ{fund.name}"]


@pytest.mark.parametrize("typed", ["4/1/2560", "31/2/2565", ""])
def test_nobody_leaves_before_the_order_was_signed_or_on_no_day(head, typed):
    member = make_member(make_order(signed_on=date(2017, 1, 5)))

    response = head.post(reverse("funds:committeemember-leave", args=[member.pk]), {"left_on": typed})

    assert response.context["form"].errors
    assert member.order.serving == [member]


def test_a_member_leaves_once():
    member = make_member()
    leave(member=member, on=TODAY, by=make_officer())

    with pytest.raises(CannotLeave, match="27 มี.ค. 2565"):
        leave(member=member, on=date(2022, 4, 1), by=make_officer())


def test_someone_who_left_can_be_appointed_again(head):
    member = make_member()
    leave(member=member, on=TODAY, by=make_officer())
    typed = {"first_name": member.first_name, "last_name": member.last_name, "position": "chair"}

    head.post(reverse("funds:committeemember-new", args=[member.order_id]), typed)

    assert [str(each.position) for each in CommitteeOrder.objects.get().serving] == ["chair"]


def test_an_order_expires_after_it_was_signed(head):
    typed = {"number": "1/2560", "signed_on": "5/1/2560", "signer_position": "นายอำเภอ"}

    response = head.post(
        reverse("funds:committeeorder-new", args=[make_centre().pk]), {**typed, "expires_on": "5/1/2560"}
    )

    assert response.context["form"].errors == {"expires_on": ["วันหมดวาระต้องอยู่หลังวันที่ลงนาม"]}
