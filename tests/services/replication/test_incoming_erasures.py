"""Erasures that another copy brings: nobody is erased unasked, and nothing but a person is ever erased."""

from __future__ import annotations

import json

import pytest

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication.merge import merge_file
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.engine.driver import open_connection
from tests.builders import (
    TODAY,
    edit_database_directly,
    make_action,
    make_party,
    make_update,
    query_rows,
    read_live_rows,
)
from tests.hubs import Hub, Server, sync_and_check
from tests.services.replication.merging import leave_office, merge_and_check
from tests.store.laptops import RewritesAccepted, read_tables

NAME = "Zebedee Quill"
HASHES = json.dumps(["0" * 32])


@pytest.fixture
def shared_person(wales: Workspace) -> Workspace:
    """An office with a person whom copies made later share."""
    make_party(wales, NAME, "zebedee-quill", kind="person")
    make_update(wales, "DP-02", f"{NAME} will send the leaflet.")
    return wales


def list_titles(office: Workspace) -> list[str]:
    return [row.title for row in actions.list_actions(office, ActionFilter(ActionScope.ALL))]


def count_person(office: Workspace) -> int:
    ((count,),) = query_rows(office, "SELECT count(*) FROM parties WHERE name = ?", NAME)
    return int(count)


@pytest.mark.sample(8)
@pytest.mark.parametrize(
    ("select", "marks", "number", "reason"),
    [
        ("SELECT id FROM seats LIMIT 3", "[]", 3, "of somebody else"),
        ("SELECT id FROM actions LIMIT 3", HASHES, 3, "without a person"),
        ("SELECT id FROM parties WHERE kind = 'organisation' LIMIT 3", HASHES, 3, "without a person"),
        ("SELECT id FROM parties WHERE kind = 'person' LIMIT 3", '["00"]', 3, "does not make"),
        ("SELECT id FROM parties WHERE kind = 'person' LIMIT 3", '"all"', 3, "does not make"),
        ("SELECT id FROM parties WHERE kind = 'person' LIMIT 3", "[" * 5000, 3, "does not make"),
        ("SELECT substr(id, 1, 9) || id AS id FROM parties LIMIT 3", HASHES, 3, "does not make"),
        ("SELECT id FROM aliases LIMIT 2", "[]", 2, "of somebody else"),
    ],
)
def test_an_invalid_erasure_is_refused_by_name_and_nothing_else_is(
    wales: Workspace, select: str, marks: str, number: int, reason: str
) -> None:
    peer = leave_office(wales, "there")
    make_action(peer, "Made there")
    peer.close()
    statement = f"INSERT INTO erasure SELECT id, '2026-01-01', 'asked', '{marks}' FROM ({select})"
    edit_database_directly(peer.database.path, statement)
    before = read_live_rows(wales)
    report = merge_and_check(wales, peer)
    assert [row.values["title"] for row in report.added] == ["Made there"]
    assert (report.erasures, report.questions) == ((), ())
    assert len(report.refused) == number
    assert all(line.device == "there" and reason in line.reason for line in report.refused)
    assert history.undo_step(wales) == "merge ahtc.db"
    assert read_live_rows(wales) == before
    assert query_rows(wales, "SELECT * FROM erasure") == []


def test_an_erasure_waits_until_a_person_accepts_it(shared_person: Workspace) -> None:
    peer = leave_office(shared_person, "there")
    erase_person(peer, NAME)
    make_action(peer, "Made there")
    make_update(shared_person, "DP-01", f"Spoke to {NAME}.")
    for _repeated in range(2):
        report = merge_and_check(shared_person, peer, accept_erasures=False)
        (erasure,) = report.erasures
        assert (erasure.name, erasure.ref, erasure.accepted) == (NAME, "zebedee-quill", False)
        assert {row.table for row in erasure.records} >= {"parties", "updates"}
        (question,) = report.questions
        assert NAME in question.reason
        assert count_person(shared_person) == 1
        assert actions.show_action(shared_person, "DP-01").updates[0].text == f"Spoke to {NAME}."
    assert "Made there" in list_titles(shared_person)
    refused = merge_and_check(shared_person, peer, accept_erasures=False, answers={question.id: "ours"})
    assert (refused.questions, count_person(shared_person)) == ((), 1)
    accepted = merge_and_check(shared_person, peer, accept_erasures=False, answers={question.id: "theirs"})
    assert (accepted.questions, [erasure.accepted for erasure in accepted.erasures]) == ((), [True])
    assert count_person(shared_person) == 0
    assert actions.show_action(shared_person, "DP-01").updates[0].text == "Spoke to a former member."
    assert merge_and_check(shared_person, peer, accept_erasures=False).erasures == ()
    merge_and_check(peer, shared_person, answers=RewritesAccepted())
    assert read_tables(shared_person) == read_tables(peer)


def test_taking_the_other_side_of_every_conflict_erases_nobody(shared_person: Workspace) -> None:
    peer = leave_office(shared_person, "there")
    erase_person(peer, NAME)
    report = merge_and_check(shared_person, peer, accept_erasures=False, take="theirs")
    assert len(report.questions) == count_person(shared_person) == 1


@pytest.mark.backups
def test_a_checked_backup_with_the_person_is_made_before_the_erasure(shared_person: Workspace) -> None:
    peer = leave_office(shared_person, "there")
    erase_person(peer, NAME)
    before = set((shared_person.root / "data" / "backups").glob("*"))
    merge_and_check(shared_person, peer)
    (backup,) = [
        path for path in set((shared_person.root / "data" / "backups").glob("*")) - before if "merge" in path.name
    ]
    connection = open_connection(backup)
    assert connection.execute("SELECT count(*) FROM parties WHERE name = ?", (NAME,)).fetchone() == (1,)
    connection.close()


@pytest.mark.long
def test_many_accepted_erasures_are_asked_about_like_other_removals(wales: Workspace) -> None:
    peer = leave_office(wales, "there")
    people = [ref for (ref,) in query_rows(peer, "SELECT ref FROM parties WHERE kind = 'person' AND NOT deleted")]
    for n in range(8 - len(people)):
        make_party(wales, f"Postholder Number{n}", f"postholder-{n}", kind="person")
    peer = leave_office(wales, "again")
    with peer.database.write("erase") as ledger:
        statement = "INSERT INTO erasure SELECT id, '2026-01-01', 'asked', ? FROM parties WHERE NOT deleted"
        ledger.cursor.execute(f"{statement} AND kind = 'person'", (HASHES,))
    before = read_live_rows(wales)
    report = merge_file(wales, peer.database.path, ImportOptions(accept_erasures=True))
    assert not report.applied
    assert "removals" in [question.id for question in report.files[0].questions]
    assert read_live_rows(wales) == before


def test_the_rows_of_an_erased_person_go_with_them(shared_person: Workspace) -> None:
    key = query_rows(shared_person, "SELECT id FROM parties WHERE name = ?", NAME)[0][0]
    with shared_person.database.write("alias") as ledger:
        alias = ledger.add("aliases", {"party": key, "name": "Z. Quill"})
    peer = leave_office(shared_person, "there")
    erase_person(peer, NAME)
    assert merge_and_check(shared_person, peer, accept_erasures=False).refused == ()
    assert query_rows(shared_person, "SELECT count(*) FROM aliases WHERE id = ?", alias) == [(1,)]
    assert merge_and_check(shared_person, peer).refused == ()
    assert query_rows(shared_person, "SELECT count(*) FROM aliases WHERE id = ?", alias) == [(0,)]


def test_an_erasure_of_an_unknown_person_takes_no_other_record(wales: Workspace) -> None:
    third = leave_office(wales, "third")
    peer = leave_office(wales, "there")
    ref = make_action(third, "Made on the third laptop").ref
    key = query_rows(third, "SELECT id FROM actions WHERE ref = ?", ref)[0][0]
    peer.close()
    statement = f"INSERT INTO erasure VALUES (x'{key.hex()}', '2026-01-01', 'asked', '{HASHES}')"
    edit_database_directly(peer.database.path, statement)
    assert [erasure.name for erasure in merge_and_check(wales, peer).erasures] == [None]
    assert [row.ref for row in merge_and_check(wales, third).added] == [ref]


@pytest.mark.long
def test_own_erasures_are_nothing_new_when_they_come_back(shared_person: Workspace, hub: Hub) -> None:
    peer = leave_office(shared_person, "there")
    erase_person(shared_person, NAME)
    sync_and_check(shared_person, hub)
    assert sync_and_check(peer, hub, accept_erasures=True).erasures[0].accepted
    for office in (shared_person, peer):
        report = sync_and_check(office, hub, accept_erasures=False)
        assert (report.erasures, report.questions, report.sent) == ((), (), 0)


@pytest.mark.long
def test_nothing_about_a_person_goes_to_the_hub_while_their_erasure_is_pending(
    shared_person: Workspace, hub: Hub
) -> None:
    peer = leave_office(shared_person, "there")
    sync_and_check(shared_person, hub)
    sync_and_check(peer, hub)
    make_update(peer, "DP-03", f"Rang {NAME}.")
    make_action(peer, "Nothing about anybody")
    make_party(peer, "Yolanda Quartz", "yolanda-quartz", kind="person")
    sync_and_check(peer, hub)
    erase_person(shared_person, NAME)
    sync_and_check(shared_person, hub)
    make_update(peer, "DP-04", f"Wrote to {NAME}.")
    erase_person(peer, "yolanda-quartz")
    report = sync_and_check(peer, hub, accept_erasures=False)
    assert len(report.questions) == 1
    assert "sent after you decide" in "".join(warning.reason for warning in report.warnings)
    assert hub.find_word("zebedee") == []
    assert count_person(peer) == 1
    sync_and_check(peer, hub)
    sync_and_check(shared_person, hub)
    assert hub.find_word("zebedee") == hub.find_word("yolanda") == []
    assert read_tables(shared_person) == read_tables(peer)
    assert "Nothing about anybody" in [
        row.title for row in actions.list_actions(shared_person, ActionFilter(ActionScope.ALL))
    ]


NOTE_TAKER = (
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {0}",
    "GRANT INSERT ON step, change, missing_change, device TO {0}",
    "GRANT INSERT, UPDATE ON counter TO {0}",
)


@pytest.fixture
def note_taker(server: Server, hub: Hub, shared_person: Workspace) -> str:
    """The address of a hub for a user who may read and write, but not erase."""
    sync_and_check(shared_person, hub)
    if not server.run("SELECT 1 FROM pg_roles WHERE rolname = 'note_taker'"):
        server.run("CREATE ROLE note_taker LOGIN")
    for statement in NOTE_TAKER:
        hub.run(statement.format("note_taker"))
    return server.build_url(hub.name, "note_taker")


@pytest.mark.long
def test_a_note_taker_syncs_after_an_erasure_and_may_not_erase(
    shared_person: Workspace, hub: Hub, note_taker: str
) -> None:
    laptop = leave_office(shared_person, "forum")
    sync_and_check(laptop, hub, url=note_taker)
    erase_person(shared_person, NAME)
    sync_and_check(shared_person, hub)
    make_action(laptop, "Minuted at the forum")
    assert sync_and_check(laptop, hub, url=note_taker).sent > 0
    assert count_person(laptop) == 0
    make_party(laptop, "Yolanda Quartz", "yolanda-quartz", kind="person")
    make_action(laptop, "Ring Yolanda Quartz", lead="yolanda-quartz")
    sync_and_check(laptop, hub, url=note_taker)
    erase_person(laptop, "yolanda-quartz")
    make_action(laptop, "Minuted afterwards")
    report = sync_and_check(laptop, hub, url=note_taker)
    (warning,) = report.warnings
    assert "Your login may not erase" in warning.reason
    assert "yolanda" not in str(read_tables(laptop)).lower()
    assert query_rows(laptop, "SELECT count(*) FROM erasure")[0][0] > len(hub.run("SELECT row_id FROM erasure"))
    sync_and_check(shared_person, hub)
    assert "Minuted afterwards" in [
        row.title for row in actions.list_actions(shared_person, ActionFilter(ActionScope.ALL))
    ]
    sync_and_check(laptop, hub)
    assert hub.find_word("yolanda") == []
    sync_and_check(shared_person, hub)
    assert read_tables(shared_person) == read_tables(laptop)


def test_an_accepted_erasure_survives_a_restart(shared_person: Workspace) -> None:
    peer = leave_office(shared_person, "there")
    erase_person(peer, NAME)
    merge_and_check(shared_person, peer)
    shared_person.close()
    assert b"zebedee" not in (shared_person.root / DATABASE).read_bytes().lower()
    reopened = open_workspace(shared_person.root, TODAY)
    assert count_person(reopened) == 0
    reopened.close()
