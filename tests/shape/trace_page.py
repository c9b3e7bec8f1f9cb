"""Draws docs/what-runs.md from a real trace: the modules that each command enters, in order.

A module is entered where one of its functions runs. What runs while a module is imported, its body and those of its
classes, is counted apart. The start and the parser of the command line are part of the trace.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

COMMANDS = {
    "add": 'actions add "Brief the regional forum" --lead AHTC --due 2014-03-31',
    "update": 'actions update DP-45 "The forum was briefed." --brag G',
    "list": "actions list",
    "today": "today",
    "issue": "meetings issue LG-2013-01",
    "import": "import actions returned.xlsx",
}
"""Commands of the page, in an order in which each finds what it needs."""
PREPARATION = (
    "init --reference wales-2013",
    "meetings add --group LG --starts '2013-12-10 10:00'",
    "meetings agenda LG-2013-01 --add Training",
    "meetings attend LG-2013-01 bawso present",
    "meetings minute LG-2013-01 'd: the course is adopted' --item 1",
    "export actions returned.xlsx",
)
TRACER = """
import json, sys
entered, imported, bodies = {}, {}, 0
def profile(frame, event, _argument):
    global bodies
    name = frame.f_globals.get("__name__", "")
    if event not in ("call", "return") or not name.startswith("ahtc_tui"):
        return
    if frame.f_code.co_name == "<module>":
        bodies += 1 if event == "call" else -1
    elif event == "call" and frame.f_code.co_flags & 2:  # the body of a class has no locals of its own
        (imported if bodies else entered).setdefault(name)
sys.setprofile(profile)
from ahtc_tui.cli.main import run
code = run(sys.argv[2:])
sys.setprofile(None)
loaded = sum(name.startswith("ahtc_tui") for name in sys.modules)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    report = {"entered": list(entered), "imported": len({**imported, **entered}), "loaded": loaded, "code": code}
    json.dump(report, file)
"""


def trace_commands(folder: Path) -> dict[str, dict[str, Any]]:
    """Return for each command the modules that it enters, how many it enters with bodies, and how many it loads."""
    for line in PREPARATION:
        _run(folder, "-m", "ahtc_tui", *_split(folder, line))
    traces = {}
    for name, line in COMMANDS.items():
        out = folder / f"{name}.json"
        _run(folder, "-c", TRACER, str(out), *_split(folder, line))
        traces[name] = json.loads(out.read_text(encoding="utf-8"))
    return traces


def _split(folder: Path, line: str) -> list[str]:
    return ["--workspace", str(folder / "office"), *shlex.split(line)]


def _run(folder: Path, *words: str) -> None:
    """Run Python in the folder; a command that leaves something for a person to decide ends with 1."""
    result = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    if result.returncode not in (0, 1):
        raise RuntimeError(f"{words[-3:]}: {result.stderr}")


def draw_page(traces: dict[str, dict[str, Any]]) -> str:
    """Return the page as Markdown."""
    lines = [
        "# What runs",
        "The modules that six commands enter, in order, from a trace. `make snap` draws this page again.",
        "",
        "A module is entered where one of its functions runs. What runs while modules are imported, such as the body",
        "of a class, is counted in the third column only. The last column has all modules and packages that the",
        "command imports.",
        "",
        "| command | enters | with what runs at imports | imports |",
        "|---|---|---|---|",
    ]
    for name, line in COMMANDS.items():
        trace = traces[name]
        lines.append(f"| `ahtc {line}` | {len(trace['entered'])} | {trace['imported']} | {trace['loaded']} |")
    for name, line in COMMANDS.items():
        lines += ["", f"## {line}"]
        for layer, modules in groupby(traces[name]["entered"], key=lambda module: module.split(".")[1]):
            names = ", ".join(module.split(".", 2)[2].replace(".", "/") for module in modules)
            lines.append(f"- **{layer}** {names}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        Path(sys.argv[1]).write_text(draw_page(trace_commands(Path(scratch))), encoding="utf-8")
