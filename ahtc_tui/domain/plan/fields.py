"""The fields of objectives, aims and milestones that people can change, in the order of their forms."""

from __future__ import annotations

from ahtc_tui.domain.fields.model import Field, Kind, Place
from ahtc_tui.domain.i18n import gettext_noop
from ahtc_tui.domain.plan.model import AimRow, Basis, MilestoneRow, ObjectiveCard
from ahtc_tui.domain.text.sources import format_source

ARGUMENT = {Place.ADD: "it is the argument of the verb"}

OBJECTIVE_FIELDS: tuple[Field[ObjectiveCard], ...] = (
    Field("title", gettext_noop("title"), lambda card: card.row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, wraps=True),
    Field(
        "number",
        gettext_noop("number"),
        lambda card: card.row.number,
        prompt=gettext_noop("the next number if left blank"),
        is_usual=True,
    ),
    Field(
        "basis",
        gettext_noop("basis"),
        lambda card: card.row.basis,
        Kind.CHOICE,
        choices=Basis,
        required=True,
        default=Basis.STATED.value,
        is_row=True,
        is_usual=True,
    ),
    Field(
        "aims", gettext_noop("aims"), lambda card: "; ".join(map(card.show_text, card.aims)), is_row=True, is_usual=True
    ),
    Field(
        "source",
        gettext_noop("source of the entry"),
        lambda card: format_source(card.row.source),
        initial=lambda card: card.row.source,
        is_row=True,
    ),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE, is_row=True),
)
AIM_FIELDS: tuple[Field[AimRow], ...] = (
    Field("text", gettext_noop("text"), lambda row: row.text, required=True, not_in=ARGUMENT, wraps=True),
    Field("text_cy", gettext_noop("Welsh text"), lambda row: row.text_cy, wraps=True),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
)
MILESTONE_FIELDS: tuple[Field[MilestoneRow], ...] = (
    Field("title", gettext_noop("title"), lambda row: row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("due", gettext_noop("due"), lambda row: row.due, Kind.DATE_OR_WORDS, is_usual=True),
    Field(
        "met_on",
        gettext_noop("met on"),
        lambda row: row.met_on,
        Kind.PAST_DATE,
        not_in={Place.ADD: "a verb of its own says when it was met"},
        is_known_later=True,
        is_usual=True,
    ),
    Field("objective", gettext_noop("objective"), lambda row: row.objective, is_known_later=True, is_usual=True),
    Field("title_cy", gettext_noop("Welsh title"), lambda row: row.title_cy, wraps=True),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
