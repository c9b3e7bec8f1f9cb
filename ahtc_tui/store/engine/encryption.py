"""Keys of encrypted files, derived from passphrases as SQLCipher 4 does. A key is never stored or logged.

Deriving a key takes 0.1 s by design; a raw key, which includes the salt, opens further connections at once.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

KDF_ROUNDS = 256_000
"""Rounds of PBKDF2 with SHA-512 in SQLCipher 4."""
SALT_SIZE = 16
"""Bytes of salt at the beginning of an encrypted file."""
PAGE_SIZE = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
"""The first bytes of an unencrypted file."""
_RAW = re.compile(r"x'[0-9a-fA-F]{64}(?:[0-9a-fA-F]{32})?'")


def is_raw_key(key: str) -> bool:
    """Whether a text has the form of a raw key; passphrases may not."""
    return _RAW.fullmatch(key) is not None


def derive_new_key(passphrase: str) -> str:
    """Derive the raw key of a new file, with a new salt."""
    return _derive(passphrase, os.urandom(SALT_SIZE))


def derive_key(path: Path, key: str | None) -> str | None:
    """Return the raw key of the file at `path`, or of a new file there; None for no passphrase.

    Opening the file may release this process's POSIX locks on it: derive the key once, before the first transaction.
    """
    if not key or is_raw_key(key):
        return key or None
    head = _read_head(path)
    return _derive(key, head) if len(head) == SALT_SIZE else derive_new_key(key)


def is_encrypted(path: Path) -> bool:
    """Whether a file consists of whole pages without SQLite's header."""
    try:
        size = path.stat().st_size
        return size > 0 and size % PAGE_SIZE == 0 and path.is_file() and _read_head(path) != PLAIN_HEADER
    except OSError:
        return False


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SALT_SIZE)
    except OSError:
        return b""


def _derive(passphrase: str, salt: bytes) -> str:
    """Derive the raw key; the passphrase is normalized to NFC, because keyboards differ."""
    import hashlib
    import unicodedata

    normalized = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return f"x'{hashlib.pbkdf2_hmac('sha512', normalized, salt, KDF_ROUNDS, 32).hex()}{salt.hex()}'"
