"""The fields of an action that people can change, in the order of the form and of previews."""

from __future__ import annotations

from collections.abc import Callable

from ahtc_tui.domain.actions.model import (
    NOT_LISTED,
    NOT_SEARCHED,
    OF_ITSELF,
    ActionCard,
    ActionRow,
    Brag,
    Confidence,
    Marking,
    PartyRole,
    Priority,
    Status,
)
from ahtc_tui.domain.fields.model import Field, Kind, Place, build_column_fields
from ahtc_tui.domain.i18n import gettext_noop

PARTIES, GROUPS, OBJECTIVES, MEETINGS = "parties", "groups", "objectives", "meetings"
"""The records that the form offers."""

NOT_PRINTED = {place: NOT_LISTED[place] for place in (Place.WORKBOOK, Place.IMPORT)}
NOT_READ_BACK = {Place.IMPORT: "the office decides it: a file that comes back does not"}
BY_LANGUAGE = {
    Place.LIST: "the list shows the title in the language of the screen",
    Place.SORT: "the list shows the title in the language of the screen",
}
NEW_STATE = {Place.REPEAT: "the next occurrence starts anew"}
NAMES_HINT = gettext_noop("names separated by semicolons")


def _build_party_reader(role: PartyRole) -> Callable[[ActionCard], str]:
    return lambda card: "; ".join(name for party_role, name in card.parties if party_role is role)


def _get_row(card: ActionCard) -> ActionRow:
    return card.row


def _get_card(card: ActionCard) -> ActionCard:
    return card


def _read_blockers(card: ActionCard) -> str:
    return ", ".join(line.split(" ", 1)[0] for line in card.blocked_by)


ACTION_FIELDS: tuple[Field[ActionCard], ...] = (
    Field(
        "title",
        gettext_noop("title"),
        lambda card: card.row.title,
        required=True,
        not_in={Place.ADD: "it is the argument of the verb"},
        wraps=True,
    ),
    Field(
        "lead",
        gettext_noop("lead"),
        lambda card: card.row.lead,
        Kind.RECORD,
        register=PARTIES,
        initial=lambda card: card.row.lead_ref,
        is_usual=True,
    ),
    Field(
        "due",
        gettext_noop("due"),
        lambda card: card.row.due,
        Kind.DATE_OR_WORDS,
        not_in=NEW_STATE | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "objective",
        gettext_noop("objective"),
        lambda card: card.row.objective,
        Kind.RECORD,
        register=OBJECTIVES,
        not_in=NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "group",
        gettext_noop("group"),
        lambda card: card.group,
        Kind.RECORD,
        register=GROUPS,
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "status",
        gettext_noop("status"),
        lambda card: card.row.status.label.lower(),
        Kind.CHOICE,
        choices=Status,
        initial=lambda card: card.row.status,
        required=True,
        default=Status.PLANNED.value,
        not_in=NEW_STATE | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "brag",
        gettext_noop("BRAG"),
        lambda card: card.row.brag and card.row.brag.label,
        Kind.CHOICE,
        choices=Brag,
        initial=lambda card: card.row.brag,
        not_in=NEW_STATE | NOT_SEARCHED,
    ),
    Field(
        "reason",
        gettext_noop("reason"),
        lambda card: card.brag_reason,
        initial=lambda _card: None,
        prompt=gettext_noop("if the date changes or the rating falls"),
        not_in=NOT_LISTED
        | NEW_STATE
        | {
            Place.ADD: "a new action has neither a moved date nor a worse rating",
            Place.SEARCH: "it belongs to the rating or the slip, which the card shows",
        },
        is_usual=True,
    ),
    Field(
        "priority",
        gettext_noop("priority"),
        lambda card: card.row.priority,
        Kind.CHOICE,
        choices=Priority,
        not_in={Place.WORKBOOK: NOT_LISTED[Place.WORKBOOK]} | NOT_SEARCHED,
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, not_in=BY_LANGUAGE, wraps=True),
    Field(
        "review_on",
        gettext_noop("review on"),
        lambda card: card.row.review_on,
        Kind.DATE,
        not_in=NOT_PRINTED | NEW_STATE | NOT_SEARCHED,
    ),
    Field(
        "confidence",
        gettext_noop("confidence"),
        lambda card: card.row.confidence,
        Kind.CHOICE,
        choices=Confidence,
        not_in=NOT_PRINTED | NEW_STATE | NOT_SEARCHED,
    ),
    Field("support", gettext_noop("support"), _build_party_reader(PartyRole.SUPPORT), hint=NAMES_HINT),
    Field(
        "partners",
        gettext_noop("partners"),
        _build_party_reader(PartyRole.PARTNER),
        hint=gettext_noop("names in the register, separated by semicolons"),
        not_in=NOT_LISTED,
    ),
    Field(
        "partner_text",
        gettext_noop("other partners"),
        lambda card: card.partner_text,
        hint=gettext_noop("others, as text"),
        not_in=NOT_LISTED,
    ),
    Field(
        "blocked_by",
        gettext_noop("depends on"),
        _read_blockers,
        hint=gettext_noop("action references"),
        not_in=NOT_LISTED | NEW_STATE | NOT_SEARCHED,
    ),
    Field(
        "part_of",
        gettext_noop("part of"),
        lambda card: card.part_of,
        initial=lambda card: (card.part_of or "").split(" ", 1)[0],
        hint=gettext_noop("an action reference"),
        not_in=NOT_LISTED | NEW_STATE | NOT_SEARCHED,
    ),
    Field(
        "repeat",
        gettext_noop("repeats"),
        lambda card: card.repeats,
        hint=gettext_noop("monthly, every 3 months, 2 weeks after done"),
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "meeting",
        gettext_noop("meeting"),
        lambda card: card.row.meeting,
        Kind.RECORD,
        register=MEETINGS,
        hint=gettext_noop("the meeting that agreed it"),
        not_in=NOT_READ_BACK | NOT_SEARCHED,
    ),
    Field(
        "raised_on",
        gettext_noop("raised on"),
        lambda card: card.row.raised_on,
        Kind.PAST_DATE,
        not_in=NOT_PRINTED | NEW_STATE | NOT_SEARCHED,
    ),
    Field(
        "closed_on",
        gettext_noop("closed on"),
        lambda card: card.row.closed_on,
        Kind.PAST_DATE,
        not_in=NEW_STATE
        | NOT_SEARCHED
        | {Place.FORM: "the form that closes an action asks for it", Place.ADD: "a new action is open"},
    ),
    Field(
        "marking",
        gettext_noop("marking"),
        lambda card: card.row.marking,
        Kind.CHOICE,
        choices=Marking,
        required=True,
        default=Marking.OFFICIAL.value,
        not_in=NOT_READ_BACK | NOT_SEARCHED,
    ),
    *build_column_fields(ActionRow, _get_row),
    *build_column_fields(ActionCard, _get_card),
    Field(
        "evidence",
        gettext_noop("evidence"),
        lambda card: card.row.evidence,
        Kind.PROSE,
        not_in=NEW_STATE | dict.fromkeys((Place.LIST, Place.SORT), "it is a text of several lines: the card has it"),
    ),
    Field(
        "detail",
        gettext_noop("detail"),
        lambda card: card.detail,
        Kind.PROSE,
        not_in={place: reason for place, reason in NOT_LISTED.items() if place is not Place.IMPORT},
    ),
    Field("detail_cy", gettext_noop("Welsh detail"), lambda card: card.detail_cy, Kind.PROSE, not_in=NOT_LISTED),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE, not_in=NOT_LISTED | OF_ITSELF, is_row=True),
)
