"""A worker that is killed (SIGKILL, by itself) at the moment named in DIE_AT: `step:rows` when so many are done,
"finished" before the commit, or "committed" after it. Run as a script, with the environment of the tests."""

import os
import signal
import sys

import django
from django.core.management import call_command

import tests.environment  # noqa: F401 - the settings read it


def die_at(moment: str, step: str, done: int = 0) -> None:
    wanted, _, rows = moment.partition(":")
    if step == wanted and done >= int(rows or 0):
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - only once Django is set up

    from accounts.jobs import Run  # noqa: PLC0415
    from debts.imports import register  # noqa: PLC0415

    moment, report, finish = os.environ["DIE_AT"], Run.report_progress, Run.finish
    register.BATCH = 500

    def report_and_die(run, doing, done=0, total=0):
        report(run, doing, done, total)
        die_at(moment, doing, done)

    def finish_and_die(run, message, **columns):
        finish(run, message, **columns)
        die_at(moment, "finished")

    Run.report_progress, Run.finish = report_and_die, finish_and_die
    DBTaskResult.set_successful = lambda result, value: die_at(moment, "committed")
    call_command("work", verbosity=0, startup_delay=False, interval=0.1)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    main()
