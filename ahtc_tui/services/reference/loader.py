"""Loads a shipped data set into a new database, in one transaction.

`ahtc_tui/reference` describes the TOML files.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.reference import papers, people, work
from ahtc_tui.services.reference.rows import Records, Rows
from ahtc_tui.store.journal.ledger import Ledger

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database

DATA_SETS = ("wales-2013",)
FILES = (
    "areas", "organisations", "contacts", "groups", "memberships", "objectives", "documents", "recommendations",
    "actions", "meetings", "practices", "indicators", "commissions",
)  # fmt: skip


def check_data_set_name(name: str) -> None:
    """Raise BadInput on a data set that is not shipped."""
    if name not in DATA_SETS:
        raise BadInput(
            _('"{name}" is not shipped: choose one of {names}, or none.').format(name=name, names=", ".join(DATA_SETS))
        )


def load_reference(database: Database, name: str) -> None:
    """Write a shipped data set into the database. Raises BadInput for an unknown name."""
    check_data_set_name(name)
    rows = build_rows(read_records())
    with database.write(f"load {name}", kind="load") as ledger:
        _write_rows(ledger, rows)
        papers.write_papers(ledger, rows)


def read_records() -> Records:
    """Return every record of the shipped files by the name of its TOML table."""
    records: dict[str, list[dict[str, Any]]] = {}
    folder = resources.files("ahtc_tui.reference")
    for stem in FILES:
        records |= tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8"))
    return records


def build_rows(records: Records) -> Rows:
    """Return the rows of every table with keys, each row after those that it refers to."""
    rows = Rows(records)
    people.add_people(rows)
    work.add_work(rows)
    return rows


def _write_rows(ledger: Ledger, rows: Rows) -> None:
    for table, records in rows.tables.items():
        ledger.add_all(table, [values for _key, values in records], [key for key, _values in records])
