"""Tables of figures, data sets, web pages, practice and recommendations. They hold aggregates only, never cases."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.actions.model import PaperMarking
from ahtc_tui.domain.evidence.model import Tier
from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.store.tables.base import Record, define_choice, define_flag, define_known_date, define_reference


class Practice(Record, table=True):
    """A good practice, where it began, who leads it and who recognised it."""

    __tablename__ = "practices"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    origin_area: bytes | None = define_reference("areas.id")
    venue: str | None = None
    lead: bytes | None = define_reference("parties.id")
    recognised_by: bytes | None = define_reference("organisations.id")
    first_for: bytes | None = define_reference("areas.id")


class Adoption(Record, table=True):
    """The adoption of a practice in an area; without a row it is not known."""

    __tablename__ = "adoptions"
    __table_args__ = (sa.CheckConstraint("(area IS NULL) <> (organisation IS NULL)", name="one_place"),)
    ref: str = Field(unique=True)
    practice: bytes = define_reference("practices.id", required=True, index=True)
    area: bytes | None = define_reference("areas.id")
    organisation: bytes | None = define_reference("organisations.id")
    status: AdoptionStatus = define_choice(AdoptionStatus, "status", required=True)
    words: str | None = None
    since: str | None = define_known_date()
    evidence: str | None = None
    contact: bytes | None = define_reference("parties.id")


class Session(Record, table=True):
    """A training, visit or conference."""

    __tablename__ = "sessions"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    kind: SessionKind = define_choice(SessionKind, "kind", required=True)
    practice: bytes | None = define_reference("practices.id", index=True)
    meeting: bytes | None = define_reference("meetings.id")
    held_on: str | None = define_known_date()
    place: str | None = None
    area: bytes | None = define_reference("areas.id")


class SessionNumber(Record, table=True):
    """The number of participants of a session from one organisation."""

    __tablename__ = "session_numbers"
    __table_args__ = (sa.CheckConstraint("people > 0", name="people"),)
    session: bytes = define_reference("sessions.id", required=True, index=True)
    organisation: bytes = define_reference("organisations.id", required=True)
    people: int


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


class DataSet(Record, table=True):
    """A source of figures that is published regularly."""

    __tablename__ = "data_sets"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    tier: Tier = define_choice(Tier, "tier", required=True)
    holder: bytes | None = define_reference("organisations.id")
    frequency: str | None = None
    last_received: str | None = define_known_date()
    next_due: str | None = define_known_date()


class Figure(Record, table=True):
    """An aggregate figure with period, area and source."""

    __tablename__ = "figures"
    __table_args__ = (sa.CheckConstraint("value >= 0", name="value"),)
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    data_set: bytes | None = define_reference("data_sets.id", index=True)
    value: float
    at_least: bool = define_flag("at_least")
    out_of: int | None = None
    unit: str
    period: str = define_known_date(required=True)
    area: bytes | None = define_reference("areas.id")
    part_of: bytes | None = define_reference("figures.id")
    published_on: str | None = define_known_date()
    caveat: str | None = None
    supersedes: bytes | None = define_reference("figures.id")
    after_seed: bool = define_flag("after_seed")


class WebPage(Record, table=True):
    """A public page that the office keeps up to date."""

    __tablename__ = "web_pages"
    ref: str = Field(unique=True)
    subject: str
    link: str | None = None
    owner: bytes | None = define_reference("parties.id")
    last_reviewed: str | None = define_known_date()
    cycle_days: int | None = None
    languages: str | None = None
