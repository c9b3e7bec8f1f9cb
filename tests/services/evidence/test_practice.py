"""Setting and reading the adoption of good practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ahtc_tui.domain.drafts.evidence import build_adoption_draft, build_practice_draft
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.evidence.practice import AdoptionStatus, PlaceKind, format_cell
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.evidence.practice import (
    add_practice,
    edit_practice,
    list_namesakes,
    list_practices,
    set_adoption,
    show_matrix,
    show_practice,
    show_take_up,
)
from ahtc_tui.services.history import list_changes, undo_step
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from tests.builders import set_clock

DAY = date(2013, 12, 31)


def test_ten_practices_hold_twenty_two_cells(wales: Workspace) -> None:
    rows = list_practices(wales)
    assert (len(rows), sum(row.adoptions for row in rows)) == (10, 22)
    practice_matrix = show_matrix(wales)
    assert (len(practice_matrix.rows), practice_matrix.answered_cells) == (10, 22)


def test_the_matrix_has_four_forces_six_forum_areas_and_every_authority(wales: Workspace) -> None:
    kinds = [place.kind for place in show_matrix(wales).places]
    assert kinds == [PlaceKind.FORCE] * 4 + [PlaceKind.FORUM] * 6 + [PlaceKind.AUTHORITY] * 22 + [PlaceKind.OTHER] * 3


def test_cell_without_information_is_marked(wales: Workspace) -> None:
    practice_matrix = show_matrix(wales)
    (row,) = (row for row in practice_matrix.rows if row.practice.ref == "ht-marac")
    cells = {place.ref: cell for place, cell in zip(practice_matrix.places, row.cells, strict=True)}
    assert cells["gwent"] is None
    assert format_cell(cells["gwent"]) == "· no information"
    assert format_cell(cells["wales"]) == "◐ Under way (being shared with other areas)"


def test_the_card_keeps_the_word_and_the_paragraph_of_the_paper(wales: Workspace) -> None:
    card = show_practice(wales, "SIO-Training")
    assert (card.recognised_by, card.first_for) == ("Association of Chief Police Officers", "Wales")
    assert card.row.source == "Paragraph 2.10, CELG(4)-31-13 Paper 1, Human Trafficking (2013)"
    force = card.adoptions[0]
    assert (force.place, force.status, force.words) == ("South Wales Police", AdoptionStatus.UNDER_WAY, "rolling-out")


def test_practice_is_found_by_the_place_that_adopted_it(wales: Workspace) -> None:
    assert [row.ref for row in list_practices(wales, "new path")] == ["ngo-first-responder"]
    assert [row.practice.ref for row in show_matrix(wales, "marac").rows] == ["ht-marac"]


def test_setting_an_adoption_can_be_undone(wales: Workspace) -> None:
    draft = build_adoption_draft("under way", "November 2013", "Two courses held", None, DAY, "The lead left")
    cell = set_adoption(wales, "ht-marac", "Caerdydd", draft)
    assert (cell.place, cell.status, str(cell.since)) == ("Cardiff", AdoptionStatus.UNDER_WAY, "November 2013")
    assert show_matrix(wales).answered_cells == 22
    undo_step(wales)
    assert show_practice(wales, "ht-marac").adoptions[0].status is AdoptionStatus.ADOPTED


def test_police_force_and_forum_area_can_adopt_a_practice(wales: Workspace) -> None:
    for place in ("Gwent Police", "Cardiff"):
        draft = build_adoption_draft("planned", None, None, None, DAY, "Not funded")
        cell = set_adoption(wales, "ht-marac", place, draft)
        assert (cell.place, cell.status) == (place, AdoptionStatus.PLANNED)


def test_new_cell_is_removed_by_undo_and_can_be_set_again(
    wales: Workspace,
) -> None:
    draft = build_adoption_draft("planned", None, None, None, DAY)
    set_adoption(wales, "ht-marac", "gwent", draft)
    assert show_matrix(wales).answered_cells == 23
    undo_step(wales)
    assert show_matrix(wales).answered_cells == 22
    assert set_adoption(wales, "ht-marac", "Gwent", draft).ref == "ht-marac/gwent"
    assert show_matrix(wales).answered_cells == 23


def test_changing_the_status_clears_the_words_of_the_paper(wales: Workspace) -> None:
    draft = build_adoption_draft("adopted", None, None, None, DAY)
    cell = set_adoption(wales, "sio-training", "South Wales Police", draft)
    assert (cell.words, cell.source) == (None, None)
    undo_step(wales)
    kept = build_adoption_draft("under_way", None, "Second course held", None, DAY)
    cell = set_adoption(wales, "sio-training", "South Wales Police", kept)
    assert (cell.words, cell.source) == (
        "rolling-out",
        "Paragraph 2.10, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
    )


def test_unknown_place_practice_or_status_is_refused_without_a_write(wales: Workspace) -> None:
    draft = build_adoption_draft("adopted", None, None, None, DAY)
    for practice, place in (("nothing", "gwent"), ("ht-marac", "Atlantis")):
        with pytest.raises(NotFound):
            set_adoption(wales, practice, place, draft)
    with pytest.raises(BadInput, match="Choose one of"):
        build_adoption_draft("yes", None, None, None, DAY)
    assert show_matrix(wales).answered_cells == 22


@pytest.mark.parametrize(
    ("place", "ref"),
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
def test_place_is_found_by_either_language_and_plain_name(wales: Workspace, place: str, ref: str) -> None:
    cell = set_adoption(wales, "ht-marac", place, build_adoption_draft("adopted", None, None, None, DAY))
    assert cell.place_ref == ref


def test_area_and_force_of_similar_name_are_reported_as_namesakes(wales: Workspace) -> None:
    planned = build_adoption_draft("planned", None, None, None, DAY, "Not funded")
    assert list_namesakes(wales, set_adoption(wales, "ht-marac", "Gwent", planned)) == ["Gwent Police"]
    assert list_namesakes(wales, set_adoption(wales, "ht-marac", "Wales", planned)) == []


def set_status(
    workspace: Workspace, day: str, status: str, since: str | None = None, reason: str | None = None
) -> None:
    draft = build_adoption_draft(status, since, None, None, date.fromisoformat(day), reason)
    set_adoption(set_clock(workspace, day), "ht-marac", "gwent", draft)


def test_a_step_back_needs_a_reason(wales: Workspace) -> None:
    set_status(wales, "2014-01-10", "adopted")
    with pytest.raises(Refused, match=r"in Gwent goes back from adopted to planned\. Give a reason"):
        set_status(wales, "2014-02-10", "planned")
    with pytest.raises(Refused, match="Give a reason"):
        set_status(wales, "2014-02-10", "planned", reason="No change")
    set_status(wales, "2014-02-10", "planned", reason="The lead left")
    set_status(wales, "2014-03-10", "declined")
    set_status(wales, "2014-04-10", "under_way")
    with pytest.raises(Refused, match="from under way to declined"):
        set_status(wales, "2014-05-10", "declined")


def test_take_up_over_time_has_the_status_at_the_end_of_each_year(wales: Workspace) -> None:
    set_status(wales, "2014-05-01", "planned")
    set_status(wales, "2014-10-01", "under_way")
    set_status(wales, "2016-01-20", "adopted", since="june 2015")
    set_status(wales, "2016-02-01", "planned", reason="The lead left")
    set_status(wales, "2016-03-01", "adopted")
    undo_step(set_clock(wales, "2016-03-01"))
    take_up = show_take_up(set_clock(wales, "2016-06-01"), "ht-marac")
    gwent = next(row for row in take_up.places if row.place.ref == "gwent")
    assert take_up.years == (2014, 2015, 2016)
    assert [gwent.status_in(year) for year in (2013, *take_up.years)] == [None, "under_way", "adopted", "planned"]
    assert [take_up.count_adopted(year) for year in take_up.years] == [1, 2, 1]
    assert [reading.on.isoformat() for reading in gwent.readings] == [
        "2014-05-01",
        "2014-10-01",
        "2015-06-30",
        "2016-02-01",
    ]


def test_the_history_of_a_practice_has_every_change_of_take_up(wales: Workspace) -> None:
    set_status(wales, "2014-05-01", "planned")
    set_status(wales, "2014-10-01", "adopted")
    shown = [(change.old, change.new) for change in list_changes(wales, "ht-marac") if change.field == "status"]
    assert shown == [("planned", "adopted")]


def test_empty_words_clear_date_evidence_and_contact_of_a_cell(wales: Workspace) -> None:
    full = build_adoption_draft("planned", "1 nov 2013", "A letter", "Bawso", DAY)
    cell = set_adoption(wales, "ht-marac", "Gwent", full)
    assert (str(cell.since), cell.evidence, cell.contact) == ("1 November 2013", "A letter", "Bawso")
    cell = set_adoption(wales, "ht-marac", "Gwent", build_adoption_draft("planned", None, None, None, DAY))
    assert (str(cell.since), cell.evidence, cell.contact) == ("1 November 2013", "A letter", "Bawso")
    cell = set_adoption(wales, "ht-marac", "Gwent", build_adoption_draft("planned", "", " ", "", DAY))
    assert (cell.since, cell.evidence, cell.contact) == (None, None, None)


def test_adding_and_editing_a_practice_can_be_undone(wales: Workspace) -> None:
    fields = {"title": "Posters in every custody suite", "origin_area": "Gwent", "lead": "Heddlu Gwent"}
    row = add_practice(wales, build_practice_draft(fields, DAY))
    assert (row.ref, row.origin, row.lead, row.adoptions) == ("PRA-01", "Gwent", "Gwent Police", 0)
    edited = {"recognised_by": "Bawso", "first_for": "Wales", "lead": ""}
    edit_practice(wales, "pra-1", build_practice_draft(edited, DAY))
    card = show_practice(wales, "PRA-01")
    assert (card.recognised_by, card.first_for, card.row.lead) == ("Bawso", "Wales", None)
    assert len(show_matrix(wales).rows) == 11
    undo_step(wales)
    undo_step(wales)
    assert len(show_matrix(wales).rows) == 10


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
    wales: Workspace, fields: dict[str, str], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        add_practice(wales, build_practice_draft(fields, DAY))
    assert len(list_practices(wales)) == 10


def test_the_evidence_of_a_place_is_found_by_its_words(wales: Workspace) -> None:
    draft = build_adoption_draft("adopted", None, "Poster in each custody suite", None, DAY)
    set_adoption(wales, "ht-marac", "Gwent", draft)
    assert [hit.ref for hit in search_records(wales, "custody suite")] == ["ht-marac"]


def test_a_practice_of_no_known_place_has_no_information_on_its_take_up(wales: Workspace) -> None:
    take_up = {row.ref: row.take_up for row in list_practices(wales)}
    assert (take_up["joint-investigation-teams"], take_up["sio-training"]) == ("no information", "0 of 4 adopted")


def test_words_of_a_source_are_marked_in_a_welsh_document_and_not_on_the_screen(wales: Workspace) -> None:
    cell = next(cell for row in show_matrix(wales).rows for cell in row.cells if cell and cell.words == "rolling-out")
    own = replace(cell, words="in three of four wards")
    with use_language(Language.CY):
        assert format_cell(own).endswith(" (in three of four wards)")
        assert format_cell(own, is_printed=True).endswith(" ([Saesneg] in three of four wards)")
        assert format_cell(cell, is_printed=True).endswith(" (yn cael ei gyflwyno)")
