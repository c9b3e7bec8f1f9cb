"""Requests for records: by the palette, as subject access and as freedom of information."""

from __future__ import annotations

import csv
import json
from io import StringIO
from zipfile import ZipFile

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action
from tests.journeys.conftest import Wording
from tests.tui.conftest import OpenDesk


@pytest.mark.long
async def test_records_on_bawso_are_reached_in_three_keys(wales: Workspace, wide: OpenDesk, wording: Wording) -> None:
    async with wide(wales) as desk:
        await desk.press_keys("ctrl+p")
        await desk.type_text("bawso")
        for _turn in range(50):
            await desk.pilot.pause(0.02)
            if "DP-28" in desk.text:
                break
        commands = desk.screen.query_one("CommandList")
        shown = [str(commands.get_option_at_index(n).prompt) for n in range(commands.option_count)]
        for ref in ("DP-11", "DP-28", "DP-29", "D-2013/1"):
            assert [line for line in shown if ref in line], ref
        kinds = wording("action seat practice decision", "gweithredu sedd arfer penderfyniad").split()
        last_words = [line.split()[-1] for line in shown]
        assert [last_words.count(kind) for kind in kinds] == [3, 1, 2, 1]
        await desk.press_keys("down", "enter")
        assert desk.keys <= 8
        assert desk.screen.noun in ("actions", "contacts", "meetings", "evidence", "groups")


@pytest.mark.long
async def test_subject_access_takes_six_keys(wales: Workspace, narrow: OpenDesk, wording: Wording) -> None:
    ref = make_action(wales, "Answer Stephen Chapman and Joyce Watson").ref
    async with narrow(wales) as desk:
        await desk.press_keys("6", "/")
        await desk.type_text("stephen")
        await desk.press_keys("enter", ".", "p")
        assert "stephen-chapman" in desk.text
        await desk.press_keys(".", "s")
        assert desk.keys <= 8
        kind = wording("Subject access request", "Cais gwrthrych am wybodaeth")
        name = f"2013-12-31 {kind}, stephen-chapman.zip"
        assert name in desk.toasts[-1]
        assert wording("31 January 2014", "31 Ionawr 2014") in desk.toasts[-1]
    with ZipFile(wales.exports / name) as archive:
        assert archive.testzip() is None
        page = archive.read("index.html").decode("utf-8")
        everything = json.loads(archive.read("everything.json"))
        redactions = archive.read("redactions.csv").decode("utf-8-sig")
    assert "Paragraphs 1.2 and 1.3, CELG(4)-31-13 Paper 1, Human Trafficking (2013)" in page
    assert ref in json.dumps(everything)
    names = {row[0] for row in csv.reader(StringIO(redactions)) if row}
    assert "Joyce Watson" in names


async def test_a_freedom_of_information_request_takes_8_keys(
    wales: Workspace, either: OpenDesk, wording: Wording
) -> None:
    async with either(wales) as desk:
        await desk.press_keys("8", ".", "f")
        assert wording("answer by 30 January 2014", "ateb erbyn 30 Ionawr 2014") in desk.text
        await desk.type_text("Bawso")
        await desk.press_keys("ctrl+s")
        assert desk.keys <= 8
        kind = wording("Freedom of information request", "Cais rhyddid gwybodaeth")
        name = f"2013-12-31 {kind}, Bawso.zip"
        assert f"exports/{name}" in desk.toasts[-1]
        assert wording("due on 30 January 2014", "30 Ionawr 2014") in desk.toasts[-1]
        assert f"exports/{name}" in str(desk.screen.result_pane.content)
    with ZipFile(wales.exports / name) as archive:
        held = json.loads(archive.read("everything.json"))["held"]
    assert {"DP-11", "DP-28", "DP-29"} <= {action["record"].split()[0] for action in held["actions"]}
