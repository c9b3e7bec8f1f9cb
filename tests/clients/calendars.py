"""Runs calendar programs of other makers for the tests of this folder."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

from tests.clients.programs import find_program

SCRIPT_FOLDER = Path(__file__).parent
TIMEOUT_SECONDS = 120
"""Seconds that a program may take."""

KHAL_CONFIG = """\
[calendars]
[[work]]
path = {home}/work
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M
[sqlite]
path = {home}/khal.db
"""


def run_program(*command: str | Path, home: Path, **environment: str) -> str:
    """Run a program with a temporary home and without input, and return its output; one that waits for input fails."""
    env = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "LC_ALL": "C.UTF-8",
    }
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=env | environment,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def save_file(data: bytes, folder: Path, name: str = "meetings.ics") -> Path:
    """Write the bytes to a file."""
    target = folder / name
    target.write_bytes(data)
    return target


def read_with_ical_js(
    file: Path, node_modules: Path, home: Path, max_instances: int = 6
) -> dict[str, list[list[datetime]]]:
    """Return starts and ends as ical.js reads them, at most `most` of a series. TZ is far from London to show a lost
    zone.
    """
    node = find_program("node", "install Node 20 or later")
    script = SCRIPT_FOLDER / "ical_instants.js"
    output = run_program(
        node, script, file, home=home, NODE_PATH=str(node_modules), TZ="Asia/Tokyo", AHTC_MOST=str(max_instances)
    )
    instants: dict[str, list[list[str]]] = json.loads(output)
    return {
        uid: [[datetime.fromisoformat(moment) for moment in instance] for instance in instances]
        for uid, instances in instants.items()
    }


def cancel_with_ical_js(
    request_file: Path, cancel_file: Path, node_modules: Path, home: Path
) -> list[tuple[datetime, str]]:
    """Return start and state of each day of an invitation after ical.js applied a cancellation (RFC 5546 section
    3.2.5).
    """
    node = find_program("node", "install Node 20 or later")
    output = run_program(
        node,
        SCRIPT_FOLDER / "ical_cancel.js",
        request_file,
        cancel_file,
        home=home,
        NODE_PATH=str(node_modules),
        TZ="Asia/Tokyo",
    )
    return [(datetime.fromisoformat(start), state) for start, state in json.loads(output)]


def run_khal(home: Path, *words: str | Path) -> str:
    """Run khal with a separate calendar in `home` and return its output."""
    config = home / "khal.conf"
    (home / "work").mkdir(exist_ok=True)
    config.write_text(KHAL_CONFIG.format(home=home))
    return run_program(
        find_program("khal", "pip install khal, as the dev requirements do"), "-c", config, *words, home=home
    )
