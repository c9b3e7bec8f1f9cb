"""Tables of the retention schedule: holds, and certificates of what was destroyed or transferred."""

from sqlmodel import Field

from ahtc_tui.store.tables.base import Record, define_known_date


class RetentionHold(Record, table=True):
    """Records that are not destroyed while a request or an inquiry needs them."""

    __tablename__ = "retention_holds"
    held_ref: str
    """Reference of a record, or the name of a class."""
    reason: str
    held_on: str = define_known_date(required=True)
    released_on: str | None = define_known_date()


class Certificate(Record, table=True):
    """What was destroyed or transferred, in counts, without any of the content."""

    __tablename__ = "certificates"
    ref: str = Field(unique=True)
    made_on: str = define_known_date(required=True)
    made_by: str
    """Post of the person who decided it."""
    entries: str
    """JSON: class, count and what happened, for each class."""
    transferred: str
    """JSON: references of the records that were written for an archive."""
