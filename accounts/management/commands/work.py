"""Do the long jobs that officers asked for: manage.py work. As many of these as there is room for."""

import logging
from threading import Event, Thread

from django.conf import settings
from django.db import DatabaseError, connection
from django_tasks_db.management.commands import db_worker

from accounts import jobs

log = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Does the jobs that wait in the queue, and takes over those of workers that were killed."

    def handle(self, **options):
        with Caretaker(options["worker_id"]):
            super().handle(**options)


class Caretaker:
    """Beside the work, on a connection of its own: this worker's sign of life, jobs of the dead, what is old."""

    def __init__(self, worker: str):
        self.worker = worker
        self._is_over = Event()
        self._thread = Thread(target=self._go_round, daemon=True)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *raised):
        self._is_over.set()
        self._thread.join(timeout=5)

    def _go_round(self) -> None:
        try:
            self._look_after()
            while not self._is_over.wait(settings.JOB_SILENCE / 4):
                self._look_after()
        finally:
            connection.close()

    def _look_after(self) -> None:
        try:
            jobs.say_alive(self.worker)
            jobs.recover()
            jobs.forget_old()
        except DatabaseError as failure:  # busy or restarted: the next round comes soon
            connection.close()
            log.warning("caretaker: %s", failure)
