"""The papers of a meeting: author, due date, and whether they were published or withheld."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.paper_marking import refuse_older_marking
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.working_days import find_papers_day
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.publication.withholding import find_reason
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda import find_item
from ahtc_tui.store.meetings import agenda as stored
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import PaperDraft
    from ahtc_tui.domain.meetings.model import PaperRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def list_papers(workspace: Workspace, ref: str) -> list[PaperRow]:
    """Return the papers of a meeting in the order of its agenda. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_papers(cursor, record_lookup.find_meeting_key(cursor, ref))


def add_paper(workspace: Workspace, ref: str, draft: PaperDraft) -> PaperRow:
    """Add a paper with the next reference of its meeting ("LG-2014-01/P1"); it is due on the papers day.

    Raises NotFound, and BadInput for an older marking on a paper of a later meeting.
    """
    with workspace.database.write(f"paper for {ref.upper()}: {draft.title[:50]}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        held_on = read_meeting(ledger.cursor, meeting).day
        refuse_older_marking(draft.marking, held_on)
        day = find_papers_day(held_on)
        due = draft.due or (DateAsKnown(day) if day else None)
        values = {
            "ref": mint_ref(ledger.cursor, "papers", "{meeting}/P{n}", meeting=ref),
            "meeting": meeting,
            "item": find_item(ledger, meeting, draft.item) if draft.item is not None else None,
            "title": draft.title,
            "title_cy": draft.title_cy,
            "author": record_lookup.find_party_key(ledger.cursor, draft.author),
            "due_on": due.stored_text if due else None,
            "marking": draft.marking,
        }
        key = ledger.add("papers", values)
        return next(row for row in stored.read_papers(ledger.cursor, meeting) if row.key == key)


def publish_paper(workspace: Workspace, ref: str, paper: str) -> PaperRow:
    """Mark a paper as published. Raises NotFound."""
    with workspace.database.write(f"paper {paper} of {ref.upper()} published") as ledger:
        return _set_publication(ledger, ref, paper, {"published": 1, "withheld_reason": None})


def withhold_paper(workspace: Workspace, ref: str, paper: str, reason_id: str, note: str | None = None) -> PaperRow:
    """Mark a paper as withheld, with a reason of the fixed list; a note is for the office and printed nowhere.

    Without a note the one that is stored stays. Raises NotFound, and BadInput for a reason that is not on the list.
    """
    reason = find_reason(reason_id)
    with workspace.database.write(f"paper {paper} of {ref.upper()} withheld") as ledger:
        values: dict[str, Any] = {"published": 0, "withheld_reason": reason.id}
        if note is not None:
            values["withheld_because"] = clean_line(note) or None
        return _set_publication(ledger, ref, paper, values)


def note_withholding(workspace: Workspace, ref: str, paper: str, note: str) -> PaperRow:
    """Store the note of the office on why a paper is withheld, which is printed nowhere. Raises NotFound."""
    with workspace.database.write(f"paper {paper} of {ref.upper()} withheld") as ledger:
        return _set_publication(ledger, ref, paper, {"withheld_because": clean_line(note) or None})


def remove_paper(workspace: Workspace, ref: str, paper: str) -> None:
    """Remove a paper from a meeting; its reference is not used again. Raises NotFound."""
    with workspace.database.write(f"remove paper {paper} of {ref.upper()}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        ledger.remove("papers", find_paper(ledger.cursor, meeting, ref, paper).key)


def _set_publication(ledger: Ledger, ref: str, paper: str, values: Mapping[str, Any]) -> PaperRow:
    meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
    key = find_paper(ledger.cursor, meeting, ref, paper).key
    ledger.update("papers", key, values)
    return next(row for row in stored.read_papers(ledger.cursor, meeting) if row.key == key)


def find_paper(cursor: Cursor, meeting: RowKey, ref: str, paper: str) -> PaperRow:
    """Find a paper by its full reference or by the part after that of the meeting: "P2", "2". Raises NotFound."""
    typed = paper.strip().upper()
    for row in stored.read_papers(cursor, meeting):
        number = row.ref.rpartition("/P")[2]
        if typed in (row.ref.upper(), f"P{number}", number):
            return row
    raise NotFound(_('{ref} has no paper "{paper}".').format(ref=ref, paper=paper))
