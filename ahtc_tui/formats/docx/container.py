"""Reproducible Word files: parts in a fixed order with a fixed date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = date(1980, 1, 1)
"""First day that a ZIP file can store."""

FIRST_PART = "[Content_Types].xml"


def normalize_container(path: Path, day: date) -> None:
    """Rewrite the parts of a file in a fixed order with the date `day`."""
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
