"""Tables of documents and the recommendations that stand in them."""

from sqlmodel import Field

from ahtc_tui.store.tables.base import Record, flag, known, ref_to


class Document(Record, table=True):
    """A report, strategy or paper that the office works from."""

    __tablename__ = "documents"
    ref: str = Field(unique=True)
    title: str
    body: bytes | None = ref_to("organisations.id")
    published_on: str | None = known()
    reference: str | None = None
    awaited: bool = flag("awaited")
    """Work of others that the office waits for; published, it is awaited no more."""
    expected_on: str | None = known()
    after_seed: bool = flag("after_seed")
    """Later than the paper that the reference data come from."""


class Recommendation(Record, table=True):
    """What a document asks, and the answer."""

    __tablename__ = "recommendations"
    ref: str = Field(unique=True)
    document: bytes = ref_to("documents.id", required=True, index=True)
    part_of: bytes | None = ref_to("recommendations.id")
    title: str
    response: str | None = None
    evidence: str | None = None
    owner: bytes | None = ref_to("parties.id")
    objective: bytes | None = ref_to("objectives.id")
    whole_report: bool = flag("whole_report")
    made_on: str | None = known()
    after_seed: bool = flag("after_seed")
