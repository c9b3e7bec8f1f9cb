"""Flushes files and folders to the disk, so that a rename survives a power failure."""

from __future__ import annotations

import os
from pathlib import Path


def sync_to_disk(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk where the system supports it."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return  # Windows cannot open a folder
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders refuse it
    finally:
        os.close(handle)
