"""The fields of figures, data sets, web pages, practices, recommendations and documents, in the order of the forms."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import PaperMarking
from ahtc_tui.domain.evidence.model import DataSetRow, FigureCard, Tier, WebPageRow
from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus, PracticeCard, SessionKind
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.evidence.sessions import SessionRow
from ahtc_tui.domain.fields.model import CardRow, Field, Kind, Place, build_plain_rows, build_row
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.welsh.model import name_other_language

DOCUMENTS, MEETINGS = "documents", "meetings"
"""The documents that the form of a recommendation offers, and the meetings that the form of a session offers."""
ARGUMENT = {Place.ADD: "it is the argument of the verb"}

UNTIL_PUBLISHED = {Place.LIST: "the list has it until the document is published"}
FIGURE_FIELDS: tuple[Field[FigureCard], ...] = (
    Field("title", gettext_noop("title"), lambda card: card.row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("value", gettext_noop("value"), lambda card: card.row.value_text, required=True),
    Field(
        "at_least",
        gettext_noop("minimum figure"),
        lambda card: card.row.at_least,
        Kind.YES_NO,
        not_in=dict.fromkeys((Place.FORM, Place.ADD), 'the value says so: "over 100"'),
    ),
    Field(
        "out_of",
        gettext_noop("total"),
        lambda card: card.row.out_of,
        Kind.NUMBER,
        not_in=dict.fromkeys((Place.FORM, Place.ADD), 'the value says so: "4 of 6"'),
    ),
    Field("unit", gettext_noop("unit"), lambda card: card.row.unit, required=True),
    Field("period", gettext_noop("period"), lambda card: card.row.period, required=True, is_row=True),
    Field("area", gettext_noop("area"), lambda card: card.row.area, is_usual=True, is_row=True),
    Field("source", gettext_noop("source of the entry"), lambda card: card.row.source, required=True),
    Field("published_on", gettext_noop("published on"), lambda card: card.published_on, Kind.PAST_DATE, is_row=True),
    Field("caveat", gettext_noop("caveat"), lambda card: card.row.caveat),
    Field(
        "data_set",
        gettext_noop("data set"),
        lambda card: card.row.data_set,
        initial=lambda card: card.data_set_ref,
        is_row=True,
    ),
    Field(
        "part_of",
        gettext_noop("part of"),
        lambda card: card.row.part_of and f"{card.part_of_ref} {card.row.part_of}",
        initial=lambda card: card.part_of_ref,
        is_row=True,
    ),
    Field(
        "supersedes",
        gettext_noop("supersedes"),
        lambda card: card.supersedes,
        not_in={Place.FORM: "the command for a newer value of a figure sets it"},
        is_row=True,
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, wraps=True),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE),
)
DATA_SET_FIELDS: tuple[Field[DataSetRow], ...] = (
    Field("title", gettext_noop("title"), lambda row: row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("tier", gettext_noop("tier"), lambda row: row.tier, Kind.CHOICE, choices=Tier, required=True),
    Field("holder", gettext_noop("holder"), lambda row: row.holder, is_usual=True),
    Field("frequency", gettext_noop("frequency"), lambda row: row.frequency, is_usual=True),
    Field("last_received", gettext_noop("last received"), lambda row: row.last_received, Kind.PAST_DATE, is_usual=True),
    Field("next_due", gettext_noop("next due"), lambda row: row.next_due, Kind.DATE, is_usual=True),
    Field("title_cy", gettext_noop("Welsh title"), lambda row: row.title_cy, wraps=True),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
WEB_PAGE_FIELDS: tuple[Field[WebPageRow], ...] = (
    Field("subject", gettext_noop("subject"), lambda row: row.subject, required=True, not_in=ARGUMENT, wraps=True),
    Field("link", gettext_noop("link"), lambda row: row.link, is_usual=True),
    Field("owner", gettext_noop("owner"), lambda row: row.owner, is_usual=True),
    Field("last_reviewed", gettext_noop("last reviewed"), lambda row: row.last_reviewed, Kind.PAST_DATE, is_usual=True),
    Field("cycle_days", gettext_noop("days between reviews"), lambda row: row.cycle_days, Kind.NUMBER, is_usual=True),
    Field("languages", gettext_noop("languages"), lambda row: row.languages),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
PRACTICE_FIELDS: tuple[Field[PracticeCard], ...] = (
    Field("title", gettext_noop("title"), lambda card: card.row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("origin_area", gettext_noop("origin area"), lambda card: card.row.origin, is_usual=True, is_row=True),
    Field("venue", gettext_noop("venue"), lambda card: card.venue, is_usual=True, is_row=True),
    Field("lead", gettext_noop("lead"), lambda card: card.row.lead, is_usual=True, is_row=True),
    Field("recognised_by", gettext_noop("recognised by"), lambda card: card.recognised_by, is_row=True),
    Field("first_for", gettext_noop("first in"), lambda card: card.first_for, is_row=True),
    Field("title_cy", gettext_noop("Welsh title"), lambda card: card.row.title_cy, wraps=True),
    Field("source", gettext_noop("source of the entry"), lambda card: card.row.source),
    Field("note", gettext_noop("note"), lambda card: card.note, Kind.PROSE),
)
RECOMMENDATION_FIELDS: tuple[Field[RecommendationRow], ...] = (
    Field("title", gettext_noop("title"), lambda row: row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field(
        "document",
        gettext_noop("document"),
        lambda row: f"{row.document_ref}  {row.document}",
        Kind.RECORD,
        register=DOCUMENTS,
        initial=lambda row: row.document_ref,
        required=True,
        is_row=True,
    ),
    Field("part_of", gettext_noop("part of"), lambda row: row.part_of, is_row=True),
    Field("made_on", gettext_noop("date made"), lambda row: row.made_on, Kind.PAST_DATE, is_usual=True, is_row=True),
    Field("response", gettext_noop("response"), lambda row: row.response, Kind.PROSE, is_usual=True),
    Field("evidence", gettext_noop("evidence"), lambda row: row.evidence, Kind.PROSE, is_row=True),
    Field("owner", gettext_noop("owner"), lambda row: row.owner, is_usual=True, is_row=True),
    Field("objective", gettext_noop("objective"), lambda row: row.objective, is_usual=True, is_row=True),
    Field("title_cy", gettext_noop("Welsh title"), lambda row: row.title_cy, wraps=True),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
DOCUMENT_FIELDS: tuple[Field[DocumentRow], ...] = (
    Field("title", gettext_noop("title"), lambda row: row.title, required=True, not_in=ARGUMENT, wraps=True),
    Field("body", gettext_noop("body"), lambda row: row.body, is_usual=True),
    Field("reference", gettext_noop("reference"), lambda row: row.reference, is_usual=True),
    Field("published_on", gettext_noop("published on"), lambda row: row.published_on, Kind.PAST_DATE, is_usual=True),
    Field("awaited", gettext_noop("awaited"), lambda row: row.awaited, Kind.YES_NO, not_in=UNTIL_PUBLISHED),
    Field(
        "expected_on",
        gettext_noop("expected on"),
        lambda row: row.expected_on,
        Kind.DATE_OR_WORDS,
        not_in=UNTIL_PUBLISHED,
    ),
    Field("marking", gettext_noop("marking"), lambda row: row.marking, Kind.CHOICE, choices=PaperMarking),
    Field("title_cy", gettext_noop("Welsh title"), lambda row: row.title_cy, wraps=True),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)
ADOPTION_FIELDS: tuple[Field[AdoptionRow], ...] = (
    Field(
        "status",
        gettext_noop("status"),
        lambda row: row.status,
        Kind.CHOICE,
        choices=AdoptionStatus,
        required=True,
        default=AdoptionStatus.PLANNED.value,
        not_in=ARGUMENT,
        is_usual=True,
    ),
    Field("since", gettext_noop("since"), lambda row: row.since, Kind.PAST_DATE, flag="--on", is_usual=True),
    Field("evidence", gettext_noop("evidence"), lambda row: row.evidence, is_usual=True),
    Field(
        "contact",
        gettext_noop("contact"),
        lambda row: row.contact,
        prompt=gettext_noop("a post, a person, a body"),
        is_usual=True,
    ),
    Field(
        "reason",
        gettext_noop("reason"),
        lambda _row: None,
        hint=gettext_noop("why the place has less of it than before"),
        is_usual=True,
    ),
)
SESSION_FIELDS: tuple[Field[SessionRow], ...] = (
    Field(
        "kind",
        gettext_noop("kind"),
        lambda row: row.kind,
        Kind.CHOICE,
        choices=SessionKind,
        required=True,
        default=SessionKind.TRAINING.value,
        is_usual=True,
    ),
    Field("held_on", gettext_noop("held on"), lambda row: row.held_on, Kind.PAST_DATE, flag="--on", is_usual=True),
    Field("place", gettext_noop("place"), lambda row: row.place, is_usual=True),
    Field("area", gettext_noop("area"), lambda row: row.area, is_usual=True),
    Field(
        "numbers",
        gettext_noop("numbers"),
        lambda row: "; ".join(f"{count.organisation}={count.people}" for count in row.numbers),
        example=gettext_noop("Gwent Police=12; Bawso=3"),
        flag="--people",
        is_usual=True,
    ),
    Field(
        "title",
        gettext_noop("title"),
        lambda row: row.title,
        prompt=gettext_noop("the practice, if left blank"),
        wraps=True,
    ),
    Field("title_cy", gettext_noop("Welsh title"), lambda row: row.title_cy, wraps=True),
    Field(
        "practice",
        gettext_noop("practice"),
        lambda row: row.practice_ref,
        not_in=ARGUMENT | {Place.FORM: "the form opens from its practice"},
    ),
    Field("meeting", gettext_noop("meeting"), lambda row: row.meeting, Kind.RECORD, register=MEETINGS),
    Field("source", gettext_noop("source of the entry"), lambda row: row.source),
    Field("note", gettext_noop("note"), lambda row: row.note, Kind.PROSE),
)


def build_figure_rows(card: FigureCard) -> Iterator[CardRow]:
    """Yield the facts of a figure, as the screen and the command line show them."""
    yield build_row(*name_other_language(card.row.title, card.row.title_cy))
    yield from build_plain_rows(FIGURE_FIELDS, card)
    yield build_row(_("Superseded by"), card.superseded_by)


def build_practice_rows(card: PracticeCard) -> Iterator[CardRow]:
    """Yield the facts of a practice."""
    yield build_row(*name_other_language(card.row.title, card.row.title_cy))
    yield from build_plain_rows(PRACTICE_FIELDS, card)


def build_recommendation_rows(row: RecommendationRow) -> Iterator[CardRow]:
    """Yield the facts of a recommendation."""
    yield build_row(*name_other_language(row.title, row.title_cy))
    yield from build_plain_rows(RECOMMENDATION_FIELDS, row)
    yield build_row(_("Covers"), _("the whole report") if row.whole_report else None)
