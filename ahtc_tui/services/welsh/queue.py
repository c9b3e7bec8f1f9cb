"""The queue of texts for a translator, and the saving of one Welsh text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions.model import PARAGRAPH_TITLES
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.meetings.standard_titles import is_standard_title
from ahtc_tui.domain.text.cleaning import clean_line, clean_text
from ahtc_tui.domain.welsh.model import TranslatedText, TranslationState
from ahtc_tui.services.minutes.service import write_line_welsh
from ahtc_tui.services.reference.rows import read_welsh
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.welsh import queries

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def list_queue(workspace: Workspace, *, with_closed: bool = False) -> list[TranslatedText]:
    """Return the texts without reviewed Welsh: untranslated ones first, and within each part texts of open records
    first.

    Texts of closed records are left out unless `with_closed`. Standard titles of agenda items and titles of topics are
    not listed: documents translate them.
    """
    with workspace.database.read() as cursor:
        texts = read_texts(cursor, workspace)
    waiting = [
        text
        for text in texts
        if text.state is not TranslationState.REVIEWED
        and (text.is_open or with_closed)
        and not _is_translated_by_documents(text)
    ]
    return sorted(waiting, key=lambda text: text.is_unreviewed)


def read_texts(cursor: Cursor, workspace: Workspace) -> list[TranslatedText]:
    """Return all texts of records. A shipped translation that was changed in the office since counts as reviewed."""
    texts = queries.read_texts(cursor, workspace.today())
    shipped = read_welsh() if any(text.is_unreviewed for text in texts) else {}
    return [replace(text, is_unreviewed=text.is_unreviewed and shipped.get(text.en) == text.cy) for text in texts]


def _is_translated_by_documents(text: TranslatedText) -> bool:
    if text.table == "paragraphs":
        return text.column == "title_cy" and text.en in PARAGRAPH_TITLES.values()
    return text.table in ("agenda_items", "template_items", "forward_items") and is_standard_title(text.en)


def translate_text(workspace: Workspace, ref: str, field: str, welsh: str) -> TranslatedText:
    """Write the Welsh of one text; an empty text removes it. Raises NotFound."""
    with workspace.database.write(f"Welsh of {ref} {field}") as ledger:
        write_welsh(ledger, _find_text(ledger.cursor, workspace, ref, field), welsh)
        return _find_text(ledger.cursor, workspace, ref, field)


def show_text(workspace: Workspace, ref: str, field: str) -> TranslatedText:
    """Return one text by reference and field. Raises NotFound."""
    with workspace.database.read() as cursor:
        return _find_text(cursor, workspace, ref, field)


def _find_text(cursor: Cursor, workspace: Workspace, ref: str, field: str) -> TranslatedText:
    texts = read_texts(cursor, workspace)
    text = next((text for text in texts if text.ref.casefold() == ref.strip().casefold() and text.field == field), None)
    if text is None:
        sentence = _('{ref} has no text "{field}" to translate. To list all, run `ahtc welsh queue`.')
        raise NotFound(sentence.format(ref=ref, field=field))
    return text


def count_states(texts: list[TranslatedText]) -> str:
    """Return how many texts wait for a translation and how many for a review: "3 texts to translate, 12 to review"."""
    unreviewed = sum(text.is_unreviewed for text in texts)
    waiting = len(texts) - unreviewed
    counts = [ngettext("{n} text to translate", "{n} texts to translate", waiting)] if waiting or not unreviewed else []
    if unreviewed:
        counts.append(ngettext("{n} translation to review", "{n} translations to review", unreviewed))
    return ", ".join(counts)


def write_welsh(ledger: Ledger, text: TranslatedText, welsh: str) -> None:
    """Save the Welsh of a text in an open transaction: on one line, but for details and paragraphs.

    A text that waited for its review is reviewed then, changed or not.
    """
    cleaned = (clean_text if text.field.startswith(("detail", "paragraph.")) else clean_line)(welsh) or None
    if text.table == "minute_lines":
        write_line_welsh(ledger, text.key, cleaned)
    else:
        ledger.update(text.table, text.key, {text.column: cleaned})
    if text.is_unreviewed:
        notes = json.loads(read_field(ledger.cursor, text.table, text.key, "source_notes") or "{}")
        notes.pop(text.column, None)
        ledger.update(text.table, text.key, {"source_notes": json.dumps(notes, ensure_ascii=False) if notes else None})
