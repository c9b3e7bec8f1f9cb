"""`ahtc verify`: one line about the history of another copy, and its exit code."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.replication.folder_sync import sync_with_folder
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import DATABASE
from tests.builders import TODAY, edit_database_directly, make_action, query_rows
from tests.cli.promises import Captured, run_command
from tests.hubs import Hub
from tests.store.folder_laptops import PASSPHRASE
from tests.store.laptops import copy_workspace

ALTER = (
    "DROP TRIGGER change_is_never_altered",
    "UPDATE change SET \"user\" = 'another' WHERE rowid = (SELECT max(rowid) FROM change)",
)


@pytest.fixture
def peer_file(office: Path, tmp_path: Path) -> Path:
    peer = copy_workspace(office, tmp_path / "peer", "there")
    make_action(peer, "Made there")
    peer.close()
    return tmp_path / "peer" / DATABASE


def test_code_0_for_the_same_history(office: Path, tmp_path: Path, capsys: Captured) -> None:
    shutil.copytree(office, tmp_path / "copy")
    assert run_command("verify", str(tmp_path / "copy" / DATABASE)) == 0
    assert capsys.readouterr().out == "Same history; the history of 1 laptop is complete.\n"


def test_code_1_for_another_history(peer_file: Path, capsys: Captured) -> None:
    assert run_command("verify", str(peer_file)) == 1
    captured = capsys.readouterr()
    assert captured.out == (
        "Different history; 0 changes only on this laptop, 1 only in the other copy; "
        "the history of 2 laptops is complete.\n"
    )
    assert run_command("merge", str(peer_file)) == 0
    assert run_command("verify", str(peer_file)) == 0


def test_code_6_for_an_altered_line_with_its_number_and_device(peer_file: Path, capsys: Captured) -> None:
    edit_database_directly(peer_file, *ALTER)
    assert run_command("verify", str(peer_file)) == 6
    captured = capsys.readouterr()
    assert "change 1 from the laptop there was refused: it was altered after it was saved" in captured.err
    assert captured.out.endswith("damaged history: 1 of 2 laptops.\n")
    assert run_command("verify", str(peer_file), "--json") == 6
    document = json.loads(capsys.readouterr().out)
    assert document["altered"] == [{"device": "there", "line": 1, "reason": "altered", "count": 1}]
    assert document["altered_here"] == []
    assert [device["whole"] for device in document["devices"] if device["device"] == "there"] == [False]


def test_a_hub_is_verified_without_writing_to_it(office: Path, hub: Hub, capsys: Captured) -> None:
    workspace = open_workspace(office, TODAY)
    make_action(workspace, "Made here")
    sync_with_hub(workspace, hub.url)
    device = query_rows(workspace, "SELECT value FROM setting WHERE name = 'device'")[0][0]
    workspace.close()
    assert run_command("verify", hub.url) == 0
    hub.run("UPDATE change SET value = replace(value, 'Made here', 'Altered')")
    assert run_command("verify", hub.url) == 6
    assert f"from the laptop {device} was refused" in capsys.readouterr().err


def test_a_folder_is_verified_by_what_its_files_hold_together(
    office: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    workspace = open_workspace(office, TODAY)
    peer = copy_workspace(office, tmp_path / "peer", "there")
    for laptop in (workspace, peer):
        make_action(laptop, "Made on each laptop")
        sync_with_folder(laptop, str(share), PASSPHRASE)
    workspace.close()
    assert verify(share, monkeypatch) == 1, "the file of the other laptop has more"
    assert "only in the other copy" in capsys.readouterr().out
    with closing(open_workspace(office, TODAY)) as workspace:
        sync_with_folder(workspace, str(share), PASSPHRASE)
    assert verify(share, monkeypatch) == 0
    with closing(open_workspace(office, TODAY)) as workspace:
        make_action(workspace, "Not sent yet")
    assert verify(share, monkeypatch) == 1
    assert "Different history; 1 changes only on this laptop, 0 only in the other copy" in capsys.readouterr().out
    edit_database_directly(peer.database.path, *ALTER)
    for file in share.iterdir():
        file.unlink()
    sync_with_folder(peer, str(share), PASSPHRASE)
    assert verify(share, monkeypatch) == 6
    assert "from the laptop there was refused" in capsys.readouterr().err


def test_a_folder_that_no_laptop_wrote_into_or_another_passphrase_is_refused(
    office: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    assert verify(share, monkeypatch) == 4
    assert "has no file of a laptop" in capsys.readouterr().err
    with closing(open_workspace(office, TODAY)) as workspace:
        sync_with_folder(workspace, str(share), PASSPHRASE)
    assert verify(share, monkeypatch, "another passphrase") == 4


def verify(share: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str = PASSPHRASE) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{passphrase}\n"))
    return run_command("verify", str(share), "--passphrase-stdin")
