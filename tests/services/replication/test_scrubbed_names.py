"""A name that was scrubbed from a line never comes back from a copy that holds it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action, make_action_draft, make_party, query_rows
from tests.services.replication.merging import leave_office, merge_and_check
from tests.soundness import check_at_end
from tests.store.laptops import read_tables

NAME = "Zebedee Quill"
REF = "DP-12"


def list_named_lines(office: Workspace) -> list[tuple[str]]:
    return query_rows(office, "SELECT value FROM change WHERE value LIKE '%Zebedee%'")


def merge_quietly(local: Workspace, path: Path) -> None:
    merge_file(local, path, ImportOptions(accept_erasures=True))
    check_at_end(local)


@pytest.mark.long
@pytest.mark.parametrize("text", [f"Ring {NAME} again", f"{NAME} rings again"])
def test_a_scrubbed_name_does_not_come_back(wales: Workspace, text: str) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    second, third = leave_office(wales, "second"), leave_office(wales, "third")
    erase_person(second, NAME)
    actions.edit_action(second, REF, make_action_draft(title=text))
    kept = second.root.parent / "kept.db"
    shutil.copy(second.database.path, kept)
    actions.edit_action(third, REF, make_action_draft(detail="Edited there"))
    merge_and_check(second, third)
    assert list_named_lines(second) == []
    merge_and_check(wales, third)
    for _turn in range(2):
        for office in (wales, second):
            merge_quietly(office, kept)
            assert list_named_lines(office) == [], "each redacts by the names that it found itself"
        make_action(wales, "Made meanwhile")
    merge_quietly(wales, second.database.path)
    merge_quietly(second, wales.database.path)
    assert list_named_lines(wales) == list_named_lines(second) == []
    assert read_tables(wales) == read_tables(second)
