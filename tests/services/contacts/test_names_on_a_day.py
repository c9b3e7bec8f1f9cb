"""A dated name applies from its day on, in lists, cards and exports; the former name is then the other one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.services.contacts.service import list_contacts, show_contact
from ahtc_tui.services.contacts.writer import rename_party
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.groups.service import show_group
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.names import read_name_on, read_timeline
from tests.builders import make_party, query_rows, set_clock


@pytest.mark.parametrize(
    ("day", "name", "renames"),
    [
        ("2014-05-31", "Bawso", ("Bawso Cymru (from 1 June 2014)",)),
        ("2014-06-01", "Bawso Cymru", ("Bawso (until 31 May 2014)",)),
    ],
)
def test_a_name_from_a_future_day_is_shown_from_that_day_on(
    wales: Workspace, tmp_path: Path, day: str, name: str, renames: tuple[str, ...]
) -> None:
    rename_party(wales, "bawso", "Bawso Cymru", DateAsKnown(date(2014, 6, 1)))
    at_day = set_clock(wales, day)
    card = show_contact(at_day, "bawso")
    assert (card.row.name, card.renames) == (name, renames)
    assert [row.name for row in list_contacts(at_day, kind=PartyKind.ORGANISATION) if row.ref == "bawso"] == [name]
    export_contacts(at_day, tmp_path / "contacts.csv")
    assert f"bawso,organisation,{name}," in (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig")


def test_also_called_gives_the_former_name_of_a_group(wales: Workspace) -> None:
    rename_party(wales, "forum-gwent", "Gwent Forum", DateAsKnown(date(2014, 6, 1)))
    card = show_group(set_clock(wales, "2014-07-01"), "forum-gwent")
    assert card.row.name == "Gwent Forum"
    assert card.renames == ("Gwent Consultation Group on Human Trafficking (until 31 May 2014)",)


def test_renames_entered_out_of_date_order_leave_each_name_its_period(wales: Workspace) -> None:
    for name, first in (("B", date(2014, 2, 15)), ("A2", date(2013, 2, 15))):
        rename_party(wales, "bawso", name, DateAsKnown(first))
    names = {
        day: show_contact(set_clock(wales, day), "bawso").row.name for day in ("2013-02-14", "2013-02-15", "2014-02-15")
    }
    assert names == {"2013-02-14": "Bawso", "2013-02-15": "A2", "2014-02-15": "B"}
    assert show_contact(set_clock(wales, "2014-03-01"), "bawso").renames == (
        "Bawso (until 14 February 2013)",
        "A2 (from 15 February 2013 until 14 February 2014)",
    )


def test_a_former_name_of_an_earlier_version_keeps_its_place(wales: Workspace) -> None:
    """A rename wrote the former name until the day before, and the new one to the record."""
    (key,) = query_rows(wales, "SELECT id FROM parties WHERE ref = 'bawso'")[0]
    with wales.database.write("rename") as ledger:
        ledger.add("aliases", {"party": key, "name": "Former", "to_on": "2014-02-14"})
    rename_party(wales, "bawso", "Between", DateAsKnown(date(2013, 2, 15)))
    days = ("2013-02-14", "2013-02-15", "2014-02-14", "2014-02-15")
    assert [show_contact(set_clock(wales, day), "bawso").row.name for day in days] == [
        "Former",
        "Between",
        "Between",
        "Bawso",
    ]


def test_any_order_of_renames_gives_the_same_name_on_every_day(wales: Workspace) -> None:
    """The SQL rule and the timeline agree on random names, whatever order they were entered in."""
    chance = random.Random(35)
    days = [date(2011, 1, 1) + timedelta(days=number) for number in range(0, 1500, 29)]
    for round_number in range(60):
        key = make_party(wales, "Base", f"base-{round_number}", kind="organisation")
        facts = {
            date(2011, 1, 1) + timedelta(days=chance.randrange(1500)): f"Name {n}" for n in range(chance.randrange(5))
        }
        entries = chance.sample(sorted(facts.items()), len(facts))
        for first, name in entries:
            rename_party(wales, f"base-{round_number}", name, DateAsKnown(first))
        with wales.database.read() as cursor:
            timeline, _facts = read_timeline(cursor, key)
            for day in days:
                expected = next((facts[first] for first in sorted(facts, reverse=True) if first <= day), "Base")
                assert read_name_on(cursor, key, day) == expected
                assert timeline.list_valid(day)[-1].name == expected
