"""Facts with a period are entered in any order through the services, and give the same state on every day.

Each order enters the facts of one subject one by one. A fact changes nothing on a day outside its period, and an undo
gives back the state before it exactly. The ordinary run draws a few orders, the long one 5,000.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.evidence import build_figure_draft
from ahtc_tui.domain.drafts.groups import build_group_draft, build_seat_draft
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.contacts.appointments import Appointment, appoint_holder
from ahtc_tui.services.contacts.service import move_contact
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.groups import seats
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.names import read_name_on
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.contacts.post_holders import find_holder_on
from ahtc_tui.store.groups.queries import read_group
from ahtc_tui.store.groups.seats import read_occupancies
from tests.builders import TODAY, make_party, query_rows, set_clock

FIRST = date(2011, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(0, 1600, 37)]
LATER = date(2016, 1, 1)


class Fact(NamedTuple):
    """A value that is valid from a day, until another day or the next fact."""

    value: int
    first: date
    last: date | None

    def includes(self, day: date) -> bool:
        """Return whether the fact as entered includes a day."""
        return self.first <= day and (self.last is None or day <= self.last)


State = tuple[object, ...]
Subject = tuple[Callable[[Fact], object], Callable[[], State], Callable[[int | None], object]]
"""How a fact of one subject is entered, its state on each of `DAYS`, and what the state has for a value or without."""


def list_people(workspace: Workspace) -> list[RowKey]:
    """Return the keys of the five people who hold what is asked about; they are added in the first round."""
    query = "SELECT id FROM parties WHERE ref LIKE 'holder-_' ORDER BY ref"
    keys = [row[0] for row in query_rows(workspace, query)]
    return keys or [make_party(workspace, f"Holder {n}", f"holder-{n}", kind="person") for n in range(5)]


def build_post(workspace: Workspace, number: int) -> Subject:
    people = list_people(workspace)
    post = make_party(workspace, f"Post {number}", f"post-{number}", kind="post")

    def enter(fact: Fact) -> object:
        last = DateAsKnown(fact.last) if fact.last else None
        appointment = Appointment(DateAsKnown(fact.first), last)
        return appoint_holder(workspace, f"holder-{fact.value}", f"post-{number}", appointment)

    def read() -> State:
        with workspace.database.read() as cursor:
            return tuple(find_holder_on(cursor, post, day) for day in DAYS)

    return enter, read, lambda value: None if value is None else people[value]


def build_seat(workspace: Workspace, number: int) -> Subject:
    people = list_people(workspace)
    group = groups.add_group(workspace, build_group_draft({"name": f"Group {number}"}, TODAY)).ref
    ref = seats.give_seat(workspace, group, "bawso", build_seat_draft({}, TODAY)).ref
    key = query_rows(workspace, "SELECT id FROM seats WHERE ref = ?", ref)[0][0]

    def enter(fact: Fact) -> object:
        values = {"person": f"holder-{fact.value}", "from_on": fact.first.isoformat()}
        if fact.last:
            values["to_on"] = fact.last.isoformat()
        return seats.edit_seat(workspace, ref, build_seat_draft(values, TODAY))

    def read() -> State:
        with workspace.database.read() as cursor:
            filling = [read_occupancies(cursor, key, day) for day in DAYS]
        return tuple(rows[0]["person"] if rows else None for rows in filling)

    return enter, read, lambda value: None if value is None else people[value]


def build_body(workspace: Workspace, number: int) -> Subject:
    body = make_party(workspace, "Base", f"body-{number}")

    def enter(fact: Fact) -> object:
        return rename_party(workspace, f"body-{number}", f"Name {fact.value}", DateAsKnown(fact.first))

    def read() -> State:
        with workspace.database.read() as cursor:
            return tuple(read_name_on(cursor, body, day) for day in DAYS)

    return enter, read, lambda value: "Base" if value is None else f"Name {value}"


def build_address(workspace: Workspace, number: int) -> Subject:
    body = make_party(workspace, f"Office {number}", f"office-{number}")

    def enter(fact: Fact) -> object:
        draft = build_contact_draft({"postal_address": f"{fact.value} High Street"}, TODAY)
        return move_contact(workspace, f"office-{number}", draft, DateAsKnown(fact.first))

    def read() -> State:
        query = "SELECT postal_address FROM named_parties WHERE id = ?"
        return tuple(query_rows(set_clock(workspace, day.isoformat()), query, body)[0][0] for day in DAYS[::4])

    return enter, read, lambda value: None if value is None else f"{value} High Street"


def build_chair(workspace: Workspace, number: int) -> Subject:
    list_people(workspace)
    people = [f"holder-{n}" for n in range(5)]
    group = groups.add_group(workspace, build_group_draft({"name": f"Board {number}"}, TODAY)).ref

    def enter(fact: Fact) -> object:
        return groups.set_chair(workspace, group, people[fact.value], DateAsKnown(fact.first))

    def read() -> State:
        with workspace.database.read() as cursor:
            rows = [read_group(cursor, find_party(cursor, group).key, day) for day in DAYS[::4]]
        return tuple(row.chair for row in rows)

    return enter, read, lambda value: None if value is None else f"Holder {value}"


def build_figure(workspace: Workspace, number: int) -> Subject:
    values = {"title": f"Figure {number}", "value": "100", "unit": "cases", "period": "2010", "source": "gov.wales"}
    later = set_clock(workspace, LATER.isoformat())
    ref = evidence.add_figure(later, build_figure_draft(values, LATER)).ref

    def enter(fact: Fact) -> object:
        draft = build_figure_draft({"value": str(fact.value), "published_on": fact.first.isoformat()}, LATER)
        return evidence.revise_figure(later, ref, draft)

    def read() -> State:
        at_days = [
            evidence.list_figures(set_clock(workspace, day.isoformat()), f"Figure {number}") for day in DAYS[::4]
        ]
        return tuple(next((row.value for row in rows if is_current(row)), None) for rows in at_days)

    def is_current(row: FigureRow) -> bool:
        return row.title == f"Figure {number}" and not row.superseded

    return enter, read, lambda value: 100 if value is None else value


SUBJECTS: Mapping[str, Callable[[Workspace, int], Subject]] = {
    "post": build_post,
    "seat": build_seat,
    "body": build_body,
    "address": build_address,
    "chair": build_chair,
    "figure": build_figure,
}
LIMITED = ("post", "seat")
"""Subjects whose facts may have a last day."""
DAYS_READ = {name: DAYS if name in ("post", "seat", "body") else DAYS[::4] for name in SUBJECTS}


def draw_facts(chance: random.Random, *, limited: bool) -> list[Fact]:
    """Return facts that begin on different days, in a random order."""
    starts = chance.sample(range(1500), chance.randrange(1, 5))
    facts = []
    for value, start in enumerate(starts):
        first = FIRST + timedelta(days=start)
        last = first + timedelta(days=chance.randrange(500)) if limited and chance.random() < 0.5 else None
        facts.append(Fact(value, first, last))
    chance.shuffle(facts)
    return facts


def find_value(facts: list[Fact], day: date) -> int | None:
    """Return the value of the fact that began last of those that include a day."""
    valid = [fact for fact in facts if fact.includes(day)]
    return max(valid, key=lambda fact: fact.first).value if valid else None


def check_orders(workspace: Workspace, name: str, rounds: int, seed: str = "orders") -> None:
    """Enter facts about new subjects in random orders, and compare the state with the rule after each fact."""
    chance = random.Random(seed)
    for number in range(rounds):
        enter, read, build_value = SUBJECTS[name](workspace, number)
        facts = draw_facts(chance, limited=name in LIMITED)
        before = read()
        for entered, fact in enumerate(facts, 1):
            enter(fact)
            state = read()
            assert list(state) == [build_value(find_value(facts[:entered], day)) for day in DAYS_READ[name]], facts
            outside = [place for place, day in enumerate(DAYS_READ[name]) if not fact.includes(day)]
            assert [state[place] for place in outside] == [before[place] for place in outside]
            previous, before = before, state
        undo_step(workspace)
        assert read() == previous


@pytest.mark.parametrize("name", SUBJECTS)
def test_some_orders_of_entry_give_the_same_state_on_every_day(wales: Workspace, name: str) -> None:
    check_orders(wales, name, 6)


@pytest.mark.long
@pytest.mark.parametrize("part", range(50))
@pytest.mark.parametrize("name", SUBJECTS)
def test_five_thousand_orders_of_entry_give_the_same_state_on_every_day(wales: Workspace, name: str, part: int) -> None:
    """Each part begins with a new workspace, since a full one is slower to read."""
    check_orders(wales, name, 100, f"orders of {name}, part {part}")
