"""Tables of documents and their recommendations."""

from sqlmodel import Field

from ahtc_tui.domain.actions.paper_marking import PaperMarking
from ahtc_tui.store.tables.base import Record, define_choice, define_flag, define_known_date, define_reference


class Document(Record, table=True):
    """A report, strategy or paper that the office works from."""

    __tablename__ = "documents"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    body: bytes | None = define_reference("organisations.id")
    published_on: str | None = define_known_date()
    reference: str | None = None
    awaited: bool = define_flag("awaited")
    """Whether the office waits for its publication."""
    expected_on: str | None = define_known_date()
    after_seed: bool = define_flag("after_seed")
    """Whether it is later than the paper of the reference data."""
    marking: PaperMarking | None = define_choice(PaperMarking, "marking")


class Recommendation(Record, table=True):
    """A recommendation of a document, and the response."""

    __tablename__ = "recommendations"
    ref: str = Field(unique=True)
    document: bytes = define_reference("documents.id", required=True, index=True)
    part_of: bytes | None = define_reference("recommendations.id")
    title: str
    title_cy: str | None = None
    response: str | None = None
    evidence: str | None = None
    owner: bytes | None = define_reference("parties.id")
    objective: bytes | None = define_reference("objectives.id")
    whole_report: bool = define_flag("whole_report")
    made_on: str | None = define_known_date()
    after_seed: bool = define_flag("after_seed")
