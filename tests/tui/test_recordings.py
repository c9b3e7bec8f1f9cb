"""The recordings of the documentation are short, whole and drawn from the sessions."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.shape.tree import ROOT
from tests.tui.recordings import COLUMNS, ROWS, SESSIONS, Recording, format_animation, format_cast

RECORDINGS = ROOT / "docs" / "recordings"
LONGEST_SECONDS = 40


@pytest.mark.parametrize("name", SESSIONS)
def test_a_recording_has_its_session_in_at_most_40_seconds(name: str) -> None:
    head, *events = map(json.loads, (RECORDINGS / f"{name}.cast").read_text(encoding="utf-8").splitlines())
    assert head == {"version": 2, "width": COLUMNS, "height": ROWS, "title": SESSIONS[name].title}
    times = [time for time, _kind, _output in events]
    assert times == sorted(times)
    assert times[-1] + SESSIONS[name].steps[-1].pause <= LONGEST_SECONDS
    picture = (RECORDINGS / f"{name}.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(picture).find("{*}title") is not None
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_a_row_is_drawn_once_while_it_stays_the_same() -> None:
    recording = Recording()
    recording.add_output("first\r\n\x1b[1;31msecond\x1b[0m", 1)
    recording.add_output("\r\n<third>", 2)
    cast, picture = format_cast(recording, "T"), format_animation(recording, "T")
    assert [json.loads(line)[0] for line in cast.splitlines()[1:]] == [0, 1]
    assert picture.count(">first<") == picture.count(">&lt;third&gt;<") == 1
    assert 'fill="#cc3333" font-weight="bold">second<' in picture
    assert "animation:3.0s" in picture
