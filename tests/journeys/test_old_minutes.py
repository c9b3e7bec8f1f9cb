"""Minutes of another office and a transcript come in on the screen: keys are counted, and one undo is enough."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from textual.events import Paste

from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.minutes.transcripts import read_quotations
from ahtc_tui.services.minutes.lifecycle import set_state
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting, query_rows, read_live_rows
from tests.services.imports.minutes.shapes import BOARD
from tests.services.imports.minutes.test_transcripts import CAPTIONS, SECRET, list_files_with
from tests.tui.conftest import OpenDesk

PROSE = "The Chief Constable to write to the health boards."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the file picker opens."""
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def test_old_minutes_come_in_with_4_keys_and_2_for_a_question(
    wales: Workspace, wide: OpenDesk, folder: Path
) -> None:
    before = read_live_rows(wales)
    document = Document()
    for line in f"{BOARD.text}\n{PROSE}".split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "old.docx"))
    async with wide(wales) as desk:
        await desk.press_keys("8", "i", "enter")
        assert "1 question" in desk.text
        assert "RESOLVED that the training plan be approved." in desk.text
        await desk.press_keys("enter", "2")
        assert "1 answered" in desk.text
        await desk.press_keys("y")
        assert desk.keys == 6
    (meeting,) = query_rows(wales, "SELECT ref FROM meetings WHERE day = '2013-05-14'")
    titles = [row[0] for row in query_rows(wales, "SELECT title FROM actions")]
    assert {PROSE, "SG to circulate the protocol by 31 May 2013."} <= set(titles)
    assert meeting
    undo_step(wales)
    assert read_live_rows(wales) == before


async def test_a_transcript_comes_in_with_its_speakers_asked_and_goes_when_the_minutes_are_agreed(
    wales: Workspace, wide: OpenDesk, folder: Path
) -> None:
    ref = make_minuted_meeting(wales)
    (folder / "talk.vtt").write_text(CAPTIONS, encoding="utf-8")
    async with wide(wales) as desk:
        await desk.press_keys("8", "i", "enter", "enter", "e")
        await desk.type_text(ref)
        await desk.press_keys("enter")
        assert "A Stranger" in desk.text
        await desk.press_keys("y")
        assert desk.keys == 7
    assert [quotation.speaker for quotation in read_quotations(wales, ref)][1] == "A Stranger"
    assert list_files_with(wales, SECRET) == ["transcripts.db"]
    set_state(wales, ref, MinutesState.AGREED)
    assert list_files_with(wales, SECRET) == []


async def test_minutes_that_are_pasted_come_in_with_3_keys(wales: Workspace, wide: OpenDesk, folder: Path) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("8", "i")
        desk.screen.post_message(Paste(BOARD.text.replace("\n", "\r\n")))
        await desk.wait_until_idle()
        assert "RESOLVED that the training plan be approved." in desk.text
        await desk.press_keys("y")
        assert desk.keys == 3
    assert query_rows(wales, "SELECT count(*) FROM meetings WHERE day = '2013-05-14'") == [(1,)]
