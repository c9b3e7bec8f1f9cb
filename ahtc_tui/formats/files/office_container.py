"""Shared by Word documents and slides: their properties, parts in a fixed order with a fixed date, and the error of a
template.

Equal contents give equal bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import Language, _, join_translations

LANGUAGE_TAGS = {Language.EN: "en-GB", Language.CY: "cy-GB"}

EPOCH = date(1980, 1, 1)
"""First day that a ZIP file can store."""

FIRST_PART = "[Content_Types].xml"
MAX_PROPERTY = 255
"""Limit of characters in a property of a document."""


@dataclass(frozen=True, slots=True)
class DocumentProperties:
    """Properties of a document in one or two languages."""

    languages: Sequence[Language]
    titles: Sequence[str]
    subjects: Sequence[str]
    marking: Marking
    day: date


def set_properties(core: Any, properties: DocumentProperties) -> None:
    """Set the core properties of a package; the author is the office."""
    core.title = " | ".join(properties.titles)[:MAX_PROPERTY]
    core.subject = " | ".join(properties.subjects)[:MAX_PROPERTY]
    core.keywords = ", ".join(
        join_translations([language], lambda: properties.marking.label) for language in properties.languages
    )
    core.language = LANGUAGE_TAGS[properties.languages[0]]
    core.author = core.last_modified_by = join_translations(properties.languages, format_author)
    core.comments = ""
    core.revision = 1
    core.created = core.modified = datetime.combine(max(properties.day, EPOCH), time())


def build_template_error(template: Path, reason: str) -> BadFile:
    """Return the error of a template that cannot be used."""
    sentence = _(
        'The template "{path}" cannot be used: {reason}. `ahtc templates copy --force` restores the shipped ones.'
    )
    return BadFile(sentence.format(path=template, reason=" ".join(reason.split())))


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
