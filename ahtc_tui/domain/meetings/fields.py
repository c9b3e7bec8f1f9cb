"""The fields of meetings, agenda items and decisions that people can change, in the order of their forms."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.fields.model import CardRow, Field, Kind, Place, build_column_fields, build_plain_rows, build_row
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus, ItemOutcome, MeetingKind, MeetingState, OnHoliday
from ahtc_tui.domain.meetings.model import AgendaRow, MeetingCard, MeetingRow
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language

GROUPS, PARTIES = "groups", "parties"
"""The records that the form offers."""

NOT_LISTED = dict.fromkeys(
    (Place.LIST, Place.SORT), "the list says when, what and who meets; the card has where and how"
)
NOT_IMPORTED = {Place.IMPORT: "a calendar of another program does not have it"}
NOT_SEARCHED = {Place.SEARCH: "it is no text of the meeting: a filter or the list finds it"}
OF_ONE_DAY = {Place.REPEAT: "each day of a series has its own"}
BY_LANGUAGE = dict.fromkeys((Place.LIST, Place.SORT), "the list shows the title in the language of the screen")


def _get_row(card: MeetingCard) -> MeetingRow:
    return card.row


MEETING_FIELDS: tuple[Field[MeetingCard], ...] = (
    Field(
        "group",
        gettext_noop("group"),
        lambda card: card.row.group,
        Kind.RECORD,
        register=GROUPS,
        initial=lambda card: card.row.group_ref,
        not_in=NOT_IMPORTED | NOT_SEARCHED,
        is_usual=True,
    ),
    Field(
        "title",
        gettext_noop("title"),
        lambda card: card.row.title,
        prompt=gettext_noop("if empty, the group's name"),
        not_in={Place.ADD: "it is the argument of the verb"},
        is_usual=True,
        wraps=True,
    ),
    Field(
        "starts",
        gettext_noop("starts"),
        lambda card: card.row.starts,
        not_in=NOT_SEARCHED | OF_ONE_DAY | {Place.FORM: "the form has the date and the time in two rows"},
    ),
    Field(
        "ends",
        gettext_noop("ends"),
        lambda card: card.row.ends,
        not_in=NOT_LISTED | NOT_SEARCHED | OF_ONE_DAY | {Place.FORM: "the form has the length, which gives the end"},
    ),
    Field(
        "minutes",
        gettext_noop("length"),
        lambda card: str(int(card.row.length.total_seconds() // 60)) if card.row.length else "",
        example="90, 1h30",
        not_in=NOT_LISTED
        | NOT_SEARCHED
        | OF_ONE_DAY
        | {Place.IMPORT: "a calendar has the end, which gives the length"},
        is_usual=True,
    ),
    Field(
        "venue",
        gettext_noop("venue"),
        lambda card: card.row.venue,
        prompt=gettext_noop("the building or the room"),
        not_in=NOT_LISTED,
        is_usual=True,
    ),
    Field(
        "place",
        gettext_noop("place"),
        lambda card: card.row.place,
        prompt=gettext_noop("the town"),
        not_in=NOT_LISTED | {Place.IMPORT: "a calendar has one text for venue and place"},
    ),
    Field(
        "link",
        gettext_noop("link"),
        lambda card: card.row.link,
        prompt=gettext_noop("address to join online"),
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "repeat",
        gettext_noop("repeats"),
        lambda card: card.row.recurrence,
        example=gettext_noop("monthly on the second Tuesday"),
        not_in=NOT_LISTED | NOT_SEARCHED | OF_ONE_DAY,
    ),
    Field(
        "on_holiday",
        gettext_noop("on a bank holiday"),
        lambda card: card.row.on_holiday,
        Kind.CHOICE,
        choices=OnHoliday,
        required=True,
        default=OnHoliday.KEEP.value,
        not_in=NOT_LISTED | NOT_SEARCHED | OF_ONE_DAY | NOT_IMPORTED,
    ),
    Field(
        "state",
        gettext_noop("status"),
        lambda card: card.row.state,
        Kind.CHOICE,
        choices=MeetingState,
        required=True,
        default=MeetingState.CONFIRMED.value,
        not_in=NOT_SEARCHED | OF_ONE_DAY,
    ),
    Field(
        "kind",
        gettext_noop("kind"),
        lambda card: card.row.kind,
        Kind.CHOICE,
        choices=MeetingKind,
        required=True,
        default=MeetingKind.MEETING.value,
        not_in=NOT_LISTED | NOT_SEARCHED | NOT_IMPORTED,
    ),
    Field(
        "title_cy",
        gettext_noop("Welsh title"),
        lambda card: card.row.title_cy,
        not_in=BY_LANGUAGE | NOT_IMPORTED,
        wraps=True,
    ),
    Field(
        "organiser",
        gettext_noop("organiser"),
        lambda card: card.organiser,
        Kind.RECORD,
        register=PARTIES,
        not_in=NOT_LISTED | NOT_SEARCHED,
    ),
    Field(
        "marking",
        gettext_noop("marking"),
        lambda card: card.row.marking,
        Kind.CHOICE,
        choices=Marking,
        required=True,
        default=Marking.OFFICIAL.value,
        not_in=NOT_LISTED | NOT_SEARCHED | NOT_IMPORTED,
    ),
    Field("occasion", gettext_noop("occasion"), lambda card: card.occasion, not_in=NOT_LISTED | NOT_IMPORTED),
    *build_column_fields(MeetingRow, _get_row, not_in=NOT_IMPORTED),
    Field(
        "note",
        gettext_noop("note"),
        lambda card: card.note,
        Kind.PROSE,
        not_in=NOT_LISTED | OF_ONE_DAY | {Place.IMPORT: "the description of an event is not a note of the office"},
    ),
)


ITEM_FIELDS: tuple[Field[AgendaRow], ...] = (
    Field(
        "title",
        gettext_noop("title"),
        lambda item: item.title,
        required=True,
        not_in={Place.ADD: "it is the value of the option that adds the item"},
        wraps=True,
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda item: item.title_cy, wraps=True),
    Field("presenter", gettext_noop("presenter"), lambda item: item.presenter, is_row=True, is_usual=True),
    Field("minutes", gettext_noop("length"), lambda item: item.minutes, is_row=True, is_usual=True),
    Field("section", gettext_noop("section"), lambda item: item.section, is_row=True, is_usual=True),
    Field("standing", gettext_noop("standing"), lambda item: item.standing, Kind.YES_NO),
    Field(
        "outcome",
        gettext_noop("outcome"),
        lambda item: item.outcome,
        Kind.CHOICE,
        choices=ItemOutcome,
        not_in={Place.ADD: "the meeting gives a new item its outcome"},
        is_row=True,
        is_usual=True,
    ),
)


MEETING_KNOWN = {Place.FORM: "the minutes give it: the form corrects what was recorded"}
NOT_IN_REGISTER = dict.fromkeys(
    (Place.LIST, Place.SORT), "the list has what was decided, where and when; the card has the rest"
)
NOT_IN_TEXT = {Place.SEARCH: "it is no text of the decision: a filter or the list finds it"}
ONE_LANGUAGE = dict.fromkeys((Place.LIST, Place.SORT), "the list shows the text in the language of the screen")
NOT_PRINTED = {Place.WORKBOOK: "it is a note of the office, and the register leaves the office"}

DECISION_FIELDS: tuple[Field[Decision], ...] = (
    Field(
        "text",
        gettext_noop("text"),
        lambda row: row.text,
        Kind.PROSE,
        required=True,
        not_in={Place.ADD: "it is the argument of the verb"},
    ),
    Field("text_cy", gettext_noop("Welsh text"), lambda row: row.text_cy, Kind.PROSE, not_in=ONE_LANGUAGE),
    Field(
        "reason",
        gettext_noop("reason"),
        lambda row: row.reason,
        Kind.PROSE,
        not_in=NOT_IN_REGISTER,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "status",
        gettext_noop("status"),
        lambda row: row.status,
        Kind.CHOICE,
        choices=DecisionStatus,
        required=True,
        not_in=NOT_IN_TEXT,
        is_row=True,
    ),
    Field(
        "decided_on",
        gettext_noop("decided on"),
        lambda row: row.decided_on,
        Kind.PAST_DATE,
        flag="--on",
        not_in=NOT_IN_TEXT,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "decided_by",
        gettext_noop("decided by"),
        lambda row: row.decided_by,
        not_in=NOT_IN_REGISTER | NOT_IN_TEXT,
        is_row=True,
        is_usual=True,
    ),
    Field("group", gettext_noop("group"), lambda row: row.body, not_in=MEETING_KNOWN | NOT_IN_TEXT, is_row=True),
    Field(
        "meeting",
        gettext_noop("meeting"),
        lambda row: row.meeting,
        not_in=MEETING_KNOWN | NOT_IN_REGISTER | NOT_IN_TEXT,
        is_row=True,
    ),
    Field(
        "superseded_by",
        gettext_noop("superseded by"),
        lambda row: row.superseded_by,
        example="D-2014-01/1",
        not_in={Place.ADD: "a new decision is the latest", Place.SORT: "the list sorts by the status"},
        is_row=True,
        is_usual=True,
    ),
    Field(
        "note",
        gettext_noop("note"),
        lambda row: row.note,
        Kind.PROSE,
        not_in=NOT_IN_REGISTER | NOT_PRINTED,
        is_row=True,
    ),
)


def build_decision_rows(row: Decision) -> Iterator[CardRow]:
    """Yield the facts of a decision; rows without a value as well."""
    yield build_row(*name_other_language(row.text, row.text_cy))
    yield from build_plain_rows(DECISION_FIELDS, row)
    yield build_row(_("Supersedes"), ", ".join(row.supersedes))
    yield build_row(_("Actions"), ", ".join(row.actions))
    yield build_row(_("Source"), format_source(row.source))
