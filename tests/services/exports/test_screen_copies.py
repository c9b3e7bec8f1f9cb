"""Rows copied to the clipboard: their formats, and what the marking keeps out."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.errors import Refused
from ahtc_tui.services.exports.screen_copies import CopyFormat, format_copied, format_rows, read_cell
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action

TITLES = ["Ref", "Action"]


def test_rows_are_copied_as_text_csv_or_markdown_without_formulas(workspace: Workspace) -> None:
    rows = [("DP-01", ["DP-01", "=1+1, twice"]), ("DP-02", ["DP-02", "a | b"])]
    copied = {kind: format_rows(workspace, kind, TITLES, rows)[0] for kind in CopyFormat}
    assert copied[CopyFormat.TEXT] == "Ref\tAction\nDP-01\t'=1+1, twice\nDP-02\ta | b"
    assert copied[CopyFormat.CSV] == 'Ref,Action\nDP-01,"\'=1+1, twice"\nDP-02,a | b\n'
    assert copied[CopyFormat.MARKDOWN].splitlines()[1:] == [
        "|---|---|",
        "| DP-01 | =1+1, twice |",
        "| DP-02 | a \\| b |",
    ]


def test_rows_marked_above_official_are_left_out_and_counted(workspace: Workspace) -> None:
    plain = make_action(workspace, title="Brief the SPOCs").ref
    marked = make_action(workspace, title="Review the strategy", marking="official-sensitive").ref
    rows = [(ref, [ref]) for ref in (plain, marked)]
    assert format_rows(workspace, CopyFormat.TEXT, ["Ref"], rows) == (f"Ref\n{plain}", 1)
    assert format_copied(1, 1) == "1 row copied   1 row is marked above OFFICIAL and left out"
    assert read_cell(workspace, plain, "Brief the SPOCs") == "Brief the SPOCs"
    for copy in (
        lambda: read_cell(workspace, marked, "x"),
        lambda: format_rows(workspace, CopyFormat.CSV, ["Ref"], rows[1:]),
    ):
        with pytest.raises(Refused):
            copy()
