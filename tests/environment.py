"""The environment of the tests, set before the settings are read."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("PUBLIC_URL", "http://testserver")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("HASHED_STATIC", "off")
os.environ.setdefault("NATIONAL_ID_KEYS", "1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
os.environ.setdefault("NATIONAL_ID_HASH_KEY", "only-for-tests")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ.setdefault("STATIC_ROOT", str(Path(__file__).parent.parent / "static"))
