"""Tables of what was published: releases, and the decision of a person about each text of a page."""

from sqlmodel import Field

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.publication.model import PublishedDocument, TextDecision
from ahtc_tui.store.tables.base import Record, define_choice, define_known_date, define_reference


class Release(Record, table=True):
    """A release of a document in all its languages and formats; without a day it is still open."""

    __tablename__ = "releases"
    document: PublishedDocument = define_choice(PublishedDocument, "document", required=True)
    meeting: bytes | None = define_reference("meetings.id", index=True)
    commission: bytes | None = define_reference("commissions.id", index=True)
    number: int
    released_on: str | None = define_known_date()
    released_by: str | None = None
    """Post of the person who released it."""
    marking: Marking = define_choice(Marking, "marking", Marking.OFFICIAL)
    page_en: str | None = None
    """JSON: the content that is printed, with the wording of each text that was released."""
    page_cy: str | None = None
    """JSON: the same page in Welsh."""


class ReleaseText(Record, table=True):
    """The decision about a text: the text as it was typed, and the wording that may be printed."""

    __tablename__ = "release_texts"
    release: bytes = define_reference("releases.id", required=True, index=True)
    place: str
    kind: str
    text: str
    text_cy: str | None = None
    decision: TextDecision = define_choice(TextDecision, "decision", required=True)
    wording: str | None = None
    wording_cy: str | None = None


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
