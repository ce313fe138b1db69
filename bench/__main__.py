"""python -m bench [SUBJECT…]: measures on the engine of DATABASE_URL and prints one table."""

import os
import sys

import django

import tests.environment  # noqa: F401 - the settings read it


def main(wanted: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from bench import debt_list, overview, register_import, table_paper, whole_country
    from bench.run import measure

    subjects = {"list": debt_list, "import": register_import, "paper": table_paper, "overview": overview}
    named = {**subjects, "country": whole_country}  # only when asked for by name
    if unknown := set(wanted) - set(named):
        sys.exit(f"✗ python -m bench [{' '.join(named)}], not {' '.join(unknown)}")
    measure(named[name] for name in wanted or subjects)


main(sys.argv[1:])
