"""Tables of returns: what was sent to whom, as it stood then, and which column of a file means what."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.store.tables.base import Record, define_known_date, define_reference


class Dispatch(Record, table=True):
    """One action as it was sent out for a return: what a file that comes back is compared with."""

    __tablename__ = "dispatches"
    __table_args__ = (sa.Index("ix_dispatches_batch", "batch"),)
    action: bytes = define_reference("actions.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    """Who led it then; nobody where the workbook stayed in the office."""
    sent_on: str = define_known_date(required=True)
    file: str
    batch: str
    """The same for all that was sent in one file."""
    said: str
    """JSON: the fields as they were sent, the lead aside."""


class LearntColumn(Record, table=True):
    """A heading of other people's files and the field that somebody said it means."""

    __tablename__ = "learnt_columns"
    heading: str = Field(unique=True)
    """In small letters, single spaces."""
    field: str
