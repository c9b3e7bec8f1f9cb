"""Another value as the answer to a question. What it may be, the import itself says: this form only asks it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from textual import on
from textual.widgets import Input

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.tui.imports.plan_lines import format_field_name
from ahtc_tui.tui.widgets.form import FormRow, FormScreen

ANSWER_WORDS = frozenset(("ours", "theirs", "both", "skip"))
"""Answers that are no value."""


class AnswerForm(FormScreen):
    """One value."""

    def __init__(self, question: Question, check: Callable[[Question, str], Awaitable[None]]) -> None:
        super().__init__("  ".join(part for part in (question.ref, format_field_name(question.field)) if part))
        self._question, self._check = question, check

    def rows(self) -> Iterable[FormRow]:
        """The value, begun with what came back."""
        initial = self._question.proposed or self._question.theirs or self._question.ours or ""
        value = Input(" ".join(initial.split()), compact=True, select_on_focus=True)
        yield FormRow("value", _("Write"), value, _find_hint(self._question.field))

    @on(Input.Submitted)
    def _save_on_submit(self, event: Input.Submitted) -> None:
        event.prevent_default()
        event.stop()
        self.action_save()

    async def accept(self, values: dict[str, Any]) -> None:
        """What the import would refuse keeps the form open."""
        value = values["value"]
        if not value or value.lower() in ANSWER_WORDS:
            raise BadInput(_("Type a value; o keeps ours and t takes theirs."))
        try:
            await self._check(self._question, value)
        except BadInput as error:  # the sentence of the command line names the question, which stands here already
            raise BadInput(str(error.__cause__ or error)) from error


def _find_hint(field: str) -> str:
    if field.startswith("status") or field in ("struck", "missing", "sheet_conflict"):
        return ", ".join(status.value for status in Status)
    if field == "brag":
        return ", ".join(f"{letter.value} {letter.label}" for letter in Brag)
    if field in ("reference", "new_action"):
        return _("the reference of the action that it is")
    if field.startswith("lead") or field == "support":
        return _("a name of the register, or a reference")
    if field.startswith(("due", "closed")):
        return _("a day, a month, or words: 31 jan, end feb, spring 2014")
    return ""
