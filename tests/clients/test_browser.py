"""The screen in a real browser: a filter is typed, an action is added and the screen is closed."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyte
import pytest

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.workspace import Workspace
from tests.clients.calendars import SCRIPT_FOLDER, run_program
from tests.clients.programs import find_program

pytestmark = [pytest.mark.clients]

STEPS = [["2"], ["/powys"], [None, "Enter"], ["n"], ["Brief the forum"], [None, "s", "Control"], ["q"]]


class NoRedirects(HTTPRedirectHandler):
    """Shows a redirect as an error instead of following it."""

    def redirect_request(self, *_values: object) -> None:
        """Follow nothing."""


def start_server(root: Path, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    """Start `ahtc serve` on a free port and return it with its address."""
    command = [sys.executable, "-m", "ahtc_tui", "--workspace", str(root), "serve", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout
    return process, process.stdout.readline().strip()


@pytest.fixture
def address(wales: Workspace) -> Iterator[str]:
    """The address of a server of the Wales 2013 data, which is interrupted at the end."""
    process, address = start_server(wales.root)
    yield address
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    process.communicate()


def request_page(address: str, **headers: str) -> tuple[int, str, str]:
    """Return status, text and new cookie of a request."""
    try:
        with build_opener(NoRedirects).open(Request(address, headers=headers)) as answer:
            return answer.status, answer.read().decode(), answer.headers.get("Content-Security-Policy", "")
    except HTTPError as error:
        return error.code, error.read().decode(), error.headers.get("Set-Cookie", "")


def test_only_who_has_the_token_of_the_printed_address_gets_the_page(address: str) -> None:
    bare, _mark, _token = address.partition("?")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[-\w]{43}", address)
    for path in ("", "ws", "static/js/textual.js", "download/1", "?token=wrong"):
        assert request_page(bare + path)[0] == 403
    assert request_page(address, Host="evil.example")[0] == 403
    assert request_page(address, Origin="http://evil.example")[0] == 403
    status, _text, cookie = request_page(address)
    assert status == 303
    assert {"HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    status, page, policy = request_page(bare, Cookie=cookie.partition(";")[0])
    assert (status, re.findall(r"https?://", page)) == (200, [])
    assert "default-src 'self'" in policy


@pytest.mark.long
def test_the_screen_is_used_in_a_browser_that_loads_nothing_from_another_host(
    address: str, wales: Workspace, tmp_path: Path, node_modules: Path
) -> None:
    node, chromium = find_program("node", "install Node 20"), find_program("chromium", "apt-get install chromium")
    script = SCRIPT_FOLDER / "use_screen.js"
    steps = json.dumps(STEPS)
    output = run_program(node, script, chromium, address, steps, home=tmp_path, NODE_PATH=str(node_modules))
    report = json.loads(output)
    assert set(report["hosts"]) == {address.split("/")[2]}
    assert report["errors"] == []
    width, height = re.findall(r"(?:width|height)=(\d+)", report["socket"])
    screen = pyte.Screen(int(width), int(height))
    stream = pyte.ByteStream(screen)
    shown = []
    for written in report["written"]:
        for data in written:
            stream.feed(base64.b64decode(data))
        shown.append("\n".join(screen.display))
    assert "DP-18" in shown[2]
    assert "DP-17" not in shown[2]
    assert any("Brief the forum" in screen_text for screen_text in shown)
    assert report["closed"]
    assert "Brief the forum" in [row.title for row in actions.list_actions(wales, ActionFilter())]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--address", "0.0.0.0"), "--allow-other-computers"),
        (("--address", "0.0.0.0", "--allow-other-computers"), "over TLS only"),
        (("--address", "192.0.2.1"), "--allow-other-computers"),
    ],
)
def test_other_computers_are_refused_without_a_flag_and_tls(
    wales: Workspace, arguments: tuple[str, ...], words: str
) -> None:
    process, address = start_server(wales.root, *arguments)
    _output, messages = process.communicate()
    assert (address, process.returncode) == ("", 6)
    assert words in messages
