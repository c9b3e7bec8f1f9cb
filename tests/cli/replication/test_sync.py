"""`ahtc sync`: the plan as JSON, an exit code for each way in which it ends, and never a password in what is said."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, a_draft, an_action
from tests.cli.promises import Captured, code, data_of
from tests.hubs import PASSWORD, Hub, Server, synced
from tests.services.replication.merging import laptop


@pytest.fixture
def met(wales: Workspace, office: Path, hub: Hub) -> Hub:
    """A hub to which a laptop sent three titles, one of them written here as well."""
    there = laptop(wales, "there")
    for ref in ("DP-01", "DP-02", "DP-03"):
        actions.edit_action(there, ref, a_draft(title=f"There {ref}"))
    an_action(there, "Made there")
    synced(there, hub)
    there.close()
    actions.edit_action(wales, "DP-01", a_draft(title="Here DP-01"))
    return hub


@pytest.fixture
def clerk(server: Server, hub: Hub) -> str:
    """The address of a hub as a user who wants a password has it."""
    hub.run("GRANT CREATE ON SCHEMA public TO clerk")
    return server.url(hub.name, "clerk")


def test_a_sync_is_told_as_a_merge_is(met: Hub, capsys: Captured) -> None:
    would = data_of(capsys, "sync", met.url, "--dry-run")
    did = data_of(capsys, "sync", met.url)
    assert did == would
    assert list(did)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    assert [(one["ref"], one["now"]) for one in did["changed"]] == [("DP-02", "There DP-02"), ("DP-03", "There DP-03")]
    assert [one["values"]["title"] for one in did["added"]] == ["Made there"]
    assert did["sent"] > 0
    (question,) = did["questions"]
    assert (question["ref"], question["field"], question["theirs"]) == ("DP-01", "title", "There DP-01")


def test_code_1_while_something_is_left_and_0_when_it_is_decided(met: Hub, capsys: Captured) -> None:
    assert code("sync", met.url) == 1
    said = capsys.readouterr()
    assert "DP-02  title:" in said.out
    assert "`ahtc undo` takes all of it back." in said.err
    assert "Sent to the hub: 1 line of the journal." in said.err
    assert code("sync", met.url, "--take", "ours") == 0
    assert "Sent to the hub: 1 line of the journal." in capsys.readouterr().err
    assert code("sync", met.url) == 0
    said = capsys.readouterr()
    assert (said.out, "Nothing to change." in said.err) == ("", True)
    assert code("check") == 0


@pytest.mark.parametrize(
    "words", [("sync", "hub"), ("sync",), ("sync", "postgresql://h/d", "postgresql://u:secret@h/d")]
)
def test_code_2_for_what_is_no_address(office: Path, words: tuple[str, ...], capsys: Captured) -> None:
    assert code(*words) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "secret" not in said


def test_code_4_for_a_hub_that_says_what_no_desk_writes(met: Hub, capsys: Captured) -> None:
    met.run("UPDATE change SET field = 'colour' WHERE value LIKE '%Made there%'")
    assert code("sync", met.url) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_code_5_where_nobody_answers(office: Path, capsys: Captured) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert code("sync", f"postgresql+psycopg://clerk:secret@127.0.0.1:{port}/ahtc") == 5
    said = capsys.readouterr().err
    assert f"ahtc: The hub 127.0.0.1:{port}/ahtc cannot be opened: Connection refused." in said
    assert said.count("\n") == 1
    assert "secret" not in said


def test_code_5_for_a_password_that_is_not_right(clerk: str, office: Path, capsys: Captured) -> None:
    wrong = clerk.replace("clerk@", "clerk:open-sesame@")
    for url in (wrong, clerk, f"{clerk}&password=open-sesame"):
        assert code("sync", url) == 5
        said = capsys.readouterr().err
        assert "password" in said
        assert said.count("\n") == 1
        assert "sesame" not in said


def test_code_5_for_a_database_that_is_not_there(server: Server, office: Path, capsys: Captured) -> None:
    assert code("sync", server.url("nosuch")) == 5
    assert 'database "nosuch" does not exist' in capsys.readouterr().err


def test_code_5_for_a_user_who_may_not_write(server: Server, met: Hub, clerk: str, capsys: Captured) -> None:
    url = f"{server.url(met.name, 'clerk')}&password={quote(PASSWORD)}"
    assert code("sync", url) == 5
    assert "does not let this user" in capsys.readouterr().err


def test_code_6_for_the_hub_of_another_office(met: Hub, tmp_path: Path, capsys: Captured) -> None:
    make_workspace(tmp_path / "other", None)
    assert code("--workspace", str(tmp_path / "other"), "sync", met.url) == 6
    assert "another office" in capsys.readouterr().err


def test_a_password_comes_from_where_every_program_of_postgresql_has_it(
    clerk: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        assert code("sync", clerk) == 0
    (tmp_path / "pass").write_text(f"*:*:*:clerk:{PASSWORD}\n")
    (tmp_path / "pass").chmod(0o600)
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSFILE", str(tmp_path / "pass"))
        assert code("sync", clerk) == 0
    name = clerk.split("@/")[1].split("?")[0]
    (tmp_path / "services").write_text(
        f"[office]\nhost={server.socket}\ndbname={name}\nuser=clerk\npassword={PASSWORD}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert code("sync", "postgresql+psycopg:///?service=office") == 0
    assert code("sync", f"{clerk.replace('clerk@', f'clerk:{quote(PASSWORD)}@')}") == 0


def test_history_names_the_hub_and_not_who_asked(met: Hub, capsys: Captured) -> None:
    code("sync", met.url)
    capsys.readouterr()
    label = data_of(capsys, "history", "--limit", "1")[0]["label"]
    assert label.startswith("sync /")
    assert label.endswith(f"/{met.name}")


def test_two_offices_never_share_a_hub_that_was_only_looked_at(
    wales: Workspace, hub: Hub, office: Path, tmp_path: Path
) -> None:
    assert code("sync", hub.url, "--dry-run") == 0
    make_workspace(tmp_path / "other", None)
    assert code("--workspace", str(tmp_path / "other"), "sync", hub.url) == 0
    other = open_workspace(tmp_path / "other", TODAY)
    other.close()
    assert code("sync", hub.url) == 6
