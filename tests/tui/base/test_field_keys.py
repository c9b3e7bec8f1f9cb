"""Keys of every screen and form: the editor, jump labels, links, copies and the repeat of a command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.widgets import TextArea

from ahtc_tui.domain.text.links import find_links
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.journeys.hands import list_rows
from tests.tui.conftest import OpenDesk


@contextmanager
def do_nothing() -> Iterator[None]:
    yield


async def test_long_text_of_a_form_is_edited_in_the_editor(
    busy: Workspace, narrow: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ahtc_tui.services.surroundings.programs.edit_in_editor", lambda text, _folder: f"{text}One\nTwo\x1b"
    )
    async with narrow(busy) as desk:
        monkeypatch.setattr(desk.app, "suspend", do_nothing)
        await desk.press_keys("2", "U", "f2", "e")
        assert isinstance(desk.app.focused, TextArea)
        assert desk.app.focused.text.startswith("One\nTwo")
        assert "\x1b" not in desk.app.focused.text


@pytest.mark.long
async def test_editor_key_outside_a_text_and_without_a_terminal_says_why(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("2", ".", '"')
        assert "Go to a text first" in list(desk.app.message_log)[-1].text
        await desk.press_keys("U", "f2", "e")
        assert "cannot show another program" in list(desk.app.message_log)[-1].text


@pytest.mark.long
async def test_letters_jump_to_the_panes_of_a_list_and_the_fields_of_a_form(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("2", ".", "'", "s")
        assert desk.app.focused is desk.screen.card_pane
        await desk.press_keys(".", "'", "a")
        assert desk.app.focused is desk.screen.list_pane
        await desk.press_keys("e", "f2", "j")
        labels = len(desk.screen._targets)
        rows = desk.app.screen_stack[-2].query_one("#form-rows").region
        assert labels > 5
        assert all(place in rows for place in desk.screen._places.values())
        await desk.press_keys("d")
        assert desk.app.focused is desk.screen.focus_chain[2]
        await desk.press_keys("f2", "j", "escape")
        assert desk.app.focused is desk.screen.focus_chain[2]


def test_links_are_read_without_the_punctuation_around_them() -> None:
    text = "See https://example.org/a?b=1. Join (msteams:example) or call tel:029. Not javascript:alert(1)."
    assert find_links(text) == ["https://example.org/a?b=1", "msteams:example", "tel:029"]


@pytest.mark.long
async def test_link_of_the_record_is_opened(busy: Workspace, wide: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("ahtc_tui.tui.base.message_app.open_with_system", opened.append)
    async with wide(busy) as desk:
        await desk.press_keys("2", ".", "O")
        assert not opened
        assert "no link" in list(desk.app.message_log)[-1].text
        monkeypatch.setattr(type(desk.screen.card_pane), "source_text", "Page  https://example.org/page")
        await desk.press_keys(".", "O")
        assert opened == ["https://example.org/page"]


async def test_cell_row_and_marked_rows_are_copied(busy: Workspace, wide: OpenDesk) -> None:
    async with wide(busy) as desk:
        await desk.press_keys("2")
        ref = desk.screen.ref_of(desk.screen.selected_row)
        await desk.press_keys(".", "Y", "down", "enter")
        assert desk.app.clipboard == ref
        await desk.press_keys("space", "down", "space", ".", "Y", "up", "enter")
        assert len(desk.app.clipboard.splitlines()) == 4
        assert desk.app.clipboard.startswith("| B | Ref |")
        assert "2 rows copied" in list(desk.app.message_log)[-1].text


async def test_last_command_is_repeated_on_the_marked_rows(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("2", ".", ".")
        assert "no command to repeat" in list(desk.app.message_log)[-1].text
        await desk.press_keys("escape")
        refs = [desk.screen.ref_of(row) for row in list_rows(desk.screen.list_pane)[:3]]
        before = {ref: show_action(busy, ref).row.due for ref in refs}
        await desk.press_keys("+")
        moved = show_action(busy, refs[0]).row.due
        assert moved != before[refs[0]]
        desk.screen.select_record(refs[1])
        await desk.wait_until_idle()
        await desk.press_keys(".", ".")
        assert show_action(busy, refs[1]).row.due != before[refs[1]]


async def test_screen_opens_in_the_mode_in_which_it_was_left(busy: Workspace, narrow: OpenDesk) -> None:
    async with narrow(busy) as desk:
        await desk.press_keys("5")
    async with narrow(busy) as desk:
        assert desk.app.current_mode == "groups"


async def test_a_ready_sentence_is_chosen_from_a_list_and_inserted_at_the_cursor(
    wales: Workspace, narrow: OpenDesk
) -> None:
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Count ")
        await desk.press_keys("f2", "r")
        assert "{late actions of LEAD}" in desk.text
        await desk.press_keys("down", "enter")
        assert desk.app.focused is not None
        assert (
            getattr(desk.app.focused, "value", getattr(desk.app.focused, "text", "")) == "Count {open actions of LEAD}"
        )


async def test_words_after_a_brace_are_completed_and_the_only_sentence_is_taken_at_once(
    wales: Workspace, narrow: OpenDesk
) -> None:
    make_action(wales, "Send the review", lead="uclan", due="2013-12-01")
    async with narrow(wales) as desk:
        await desk.press_keys("2", "n")
        await desk.type_text("Count {late ucl")
        keys = desk.keys
        await desk.press_keys("f2", "r")
        assert desk.keys == keys + 2
        assert desk.app.focused is not None
        field = desk.app.focused
        assert getattr(field, "value", getattr(field, "text", "")) == "Count {late actions of UCLan}"
        await desk.type_text(" and {members of public")
        await desk.press_keys("f2", "r")
        assert getattr(field, "value", getattr(field, "text", "")).endswith("Leadership Group}")
