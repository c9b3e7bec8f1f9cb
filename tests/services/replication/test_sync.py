"""Laptops and the office hub: nothing is lost or doubled in any order, and no erased person returns."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.chains import ChainFaultKind
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from ahtc_tui.store.hub import upload
from ahtc_tui.store.hub.connection import Hub as OpenHub
from tests.builders import (
    TODAY,
    make_action,
    make_action_draft,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
    remove_chains,
    remove_record,
)
from tests.hubs import Hub, Server, sync_and_check
from tests.services.replication.merging import leave_office, merge_and_check
from tests.store.laptops import read_conflicts, read_tables

NAME = "Zebedee Quill"
DEVICE = "SELECT value FROM setting WHERE name = 'device'"


def read_change_ids(office: Workspace) -> set[RowKey]:
    return {key for (key,) in query_rows(office, "SELECT id FROM change")}


def test_the_first_sync_creates_the_hub_and_a_second_laptop_downloads(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(wales, "DP-01", make_action_draft(title="Here"))
    first = sync_and_check(wales, hub)
    assert (first.read, first.sent, first.added, first.changed) == (0, len(read_change_ids(wales)), (), ())
    assert hub.list_change_ids() == read_change_ids(wales)
    actions.edit_action(peer, "DP-02", make_action_draft(title="There"))
    make_action(peer, "Made there")
    second = sync_and_check(peer, hub)
    assert [(changed.ref, changed.now) for changed in second.changed if changed.now] == [("DP-01", "Here")]
    third = sync_and_check(wales, hub)
    assert [changed.values["title"] for changed in third.added] == ["Made there"]
    assert [(changed.ref, changed.now) for changed in third.changed if changed.now] == [("DP-02", "There")]
    assert read_tables(wales) == read_tables(peer)
    assert hub.list_change_ids() == read_change_ids(wales) == read_change_ids(peer)


def test_a_repeated_sync_does_nothing(wales: Workspace, hub: Hub) -> None:
    make_action(wales)
    sync_and_check(wales, hub)
    rows_before, steps = read_live_rows(wales), query_rows(wales, "SELECT count(*) FROM step")
    report = sync_and_check(wales, hub)
    assert (report.read, report.sent, report.added, report.changed) == (0, 0, (), ())
    assert (read_live_rows(wales), query_rows(wales, "SELECT count(*) FROM step")) == (rows_before, steps)


def test_a_dry_run_reports_and_writes_nothing_on_either_side(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(peer, "DP-02", make_action_draft(title="There"))
    before = read_change_ids(peer)
    assert sync_and_check(peer, hub, apply=False).sent == len(before)
    assert hub.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    sync_and_check(peer, hub)
    make_action(wales)
    before, held = read_change_ids(wales), hub.list_change_ids()
    planned = sync_and_check(wales, hub, apply=False)
    assert (read_change_ids(wales), hub.list_change_ids()) == (before, held)
    assert sync_and_check(wales, hub) == planned
    assert planned.sent > 0 < planned.read


def test_a_conflict_is_asked_and_its_resolution_reaches_everybody(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    actions.edit_action(wales, "DP-01", make_action_draft(title="Here"))
    actions.edit_action(peer, "DP-01", make_action_draft(title="There"))
    sync_and_check(wales, hub)
    (question,) = sync_and_check(peer, hub).questions
    assert (question.ours, question.theirs) == ("There", "Here")
    assert [open_question.id for open_question in sync_and_check(wales, hub).questions] == [question.id]
    (open_question,) = conflicts.list_conflicts(wales)
    conflicts.resolve_conflict(wales, open_question.id, "theirs")
    sync_and_check(wales, hub)
    sync_and_check(peer, hub)
    assert conflicts.list_conflicts(peer) == []
    assert actions.show_action(peer, "DP-01").row.title == actions.show_action(wales, "DP-01").row.title
    assert read_tables(wales) == read_tables(peer)


def test_a_sync_can_be_undone_and_the_next_one_repeats_it(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    before = read_live_rows(wales)
    sync_and_check(wales, hub)
    history.undo_step(wales)
    assert read_live_rows(wales) == before
    assert [added.values["title"] for added in sync_and_check(wales, hub).added] == ["Made there"]
    sync_and_check(peer, hub)
    assert read_tables(wales) == read_tables(peer)


@pytest.mark.long
def test_three_laptops_converge_in_any_order(wales: Workspace, server: Server) -> None:
    offices = [wales, leave_office(wales, "b"), leave_office(wales, "c")]
    for n, office in enumerate(offices):
        make_action(office, f"Made on laptop {n}")
        actions.edit_action(office, "DP-01", make_action_draft(title=f"Title {n}"))
        actions.edit_action(office, f"DP-0{n + 2}", make_action_draft(title=f"Only here {n}"))
        make_update(office, "DP-05", f"Said on laptop {n}")
    remove_record(offices[0], "actions", actions.show_action(wales, "DP-03").row.key)
    roots = [office.root for office in offices]
    for office in offices:
        office.close()
    ends: list[Any] = []
    for turn, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0))):
        place = server.create_hub()
        copies = [
            open_workspace(shutil.copytree(root, wales.root.parent / f"turn-{turn}-{n}"), TODAY)
            for n, root in enumerate(roots)
        ]
        for n in (*order, *order):
            sync_and_check(copies[n], place)
        ends += [(read_tables(copy), read_conflicts(copy)) for copy in copies]
        assert (
            read_change_ids(copies[0])
            == read_change_ids(copies[1])
            == read_change_ids(copies[2])
            == place.list_change_ids()
        )
        for copy in copies:
            copy.close()
        assert ends[-3][0] == ends[-2][0] == ends[-1][0]
        assert ends[-3][1] == ends[-2][1] == ends[-1][1]


def test_lists_agree_whatever_the_clocks(wales: Workspace, hub: Hub) -> None:
    with wales.database.write("a clock that is years behind") as ledger:
        ledger.add("actions", {"ref": "X-1", "title": "Made last, by a key of long ago"}, RowKey(bytes(15) + b"\1"))
    peer = leave_office(wales, "there")
    make_action(wales)
    for office in (wales, peer):
        sync_and_check(office, hub)
    assert read_tables(wales) == read_tables(peer)


def test_the_hub_of_another_office_is_refused(wales: Workspace, hub: Hub, tmp_path: Path) -> None:
    make_workspace(tmp_path / "other", "wales-2013")
    stranger = open_workspace(tmp_path / "other", TODAY)
    sync_and_check(stranger, hub)
    stranger.close()
    held, before = hub.list_change_ids(), read_change_ids(wales)
    for apply in (True, False):
        with pytest.raises(Refused, match="another office"):
            sync_with_hub(wales, hub.url, apply=apply)
    assert (hub.list_change_ids(), read_change_ids(wales)) == (held, before)


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE setting SET value = '99' WHERE name = 'schema'", "newer version of ahtc"),
        ("UPDATE setting SET value = '0' WHERE name = 'schema'", "older version of ahtc"),
        ("DELETE FROM setting", "another program"),
        ("ALTER TABLE setting RENAME COLUMN name TO other", "another program"),
        ("DROP TABLE counter", "another program"),
    ],
)
def test_a_hub_of_another_version_is_not_changed(wales: Workspace, hub: Hub, statement: str, sentence: str) -> None:
    sync_and_check(wales, hub)
    hub.run(statement)
    before, held = read_change_ids(wales), hub.list_change_ids()
    make_action(wales)
    with pytest.raises(StoreError, match=sentence):
        sync_with_hub(wales, hub.url)
    assert hub.list_change_ids() == held == before


@pytest.mark.long
def test_a_sync_migrates_an_older_hub_and_every_laptop_agrees_with_it(workspace: Workspace, hub: Hub) -> None:
    workspace.close()
    remove_chains(workspace.database.path)
    peer, local = leave_office(workspace, "there"), open_workspace(workspace.root, TODAY)
    sync_and_check(local, hub)
    for statement in (
        "ALTER TABLE change DROP position, DROP salt, DROP digest, DROP chain, DROP erased_by, DROP purpose",
        "DROP TABLE missing_change",
        "UPDATE alembic_version SET version_num = '0002'",
        "UPDATE setting SET value = '2' WHERE name = 'schema'",
    ):
        hub.run(statement)
    with pytest.raises(StoreError, match="older version of ahtc"):
        sync_with_hub(local, hub.url, apply=False)
    make_action(local, "Made here")
    sync_and_check(local, hub)
    assert hub.run("SELECT value FROM setting WHERE name = 'schema'") == [(str(SCHEMA_VERSION),)]
    assert [row.values["title"] for row in sync_and_check(peer, hub).added] == ["Made here"]
    hashes = "SELECT id, digest, chain FROM change ORDER BY id"
    assert query_rows(local, hashes) == query_rows(peer, hashes) == hub.run(hashes)
    for office in (local, peer):
        office.close()


def test_a_database_that_is_not_utf8_is_refused(wales: Workspace, server: Server) -> None:
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="UTF-8"):
        sync_with_hub(wales, server.build_url("latin"))


def test_an_invalid_change_on_the_hub_is_left_out_by_name(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    hub.run("UPDATE change SET field = 'colour' WHERE field = '_row' AND value LIKE '%Made there%'")
    before = read_live_rows(wales)
    (fault,) = sync_and_check(wales, hub).altered
    assert (fault.device, fault.line, fault.reason) == ("there", 1, ChainFaultKind.ALTERED)
    assert read_live_rows(wales) == before


def test_too_many_removals_are_asked_about_and_nothing_is_sent(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "emptied")
    with peer.database.write("remove") as ledger:
        for table in ("actions", "seats", "action_parties", "figures", "holdings", "aliases", "invitations"):
            for (key,) in ledger.cursor.execute(f"SELECT id FROM {table} WHERE NOT deleted").fetchall():
                ledger.remove(table, key)
    sync_and_check(peer, hub)
    make_action(wales)
    before, held = read_change_ids(wales), hub.list_change_ids()
    (question,) = sync_and_check(wales, hub).questions
    assert question.id == "removals"
    assert (read_change_ids(wales), hub.list_change_ids()) == (before, held)
    assert sync_and_check(wales, hub, answers={"removals": "theirs"}).sent > 0


def break_connection(hub: Hub) -> Callable[..., None]:
    """The server closes the connection during an upload."""
    send = upload.upload_changes

    def terminate_backend(office: OpenHub, *more: Any) -> None:
        send(office, *more)
        (number,) = office.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
        hub.run(f"SELECT pg_terminate_backend({number})")
        office.connection.exec_driver_sql("SELECT 1")

    return terminate_backend


@pytest.mark.long
def test_a_lost_connection_changes_nothing_on_either_side(
    wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    make_action(wales, "Made here")
    before, held = read_live_rows(wales), hub.list_change_ids()
    with monkeypatch.context() as patch:
        patch.setattr(upload, "upload_changes", break_connection(hub))
        with pytest.raises(StoreError, match=r"was lost\. Nothing was changed"):
            sync_with_hub(wales, hub.url)
    assert (read_live_rows(wales), hub.list_change_ids()) == (before, held)
    sync_and_check(wales, hub)
    sync_and_check(peer, hub)
    assert read_tables(wales) == read_tables(peer)


def test_a_connection_lost_at_commit_loses_nothing(wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    make_action(wales, "Made here")
    commit = OpenHub.commit

    def fail_commit(office: OpenHub) -> None:
        (number,) = office.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
        hub.run(f"SELECT pg_terminate_backend({number})")
        commit(office)

    with monkeypatch.context() as patch:
        patch.setattr(OpenHub, "commit", fail_commit)
        with pytest.raises(StoreError, match="again to send yours"):
            sync_with_hub(wales, hub.url)
    assert "Made there" in [row.title for row in actions.list_actions(wales, ActionFilter(ActionScope.ALL))]
    assert integrity_check.find_faults(wales.database) == []
    assert sync_and_check(wales, hub).sent > 0
    sync_and_check(peer, hub)
    assert read_tables(wales) == read_tables(peer)


def test_an_erasure_reaches_every_laptop_and_the_hub(wales: Workspace, hub: Hub) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    peer, third = leave_office(wales, "there"), leave_office(wales, "third")
    make_action(peer, f"Ask {NAME} for the leaflet")
    make_update(wales, "DP-01", f"{NAME} rang.")
    for office in (wales, peer):
        sync_and_check(office, hub)
    hub.run("ANALYZE")
    assert set(hub.find_word("zebedee")) >= {"change", "step"}
    make_action(third, f"Thank {NAME}")
    erase_person(wales, NAME)
    assert "zebedee" not in str(read_tables(wales)).lower()
    for office in (wales, peer, third, wales, peer):
        sync_and_check(office, hub)
        assert hub.find_word("zebedee") == []
    assert hub.run("SELECT * FROM setting WHERE name = 'to write anew'") == []
    assert read_tables(wales) == read_tables(peer) == read_tables(third)
    for office in (wales, peer, third):
        texts = query_rows(office, "SELECT value FROM change UNION ALL SELECT label FROM step")
        assert not [value for (value,) in texts if value and "zebedee" in value.lower()]
        assert (office.database.path.parent / "erasures").read_text().count("\n") == 1
        assert b"Zebedee" not in office.database.path.read_bytes()
    assert [sync_and_check(office, hub).sent for office in (wales, peer, third)] == [0, 0, 0]


@pytest.mark.long
def test_concurrent_erasures_converge_without_further_traffic(wales: Workspace, hub: Hub) -> None:
    make_party(wales, NAME, "zebedee-quill", kind="person")
    make_party(wales, "Yolanda Quartz", "yolanda-quartz", kind="person")
    make_update(wales, "DP-01", f"{NAME} and Yolanda Quartz rang.")
    peer, third = leave_office(wales, "there"), leave_office(wales, "third")
    sync_and_check(third, hub)
    for office, name in ((wales, NAME), (peer, NAME), (peer, "Yolanda Quartz")):
        erase_person(office, name)
    for office in (wales, peer, third, wales, peer, third):
        sync_and_check(office, hub)
    assert hub.find_word("zebedee") == hub.find_word("yolanda") == []
    assert read_tables(wales) == read_tables(peer) == read_tables(third)
    files = hub.run("SELECT pg_relation_filenode('change')")
    assert [sync_and_check(office, hub).sent for office in (third, wales, peer)] == [0, 0, 0]
    assert hub.run("SELECT pg_relation_filenode('change')") == files


@pytest.mark.long
def test_lines_of_a_copy_with_the_same_device_id_are_refused_by_name(
    wales: Workspace, hub: Hub, tmp_path: Path
) -> None:
    twin = open_workspace(shutil.copytree(wales.root, tmp_path / "twin"), TODAY)
    make_action(twin, "Made on the twin")
    sync_and_check(twin, hub)
    twin.close()
    ((device,),) = query_rows(wales, DEVICE)
    for _repetition in range(2):
        (fault,) = sync_and_check(wales, hub).altered
        assert (fault.device, fault.reason) == (device, ChainFaultKind.FORGED)
    assert query_rows(wales, DEVICE) != [(device,)]
    make_action(wales, "Made here")
    assert sync_and_check(wales, hub).sent > 0
    assert not query_rows(wales, "SELECT 1 FROM actions WHERE title = 'Made on the twin'")


def test_a_file_and_the_hub_give_the_same_result(wales: Workspace, hub: Hub) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    merge_and_check(wales, peer)
    repeated = sync_and_check(wales, hub)
    assert (repeated.read, repeated.sent, repeated.added) == (0, 0, ())
    assert read_tables(wales) == read_tables(peer)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hub",
        "mysql://h/d",
        "sqlite:///x.db",
        "postgresql+asyncpg://h/d",
        "postgresql+psycopg://clerk:se@cret@h/d",
        "postgresql+psycopg://cl/erk:secret@h/d",
        "postgresql+psycopg://clerk:secret@h:port/d",
        "postgresql+psycopg://clerk:secret@/d?host=/tmp&colour=red",
        "postgresql+psycopg://clerk:secret@/d?host=/tmp&port=red",
    ],
)
def test_an_invalid_address_is_not_repeated_in_the_error(wales: Workspace, url: str) -> None:
    with pytest.raises(BadInput) as refused:
        sync_with_hub(wales, url)
    assert "cret" not in str(refused.value)
