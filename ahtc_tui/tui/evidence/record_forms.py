"""Form of a figure, data set, recommendation, document or web page, new or existing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.widget import Widget
from textual.widgets import Input

from ahtc_tui.domain.actions.paper_marking import PaperMarking
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.evidence.model import Tier
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.services.evidence import practice, recommendations, web_pages
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.evidence.list import EvidenceKind, EvidenceLine
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_enum_select


@dataclass(frozen=True, slots=True)
class FormSpec:
    """Declaration of the form for one kind of record."""

    noun: str
    fields: tuple[tuple[str, str], ...]
    """Name of each field, and its label as a message."""
    add: Callable[..., Any]
    edit: Callable[..., Any]
    draft: str
    """The function that checks the draft, as `module.function`."""
    required: tuple[str, ...] = ("title",)
    """Names of the fields without which the record cannot be saved."""


FIGURE = (
    ("title", gettext_noop("Title")),
    ("value", gettext_noop("Value")),
    ("unit", gettext_noop("Unit")),
    ("period", gettext_noop("Period")),
    ("area", gettext_noop("Area")),
    ("source", gettext_noop("Source")),
    ("published_on", gettext_noop("Published")),
    ("caveat", gettext_noop("Caveat")),
    ("title_cy", gettext_noop("Welsh title")),
)
DATA_SET = (
    ("title", gettext_noop("Title")),
    ("tier", gettext_noop("Kind")),
    ("holder", gettext_noop("Holder")),
    ("frequency", gettext_noop("Frequency")),
    ("last_received", gettext_noop("Last received")),
    ("next_due", gettext_noop("Next due")),
    ("title_cy", gettext_noop("Welsh title")),
)
PRACTICE = (
    ("title", gettext_noop("Title")),
    ("origin_area", gettext_noop("Origin")),
    ("venue", gettext_noop("Venue")),
    ("lead", gettext_noop("Lead")),
    ("recognised_by", gettext_noop("Recognised by")),
    ("first_for", gettext_noop("First for")),
    ("source", gettext_noop("Source")),
    ("note", gettext_noop("Note")),
    ("title_cy", gettext_noop("Welsh title")),
)
RECOMMENDATION = (
    ("title", gettext_noop("Title")),
    ("document", gettext_noop("Document")),
    ("made_on", gettext_noop("Made")),
    ("response", gettext_noop("Answer")),
    ("evidence", gettext_noop("Evidence")),
    ("source", gettext_noop("Source")),
    ("title_cy", gettext_noop("Welsh title")),
)
DOCUMENT = (
    ("title", gettext_noop("Title")),
    ("body", gettext_noop("Body")),
    ("reference", gettext_noop("Reference")),
    ("published_on", gettext_noop("Published")),
    ("awaited", gettext_noop("Awaited")),
    ("expected_on", gettext_noop("Expected")),
    ("marking", gettext_noop("Marking")),
    ("title_cy", gettext_noop("Welsh title")),
)
WEB_PAGE = (
    ("subject", gettext_noop("Subject")),
    ("link", gettext_noop("Link")),
    ("owner", gettext_noop("Owner")),
    ("last_reviewed", gettext_noop("Reviewed")),
    ("cycle_days", gettext_noop("Cycle in days")),
    ("languages", gettext_noop("Languages")),
)
DOCUMENT_FIELD = "document"
"""Name of the field that chooses a document by its title."""
CHOICES = {"marking": PaperMarking, "tier": Tier}
"""Enumeration of each field that is a drop-down."""
PAST_DATES = ("published_on", "last_received", "made_on", "last_reviewed")
"""Fields whose day has been."""
DATES = {**dict.fromkeys((*PAST_DATES, "next_due"), read_date), "expected_on": read_date_or_words}
"""Reader of each field that is a date."""


def build_form_specs() -> dict[EvidenceKind, FormSpec]:
    """Return the forms of all kinds that can be added from the list."""
    kinds, answers = EvidenceKind, recommendations
    figure = (evidence.add_figure, evidence.edit_figure, "evidence.build_figure_draft")
    data_set = (evidence.add_data_set, evidence.edit_data_set, "evidence.build_data_set_draft")
    adoption = (practice.add_practice, practice.edit_practice, "practice.build_practice_draft")
    advice = (answers.add_recommendation, answers.edit_recommendation, "recommendations.build_recommendation_draft")
    document = (answers.add_document, answers.edit_document, "recommendations.build_document_draft")
    web_page = (web_pages.add_page, web_pages.edit_page, "evidence.build_web_page_draft")
    return {
        kinds.FIGURE: FormSpec(_("figure"), FIGURE, *figure, ("title", "value", "unit", "period", "source")),
        kinds.DATA_SET: FormSpec(_("data set"), DATA_SET, *data_set, ("title", "tier")),
        kinds.PRACTICE: FormSpec(_("practice"), PRACTICE, *adoption),
        kinds.RECOMMENDATION: FormSpec(_("recommendation"), RECOMMENDATION, *advice, ("title", "document")),
        kinds.DOCUMENT: FormSpec(_("document"), DOCUMENT, *document),
        kinds.WEB_PAGE: FormSpec(pgettext("kind of record", "web page"), WEB_PAGE, *web_page, ("subject",)),
    }


async def list_documents(desk: Desk, kind: EvidenceKind) -> list[Candidate]:
    """Return the documents that the form of a recommendation offers; none for other kinds."""
    if kind is not EvidenceKind.RECOMMENDATION:
        return []
    return [Candidate(row.shown_title, row.ref) for row in await desk.show(recommendations.list_documents)]


class RecordForm(FormScreen):
    """Edits a data set, a figure or a page by the fields of its draft."""

    fields_of_column: ClassVar = {"out_of": ("value",), "at_least": ("value",)}

    def __init__(
        self,
        desk: Desk,
        kind: EvidenceKind,
        documents: Sequence[Candidate],
        line: EvidenceLine | None = None,
        row: Any = None,
    ) -> None:
        """`documents` are those that a recommendation can be part of."""
        self._spec = build_form_specs()[kind]
        title = _("New {noun}") if line is None else _("Edit {noun}")
        super().__init__(capitalise(title.format(noun=self._spec.noun)), desk.seen)
        self._desk, self._documents, self._line = desk, documents, line
        self._before = {name: _format_initial_value(row, name) if row else "" for name, _label in self._spec.fields}

    def rows(self) -> Iterable[FormRow]:
        for name, label in self._spec.fields:
            field = self._build_field(name, self._before[name])
            yield FormRow(name, _(label), field, required=name in self._spec.required)

    def _build_field(self, name: str, value: str) -> Widget:
        if name == DOCUMENT_FIELD:
            return OwnerField(self._documents, value or None)
        if name in DATES:
            return DateField(partial(DATES[name], today=self._desk.today), value, is_past=name in PAST_DATES)
        choices = CHOICES.get(name)
        return Input(value, compact=True) if choices is None else build_enum_select(choices, value or None)

    async def accept(self, values: dict[str, Any]) -> None:
        typed = {name: value or "" for name, value in values.items() if value or self._line is not None}
        draft = _build_draft(self._spec.draft, typed, self._desk)
        if self._line is None:
            await self._desk.run(self._spec.add, draft)
        else:
            await self._desk.run(self._spec.edit, self._line.ref, draft)


class ReviseForm(FormScreen):
    """Form for a newer value of a figure."""

    def __init__(self, desk: Desk, line: EvidenceLine) -> None:
        super().__init__(_("A newer value: {title}").format(title=join_lines(line.title.strip())))
        self._desk, self._line = desk, line

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("value", _("Value"), Input("", compact=True), required=True)
        published_on = DateField(partial(read_date, today=self._desk.today), is_past=True)
        yield FormRow("published_on", _("Published"), published_on)
        yield FormRow("source", _("Source"), Input("", compact=True))
        yield FormRow("caveat", _("Caveat"), Input("", compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        typed = {name: value for name, value in values.items() if value}
        draft = _build_draft("evidence.build_figure_draft", typed, self._desk)
        await self._desk.run(evidence.revise_figure, self._line.ref, draft)


def _build_draft(name: str, typed: dict[str, Any], desk: Desk) -> Any:
    """Return the checked draft; the draft modules are imported on first use."""
    from importlib import import_module

    module, function = name.split(".")
    return getattr(import_module(f"ahtc_tui.domain.drafts.{module}"), function)(typed, desk.today)


def _format_initial_value(row: Any, name: str) -> str:
    names = {"value": "value_text", "document": "document_ref", "origin_area": "origin"}
    holders = (row, getattr(row, "row", None))
    value = next((value for holder in holders if (value := getattr(holder, names.get(name, name), None))), None)
    if value is None or value is False:
        return ""
    return join_lines(_("yes") if value is True else str(getattr(value, "value", value)))
