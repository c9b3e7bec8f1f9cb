"""Draws the screenshots of the documentation from the Wales 2013 data: `python -m tests.tui.pictures docs/images`.

The output is reproducible and refers to no external files.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.recovery.first_start import make_sample
from ahtc_tui.tui.shell.app import AhtcApp

DAY = date(2014, 1, 28)
PICTURES = (
    ("today-120x40", "1", (120, 40)),
    ("today-80x24", "1", (80, 24)),
    ("actions-120x40", "2", (120, 40)),
    ("plan-120x40", "3", (120, 40)),
    ("meetings-120x40", "4", (120, 40)),
    ("groups-120x40", "5", (120, 40)),
    ("contacts-120x40", "6", (120, 40)),
    ("evidence-120x40", "7", (120, 40)),
)
"""Name, key of the mode, and size."""
FONT_FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
RANDOM_IDS = re.compile(r"[0-9a-f]{32}")
LEADING_BLANKS = re.compile(r'x="([0-9.]+)"( y="[0-9.]+") textLength="([0-9.]+)"([^>]*)>((?:&#160;)+)([^<]*)')
UNIQUE_CLASSES = re.compile(r"terminal-[0-9]+")


def _shift_word(match: re.Match[str]) -> str:
    """Replace leading blanks by an offset, since some SVG viewers drop them."""
    x, y, length, attributes, blanks, words = match.groups()
    letters = len(re.sub("&#?[a-z0-9]+;", " ", blanks + words))
    shift = float(length) / letters * blanks.count(";")
    if not words:
        return match.group()
    return f'x="{float(x) + shift:g}"{y} textLength="{float(length) - shift:g}"{attributes}>{words}'


def normalize_svg(svg: str) -> str:
    """Return the SVG without web fonts and with constant ids."""
    svg = FONT_FACE.sub("", COMMENT.sub("", UNIQUE_CLASSES.sub("ahtc", svg))).replace(
        "Fira Code, monospace", "monospace"
    )
    svg = LEADING_BLANKS.sub(_shift_word, RANDOM_IDS.sub("0" * 32, svg))
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE).rstrip() + "\n"


async def draw_pictures(root: Path, folder: Path) -> None:
    """Draw all pictures into the folder."""
    for name, key, size in PICTURES:
        workspace = open_workspace(root, DAY)
        try:
            app = AhtcApp(workspace)
            async with app.run_test(size=size) as pilot:
                for pressed_key in (key, ""):
                    if pressed_key:
                        await pilot.press(pressed_key)
                    for _round in range(3):
                        await app.workers.wait_for_complete()
                        await pilot.pause()
                picture = folder / f"{name}.svg"
                picture.write_text(normalize_svg(app.export_screenshot(title="ahtc")), encoding="utf-8")
                picture.chmod(0o644)
        finally:
            workspace.close()


def main(folder: Path) -> None:
    """Create a workspace, draw the pictures and delete it."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"

    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder_made:
        make_sample(Path(folder_made))
        asyncio.run(draw_pictures(Path(folder_made), folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
