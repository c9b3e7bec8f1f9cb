"""The help page shows the terms of the grammar's own table."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.filters.terms import RULES, list_rules
from ahtc_tui.services.workspace import Workspace
from tests.tui.conftest import OpenDesk

KEYS_BY_NOUN = {FilterNoun.ACTIONS: "2", FilterNoun.MEETINGS: "4", FilterNoun.GROUPS: "5", FilterNoun.CONTACTS: "6"}


def squeeze(text: str) -> str:
    return " ".join(text.replace("▌", " ").split())


@pytest.mark.long
@pytest.mark.parametrize(("noun", "key"), KEYS_BY_NOUN.items())
async def test_the_help_page_shows_the_terms_of_the_list(
    wales: Workspace, wide: OpenDesk, noun: FilterNoun, key: str
) -> None:
    async with wide(wales) as desk:
        await desk.press_keys(key, "question_mark")
        shown = ""
        for page in ("home", *["pagedown"] * 6, "end"):
            await desk.press_keys(page)
            shown += squeeze(desk.text)
        lists = {rule.kind for rule in list_rules(noun)}
        for rule in RULES:
            for forms in rule.lines:
                assert (squeeze(forms) in shown) is (rule.kind in lists), forms
