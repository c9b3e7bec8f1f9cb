"""A database from before the files of papers is migrated with its papers, which then take a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.meetings import build_paper_draft
from ahtc_tui.services.meetings.paper_files import attach_file
from ahtc_tui.services.meetings.papers import add_paper, list_papers
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, make_minuted_meeting
from tests.store.laptops import step_schema_back


@pytest.mark.long
def test_papers_from_before_take_a_file(wales: Workspace, tmp_path: Path) -> None:
    ref = make_minuted_meeting(wales)
    add_paper(wales, ref, build_paper_draft({"title": "Courses held"}, TODAY))
    wales.close()
    step_schema_back(wales.database.path, 9)
    (tmp_path / "courses.pdf").write_bytes(b"%PDF-1.7\n")
    with closing(open_workspace(wales.root, TODAY)) as migrated:
        assert attach_file(migrated, ref, "P1", tmp_path / "courses.pdf").file == "courses.pdf"
        assert [row.title for row in list_papers(migrated, ref)] == ["Courses held"]
        assert find_faults(migrated.database) == []
