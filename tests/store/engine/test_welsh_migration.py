"""A database from before the Welsh texts is migrated with its records, which then accept Welsh."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.domain.drafts.actions import build_action_draft
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.full_export import export_everything, import_everything
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from tests.builders import TODAY, query_rows
from tests.store.laptops import step_schema_back

RECORDS = "SELECT (SELECT count(*) FROM actions), (SELECT count(*) FROM objectives), (SELECT count(*) FROM aims)"


@pytest.mark.long
def test_records_from_before_keep_their_text_and_take_welsh(wales: Workspace) -> None:
    counts = query_rows(wales, RECORDS)
    wales.close()
    step_schema_back(wales.database.path, 4)
    with closing(open_workspace(wales.root, TODAY)) as migrated:
        assert query_rows(migrated, RECORDS) == counts
        assert actions.show_action(migrated, "DP-01").row.title_cy is None
        actions.edit_action(migrated, "DP-01", build_action_draft({"title_cy": "Teitl yn Gymraeg"}))
        assert actions.show_action(migrated, "DP-01").row.title_cy == "Teitl yn Gymraeg"
        assert find_faults(migrated.database) == []


@pytest.mark.long
def test_an_archive_carries_the_welsh_texts(wales: Workspace, tmp_path: Path) -> None:
    actions.edit_action(wales, "DP-01", build_action_draft({"title_cy": "Teitl", "detail_cy": "Manylion"}))
    file = export_everything(wales, tmp_path / "all.zip").file
    import_everything(tmp_path / "copy", file, TODAY)
    with closing(open_workspace(tmp_path / "copy", TODAY)) as copy:
        card = actions.show_action(copy, "DP-01")
        assert (card.row.title_cy, card.detail_cy) == ("Teitl", "Manylion")
