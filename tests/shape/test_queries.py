"""Rows with several columns are read by the names of the columns, never by their positions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from typing import get_type_hints

from tests.shape.tree import PACKAGE, format_path, parse_file

LONG_READS = ("chain_check", "integrity_check", "upload")
"""Modules that read every line of the journal, where a class for each row makes the read up to 1.8 times as long."""
MODULES = [
    path
    for path in sorted((PACKAGE / "store").rglob("*.py"))
    if path.stem not in (*LONG_READS, "ref_list") and not {"migrations", "hub_schema"} & set(path.parts)
]
"""The modules of the store, without `ref_list`, which answers a key press in a shell and imports no other module."""
ROW_READERS = ("select_rows", "select_row", "select_one", "iterate_rows")
COMPREHENSIONS = ast.ListComp | ast.DictComp | ast.SetComp


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
                if isinstance(target, ast.Name) and not isinstance(node.value, COMPREHENSIONS)
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
        case ast.Call(func=ast.Name(id="dict"), args=[ast.Call(func=ast.Name(id="zip"))]):
            return []  # the names of the columns that were selected
        case ast.Call(func=ast.Name(id="dict"), args=[rows]) if executes(rows, names):
            return [node.lineno]
    return []


def test_rows_with_several_columns_are_read_by_name() -> None:
    reads = [f"{format_path(path)}:{line}" for path in MODULES for line in find_positional_reads(parse_file(path))]
    assert reads == []


def test_positional_reads_are_found() -> None:
    source = """
def read(cursor):
    rows = cursor.execute("SELECT a, b FROM t")
    for a, b in rows: print(a, b)
    return cursor.execute("SELECT a, b FROM t").fetchone()[1]
"""
    assert sorted(find_positional_reads(ast.parse(source))) == [4, 5]


def list_row_classes(tree: ast.AST) -> set[str]:
    """Return the names of the classes that queries of a module return."""
    return {
        call.args[1].id
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ROW_READERS
        if isinstance(call.args[1], ast.Name)
    }


def test_the_types_of_rows_exist_at_run_time() -> None:
    for path in MODULES:
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        module = import_module(".".join(part for part in parts if part != "__init__"))  # imported once, by its own name
        for name in list_row_classes(ast.parse(path.read_text(encoding="utf-8"))) & set(vars(module)):
            assert get_type_hints(vars(module)[name]), f"{path.name}: {name}"
