"""The chair sends an issued draft back with twelve edits and two comments: keys are counted, and one undo is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.history import undo_step
from ahtc_tui.services.minutes.lifecycle import issue_minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_line, make_minuted_meeting
from tests.services.imports.minutes.edited_drafts import comment_on, edit_word_file, replace_words
from tests.services.imports.minutes.test_drafts import list_texts, read_issue
from tests.tui.conftest import OpenDesk

COUNT = 12


async def test_twelve_edits_and_two_comments_of_the_chair_take_4_keys(
    wales: Workspace, wide: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = make_minuted_meeting(wales)
    for number in range(COUNT):
        make_line(wales, ref, f"n: Point {number} of the paper was read by members and found good enough.", 1)
    issue_minutes(wales, ref)
    before = list_texts(wales, ref)
    edits = [replace_words("found good enough", f"found sound {n}", nth=0) for n in range(COUNT)]
    comments = [comment_on(f"Point {n} of", "Is this right?") for n in (2, 5)]
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.chdir(folder)
    file = folder / "draft.docx"
    file.write_bytes(edit_word_file(read_issue(wales, ref), *edits, *comments))
    async with wide(wales) as desk:
        await desk.press_keys("8", "i", "enter")
        assert "12 changed" in desk.text
        assert "2 questions" in desk.text
        await desk.press_keys("y")
        assert any("2 questions left open" in toast for toast in desk.toasts)
        assert desk.keys == 4
    after = list_texts(wales, ref)
    assert sum("found sound" in text for text in after) == COUNT
    undo_step(wales)
    assert list_texts(wales, ref) == before
