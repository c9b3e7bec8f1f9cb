"""Offices that are copied to laptops, work apart, and meet again: every meeting leaves a whole database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ahtc_tui.domain.imports.report import FileReport, Wishes
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY
from tests.store.laptops import a_copy, tables

Laptops = Callable[..., list[Workspace]]


def merged(here: Workspace, there: Workspace, **more: Any) -> FileReport:
    """What became of merging the file of another laptop; the database is whole and the other file as it was."""
    path = there.database.path
    before = path.read_bytes()
    answers = more.pop("answers", {})
    report = merge_file(here, path, Wishes(answers=answers), **more)
    assert integrity_check.faults(here.database) == []
    assert path.read_bytes() == before
    return report.files[0]


def both_ways(here: Workspace, there: Workspace, folder: Path) -> tuple[Workspace, Workspace]:
    """Copies of both laptops, each merged with the other: the same tables, whichever was first."""
    ends = []
    for name, one, other in (("first", here, there), ("second", there, here)):
        shutil.copytree(one.root, folder / name)
        end = open_workspace(folder / name, TODAY)
        merged(end, other)
        ends.append(end)
    assert tables(ends[0]) == tables(ends[1])
    return ends[0], ends[1]


def laptop(office: Workspace, name: str) -> Workspace:
    """A laptop that leaves with a copy of the office."""
    return a_copy(office.root, office.root.parent / name, name)
