"""The queue of texts that wait for Welsh, and the writing of one Welsh text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions.model import PARAGRAPH_TITLES
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.standard_titles import is_standard_title
from ahtc_tui.domain.text.cleaning import clean_line, clean_text
from ahtc_tui.domain.welsh.model import TranslatedText
from ahtc_tui.services.minutes.welsh_text import write_line_welsh
from ahtc_tui.store.welsh import queries

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def list_queue(workspace: Workspace, *, with_closed: bool = False) -> list[TranslatedText]:
    """Return the texts that a Welsh document lacks, those of open records first, and only those unless `with_closed`.

    Standard titles of agenda items and titles of topics are not listed: documents translate them.
    """
    with workspace.database.read() as cursor:
        texts = queries.read_texts(cursor, workspace.today())
    waiting = (text for text in texts if not text.cy and (text.is_open or with_closed))
    return [text for text in waiting if not _is_translated_by_documents(text)]


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
    texts = queries.read_texts(cursor, workspace.today())
    text = next((text for text in texts if text.ref.casefold() == ref.strip().casefold() and text.field == field), None)
    if text is None:
        sentence = _('{ref} has no text "{field}" that is translated: `ahtc welsh queue` lists the texts.')
        raise NotFound(sentence.format(ref=ref, field=field))
    return text


def write_welsh(ledger: Ledger, text: TranslatedText, welsh: str) -> None:
    """Write the Welsh of a text in an open transaction: on one line, but for details and paragraphs."""
    cleaned = (clean_text if text.field.startswith(("detail", "paragraph.")) else clean_line)(welsh) or None
    if text.table == "minute_lines":
        write_line_welsh(ledger, text.key, cleaned)
    else:
        ledger.update(text.table, text.key, {text.column: cleaned})
