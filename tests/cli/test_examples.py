"""The examples of the help, in their order, are a session on the Wales 2013 data in which every command works."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from docx import Document

from ahtc_tui.cli.console.examples import EXAMPLES
from ahtc_tui.cli.main import run
from tests.cli.promises import Captured
from tests.services.imports.minutes.shapes import BOARD
from tests.services.imports.minutes.test_transcripts import CAPTIONS

PASSPHRASE = "three unrelated words"
REPLY = """BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:meeting@example.org
DTSTART:20140201T100000Z
ATTENDEE;PARTSTAT=ACCEPTED:mailto:office@example.org
END:VEVENT
END:VCALENDAR
"""
EMAIL = "From: office@example.org\nSubject: The date\n\nI agree.\n"
ELSEWHERE = {
    "hub": (0, 5),
    "sync": (2, 5),
    "resolve": 3,
    "init": 6,
    "import minutes draft.docx": 4,
    "passphrase set": 2,
    "passphrase": 6,
    "passphrase forget": (0, 5),
}
"""Exit codes of examples that need more: a hub, a conflict, an empty folder, a terminal, a keyring, a draft."""


def find_expected_codes(line: str) -> tuple[int, ...]:
    """Return the exit codes that an example may have; of two entries that match, that of more words."""
    matches = [words for words in ELSEWHERE if f"{line} ".startswith(f"{words} ")]
    codes = ELSEWHERE[max(matches, key=len)] if matches else (0, 1)
    return codes if isinstance(codes, tuple) else (codes,)


@pytest.mark.long
def test_every_example_of_the_help_runs(office: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = office / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    secret.chmod(0o600)
    monkeypatch.setenv("AHTC_PASSPHRASE_FILE", str(secret))
    monkeypatch.delenv("AHTC_WORKSPACE")
    monkeypatch.setattr("ahtc_tui.tui.browser.server.ScreenServer.run", lambda _server: None)  # until it is interrupted
    (office / "saved-emails").mkdir()
    (office / "saved-emails" / "answer.eml").write_text(EMAIL, encoding="utf-8")
    (office / "talk.vtt").write_text(CAPTIONS, encoding="utf-8")
    old_minutes = Document()
    old_minutes.add_paragraph(BOARD.text)
    old_minutes.save(str(office / "old-minutes.docx"))
    (office / "replies.ics").write_text(REPLY.replace("\n", "\r\n"), encoding="utf-8")
    failures = []
    for line in filter(None, EXAMPLES.split("\n")):
        code = run(["--as-at", "2014-01-28", *shlex.split(line)])
        if code not in find_expected_codes(line):
            failures.append((line, code, capsys.readouterr().err))
    assert failures == []
