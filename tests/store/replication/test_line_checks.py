"""Lines of another journal: what the schema accepts."""

from __future__ import annotations

from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.chain import StoredChange
from ahtc_tui.store.replication import line_screening, peer_database
from ahtc_tui.store.replication.line_screening import Screening


def screen(office: Workspace, *more: StoredChange) -> Screening:
    """Screen every line of an office, and more, as if they came from another copy."""
    with office.database.read() as cursor:
        changes = peer_database.read_stored_changes(cursor, peer_database.list_change_ids(cursor))
        return line_screening.screen_lines(cursor, cursor, [*changes, *more], {})


def test_every_line_that_ahtc_writes_is_valid(busy: Workspace) -> None:
    screening = screen(busy)
    assert len({change.table for change in screening.valid}) > 30
    assert screening.refused == []


def test_a_refused_line_is_named_with_its_device(wales: Workspace) -> None:
    change = screen(wales).valid[0]
    invalid = change._replace(table="actions", field="title", value="true", seq=41, device="forum\x1b[2J-laptop")
    (refused,) = screen(wales, invalid).refused
    assert (refused.table, refused.field, refused.seq) == ("actions", "title", 41)
    assert refused.device.startswith("forum")
    assert "\x1b" not in refused.device
