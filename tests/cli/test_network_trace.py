"""The operating system sees no network call in a day of work without a sync, neither of the commands nor of the screen.

`test_network` watches more commands within Python; this also sees what libraries in C do.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.clients.programs import find_program, skip_missing

AHTC = (sys.executable, "-m", "ahtc_tui", "--as-at", TODAY.isoformat())
DAY = """
init --reference wales-2013
today
actions add 'Brief the regional forum' --due 2014-03-31 --lead AHTC
actions edit DP-01 'title=Brief every forum' reason=agreed
actions update DP-45 'The forum was briefed.' --brag G
meetings add --group LG --starts '2013-12-10 10:00'
meetings agenda LG-2013-01 --add Training
meetings attend LG-2013-01 bawso present
meetings minute LG-2013-01 'd: the course is adopted' --item 1
meetings issue LG-2013-01
export actions actions.xlsx
export invites invites.ics --meeting LG-2013-01
export chasers chasers
export returns returns
export deadlines deadlines.ics
export calendars calendars
export cards cards
export contacts contacts.vcf
export attendance attendance.xlsx
export plan plan.xlsx
export matrix matrix.xlsx
export evidence evidence.xlsx
export agenda LG-2013-01 agenda.docx
export minutes LG-2013-01 minutes.docx
export after LG-2013-01 after
export pack LG-2013-01 pack
export brief leadership-group brief.docx
export handover ahtc handover.docx
export paper celg-4-31-13 paper.docx
export dashboard dashboard.html
export decisions decisions.xlsx
export foi training foi.zip
export since since.docx --from 2013-12-01
export everything everything.zip
import actions actions.xlsx
backup
check
"""
OPENING = re.compile(r"\b(?:socket|socketpair|connect|bind|listen|accept4?)\(.*")
LOCAL = re.compile(
    r'socketpair\(AF_UNIX, |socket\(AF_UNIX, |connect\(\d+, \{sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"'
)
"""The event loop of the screen wakes itself through a pair, and the C library looks for a cache of account names."""


@pytest.fixture
def trace(tmp_path: Path) -> tuple[str, ...]:
    """The words before a command with which its network calls are written to the file `trace`."""
    strace = find_program("strace", "it watches system calls on Linux")
    words = (strace, "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network", "-e", "signal=none")
    if subprocess.run([*words, "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        skip_missing("strace", "this machine does not let it watch another program")
    return (*words, "-o", str(tmp_path / "trace"))


def list_network_calls(folder: Path) -> list[str]:
    """Return the calls in the file `trace` that open or use a socket beyond this machine."""
    calls = OPENING.findall((folder / "trace").read_text())
    return [call for call in calls if not LOCAL.match(call)]


@pytest.mark.long
def test_a_day_of_commands_opens_no_network_socket(trace: tuple[str, ...], tmp_path: Path) -> None:
    ahtc = shlex.join([*AHTC, "--workspace", "office"])
    # Code 1 is a warning: an export with gaps, an import with nothing to change.
    script = "\n".join(["set -e", *(f"{ahtc} {words} || [ $? = 1 ]" for words in DAY.strip().splitlines())])
    done = subprocess.run([*trace, "sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list_network_calls(tmp_path) == []


@pytest.mark.terminal
def test_the_screen_opens_no_network_socket(trace: tuple[str, ...], wales: Workspace, tmp_path: Path) -> None:
    command = [*trace, *AHTC, "--workspace", str(wales.root)]
    child = pexpect.spawn(command[0], command[1:], dimensions=(24, 80), timeout=30)
    child.expect("31 December 2013")
    for key in "2j3q":
        child.send(key)
        child.expect(r".+")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert list_network_calls(tmp_path) == []


@pytest.mark.long
def test_the_trace_notices_a_sync(trace: tuple[str, ...], wales: Workspace, tmp_path: Path) -> None:
    command = [*trace, *AHTC, "--workspace", str(wales.root), "sync", "postgresql://clerk@127.0.0.1:1/ahtc"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 5
    assert [call for call in list_network_calls(tmp_path) if call.startswith("socket(AF_INET, ")]
