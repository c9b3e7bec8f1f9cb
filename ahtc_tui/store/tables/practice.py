"""Tables of good practice: where it was taken up, and the sessions that spread it."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.evidence.practice import AdoptionStatus, SessionKind
from ahtc_tui.store.tables.base import Record, choice, known, ref_to


class Practice(Record, table=True):
    """Something worth cascading."""

    __tablename__ = "practices"
    ref: str = Field(unique=True)
    title: str
    origin_area: bytes | None = ref_to("areas.id")
    venue: str | None = None
    lead: bytes | None = ref_to("parties.id")
    recognised_by: bytes | None = ref_to("organisations.id")
    first_for: bytes | None = ref_to("areas.id")


class Adoption(Record, table=True):
    """A practice in a place. No row means "not said"."""

    __tablename__ = "adoptions"
    __table_args__ = (sa.CheckConstraint("(area IS NULL) <> (organisation IS NULL)", name="one_place"),)
    ref: str = Field(unique=True)
    practice: bytes = ref_to("practices.id", required=True, index=True)
    area: bytes | None = ref_to("areas.id")
    organisation: bytes | None = ref_to("organisations.id")
    status: AdoptionStatus = choice(AdoptionStatus, "status", required=True)
    words: str | None = None
    since: str | None = known()
    evidence: str | None = None
    contact: bytes | None = ref_to("parties.id")


class Session(Record, table=True):
    """A training, visit or conference."""

    __tablename__ = "sessions"
    ref: str = Field(unique=True)
    title: str
    kind: SessionKind = choice(SessionKind, "kind", required=True)
    practice: bytes | None = ref_to("practices.id", index=True)
    meeting: bytes | None = ref_to("meetings.id")
    held_on: str | None = known()
    place: str | None = None
    area: bytes | None = ref_to("areas.id")


class SessionNumber(Record, table=True):
    """How many came to a session from one organisation."""

    __tablename__ = "session_numbers"
    __table_args__ = (sa.CheckConstraint("people > 0", name="people"),)
    session: bytes = ref_to("sessions.id", required=True, index=True)
    organisation: bytes = ref_to("organisations.id", required=True)
    people: int
