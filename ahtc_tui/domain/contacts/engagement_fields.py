"""The fields of a logged contact that people can change, in the order of its forms."""

from __future__ import annotations

from ahtc_tui.domain.contacts.engagement import EngagementKind, EngagementRow, EngagementState
from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.i18n import gettext_noop

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
        example=gettext_noop("what it was about"),
        required=True,
        not_in=ARGUMENT,
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
    ),
    Field("on", gettext_noop("date"), lambda row: row.on, Kind.DATE, example=gettext_noop("today"), is_row=True),
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
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE, is_row=True),
)
