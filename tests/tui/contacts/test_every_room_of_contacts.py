"""Every screen that opens from Contacts, at both sizes: what it is for stands on it, and escape leads back."""

from __future__ import annotations

from ahtc_tui.domain.drafts.contacts import contact_draft
from ahtc_tui.domain.drafts.engagement import engagement_draft
from ahtc_tui.services.contacts.engagement import engage, set_tier
from ahtc_tui.services.contacts.service import add_contact
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, an_action
from tests.tui.conftest import Sitting
from tests.tui.groups.test_every_room_of_groups import says

OF_A_POST = {
    "a": ("New holder: Anti Human Trafficking Co-ordinator", "now Stephen Chapman", "holds the post"),
    "h": ("16 actions led, 12 not done (8 continuing), 4 closed, 10 seats", "CONTINUING DUTIES 8", "new holder"),
    "t": ("Spoke to", "With Anti Human Trafficking Co-ordinator", "what it was about", "an action follows"),
    "L": ("Spoken to: Anti Human Trafficking Co-ordinator", "20 December 2013 call A call"),
    "T": ("How often should Anti Human Trafficking Co-ordinator be spoken to?", "every 30 days", "no limit"),
    "n": ("New contact", "Kind Person", "Language", "ctrl+s save"),
    "e": ("Edit Anti Human Trafficking Co-ordinator", "E-mail ahtc@example.invalid", "Also called"),
}
"""The key that opens a screen, and words that stand on it."""
OF_THE_LAW = (
    "Kept because public office-holder",
    "An erasure would do this, and no key takes it back:",
    "entries in the register: 1 removed",
    "TEXTS AFTERWARDS 3",
    "action: Ask a former member",
)


async def test_every_screen_of_a_post_says_what_it_is_for(wales: Workspace, either: Sitting) -> None:
    engage(wales, ["ahtc"], engagement_draft({"subject": "A call", "on": "20 dec 2013"}, TODAY))
    set_tier(wales, "ahtc", 1)
    async with either(wales) as desk:
        await desk.press("6", "/")
        await desk.type("ahtc")
        await desk.press("enter")
        for key, words in OF_A_POST.items():
            await desk.press(key)
            assert [one for one in words if not says(desk.text, one)] == [], key
            await desk.press("escape")
            assert desk.screen.noun == "contacts", key
        await desk.press("enter")
        assert says(desk.text, "Speak tier 1, every 30 days")


async def test_duplicates_are_weighed_and_merged_in_words_and_not_in_names_of_columns(
    wales: Workspace, either: Sitting
) -> None:
    add_contact(wales, contact_draft({"name": "Jeff Farrer", "kind": "person", "organisation": "Gwent Police"}, TODAY))
    async with either(wales) as desk:
        await desk.press("6", "D")
        assert says(desk.text, "1 pair that may be one contact: nothing is merged unasked")
        assert "99 %" in desk.rows[0]
        await desk.press("enter")
        assert [row[2:].split("  ")[0].strip() for row in desk.rows] == [
            "Name",
            "Organisation",
            "Role",
            "Other roles",
            "Kept because",
            "Source of the entry",
        ]
        assert says(desk.text, "Moves: nothing There already: nothing")


async def test_the_page_of_the_law_counts_records_in_words(wales: Workspace, either: Sitting) -> None:
    an_action(wales, title="Ask Jeff Farrar")
    async with either(wales) as desk:
        await desk.press("6", "/")
        await desk.type("jeff")
        await desk.press("enter", "p")
        said = " ".join(str(desk.screen.page.text.content).split())
        assert [words for words in OF_THE_LAW if words not in said] == []
        await desk.press("E")
        assert says(desk.text, "Erase Jeff Farrar for good: no key takes it back")
        assert says(desk.text, "Other words that mean the person too; parted by commas")
        await desk.press("escape", "escape")
        assert desk.screen.noun == "contacts"
