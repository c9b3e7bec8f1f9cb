"""Keys of encrypted files, derived from passphrases as SQLCipher 4 does. A key is never stored or logged.

Deriving a key takes a quarter of a second by design; a raw key, which includes the salt, opens further connections at
once. The number of rounds is measured on the machine that makes the file, and is part of its salt.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

LEAST_ROUNDS = 256_000
"""Rounds of PBKDF2 with SHA-512 in SQLCipher 4; no new file has fewer."""
ROUNDS_UNIT = 64_000
"""A salt with a mark names its rounds as a multiple of this number, in one byte."""
ROUNDS_MARK = b"ahk"
"""First bytes of a salt that names its rounds: the mark, one byte for the rounds, 12 random bytes."""
DERIVATION_SECONDS = 0.25
"""Time that the rounds of a new file take on the machine that makes it."""
SALT_SIZE = 16
"""Bytes of salt at the beginning of an encrypted file."""
PAGE_SIZE = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
"""The first bytes of an unencrypted file."""
_RAW = re.compile(r"x'[0-9a-fA-F]{64}(?:[0-9a-fA-F]{32})?'")


def is_raw_key(key: str) -> bool:
    """Return whether a text has the form of a raw key; passphrases may not."""
    return _RAW.fullmatch(key) is not None


def derive_new_key(passphrase: str) -> str:
    """Derive the raw key of a new file, with a new salt and as many rounds as this machine runs in the time wanted."""
    return _derive(passphrase, create_salt(measure_rounds()))


def is_passphrase_of(raw_key: str, passphrase: str) -> bool:
    """Return whether a passphrase gives a raw key that includes its salt. No file is read."""
    import hmac

    return hmac.compare_digest(_derive(passphrase, read_salt(raw_key)), raw_key)


def create_salt(rounds: int) -> bytes:
    """Return a new salt that names the rounds; a random one for SQLCipher's rounds, so that any program opens it."""
    if rounds < LEAST_ROUNDS + ROUNDS_UNIT:
        return os.urandom(SALT_SIZE)
    head = ROUNDS_MARK + bytes([min(rounds // ROUNDS_UNIT, 255)])
    return head + os.urandom(SALT_SIZE - len(head))


def read_rounds(salt: bytes) -> int:
    """Return the rounds that a salt names, at least the default of SQLCipher."""
    named = salt[len(ROUNDS_MARK)] * ROUNDS_UNIT if salt.startswith(ROUNDS_MARK) else 0
    return max(named, LEAST_ROUNDS)


def measure_rounds(seconds: float | None = None) -> int:
    """Return the rounds that this machine runs in the time wanted, at least the default of SQLCipher."""
    import hashlib
    import time

    sample, durations = 20_000, []
    for _attempt in range(3):  # the shortest: other programs may be running
        began = time.perf_counter()
        hashlib.pbkdf2_hmac("sha512", b"measure", b"measure", sample, 32)
        durations.append(time.perf_counter() - began)
    duration = DERIVATION_SECONDS if seconds is None else seconds
    return max(int(duration / max(min(durations), 1e-6) * sample), LEAST_ROUNDS)


def derive_key(path: Path, key: str | None) -> str | None:
    """Return the raw key of the file at `path`, or of a new file there; None for no passphrase.

    Opening the file may release this process's POSIX locks on it: derive the key once, before the first transaction.
    """
    if not key or is_raw_key(key):
        return key or None
    head = _read_head(path)
    return _derive(key, head) if len(head) == SALT_SIZE else derive_new_key(key)


def is_encrypted(path: Path) -> bool:
    """Return whether a file consists of whole pages without SQLite's header; False where it cannot be read."""
    try:
        size = path.stat().st_size
        return size > 0 and size % PAGE_SIZE == 0 and path.is_file() and _read_head(path) not in (b"", PLAIN_HEADER)
    except OSError:
        return False


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SALT_SIZE)
    except OSError:
        return b""


def read_salt(raw_key: str) -> bytes:
    """Return the salt that a raw key includes."""
    return bytes.fromhex(raw_key[-1 - 2 * SALT_SIZE : -1])


def derive_key_of_salt(passphrase: str, salt: bytes) -> str:
    """Return the raw key of a file that begins with this salt."""
    return _derive(passphrase, salt)


def _derive(passphrase: str, salt: bytes) -> str:
    """Derive the raw key; the passphrase is normalized to NFC, because keyboards differ."""
    import hashlib
    import unicodedata

    normalized = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape")
    return f"x'{hashlib.pbkdf2_hmac('sha512', normalized, salt, read_rounds(salt), 32).hex()}{salt.hex()}'"
