"""Use cases of groups: list, show, add, edit, chair and terms of reference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, find_day_before
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState, SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.contacts.writer import set_aliases, update_party
from ahtc_tui.services.groups.seats import end_former_chairs
from ahtc_tui.services.meetings.series_dates import find_next_days
from ahtc_tui.services.periods import end_fact
from ahtc_tui.store.contacts.party_lookup import find_party, mint_ref
from ahtc_tui.store.groups import queries
from ahtc_tui.store.groups import seats as stored_seats
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_name_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import GroupDraft, TermsDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PARTY_FIELDS = {"name", "name_cy", "short", "area", "source", "note"}
"""Fields stored in `parties`; the others are stored in `groups`."""
GROUP_FIELDS = {"parent", "predecessor"}
SEPARATE_FIELDS = {"aliases", "chair"}
LOOKUPS = {
    "parent": record_lookup.find_group_key,
    "predecessor": record_lookup.find_group_key,
    "owner": record_lookup.find_organisation_key,
    "lead": record_lookup.find_organisation_key,
    "area": record_lookup.find_area_key,
}
"""Fields that name another record, and the function that finds its key."""


def list_groups(workspace: Workspace, words: str = "") -> list[GroupRow]:
    """Return the groups that contain all words, by name, with their next meeting."""
    with workspace.database.read() as cursor:
        rows = queries.read_groups(cursor, today=workspace.today(), words=words)
        next_days = find_next_days(cursor, workspace.today())
    return [replace(row, next_meeting=next_days.get(row.ref)) for row in rows]


def show_group(workspace: Workspace, words: str) -> GroupCard:
    """Return the card of a group by reference, short name, name or alias. Raises NotFound."""
    with workspace.database.read() as cursor:
        key = find_party(cursor, words, ("group",)).key
        card = queries.read_card(cursor, key, workspace.today())
        next_days = find_next_days(cursor, workspace.today(), key)
    return replace(card, row=replace(card.row, next_meeting=next_days.get(card.row.ref)))


def list_open_actions(workspace: Workspace, ref: str) -> tuple[str, ...]:
    """Return reference and title of the open actions for a group, led by it or agreed in its meetings."""
    with workspace.database.read() as cursor:
        return queries.read_open_actions(cursor, find_party(cursor, ref, ("group",)).key)


def list_short_names(workspace: Workspace) -> dict[str, str]:
    """Return the short name, else the name, of every group by reference."""
    with workspace.database.read() as cursor:
        return queries.read_short_names(cursor)


def add_group(workspace: Workspace, draft: GroupDraft) -> GroupRow:
    """Add a group; the reference is derived from its name. Raises BadInput, NotFound."""
    if draft.name is None:
        raise BadInput(_("A group needs a name."))
    with workspace.database.write(f"groups add {draft.name[:60]}") as ledger:
        key = _insert_group(ledger, draft, workspace.today())
        return queries.read_group(ledger.cursor, key, workspace.today())


def edit_group(workspace: Workspace, words: str, draft: GroupDraft) -> GroupRow:
    """Write the given fields of a group. Raises NotFound, BadInput, Refused, also for the end of one that has work."""
    from ahtc_tui.services.groups.closing import refuse_unasked_end

    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("groups edit") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups edit {party.ref}"
        if draft.state is GroupState.CLOSED:
            refuse_unasked_end(workspace, ledger.cursor, party)
        _change_group(ledger, party.key, party.ref, draft, workspace.today())
        return queries.read_group(ledger.cursor, party.key, workspace.today())


def set_chair(workspace: Workspace, words: str, chair: str, first: DateAsKnown) -> GroupRow:
    """Set the chair of a group from a day on; the former chair is kept in the history. Raises NotFound, BadInput."""
    with workspace.database.write("groups chair") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups chair {party.ref}"
        _write_chair(ledger, party.key, party.ref, chair, first, workspace.today())
        return queries.read_group(ledger.cursor, party.key, workspace.today())


def read_terms_file(path: Path) -> str:
    """Return the text of a file with terms of reference. Raises BadFile."""
    from ahtc_tui.formats.docx.document_text import read_document_text

    return read_document_text(path)


def set_terms(workspace: Workspace, words: str, draft: TermsDraft) -> bool:
    """Add a version of the terms of reference, or change the one of that name; return whether it is new."""
    with workspace.database.write("groups terms") as ledger:
        party = find_party(ledger.cursor, words, ("group",))
        ledger.label = f"groups terms {party.ref} {draft.version[:40]}"
        return _write_terms(ledger, party.key, draft)


def _insert_group(ledger: Ledger, draft: GroupDraft, today: date) -> RowKey:
    party, own = _build_values(ledger.cursor, draft)
    ref = mint_ref(ledger.cursor, draft.name or "")
    key = ledger.add("parties", {"ref": ref, "kind": "group", **party})
    ledger.add("groups", {"kind": GroupKind.FORUM.value, "state": GroupState.ACTIVE.value, **own}, key)
    _write_aliases_and_chair(ledger, key, ref, draft, today)
    return key


def _change_group(ledger: Ledger, key: RowKey, ref: str, draft: GroupDraft, today: date) -> None:
    """Write the given fields. Raises Refused where a group would be its own part or predecessor."""
    party, own = _build_values(ledger.cursor, draft)
    for column in GROUP_FIELDS:
        related = own.get(column)
        if related is not None and queries.is_under(ledger.cursor, related, key, column):
            raise Refused(_("A group cannot be part of itself or follow itself."))
    if party:
        update_party(ledger, key, party)
    if own:
        ledger.update("groups", key, own)
    _write_aliases_and_chair(ledger, key, ref, draft, today)


def _write_aliases_and_chair(ledger: Ledger, key: RowKey, ref: str, draft: GroupDraft, today: date) -> None:
    if draft.aliases is not None:
        set_aliases(ledger, key, draft.aliases)
    if "chair" in draft.given_fields:
        _write_chair(ledger, key, ref, draft.chair, None, today)


def _write_chair(
    ledger: Ledger, key: RowKey, ref: str, words: str | None, first: DateAsKnown | None, today: date
) -> None:
    """Add the term of a chair, in any order; the terms of other chairs keep their dates.

    Without a first day it starts today where there was a chair, else its start is unknown. Without a chair the term of
    the present one ends. Raises Refused where another person chairs the group from the same day.
    """
    chair = find_party(ledger.cursor, words, ("person", "post", "organisation")) if words else None
    terms = queries.read_chair_terms(ledger.cursor, key)
    previous = queries.find_chair(ledger.cursor, key)
    if chair is None:
        _end_chair(ledger, key, ref, previous, first or DateAsKnown(today), today)
        return
    seats = stored_seats.read_chair_seats(ledger.cursor, key, today)
    if first is None and any(seat.party == chair.key for seat in seats):
        ledger.update("groups", key, {"chair": chair.key})
        return
    if previous and all(term.party != previous for term in terms):
        _add_chair_seat(ledger, key, ref, previous)
    begins = first or (DateAsKnown(today) if previous or seats else None)
    start = Period(begins).first
    same_day = [term for term in terms if Period(term.from_on).first == start]
    if any(term.party != chair.key for term in same_day) and begins is not None:
        sentence = _("{name} chairs {group} from the same date. Choose another one, or undo that first.")
        raise Refused(sentence.format(name=same_day[0].name, group=ref))
    ledger.update("groups", key, {"chair": chair.key})
    if not same_day:
        _add_chair_seat(ledger, key, ref, chair.key, from_on=Period(begins).format_stored()[0])


def _end_chair(ledger: Ledger, key: RowKey, ref: str, previous: RowKey | None, first: DateAsKnown, today: date) -> None:
    """End the term of the present chair the day before, and remove those that would begin later."""
    ended = find_day_before(first)
    seats = stored_seats.read_chair_seats(ledger.cursor, key, today)
    end_former_chairs(ledger, key, today)
    for seat in seats:
        end_fact(ledger, "seats", seat.key, ended)
    if previous and not seats:
        _add_chair_seat(ledger, key, ref, previous, to_on=ended.stored_text)
    ledger.update("groups", key, {"chair": None})


def _add_chair_seat(
    ledger: Ledger, key: RowKey, ref: str, chair: RowKey, from_on: str | None = None, to_on: str | None = None
) -> None:
    slug = read_field(ledger.cursor, "parties", chair, "ref")
    values = {"group": key, "party": chair, "role": SeatRole.CHAIR.value, "from_on": from_on, "to_on": to_on}
    ledger.add("seats", {**values, "ref": mint_name_ref(ledger.cursor, "seats", f"{ref}/{slug}")})


def _write_terms(ledger: Ledger, key: RowKey, draft: TermsDraft) -> bool:
    """Add or change a version of the terms of reference; return whether it is new."""
    values = record_lookup.resolve_columns(ledger.cursor, draft, {}, ("version",))
    existing = queries.find_version(ledger.cursor, key, draft.version)
    if draft.from_on is not None:
        _refuse_same_start(ledger.cursor, key, draft.version, Period(draft.from_on))
    if existing:
        ledger.update("terms_of_reference", existing, values)
    else:
        ledger.add("terms_of_reference", {"group": key, "version": draft.version, **values})
    return existing is None


def _refuse_same_start(cursor: Cursor, key: RowKey, version: str, period: Period) -> None:
    """Raise Refused where another version comes into force on the same day, BadInput for a date without a day."""
    period.check()
    for terms in queries.read_terms(cursor, key, date.max):
        if terms.version != version and terms.period.start and terms.period.first == period.first:
            sentence = _("Version {version} comes into force on the same date. Choose another one.")
            raise Refused(sentence.format(version=terms.version))


def _build_values(cursor: Cursor, draft: GroupDraft) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the given fields as columns of `parties` and of `groups`."""
    values = record_lookup.resolve_columns(cursor, draft, LOOKUPS, SEPARATE_FIELDS)
    if "lead" in values:
        values["lead_organisation"] = values.pop("lead")
    party = {name: value for name, value in values.items() if name in PARTY_FIELDS}
    return party, {name: value for name, value in values.items() if name not in PARTY_FIELDS}
