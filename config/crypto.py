"""National IDs at rest: AES-256-GCM with a key number for rotation, and a keyed hash to find them by."""

import base64
import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def _keys() -> dict[int, bytes]:
    pairs = (entry.split(":", 1) for entry in settings.NATIONAL_ID_KEYS)
    return {int(number): base64.b64decode(key) for number, key in pairs}


def encrypt(text: str, *, context: str) -> bytes:
    """Seal `text` with the newest key; `context` (table.column) must be given again to open it."""
    number, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return bytes([number]) + nonce + sealed


def decrypt(sealed: bytes, *, context: str) -> str:
    """Open what `encrypt` sealed. Raises `InvalidTag` when altered and `KeyError` when its key is gone."""
    sealed = bytes(sealed)
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(_keys()[sealed[0]]).decrypt(nonce, body, context.encode()).decode()


def is_sealed_with_newest_key(sealed: bytes) -> bool:
    """False for what a key rotation still has to seal again."""
    return bytes(sealed)[0] == next(iter(_keys()))


def keyed_hash(text: str) -> str:
    """The same text gives the same 64 hex digits, useless without the key."""
    return hmac.new(settings.NATIONAL_ID_HASH_KEY.encode(), text.encode(), sha256).hexdigest()
