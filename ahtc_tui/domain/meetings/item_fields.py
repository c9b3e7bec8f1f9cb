"""The fields of an agenda item that people can change."""

from __future__ import annotations

from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.meetings.kinds import ItemOutcome
from ahtc_tui.domain.meetings.model import AgendaRow

ITEM_FIELDS: tuple[Field[AgendaRow], ...] = (
    Field(
        "title",
        gettext_noop("title"),
        lambda item: item.title,
        required=True,
        not_in={Place.ADD: "it is the value of the option that adds the item"},
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda item: item.title_cy),
    Field("presenter", gettext_noop("presenter"), lambda item: item.presenter, is_row=True),
    Field("minutes", gettext_noop("length"), lambda item: item.minutes, is_row=True),
    Field("section", gettext_noop("section"), lambda item: item.section, is_row=True),
    Field("standing", gettext_noop("standing"), lambda item: item.standing, Kind.YES_NO),
    Field(
        "outcome",
        gettext_noop("outcome"),
        lambda item: item.outcome,
        Kind.CHOICE,
        choices=ItemOutcome,
        not_in={Place.ADD: "the meeting gives a new item its outcome"},
        is_row=True,
    ),
)
