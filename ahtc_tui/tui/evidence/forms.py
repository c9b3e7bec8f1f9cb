"""Forms of the Evidence mode: adoption of a practice, session, answer, and link to an action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.fields import ADOPTION_FIELDS, SESSION_FIELDS
from ahtc_tui.domain.evidence.practice import (
    AdoptionRow,
    AdoptionStatus,
    PlaceRow,
    PracticeRow,
)
from ahtc_tui.domain.evidence.recommendations import RecommendationRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.suggestions import format_example
from ahtc_tui.services.evidence import practice, recommendations, sessions
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
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
        from ahtc_tui.domain.drafts.practice import AdoptionDraft

        draft = AdoptionDraft.model_validate(values)
        await self._desk.run(practice.set_adoption, self._row.ref, self._place.key, draft)


class SessionForm(FormScreen):
    """Form of a training, visit or conference: numbers by organisation, no names."""

    def __init__(self, desk: Desk, row: PracticeRow) -> None:
        super().__init__(_("Session: {practice}").format(practice=join_lines(row.shown_title)))
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        return build_rows(SESSION_FIELDS, None, self._desk.today)

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.practice import build_session_draft

        fields = {name: value for name, value in values.items() if value}
        draft = build_session_draft({**fields, "practice": self._row.ref}, self._desk.today)
        await self._desk.run(sessions.add_session, draft)


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
        from ahtc_tui.domain.drafts.recommendations import build_recommendation_draft

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
