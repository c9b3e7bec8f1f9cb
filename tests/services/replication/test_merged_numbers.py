"""Numbers after a merge: no two records of a parent keep one number, on any copy and in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.services import history
from ahtc_tui.services.meetings.agenda import add_item, remove_item, show_agenda
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting, read_live_rows
from tests.services.replication.merging import leave_office, merge_and_check, merge_both_ways
from tests.store.laptops import read_tables


@pytest.fixture
def meeting(wales: Workspace) -> str:
    return make_minuted_meeting(wales)


def list_items(office: Workspace, ref: str) -> list[tuple[int, str]]:
    return [(row.position, row.title) for row in show_agenda(office, ref).card.agenda]


def test_two_agenda_items_with_one_number_get_two(wales: Workspace, meeting: str, tmp_path: Path) -> None:
    peer = leave_office(wales, "there")
    add_item(wales, meeting, build_agenda_draft({"title": "Added here"}))
    add_item(peer, meeting, build_agenda_draft({"title": "Added there"}))
    for end in merge_both_ways(wales, peer, tmp_path):
        end.close()
    before = read_live_rows(wales)
    report = merge_and_check(wales, peer)
    items = list_items(wales, meeting)
    assert [number for number, _title in items] == list(range(1, len(items) + 1))
    assert {"Added here", "Added there"} <= {title for _number, title in items}
    (warning,) = [warning for warning in report.warnings if "two items had the number" in warning.reason]
    assert "Added there" in warning.reason
    number = next(number for number, title in items if title == "Added there")
    remove_item(wales, meeting, number)
    assert "Added here" in [title for _number, title in list_items(wales, meeting)]
    history.undo_step(wales)
    history.undo_step(wales)
    assert read_live_rows(wales) == before


@pytest.mark.long
def test_three_copies_come_to_the_same_numbers(wales: Workspace, meeting: str) -> None:
    copies = [wales, leave_office(wales, "second"), leave_office(wales, "third")]
    for n, office in enumerate(copies):
        add_item(office, meeting, build_agenda_draft({"title": f"Added on copy {n}"}))
    for _round in range(2):
        for office in copies:
            for peer in copies:
                if peer is not office:
                    merge_and_check(office, peer)
    assert read_tables(copies[0]) == read_tables(copies[1]) == read_tables(copies[2])
    numbers = [number for number, _title in list_items(wales, meeting)]
    assert len(set(numbers)) == len(numbers)
    assert [merge_and_check(copies[0], peer).read for peer in copies[1:]] == [0, 0]
