"""The fields of a decision that people can change, in the order of the form, and the facts of its card."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.fields.card import CardRow, build_plain_rows, build_row
from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.domain.welsh.model import name_other_language

MEETING_KNOWN = {Place.FORM: "the minutes give it: the form corrects what was recorded"}
NOT_LISTED = dict.fromkeys(
    (Place.LIST, Place.SORT), "the list has what was decided, where and when; the card has the rest"
)
NOT_SEARCHED = {Place.SEARCH: "it is no text of the decision: a filter or the list finds it"}
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
    Field("reason", gettext_noop("reason"), lambda row: row.reason, Kind.PROSE, not_in=NOT_LISTED, is_row=True),
    Field(
        "status",
        gettext_noop("status"),
        lambda row: row.status,
        Kind.CHOICE,
        choices=DecisionStatus,
        required=True,
        not_in=NOT_SEARCHED,
        is_row=True,
    ),
    Field(
        "decided_on",
        gettext_noop("decided on"),
        lambda row: row.decided_on,
        Kind.PAST_DATE,
        flag="--on",
        not_in=NOT_SEARCHED,
        is_row=True,
    ),
    Field(
        "decided_by",
        gettext_noop("decided by"),
        lambda row: row.decided_by,
        not_in=NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field("group", gettext_noop("group"), lambda row: row.body, not_in=MEETING_KNOWN | NOT_SEARCHED, is_row=True),
    Field(
        "meeting",
        gettext_noop("meeting"),
        lambda row: row.meeting,
        not_in=MEETING_KNOWN | NOT_LISTED | NOT_SEARCHED,
        is_row=True,
    ),
    Field(
        "superseded_by",
        gettext_noop("superseded by"),
        lambda row: row.superseded_by,
        example="D-2014-01/1",
        not_in={Place.ADD: "a new decision is the latest", Place.SORT: "the list sorts by the status"},
        is_row=True,
    ),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE, not_in=NOT_LISTED | NOT_PRINTED, is_row=True),
)


def build_fact_rows(row: Decision) -> Iterator[CardRow]:
    """Yield the facts of a decision; rows without a value as well."""
    yield build_row(*name_other_language(row.text, row.text_cy))
    yield from build_plain_rows(DECISION_FIELDS, row)
    yield build_row(_("Supersedes"), ", ".join(row.supersedes))
    yield build_row(_("Actions"), ", ".join(row.actions))
    yield build_row(_("Source"), format_source(row.source))
