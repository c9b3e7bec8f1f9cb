"""A dated name applies from its day on, in lists, cards and exports; the former name is then the other one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.contacts import build_contact_draft
from ahtc_tui.domain.drafts.groups import build_group_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.contacts.service import edit_contact, list_contacts, show_contact
from ahtc_tui.services.exports.contacts import export_contacts
from ahtc_tui.services.groups.service import add_group, edit_group, show_group
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting, list_meetings
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.renames import rename_party
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.names import read_name_on, read_timeline, read_welsh_name_on
from tests.builders import make_party, query_rows, set_clock

TODAY = date(2014, 1, 28)
LG = "leadership-group"


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


def test_posts_and_meetings_named_after_a_group_follow_its_renames_in_any_order(wales: Workspace) -> None:
    make_party(wales, "Secretariat, Bawso Board", "board-desk", kind="post")
    board = add_group(wales, build_group_draft({"name": "Bawso Board", "name_cy": "Bwrdd Bawso"}, TODAY)).ref
    days = ("2013-01-08", "2013-06-04", "2014-06-03")
    refs = [add_meeting(wales, build_meeting_draft({"group": board, "starts": day}, TODAY)).ref for day in days]
    own = add_meeting(wales, build_meeting_draft({"group": board, "starts": "2014-07-01", "title": "Away day"}, TODAY))
    renames = [
        rename_party(wales, board, "Board B", DateAsKnown(date(2014, 2, 15)), name_cy="Bwrdd B"),
        rename_party(wales, board, "Board A2", DateAsKnown(date(2013, 2, 15))),
    ]
    assert [rename.posts for rename in renames] == [("Secretariat, Board B",), ("Secretariat, Board A2",)]
    names = ("Bawso Board", "Board A2", "Board B")
    titles = {row.ref: row.title for row in list_meetings(wales, group=board)}
    assert titles == {**dict(zip(refs, names, strict=True)), own.ref: "Away day"}
    for day, name in zip(days, names, strict=True):
        assert show_contact(set_clock(wales, day), "board-desk").row.name == f"Secretariat, {name}"
    undo_step(wales)
    undo_step(wales)
    assert {row.title for row in list_meetings(wales, group=board)} == {"Bawso Board", "Away day"}
    assert show_contact(set_clock(wales, days[-1]), "board-desk").row.name == "Secretariat, Bawso Board"


def test_a_rename_changes_no_agreed_minutes_and_no_words_within_a_name(wales: Workspace) -> None:
    make_party(wales, "Co-ordinator of Bawso", "other-desk", kind="post")
    meeting = add_meeting(wales, build_meeting_draft({"group": LG, "starts": "2013-12-10"}, TODAY))
    lifecycle.set_state(wales, meeting.ref, MinutesState.AGREED)
    rename_party(wales, LG, "Board", DateAsKnown(date(2013, 12, 1)))
    assert [row.title for row in list_meetings(wales, group=LG) if row.ref == meeting.ref] == [meeting.title]
    assert rename_party(wales, "bawso", "Bawso Cymru", DateAsKnown(date(2013, 12, 1))).posts == ()


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
            date(2011, 1, 1) + timedelta(days=chance.randrange(1500)): (f"Name {n}", chance.choice((None, f"Enw {n}")))
            for n in range(chance.randrange(5))
        }
        entries = chance.sample(sorted(facts.items()), len(facts))
        for first, (name, name_cy) in entries:
            rename_party(wales, f"base-{round_number}", name, DateAsKnown(first), name_cy=name_cy)
        with wales.database.read() as cursor:
            timeline, _facts = read_timeline(cursor, key)
            for day in days:
                begun = [facts[first] for first in sorted(facts, reverse=True) if first <= day]
                name = begun[0][0] if begun else "Base"
                name_cy = next((welsh for _name, welsh in begun if welsh), None)
                assert (read_name_on(cursor, key, day), read_welsh_name_on(cursor, key, day)) == (name, name_cy)
                assert timeline.list_valid(day)[-1][:2] == (name, name_cy)


def test_a_body_keeps_its_welsh_name_for_the_period_of_each_name(wales: Workspace) -> None:
    edit_contact(wales, "bawso", build_contact_draft({"name_cy": "Bawso Un"}, TODAY))
    rename_party(wales, "bawso", "Second", DateAsKnown(date(2014, 2, 1)), name_cy="Yr Ail")
    kept = rename_party(wales, "bawso", "Third", DateAsKnown(date(2014, 6, 1)))
    assert kept.kept_welsh_name == "Yr Ail"
    names = [show_contact(set_clock(wales, day), "bawso").name_cy for day in ("2014-01-31", "2014-02-01", "2014-06-01")]
    assert names == ["Bawso Un", "Yr Ail", "Yr Ail"]
    assert show_contact(set_clock(wales, "2014-07-01"), "bawso").renames == (
        "Bawso / Bawso Un (until 31 January 2014)",
        "Second (from 1 February 2014 until 31 May 2014)",
    )
    with use_language(Language.CY), translated_names():
        rows = {day: show_contact(set_clock(wales, day), "bawso").row.name for day in ("2014-01-31", "2014-02-01")}
    assert rows == {"2014-01-31": "Bawso Un", "2014-02-01": "Yr Ail"}


def test_editing_the_welsh_name_corrects_the_one_of_today_only(wales: Workspace) -> None:
    edit_contact(wales, "bawso", build_contact_draft({"name_cy": "Bawso Un"}, TODAY))
    rename_party(wales, "bawso", "Second", DateAsKnown(date(2014, 2, 1)))
    later = set_clock(wales, "2014-03-01")
    edit_contact(later, "bawso", build_contact_draft({"name_cy": "Yr Ail"}, TODAY))
    assert show_contact(later, "bawso").name_cy == "Yr Ail"
    assert show_contact(set_clock(wales, "2014-01-31"), "bawso").name_cy == "Bawso Un"
    later = set_clock(wales, "2014-03-01")
    edit_contact(later, "bawso", build_contact_draft({"name_cy": None}, TODAY))
    assert show_contact(later, "bawso").name_cy is None
    assert show_contact(set_clock(wales, "2014-01-31"), "bawso").name_cy == "Bawso Un"


def test_a_body_is_found_by_a_former_welsh_name(wales: Workspace) -> None:
    edit_contact(wales, "bawso", build_contact_draft({"name_cy": "Bawso Un"}, TODAY))
    rename_party(wales, "bawso", "Second", DateAsKnown(date(2013, 2, 1)), name_cy="Yr Ail Gorff")
    rename_party(wales, "bawso", "Third", DateAsKnown(date(2013, 3, 1)), name_cy="Y Trydydd")
    for words in ("yr ail gorff", "bawso un", "Y Trydydd"):
        assert show_contact(wales, words).row.ref == "bawso"
    assert search_records(wales, "Ail Gorff")[0].ref == "bawso"


def test_a_meeting_named_after_its_group_has_the_welsh_name_of_that_day(wales: Workspace) -> None:
    edit_group(wales, LG, build_group_draft({"name_cy": "Grŵp Un"}, TODAY))
    rename_party(wales, LG, "Second", DateAsKnown(date(2014, 2, 1)), name_cy="Yr Ail Grŵp")
    for day in ("2014-01-20", "2014-02-20"):
        add_meeting(wales, build_meeting_draft({"group": LG, "starts": day}, TODAY))
    rows = {str(row.day): row for row in list_meetings(wales, group=LG) if str(row.day)[-4:] == "2014"}
    assert {day: row.title_cy for day, row in rows.items()} == {
        "20 January 2014": "Grŵp Un",
        "20 February 2014": "Yr Ail Grŵp",
    }
    with use_language(Language.CY), translated_names():
        welsh = {row.group for row in list_meetings(wales, group=LG) if row.day and row.day.latest.year == 2014}
    assert welsh == {"Grŵp Un", "Yr Ail Grŵp"}
