"""The typed border of SQL: the part of a cursor that the store uses, which sqlcipher3 does not type, lists as its
parameters, and the names of the tables that hold records.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from typing import Any, Literal, Protocol

from ahtc_tui.domain.keys import RowKey

Values = Sequence[Any] | Mapping[str, Any]
"""Parameters of a statement: by position or by name."""

KEYS = "(SELECT unhex(value) FROM json_each({}))"
"""SQL for any number of keys in one parameter, as `encode_keys` writes it."""

Table = Literal[
    "actions",
    "action_areas", "action_parties", "action_recommendations", "addresses", "adoptions", "agenda_items", "aims",
    "aliases", "amendments", "area_names", "areas",
    "attendances", "certificates", "chases", "circulation_answers", "circulation_files", "circulation_lists",
    "circulation_members",
    "circulations", "commission_questions", "commissions", "contact_points",
    "data_sets", "decision_actions", "decisions", "dependencies", "dispatches", "documents", "engagement_parties",
    "engagements", "figures", "forward_items", "groups", "holdings", "interests", "invitations", "issues",
    "learnt_columns", "meetings", "milestones", "minute_lines", "not_duplicates", "objective_aims", "objectives",
    "occupancies", "organisations", "paper_files", "papers", "paragraph_links", "paragraphs", "parties", "people",
    "plan_actions", "plans", "poll_answers", "poll_options", "polls", "posts", "practices", "promise_links", "promises",
    "recommendations", "recurrences", "release_texts", "releases", "retention_holds", "seats", "session_numbers",
    "sessions", "slips",
    "template_items", "terms_of_reference", "tiers", "updates", "views",
    "web_pages",
]  # fmt: skip
"""A table whose rows are journalled records, for the type checker; a test compares the list with the schema."""

RecordKey = tuple[Table, RowKey]
"""Table and key of a record."""


def build_placeholders(values: Sized) -> str:
    """Return a parameter of a statement for each value: "?, ?"."""
    return ", ".join("?" * len(values))


def defer_foreign_keys(cursor: Cursor) -> None:
    """Check foreign keys at the end of the transaction, so that rows can be written in any order.

    SQLite compiles every statement of the connection again after this, so edits of texts and dates do without it.
    """
    cursor.execute("PRAGMA defer_foreign_keys = ON")


class Cursor(Protocol):
    """A cursor on an open database. Rows are tuples; `records.rows` reads them by column name."""

    @property
    def connection(self) -> Any: ...

    @property
    def description(self) -> Sequence[tuple[Any, ...]]:
        """One tuple for each result column; the first item is its name. Defined after a query only."""

    @property
    def rowcount(self) -> int: ...

    def execute(self, statement: str, values: Values = (), /) -> Cursor: ...

    def executemany(self, statement: str, rows: Iterable[Values], /) -> Cursor: ...

    def fetchone(self) -> Any: ...

    def fetchmany(self, size: int, /) -> list[Any]: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...

    def close(self) -> None: ...


def encode_keys(keys: Iterable[RowKey]) -> str:
    """Return keys as one parameter of a query."""
    return json.dumps([key.hex() for key in keys])


@contextmanager
def begin_snapshot(cursor: Cursor) -> Iterator[None]:
    """Read the same state of the database throughout the block."""
    cursor.execute("BEGIN")
    try:
        yield
    finally:
        if cursor.connection.in_transaction:
            cursor.execute("ROLLBACK")
