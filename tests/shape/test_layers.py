"""The arrows between the layers run one way, and every file says what it owns."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape.tree import PACKAGE, ROOT, name_of, parsed, python_files

SQL = re.compile(r"\b(SELECT|INSERT INTO|DELETE FROM|LEFT JOIN|ORDER BY)\b|\bAND \w+\.\w+ = |= \?")
CLOCKS = {"now", "today", "utcnow"}
CLOCK_ROOM = PACKAGE / "services" / "workspace.py"


def test_every_contract_of_the_layers_is_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


MIGRATIONS = PACKAGE / "store" / "migrations" / "versions"
"""Alembic calls what stands here by fixed names: `upgrade` needs no sentence."""


@pytest.mark.parametrize("path", [path for path in python_files(PACKAGE) if path.parent != MIGRATIONS], ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    silent = list(_silent(parsed(path), "module"))
    assert not silent


def _silent(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    """Names of the public things in a file that have no docstring, the file itself included."""
    if ast.get_docstring(node) is None:
        yield name
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or child.name.startswith("_"):
            continue
        if isinstance(child, ast.ClassDef):
            yield from _silent(child, child.name)
        elif ast.get_docstring(child) is None and not _is_overload(child):
            yield f"{name}.{child.name}"


def _is_overload(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(mark, ast.Name) and mark.id in ("overload", "override") for mark in function.decorator_list)


def test_only_the_workspace_asks_the_machine_for_the_day() -> None:
    asking = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(PACKAGE)
        if path != CLOCK_ROOM
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _names_a_clock(node.value)
    ]
    assert not asking


def _names_a_clock(node: ast.expr) -> bool:
    """`date`, `datetime`, `pendulum`, or the same behind a module."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ("date", "datetime", "pendulum")


def test_nothing_outside_the_store_says_anything_to_the_database_in_sql() -> None:
    speaking = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(PACKAGE)
        if PACKAGE / "store" not in path.parents
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript"))
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value))
    ]
    assert not speaking
