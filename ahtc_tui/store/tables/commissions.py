"""Tables of papers that somebody asks the office for, paragraph by paragraph."""

from sqlmodel import Field

from ahtc_tui.store.tables.base import KEY, Record, known, ref_to


class Commission(Record, table=True):
    """A paper asked for, with its questions."""

    __tablename__ = "commissions"
    ref: str = Field(unique=True)
    title: str
    group: bytes | None = ref_to("groups.id")
    due: str | None = known()


class Paragraph(Record, table=True):
    """One numbered paragraph under one question, as at a day."""

    __tablename__ = "paragraphs"
    commission: bytes = ref_to("commissions.id", required=True, index=True)
    number: str
    question: str | None = None
    text: str | None = None
    as_at: str | None = known()


class ParagraphLink(Record, table=True):
    """A record that a paragraph rests on; kind and key name it, whatever its table."""

    __tablename__ = "paragraph_links"
    paragraph: bytes = ref_to("paragraphs.id", required=True, index=True)
    kind: str
    record: bytes = Field(sa_type=KEY)
