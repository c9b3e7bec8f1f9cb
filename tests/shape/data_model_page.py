"""Writes docs/data-model.md from the definitions of the tables; the argument is the output file."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from ahtc_tui.store.tables.base import KnownDate, Record
from ahtc_tui.store.tables.schema import metadata

HEAD = """# Data model
The tables of a workspace's database. `make snap` draws this page from `ahtc_tui/store/tables`; a test compares those
definitions with the migrations.

## How the tables work together
A write adds changes to the journal and projects them into the table of the record, in one transaction.

```mermaid
flowchart LR
  step -->|groups| change
  change -->|replay and projection| records["tables of records"]
  records -->|documents| search["search index"]
```

- A **step** is what one command did, and the unit of undo. A **change** is one field of one record in a step: `_row`
  adds the record with all fields, `_deleted` removes or restores it.
- The `parents` of a change are the changes of the same field that the writer saw. A change that no other change has as
  a parent is a head. A field with several heads of different values is in conflict; the last head is shown.
- Every change commits to its value by `digest` and to the change before it of the same device by `chain`. An erasure
  removes value and salt and keeps the digest; the place of a change that is deleted stays in `missing_change`.
- A record is removed only where its removal saw every other head. Records are never deleted, except by an erasure.
- A contact has a row in `parties` and one in the table of its kind, which are removed only together.
- The tables of records follow from the journal: `ahtc check` replays it and compares every row.

## How a merge reads the journal
1. The chains of the peer are followed. The changes that hold and that this copy does not have are inserted, with their
   steps; of the others the places are kept.
2. Every record that they touch is replayed: new heads become values or conflicts.
3. Rules that span records follow: equal references get a suffix, agreed minutes keep their text, records with new
   parts are kept, and equal records become one.
4. The records are projected. `merged_change` stores what came, so that one undo takes it out again, and
   `conflicting_record` and `duplicate_pair` store what waits for a decision.

The undo of a merge moves the changes that came into `parked_line`, where they wait for a redo.

A folder as hub has one encrypted file of the same journal for each laptop (`ahtc_tui/store/hub/laptop_file.py`). A hub
in PostgreSQL has the tables `step`, `change`, `missing_change`, `counter`, `erasure` and `setting`, and a sync is a
merge in both directions. Its table `device` holds the login that may send the lines of each laptop. Its migrations are
in `ahtc_tui/store/hub_schema/scripts`, and the rights of its roles in `ahtc_tui/store/hub_schema/rights.py`.
"""
COMMON = tuple(Record.model_fields)
TYPES: tuple[tuple[Any, str], ...] = (
    (KnownDate, "date as known"),
    (sa.Boolean, "yes or no"),
    (sa.Enum, "choice"),
    (sa.LargeBinary, "key"),
    (sa.Integer, "number"),
    (sa.Float, "number"),
    ((sa.String, sa.types.TypeDecorator), "text"),
)


def list_models() -> dict[str, list[type[SQLModel]]]:
    """Return the classes of the tables by module, in the order of definition."""
    models: dict[str, list[type[SQLModel]]] = {}
    for mapper in SQLModel._sa_registry.mappers:
        models.setdefault(mapper.class_.__module__.rpartition(".")[2], []).append(mapper.class_)
    for classes in models.values():
        classes.sort(key=lambda model: inspect.getsourcelines(model)[1])
    return models


def read_field_notes(model: type[SQLModel]) -> dict[str, str]:
    """Return the docstrings below the fields of a class."""
    (body,) = ast.parse(inspect.getsource(model)).body
    assert isinstance(body, ast.ClassDef)
    notes = {}
    for field, note in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr) and isinstance(note.value, ast.Constant):
            notes[ast.unparse(field.target)] = " ".join(str(note.value.value).split())
    return notes


def format_type(column: sa.Column[Any]) -> str:
    """Return the type of a column in words, or the table that it refers to."""
    if column.foreign_keys:
        table = next(iter(column.foreign_keys)).column.table.name
        return f"[{table}](#{table})"
    return next(words for kind, words in TYPES if isinstance(column.type, kind))


def build_table(model: type[SQLModel]) -> Iterator[str]:
    """Yield the lines for one table."""
    table: sa.Table = metadata.tables[str(model.__tablename__)]
    notes = read_field_notes(model)
    yield f"### {table.name}"
    yield " ".join((inspect.getdoc(model) or "").split())
    yield ""
    own = [column for column in table.columns if not issubclass(model, Record) or column.name not in COMMON]
    if own:
        yield "| Column | Type | Required | Meaning |"
        yield "|---|---|---|---|"
        for column in own:
            required = "" if column.nullable else "yes"
            yield f"| `{column.name}` | {format_type(column)} | {required} | {notes.get(column.name, '')} |"
        yield ""


def build_page() -> str:
    """Return the whole page."""
    models = list_models()
    lines = [
        HEAD,
        "## Journal and local state",
        *(line for model in models.pop("journal") for line in build_table(model)),
    ]
    lines += ["## Records", "Every table below also has these columns:", ""]
    notes = read_field_notes(Record)
    notes |= {"n": "Local number, for the search index.", "id": "Permanent key, a UUIDv7.", "deleted": "Removed."}
    notes |= {"note": "Anything else."}
    lines += [f"- `{name}`: {notes[name]}" for name in COMMON]
    for module, classes in sorted(models.items()):
        lines += ["", f"## {module.capitalize()}"]
        lines += [line for model in classes for line in build_table(model)]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(build_page(), encoding="utf-8")
