"""`ahtc sync`: report, exit codes, and passwords that are never printed."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action, make_action_draft, make_party
from tests.cli.promises import Captured, read_json, run_command
from tests.hubs import PASSWORD, Hub, Server, sync_and_check
from tests.services.replication.merging import leave_office


@pytest.fixture
def filled_hub(wales: Workspace, office: Path, hub: Hub) -> Hub:
    """A hub with three titles from a laptop, one of them changed here as well."""
    peer = leave_office(wales, "there")
    for ref in ("DP-01", "DP-02", "DP-03"):
        actions.edit_action(peer, ref, make_action_draft(title=f"There {ref}"))
    make_action(peer, "Made there")
    sync_and_check(peer, hub)
    peer.close()
    actions.edit_action(wales, "DP-01", make_action_draft(title="Here DP-01"))
    return hub


@pytest.fixture
def clerk_url(server: Server, hub: Hub) -> str:
    """The address of the hub for a user with a password."""
    hub.run("GRANT CREATE ON SCHEMA public TO clerk")
    return server.build_url(hub.name, "clerk")


@pytest.mark.long
def test_a_sync_is_reported_like_a_merge(filled_hub: Hub, capsys: Captured) -> None:
    plan = read_json(capsys, "sync", filled_hub.url, "--dry-run")
    report = read_json(capsys, "sync", filled_hub.url)
    assert report == plan
    assert list(report)[:7] == ["file", "read", "added", "changed", "unchanged", "questions", "warnings"]
    changes = [(row["ref"], row["field"], row["now"]) for row in report["changed"]]
    assert changes == [
        ("DP-02", "Welsh title", None),
        ("DP-02", "title", "There DP-02"),
        ("DP-03", "Welsh title", None),
        ("DP-03", "title", "There DP-03"),
    ]
    assert [row["values"]["title"] for row in report["added"]] == ["Made there"]
    assert report["sent"] > 0
    (question,) = report["questions"]
    assert (question["ref"], question["field"], question["theirs"]) == ("DP-01", "title", "There DP-01")


def test_code_1_for_open_questions_and_0_when_decided(filled_hub: Hub, capsys: Captured) -> None:
    assert run_command("sync", filled_hub.url) == 1
    captured = capsys.readouterr()
    assert "DP-02  title:" in captured.out
    assert "To undo all of it, run `ahtc undo`." in captured.err
    assert "Sent to the hub: 2 changes in the journal." in captured.err
    assert run_command("sync", filled_hub.url, "--take", "ours") == 0
    assert "Sent to the hub: 1 change in the journal." in capsys.readouterr().err
    assert run_command("sync", filled_hub.url) == 0
    captured = capsys.readouterr()
    assert (captured.out, "Nothing to change." in captured.err) == ("", True)
    assert run_command("check") == 0


@pytest.mark.long
def test_an_erasure_that_is_sent_is_counted(filled_hub: Hub, capsys: Captured) -> None:
    run_command("sync", filled_hub.url, "--take", "ours")
    assert run_command("contacts", "add", "Leaflet Courier", "--kind", "person") == 0
    assert run_command("sync", filled_hub.url) == 0
    assert run_command("contacts", "erase", "Leaflet Courier", "--yes") == 0
    capsys.readouterr()
    for options, sentence in ((("--dry-run",), "Would be sent"), ((), "Sent to the hub")):
        assert run_command("sync", filled_hub.url, *options) == 0
        assert f"{sentence}: 0 changes in the journal, 1 erasure." in capsys.readouterr().err


def test_the_first_sync_with_the_hub_of_the_settings_needs_an_agreement(filled_hub: Hub, capsys: Captured) -> None:
    assert run_command("hub", "use", filled_hub.url) == 6
    assert run_command("hub", "use", filled_hub.url, "--yes") == 0
    assert "It is on this computer." in capsys.readouterr().err
    assert run_command("sync", "--take", "ours") == 6
    assert "Nothing was sent" in capsys.readouterr().err
    assert run_command("sync", "--take", "ours", "--yes") == 0
    assert "Sent to the hub" in capsys.readouterr().err
    assert run_command("sync", "--take", "ours") == 0
    assert run_command("hub", "forget") == 0
    assert run_command("sync") == 2


def test_the_address_of_a_hub_is_shown_with_its_encryption(office: Path, capsys: Captured) -> None:
    for query, words in (
        ("", "the certificate of the server is checked"),
        ("?sslmode=require", "the server is not checked"),
        ("?sslmode=disable", "may not be encrypted"),
    ):
        assert run_command("hub", "use", f"postgresql+psycopg://clerk@hub.example.org/ahtc{query}") == 6
        errors = capsys.readouterr().err
        assert "The hub is hub.example.org/ahtc." in errors
        assert words in errors
    assert not (office / "ahtc.toml").exists()


@pytest.mark.parametrize(
    "words", [("sync", "hub"), ("sync",), ("sync", "postgresql://h/d", "postgresql://u:secret@h/d")]
)
def test_code_2_for_an_invalid_address(office: Path, words: tuple[str, ...], capsys: Captured) -> None:
    assert run_command(*words) == 2
    errors = capsys.readouterr().err
    assert errors.count("\n") == 1
    assert "secret" not in errors


@pytest.mark.long
def test_code_1_for_an_altered_line_of_the_hub(filled_hub: Hub, capsys: Captured) -> None:
    filled_hub.run("UPDATE change SET field = 'colour' WHERE value LIKE '%Made there%'")
    assert run_command("sync", filled_hub.url) == 1
    assert "was refused: it was altered after it was saved" in capsys.readouterr().err


def test_code_5_for_a_hub_that_does_not_answer(office: Path, capsys: Captured) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert run_command("sync", f"postgresql+psycopg://clerk@127.0.0.1:{port}/ahtc") == 5
    errors = capsys.readouterr().err
    assert f"ahtc: The hub 127.0.0.1:{port}/ahtc cannot be opened: Connection refused." in errors
    assert errors.count("\n") == 1
    assert "secret" not in errors


def test_code_2_for_a_password_in_the_address(clerk_url: str, office: Path, capsys: Captured) -> None:
    for url in (clerk_url.replace("clerk@", "clerk:open-sesame@"), f"{clerk_url}&password=open-sesame"):
        assert run_command("sync", url) == 2
        errors = capsys.readouterr().err
        assert "PGPASSFILE" in errors
        assert errors.count("\n") == 1
        assert "sesame" not in errors


def test_code_5_for_a_wrong_password(
    clerk_url: str, office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for password in ("open-sesame", ""):
        monkeypatch.setenv("PGPASSWORD", password)
        assert run_command("sync", clerk_url) == 5
        errors = capsys.readouterr().err
        assert "password" in errors
        assert errors.count("\n") == 1
        assert "sesame" not in errors


def test_code_5_for_an_unknown_database(server: Server, office: Path, capsys: Captured) -> None:
    assert run_command("sync", server.build_url("nosuch")) == 5
    assert 'database "nosuch" does not exist' in capsys.readouterr().err


@pytest.mark.long
def test_code_5_for_a_user_who_may_not_write(
    server: Server, filled_hub: Hub, clerk_url: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert run_command("sync", server.build_url(filled_hub.name, "clerk")) == 5
    assert "does not let this user" in capsys.readouterr().err


@pytest.mark.long
def test_code_6_for_the_hub_of_another_office(filled_hub: Hub, tmp_path: Path, capsys: Captured) -> None:
    make_workspace(tmp_path / "other", None)
    assert run_command("--workspace", str(tmp_path / "other"), "sync", filled_hub.url) == 6
    assert "another office" in capsys.readouterr().err


@pytest.mark.long
def test_the_password_is_read_from_the_sources_of_libpq(
    clerk_url: str, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        assert run_command("sync", clerk_url) == 0
    (tmp_path / "pass").write_text(f"*:*:*:clerk:{PASSWORD}\n")
    (tmp_path / "pass").chmod(0o600)
    with monkeypatch.context() as patch:
        patch.setenv("PGPASSFILE", str(tmp_path / "pass"))
        assert run_command("sync", clerk_url) == 0
    name = clerk_url.split("@/")[1].split("?")[0]
    (tmp_path / "services").write_text(
        f"[office]\nhost={server.socket}\ndbname={name}\nuser=clerk\npassword={PASSWORD}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    assert run_command("sync", "postgresql+psycopg:///?service=office") == 0


def test_history_names_the_hub_without_the_user(filled_hub: Hub, capsys: Captured) -> None:
    run_command("sync", filled_hub.url)
    capsys.readouterr()
    label = read_json(capsys, "history", "--limit", "1")[0]["label"]
    assert label.startswith("sync /")
    assert label.endswith(f"/{filled_hub.name}")


def test_a_dry_run_does_not_claim_the_hub(wales: Workspace, hub: Hub, office: Path, tmp_path: Path) -> None:
    assert run_command("sync", hub.url, "--dry-run") == 0
    make_workspace(tmp_path / "other", None)
    assert run_command("--workspace", str(tmp_path / "other"), "sync", hub.url) == 0
    other_office = open_workspace(tmp_path / "other", TODAY)
    other_office.close()
    assert run_command("sync", hub.url) == 6


@pytest.mark.long
def test_code_1_for_an_erasure_that_the_login_may_not_carry_out(
    wales: Workspace, office: Path, hub: Hub, capsys: Captured
) -> None:
    assert run_command("hub", "setup", hub.url) == 0
    peer = leave_office(wales, "there")
    sync_and_check(peer, hub)
    peer.close()
    make_party(wales, "Leaflet Courier", "leaflet-courier", kind="person")
    erase_person(wales, "Leaflet Courier")
    note_taker = hub.add_login("note_taker")
    capsys.readouterr()
    for _time in range(2):
        assert run_command("sync", note_taker) == 1
        assert "Ask a co-ordinator to erase it." in capsys.readouterr().err
