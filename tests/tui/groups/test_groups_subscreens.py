"""Tests that every screen opened from Groups shows its content at both sizes, and that escape closes it."""

from __future__ import annotations

import re

import pytest

from ahtc_tui.domain.drafts.groups import build_seat_draft
from ahtc_tui.services.groups.seats import give_seat
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.journeys.hands import open_desk
from tests.tui.conftest import OpenDesk

ROOMS = {
    "s": ("Cross Party Group on Human Trafficking   2 seats, 1 without a name", "Joyce Watson", "nobody named"),
    "m": (
        "Membership: groups 1 to",
        "Organisation",
        "nobody named",
        "missing, because the sector has a seat and this organisation does not",
    ),
    "w": ("Fora of Wales by area   without a forum: none", "Western Bay", "In no forum area: Merthyr Tydfil"),
    "o": (
        "10 seats: 6 on UK boards and groups",
        "Represents Wales",
        "none planned",
        "Why: Paragraph 3.1, CELG(4)-31-13 Paper 1, Human Trafficking (2013)",
    ),
    "n": ("New group", "Short name", "Kind", "ctrl+s save"),
    "e": ("Edit Cross Party Group on Human Trafficking", "Chair", "Joyce Watson", "ctrl+s save"),
    "r": ("Rename Cross Party Group on Human Trafficking", "a search finds both names"),
}
"""The key that opens a screen, and text shown there."""
OF_A_SEAT = {
    "n": ("New seat", "Member", "a post, a person, a body"),
    "e": ("Seat of Bawso", "Until", "31 March 2014"),
    "r": ("Next term of Bawso", "Until"),
    "d": ("End date of the seat of Bawso", "Last day"),
}


def contains_words(text: str, words: str) -> bool:
    """Return whether the screen shows the text, also across lines and the edges of fields."""
    return " ".join(words.split()) in " ".join(re.sub("[▌▏▕]", " ", text).split())


@pytest.mark.long
async def test_every_screen_of_groups_shows_its_purpose(wales: Workspace, either: OpenDesk) -> None:
    give_seat(wales, "cross-party-group", "bawso", build_seat_draft({"to_on": "31 mar 2014"}, TODAY))
    async with either(wales) as desk:
        await desk.press_keys("5", "/")
        await desk.type_text("cross")
        await desk.press_keys("enter")
        for key, words in ROOMS.items():
            await desk.press_keys(key)
            assert [words_shown for words_shown in words if not contains_words(desk.text, words_shown)] == [], key
            await desk.press_keys("escape")
            assert desk.screen.noun == "groups", key
        await desk.press_keys(".", "s", "end")
        for key, words in OF_A_SEAT.items():
            await desk.press_keys(key)
            assert [words_shown for words_shown in words if not contains_words(desk.text, words_shown)] == [], key
            await desk.press_keys("escape")
        await desk.press_keys("escape", "enter")
        assert contains_words(desk.card, "SEATS 2 Chair Joyce Watson")
        assert contains_words(desk.card, "Bawso, until 31 March 2014")


@pytest.mark.parametrize(("width", "scrolls"), [(120, True), (200, False)])
async def test_matrix_names_the_keys_that_scroll_only_where_groups_are_hidden(
    wales: Workspace, width: int, scrolls: bool
) -> None:
    async with open_desk(wales, (width, 40)) as desk:
        await desk.press_keys("5", ".", "m")
        assert ("right" in desk.text.splitlines()[-1]) is scrolls
        await desk.press_keys("right")
        assert ("All groups are shown." in desk.text) is not scrolls
