"""The checkout as the tests of its shape see it: which files there are and what is written in them. Tests nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ahtc_tui"
SKIPPED = {ROOT / name for name in ("build", "data", "dist", "exports", "node_modules")}
TEXT = {"", ".css", ".in", ".ini", ".lock", ".mako", ".md", ".po", ".py", ".sql", ".svg", ".tcss", ".toml", ".txt"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def list_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every text file of the checkout, without what programs made."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if not hidden and path not in SKIPPED and path.name != "__pycache__":
                yield from list_files(path)
        elif path.suffix in TEXT and (not path.name.startswith(".") or path.name == ".gitignore"):
            yield path


def list_python_files(folder: Path = ROOT) -> list[Path]:
    """Every Python file under the folder."""
    return [path for path in list_files(folder) if path.suffix == ".py"]


def format_path(path: Path) -> str:
    """A path as people say it: from the root of the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def parse_file(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def list_functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))
