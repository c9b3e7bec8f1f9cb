"""Names of places and counts of cells of the matrix."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.evidence.practice import AdoptionRow, count_cells, shorten_council_name


@pytest.mark.parametrize(
    ("council", "place"),
    [
        ("Cyngor Sir Penfro", "Sir Benfro"),
        ("Cyngor Sir Ynys Môn", "Ynys Môn"),
        ("Cyngor Sir Ddinbych", "Sir Ddinbych"),
        ("Cyngor Bwrdeistref Sirol Conwy", "Conwy"),
        ("Dinas a Sir Abertawe", "Abertawe"),
        ("Vale of Glamorgan Council", "Vale of Glamorgan"),
    ],
)
def test_the_place_of_a_council_has_the_name_of_the_county(council: str, place: str) -> None:
    assert shorten_council_name(council) == place


def test_places_without_a_known_status_count_as_no_information() -> None:
    absent: list[AdoptionRow | None] = [None, None]
    assert count_cells(absent).summary == "·"
