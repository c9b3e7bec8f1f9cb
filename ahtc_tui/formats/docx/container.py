"""A Word file's container without the hour of its making, so that the same document gives the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = date(1980, 1, 1)
"""The first day that a zip file can say."""

FIRST_PART = "[Content_Types].xml"


def normalize_container(path: Path, day: date) -> None:
    """Write the parts of a file again in a fixed order, all of one day."""
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    stamp = max(day, EPOCH)
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in sorted(parts, key=lambda name: (name != FIRST_PART, name)):
            part = ZipInfo(name, (min(stamp.year, 2107), stamp.month, stamp.day, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            part.create_system = 3
            target.writestr(part, parts[name])
