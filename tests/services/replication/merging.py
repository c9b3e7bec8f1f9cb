"""Offices that are copied to laptops, work apart, and meet again: every meeting leaves a whole database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from tests.builders import TODAY
from tests.store.laptops import copy_workspace, read_tables

Laptops = Callable[..., list[Workspace]]


def merge_and_check(local: Workspace, peer: Workspace, **more: Any) -> FileReport:
    """What became of merging the file of another laptop; the database is whole and the other file as it was."""
    path = peer.database.path
    before = path.read_bytes()
    answers = more.pop("answers", {})
    report = merge_file(local, path, ImportOptions(answers=answers), **more)
    assert integrity_check.find_faults(local.database) == []
    assert path.read_bytes() == before
    return report.files[0]


def merge_both_ways(local: Workspace, peer: Workspace, folder: Path) -> tuple[Workspace, Workspace]:
    """Copies of both laptops, each merged with the other: the same tables, whichever was first."""
    ends = []
    for name, first_workspace, second_workspace in (("first", local, peer), ("second", peer, local)):
        shutil.copytree(first_workspace.root, folder / name)
        end = open_workspace(folder / name, TODAY)
        merge_and_check(end, second_workspace)
        ends.append(end)
    assert read_tables(ends[0]) == read_tables(ends[1])
    return ends[0], ends[1]


def leave_office(office: Workspace, name: str) -> Workspace:
    """A laptop that leaves with a copy of the office."""
    return copy_workspace(office.root, office.root.parent / name, name)
