"""Use cases of the web pages that the office keeps current: list, add, edit and review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services import record_lookup
from ahtc_tui.store.evidence import queries
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.evidence import WebPageDraft
    from ahtc_tui.domain.evidence.model import WebPageRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def list_pages(workspace: Workspace, words: str = "") -> list[WebPageRow]:
    """Return the pages that match the words, the longest overdue first."""
    with workspace.database.read() as cursor:
        return queries.read_pages(cursor, words)


def add_page(workspace: Workspace, draft: WebPageDraft) -> WebPageRow:
    """Add a page. Raises BadInput without a subject, NotFound."""
    if not draft.subject:
        raise BadInput(_("A web page needs a subject."))
    with workspace.database.write(f"evidence page add {draft.subject[:60]}") as ledger:
        values = {**_resolve_fields(ledger.cursor, draft), "ref": mint_ref(ledger.cursor, "web_pages", "WEB-{n:02}")}
        return queries.read_page(ledger.cursor, ledger.add("web_pages", values))


def edit_page(workspace: Workspace, ref: str, draft: WebPageDraft) -> WebPageRow:
    """Write the given fields of a page. Raises NotFound."""
    with workspace.database.write(f"evidence page edit {ref}") as ledger:
        key = record_lookup.find_record(ledger.cursor, "web_pages", ref, _("web page"))[0]
        ledger.update("web_pages", key, _resolve_fields(ledger.cursor, draft))
        return queries.read_page(ledger.cursor, key)


def review_page(workspace: Workspace, ref: str, reviewed_on: DateAsKnown | None = None) -> WebPageRow:
    """Set the day of the last review, by default today. Raises NotFound, BadInput for a future day."""
    day = reviewed_on or DateAsKnown(workspace.today())
    if day.precision is Precision.DAY and day.latest > workspace.today():
        raise BadInput(_("{day} is in the future. The date of a review must be in the past.").format(day=day))
    with workspace.database.write(f"evidence page reviewed {ref}") as ledger:
        key = record_lookup.find_record(ledger.cursor, "web_pages", ref, _("web page"))[0]
        ledger.update("web_pages", key, {"last_reviewed": day.stored_text})
        return queries.read_page(ledger.cursor, key)


def _resolve_fields(cursor: Cursor, draft: WebPageDraft) -> dict[str, Any]:
    return record_lookup.resolve_columns(cursor, draft, {"owner": record_lookup.find_party_key})
