"""Script modules find one another under their hashed names."""

import re
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command

from config.static_files import HashedFiles

SCRIPTS = settings.BASE / "static"


def test_a_module_imports_the_hashed_name_of_another(tmp_path):
    storage = HashedFiles(location=str(tmp_path), base_url="/static/")
    names = [str(path.relative_to(SCRIPTS)) for path in Path(SCRIPTS, "js", "register").glob("*.js")]
    for name in names:
        storage.save(name, ContentFile((SCRIPTS / name).read_bytes()))

    found = list(storage.post_process({name: (storage, name) for name in names}))

    assert [each for each in found if isinstance(each[2], Exception)] == []
    text = (tmp_path / storage.hashed_files["js/register/edit.js"]).read_text(encoding="utf-8")
    assert re.search(r'from "\./parse\.[0-9a-f]{12}\.js"', text)


def test_everything_served_can_be_collected_under_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.static_files.HashedFiles"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
