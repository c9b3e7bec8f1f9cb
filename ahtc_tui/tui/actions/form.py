"""Forms of actions: new action, edit, update, completion and saved view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from textual.widget import Widget
from textual.widgets import Input, TextArea

from ahtc_tui.domain.actions.fields import FORM_FIELDS, ActionField, Editor
from ahtc_tui.domain.actions.model import ActionCard, ActionRow, Brag, Priority, Status
from ahtc_tui.domain.actions.saved_views import ALL_COLUMNS, SavedView, format_columns, read_columns
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date, read_date_or_words
from ahtc_tui.domain.drafts.actions import build_action_draft, build_update_draft
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.saved_views import save_view
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_enum_select, build_select, translate_options

YES_NO = ((gettext_noop("no"), "no"), (gettext_noop("yes"), "yes"))
EMPTY_AS_NONE = {"due"} | {field.name for field in FORM_FIELDS if field.editor not in (Editor.LINE, Editor.PROSE)}
"""Fields that are cleared by None; the others are cleared by an empty text."""


def list_ratings() -> list[tuple[str, str]]:
    """Return the BRAG ratings as options: letter and word in the current language, and value."""
    return [(f"{brag} {brag.label}", brag.value) for brag in Brag]


STATUS_COLUMNS = dict.fromkeys(("closed_on", "closed_by", "closing_meeting"), ("status",))
"""Columns that follow from the status."""
DERIVED_COLUMNS = {
    **STATUS_COLUMNS,
    "brag_reason": ("reason", "brag", "status"),
    "brag": ("brag", "status"),
    "review_on": ("review_on", "status"),
    "original_due": ("due",),
    "action_parties": ("support", "partners"),
    "dependencies": ("blocked_by",),
    "recurrences": ("repeat",),
    "rule": ("repeat",),
    "from_completion": ("repeat",),
}
"""Fields of the form that write a column or a table of parts."""


class ActionChoices(NamedTuple):
    """What the form of an action offers in its fields."""

    parties: Sequence[Candidate]
    groups: Sequence[Candidate]
    objectives: Sequence[Candidate]


class ActionForm(FormScreen):
    """A new action, or an edit of one."""

    fields_of_column = DERIVED_COLUMNS

    def __init__(self, desk: Desk, choices: ActionChoices, card: ActionCard | None = None) -> None:
        row = card.row if card else None
        super().__init__(_("New action") if row is None else _("Edit {ref}").format(ref=row.ref), desk.seen)
        self._desk, self._choices, self._row = desk, choices, row
        self._group = next((group.ref for group in choices.groups if card and group.label == card.group), None)
        self._initial_more = {field.name: _read_initial(field, card) for field in FORM_FIELDS}
        self.written: ActionRow | None = None

    def rows(self) -> Iterable[FormRow]:
        row = self._row
        reader = partial(read_date_or_words, today=self._desk.today)
        yield FormRow("title", _("Title"), Input(join_lines(row.title) if row else "", compact=True), required=True)
        yield FormRow("lead", _("Lead"), OwnerField(self._choices.parties, row.lead_ref if row else None))
        yield FormRow("due", _("Due"), DateField(reader, str(row.due) if row and row.due else ""))
        objective = OwnerField(self._choices.objectives, row.objective if row else None)
        yield FormRow("objective", _("Objective"), objective)
        yield FormRow("group", _("Group"), OwnerField(self._choices.groups, self._group))
        yield FormRow(
            "status",
            _("Status"),
            build_enum_select(Status, (row.status if row else Status.PLANNED).value, blank=False),
        )
        yield FormRow("brag", _("BRAG"), build_select(list_ratings(), row.brag.value if row and row.brag else None))
        yield FormRow(
            "priority",
            _("Priority"),
            build_enum_select(Priority, row.priority.value if row and row.priority else None),
        )
        if row is not None and (row.due is not None or row.brag is not None):
            yield FormRow(
                "reason", _("Reason"), Input(placeholder=_("if the date changes or the rating falls"), compact=True)
            )
        reader = partial(read_date, today=self._desk.today)
        for field in FORM_FIELDS:
            control = _build_control(field, self._initial_more[field.name], reader)
            yield FormRow(field.name, field.heading, control, _(field.hint))

    async def accept(self, values: dict[str, Any]) -> None:
        """Add the action, or write its changed fields."""
        filled = {name: value for name, value in values.items() if value or self._row is not None}
        fields = {name: value or (None if name in EMPTY_AS_NONE else "") for name, value in filled.items()}
        draft = build_action_draft(fields, self._desk.today)
        if self._row is None:
            self.written = await self._desk.run(actions.add_action, draft)
        else:
            self.written = await self._desk.run(actions.edit_action, self._row.ref, draft)


def _read_initial(field: ActionField, card: ActionCard | None) -> Any:
    """Return the value that the form starts with; None where the field is empty or the action is new."""
    value = field.read(card) if card else None
    return join_lines(value) if isinstance(value, str) and field.editor is Editor.LINE else value or None


def _build_control(field: ActionField, value: Any, reader: Callable[[str], DateAsKnown]) -> Widget:
    match field.editor:
        case Editor.LINE:
            return Input(value or "", compact=True)
        case Editor.PROSE:
            return TextArea(value or "")
        case Editor.DATE:
            return DateField(reader, str(value) if value else "")
        case choices:
            return build_select([(choice.label, choice.value) for choice in choices or ()], value)


class UpdateForm(FormScreen):
    """An update: a dated line of progress. It changes rating and status only where the person changed them."""

    fields_of_column = DERIVED_COLUMNS
    adds_record = True

    def __init__(self, desk: Desk, row: ActionRow) -> None:
        super().__init__(_("Update {ref}  {title}").format(ref=row.ref, title=row.shown_title), desk.seen)
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("text", _("Progress"), TextArea(), required=True)
        yield FormRow("brag", _("BRAG"), build_select(list_ratings(), self._row.brag.value if self._row.brag else None))
        yield FormRow("status", _("Status"), build_enum_select(Status, self._row.status.value, blank=False))
        yield FormRow(
            "on", _("On"), DateField(partial(read_date, today=self._desk.today), ""), _("today if left blank")
        )

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the update; rating and status only if they changed."""
        draft = build_update_draft(values.get("text", ""), values.get("brag"), values.get("status"), values.get("on"))
        await self._desk.run(actions.update_action, self._row.ref, draft)


class ViewForm(FormScreen):
    """Name and columns of the filter in force, to save it as a view."""

    def __init__(self, desk: Desk, view: SavedView) -> None:
        super().__init__(_("Save a view: {words}").format(words=view.words or view.which.label))
        self._desk, self._view = desk, view
        self.saved: SavedView | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("name", _("Name"), Input(join_lines(self._view.name), compact=True), required=True)
        yield FormRow(
            "columns",
            _("Columns"),
            Input(format_columns(self._view.columns), compact=True),
            format_columns(ALL_COLUMNS),
        )
        yield FormRow(
            "context",
            _("Start with it"),
            build_select(translate_options(YES_NO), YES_NO[self._view.context][1], blank=False),
        )

    async def accept(self, values: dict[str, Any]) -> None:
        shown, context = read_columns(values["columns"]), values["context"] == YES_NO[True][1]
        view = replace(self._view, name=values["name"], columns=shown, context=context)
        self.saved = await self._desk.run(save_view, view)


class ProposeForm(FormScreen):
    """The proposal of the owner, with evidence."""

    fields_of_column = DERIVED_COLUMNS
    adds_record = True

    def __init__(self, desk: Desk, row: ActionRow) -> None:
        super().__init__(_("Propose {ref} as complete").format(ref=row.ref), desk.seen)
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow(
            "evidence", _("Evidence"), TextArea(), _("what shows that it is done; the group closes it"), required=True
        )

    async def accept(self, values: dict[str, Any]) -> None:
        await self._desk.run(actions.propose_action, self._row.ref, values.get("evidence") or "")


class CloseForm(FormScreen):
    """The closure by the group: evidence, meeting and date."""

    fields_of_column = DERIVED_COLUMNS
    adds_record = True

    def __init__(self, desk: Desk, row: ActionRow) -> None:
        super().__init__(_("Close {ref} as done").format(ref=row.ref), desk.seen)
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("evidence", _("Evidence"), TextArea(self._row.evidence or ""))
        yield FormRow("meeting", _("Meeting"), Input(compact=True), _("reference of the meeting that agreed it"))
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("on", _("On"), DateField(reader, ""), _("date of the meeting, or today"))

    async def accept(self, values: dict[str, Any]) -> None:
        evidence, meeting = values.get("evidence") or "", values.get("meeting") or ""
        await self._desk.run(actions.close_action, self._row.ref, values.get("on"), evidence, meeting)
