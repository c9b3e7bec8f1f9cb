"""The fields of a meeting that people can change, in the order of the form."""

from __future__ import annotations

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.fields.model import Field, Kind, Place, build_column_fields
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.meetings.kinds import MeetingKind, MeetingState, OnHoliday
from ahtc_tui.domain.meetings.model import MeetingCard, MeetingRow

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
    ),
    Field(
        "title",
        gettext_noop("title"),
        lambda card: card.row.title,
        example=gettext_noop("the group's name unless given"),
        not_in={Place.ADD: "it is the argument of the verb"},
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
    ),
    Field(
        "venue",
        gettext_noop("venue"),
        lambda card: card.row.venue,
        example=gettext_noop("the building or the room"),
        not_in=NOT_LISTED,
    ),
    Field(
        "place",
        gettext_noop("place"),
        lambda card: card.row.place,
        example=gettext_noop("the town"),
        not_in=NOT_LISTED | {Place.IMPORT: "a calendar has one text for venue and place"},
    ),
    Field(
        "link",
        gettext_noop("link"),
        lambda card: card.row.link,
        example=gettext_noop("address to join online"),
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
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, not_in=BY_LANGUAGE | NOT_IMPORTED),
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
    *build_column_fields(MeetingRow, _get_row),
    Field(
        "note",
        gettext_noop("note"),
        lambda card: card.note,
        Kind.PROSE,
        not_in=NOT_LISTED | OF_ONE_DAY | {Place.IMPORT: "the description of an event is not a note of the office"},
    ),
)
