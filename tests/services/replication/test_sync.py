"""Laptops and the office hub: nothing is lost, nothing doubled, whoever comes first; and nobody erased comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, Which
from ahtc_tui.domain.errors import AhtcError, BadInput, Refused, StoreError
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import conflicts
from ahtc_tui.services.replication.hub_sync import sync
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import integrity_check
from ahtc_tui.store.replication import hub_upload
from ahtc_tui.store.replication.hub import Hub as OpenHub
from tests.builders import TODAY, a_draft, a_party, an_action, an_update, ask, live_rows, remove
from tests.hubs import Hub, Server, synced
from tests.services.replication.merging import laptop, merged
from tests.store.laptops import flags, tables

NAME = "Zebedee Quill"


def ids(office: Workspace) -> set[bytes]:
    return {key for (key,) in ask(office, "SELECT id FROM change")}


def test_the_first_sync_makes_the_hub_and_another_laptop_gets_what_was_written(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    actions.edit_action(wales, "DP-01", a_draft(title="Here"))
    first = synced(wales, hub)
    assert (first.read, first.sent, first.added, first.changed) == (0, len(ids(wales)), (), ())
    assert hub.lines() == ids(wales)
    actions.edit_action(there, "DP-02", a_draft(title="There"))
    an_action(there, "Made there")
    second = synced(there, hub)
    assert [(one.ref, one.now) for one in second.changed] == [("DP-01", "Here")]
    third = synced(wales, hub)
    assert [one.values["title"] for one in third.added] == ["Made there"]
    assert [(one.ref, one.now) for one in third.changed] == [("DP-02", "There")]
    assert tables(wales) == tables(there)
    assert hub.lines() == ids(wales) == ids(there)


def test_a_sync_again_does_nothing(wales: Workspace, hub: Hub) -> None:
    an_action(wales)
    synced(wales, hub)
    stands, steps = live_rows(wales), ask(wales, "SELECT count(*) FROM step")
    again = synced(wales, hub)
    assert (again.read, again.sent, again.added, again.changed) == (0, 0, (), ())
    assert (live_rows(wales), ask(wales, "SELECT count(*) FROM step")) == (stands, steps)


def test_a_dry_run_says_what_would_be_and_writes_nothing_on_either_side(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    actions.edit_action(there, "DP-02", a_draft(title="There"))
    before = ids(there)
    assert synced(there, hub, apply=False).sent == len(before)
    assert hub.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    synced(there, hub)
    an_action(wales)
    before, held = ids(wales), hub.lines()
    would = synced(wales, hub, apply=False)
    assert (ids(wales), hub.lines()) == (before, held)
    assert synced(wales, hub) == would
    assert would.sent > 0 < would.read


def test_what_both_wrote_is_a_question_and_what_is_decided_reaches_everybody(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    actions.edit_action(wales, "DP-01", a_draft(title="Here"))
    actions.edit_action(there, "DP-01", a_draft(title="There"))
    synced(wales, hub)
    (question,) = synced(there, hub).questions
    assert (question.ours, question.theirs) == ("There", "Here")
    assert [one.id for one in synced(wales, hub).questions] == [question.id]
    (one,) = conflicts.list_conflicts(wales)
    conflicts.resolve(wales, one.id, "theirs")
    synced(wales, hub)
    synced(there, hub)
    assert conflicts.list_conflicts(there) == []
    assert actions.show_action(there, "DP-01").row.title == actions.show_action(wales, "DP-01").row.title
    assert tables(wales) == tables(there)


def test_a_sync_is_one_undo_and_the_next_brings_it_again(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made there")
    synced(there, hub)
    before = live_rows(wales)
    synced(wales, hub)
    history.undo(wales)
    assert live_rows(wales) == before
    assert [one.values["title"] for one in synced(wales, hub).added] == ["Made there"]
    synced(there, hub)
    assert tables(wales) == tables(there)


def test_three_laptops_in_any_order_come_to_one_office(wales: Workspace, server: Server) -> None:
    offices = [wales, laptop(wales, "b"), laptop(wales, "c")]
    for n, office in enumerate(offices):
        an_action(office, f"Made on laptop {n}")
        actions.edit_action(office, "DP-01", a_draft(title=f"Title {n}"))
        actions.edit_action(office, f"DP-0{n + 2}", a_draft(title=f"Only here {n}"))
        an_update(office, "DP-05", f"Said on laptop {n}")
    remove(offices[0], "actions", actions.show_action(wales, "DP-03").row.key)
    roots = [office.root for office in offices]
    for office in offices:
        office.close()
    ends: list[Any] = []
    for turn, order in enumerate(((0, 1, 2), (2, 1, 0), (1, 2, 0))):
        place = server.new()
        copies = [
            open_workspace(shutil.copytree(root, wales.root.parent / f"turn-{turn}-{n}"), TODAY)
            for n, root in enumerate(roots)
        ]
        for n in (*order, *order):
            synced(copies[n], place)
        ends += [(tables(copy), flags(copy)) for copy in copies]
        assert ids(copies[0]) == ids(copies[1]) == ids(copies[2]) == place.lines()
        for copy in copies:
            copy.close()
        assert ends[-3][0] == ends[-2][0] == ends[-1][0]
        assert ends[-3][1] == ends[-2][1] == ends[-1][1]


def test_laptops_list_alike_whatever_their_clocks_said(wales: Workspace, hub: Hub) -> None:
    with wales.database.write("a clock that is years behind") as ledger:
        ledger.add("actions", {"ref": "X-1", "title": "Made last, by a key of long ago"}, bytes(15) + b"\1")
    there = laptop(wales, "there")
    an_action(wales)
    for office in (wales, there):
        synced(office, hub)
    assert tables(wales) == tables(there)


def test_the_hub_of_another_office_is_refused(wales: Workspace, hub: Hub, tmp_path: Path) -> None:
    make_workspace(tmp_path / "other", "wales-2013")
    other = open_workspace(tmp_path / "other", TODAY)
    synced(other, hub)
    other.close()
    held, before = hub.lines(), ids(wales)
    for apply in (True, False):
        with pytest.raises(Refused, match="another office"):
            sync(wales, hub.url, apply=apply)
    assert (hub.lines(), ids(wales)) == (held, before)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE setting SET value = '99' WHERE name = 'schema'", "newer ahtc"),
        ("UPDATE setting SET value = '0' WHERE name = 'schema'", "older ahtc"),
        ("DELETE FROM setting", "another program"),
        ("ALTER TABLE setting RENAME COLUMN name TO other", "another program"),
        ("DROP TABLE counter", "another program"),
    ],
)
def test_what_is_no_hub_of_this_version_is_not_touched(
    wales: Workspace, hub: Hub, statement: str, sentence: str
) -> None:
    synced(wales, hub)
    hub.run(statement)
    before, held = ids(wales), hub.lines()
    an_action(wales)
    with pytest.raises(StoreError, match=sentence):
        sync(wales, hub.url)
    assert hub.lines() == held == before


def test_a_database_that_is_not_utf8_is_refused(wales: Workspace, server: Server) -> None:
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match="UTF-8"):
        sync(wales, server.url("latin"))


def test_a_line_of_the_hub_that_no_desk_wrote_is_refused_and_nothing_changes(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made there")
    synced(there, hub)
    hub.run("UPDATE change SET field = 'colour' WHERE field = '_row' AND value LIKE '%Made there%'")
    before = live_rows(wales)
    with pytest.raises(AhtcError, match="cannot be read") as refused:
        sync(wales, hub.url)
    assert refused.value.exit_code == 4
    assert live_rows(wales) == before


def test_what_would_remove_too_much_is_asked_and_nothing_is_sent(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "emptied")
    with there.database.write("remove") as ledger:
        for table in ("actions", "seats", "action_parties", "figures", "holdings", "aliases", "invitations"):
            for (key,) in ledger.cursor.execute(f"SELECT id FROM {table} WHERE NOT deleted").fetchall():
                ledger.remove(table, key)
    synced(there, hub)
    an_action(wales)
    before, held = ids(wales), hub.lines()
    (question,) = synced(wales, hub).questions
    assert question.id == "removals"
    assert (ids(wales), hub.lines()) == (before, held)
    assert synced(wales, hub, answers={"removals": "theirs"}).sent > 0


def broken(hub: Hub) -> Callable[..., None]:
    """The server ends our line in the middle of sending."""
    send = hub_upload.send

    def breaks(office: OpenHub, *more: Any) -> None:
        send(office, *more)
        (number,) = office.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
        hub.run(f"SELECT pg_terminate_backend({number})")
        office.connection.exec_driver_sql("SELECT 1")

    return breaks


def test_a_line_that_breaks_changes_nothing_on_either_side(
    wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made there")
    synced(there, hub)
    an_action(wales, "Made here")
    before, held = live_rows(wales), hub.lines()
    with monkeypatch.context() as patch:
        patch.setattr(hub_upload, "send", broken(hub))
        with pytest.raises(StoreError, match="broke: nothing was changed"):
            sync(wales, hub.url)
    assert (live_rows(wales), hub.lines()) == (before, held)
    synced(wales, hub)
    synced(there, hub)
    assert tables(wales) == tables(there)


def test_a_line_that_breaks_at_the_last_moment_loses_nothing(
    wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made there")
    synced(there, hub)
    an_action(wales, "Made here")
    commit = OpenHub.commit

    def breaks(office: OpenHub) -> None:
        (number,) = office.connection.exec_driver_sql("SELECT pg_backend_pid()").one()
        hub.run(f"SELECT pg_terminate_backend({number})")
        commit(office)

    with monkeypatch.context() as patch:
        patch.setattr(OpenHub, "commit", breaks)
        with pytest.raises(StoreError, match="sends what is here"):
            sync(wales, hub.url)
    assert "Made there" in [row.title for row in actions.list_actions(wales, ActionFilter(Which.ALL))]
    assert integrity_check.faults(wales.database) == []
    assert synced(wales, hub).sent > 0
    synced(there, hub)
    assert tables(wales) == tables(there)


def test_who_was_erased_goes_from_every_laptop_and_from_the_hub(wales: Workspace, hub: Hub) -> None:
    a_party(wales, NAME, "zebedee-quill", kind="person")
    there, third = laptop(wales, "there"), laptop(wales, "third")
    an_action(there, f"Ask {NAME} for the leaflet")
    an_update(wales, "DP-01", f"{NAME} rang.")
    for office in (wales, there):
        synced(office, hub)
    hub.run("ANALYZE")
    assert set(hub.says("zebedee")) >= {"change", "step"}
    an_action(third, f"Thank {NAME}")
    erase_person(wales, NAME)
    assert "zebedee" not in str(tables(wales)).lower()
    for office in (wales, there, third, wales, there):
        synced(office, hub)
        assert hub.says("zebedee") == []
    assert hub.run("SELECT * FROM setting WHERE name = 'to write anew'") == []
    assert tables(wales) == tables(there) == tables(third)
    for office in (wales, there, third):
        said = ask(office, "SELECT value FROM change UNION ALL SELECT label FROM step")
        assert not [value for (value,) in said if value and "zebedee" in value.lower()]
        assert (office.database.path.parent / "erasures").read_text().count("\n") == 1
        assert b"Zebedee" not in office.database.path.read_bytes()
    assert [synced(office, hub).sent for office in (wales, there, third)] == [0, 0, 0]


def test_who_was_erased_on_two_laptops_apart_is_erased_everywhere_and_nothing_goes_to_and_fro(
    wales: Workspace, hub: Hub
) -> None:
    a_party(wales, NAME, "zebedee-quill", kind="person")
    a_party(wales, "Yolanda Quartz", "yolanda-quartz", kind="person")
    an_update(wales, "DP-01", f"{NAME} and Yolanda Quartz rang.")
    there, third = laptop(wales, "there"), laptop(wales, "third")
    synced(third, hub)
    for office, name in ((wales, NAME), (there, NAME), (there, "Yolanda Quartz")):
        erase_person(office, name)
    for office in (wales, there, third, wales, there, third):
        synced(office, hub)
    assert hub.says("zebedee") == hub.says("yolanda") == []
    assert tables(wales) == tables(there) == tables(third)
    files = hub.run("SELECT pg_relation_filenode('change')")
    assert [synced(office, hub).sent for office in (third, wales, there)] == [0, 0, 0]
    assert hub.run("SELECT pg_relation_filenode('change')") == files


def test_a_copy_that_goes_by_the_same_name_is_told_apart(wales: Workspace, hub: Hub, tmp_path: Path) -> None:
    twin = open_workspace(shutil.copytree(wales.root, tmp_path / "twin"), TODAY)
    an_action(twin, "Made on the twin")
    synced(twin, hub)
    twin.close()
    assert "both copies went by one name" in str(synced(wales, hub).warnings)
    assert synced(wales, hub).warnings == ()


def test_a_file_and_the_hub_bring_the_same(wales: Workspace, hub: Hub) -> None:
    there = laptop(wales, "there")
    an_action(there, "Made there")
    synced(there, hub)
    merged(wales, there)
    again = synced(wales, hub)
    assert (again.read, again.sent, again.added) == (0, 0, ())
    assert tables(wales) == tables(there)


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
def test_words_that_are_no_address_are_not_repeated(wales: Workspace, url: str) -> None:
    with pytest.raises(BadInput) as refused:
        sync(wales, url)
    assert "cret" not in str(refused.value)
