"""Candidates for fields that choose a person, post, organisation, group or meeting."""

from __future__ import annotations

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.record_names import name_record
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.owner_field import Candidate, Candidates


async def list_candidates(app: DeskApp, *kinds: str) -> Candidates:
    """Return the parties of these kinds, or of every kind if none is given."""
    parties = await app.desk.show(contacts.list_register)
    candidates = (
        Candidate(party.name, party.ref, (*party.words.split(), *filter(None, (party.other_name,))))
        for party in parties
        if not kinds or party.kind in kinds
    )
    return Candidates(candidates, kinds or tuple(PartyKind))


async def list_meeting_candidates(app: DeskApp) -> Candidates:
    """Return all meetings, the latest first, by reference, title and date."""
    rows = await app.desk.show(meetings.list_meetings)
    candidates = [
        Candidate(
            "  ".join(
                dict.fromkeys((name_record(row.ref, row.shown_title), row.shown_title, str(row.day or "")))
            ).strip(),
            row.ref,
            tuple(filter(None, (row.group,))),
        )
        for row in reversed(rows)
    ]
    return Candidates(candidates, ("meeting",))
