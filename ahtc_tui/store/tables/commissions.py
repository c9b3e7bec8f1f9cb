"""Tables of papers that somebody asks the office for: questions, paragraphs, and the records that each rests on."""

from sqlmodel import Field

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.store.tables.base import KEY, Record, define_choice, define_known_date, define_reference


class Commission(Record, table=True):
    """A paper that somebody asked for."""

    __tablename__ = "commissions"
    ref: str = Field(unique=True)
    title: str
    asked_by: bytes | None = define_reference("parties.id")
    reference: str | None = None
    """The number that whoever asks gives it."""
    due: str | None = define_known_date()
    from_on: str | None = define_known_date()
    """With `to_on`: what it looks back on."""
    to_on: str | None = define_known_date()
    follows: bytes | None = define_reference("commissions.id")
    """The earlier paper that this one follows: a draft puts a record where it stood there."""
    cleared_by: bytes | None = define_reference("parties.id")
    sent_on: str | None = define_known_date()
    marking: Marking = define_choice(Marking, "marking", Marking.OFFICIAL)


class CommissionQuestion(Record, table=True):
    """One question of a commission: a heading of the paper."""

    __tablename__ = "commission_questions"
    commission: bytes = define_reference("commissions.id", required=True, index=True)
    number: int
    text: str
    takes: str | None = None
    """What a draft puts under it: objectives by number, and kinds of record."""


class Paragraph(Record, table=True):
    """One numbered paragraph under one question, as at a day."""

    __tablename__ = "paragraphs"
    question: bytes = define_reference("commission_questions.id", required=True, index=True)
    number: int
    title: str | None = None
    text: str | None = None
    """In the words of a person; without them the records speak."""
    as_at: str | None = define_known_date()


class ParagraphLink(Record, table=True):
    """A record that a paragraph rests on; kind and key name it, whatever its table."""

    __tablename__ = "paragraph_links"
    paragraph: bytes = define_reference("paragraphs.id", required=True, index=True)
    kind: str
    record: bytes = Field(sa_type=KEY)
    said: str | None = None
    """What the record said when a person last looked: where it says something else now, the paragraph is stale."""
