"""The key of an encrypted file, derived from its passphrase. Never kept beside a file, in it, or in a log.

The passphrase is SQLCipher's own, so other programs that speak SQLCipher 4 open the file with it. Deriving a key takes
a tenth of a second by design; a raw key (which includes the salt of its file) opens further connections at once.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

KDF_ROUNDS = 256_000
"""Of PBKDF2 with SHA-512: what SQLCipher 4 asks for."""
SALT_SIZE = 16
"""Bytes of salt, which are the first of an encrypted file."""
PAGE_SIZE = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
"""The first bytes of a file without a passphrase."""
_RAW = re.compile(r"x'[0-9a-fA-F]{64}(?:[0-9a-fA-F]{32})?'")


def is_raw_key(key: str) -> bool:
    """Whether this is a key already; no passphrase may look like one."""
    return _RAW.fullmatch(key) is not None


def derive_new_key(passphrase: str) -> str:
    """The key of a file that is to be made, with a salt of its own."""
    return _derive(passphrase, os.urandom(SALT_SIZE))


def derive_key(path: Path, key: str | None) -> str | None:
    """The raw key of the file at `path`, or of a new one there; None for no passphrase.

    Reads the file by itself, which on some systems lets go of the locks of this process on it: derive a key once,
    before the first transaction, and hand it on.
    """
    if not key or is_raw_key(key):
        return key or None
    head = _read_head(path)
    return _derive(key, head) if len(head) == SALT_SIZE else derive_new_key(key)


def is_encrypted(path: Path) -> bool:
    """Whether the file looks like a database with a passphrase: whole pages, and no header that SQLite knows."""
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
    """One passphrase is one key, however the machine that it was typed on writes its accents."""
    import hashlib
    import unicodedata

    normalized = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return f"x'{hashlib.pbkdf2_hmac('sha512', normalized, salt, KDF_ROUNDS, 32).hex()}{salt.hex()}'"
