"""Tables of good practice, its adoption, and the sessions that spread it."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.store.tables.base import Record, define_choice, define_known_date, define_reference


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
