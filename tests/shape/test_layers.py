"""Contracts between layers, docstrings, and calls that only one module may make."""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.shape.tree import PACKAGE, ROOT, format_path, list_python_files, parse_file

SQL = re.compile(r"\b(SELECT|INSERT INTO|DELETE FROM|LEFT JOIN|ORDER BY)\b|\bAND \w+\.\w+ = |= \?")
CLOCKS = {"now", "today", "utcnow"}
CLOCK_MODULE = PACKAGE / "services" / "workspace.py"


def test_the_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    completed = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stdout[-3000:] + completed.stderr[-1000:]


MIGRATIONS = PACKAGE / "store" / "migrations" / "versions"
"""Modules with functions that Alembic calls by fixed names."""

FRAMEWORK_METHODS = re.compile("compose|render|on_.+|action_.+|watch_.+|key_.+|update|control|desk")
"""Methods that Textual calls by their names, and properties that several base classes prescribe."""


@cache
def list_documented_methods() -> frozenset[str]:
    """Return the names of methods that a class of the package documents; overrides of them may have no docstring."""
    return frozenset(
        method.name
        for path in list_python_files(PACKAGE)
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(method)
    )


LIBRARY_ERRORS = {"ArgumentTypeError", "TimeoutExpired", "ZoneInfoNotFoundError"}
RAISED = re.compile(r"\bRaises?\s([A-Z]\w+)")


def test_docstrings_name_errors_that_exist() -> None:
    nodes = [(path, node) for path in list_python_files(PACKAGE) for node in ast.walk(parse_file(path))]
    errors = {node.name for _path, node in nodes if isinstance(node, ast.ClassDef)} | {*vars(builtins)}
    unknown = [
        f"{format_path(path)}: {name}"
        for path, node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for name in RAISED.findall(ast.get_docstring(node) or "")
        if name not in errors | LIBRARY_ERRORS
    ]
    assert not unknown


def test_everything_public_has_a_docstring() -> None:
    undocumented = [
        f"{format_path(path)}: {name}"
        for path in list_python_files(PACKAGE)
        if path.parent != MIGRATIONS
        for name in _find_undocumented(parse_file(path), "module")
    ]
    assert not undocumented


def _find_undocumented(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    """Yield the names of public modules, classes, functions and methods without a docstring."""
    if ast.get_docstring(node) is None:
        yield name
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or child.name.startswith("_"):
            continue
        if isinstance(child, ast.ClassDef):
            yield from _find_undocumented(child, child.name)
        elif ast.get_docstring(child) is None and not _is_documented_elsewhere(node, child):
            yield f"{name}.{child.name}"


def _is_documented_elsewhere(
    owner: ast.Module | ast.ClassDef, function: ast.FunctionDef | ast.AsyncFunctionDef
) -> bool:
    """Return whether a base class, a protocol or the framework documents the function."""
    decorators = {mark.id for mark in function.decorator_list if isinstance(mark, ast.Name)}
    if decorators & {"overload", "override"} or isinstance(owner, ast.Module):
        return bool(decorators & {"overload", "override"})
    is_stub = ast.unparse(function.body[-1]) == "..."
    return is_stub or function.name in list_documented_methods() or bool(FRAMEWORK_METHODS.fullmatch(function.name))


def test_only_the_workspace_reads_the_clock() -> None:
    places = [
        f"{format_path(path)}:{node.lineno}"
        for path in list_python_files(PACKAGE)
        if path != CLOCK_MODULE
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _is_clock(node.value)
    ]
    assert not places


def _is_clock(node: ast.expr) -> bool:
    """Return whether the expression is `date`, `datetime` or `pendulum`, also as a member of a module."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in ("date", "datetime", "pendulum")


def test_only_the_store_contains_sql() -> None:
    places = [
        f"{format_path(path)}:{node.lineno}"
        for path in list_python_files(PACKAGE)
        if PACKAGE / "store" not in path.parents
        for node in ast.walk(parse_file(path))
        if (isinstance(node, ast.Attribute) and node.attr in ("execute", "executemany", "executescript"))
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value))
    ]
    assert not places
