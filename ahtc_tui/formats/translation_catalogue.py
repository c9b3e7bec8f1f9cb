"""Texts for translation as a gettext catalogue (.po): `msgctxt` is reference and field, `msgid` the English."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui import __version__
from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.model import ReturnedText, TranslatedText
from ahtc_tui.formats.files.input_files import read_file_bytes

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

MOST_MEGABYTES = 20


def write_catalogue(path: Path, texts: Iterable[TranslatedText], marking: str, now: datetime) -> None:
    """Write the catalogue to `path`, replacing any file; `marking` is in its comment."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    title = _("Text of records, for translation into Welsh")
    header = f"# {title}. {marking}"
    catalogue = Catalog(
        locale="cy",
        header_comment=header,
        project="ahtc",
        version=__version__,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=now,
        revision_date=now,
        fuzzy=False,
    )
    for text in texts:
        message = catalogue.add(text.en, text.cy or "", context=text.place)
        if message is not None:
            message.flags -= {"python-format", "python-brace-format"}
            message.flags |= {"fuzzy"} if text.is_unreviewed else set()
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


def read_catalogue(path: Path) -> list[ReturnedText]:
    """Return the entries with a context, those marked fuzzy without their Welsh. Raises BadFile with one sentence."""
    catalogue = _parse_catalogue(path, read_file_bytes(path, MOST_MEGABYTES))
    texts = []
    for message in catalogue:
        ref, _space, field = (message.context or "").strip().rpartition(" ")
        if not ref or not isinstance(message.id, str):
            continue
        welsh = message.string if isinstance(message.string, str) and not message.fuzzy else ""
        cell = _("line {n}").format(n=message.lineno) if message.lineno else message.context or ""
        texts.append(ReturnedText(ref, field, message.id.strip(), welsh.strip(), cell))
    if not texts:
        sentence = _('"{path}" has no entry with a reference. Export the file again with `ahtc welsh export`.')
        raise BadFile(sentence.format(path=path))
    return texts


def _parse_catalogue(path: Path, data: bytes) -> Catalog:
    from babel.messages.pofile import PoFileError, read_po

    try:
        return read_po(BytesIO(data), locale="cy", abort_invalid=True)
    except (PoFileError, ValueError, LookupError, IndexError, TypeError, AttributeError) as error:
        raise BadFile(_('"{path}" is not a readable .po file: {reason}.').format(path=path, reason=error)) from error
