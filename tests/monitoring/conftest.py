"""Two officers at once: real threads, each with its own connection."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection


@pytest.fixture
def race():
    """Runs the calls at the same time and returns what each gave or raised."""

    def run(call):
        try:
            return call()
        except Exception as refusal:  # noqa: BLE001
            return refusal
        finally:
            connection.close()

    def together(*calls):
        with ThreadPoolExecutor(len(calls)) as threads:
            return list(threads.map(run, calls))

    return together
