"""The site of the docs: axe-core finds nothing at two widths in both colours; it loads nothing from other hosts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ahtc_tui.cli.main import COMMANDS, build_command_tree
from ahtc_tui.cli.spec import list_parsers
from tests.clients.calendars import SCRIPT_FOLDER, run_program
from tests.clients.programs import find_program
from tests.shape import site_pages
from tests.shape.tree import ROOT

SEEN = (
    "index.html",
    "guide.html",
    "after-a-meeting.html",
    "settings.html",
    "keys.html",
    "screens.html",
    "it.html",
    "cy/index.html",
    "cy/canllaw.html",
    "cy/cyfeirlyfr.html",
)


def test_the_reference_has_every_command_in_both_languages(tmp_path: Path) -> None:
    site_pages.main(tmp_path)
    commands = {parser.prog for parser in list_parsers(build_command_tree(COMMANDS))}
    pages = [(tmp_path / language / "commands.md").read_text(encoding="utf-8") for language in ("en", "cy")]
    assert [set(re.findall(r"(?m)^## (.+)$", page)) for page in pages] == [commands, commands]
    assert pages[0] != pages[1]


@pytest.mark.clients
@pytest.mark.long
def test_the_site_is_built_without_a_broken_link_and_passes_axe(tmp_path: Path, node_modules: Path) -> None:
    node, chromium = find_program("node", "install Node 20"), find_program("chromium", "apt-get install chromium")
    venv = Path(sys.executable).parent.parent
    subprocess.run(["make", "--no-print-directory", "site", f"VENV={venv}"], cwd=ROOT, check=True, capture_output=True)
    output = run_program(
        node,
        SCRIPT_FOLDER / "check_site.js",
        chromium,
        ROOT / "site",
        *SEEN,
        home=tmp_path,
        NODE_PATH=str(node_modules),
    )
    assert json.loads(output) == []
