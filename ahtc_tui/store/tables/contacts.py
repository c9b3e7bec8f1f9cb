"""Tables of areas, contacts, engagement and circulation lists."""

from sqlmodel import Field

from ahtc_tui.domain.areas.model import StoredAreaKind
from ahtc_tui.domain.contacts.engagement import EngagementKind, EngagementState
from ahtc_tui.domain.contacts.model import ContactCard, ContactPointKind, ContactRow, OrganisationKind, PartyKind
from ahtc_tui.store.tables.base import (
    Record,
    define_choice,
    define_columns,
    define_flag,
    define_known_date,
    define_party_key,
    define_reference,
)


class Area(Record, table=True):
    """A place. A forum area differs from a police force area."""

    __tablename__ = "areas"
    ref: str = Field(unique=True)
    kind: StoredAreaKind = define_choice(StoredAreaKind, "kind", required=True)
    name: str
    name_cy: str | None = None
    parent: bytes | None = define_reference("areas.id")
    police: bytes | None = define_reference("organisations.id")
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class AreaName(Record, table=True):
    """Another name of an area, for a period."""

    __tablename__ = "area_names"
    area: bytes = define_reference("areas.id", required=True, index=True)
    name: str
    name_cy: str | None = None
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class Party(Record, table=True):
    """The common part of a person, post, organisation or group."""

    __tablename__ = "parties"
    __table_args__ = define_columns(ContactRow, ContactCard, table="parties")
    ref: str = Field(unique=True)
    kind: PartyKind = define_choice(PartyKind, "kind", required=True)
    name: str
    name_cy: str | None = None
    short: str | None = None
    area: bytes | None = define_reference("areas.id")
    email: str | None = None
    phone: str | None = None
    salutation: str | None = None
    """What follows "Dear" in a letter."""
    postal_address: str | None = None
    """Parts separated by semicolons or commas."""
    card_uid: str | None = None
    """The UID of the vCard that it was imported from."""
    tier: int | None = None
    """The number of the contact interval in `tiers`."""
    merged_into: bytes | None = define_reference("parties.id", index=True)
    """For a removed duplicate, the party that it was merged into."""


class Alias(Record, table=True):
    """Another name of a party, for a period or without one."""

    __tablename__ = "aliases"
    party: bytes = define_reference("parties.id", required=True, index=True)
    name: str
    name_cy: str | None = None
    """Welsh name of the same period; empty if the party loses its Welsh name, NULL if it keeps the one before."""
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class Address(Record, table=True):
    """The postal address of a party for a period; empty where it has none then."""

    __tablename__ = "addresses"
    party: bytes = define_reference("parties.id", required=True, index=True)
    postal_address: str
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class ContactPoint(Record, table=True):
    """A telephone number or an email address of a party. The one that `parties` has too is the preferred one."""

    __tablename__ = "contact_points"
    party: bytes = define_reference("parties.id", required=True, index=True)
    email: str | None = None
    phone: str | None = None
    kind: ContactPointKind | None = define_choice(ContactPointKind, "kind")


class Organisation(Record, table=True):
    """The part of an organisation; its key is that of the party."""

    __tablename__ = "organisations"
    __table_args__ = define_columns(ContactRow, ContactCard, table="organisations")
    id: bytes = define_party_key()
    kind: OrganisationKind = define_choice(OrganisationKind, "kind", required=True)
    parent: bytes | None = define_reference("organisations.id", index=True)
    parent_from: str | None = define_known_date()
    police: bytes | None = define_reference("organisations.id")
    forum_area: bytes | None = define_reference("areas.id")
    first_responder: bool = define_flag("first_responder")
    first_responder_since: str | None = define_known_date()
    competent_authority: bool = define_flag("competent_authority")


class Post(Record, table=True):
    """A post, whose holder need not be known."""

    __tablename__ = "posts"
    __table_args__ = define_columns(ContactRow, ContactCard, table="posts")
    id: bytes = define_party_key()
    organisation: bytes | None = define_reference("organisations.id", index=True)
    collective: bool = define_flag("collective")


class Person(Record, table=True):
    """The part of a person, with the lawful basis."""

    __tablename__ = "people"
    __table_args__ = define_columns(ContactRow, ContactCard, table="people")
    id: bytes = define_party_key()
    organisation: bytes | None = define_reference("organisations.id", index=True)
    role: str | None = None
    other_roles: str | None = None
    """JSON: a list of texts."""
    postnominal: str | None = None
    language: str | None = None
    lawful_basis: str | None = None
    told_on: str | None = define_known_date()
    review_on: str | None = define_known_date()


class Holding(Record, table=True):
    """A person in a post for a period; without a person where the holder is not named, or nobody holds the post."""

    __tablename__ = "holdings"
    post: bytes = define_reference("posts.id", required=True, index=True)
    person: bytes | None = define_reference("people.id", index=True)
    ordinal: int | None = None
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()
    acting: bool = define_flag("acting")
    vacant: bool = define_flag("vacant")


class Engagement(Record, table=True):
    """A call, visit, training or meeting that counts as contact."""

    __tablename__ = "engagements"
    ref: str = Field(unique=True)
    held_on: str = define_known_date(required=True)
    kind: EngagementKind = define_choice(EngagementKind, "kind", required=True)
    subject: str
    text: str | None = None
    follow_up: bytes | None = define_reference("actions.id")
    minutes: int | None = None
    """Duration."""
    status: EngagementState | None = define_choice(EngagementState, "status")
    """None for `held`."""
    assignee: bytes | None = define_reference("parties.id")
    """The contact of the office who deals with it."""


class EngagementParty(Record, table=True):
    """Links an engagement to a party that took part."""

    __tablename__ = "engagement_parties"
    engagement: bytes = define_reference("engagements.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)


class Interest(Record, table=True):
    """An interest that a contact has declared, in an organisation or in words."""

    __tablename__ = "interests"
    ref: str = Field(unique=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    organisation: bytes | None = define_reference("organisations.id", index=True)
    text: str
    declared_on: str | None = define_known_date()
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()


class Tier(Record, table=True):
    """The contact interval of a tier in days; the latest row of a number applies."""

    __tablename__ = "tiers"
    number: int
    days: int


class CirculationList(Record, table=True):
    """A named list of contacts: the matches of its filter, with manual changes."""

    __tablename__ = "circulation_lists"
    name: str
    words: str = ""


class CirculationMember(Record, table=True):
    """A contact that was added to a circulation list, or excluded, by hand."""

    __tablename__ = "circulation_members"
    list: bytes = define_reference("circulation_lists.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    dropped: bool = define_flag("dropped")


class NotDuplicate(Record, table=True):
    """Two contacts that are declared not to be duplicates."""

    __tablename__ = "not_duplicates"
    one: bytes = define_reference("parties.id", required=True, index=True)
    other: bytes = define_reference("parties.id", required=True, index=True)
