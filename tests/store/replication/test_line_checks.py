"""Lines of another journal: what the schema accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.replication import line_checks, peer_database


def test_every_line_that_ahtc_writes_is_valid(busy: Workspace) -> None:
    with busy.database.read() as cursor:
        changes = peer_database.read_stored_changes(cursor, peer_database.list_change_ids(cursor))
        assert len({change.table for change in changes}) > 30
        line_checks.refuse_invalid_lines(cursor, changes, Path("peer.db"))


def test_a_refused_line_is_named_with_its_device(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        change = peer_database.read_stored_changes(cursor, peer_database.list_change_ids(cursor))[0]
        invalid = change._replace(table="actions", field="title", value="true", seq=41, device="forum\x1b[2J-laptop")
        with pytest.raises(BadFile) as refused:
            line_checks.refuse_invalid_lines(cursor, [invalid], Path("peer.db"))
    assert "actions, title; line 41 of the device forum" in str(refused.value)
    assert "\x1b" not in str(refused.value)
