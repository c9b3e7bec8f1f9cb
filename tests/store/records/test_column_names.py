"""Names of tables and columns in the code are those of the schema."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.tables.schema import metadata

ROOT = Path(__file__).parents[3]
WRITES = {"add", "add_all", "update"}
"""Methods of a ledger: the table, then the values by column."""
READS = {"read_field", "read_fields", "list_referrers", "read_parts", "find_ancestors"}
"""Functions on a cursor: the cursor, the table, then keys and columns."""

CALLS = re.compile(rf'\b(?:{"|".join(WRITES)})\(\s*"|\b(?:{"|".join(READS)})\(')
"""What a module has that names columns: the others need no parsing."""


def list_columns(node: ast.AST | None, assigned: dict[str, list[str]]) -> list[str]:
    """The column names that an argument spells out; `assigned` has those of the function's variables."""
    match node:
        case ast.Dict():
            keys = [str(key.value) for key in node.keys if isinstance(key, ast.Constant)]
            unpacked = [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
            return keys + [name for value in unpacked for name in list_columns(value, assigned)]
        case ast.BinOp(op=ast.BitOr()):
            return list_columns(node.left, assigned) + list_columns(node.right, assigned)
        case ast.List() | ast.Tuple():
            return [name for item in node.elts for name in list_columns(item, assigned)]
        case ast.ListComp() | ast.GeneratorExp():
            return list_columns(node.elt, assigned)
        case ast.Name():
            return assigned.get(node.id, [])
    return []


def list_named_columns(call: ast.Call, assigned: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Table and column of each column that a call writes or reads by a literal name."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = {**dict.fromkeys(WRITES, 0), **dict.fromkeys(READS, 1)}.get(name)
    if first is None or len(call.args) <= first:
        return
    literal = call.args[first]
    table = str(literal.value) if isinstance(literal, ast.Constant) else ""
    if table not in metadata.tables:
        return
    for argument in call.args[first + 1 :]:
        if name in WRITES:
            yield from ((table, column) for column in list_columns(argument, assigned))
        else:
            names = argument.elts if isinstance(argument, ast.Tuple | ast.List) else [argument]
            yield from ((table, str(item.value)) for item in names if isinstance(item, ast.Constant))


def walk_in_order(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function in the order of the source; a call comes before the assignment that it is part of."""
    for child in ast.iter_child_nodes(node):
        yield from walk_in_order(child)
        yield child


def find_unknown_columns(source: str) -> list[tuple[int, str, str]]:
    """Line, table and column of each literal that no column of the schema has."""
    unknown = []
    for function in ast.walk(ast.parse(source)) if CALLS.search(source) else ():
        assigned: dict[str, list[str]] = {}
        for node in walk_in_order(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.Call):
                named = list_named_columns(node, assigned)
                unknown += [(node.lineno, *pair) for pair in named if pair[1] not in metadata.tables[pair[0]].columns]
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name):
                    assigned[target.id] = list_columns(node.value, assigned)
                elif isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
                    assigned.setdefault(ast.unparse(target.value), []).append(str(target.slice.value))
    return unknown


def test_the_type_of_table_names_lists_the_tables_of_the_schema() -> None:
    names = {table.name for table in metadata.tables.values() if "deleted" in table.columns}
    assert set(get_args(Table)) == names


def test_every_column_that_the_code_names_is_in_the_schema() -> None:
    unknown = {
        str(path.relative_to(ROOT)): lines
        for folder in ("ahtc_tui", "tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != Path(__file__) and (lines := find_unknown_columns(path.read_text(encoding="utf-8")))
    }
    assert unknown == {}


@pytest.mark.parametrize(
    "line",
    [
        'ledger.add("actions", {"titel": title})',
        'ledger.update("actions", key, values | {"titel": title})',
        'ledger.add_all("actions", [{"ref": ref, "titel": title} for ref in refs])',
        'values = {"titel": title}\n    ledger.add("actions", values)',
        'values["titel"] = title\n    ledger.update("actions", key, values)',
        'fields.read_fields(cursor, "actions", key, ("ref", "titel"))',
    ],
)
def test_a_misspelt_column_is_found(line: str) -> None:
    unknown = find_unknown_columns(f"def write(ledger, values):\n    {line}\n")
    assert [(table, column) for _line, table, column in unknown] == [("actions", "titel")]
