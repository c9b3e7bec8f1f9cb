"""Tables of commissions: questions, paragraphs, and the records that each paragraph is based on."""

from sqlmodel import Field

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.store.tables.base import KEY, Record, define_choice, define_known_date, define_reference


class Commission(Record, table=True):
    """A paper that was commissioned from the office."""

    __tablename__ = "commissions"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    asked_by: bytes | None = define_reference("parties.id")
    reference: str | None = None
    """The reference that the commissioning body uses."""
    due: str | None = define_known_date()
    from_on: str | None = define_known_date()
    """With `to_on`, the period that it covers."""
    to_on: str | None = define_known_date()
    follows: bytes | None = define_reference("commissions.id")
    """The earlier paper, whose paragraphs a draft continues."""
    cleared_by: bytes | None = define_reference("parties.id")
    sent_on: str | None = define_known_date()
    marking: Marking = define_choice(Marking, "marking", Marking.OFFICIAL)


class CommissionQuestion(Record, table=True):
    """A question of a commission, which is a heading of the paper."""

    __tablename__ = "commission_questions"
    commission: bytes = define_reference("commissions.id", required=True, index=True)
    number: int
    text: str
    text_cy: str | None = None
    takes: str | None = None
    """What a draft contains: objectives by number, and kinds of record."""


class Paragraph(Record, table=True):
    """A numbered paragraph as of a day."""

    __tablename__ = "paragraphs"
    question: bytes = define_reference("commission_questions.id", required=True, index=True)
    number: int
    title: str | None = None
    title_cy: str | None = None
    text: str | None = None
    """A text that replaces the one from the records."""
    text_cy: str | None = None
    as_at: str | None = define_known_date()


class ParagraphLink(Record, table=True):
    """A record that a paragraph is based on, by kind and key."""

    __tablename__ = "paragraph_links"
    paragraph: bytes = define_reference("paragraphs.id", required=True, index=True)
    kind: str
    record: bytes = Field(sa_type=KEY)
    said: str | None = None
    """The statement of the record at the last check; if it differs now, the paragraph is stale."""
