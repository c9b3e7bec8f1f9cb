"""The list of contacts: who is listed, and its columns. Never filters or sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from ahtc_tui.domain.contacts.model import ContactRow, OrganisationKind, PartyKind
from ahtc_tui.domain.dates.date_as_known import MONTHS, Precision
from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.widgets.record_line import Column


class ContactScope(Enum):
    """Who is listed."""

    PEOPLE = (PartyKind.PERSON, PartyKind.POST)
    ORGANISATIONS = (PartyKind.ORGANISATION,)
    ALL = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)
    TO_REVIEW = (PartyKind.PERSON,)

    @property
    def label(self) -> str:
        """The words that people read."""
        words = {"PEOPLE": _("people and posts"), "ORGANISATIONS": _("organisations"), "ALL": _("all")}
        return words.get(self.name) or _("data protection review due")


def contact_columns(*, spoken: bool = False, reviews: Mapping[str, date] | None = None) -> Sequence[Column[ContactRow]]:
    """Name, kind, holder or organisation, and address.

    When they were last spoken to stands there where somebody was, unless the card beside says it; the day of the review
    where these are listed.
    """
    last = Column(_("Last spoke"), 10, format_last_contact, hide_below=76, style=lambda _row: "muted")
    days = {ref: format_short_day(day) for ref, day in (reviews or {}).items()}
    due: Column[ContactRow] = Column(_("Review on"), 10, lambda row: days.get(row.ref, ""), style=lambda _row: "late")
    return (
        Column(_("Name"), None, format_full_name),
        Column(_("Kind"), 15, format_kind, hide_below=90, style=lambda _row: "muted"),
        Column(_("Holder or body"), None, format_holder),
        Column(
            _("Address"),
            22,
            lambda row: row.email or _("no address"),
            style=lambda row: "" if row.email else "muted",
        ),
        *((due,) if reviews is not None else (last,) if spoken else ()),
    )


def format_short_day(day: date) -> str:
    """A day within nine cells."""
    return f"{day.day} {_(MONTHS[day.month][:3])} {day.year % 100:02}"


def format_last_contact(row: ContactRow) -> str:
    """The day of the last real contact; empty where there is none."""
    if row.last_on is None:
        return ""
    if row.last_on.precision is Precision.DAY:
        return format_short_day(row.last_on.latest)
    return str(row.last_on)


def format_full_name(row: ContactRow) -> str:
    """The name, its short form first."""
    return f"{row.short}  {row.name}" if row.short else row.name


def format_holder(row: ContactRow) -> str:
    """Who holds a post now; where nobody is known to, and for everybody else, the organisation or the area."""
    return row.holder or row.organisation or row.area or ""


def format_kind(row: ContactRow) -> str:
    """Person, post, or what kind of organisation."""
    return OrganisationKind(row.organisation_kind).label if row.organisation_kind else row.kind.label
