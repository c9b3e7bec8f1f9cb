"""No command but those of the hub opens a network connection."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.promises import READS, Captured, run_command

NETWORK_EVENTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.bind", "socket.sendto", "urllib.")
WRITES = (
    ("actions", "add", "Brief the regional forum", "--due", "2014-03-31"),
    ("actions", "update", "DP-01", "The forum was briefed."),
    ("contacts", "add", "The Secretariat", "--kind", "post", "--email", "secretariat@example.org"),
    ("export", "actions", "actions.xlsx"),
    ("export", "dashboard", "dashboard.html"),
    ("export", "minutes", "nrm-introduced", "minutes.docx"),
    ("export", "invites", "invites.ics", "--all"),
    ("import", "actions", "actions.xlsx"),
    ("backup",),
    ("undo",),
    ("redo",),
    ("check",),
)


class Watch:
    """The network events since the start."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.is_active = False

    def note_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Audit hook; it cannot be removed, so it has a switch."""
        if self.is_active and event.startswith(NETWORK_EVENTS):
            self.events.append(f"{event} {arguments[1:]}")


@pytest.fixture(scope="module")
def hook() -> Watch:
    watch = Watch()
    sys.addaudithook(watch.note_event)
    return watch


@pytest.fixture
def watch(hook: Watch) -> Iterator[Watch]:
    hook.events.clear()
    hook.is_active = True
    yield hook
    hook.is_active = False


@pytest.mark.long
def test_a_day_of_work_opens_no_connection(
    office: Path, watch: Watch, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in READS:
        run_command(*line.split())
    for words in WRITES:
        assert run_command(*words) in (0, 1), f"{words}: {capsys.readouterr().err}"
    assert watch.events == []


def test_the_watch_notices_a_sync(office: Path, watch: Watch) -> None:
    assert run_command("sync", "postgresql+psycopg://clerk@hub.invalid/ahtc") == 5
    assert watch.events
