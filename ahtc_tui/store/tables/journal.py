"""Tables of the journal, and what belongs to this copy of the database."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from ahtc_tui.store.tables.base import HASH, KEY

metadata = SQLModel.metadata


class Step(SQLModel, table=True):
    """One thing that a person did: the unit of undo."""

    __tablename__ = "step"
    __table_args__ = (sa.CheckConstraint("kind IN ('do', 'undo', 'redo', 'load', 'erase')", name="kind"),)
    id: bytes = Field(sa_type=KEY, primary_key=True)
    wall_ms: int = Field(sa_type=sa.BigInteger)
    seq: int = Field(sa_type=sa.BigInteger, index=True)
    device: str
    user: str
    label: str
    kind: str
    reverses: bytes | None = Field(default=None, sa_type=KEY, foreign_key="step.id", index=True)


class Change(SQLModel, table=True):
    """One field of one record, written once; `_row` adds the record, `_deleted` removes it.

    `parents` are the changes of the field that the writer saw (JSON list of hexadecimal keys), which this one replaces.
    """

    __tablename__ = "change"
    __table_args__ = (sa.Index("ix_change_row", "table", "row_id"), sa.Index("ix_change_place", "device", "position"))
    id: bytes = Field(sa_type=KEY, primary_key=True)
    wall_ms: int = Field(sa_type=sa.BigInteger)
    seq: int = Field(sa_type=sa.BigInteger)
    device: str
    user: str
    transaction: bytes = Field(sa_type=KEY, foreign_key="step.id", index=True)
    table: str
    row_id: bytes = Field(sa_type=KEY)
    field: str
    value: str | None = None
    """JSON."""
    parents: str = "[]"
    position: int | None = Field(default=None, sa_type=sa.BigInteger)
    """Place in the chain of the device, from 1; empty for a change from before the chains."""
    salt: bytes | None = Field(default=None, sa_type=HASH)
    """Random; empty where an erasure removed value or user."""
    digest: bytes = Field(sa_type=HASH)
    """Hash of salt, user and value; an erasure keeps it."""
    chain: bytes = Field(sa_type=HASH)
    """Hash of the other columns, without user and value, and of the previous change of the device."""
    erased_by: bytes | None = Field(default=None, sa_type=KEY)
    """The erased person on whose account the salt was removed."""
    purpose: str | None = None
    """Kind of its step, and the key of the step that it reverses; empty where the chain does not commit to the step."""


class MissingChange(SQLModel, table=True):
    """A place in the chain of a device whose change this copy does not have: its record was erased, or a merge left it
    out.
    """

    __tablename__ = "missing_change"
    __table_args__ = (sa.Index("ix_missing_change_place", "device", "position"),)
    id: bytes = Field(sa_type=KEY, primary_key=True)
    wall_ms: int = Field(sa_type=sa.BigInteger)
    seq: int = Field(sa_type=sa.BigInteger)
    device: str
    transaction: bytes = Field(sa_type=KEY)
    table: str
    row_id: bytes = Field(sa_type=KEY)
    field: str
    parents: str
    position: int | None = Field(default=None, sa_type=sa.BigInteger)
    digest: bytes = Field(sa_type=HASH)
    chain: bytes = Field(sa_type=HASH)
    purpose: str | None = None


class Setting(SQLModel, table=True):
    """A setting of this copy of the database, such as its device id."""

    __tablename__ = "setting"
    name: str = Field(primary_key=True)
    value: str


class MergedChange(SQLModel, table=True):
    """A change that came to this copy of the database by a merge."""

    __tablename__ = "merged_change"
    step: bytes = Field(sa_type=KEY, primary_key=True, foreign_key="step.id")
    """The step of the merge."""
    change: bytes = Field(sa_type=KEY, primary_key=True)
    """The id of the change. Not a foreign key: an erasure deletes changes."""


class ParkedLine(SQLModel, table=True):
    """A row that the undo of a merge took out of the journal, for its redo."""

    __tablename__ = "parked_line"
    undo: bytes = Field(sa_type=KEY, primary_key=True, foreign_key="step.id")
    """The step that took it out."""
    position: int = Field(primary_key=True)
    """Its place among the rows of that step."""
    source: str
    """The table of the row."""
    line: str
    """JSON of its columns."""


class ConflictingRecord(SQLModel, table=True):
    """A record that has a conflict in this copy of the database."""

    __tablename__ = "conflicting_record"
    table: str = Field(primary_key=True)
    row_id: bytes = Field(sa_type=KEY, primary_key=True)


class DuplicatePair(SQLModel, table=True):
    """Two records that a merge found to be possibly one thing."""

    __tablename__ = "duplicate_pair"
    table: str = Field(primary_key=True)
    first: bytes = Field(sa_type=KEY, primary_key=True)
    second: bytes = Field(sa_type=KEY, primary_key=True)
    resolved_by: bytes | None = Field(default=None, sa_type=KEY, foreign_key="step.id")
    """The step that declared them to be two records."""


class Counter(SQLModel, table=True):
    """The last number issued under a pattern, so that no number is issued twice."""

    __tablename__ = "counter"
    pattern: str = Field(primary_key=True)
    last: int


class Erasure(SQLModel, table=True):
    """An erased record, which refuses every later write; without the person's name."""

    __tablename__ = "erasure"
    row_id: bytes = Field(sa_type=KEY, primary_key=True)
    erased_on: str
    ground: str
    marks: str = "[]"
    """JSON: salted hashes of the person's names and addresses, to recognize them in imports; empty for dependent
    records.
    """
