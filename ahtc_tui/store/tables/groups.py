"""Tables of boards, fora and groups, their terms of reference and their seats."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.groups.model import GroupKind, GroupState, SeatRole
from ahtc_tui.store.tables.base import Record, choice, flag, known, party_key, ref_to


class Group(Record, table=True):
    """What only a group has; its key is the party's key."""

    __tablename__ = "groups"
    id: bytes = party_key()
    kind: GroupKind = choice(GroupKind, "kind", required=True)
    state: GroupState = choice(GroupState, "state", required=True)
    purpose: str | None = None
    parent: bytes | None = ref_to("groups.id", index=True)
    predecessor: bytes | None = ref_to("groups.id")
    chair: bytes | None = ref_to("parties.id")
    owner: bytes | None = ref_to("organisations.id")
    lead_organisation: bytes | None = ref_to("organisations.id")
    frequency: str | None = None
    quorum: int | None = None
    ref_pattern: str | None = None
    """How its meetings are numbered: "LG-{year}-{n:02}"."""
    time_limited: bool = flag("time_limited")
    restricted: bool = flag("restricted")


class TermsOfReference(Record, table=True):
    """One agreed version of a group's terms of reference."""

    __tablename__ = "terms_of_reference"
    group: bytes = ref_to("groups.id", required=True, index=True)
    version: str
    text: str | None = None
    agreed_on: str | None = known()
    review_on: str | None = known()


class Seat(Record, table=True):
    """A place on a group: of a party, or of a class of organisations where the paper names only that."""

    __tablename__ = "seats"
    __table_args__ = (sa.CheckConstraint("(party IS NULL) <> (org_class IS NULL)", name="one_member"),)
    ref: str = Field(unique=True)
    group: bytes = ref_to("groups.id", required=True, index=True)
    party: bytes | None = ref_to("parties.id", index=True)
    org_class: str | None = None
    role: SeatRole = choice(SeatRole, "role", required=True)
    voting: bool | None = None
    on_behalf_of: bytes | None = ref_to("parties.id")
    basis: str | None = None
    term: int | None = None
    from_on: str | None = known()
    to_on: str | None = known()


class Occupancy(Record, table=True):
    """Who fills a seat for a time, or stands in as its deputy."""

    __tablename__ = "occupancies"
    seat: bytes = ref_to("seats.id", required=True, index=True)
    person: bytes = ref_to("people.id", required=True, index=True)
    deputy: bool = flag("deputy")
    rule: str | None = None
    from_on: str | None = known()
    to_on: str | None = known()
