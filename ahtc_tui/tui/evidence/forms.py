"""Forms of the Evidence mode: its records, adoption of a practice, session, answer, and link to an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.fields import (
    ADOPTION_FIELDS,
    DATA_SET_FIELDS,
    DOCUMENT_FIELDS,
    DOCUMENTS,
    FIGURE_FIELDS,
    MEETINGS,
    PRACTICE_FIELDS,
    RECOMMENDATION_FIELDS,
    SESSION_FIELDS,
    WEB_PAGE_FIELDS,
)
from ahtc_tui.domain.evidence.practice import AdoptionRow, AdoptionStatus, PlaceRow, PracticeRow
from ahtc_tui.domain.evidence.recommendations import RecommendationRow
from ahtc_tui.domain.fields.model import Field
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.evidence import practice, recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.evidence.list import EvidenceKind, EvidenceLine
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.select import build_select


def _list_statuses() -> list[tuple[str, str]]:
    return [(f"{status.symbol} {status.label}", status.value) for status in AdoptionStatus]


class CellForm(FormScreen):
    """Form for the status of a practice in a place, with date, evidence and contact."""

    fields_of_column: ClassVar = {"words": ("status",), "source": ("status",), "since": ("since", "status")}

    def __init__(self, desk: Desk, row: PracticeRow, place: PlaceRow, adoption: AdoptionRow | None) -> None:
        title = _("{place}: {practice}").format(place=join_lines(place.name), practice=join_lines(row.shown_title))
        super().__init__(title, desk.seen)
        self.writes_all_fields = adoption is None
        self._desk, self._row, self._place, self._adoption = desk, row, place, adoption

    def rows(self) -> Iterable[FormRow]:
        rows = build_rows(ADOPTION_FIELDS, self._adoption, self._desk.today)
        status = build_select(_list_statuses(), self._adoption.status if self._adoption else "planned", blank=False)
        return (replace(row, field=status) if row.name == "status" else row for row in rows)

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.evidence import AdoptionDraft

        draft = AdoptionDraft.model_validate(values)
        await self._desk.run(practice.set_adoption, self._row.ref, self._place.key, draft)


class SessionForm(FormScreen):
    """Form of a training, visit or conference: numbers by organisation, no names."""

    def __init__(self, desk: Desk, row: PracticeRow, meetings: Sequence[Candidate] = ()) -> None:
        super().__init__(_("Session: {practice}").format(practice=join_lines(row.shown_title)))
        self._desk, self._row, self._meetings = desk, row, meetings

    def rows(self) -> Iterable[FormRow]:
        return build_rows(SESSION_FIELDS, None, self._desk.today, {MEETINGS: self._meetings})

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.evidence import build_session_draft

        fields = {name: value for name, value in values.items() if value}
        draft = build_session_draft({**fields, "practice": self._row.ref}, self._desk.today)
        await self._desk.run(practice.add_session, draft)


class AnswerForm(FormScreen):
    """Form for the answer to a recommendation."""

    def __init__(self, desk: Desk, row: RecommendationRow) -> None:
        super().__init__(_("Answer: {title}").format(title=join_lines(row.shown_title)), desk.seen)
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("response", _("Answer"), ProseField(self._row.response or ""))
        yield FormRow("owner", _("Owner"), make_text_input(self._row.owner), _("a post, a person, a body"))
        yield FormRow("evidence", _("Evidence"), make_text_input(self._row.evidence))

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.evidence import build_recommendation_draft

        changed = {name: value or "" for name, value in values.items()}
        draft = build_recommendation_draft(changed, self._desk.today)
        await self._desk.run(recommendations.edit_recommendation, self._row.ref, draft)


class LinkForm(FormScreen):
    """Form to link an action to a recommendation."""

    def __init__(self, desk: Desk, row: RecommendationRow) -> None:
        super().__init__(_("Action for: {title}").format(title=join_lines(row.shown_title)))
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("action", _("Action"), Input("", format_example("DP-25"), compact=True))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["action"]:
            raise BadInput(_("Type the reference of an action, like DP-25."))
        await self._desk.run(recommendations.link_action, self._row.ref, values["action"])


@dataclass(frozen=True, slots=True)
class FormSpec:
    """Declaration of the form for one kind of record."""

    noun: str
    fields: tuple[Field[Any], ...]
    add: Callable[..., Any]
    edit: Callable[..., Any]


def build_form_specs() -> dict[EvidenceKind, FormSpec]:
    """Return the forms of all kinds that can be added from the list."""
    return {
        EvidenceKind.FIGURE: FormSpec(_("figure"), FIGURE_FIELDS, evidence.add_figure, evidence.edit_figure),
        EvidenceKind.DATA_SET: FormSpec(_("data set"), DATA_SET_FIELDS, evidence.add_data_set, evidence.edit_data_set),
        EvidenceKind.PRACTICE: FormSpec(_("practice"), PRACTICE_FIELDS, practice.add_practice, practice.edit_practice),
        EvidenceKind.RECOMMENDATION: FormSpec(
            _("recommendation"),
            RECOMMENDATION_FIELDS,
            recommendations.add_recommendation,
            recommendations.edit_recommendation,
        ),
        EvidenceKind.DOCUMENT: FormSpec(
            _("document"), DOCUMENT_FIELDS, recommendations.add_document, recommendations.edit_document
        ),
        EvidenceKind.WEB_PAGE: FormSpec(
            pgettext("kind of record", "web page"), WEB_PAGE_FIELDS, evidence.add_page, evidence.edit_page
        ),
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
        self._kind, self._spec = kind, build_form_specs()[kind]
        title = _("New {noun}") if line is None else _("Edit {noun}")
        super().__init__(capitalise(title.format(noun=self._spec.noun)), desk.seen)
        self._desk, self._documents, self._line, self._record = desk, documents, line, row

    def rows(self) -> Iterable[FormRow]:
        return build_rows(self._spec.fields, self._record, self._desk.today, {DOCUMENTS: self._documents})

    async def accept(self, values: dict[str, Any]) -> None:
        typed = {name: value or "" for name, value in values.items() if value or self._line is not None}
        draft = _build_draft(self._kind, typed, self._desk.today)
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
        draft = _build_draft(EvidenceKind.FIGURE, typed, self._desk.today)
        await self._desk.run(evidence.revise_figure, self._line.ref, draft)


def _build_draft(kind: EvidenceKind, typed: dict[str, Any], today: date) -> Any:
    """Return the checked draft of a record; pydantic is imported here, with the first form that is saved."""
    from ahtc_tui.domain.drafts import evidence

    builders: dict[EvidenceKind, Callable[..., Any]] = {
        EvidenceKind.FIGURE: evidence.build_figure_draft,
        EvidenceKind.DATA_SET: evidence.build_data_set_draft,
        EvidenceKind.PRACTICE: evidence.build_practice_draft,
        EvidenceKind.RECOMMENDATION: evidence.build_recommendation_draft,
        EvidenceKind.DOCUMENT: evidence.build_document_draft,
        EvidenceKind.WEB_PAGE: evidence.build_web_page_draft,
    }
    return builders[kind](typed, today)
