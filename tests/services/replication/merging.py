"""Workspaces that are copied to laptops, changed and merged; every merge leaves an intact database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.replication.reports import MergeFileReport
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.soundness import check_at_end
from tests.store.laptops import copy_workspace, read_tables

Laptops = Callable[..., list[Workspace]]


def merge_and_check(local: Workspace, peer: Workspace, **more: Any) -> MergeFileReport:
    """Merge a peer's file with its erasures; check that it is unchanged, and the database when the test ends."""
    path = peer.database.path
    before = path.read_bytes()
    options = ImportOptions(answers=more.pop("answers", {}), accept_erasures=more.pop("accept_erasures", True))
    report = merge_file(local, path, options, **more)
    check_at_end(local)
    assert path.read_bytes() == before
    (file,) = report.files
    assert isinstance(file, MergeFileReport)
    return file


def merge_both_ways(local: Workspace, peer: Workspace, folder: Path) -> tuple[Workspace, Workspace]:
    """Merge copies of two workspaces in both directions, and check that their tables are equal."""
    ends = []
    for name, first_workspace, second_workspace in (("first", local, peer), ("second", peer, local)):
        shutil.copytree(first_workspace.root, folder / name)
        end = open_workspace(folder / name, TODAY)
        merge_and_check(end, second_workspace)
        ends.append(end)
    assert read_tables(ends[0]) == read_tables(ends[1])
    return ends[0], ends[1]


def leave_office(office: Workspace, name: str) -> Workspace:
    """Copy the office to a laptop."""
    return copy_workspace(office.root, office.root.parent / name, name)
