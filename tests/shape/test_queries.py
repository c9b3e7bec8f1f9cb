"""Rows with several columns are read by the names of the columns, never by their positions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shape.tree import PACKAGE

NOUNS = [
    "actions",
    "commissions",
    "contacts",
    "documents",
    "evidence",
    "groups",
    "imports",
    "meetings",
    "minutes",
    "plan",
    "privacy",
    "search",
]
MODULES = [
    *(path for noun in NOUNS for path in sorted((PACKAGE / "store" / noun).glob("*.py"))),
    PACKAGE / "store" / "today.py",
    PACKAGE / "store" / "sql_fragments.py",
]


def find_positional_reads(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that unpack or index the rows of `Cursor.execute`."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            assignments = [node for node in ast.walk(function) if isinstance(node, ast.Assign | ast.AnnAssign)]
            names = {
                target.id
                for node in assignments
                if node.value is not None and executes(node.value, set())
                for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
                if isinstance(target, ast.Name) and not isinstance(node.value, ast.ListComp)
            }
            yield from (line for node in ast.walk(function) for line in list_lines(node, names))


def executes(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression runs a query, or uses a variable that holds rows."""
    parts = list(ast.walk(node))
    return any(isinstance(part, ast.Attribute) and part.attr == "execute" for part in parts) or any(
        isinstance(part, ast.Name) and part.id in names for part in parts
    )


def list_lines(node: ast.AST, names: set[str]) -> list[int]:
    match node:
        case ast.For(target=ast.Tuple(elts=[_, _, *_]), iter=rows) if executes(rows, names):
            return [node.lineno]
        case ast.comprehension(target=ast.Tuple(elts=[_, _, *_]) as target, iter=rows) if executes(rows, names):
            return [target.lineno]
        case ast.Assign(targets=[ast.Tuple(elts=[_, _, *_])], value=row) if executes(row, set()):
            return [node.lineno]
        case ast.Subscript(value=row, slice=ast.Constant(value=int(index))) if index > 0 and executes(row, names):
            return [node.lineno]
        case ast.Starred(value=row) if executes(row, names):
            return [node.lineno]
        case ast.Call(func=ast.Name(id="dict"), args=[rows]) if executes(rows, names):
            return [node.lineno]
    return []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_rows_with_several_columns_are_read_by_name(path: Path) -> None:
    assert list(find_positional_reads(ast.parse(path.read_text(encoding="utf-8")))) == []


def test_positional_reads_are_found() -> None:
    source = """
def read(cursor):
    rows = cursor.execute("SELECT a, b FROM t")
    for a, b in rows: print(a, b)
    return cursor.execute("SELECT a, b FROM t").fetchone()[1]
"""
    assert sorted(find_positional_reads(ast.parse(source))) == [4, 5]
