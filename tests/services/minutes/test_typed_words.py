"""Every word typed into minutes is in the record: 500 generated lines."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_minuted_meeting
from tests.services.minutes.line_audit import StoredLine, TypedPart, find_faults, generate_lines

SEED = 20140128
MEETING_DAY = date(2013, 12, 10)


def store_lines(workspace: Workspace, ref: str, typed: str) -> list[StoredLine]:
    lines = []
    for line in minutes.add_lines(workspace, ref, typed):
        row = actions.show_action(workspace, line.action).row if line.action else None
        owners = tuple(name for name in (row.lead, *row.support) if name) if row else ()
        lines.append(StoredLine(line.text, owners, row.due if row else None))
    return lines


@pytest.mark.long
@pytest.mark.parametrize("count", [100, pytest.param(500, marks=pytest.mark.long)])
def test_no_word_of_generated_lines_is_lost_or_moved(wales: Workspace, count: int) -> None:
    ref = make_minuted_meeting(wales)
    faults = {}
    for parts in generate_lines(SEED, count):
        typed = " ".join(part.text for part in parts if part.text)
        if kinds := find_faults(parts, store_lines(wales, ref, typed), MEETING_DAY):
            faults[typed] = kinds
    assert faults == {}


@pytest.mark.parametrize(
    ("stored", "fault"),
    [
        (StoredLine("tell Bawso"), "lost"),
        (StoredLine("tell the the"), "lost"),
        (StoredLine("tell the tomorrow the and Bawso"), "moved"),
        (StoredLine("tell the and tomorrow Bawso"), "merged"),
    ],
)
def test_the_audit_finds_lost_moved_and_merged_words(stored: StoredLine, fault: str) -> None:
    parts = [TypedPart("prefix", "n:"), TypedPart("words", "tell the the and tomorrow Bawso")]
    assert fault in find_faults(parts, [stored], date(2014, 1, 28))
    assert find_faults(parts, [StoredLine("tell the the, and tomorrow Bawso.")], date(2014, 1, 28)) == set()
