"""The roles of the hub: PostgreSQL refuses what a role may not do, and a sync names what stays on the laptop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from ahtc_tui.domain.errors import BadInput, NotFound, Refused, StoreError
from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.replication.reports import SyncReport
from ahtc_tui.services import history
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.replication import hub_address
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.integrity_check import find_faults
from ahtc_tui.store.hub_schema import rights
from tests.builders import make_action, make_action_draft, make_party, query_rows
from tests.hubs import Hub, Server
from tests.services.replication.merging import leave_office, merge_and_check
from tests.store.laptops import read_tables

NAME = "Zebedee Quill"


@dataclass
class Office:
    """A hub with its roles, the laptop of its owner, and an address for each role."""

    hub: Hub
    owner: Workspace
    urls: dict[str, str]


@pytest.fixture
def office(wales: Workspace, hub: Hub) -> Office:
    hub_address.set_up_hub(hub.url)
    urls = {role: hub.add_login(role) for role in rights.ROLES}
    make_party(wales, NAME, "zebedee-quill", kind="person")
    sync(wales, urls["owner"])
    return Office(hub, wales, urls)


def sync(laptop: Workspace, url: str, **options: Any) -> SyncReport:
    (report,) = sync_with_hub(laptop, url, **options).files
    assert isinstance(report, SyncReport)
    return report


@pytest.fixture(scope="module")
def limited_hub(server: Server) -> Hub:
    """A hub with its roles, a line of a laptop without login, and a counter."""
    hub = server.create_hub()
    hub_address.set_up_hub(hub.url)
    for role in rights.ROLES:
        hub.add_login(role)
    hub.run("INSERT INTO step VALUES ('\\x01', 1, 1, 'forum', 'user', 'label', 'do', NULL)")
    names = 'id, wall_ms, seq, device, "user", transaction, "table", row_id, field, value, digest, chain'
    values = "'\\x01', 1, 1, 'forum', 'user', '\\x01', 'actions', '\\x01', 'title', '1', '', ''"
    hub.run(f"INSERT INTO change ({names}) VALUES ({values})")
    hub.run("INSERT INTO counter VALUES ('DP-', 44)")
    hub.run("INSERT INTO device VALUES ('device', 'postgres')")
    return hub


COPY_CHANGE = """INSERT INTO change SELECT (jsonb_populate_record(change, jsonb_build_object(
  'id', '\\x000102030405060708090a0b0c0d0e0f', 'device', {device}))).* FROM change LIMIT 1"""
COPY_STEP = COPY_CHANGE.replace("change", "step")
ADD_ERASURE = "INSERT INTO erasure (row_id, erased_on, ground) VALUES ('\\x00', '2026-01-01', 'forged')"


@pytest.mark.parametrize(
    ("statement", "allowed"),
    [
        ("SELECT count(*) FROM change", "reader note_taker coordinator owner"),
        ("INSERT INTO counter VALUES ('X-', 1)", "note_taker coordinator owner"),
        ("UPDATE counter SET last = last + 1", "note_taker coordinator owner"),
        ("UPDATE counter SET last = last - 1", ""),
        ("UPDATE counter SET pattern = 'X-' || pattern", ""),
        ("DELETE FROM counter", "owner"),
        (ADD_ERASURE, "coordinator owner"),
        ("DELETE FROM erasure", "owner"),
        ("UPDATE change SET value = '\"altered\"' WHERE field = 'title'", "owner"),
        ("DELETE FROM change", "owner"),
        ("UPDATE step SET label = 'altered'", "owner"),
        ("UPDATE setting SET value = '99' WHERE name = 'schema'", "owner"),
        ("INSERT INTO setting VALUES ('x', 'y')", "owner"),
        ("UPDATE device SET login = session_user", "owner"),
        ("INSERT INTO device VALUES ('new laptop', 'another login')", "owner"),
        ("INSERT INTO device VALUES ('new laptop', session_user)", "note_taker coordinator owner"),
        ("UPDATE alembic_version SET version_num = '9999'", "owner"),
        ("TRUNCATE change CASCADE", "owner"),
        ("CREATE TABLE other (name text)", "owner"),
        ("CREATE TEMP TABLE other (name text)", ""),
        ("ALTER TABLE change DISABLE ROW LEVEL SECURITY", "owner"),
        ("DROP POLICY add_own_changes ON change", "owner"),
        (COPY_CHANGE.format(device="'device'"), "owner"),
        (COPY_STEP.format(device="'device'"), "owner"),
        (COPY_CHANGE.format(device="'a laptop without login'"), "coordinator owner"),
        (COPY_STEP.format(device="'a laptop without login'"), "coordinator owner"),
    ],
)
def test_postgresql_refuses_what_a_role_may_not_do(limited_hub: Hub, statement: str, allowed: str) -> None:
    for role in rights.ROLES:
        url = limited_hub.server.build_url(limited_hub.name, f"{limited_hub.name}_{role}_login")
        with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.transaction(force_rollback=True):
            if role in allowed.split():
                connection.execute(statement.encode())
            else:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement.encode())


FORGERIES_BY_ROLE = {"reader": 0, "note_taker": 4, "coordinator": 6, "owner": 10}
"""How many of the forgeries PostgreSQL lets a role write."""
COPY_ACTION = """INSERT INTO change SELECT (jsonb_populate_record(c, jsonb_build_object(
 'id', '\\x00112233445566778899aabbccddee0{n}', 'device', {device}, 'position', {position}, 'field', 'title', 'value',
 '"Forged"'))).* FROM change c WHERE id = (SELECT min(id) FROM change WHERE "table" = 'actions' AND field = '_row')"""
NEXT = "(SELECT max(position) + 1 FROM change o WHERE o.device = c.device)"
FORGERIES = (
    "INSERT INTO device VALUES ('forger', session_user)",
    COPY_ACTION.format(n=1, device="c.device", position=NEXT),
    COPY_ACTION.format(n=2, device="'forger'", position=1),
    COPY_ACTION.format(n=3, device="'nobody'", position=1),
    """INSERT INTO step SELECT '\\x00112233445566778899aabbccddeeff', wall_ms, seq + 1, device, "user", 'forged',
 'undo', id FROM step ORDER BY seq DESC LIMIT 1""",
    """INSERT INTO erasure (row_id, erased_on, ground, marks) SELECT row_id, '2026-01-01', 'forged',
 '["00112233445566778899aabbccddeeff"]' FROM change WHERE "table" = 'people' AND field = '_row'""",
    """INSERT INTO missing_change SELECT '\\x00112233445566778899aabbccddeefe', wall_ms, seq, device, transaction,
 "table", row_id, field, parents, position + 1, digest, chain, purpose FROM change ORDER BY position DESC LIMIT 1""",
    "INSERT INTO counter VALUES ('DP-{n}', 2000000000)",
    """UPDATE change SET value = replace(value, 'police', 'altered') WHERE value LIKE '%police%'""",
    """DELETE FROM change WHERE "table" = 'holdings'""",
)
"""What a login with a role tries with a client of PostgreSQL."""


@pytest.mark.parametrize("role", rights.ROLES)
def test_rows_that_a_login_forges_take_nothing_away(office: Office, role: str) -> None:
    other = leave_office(office.owner, "desk")
    before, accepted = read_tables(office.owner), 0
    for statement in FORGERIES:
        with psycopg.connect(office.urls[role].replace("+psycopg", "")) as connection:
            try:
                accepted += connection.execute(statement.encode()).rowcount > 0
            except psycopg.errors.InsufficientPrivilege:
                connection.rollback()
    assert accepted == FORGERIES_BY_ROLE[role]
    for laptop in (office.owner, other):
        report = sync(laptop, office.urls["owner"])
        assert read_tables(laptop) == before
        assert find_faults(laptop.database) == []
        assert bool(report.refused or report.altered) == (role != "reader")


def test_every_table_of_the_hub_has_row_security_and_belongs_to_the_owner(office: Office) -> None:
    rows = office.hub.run(
        "SELECT relname, relrowsecurity, pg_get_userbyid(relowner) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    assert {name for name, _secure, _owner in rows} == set(rights.READ_TABLES)
    assert {(secure, owner) for _name, secure, owner in rows} == {(True, f"{office.hub.name}_owner")}


def test_laptops_of_every_role_work_through_one_hub(office: Office) -> None:
    laptops = {role: leave_office(office.owner, role) for role in ("coordinator", "note_taker", "reader")}
    make_action(laptops["coordinator"], "Made by the co-ordinator")
    make_action(laptops["note_taker"], "Made by the note-taker")
    for role in ("coordinator", "note_taker"):
        report = sync(laptops[role], office.urls[role])
        assert (report.sent > 0, report.held) == (True, 0)
    sync(laptops["coordinator"], office.urls["coordinator"])
    sync(office.owner, office.urls["owner"])
    report = sync(laptops["reader"], office.urls["reader"])
    assert sorted(added.values["title"] for added in report.added) == [
        "Made by the co-ordinator",
        "Made by the note-taker",
    ]
    tables = read_tables(office.owner)
    assert all(read_tables(laptop) == tables for laptop in laptops.values())
    overview = hub_address.read_overview(office.urls["reader"])
    assert {(login.login, login.role) for login in overview.logins} == {
        (f"{office.hub.name}_{role}_login", role) for role in rights.ROLES
    }
    logins = {laptop.laptop: laptop.login for laptop in overview.laptops}
    assert logins["note_taker"] == f"{office.hub.name}_note_taker_login"


@pytest.mark.long
def test_changes_of_a_reader_stay_on_the_laptop(office: Office) -> None:
    laptop = leave_office(office.owner, "reading")
    make_action(laptop, "Made by a reader")
    lines = office.hub.list_change_ids()
    for apply in (False, True):
        report = sync(laptop, office.urls["reader"], apply=apply)
        assert (report.sent, report.held) == (
            0,
            len({*map(tuple, query_rows(laptop, "SELECT id FROM change"))}) - len(lines),
        )
        assert "Your changes stay on this laptop" in str(report.warnings)
    assert office.hub.list_change_ids() == lines
    assert sync(laptop, office.urls["coordinator"]).sent > 0


@pytest.mark.long
def test_a_note_taker_sends_only_the_changes_of_their_own_laptop(office: Office) -> None:
    laptop, forum = leave_office(office.owner, "notes"), leave_office(office.owner, "forum")
    make_action(forum, "Made at the forum")
    make_action(laptop, "Made by the note-taker")
    merge_and_check(laptop, forum)
    lines = office.hub.list_change_ids()
    report = sync(laptop, office.urls["note_taker"])
    assert (report.sent, report.held > 0) == (0, True)
    assert "changes from other laptops (forum)" in str(report.warnings)
    assert office.hub.list_change_ids() == lines
    merge_and_check(office.owner, forum)
    sync(office.owner, office.urls["owner"])
    report = sync(laptop, office.urls["note_taker"])
    assert (report.sent > 0, report.held) == (True, 0)


@pytest.mark.long
def test_a_note_taker_who_took_a_merge_back_sends_what_they_wrote_before(office: Office) -> None:
    laptop, forum = leave_office(office.owner, "notes"), leave_office(office.owner, "forum")
    make_action(laptop, "Made by the note-taker")
    for number, peer in enumerate((laptop, forum)):
        actions.edit_action(peer, "DP-01", make_action_draft(title=f"Title {number}"))
    merge_and_check(laptop, forum, take="theirs")
    history.undo_step(laptop)
    make_action(laptop, "Made after the undo")
    report = sync(laptop, office.urls["note_taker"])
    assert (report.sent > 0, report.held) == (True, 0)
    assert office.hub.run("SELECT count(*) FROM change WHERE device = 'forum'") == [(0,)]
    sync(office.owner, office.urls["owner"])
    assert actions.show_action(office.owner, "DP-01").row.title == "Title 0"
    questions = merge_and_check(office.owner, forum).questions
    assert [question.theirs for question in questions] == ["Title 1"]


@pytest.mark.long
def test_a_coordinator_carries_the_changes_of_a_laptop_without_login(office: Office) -> None:
    laptop, forum = leave_office(office.owner, "desk"), leave_office(office.owner, "forum")
    make_action(forum, "Made at the forum")
    merge_and_check(laptop, forum)
    assert sync(laptop, office.urls["coordinator"]).held == 0
    make_action(forum, "Made later")
    report = sync(forum, office.urls["note_taker"])
    assert report.held > 0
    assert "hub assign" in str(report.warnings)
    with pytest.raises(Refused, match="Only an owner"):
        hub_address.assign_laptop(office.urls["coordinator"], "forum", f"{office.hub.name}_note_taker_login")
    hub_address.assign_laptop(office.urls["owner"], "forum", f"{office.hub.name}_note_taker_login")
    report = sync(forum, office.urls["note_taker"])
    assert (report.sent > 0, report.held) == (True, 0)


@pytest.mark.parametrize(("laptop", "login"), [("nosuch", "postgres"), ("device", "nosuch")])
def test_only_known_laptops_and_logins_are_assigned(office: Office, laptop: str, login: str) -> None:
    ((device,),) = query_rows(office.owner, "SELECT value FROM setting WHERE name = 'device'")
    with pytest.raises(NotFound, match="nosuch"):
        hub_address.assign_laptop(office.urls["owner"], device if laptop == "device" else laptop, login)


@pytest.mark.long
def test_an_erasure_of_the_coordinator_is_carried_out_by_the_owner(office: Office) -> None:
    laptop = leave_office(office.owner, "desk")
    sync(laptop, office.urls["coordinator"])
    erase_person(laptop, NAME)
    report = sync(laptop, office.urls["coordinator"])
    assert "removed from it when the owner of the hub syncs" in str(report.warnings)
    assert office.hub.run("SELECT count(*) > 0 FROM erasure") == [(True,)]
    assert "change" in office.hub.find_word("zebedee")
    assert sync(laptop, office.urls["coordinator"]).warnings == ()
    assert len(sync(office.owner, office.urls["owner"]).questions) == 1
    assert "change" in office.hub.find_word("zebedee")
    sync(office.owner, office.urls["owner"], options=ImportOptions(accept_erasures=True))
    assert office.hub.find_word("zebedee") == []


@pytest.mark.long
def test_an_erasure_of_a_note_taker_stays_on_the_laptop_and_does_not_block_it(office: Office) -> None:
    laptop = leave_office(office.owner, "notes")
    erase_person(laptop, NAME)
    make_action(laptop, "Made afterwards")
    report = sync(laptop, office.urls["note_taker"])
    assert report.sent > 0
    assert "Ask a co-ordinator" in str(report.warnings)
    assert office.hub.run("SELECT count(*) FROM erasure") == [(0,)]


def test_the_owner_syncs_first(wales: Workspace, hub: Hub) -> None:
    hub_address.set_up_hub(hub.url)
    with pytest.raises(Refused, match="owner of the hub must sync first"):
        sync_with_hub(wales, hub.add_login("coordinator"))
    assert not hub_address.read_overview(hub.url).in_use
    sync(wales, hub.add_login("owner"))
    assert hub_address.read_overview(hub.url).in_use


def test_a_hub_in_use_gets_its_roles_and_its_former_owner_keeps_all_rights(wales: Workspace, hub: Hub) -> None:
    login = f"{hub.name}_desk"
    hub.run(f"CREATE ROLE {login} LOGIN")
    hub.run(f"GRANT CREATE ON SCHEMA public TO {login}")
    url = hub.server.build_url(hub.name, login)
    sync(wales, url)
    with pytest.raises(Refused, match="right to create roles"):
        hub_address.set_up_hub(url)
    for _time in range(2):
        assert hub_address.set_up_hub(hub.url) == [f"{hub.name}_{role}" for role in rights.ROLES]
    make_action(wales)
    assert sync(wales, url).sent > 0
    overview = hub_address.read_overview(url)
    assert [(entry.login, entry.role) for entry in overview.logins] == [(login, "owner")]


def test_the_printed_sql_sets_up_the_same_hub(wales: Workspace, hub: Hub) -> None:
    other = hub.server.create_hub()
    hub_address.set_up_hub(other.url)
    hub.run(hub_address.build_setup_script(hub.url))
    for query in (
        "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " ORDER BY 1, 2",
        "SELECT * FROM setting ORDER BY 1",
        "SELECT replace(grantee, current_database(), ''), table_name, privilege_type"
        " FROM information_schema.table_privileges WHERE table_schema = 'public' ORDER BY 1, 2, 3",
    ):
        assert hub.run(query) == other.run(query)
    assert sync(wales, hub.add_login("owner")).sent > 0


def test_a_database_name_that_is_no_name_of_a_role_is_refused(hub: Hub) -> None:
    for name in ("office$", 'of"fice', "o" * 49):
        with pytest.raises(BadInput, match="named after the database"):
            hub_address.build_setup_script(f"postgresql://h/{name}")
    with pytest.raises(BadInput, match="does not name a database"):
        hub_address.build_setup_script("postgresql://h")
    with pytest.raises(NotFound, match="is empty"):
        hub_address.read_overview(hub.url)


def test_a_login_without_a_role_cannot_connect(office: Office) -> None:
    login = f"{office.hub.name}_stranger"
    office.hub.run(f"CREATE ROLE {login} LOGIN")
    with pytest.raises(StoreError):
        sync_with_hub(office.owner, office.hub.server.build_url(office.hub.name, login))
