"""Row classes of organisations, posts and persons. Open actions follow a post, closed actions keep the person."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.fields.model import Kind, Place, column
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.labelled_enum import LabelledEnum


class PartyKind(LabelledEnum):
    """Kind of party: it can lead an action, hold a seat or be invited."""

    PERSON = "person", gettext_noop("Person")
    POST = "post", gettext_noop("Post")
    ORGANISATION = "organisation", gettext_noop("Organisation")
    GROUP = "group", gettext_noop("Group")


class OrganisationKind(LabelledEnum):
    """What an organisation is, such as a police force or a charity; the register groups organisations by it."""

    GOVERNMENT = "government", gettext_noop("Government")
    GOVERNMENT_UNIT = "government-unit", gettext_noop("Government unit")
    POLICE = "police", gettext_noop("Police")
    LAW_ENFORCEMENT = "law-enforcement", gettext_noop("Law enforcement")
    PROSECUTOR = "prosecutor", gettext_noop("Prosecutor")
    HEALTH_BOARD = "health-board", gettext_noop("Health board")
    LOCAL_AUTHORITY = "local-authority", gettext_noop("Local authority")
    NGO = "ngo", gettext_noop("NGO")
    UNIVERSITY = "university", gettext_noop("University")
    LEGISLATURE = "legislature", gettext_noop("Legislature")
    INTERNATIONAL = "international", gettext_noop("International")
    PROFESSIONAL_BODY = "professional-body", gettext_noop("Professional body")
    AGENCY = "agency", gettext_noop("Agency")
    OTHER = "other", gettext_noop("Other")
    """Not yet classified."""


class PreferredLanguage(LabelledEnum):
    """Language in which a person prefers to be contacted."""

    ENGLISH = "en", gettext_noop("English")
    WELSH = "cy", gettext_noop("Welsh")


class ContactPointKind(LabelledEnum):
    """Where a telephone number or an email address leads."""

    WORK = "work", gettext_noop("work")
    MOBILE = "mobile", gettext_noop("mobile"), "cell", "mob"
    HOME = "home", gettext_noop("home")
    SECOND = "second", gettext_noop("second"), "other", "x-second"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A telephone number or an email address of a contact."""

    value: str
    kind: ContactPointKind | None = None
    preferred: bool = False

    def __str__(self) -> str:
        return f"{self.value} ({self.kind.label})" if self.kind else self.value


_LISTED = "the list has what a contact is found and reached by; the card has the rest"
NOT_LISTED = dict.fromkeys((Place.LIST, Place.SORT), _LISTED)
NOT_EXCHANGED = {
    Place.WORKBOOK: "files for other people have how a contact is reached, not what the office notes",
    Place.IMPORT: "address books do not have it",
}
NOT_SEARCHED = {Place.SEARCH: "it is no text of the contact: the list and the card have it"}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person, post or organisation in lists."""

    key: RowKey
    ref: str
    kind: PartyKind
    name: str
    short: str | None
    role: str | None
    """Role of a person; None for a post, which is named by its role."""
    organisation: str | None
    area: str | None
    email: str | None
    phone: str | None
    holder: str | None
    """Current holder of a post, if known."""
    organisation_kind: str | None
    source: str | None
    last_on: DateAsKnown | None = None
    """Day of the last contact."""
    last_kind: str | None = None


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One person's term in one post, or a time without a holder."""

    post: str
    person: str | None
    """None if the source does not name the holder."""
    ordinal: int | None
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None
    acting: bool
    vacant: bool = False
    """Whether the post was vacant."""
    replaced: bool = False
    """Whether another holder followed and no last day is recorded."""

    @property
    def term(self) -> str:
        """The term in words."""
        from ahtc_tui.domain.dates.periods import format_term

        return format_term(self.from_on, self.to_on, self.acting, self.replaced)

    @property
    def holder_label(self) -> str:
        """Name of the holder, or why there is none."""
        return self.person or (_("vacant") if self.vacant else _("not named"))


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A person, post or organisation with all related records, for the detail pane."""

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
    """References and titles of the actions that it leads."""
    supports: tuple[str, ...]
    members: tuple[str, ...]
    """Persons and posts of an organisation."""
    source_notes: tuple[tuple[str, str], ...]
    """Source of single fields where it differs from the source of the record."""
    salutation: str | None = None
    emails: tuple[ContactPoint, ...] = ()
    """Email addresses, the preferred one first."""
    phones: tuple[ContactPoint, ...] = ()
    postal_address: str | None = None
    addresses: tuple[str, ...] = ()
    """Addresses over time, with their dates; empty where it has had only one."""
    renames: tuple[str, ...] = ()
    """Names that are valid from or until a date, with the date."""
    language: PreferredLanguage | None = None
    """Preferred language of a person."""
    lawful_basis: str | None = None
    told_on: DateAsKnown | None = None
    review_on: DateAsKnown | None = None
    organisation_ref: str | None = None
    """Reference of the organisation that it belongs to."""
    passed: tuple[str, ...] = ()
    """Former seats."""
    interests: tuple[str, ...] = ()
    """Declared interests; for an organisation, the interests that others declared in it."""
    tier: int | None = None
    """Tier of engagement; None without a limit."""
    limit: int | None = None
    """Limit of the tier in days."""
    apologies: str | None = None
    """Group for whose last two meetings the contact sent apologies."""
    police_ref: str | None = None
    """Reference of the police force of its area."""
    established_on: DateAsKnown | None = field(
        default=None,
        metadata=column(
            gettext_noop("established on"), Kind.DATE, table="posts", not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED
        ),
    )
    jurisdiction: str | None = field(
        default=None,
        metadata=column(gettext_noop("jurisdiction"), table="organisations", not_in=NOT_LISTED | NOT_EXCHANGED),
    )


@dataclass(frozen=True, slots=True)
class ListRow:
    """A circulation list with its filter and those added or dropped by hand, and its members without an address."""

    key: RowKey
    name: str
    filter: str
    members: int
    added: tuple[str, ...]
    """References of members added by hand."""
    dropped: tuple[str, ...]
    """References of members removed by hand."""
    no_address: int
    """Number of members without an e-mail address."""
    fault: str = ""
    """Why the filter cannot be used; empty where it can."""
