"""Tests of reading boards and fora: numbers, seats and vacant seats."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import NotFound
from ahtc_tui.domain.groups.model import SeatRole
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.services.groups.seats import list_seats
from ahtc_tui.services.groups.service import list_groups, show_group
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def workspace(wales_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The Wales workspace on the last day of 2013."""
    shutil.copytree(wales_folder, tmp_path / "desk")
    opened = open_workspace(tmp_path / "desk", today=DAY)
    yield opened
    opened.close()


def test_the_paper_gives_23_groups_and_61_seats(workspace: Workspace) -> None:
    rows = list_groups(workspace)
    assert len(rows) == 23
    assert sum(row.seats for row in rows) == 61
    assert len(list_seats(workspace)) == 61


def test_a_group_is_found_by_reference_and_all_its_names(workspace: Workspace) -> None:
    for words in (
        "leadership-group",
        "lg",
        "Grwp Arwain Atal Masnachu mewn Pobl",
        "Wales Anti-Slavery Leadership Group",
    ):
        assert show_group(workspace, words).row.ref == "leadership-group"
    with pytest.raises(NotFound):
        show_group(workspace, "ahtc")


def test_search_of_groups_ignores_accents(workspace: Workspace) -> None:
    assert [row.ref for row in list_groups(workspace, "grwp arwain")] == ["leadership-group"]
    assert [row.ref for row in list_groups(workspace, "dyfed")] == ["forum-dyfed-powys"]


def test_a_group_card_shows_chair_seats_actions_and_sources(workspace: Workspace) -> None:
    card = show_group(workspace, "idmg")
    assert card.row.chair == "Minister for Security"
    assert card.seats[0].role is SeatRole.CHAIR
    assert len(card.seats) == card.row.seats == 10
    assert card.row.source == "Paragraphs 2.3 and 3.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
    assert dict(card.source_notes)["short"].startswith("GOV.UK, publications of the")
    assert card.row.open_actions == 1
    assert [action[:5] for action in card.actions] == ["DP-33"]


def test_a_later_name_is_shown_with_its_date(workspace: Workspace) -> None:
    card = show_group(workspace, "LG")
    assert card.aliases == ("Wales Anti-Slavery Leadership Group",)
    assert card.renames == ("Wales Anti-Slavery Leadership Group (from 7 July 2014)",)


def test_a_group_shows_its_next_meeting(workspace: Workspace) -> None:
    add_meeting(workspace, build_meeting_draft({"group": "pslg", "starts": "2014-01-20 10:00"}, DAY))
    series = {"group": "LG", "starts": "2013-12-10 10:00", "repeat": "FREQ=MONTHLY;BYDAY=2TU"}
    add_meeting(workspace, build_meeting_draft(series, DAY))
    days = {row.ref: str(row.next_meeting) for row in list_groups(workspace) if row.next_meeting}
    assert days == {"pslg": "20 January 2014", "leadership-group": "14 January 2014"}
    assert str(show_group(workspace, "LG").row.next_meeting) == "14 January 2014"


def test_a_group_card_names_meetings_in_welsh_in_welsh(workspace: Workspace) -> None:
    draft = build_meeting_draft({"group": "leadership-group", "starts": "2014-01-21 10:00"}, date(2013, 12, 31))
    ref = add_meeting(workspace, draft).ref
    with use_language(Language.CY), translated_names():
        meetings = show_group(workspace, "leadership-group").meetings
    assert meetings == (f"{ref} Grŵp Arwain Atal Masnachu mewn Pobl, 21 Ionawr 2014",)


def test_the_seat_of_a_post_shows_its_holder(workspace: Workspace) -> None:
    seats = [seat for seat in list_seats(workspace) if seat.member_ref == "ahtc"]
    assert len(seats) == 10
    assert {seat.holder for seat in seats} == {"Stephen Chapman"}


def test_a_seat_without_a_known_occupant_is_vacant(workspace: Workspace) -> None:
    vacant = [seat.member for seat in list_seats(workspace, "LG", vacant=True)]
    assert "Jeff Farrar" not in vacant
    assert "health boards" in vacant
    assert not list_seats(workspace, "four-nations-officials", vacant=True)


def test_ending_seats_are_found_and_ended_ones_are_not_listed(workspace: Workspace) -> None:
    for ref, end in (
        ("idmg/ahtc", "2014-03-31"),
        ("idmg/home-office", "2014-04-01"),
        ("idmg/wales-office", "2013-12-30"),
    ):
        with workspace.database.write("end a seat") as ledger:
            (key,) = ledger.cursor.execute("SELECT id FROM seats WHERE ref = ?", (ref,)).fetchone()
            ledger.update("seats", key, {"to_on": end})
    assert [seat.ref for seat in list_seats(workspace, ending_within_days=90)] == ["idmg/ahtc"]
    assert len(list_seats(workspace, "idmg")) == 9


def test_lists_take_the_same_number_of_queries_at_any_size(workspace: Workspace) -> None:
    queries: list[str] = []
    workspace.database.connection.set_trace_callback(queries.append)
    list_groups(workspace)
    list_seats(workspace)
    workspace.database.connection.set_trace_callback(None)
    assert len(queries) == 4
