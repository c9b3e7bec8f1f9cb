"""Tests of reading boards and fora: numbers, seats and vacant seats."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import list_groups, show_group
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


def test_the_paper_gives_23_groups_and_60_seats(wales: Workspace) -> None:
    rows = list_groups(wales)
    assert len(rows) == 23
    assert sum(row.seats for row in rows) == 60
    assert len(list_seats(wales)) == 60


def test_a_group_is_found_by_reference_and_all_its_names(wales: Workspace) -> None:
    for words in (
        "leadership-group",
        "lg",
        "Grwp Arwain Atal Masnachu mewn Pobl",
        "Wales Anti-Slavery Leadership Group",
    ):
        assert show_group(wales, words).row.ref == "leadership-group"
    with pytest.raises(NotFound):
        show_group(wales, "ahtc")


def test_search_of_groups_ignores_accents(wales: Workspace) -> None:
    assert [row.ref for row in list_groups(wales, "grwp arwain")] == ["leadership-group"]
    assert [row.ref for row in list_groups(wales, "dyfed")] == ["forum-dyfed-powys"]


def test_a_group_card_shows_chair_seats_actions_and_sources(wales: Workspace) -> None:
    card = show_group(wales, "idmg")
    assert card.row.chair == "Minister for Security"
    assert card.seats[0].role is SeatRole.CHAIR
    assert len(card.seats) == card.row.seats == 9
    assert card.row.source == "Paragraphs 2.3 and 3.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
    assert dict(card.source_notes)["short"].startswith("GOV.UK, publications of the")
    assert card.row.open_actions == 1
    assert [action[:5] for action in card.actions] == ["DP-33"]


def test_a_later_name_is_shown_with_its_date(wales: Workspace) -> None:
    card = show_group(wales, "LG")
    assert card.aliases == ("Wales Anti-Slavery Leadership Group",)
    assert card.renames == ("Wales Anti-Slavery Leadership Group (from 7 July 2014)",)


def test_a_group_shows_its_next_meeting(wales: Workspace) -> None:
    add_meeting(wales, build_meeting_draft({"group": "pslg", "starts": "2014-01-20 10:00"}, DAY))
    series = {"group": "LG", "starts": "2013-12-10 10:00", "repeat": "FREQ=MONTHLY;BYDAY=2TU"}
    add_meeting(wales, build_meeting_draft(series, DAY))
    days = {row.ref: str(row.next_meeting) for row in list_groups(wales) if row.next_meeting}
    assert days == {"pslg": "20 January 2014", "leadership-group": "14 January 2014"}
    assert str(show_group(wales, "LG").row.next_meeting) == "14 January 2014"


def test_a_group_card_names_meetings_in_welsh_in_welsh(wales: Workspace) -> None:
    draft = build_meeting_draft({"group": "leadership-group", "starts": "2014-01-21 10:00"}, date(2013, 12, 31))
    ref = add_meeting(wales, draft).ref
    with use_language(Language.CY), translated_names():
        meetings = show_group(wales, "leadership-group").meetings
    assert meetings == (f"{ref} Grŵp Arwain Atal Masnachu mewn Pobl, 21 Ionawr 2014",)


def test_the_seat_of_a_post_shows_its_holder(wales: Workspace) -> None:
    seats = [seat for seat in list_seats(wales) if seat.member_ref == "ahtc"]
    assert len(seats) == 10
    assert {seat.holder for seat in seats} == {"Stephen Chapman"}


def test_a_seat_without_a_known_occupant_is_vacant(wales: Workspace) -> None:
    vacant = [seat.member for seat in list_seats(wales, "LG", vacant=True)]
    assert "Jeff Farrar" not in vacant
    assert "health boards" in vacant
    assert not list_seats(wales, "four-nations-officials", vacant=True)


def test_ending_seats_are_found_and_ended_ones_are_not_listed(wales: Workspace) -> None:
    for ref, end in (
        ("idmg/ahtc", "2014-03-31"),
        ("idmg/scotland-office", "2014-04-01"),
        ("idmg/wales-office", "2013-12-30"),
    ):
        with wales.database.write("end a seat") as ledger:
            (key,) = ledger.cursor.execute("SELECT id FROM seats WHERE ref = ?", (ref,)).fetchone()
            ledger.update("seats", key, {"to_on": end})
    assert [seat.ref for seat in list_seats(wales, ending_within_days=90)] == ["idmg/ahtc"]
    assert len(list_seats(wales, "idmg")) == 8


def test_lists_take_the_same_number_of_queries_at_any_size(wales: Workspace) -> None:
    queries: list[str] = []
    wales.database.connection.set_trace_callback(queries.append)
    list_groups(wales)
    list_seats(wales)
    wales.database.connection.set_trace_callback(None)
    assert len(queries) == 4
