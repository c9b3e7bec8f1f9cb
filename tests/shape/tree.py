"""The files of the checkout and their syntax trees, for the tests of this folder."""

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
    """Yield every text file of the checkout, without generated ones."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if not hidden and path not in SKIPPED and path.name != "__pycache__":
                yield from list_files(path)
        elif path.suffix in TEXT and (not path.name.startswith(".") or path.name == ".gitignore"):
            yield path


def list_python_files(folder: Path = ROOT) -> list[Path]:
    """Return every Python file in the folder."""
    return [path for path in list_files(folder) if path.suffix == ".py"]


def format_path(path: Path) -> str:
    """Return the path relative to the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def parse_file(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def list_functions(tree: ast.AST) -> Iterator[Function]:
    """Yield every function and method, nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))
