"""Whether the process lives and whether it can work: for the load balancer, without detail for the public."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

log = logging.getLogger(__name__)


def is_ready() -> bool:
    """The database answers and is up to date, and files can be kept. The reason of a no is in the log."""
    checks = {"database": _database_is_up_to_date, "files": _files_can_be_kept}
    failed = [name for name, check in checks.items() if not check()]
    if failed:
        log.error("not ready: %s", ", ".join(failed))
    return not failed


def _database_is_up_to_date() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _files_can_be_kept() -> bool:
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():
        folder = folder.parent
    return os.access(folder, os.W_OK)
