"""Tables of groups: terms of reference and seats."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.groups.model import GroupCard, GroupKind, GroupRow, GroupState, SeatRole
from ahtc_tui.store.tables.base import (
    Record,
    define_choice,
    define_columns,
    define_flag,
    define_known_date,
    define_party_key,
    define_reference,
)


class Group(Record, table=True):
    """The part of a group; its key is that of the party."""

    __tablename__ = "groups"
    __table_args__ = define_columns(GroupRow, GroupCard)
    id: bytes = define_party_key()
    kind: GroupKind = define_choice(GroupKind, "kind", required=True)
    state: GroupState = define_choice(GroupState, "state", required=True)
    purpose: str | None = None
    parent: bytes | None = define_reference("groups.id", index=True)
    predecessor: bytes | None = define_reference("groups.id")
    chair: bytes | None = define_reference("parties.id")
    owner: bytes | None = define_reference("organisations.id")
    lead_organisation: bytes | None = define_reference("organisations.id")
    frequency: str | None = None
    quorum: int | None = None
    ref_pattern: str | None = None
    """The pattern of references of its meetings: "LG-{year}-{n:02}"."""
    time_limited: bool = define_flag("time_limited")
    restricted: bool = define_flag("restricted")


class TermsOfReference(Record, table=True):
    """An agreed version of the terms of reference."""

    __tablename__ = "terms_of_reference"
    group: bytes = define_reference("groups.id", required=True, index=True)
    version: str
    text: str | None = None
    agreed_on: str | None = define_known_date()
    review_on: str | None = define_known_date()
    from_on: str | None = define_known_date()
    """Day on which it comes into force, by default the day of its agreement."""


class Seat(Record, table=True):
    """A seat of a party, or of a class of organisations where the paper names only that."""

    __tablename__ = "seats"
    __table_args__ = (sa.CheckConstraint("(party IS NULL) <> (org_class IS NULL)", name="one_member"),)
    ref: str = Field(unique=True)
    group: bytes = define_reference("groups.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    org_class: str | None = None
    role: SeatRole = define_choice(SeatRole, "role", required=True)
    voting: bool | None = None
    on_behalf_of: bytes | None = define_reference("parties.id")
    basis: str | None = None
    term: int | None = None
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class Occupancy(Record, table=True):
    """Who fills a seat or deputises, for a period; without a person where nobody fills it."""

    __tablename__ = "occupancies"
    seat: bytes = define_reference("seats.id", required=True, index=True)
    person: bytes | None = define_reference("people.id", index=True)
    deputy: bool = define_flag("deputy")
    rule: str | None = None
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()
