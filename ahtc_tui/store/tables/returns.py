"""Tables of returns: dispatched actions, and the meaning of headings."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.store.tables.base import Record, define_known_date, define_reference


class Dispatch(Record, table=True):
    """An action as it was sent for a return, with which the returned file is compared."""

    __tablename__ = "dispatches"
    __table_args__ = (sa.Index("ix_dispatches_batch", "batch"),)
    action: bytes = define_reference("actions.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    """The lead at that time; empty where the workbook was not sent."""
    sent_on: str = define_known_date(required=True)
    file: str
    batch: str
    """The same for all actions of one file."""
    said: str
    """JSON: the fields as sent, without the lead."""


class LearntColumn(Record, table=True):
    """A heading of imported files, and the field that it means."""

    __tablename__ = "learnt_columns"
    heading: str = Field(unique=True)
    """In lower case, with single spaces."""
    field: str
