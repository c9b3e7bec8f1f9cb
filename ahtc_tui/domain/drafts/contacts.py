"""Drafts of persons, posts and organisations.

Other records (an organisation, an area) are given by name and resolved by the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator

from ahtc_tui.domain.contacts.addressing import strip_opening
from ahtc_tui.domain.contacts.contact_points import read_point, read_points
from ahtc_tui.domain.contacts.engagement import EngagementKind, EngagementState, refuse_future_contact
from ahtc_tui.domain.contacts.model import ContactCard, ContactRow, OrganisationKind, PartyKind, PreferredLanguage
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.text import (
    Draft,
    DueDate,
    FactDate,
    Flag,
    KnownDate,
    Line,
    Prose,
    Title,
    build_choice_validator,
    build_minutes_reader,
    build_text_reader,
    forbid_empty,
    with_columns,
)
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.durations import WEEK_MINUTES


def _check_address(value: str) -> str:
    """Return a single e-mail address with its kind, or empty text."""
    if value:
        read_point(value, "email")
    return value


def _check_addresses(value: str) -> str:
    read_points(value, "email")
    return value


def _join_address(value: object) -> object:
    """Return an address of several lines with its lines as parts: separated by commas, unless a line has one."""
    lines = [line.strip(" ,;") for line in value.splitlines()] if isinstance(value, str) else []
    if len(lines) < 2:
        return value
    separator = "; " if any("," in line for line in lines) else ", "
    return separator.join(filter(None, lines))


@with_columns(ContactRow, ContactCard)
class ContactDraft(Draft):
    """Writable fields of a contact; `fields.CONTACT_FIELDS` lists the fields of each kind."""

    typed_names: ClassVar[Mapping[str, str]] = {"address": "postal_address"}

    kind: Annotated[PartyKind | None, build_choice_validator(PartyKind, gettext_noop("kind of contact"))] = None
    name: Title | None = None
    name_cy: Line | None = None
    short: Line | None = None
    aliases: Line | None = None
    """Other names, separated by semicolons; names with dates are stored as aliases."""
    email: Annotated[Line, AfterValidator(_check_address)] | None = None
    other_emails: Annotated[Line, AfterValidator(_check_addresses)] | None = None
    """Further addresses, separated by semicolons, each with its kind in brackets."""
    phone: Line | None = None
    other_phones: Line | None = None
    salutation: Annotated[Line, AfterValidator(strip_opening)] | None = None
    """Words after "Dear" in a letter; a typed "Dear" is removed."""
    postal_address: Annotated[Line, BeforeValidator(_join_address)] | None = None
    """Parts separated by semicolons, else by commas."""
    area: Line | None = None
    organisation: Line | None = None
    """Organisation of a person or post; parent of an organisation."""
    role: Line | None = None
    other_roles: Line | None = None
    """Further roles, separated by semicolons."""
    postnominal: Line | None = None
    language: Annotated[
        PreferredLanguage | None, build_choice_validator(PreferredLanguage, gettext_noop("language"))
    ] = None
    lawful_basis: Line | None = None
    told_on: FactDate = None
    review_on: DueDate = None
    collective: Flag = None
    type: Annotated[
        OrganisationKind | None, build_choice_validator(OrganisationKind, gettext_noop("type of organisation"))
    ] = None
    police: Line | None = None
    forum_area: Line | None = None
    first_responder: Flag = None
    first_responder_since: FactDate = None
    competent_authority: Flag = None
    source: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Name and type cannot be empty."), "name", "type")


build_contact_draft = ContactDraft.read


Kind = Annotated[EngagementKind, build_choice_validator(EngagementKind, gettext_noop("kind of contact"))]
Minutes = Annotated[int | None, build_minutes_reader(WEEK_MINUTES)]
State = Annotated[EngagementState | None, build_choice_validator(EngagementState, gettext_noop("status"))]


class EngagementDraft(Draft):
    """A call, visit, training, meeting or mail, with an optional follow-up action."""

    subject: Title
    kind: Kind = EngagementKind.CALL
    on: Annotated[DateAsKnown, build_text_reader(read_date)]
    note: Prose | None = None
    minutes: Minutes = None
    status: State = None
    """None for a contact that was held."""
    assignee: Line | None = None
    follow_up: Line | None = None
    """Title of the follow-up action, or empty."""
    due: Line | None = None
    lead: Line | None = None


class EngagementEdit(Draft):
    """Writable fields of a logged contact; empty text clears a field."""

    who: Line | None = None
    """Names or references of everyone who took part, separated by commas."""
    subject: Title | None = None
    kind: Kind | None = None
    on: Annotated[DateAsKnown | None, build_text_reader(read_date)] = None
    minutes: Minutes = None
    status: State = None
    assignee: Line | None = None
    note: Prose | None = None

    _filled = forbid_empty(
        gettext_noop("A logged contact needs a date, a kind, a subject and a participant."),
        "who",
        "subject",
        "kind",
        "on",
    )


build_engagement_edit = EngagementEdit.read


class InterestDraft(Draft):
    """Writable fields of a declared interest; empty text clears a field."""

    text: Title | None = None
    organisation: Line | None = None
    declared_on: FactDate = None
    from_on: KnownDate = None
    to_on: KnownDate = None
    note: Prose | None = None

    _filled = forbid_empty(gettext_noop("Describe the interest in a few words."), "text")


build_interest_draft = InterestDraft.read


def build_engagement_draft(fields: Mapping[str, Any], today: date) -> EngagementDraft:
    """Return the draft of typed fields; without a date the contact was today. Raises BadInput with one sentence."""
    values = {name: value for name, value in fields.items() if value is not None}
    if not str(values.get("on", "")).strip():
        values["on"] = DateAsKnown(today)
    draft = EngagementDraft.read(values, today)
    refuse_future_contact(draft.on, draft.status, today)
    if not draft.follow_up and (draft.due or draft.lead):
        raise BadInput(_("A due date and a lead need a follow-up action. Enter a title for it."))
    return draft
