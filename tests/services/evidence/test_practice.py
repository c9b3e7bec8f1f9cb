"""Where good practice has been taken up, and saying so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.practice import adoption_draft, practice_draft
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.evidence.practice import AdoptionStatus, PlaceKind, cell_words
from ahtc_tui.services.evidence.practice import (
    add_practice,
    edit_practice,
    list_practices,
    matrix,
    namesakes,
    set_adoption,
    show_practice,
)
from ahtc_tui.services.history import undo
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.search import find
from ahtc_tui.services.workspace import Workspace

DAY = date(2013, 12, 31)


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of it on the last day of 2013."""
    shutil.copytree(made, tmp_path / "desk")
    opened = open_workspace(tmp_path / "desk", today=DAY)
    yield opened
    opened.close()


def test_ten_practices_hold_twenty_five_cells(workspace: Workspace) -> None:
    rows = list_practices(workspace)
    assert (len(rows), sum(row.adoptions for row in rows)) == (10, 25)
    found = matrix(workspace)
    assert (len(found.rows), found.said) == (10, 25)


def test_the_matrix_has_four_forces_six_forum_areas_and_every_authority(workspace: Workspace) -> None:
    kinds = [place.kind for place in matrix(workspace).places]
    assert kinds == [PlaceKind.FORCE] * 4 + [PlaceKind.FORUM] * 6 + [PlaceKind.AUTHORITY] * 22 + [PlaceKind.OTHER] * 4


def test_a_cell_that_nobody_spoke_of_is_not_said_and_never_no(workspace: Workspace) -> None:
    found = matrix(workspace)
    (row,) = (row for row in found.rows if row.practice.ref == "ht-marac")
    cells = {place.ref: cell for place, cell in zip(found.places, row.cells, strict=True)}
    assert cells["gwent"] is None
    assert cell_words(cells["gwent"]) == "· not said"
    assert cell_words(cells["wales"]) == "◐ Under way (cascading)"


def test_the_card_keeps_the_word_and_the_paragraph_of_the_paper(workspace: Workspace) -> None:
    card = show_practice(workspace, "SIO-Training")
    assert (card.recognised_by, card.first_for) == ("Association of Chief Police Officers", "Wales")
    assert card.row.source == "para 2.10"
    force = card.adoptions[0]
    assert (force.place, force.status, force.words) == ("South Wales Police", AdoptionStatus.UNDER_WAY, "rolling-out")


def test_a_filter_finds_a_practice_by_the_place_that_took_it_up(workspace: Workspace) -> None:
    assert [row.ref for row in list_practices(workspace, "new path")] == ["ngo-first-responder"]
    assert [row.practice.ref for row in matrix(workspace, "marac").rows] == ["ht-marac"]


def test_she_says_that_a_place_took_it_up_and_takes_it_back(workspace: Workspace) -> None:
    draft = adoption_draft("under way", "November 2013", "Two courses held", None, DAY)
    cell = set_adoption(workspace, "ht-marac", "Caerdydd", draft)
    assert (cell.place, cell.status, str(cell.since)) == ("Cardiff", AdoptionStatus.UNDER_WAY, "November 2013")
    assert matrix(workspace).said == 25
    undo(workspace)
    assert show_practice(workspace, "ht-marac").adoptions[0].status is AdoptionStatus.ADOPTED


def test_a_police_force_takes_a_practice_up_as_a_forum_area_does(workspace: Workspace) -> None:
    for place in ("Gwent Police", "Cardiff"):
        cell = set_adoption(workspace, "ht-marac", place, adoption_draft("planned", None, None, None, DAY))
        assert (cell.place, cell.status) == (place, AdoptionStatus.PLANNED)


def test_a_place_that_said_nothing_before_gets_a_cell_which_undo_removes_and_a_second_time_works(
    workspace: Workspace,
) -> None:
    draft = adoption_draft("planned", None, None, None, DAY)
    set_adoption(workspace, "ht-marac", "gwent", draft)
    assert matrix(workspace).said == 26
    undo(workspace)
    assert matrix(workspace).said == 25
    assert set_adoption(workspace, "ht-marac", "Gwent", draft).ref == "ht-marac/gwent"
    assert matrix(workspace).said == 26


def test_the_papers_own_word_goes_when_the_status_changes(workspace: Workspace) -> None:
    draft = adoption_draft("adopted", None, None, None, DAY)
    cell = set_adoption(workspace, "sio-training", "South Wales Police", draft)
    assert (cell.words, cell.source) == (None, None)
    undo(workspace)
    kept = adoption_draft("under_way", None, "Second course held", None, DAY)
    cell = set_adoption(workspace, "sio-training", "South Wales Police", kept)
    assert (cell.words, cell.source) == ("rolling-out", "para 2.10")


def test_an_unknown_place_practice_or_status_is_said_so_and_nothing_is_written(workspace: Workspace) -> None:
    draft = adoption_draft("adopted", None, None, None, DAY)
    for practice, place in (("nothing", "gwent"), ("ht-marac", "Atlantis")):
        with pytest.raises(NotFound):
            set_adoption(workspace, practice, place, draft)
    with pytest.raises(BadInput, match="choose one of"):
        adoption_draft("yes", None, None, None, DAY)
    assert matrix(workspace).said == 25


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("Gwent", "gwent"),
        ("Gwent Police", "gwent-police"),
        ("Heddlu Gwent", "gwent-police"),
        ("Caerdydd", "cardiff"),
        ("Cyngor Caerdydd", "cardiff-council"),
        ("Ynys Môn", "anglesey"),
        ("ynys mon", "anglesey"),
        ("Isle of Anglesey", "anglesey"),
        ("Sir Ddinbych", "denbighshire"),
        ("Casnewydd", "newport"),
        ("Dyfed Powys", "dyfed-powys"),
        ("Bawso", "bawso"),
    ],
)
def test_a_place_is_known_in_both_languages_and_by_its_plain_name(workspace: Workspace, typed: str, ref: str) -> None:
    cell = set_adoption(workspace, "ht-marac", typed, adoption_draft("planned", None, None, None, DAY))
    assert cell.place_ref == ref


def test_an_area_with_the_name_of_a_force_says_that_the_force_is_another_place(workspace: Workspace) -> None:
    planned = adoption_draft("planned", None, None, None, DAY)
    assert namesakes(workspace, set_adoption(workspace, "ht-marac", "Gwent", planned)) == ["Gwent Police"]
    assert namesakes(workspace, set_adoption(workspace, "ht-marac", "Wales", planned)) == []


def test_empty_words_clear_the_date_the_evidence_and_the_contact_of_a_cell(workspace: Workspace) -> None:
    full = adoption_draft("planned", "1 nov 2013", "A letter", "Bawso", DAY)
    cell = set_adoption(workspace, "ht-marac", "Gwent", full)
    assert (str(cell.since), cell.evidence, cell.contact) == ("1 November 2013", "A letter", "Bawso")
    cell = set_adoption(workspace, "ht-marac", "Gwent", adoption_draft("planned", None, None, None, DAY))
    assert (str(cell.since), cell.evidence, cell.contact) == ("1 November 2013", "A letter", "Bawso")
    cell = set_adoption(workspace, "ht-marac", "Gwent", adoption_draft("planned", "", " ", "", DAY))
    assert (cell.since, cell.evidence, cell.contact) == (None, None, None)


def test_she_adds_a_practice_of_her_own_puts_it_right_and_takes_both_back(workspace: Workspace) -> None:
    fields = {"title": "Posters in every custody suite", "origin_area": "Gwent", "lead": "Heddlu Gwent"}
    row = add_practice(workspace, practice_draft(fields, DAY))
    assert (row.ref, row.origin, row.lead, row.adoptions) == ("PRA-01", "Gwent", "Gwent Police", 0)
    edited = {"recognised_by": "Bawso", "first_for": "Wales", "lead": ""}
    edit_practice(workspace, "pra-1", practice_draft(edited, DAY))
    card = show_practice(workspace, "PRA-01")
    assert (card.recognised_by, card.first_for, card.row.lead) == ("Bawso", "Wales", None)
    assert len(matrix(workspace).rows) == 11
    undo(workspace)
    undo(workspace)
    assert len(matrix(workspace).rows) == 10


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"title": " "}, BadInput),
        ({"venue": "Hydra"}, BadInput),
        ({"title": "T", "colour": "red"}, BadInput),
        ({"title": "T", "origin_area": "Atlantis"}, NotFound),
        ({"title": "T", "lead": "nobody at all"}, NotFound),
    ],
)
def test_a_practice_without_a_title_or_with_unknown_names_is_refused(
    workspace: Workspace, fields: dict[str, str], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        add_practice(workspace, practice_draft(fields, DAY))
    assert len(list_practices(workspace)) == 10


def test_the_evidence_of_a_place_is_found_by_its_words(workspace: Workspace) -> None:
    draft = adoption_draft("adopted", None, "Poster in each custody suite", None, DAY)
    set_adoption(workspace, "ht-marac", "Gwent", draft)
    assert [hit.ref for hit in find(workspace, "custody suite")] == ["ht-marac"]
