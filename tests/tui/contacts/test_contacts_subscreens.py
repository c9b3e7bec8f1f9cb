"""Tests that every screen opened from Contacts shows its content at both sizes, and that escape closes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ahtc_tui.domain.contacts.departures import HeirReason, HeldItem, HeldKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.contacts import build_contact_draft, build_engagement_draft
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.contacts.engagement import add_engagement, list_engagements, set_tier
from ahtc_tui.services.contacts.interests import list_interests
from ahtc_tui.services.contacts.service import add_contact, show_contact
from ahtc_tui.services.departures import show_departure
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.contacts.departure import _format_item
from tests.builders import TODAY, make_action, set_clock
from tests.tui.conftest import OpenDesk
from tests.tui.groups.test_groups_subscreens import contains_words

OF_A_POST = {
    "a": ("New holder: Anti Human Trafficking Co-ordinator", "now Stephen Chapman", "holds the post"),
    "h": ("16 actions led, 12 not done (8 continuing), 4 closed, 10 seats", "CONTINUING DUTIES 8", "new holder"),
    "t": (
        "Log a contact",
        "With * Anti Human Trafficking Co-ordinator",
        "what it was about",
        "follow-up action with the same text",
    ),
    "L": ("Contacts with Anti Human Trafficking Co-ordinator", "20 December 2013 call A call"),
    "T": ("How often should you contact Anti Human Trafficking Co-ordinator?", "every 30 days", "no limit"),
    "n": ("New contact", "Kind * Person", "Language", "ctrl+s save"),
    "e": ("Edit Anti Human Trafficking Co-ordinator", "Email ahtc@example.invalid", "Also called"),
}
"""The key that opens a screen, and text shown there."""
OF_THE_LAW = (
    "Lawful basis public office-holder",
    "An erasure would do the following and cannot be undone:",
    "entries in the register: 1 removed",
    "TEXTS AFTERWARDS 4",
    "action: Ask Chief Constable, Gwent Police",
)


@pytest.mark.long
async def test_every_screen_of_a_post_shows_its_purpose(wales: Workspace, either: OpenDesk) -> None:
    add_engagement(wales, ["ahtc"], build_engagement_draft({"subject": "A call", "on": "20 dec 2013"}, TODAY))
    set_tier(wales, "ahtc", 1)
    async with either(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("ahtc")
        await desk.press_keys("enter")
        for key, words in OF_A_POST.items():
            await desk.press_keys(key)
            assert [words_shown for words_shown in words if not contains_words(desk.text, words_shown)] == [], key
            await desk.press_keys("escape")
            assert desk.screen.noun == "contacts", key
        await desk.press_keys("enter")
        assert contains_words(desk.text, "Tier tier 1, every 30 days")


@pytest.mark.long
async def test_a_logged_contact_is_edited_from_the_log(wales: Workspace, wide: OpenDesk) -> None:
    add_engagement(wales, ["ahtc"], build_engagement_draft({"subject": "A call", "on": "20 dec 2013"}, TODAY))
    async with wide(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("ahtc")
        await desk.press_keys("enter", ".", "L", "enter")
        desk.screen.query_one("#form-row-minutes Input").value = "45"
        desk.screen.query_one("#form-row-assignee Input").value = "Bawso"
        await desk.press_keys("ctrl+s")
    (row,) = list_engagements(wales)
    assert (row.minutes, row.assignee_ref, row.subject) == (45, "bawso", "A call")


@pytest.mark.long
async def test_an_interest_is_declared_and_ended_from_the_contact(wales: Workspace, either: OpenDesk) -> None:
    async with either(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("joyce")
        await desk.press_keys("enter", ".", "I")
        desk.screen.query_one("#form-row-text Input").value = "Trustee"
        desk.screen.query_one("#form-row-organisation Input").value = "Bawso"
        await desk.press_keys("ctrl+s")
        await desk.press_keys(".", "I", "down", "enter")
        desk.screen.query_one("#form-row-to_on Input").value = "2013"
        await desk.press_keys("ctrl+s")
    (row,) = list_interests(wales, ended=True)
    assert (row.name_ref, row.organisation_ref, row.text) == ("joyce-watson", "bawso", "Trustee")
    assert (str(row.declared_on), str(row.to_on)) == (str(DateAsKnown(wales.today())), "2013")


@pytest.mark.long
async def test_duplicates_and_merges_use_labels_instead_of_column_names(wales: Workspace, either: OpenDesk) -> None:
    add_contact(
        wales, build_contact_draft({"name": "Jeff Farrer", "kind": "person", "organisation": "Gwent Police"}, TODAY)
    )
    async with either(wales) as desk:
        await desk.press_keys("6", ".", "D")
        assert contains_words(desk.text, "1 possible duplicate. Nothing is merged automatically.")
        assert "99 %" in desk.rows[0]
        await desk.press_keys("enter")
        assert [row[2:].split("  ")[0].strip() for row in desk.rows] == [
            "Name",
            "Organisation",
            "Role",
            "Other roles",
            "Lawful basis",
            "Source of the entry",
        ]
        assert contains_words(desk.text, "Moves: nothing Already there: nothing")


@pytest.mark.long
async def test_the_data_protection_screen_counts_records_in_words(wales: Workspace, either: OpenDesk) -> None:
    make_action(wales, title="Ask Jeff Farrar")
    async with either(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("jeff")
        await desk.press_keys("enter", "down", ".", "p")
        text = " ".join(str(desk.screen.page.content).split())
        assert [words for words in OF_THE_LAW if words not in text] == []
        await desk.press_keys(".", "E")
        assert contains_words(desk.text, "Erase Jeff Farrar permanently? This cannot be undone")
        assert contains_words(desk.text, "Other words also used for the person, separated by commas")
        await desk.press_keys("escape", "escape")
        assert desk.screen.noun == "contacts"


async def test_what_a_person_holds_passes_on_from_the_contact(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("mohammed")
        await desk.press_keys("enter", ".", "X", "ctrl+s")
        assert contains_words(desk.text, "Mohammed Mehmet leaves on 31 December 2013: 1 to decide")
        await desk.press_keys("2", "d")
        assert desk.screen.noun == "contacts"
    next_day = TODAY + timedelta(days=1)
    assert show_departure(wales, "mohammed-mehmet", DateAsKnown(next_day)).items == ()
    assert show_contact(wales, "ce-denbighshire").row.holder == "Mohammed Mehmet"
    assert show_contact(set_clock(wales, next_day.isoformat()), "ce-denbighshire").row.holder is None
    assert show_action(wales, "DP-10").row.lead == "Denbighshire County Council"


async def test_a_promise_is_recorded_and_closed_on_its_screen(wales: Workspace, wide: OpenDesk) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("4", ".", "W", "n")
        await desk.type_text("A note on referrals")
        await desk.press_keys("ctrl+s")
        assert contains_words(desk.text, "PR-01 A note on referrals")
        await desk.press_keys("e")
        desk.screen.query_one("#form-row-status Select").value = "kept"
        await desk.press_keys("ctrl+s")
        assert contains_words(desk.text, "There are no open promises.")
        await desk.press_keys("v")
        assert contains_words(desk.text, "PR-01 A note on referrals")


@pytest.mark.parametrize(
    ("ref", "text"),
    [("DP-07", "DP-07 Train the forces"), ("spoc-gwent", "Train the forces"), (None, "Train the forces")],
)
def test_what_somebody_holds_has_its_reference_unless_that_is_a_name(ref: str | None, text: str) -> None:
    item = HeldItem("1", HeldKind.POST, ref, "Train the forces", None, None, HeirReason.NONE)
    assert _format_item(item) == text
