"""A person leaves: what they hold, who takes each over, and the step that passes everything on.

Facts with a period end on the last day and are added for the heir from the next one. Undated work, such as the lead of
an action, passes at once. Work that is not taken over keeps its name, and Today and `doctor` list it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.contacts.departures import (
    PEOPLE_ONLY,
    PERSONAL_KINDS,
    REST,
    Departure,
    Heir,
    HeirReason,
    HeldItem,
    HeldKind,
    Outcome,
)
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import find_day_after, refuse_words
from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.groups.seats import end_former_chairs
from ahtc_tui.services.periods import end_fact
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.contacts import departures as stored
from ahtc_tui.store.contacts.departures import HeirReader, HeldRow
from ahtc_tui.store.contacts.merge_records import Pointer, find_duplicate
from ahtc_tui.store.contacts.party_lookup import Party, find_party
from ahtc_tui.store.contacts.post_holders import find_holder_on, read_holdings
from ahtc_tui.store.groups import seats as stored_seats
from ahtc_tui.store.records.fields import read_field, read_fields
from ahtc_tui.store.records.references import mint_name_ref

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

KEEP, NOBODY, PROPOSED = "keep", "none", "proposed"
"""Answers other than a name: keep the item as it is, let it end, or pass it to the proposed heir."""
INHERITED = ("role", "voting", "on_behalf_of", "basis")
"""Columns of a seat that the seat of the heir has as well."""
LINKS = frozenset((HeldKind.SUPPORT, HeldKind.INVITATION, HeldKind.CIRCULATION_LIST))
"""Items that are a separate record linking the person with something else."""

Answers = Mapping[str, str | None]
"""The answer by key of an item, or by `REST`: the name of the heir, or `KEEP`, `NOBODY` or `PROPOSED`; None is
`NOBODY`.
"""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item with its record and who takes it over."""

    item: HeldItem
    row: HeldRow
    proposed: Heir | None
    heir: Heir | None = None


def show_departure(workspace: Workspace, person: str, on: DateAsKnown) -> Departure:
    """Return everything a person holds on a date or later, each with the proposed heir. Raises NotFound."""
    refuse_words(on)
    with workspace.database.read() as cursor:
        party = find_party(cursor, person, (PartyKind.PERSON,))
        return _build_departure(cursor, party, on, _list_entries(cursor, party, on))


def preview_departure(workspace: Workspace, person: str, on: DateAsKnown, answers: Answers) -> Departure:
    """Return what `write_departure` would do. Raises as it does."""
    refuse_words(on)
    with workspace.database.read() as cursor:
        party = find_party(cursor, person, (PartyKind.PERSON,))
        return _build_departure(cursor, party, on, _apply_answers(cursor, party, on, answers))


def write_departure(workspace: Workspace, person: str, on: DateAsKnown, answers: Answers) -> Departure:
    """Pass on or end what the answers name, in one step, and return every item with its outcome.

    Raises NotFound, BadInput, BadFile for an answer to no item, and Refused where an heir cannot hold something or
    nothing is answered.
    """
    refuse_words(on)
    with workspace.database.write("departing") as ledger:
        party = find_party(ledger.cursor, person, (PartyKind.PERSON,))
        ledger.label = f"departing {party.ref}"
        entries = _apply_answers(ledger.cursor, party, on, answers)
        answered = [entry for entry in entries if entry.item.outcome in (Outcome.PASSED, Outcome.ENDED)]
        if not answered:
            raise Refused(_("{name} holds nothing named in these answers.").format(name=party.shown_name))
        for entry in answered:
            _write_entry(ledger, entry, on)
        return replace(_build_departure(ledger.cursor, party, on, entries), written=True)


def _build_departure(cursor: Cursor, party: Party, on: DateAsKnown, entries: Sequence[_Entry]) -> Departure:
    following = stored.read_following(cursor, party.key, on.latest)
    return Departure(party.name, party.ref, on, tuple(entry.item for entry in entries), following)


def _list_entries(cursor: Cursor, party: Party, on: DateAsKnown) -> list[_Entry]:
    """Return everything that a person holds, each with a key that no other item has."""
    rows = list(stored.read_held(cursor, party.key, on.latest))
    heirs = HeirReader(cursor, party.key, on.latest)
    deputies = _list_distinct(
        heir for row in rows if row.kind is not HeldKind.DEPUTY for heir in heirs.list_deputies(row.place)
    )
    holders = _list_distinct(
        heir for row in rows if row.kind is HeldKind.POST for heir in heirs.list_holders(row.place)
    )
    numbers: Counter[str] = Counter()
    entries = []
    for row in rows:
        name = f"{row.kind}:{row.ref}" if row.ref else str(row.kind)
        numbers[name] += 1
        heir, reason = _propose_heir(heirs, row, deputies, holders)
        item = HeldItem(
            f"{name}:{numbers[name]}" if numbers[name] > 1 else name,
            row.kind,
            row.ref,
            f"{row.title}, {row.role.label}" if row.role else row.title,
            heir.name if heir else None,
            heir.ref if heir else None,
            reason,
        )
        entries.append(_Entry(item, row, heir))
    return entries


def _list_distinct(heirs: Iterator[Heir]) -> list[Heir]:
    return list(dict.fromkeys(heirs))


def _propose_heir(
    heirs: HeirReader, row: HeldRow, deputies: Sequence[Heir], holders: Sequence[Heir]
) -> tuple[Heir | None, HeirReason]:
    """Return who could take an item over: the deputy, another holder of the post, or a colleague.

    No one is proposed if several people could. An organisation takes over an item that needs no person.
    """
    if row.kind in PERSONAL_KINDS:
        return None, HeirReason.NONE
    candidates: list[tuple[Sequence[Heir], HeirReason]]
    match row.kind:
        case HeldKind.POST:
            candidates = [(heirs.list_holders(row.place), HeirReason.HOLDER)]
        case HeldKind.SEAT | HeldKind.REPRESENTATION:
            candidates = [(heirs.list_deputies(row.place), HeirReason.DEPUTY)]
        case HeldKind.DEPUTY:
            candidates = []
        case _:
            candidates = [(deputies, HeirReason.DEPUTY), (holders, HeirReason.HOLDER)]
    candidates.append((heirs.list_colleagues(), HeirReason.ORGANISATION))
    if row.kind not in PEOPLE_ONLY:
        candidates.append((heirs.find_organisation(), HeirReason.ORGANISATION))
    for people, reason in candidates:
        if len(people) == 1:
            return people[0], reason
    return None, HeirReason.NONE


def _apply_answers(cursor: Cursor, party: Party, on: DateAsKnown, answers: Answers) -> list[_Entry]:
    """Return the items with what the answers make of each. Raises BadFile for an answer to no item."""
    entries = _list_entries(cursor, party, on)
    known = {entry.item.id for entry in entries}
    if unknown := [key for key in answers if key != REST and key not in known]:
        sentence = _('{name} holds nothing with the key "{key}": the list without answers has the keys.')
        raise BadFile(sentence.format(name=party.shown_name, key=unknown[0]))
    named: dict[str, Heir] = {}
    return [_answer(cursor, party, on, entry, answers, named) for entry in entries]


def _answer(
    cursor: Cursor, party: Party, on: DateAsKnown, entry: _Entry, answers: Answers, named: dict[str, Heir]
) -> _Entry:
    item = entry.item
    is_own = item.id in answers
    if not is_own and REST not in answers:
        return entry
    answer = (answers[item.id] if is_own else answers[REST]) or NOBODY
    if answer == KEEP:
        return replace(entry, item=replace(item, outcome=Outcome.KEPT))
    if item.kind in PERSONAL_KINDS:
        if is_own and answer != NOBODY:
            sentence = _("{what} is personal. It ends, or is kept, but nobody takes it over.")
            raise Refused(sentence.format(what=item.what))
        outcome = Outcome.KEPT if item.kind is HeldKind.LANGUAGE else Outcome.ENDED
        return replace(entry, item=replace(item, outcome=outcome))
    if answer == PROPOSED:
        heir = entry.proposed
        if heir is None and not is_own:
            return entry
    elif answer == NOBODY:
        heir = None
    else:
        if answer not in named:
            named[answer] = _find_heir(cursor, party, answer)
        heir = named[answer]
    heir = _find_person(cursor, heir, item, on) if heir and item.kind in PEOPLE_ONLY else heir
    outcome = Outcome.PASSED if heir else Outcome.ENDED
    return replace(entry, item=replace(item, to=heir.name if heir else None, outcome=outcome), heir=heir)


def _find_heir(cursor: Cursor, party: Party, words: str) -> Heir:
    heir = find_party(cursor, words, CONTACT_KINDS)
    if heir.key == party.key:
        raise Refused(_("{name} leaves. Choose somebody else to take over.").format(name=party.shown_name))
    return Heir(heir.key, heir.ref, heir.name, heir.kind)


def _find_person(cursor: Cursor, heir: Heir, item: HeldItem, on: DateAsKnown) -> Heir:
    """Return the heir of an item that only a person can hold: the heir itself, or the holder of the post. Raises
    Refused.
    """
    if heir.kind is PartyKind.PERSON:
        return heir
    holder = find_holder_on(cursor, heir.key, find_day_after(on).latest) if heir.kind is PartyKind.POST else None
    if holder is None:
        sentence = _("{what} needs a person. Name one for it with --answers instead of {heir}.")
        raise Refused(sentence.format(what=item.what, heir=heir.name))
    return Heir(holder, kind=PartyKind.PERSON, **read_fields(cursor, "parties", holder, ("ref", "name")))


def _write_entry(ledger: Ledger, entry: _Entry, on: DateAsKnown) -> None:
    """Pass on or end one item."""
    row = entry.row
    match row.kind:
        case HeldKind.POST:
            _pass_post(ledger, row, entry.heir, on)
        case HeldKind.SEAT:
            _pass_seat(ledger, row, entry.heir, on)
        case HeldKind.REPRESENTATION | HeldKind.DEPUTY:
            _pass_occupancy(ledger, row, entry.heir, on)
        case HeldKind.CHAIR:
            _pass_chair(ledger, row, entry.heir, on)
        case HeldKind.INTEREST:
            ledger.update("interests", row.key, {"to_on": on.stored_text})
        case _:
            _pass_duty(ledger, row, entry.heir)


def _end_term(ledger: Ledger, row: HeldRow, on: DateAsKnown) -> str:
    """End a fact on a date, or remove it if it would begin later; return the first day of the next one."""
    return (end_fact(ledger, row.table, row.key, on) or find_day_after(on)).stored_text


def _pass_post(ledger: Ledger, row: HeldRow, heir: Heir | None, on: DateAsKnown) -> None:
    """End the term in a post and begin the term of the heir; without an heir the post is vacant, unless others hold it
    too.

    Raises Refused where another person is appointed from the next day.
    """
    assert row.place is not None
    begins = _end_term(ledger, row, on)
    holdings = [holding for holding in read_holdings(ledger.cursor, row.place) if holding.key != row.key]
    following = [holding for holding in holdings if holding.from_on and holding.from_on.stored_text == begins]
    if row.shared:
        following = [holding for holding in following if heir and holding.person == heir.key]
    elif heir and [holding.vacant for holding in following] == [True]:
        ledger.update("holdings", following[0].key, {"person": heir.key, "vacant": 0})
        return
    elif heir and any(holding.person != heir.key for holding in following):
        sentence = _(
            "{name} holds the post from the same date. Choose a later date, or undo the other appointment first."
        )
        raise Refused(sentence.format(name=following[0].name or _("Someone")))
    if following:
        return
    if heir:
        ledger.add("holdings", {"post": row.place, "person": heir.key, "from_on": begins})
    elif not row.shared:
        ledger.add("holdings", {"post": row.place, "from_on": begins, "vacant": 1})


def _pass_seat(ledger: Ledger, row: HeldRow, heir: Heir | None, on: DateAsKnown) -> None:
    """End a seat with those who fill it, and give the heir one with the same role, vote and last day."""
    before = read_fields(ledger.cursor, "seats", row.key, ("group", *INHERITED))
    for occupancy in stored_seats.read_occupancies(ledger.cursor, row.key, on.latest):
        ledger.update("occupancies", occupancy["id"], {"to_on": on.stored_text})
    if row.role is SeatRole.CHAIR:
        end_former_chairs(ledger, before["group"], on.latest)
    begins = _end_term(ledger, row, on)
    if row.role is SeatRole.CHAIR and read_field(ledger.cursor, "groups", before["group"], "chair") is not None:
        ledger.update("groups", before["group"], {"chair": heir.key if heir else None})
    terms = stored_seats.read_member_terms(ledger.cursor, before["group"], heir.key, None) if heir else ()
    next_day = find_day_after(on).latest
    if heir is None or any(term.role is row.role and term.period.includes(next_day) for term in terms):
        return
    slug = read_field(ledger.cursor, "parties", before["group"], "ref")
    values = {**before, "party": heir.key, "from_on": begins, "to_on": row.to_on.stored_text if row.to_on else None}
    ledger.add("seats", {**values, "ref": mint_name_ref(ledger.cursor, "seats", f"{slug}/{heir.ref}")})


def _pass_occupancy(ledger: Ledger, row: HeldRow, heir: Heir | None, on: DateAsKnown) -> None:
    """End the time in which a person fills a seat or deputises; without an heir the seat is vacant from then on."""
    assert row.place is not None
    deputises = row.kind is HeldKind.DEPUTY
    begins = _end_term(ledger, row, on)
    others = [
        occupancy
        for occupancy in stored_seats.read_occupancies(ledger.cursor, row.place, find_day_after(on).latest)
        if occupancy["id"] != row.key
    ]
    if heir is None and deputises:
        return
    fillers = [read_field(ledger.cursor, "seats", row.place, "party"), *(other["person"] for other in others)]
    if (heir.key if heir else None) in fillers:
        return
    values = {"seat": row.place, "person": heir.key if heir else None, "deputy": int(deputises)}
    last = row.to_on.stored_text if row.to_on and heir else None
    ledger.add("occupancies", {**values, "from_on": begins, "to_on": last})


def _pass_chair(ledger: Ledger, row: HeldRow, heir: Heir | None, on: DateAsKnown) -> None:
    """Keep the chair of a group without a seat as a term that ends, and begin the term of the heir."""
    person = read_field(ledger.cursor, "groups", row.key, "chair")
    terms: list[tuple[RowKey, str | None, str | None]] = [(person, None, on.stored_text)]
    if heir:
        terms.append((heir.key, find_day_after(on).stored_text, None))
    for party, first, last in terms:
        slug = read_field(ledger.cursor, "parties", party, "ref")
        values = {"group": row.key, "party": party, "role": SeatRole.CHAIR.value, "from_on": first, "to_on": last}
        ledger.add("seats", {**values, "ref": mint_name_ref(ledger.cursor, "seats", f"{row.ref}/{slug}")})
    ledger.update("groups", row.key, {"chair": heir.key if heir else None})


def _pass_duty(ledger: Ledger, row: HeldRow, heir: Heir | None) -> None:
    """Give work to the heir; where the heir has the same already, and for a link without heir, remove the record."""
    is_link = row.kind in LINKS
    pointer = Pointer(row.table, row.column, row.key)
    if is_link and (heir is None or find_duplicate(ledger.cursor, pointer, heir.key)):
        ledger.remove(row.table, row.key)
    else:
        ledger.update(row.table, row.key, {row.column: heir.key if heir else None})
