"""`ahtc hub`: what it prints, and the exit codes of its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.cli.promises import Captured, read_json, run_command
from tests.hubs import Hub, sync_and_check


def test_set_up_show_and_assign_without_a_workspace(
    hub: Hub, wales: Workspace, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AHTC_WORKSPACE", str(tmp_path / "no workspace"))
    roles = [f"{hub.name}_{role}" for role in ("reader", "note_taker", "coordinator", "owner")]
    assert read_json(capsys, "hub", "setup", hub.url, "--json") == {"roles": roles}
    assert run_command("hub", "setup", hub.url) == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines() == roles
    assert f'GRANT "{hub.name}_note_taker" TO LOGIN;' in captured.err

    url = hub.add_login("owner")
    login = f"{hub.name}_owner_login"
    sync_and_check(wales, hub)
    overview = read_json(capsys, "hub", "show", url, "--json")
    assert (overview["has_roles"], overview["in_use"]) == (True, True)
    assert overview["logins"] == [{"login": login, "role": "owner"}]
    (laptop,) = overview["laptops"]
    assert (laptop["login"], laptop["lines"] > 0) == ("postgres", True)

    assert run_command("hub", "assign", url, "--laptop", laptop["laptop"][:4], "--login", login) == 0
    assert laptop["laptop"] in capsys.readouterr().err
    assert run_command("hub", "show", url) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{login}  owner"
    assert lines[1].startswith(f"{laptop['laptop']}  {login}  ")


def test_the_sql_is_printed_without_a_connection(capsys: Captured) -> None:
    assert run_command("hub", "setup", "postgresql://hub.invalid/ahtc", "--sql") == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("BEGIN;")
    assert captured.out.rstrip().endswith("COMMIT;")
    assert 'CREATE POLICY add_erasures ON erasure FOR INSERT TO "ahtc_coordinator"' in captured.out
    assert captured.err == ""


def test_the_sql_is_one_json_document_with_json(capsys: Captured) -> None:
    script = read_json(capsys, "hub", "setup", "postgresql://hub.invalid/ahtc", "--sql")["sql"]
    assert script.startswith("BEGIN;")


def test_a_hub_without_roles_says_so(hub: Hub, wales: Workspace, capsys: Captured) -> None:
    assert run_command("hub", "show", hub.url) == 3
    assert "ahtc hub setup" in capsys.readouterr().err
    sync_and_check(wales, hub)
    assert run_command("hub", "show", hub.url) == 0
    assert "no roles" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "postgresql://u:open-sesame@hub.invalid/ahtc"), 2),
        (("show", "postgresql://hub.invalid/a", "postgresql://u:open-sesame@hub.invalid/ahtc"), 2),
        (("setup", "postgresql://u:open-sesame@hub.invalid/ahtc", "--sql"), 2),
    ],
)
def test_no_password_of_an_address_is_repeated(words: tuple[str, ...], code: int, capsys: Captured) -> None:
    assert run_command("hub", *words) == code
    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert "sesame" not in errors
