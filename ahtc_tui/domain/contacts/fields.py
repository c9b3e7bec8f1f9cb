"""The fields of contacts and of contacts logged with them, in the order of their forms."""

from __future__ import annotations

from ahtc_tui.domain.contacts.contact_points import format_points, list_other_points
from ahtc_tui.domain.contacts.engagement import EngagementKind, EngagementRow, EngagementState
from ahtc_tui.domain.contacts.model import (
    NOT_EXCHANGED,
    NOT_LISTED,
    NOT_SEARCHED,
    ContactCard,
    ContactRow,
    OrganisationKind,
    PartyKind,
    PreferredLanguage,
)
from ahtc_tui.domain.fields.model import Field, Kind, Place, build_column_fields
from ahtc_tui.domain.i18n import gettext_noop

PERSON, POST, ORGANISATION = PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION
KINDS = (PERSON, POST, ORGANISATION)
"""Kinds of contact that can be added."""
BODIES = "bodies"
"""The organisations that the form offers."""

NOT_IMPORTED = {Place.IMPORT: NOT_EXCHANGED[Place.IMPORT]}
IN_LETTERS = {Place.WORKBOOK: "the file for a mail merge has it", Place.IMPORT: NOT_EXCHANGED[Place.IMPORT]}
BY_LANGUAGE = dict.fromkeys((Place.LIST, Place.SORT), "the list shows the name in the language of the screen")
ON_OWN_TABLE = {Place.WORKBOOK: "files are for other people, who need not know why the office holds a person's data"}


def _get_row(card: ContactCard) -> ContactRow:
    return card.row


def _get_card(card: ContactCard) -> ContactCard:
    return card


def list_undated_names(card: ContactCard) -> tuple[str, ...]:
    """Return the other names of a contact that have no date."""
    return tuple(name for name in card.aliases if not any(name in dated for dated in card.renames))


_FIELDS: tuple[tuple[tuple[PartyKind, ...], Field[ContactCard]], ...] = (
    (
        KINDS,
        Field(
            "kind",
            gettext_noop("kind"),
            lambda card: card.row.kind,
            Kind.CHOICE,
            choices=KINDS,
            required=True,
            default=PERSON.value,
            not_in=NOT_SEARCHED,
            is_usual=True,
        ),
    ),
    (
        KINDS,
        Field(
            "name",
            gettext_noop("name"),
            lambda card: card.row.name,
            required=True,
            not_in={Place.ADD: "it is the argument of the verb"},
        ),
    ),
    (
        (PERSON, POST),
        Field(
            "organisation",
            gettext_noop("organisation"),
            lambda card: card.row.organisation,
            Kind.RECORD,
            register=BODIES,
            initial=lambda card: card.organisation_ref,
            is_usual=True,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "organisation",
            gettext_noop("part of"),
            lambda card: card.parent,
            Kind.RECORD,
            register=BODIES,
            initial=lambda card: card.organisation_ref,
            not_in=NOT_EXCHANGED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "role",
            gettext_noop("role"),
            lambda card: card.row.role,
            prompt=gettext_noop("what a person does"),
            is_usual=True,
        ),
    ),
    (
        KINDS,
        Field(
            "email",
            gettext_noop("email"),
            lambda card: card.row.email,
            initial=lambda card: format_points(card.emails[:1]),
            prompt=gettext_noop("the address to write to"),
            is_usual=True,
        ),
    ),
    (
        KINDS,
        Field(
            "other_emails",
            gettext_noop("other emails"),
            lambda card: format_points(list_other_points(card.emails)),
            example=gettext_noop("name@example.org (second); office@example.org"),
            not_in=NOT_LISTED,
        ),
    ),
    (
        KINDS,
        Field(
            "phone",
            gettext_noop("phone"),
            lambda card: card.row.phone,
            initial=lambda card: format_points(card.phones[:1]),
            example=gettext_noop("029 2000 0000 (work)"),
            is_usual=True,
        ),
    ),
    (
        KINDS,
        Field(
            "other_phones",
            gettext_noop("other phones"),
            lambda card: format_points(list_other_points(card.phones)),
            example=gettext_noop("07700 900123 (mobile); 029 2000 0001 (second)"),
            not_in=NOT_LISTED,
        ),
    ),
    (
        KINDS,
        Field(
            "postal_address",
            gettext_noop("postal address"),
            lambda card: card.postal_address,
            example=gettext_noop("Police Headquarters; NP44 2XJ"),
            not_in=NOT_LISTED | IN_LETTERS | NOT_SEARCHED,
        ),
    ),
    (
        KINDS,
        Field(
            "salutation",
            gettext_noop("salutation"),
            lambda card: card.salutation,
            prompt=gettext_noop("what follows Dear in a letter"),
            not_in=NOT_LISTED | IN_LETTERS | NOT_SEARCHED,
        ),
    ),
    (
        KINDS,
        Field(
            "area",
            gettext_noop("area"),
            lambda card: card.row.area,
            example=gettext_noop("Gwent, Dyfed-Powys"),
            not_in=NOT_IMPORTED,
        ),
    ),
    (KINDS, Field("short", gettext_noop("short name"), lambda card: card.row.short, not_in=NOT_EXCHANGED)),
    (
        KINDS,
        Field("name_cy", gettext_noop("Welsh name"), lambda card: card.name_cy, not_in=BY_LANGUAGE | NOT_IMPORTED),
    ),
    (
        KINDS,
        Field(
            "aliases",
            gettext_noop("also called"),
            lambda card: "; ".join(list_undated_names(card)),
            hint=gettext_noop("names separated by semicolons"),
            not_in=NOT_LISTED | NOT_EXCHANGED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "language",
            gettext_noop("language"),
            lambda card: card.language,
            Kind.CHOICE,
            choices=PreferredLanguage,
            not_in=NOT_LISTED | NOT_SEARCHED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "other_roles",
            gettext_noop("other roles"),
            lambda card: "; ".join(card.other_roles),
            hint=gettext_noop("separated by semicolons"),
            not_in=NOT_LISTED | NOT_EXCHANGED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "postnominal",
            gettext_noop("letters after the name"),
            lambda card: card.postnominal,
            not_in=NOT_LISTED | NOT_SEARCHED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "lawful_basis",
            gettext_noop("lawful basis"),
            lambda card: card.lawful_basis,
            not_in=NOT_LISTED | NOT_IMPORTED | ON_OWN_TABLE | NOT_SEARCHED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "told_on",
            gettext_noop("date informed"),
            lambda card: card.told_on,
            Kind.PAST_DATE,
            not_in=NOT_LISTED | NOT_IMPORTED | ON_OWN_TABLE | NOT_SEARCHED,
        ),
    ),
    (
        (PERSON,),
        Field(
            "review_on",
            gettext_noop("review on"),
            lambda card: card.review_on,
            Kind.DATE,
            not_in=NOT_IMPORTED
            | ON_OWN_TABLE
            | NOT_SEARCHED
            | {Place.SORT: "the list of reviews that are due is in the order of their dates"},
        ),
    ),
    (
        (POST,),
        Field(
            "collective",
            gettext_noop("several people"),
            lambda card: card.collective,
            Kind.YES_NO,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    *(((POST,), field) for field in build_column_fields(ContactCard, _get_card, "posts")),
    (
        (ORGANISATION,),
        Field(
            "type",
            gettext_noop("type of organisation"),
            lambda card: card.row.organisation_kind and OrganisationKind(card.row.organisation_kind),
            Kind.CHOICE,
            choices=OrganisationKind,
            required=True,
            default=OrganisationKind.OTHER.value,
            not_in=NOT_EXCHANGED | NOT_SEARCHED,
            is_usual=True,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "police",
            gettext_noop("police force"),
            lambda card: card.police,
            Kind.RECORD,
            register=BODIES,
            initial=lambda card: card.police_ref,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "forum_area",
            gettext_noop("forum area"),
            lambda card: card.forum_area,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "first_responder",
            gettext_noop("First Responder"),
            lambda card: card.first_responder,
            Kind.YES_NO,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "first_responder_since",
            gettext_noop("First Responder since"),
            lambda card: card.first_responder_since,
            Kind.PAST_DATE,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    (
        (ORGANISATION,),
        Field(
            "competent_authority",
            gettext_noop("Competent Authority"),
            lambda card: card.competent_authority,
            Kind.YES_NO,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    *(((ORGANISATION,), field) for field in build_column_fields(ContactCard, _get_card, "organisations")),
    *(((PERSON,), field) for field in build_column_fields(ContactCard, _get_card, "people")),
    *((KINDS, field) for field in build_column_fields(ContactCard, _get_card, "parties")),
    *((KINDS, field) for field in build_column_fields(ContactRow, _get_row, "parties")),
    (
        KINDS,
        Field(
            "source",
            gettext_noop("source of the entry"),
            lambda card: card.row.source,
            not_in=NOT_LISTED | NOT_EXCHANGED | NOT_SEARCHED,
        ),
    ),
    (
        KINDS,
        Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE, not_in=NOT_LISTED | NOT_EXCHANGED),
    ),
)

CONTACT_FIELDS = {kind: tuple(field for kinds, field in _FIELDS if kind in kinds) for kind in KINDS}
"""The fields of each kind of contact."""
ALL_FIELDS = tuple({field.name: field for _kinds, field in reversed(_FIELDS)}.values())[::-1]
"""The fields of all kinds, each once."""
FIELD_NAMES = {kind: frozenset(field.name for field in fields) for kind, fields in CONTACT_FIELDS.items()}


OWNERS = "owners"
"""The records that the forms offer."""
ARGUMENT = {Place.ADD: "it is an argument of the verb"}

ENGAGEMENT_FIELDS: tuple[Field[EngagementRow], ...] = (
    Field(
        "who",
        gettext_noop("participants"),
        lambda row: ", ".join(row.who),
        initial=lambda row: ", ".join(row.who_refs),
        required=True,
        not_in=ARGUMENT,
        is_row=True,
    ),
    Field(
        "subject",
        gettext_noop("subject"),
        lambda row: row.subject,
        prompt=gettext_noop("what it was about"),
        required=True,
        not_in=ARGUMENT,
        wraps=True,
    ),
    Field(
        "kind",
        gettext_noop("kind"),
        lambda row: EngagementKind(row.kind),
        Kind.CHOICE,
        choices=EngagementKind,
        required=True,
        default=EngagementKind.CALL.value,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "on",
        gettext_noop("date"),
        lambda row: row.on,
        Kind.DATE,
        example=gettext_noop("today"),
        is_row=True,
        is_usual=True,
    ),
    Field(
        "minutes",
        gettext_noop("length"),
        lambda row: row.minutes,
        example=gettext_noop("45, 2h or 1h30"),
        is_row=True,
    ),
    Field(
        "status",
        gettext_noop("status"),
        lambda row: row.status,
        Kind.CHOICE,
        choices=EngagementState,
        required=True,
        default=EngagementState.HELD.value,
        is_row=True,
    ),
    Field(
        "assignee",
        gettext_noop("assignee"),
        lambda row: row.assignee,
        Kind.RECORD,
        register=OWNERS,
        initial=lambda row: row.assignee_ref,
        is_row=True,
    ),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE, is_row=True, is_usual=True),
)
