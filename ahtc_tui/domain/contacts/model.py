"""Organisations, posts and persons. A post is not a person: open work follows the post, closed work the person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


class PartyKind(StrEnum):
    """Whoever can lead an action, hold a seat or be invited."""

    PERSON = "person"
    POST = "post"
    ORGANISATION = "organisation"
    GROUP = "group"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _(self.value.capitalize())


class OrganisationKind(StrEnum):
    """What kind of organisation it is."""

    GOVERNMENT = "government"
    GOVERNMENT_UNIT = "government-unit"
    POLICE = "police"
    LAW_ENFORCEMENT = "law-enforcement"
    PROSECUTOR = "prosecutor"
    HEALTH_BOARD = "health-board"
    LOCAL_AUTHORITY = "local-authority"
    NGO = "ngo"
    UNIVERSITY = "university"
    LEGISLATURE = "legislature"
    INTERNATIONAL = "international"
    PROFESSIONAL_BODY = "professional-body"
    AGENCY = "agency"
    OTHER = "other"
    """Nobody has said yet."""

    @property
    def label(self) -> str:
        """The words that people read."""
        return _("NGO") if self is OrganisationKind.NGO else _(self.value.replace("-", " ").capitalize())


class Language(StrEnum):
    """The language that a person wishes to be written and spoken to in."""

    ENGLISH = "en"
    WELSH = "cy"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _("Welsh") if self is Language.WELSH else _("English")


class AreaKind(StrEnum):
    """What kind of place an area is. A forum area is not a police force area."""

    NATION = "nation"
    MULTI_NATION = "multi-nation"
    FORUM_AREA = "forum-area"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person, post or organisation as lists show it."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    short: str | None
    role: str | None
    """What a person does; None for a post, whose name says it."""
    organisation: str | None
    area: str | None
    email: str | None
    phone: str | None
    holder: str | None
    """Who holds a post now; None where nobody is known to."""
    organisation_kind: str | None
    source: str | None
    last_on: DateAsKnown | None = None
    """The day of the last real contact."""
    last_kind: str | None = None


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One person's time in one post."""

    post: str
    person: str | None
    """None where the paper does not name the holder."""
    ordinal: int | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    acting: bool


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Everything about one person, post or organisation."""

    row: ContactRow
    name_cy: str | None
    aliases: tuple[str, ...]
    postnominal: str | None
    other_roles: tuple[str, ...]
    parent: str | None
    police: str | None
    forum_area: str | None
    first_responder: bool
    first_responder_since: DateAsKnown | None
    competent_authority: bool
    collective: bool
    note: str | None
    holdings: tuple[HoldingRow, ...]
    seats: tuple[str, ...]
    leads: tuple[str, ...]
    """References and titles of the actions it leads."""
    supports: tuple[str, ...]
    members: tuple[str, ...]
    """The people and posts of an organisation."""
    source_notes: tuple[tuple[str, str], ...]
    """Where single fields come from, if not from the record's own paragraph."""
    renames: tuple[str, ...] = ()
    """Names in use from or until a date, with the date."""
    language: Language | None = None
    """The language that a person wishes."""
    lawful_basis: str | None = None
    told_on: DateAsKnown | None = None
    review_on: DateAsKnown | None = None
    organisation_ref: str | None = None
    """Of the organisation that it belongs to, or is a part of."""
    passed: tuple[str, ...] = ()
    """Seats that it had, and has no longer."""
    tier: int | None = None
    """How often it should be spoken to; None for no limit."""
    limit: int | None = None
    """The days of the tier."""
    apologies: str | None = None
    """The group for whose last two meetings they sent apologies."""
