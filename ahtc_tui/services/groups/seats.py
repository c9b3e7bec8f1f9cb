"""Use cases of seats: list, give, edit, end and renew. The state of a seat is computed from its dates."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_stored_date
from ahtc_tui.domain.dates.periods import Period, Timeline, find_day_before
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.groups.model import SeatRole, SeatRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services import record_lookup
from ahtc_tui.services.periods import end_fact, lasts_beyond
from ahtc_tui.store.contacts.party_lookup import Party, find_party, fold_name
from ahtc_tui.store.groups import queries
from ahtc_tui.store.groups import seats as stored
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.references import mint_name_ref, strip_suffix

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.groups import SeatDraft
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

MEMBER_KINDS = (PartyKind.PERSON.value, PartyKind.POST.value, PartyKind.ORGANISATION.value)

SEAT_FIELDS = ("role", "voting", "on_behalf_of", "basis", "note")
"""Fields of the seat without its dates; the others describe occupants."""


class Member(NamedTuple):
    """The member of a seat: a party, or a class of organisations by name."""

    party: RowKey | None
    org_class: str | None
    slug: str


def list_seats(
    workspace: Workspace,
    group: str | None = None,
    vacant: bool = False,
    ending_within_days: int | None = None,
    words: str = "",
    expired: bool = False,
) -> list[SeatRow]:
    """Return current seats, or the expired ones; of one group, vacant ones or those that end within some days."""
    with workspace.database.read() as cursor:
        seats = stored.read_seats(
            cursor,
            today=workspace.today(),
            group=record_lookup.find_group_key(cursor, group),
            ending_within_days=ending_within_days,
            expired=expired,
            words=words,
        )
    return [seat for seat in seats if seat.vacant or not vacant]


def give_seat(workspace: Workspace, group: str, member: str, draft: SeatDraft, *, org_class: bool = False) -> SeatRow:
    """Add a term of a member in a group, in any order; other terms keep their dates.

    Raises NotFound, BadInput, Refused where a term begins on the same day, or no first day is given for a second one.
    """
    today = workspace.today()
    with workspace.database.write("seat") as ledger:
        group_party = find_party(ledger.cursor, group, ("group",))
        seat_member = _find_member(ledger.cursor, member, org_class)
        ledger.label = f"seat {seat_member.slug} on {group_party.ref}"
        _refuse_repeated_term(ledger.cursor, group_party, member, seat_member, draft, today)
        key = _insert_seat(ledger, group_party.key, f"{group_party.ref}/{seat_member.slug}", seat_member, draft)
        draft = draft.model_copy(update={"to_on": None})  # the last day is that of the seat
        _write_occupants(ledger, key, draft, today)
        return stored.read_seat(ledger.cursor, key, today)


def _refuse_repeated_term(
    cursor: Cursor, group: Party, name: str, member: Member, draft: SeatDraft, today: date
) -> None:
    begins = Period(draft.from_on).first
    for term in stored.read_member_terms(cursor, group.key, member.party, member.org_class):
        same_start = term.role is (draft.role or SeatRole.MEMBER) and term.period.first == begins
        if same_start or (draft.from_on is None and term.period.last >= today):
            sentence = _(
                "{member} has a seat on {group} already. Change it with `ahtc groups seat-edit {ref}`, or give the "
                "start date of another term."
            )
            raise Refused(sentence.format(member=name, group=group.shown_name, ref=term.ref))


def edit_seat(workspace: Workspace, ref: str, draft: SeatDraft) -> SeatRow:
    """Write the given fields of a seat. Raises NotFound, BadInput."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write("edit seat") as ledger:
        key, ref = _find_seat(ledger.cursor, ref)
        ledger.label = f"edit seat {ref}"
        _change_seat(ledger, key, draft)
        _write_occupants(ledger, key, draft, workspace.today())
        return stored.read_seat(ledger.cursor, key, workspace.today())


def end_seat(workspace: Workspace, ref: str, last: DateAsKnown) -> SeatRow:
    """End a seat and its occupancies with the day `last`. Raises NotFound, BadInput, Refused where it has ended."""
    with workspace.database.write("unseat") as ledger:
        key, ref = _find_seat(ledger.cursor, ref)
        ledger.label = f"unseat {ref}"
        before = stored.read_stored_seat(ledger.cursor, key)
        yesterday = find_day_before(DateAsKnown(workspace.today()))
        if not lasts_beyond(before["to_on"], yesterday) and not lasts_beyond(before["to_on"], last):
            raise Refused(_("The seat {ref} has ended already.").format(ref=ref))
        write_seat_end(ledger, key, last)
        return stored.read_seat(ledger.cursor, key, workspace.today())


def write_seat_end(ledger: Ledger, key: RowKey, last: DateAsKnown) -> None:
    """End a seat and its occupancies with the day `last`. Raises BadInput where it would end before it starts."""
    before = stored.read_stored_seat(ledger.cursor, key)
    if before["role"] == SeatRole.CHAIR:
        end_former_chairs(ledger, before["group"], last.latest)
    _set_term(ledger, key, {"to_on": last})
    for occupancy in stored.read_occupancies(ledger.cursor, key, last.latest):
        ledger.update("occupancies", occupancy["id"], {"to_on": last.stored_text})


def end_former_chairs(ledger: Ledger, group: RowKey, last: date) -> None:
    """Write the actual last day of the chairs before the one of a day, so that none of them chairs again after it."""
    terms = queries.read_chair_terms(ledger.cursor, group)
    timeline = Timeline(terms, lambda term: Period(term.from_on, term.to_on))
    current = timeline.list_valid(last)
    for term in terms:
        if term.to_on is None and term not in current and Period(term.from_on).includes(last):
            end = timeline.find_end(term)
            ledger.update("seats", term.key, {"to_on": end.stored_text if end else None})


def renew_seat(workspace: Workspace, ref: str, last: DateAsKnown, first: DateAsKnown | None = None) -> SeatRow:
    """Add the next term of a seat as a new seat and end the old one the day before.

    The new term starts on `first`, else the day after the old one; role, vote, basis and occupants are copied. Raises
    NotFound, Refused where the old term has no end and `first` is missing, or where a next term exists.
    """
    today = workspace.today()
    with workspace.database.write("renew") as ledger:
        key, ref = _find_seat(ledger.cursor, ref)
        ledger.label = f"renew {ref}"
        before = stored.read_stored_seat(ledger.cursor, key)
        begins = first or _find_next_day(before["to_on"], ref)
        ends = find_day_before(begins)
        if lasts_beyond(before["to_on"], ends):
            _set_term(ledger, key, {"to_on": ends})
        if stored.has_next_term(ledger.cursor, key):
            raise Refused(_("The seat {ref} has a next term already.").format(ref=ref))
        start, end = Period(begins, last).format_stored()
        kept = ("group", "party", "org_class", "role", "voting", "on_behalf_of", "basis")
        inherited = {name: before[name] for name in kept}
        new_ref = mint_name_ref(ledger.cursor, "seats", strip_suffix(ref, numbered=ref[-1:].isdigit()))
        term = {"from_on": start, "to_on": end}
        new_seat = ledger.add("seats", {**inherited, **term, "ref": new_ref})
        for occupancy in stored.read_occupancies(ledger.cursor, key, ends.latest):
            if lasts_beyond(occupancy["to_on"], ends):
                values = {name: occupancy[name] for name in ("person", "deputy", "rule", "to_on")}
                ledger.add("occupancies", {**values, "seat": new_seat, "from_on": start})
                ledger.update("occupancies", occupancy["id"], {"to_on": ends.stored_text})
        return stored.read_seat(ledger.cursor, new_seat, today)


def _find_member(cursor: Cursor, words: str, org_class: bool) -> Member:
    if org_class:
        name = " ".join(words.split())
        slug = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")
        if not slug:
            raise BadInput(_("A class of organisations needs a name, like health boards."))
        return Member(None, name, slug)
    party = find_party(cursor, words, MEMBER_KINDS)
    return Member(party.key, None, party.ref)


def _find_seat(cursor: Cursor, ref: str) -> tuple[RowKey, str]:
    return record_lookup.find_record(cursor, "seats", ref, _("seat"))


def _find_next_day(last: str | None, ref: str) -> DateAsKnown:
    """Return the day after the stored end of a term. Raises Refused without an end."""
    if last is None:
        sentence = _("The seat {ref} has no end date. Give the start of the next term with --from.")
        raise Refused(sentence.format(ref=ref))
    last_day = read_stored_date(last)
    assert last_day is not None
    return DateAsKnown(last_day.latest + timedelta(days=1))


def _insert_seat(ledger: Ledger, group: RowKey, ref: str, member: Member, draft: SeatDraft) -> RowKey:
    """Add a term of a seat."""
    values = _build_values(ledger.cursor, draft)
    values["from_on"], values["to_on"] = Period(draft.from_on, draft.to_on).format_stored()
    values.setdefault("role", SeatRole.MEMBER.value)
    identity = {"ref": mint_name_ref(ledger.cursor, "seats", ref), "group": group}
    return ledger.add("seats", {**values, **identity, "party": member.party, "org_class": member.org_class})


def _change_seat(ledger: Ledger, key: RowKey, draft: SeatDraft) -> None:
    values = _build_values(ledger.cursor, draft)
    names = () if draft.person is not None else ("from_on", "to_on")  # else they are those of who fills the seat
    dates: dict[str, DateAsKnown | None] = {name: getattr(draft, name) for name in names if name in draft.given_fields}
    if values:
        ledger.update("seats", key, values)
    if dates:
        _set_term(ledger, key, dates)


def _set_term(ledger: Ledger, key: RowKey, dates: dict[str, DateAsKnown | None]) -> None:
    """Write one or both ends of the term. Raises BadInput where it would end before it starts."""
    before = stored.read_stored_seat(ledger.cursor, key)
    term_dates = {name: dates.get(name, read_stored_date(before[name])) for name in ("from_on", "to_on")}
    first, last = Period(term_dates["from_on"], term_dates["to_on"]).format_stored()
    ledger.update("seats", key, {"from_on": first, "to_on": last})


def _build_values(cursor: Cursor, draft: SeatDraft) -> dict[str, Any]:
    """Return the given fields of the seat, without its dates, as columns."""
    values: dict[str, Any] = {}
    for name in SEAT_FIELDS:
        if name not in draft.given_fields:
            continue
        value = getattr(draft, name)
        if name == "on_behalf_of":
            value = record_lookup.find_party_key(cursor, value)
        elif name == "voting":
            value = None if value is None else int(value)
        elif name == "role":
            value = str(value)
        values[name] = value if value != "" else None
    return values


def _write_occupants(ledger: Ledger, seat: RowKey, draft: SeatDraft, today: date) -> None:
    """Set who fills a seat for a period, or that it is vacant, and add or change a deputy."""
    if draft.ends_deputies:
        _end_deputies(ledger, seat, draft, today)
    if draft.deputy:
        _write_deputy(ledger, seat, draft, find_party(ledger.cursor, draft.deputy, ("person",)).key)
    elif {"deputy_from", "deputy_to", "deputy_rule"} & set(draft.given_fields):
        _write_deputy(ledger, seat, draft, None)
    if draft.person is not None:
        _write_occupant(ledger, seat, draft, today)


def _write_deputy(ledger: Ledger, seat: RowKey, draft: SeatDraft, person: RowKey | None) -> None:
    """Add a period of a deputy, or change the one that begins on the same day or without a known beginning.

    Without a person, the only deputy is meant. Raises Refused where there is none, or several.
    """
    deputies = [row for row in stored.read_all_occupancies(ledger.cursor, seat) if row.deputy]
    own = [row for row in deputies if person is None or row.person == person]
    if person is None and len({row.person for row in own}) != 1:
        several = _("The seat has several deputies. Name the one that changes.")
        raise Refused(several if own else _("The seat has no deputy. Name one as well."))
    first, last = Period(draft.deputy_from, draft.deputy_to).format_stored()
    if first is not None:
        own = [row for row in own if row.from_on in (None, first)]
    values = {"rule": draft.deputy_rule, "from_on": first, "to_on": last}
    given = {name: value for name, value in values.items() if value}
    if not own:
        ledger.add("occupancies", {**given, "seat": seat, "person": person, "deputy": 1})
        return
    before = own[-1]
    begins, ends = (given.get(name) or getattr(before, name) for name in ("from_on", "to_on"))
    Period(read_stored_date(begins), read_stored_date(ends)).check()
    if given:
        ledger.update("occupancies", before.id, given)


def _end_deputies(ledger: Ledger, seat: RowKey, draft: SeatDraft, today: date) -> None:
    """End the deputies not named in the draft the day before, and remove those whose period would not have begun."""
    kept = find_party(ledger.cursor, draft.deputy, ("person",)).key if draft.deputy else None
    ends = find_day_before(DateAsKnown(today))
    for deputy in stored.read_occupancies(ledger.cursor, seat, today):
        if deputy["deputy"] and deputy["person"] != kept:
            end_fact(ledger, "occupancies", deputy["id"], ends)


def _write_occupant(ledger: Ledger, seat: RowKey, draft: SeatDraft, today: date) -> None:
    """Add who fills the seat from the first day given, else from today; an empty name leaves the seat vacant.

    Raises Refused where another person fills it from the same day, and for the seat of a person.
    """
    person = find_party(ledger.cursor, draft.person, ("person",)).key if draft.person else None
    member = stored.read_stored_seat(ledger.cursor, seat)["party"]
    if person and read_field(ledger.cursor, "parties", member, "kind") == "person":
        raise Refused(_("This seat belongs to a person. Add a seat for somebody else."))
    occupancies = [row for row in stored.read_all_occupancies(ledger.cursor, seat) if not row.deputy]
    on_day = stored.read_occupancies(ledger.cursor, seat, today)
    current = {row["person"] for row in on_day if not row["deputy"]}
    is_dated = draft.from_on is not None
    if not is_dated and draft.to_on is None and current == ({person} if person or occupancies else set()):
        return
    begins = draft.from_on or (DateAsKnown(today) if occupancies else None)
    first, last = Period(begins, draft.to_on).format_stored()
    same_day = [row for row in occupancies if row.from_on == first]
    if not same_day:
        ledger.add("occupancies", {"seat": seat, "person": person, "from_on": first, "to_on": last})
    elif same_day[0].person == person or not is_dated:
        ledger.update("occupancies", same_day[0].id, {"person": person, "to_on": last})
    else:
        raise Refused(
            _("Somebody else fills the seat from the same date. Choose another date, or undo the other term first.")
        )
