"""python -m bench SUBJECT…: measures on the engine of DATABASE_URL and prints one table."""

import os
import sys

import django

import tests.environment  # noqa: F401 - the settings read it


def main(wanted: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from bench import (
        debt_list,
        overview,
        payment,
        plans,
        register_import,
        register_keys,
        report_pack,
        table_paper,
        visit_papers,
        whole_country,
        worker,
    )
    from bench.run import measure

    subjects = {
        "list": debt_list,
        "import": register_import,
        "paper": table_paper,
        "visits": visit_papers,
        "payment": payment,
        "plans": plans,
        "keys": register_keys,
        "overview": overview,
        "pack": report_pack,
        "country": whole_country,
        "worker": worker,
    }
    if set(wanted) - set(subjects) or not wanted:
        sys.exit(f"✗ python -m bench {' '.join(subjects)}")
    measure(subjects[name] for name in wanted)


main(sys.argv[1:])
