"""Forms of actions: new action, edit, update, completion and saved view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from textual.widgets import Input, Select

from ahtc_tui.domain.actions.fields import ACTION_FIELDS, GROUPS, MEETINGS, OBJECTIVES, PARTIES
from ahtc_tui.domain.actions.model import ActionCard, ActionRow, Brag, Status, UpdateRow
from ahtc_tui.domain.actions.saved_views import ALL_COLUMNS, SavedView, format_columns, read_columns
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.drafts.actions import ActionDraft, build_action_draft, build_update_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.saved_views import save_view
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.select import build_enum_select, build_select, translate_options

NEW_UPDATE = "new"
MOST_CORRECTED = 5
"""Latest updates that the form can correct."""
NO_YES = ((gettext_noop("no"), "no"), (gettext_noop("yes"), "yes"))
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
    meetings: Sequence[Candidate] = ()


class ActionForm(FormScreen):
    """A new action, or an edit of one."""

    fields_of_column = DERIVED_COLUMNS

    def __init__(self, desk: Desk, choices: ActionChoices, card: ActionCard | None = None) -> None:
        row = card.row if card else None
        super().__init__(_("New action") if row is None else _("Edit {ref}").format(ref=row.ref), desk.seen)
        self._desk, self._card, self._row = desk, card, row
        self._registers = {
            PARTIES: choices.parties,
            GROUPS: choices.groups,
            OBJECTIVES: choices.objectives,
            MEETINGS: choices.meetings,
        }
        self._asked_reason = False
        self.written: ActionRow | None = None

    def rows(self) -> Iterable[FormRow]:
        row = self._row
        has_reason = row is not None and (row.due is not None or row.brag is not None)
        fields = (field for field in ACTION_FIELDS if has_reason or field.name != "reason")
        yield from build_rows(fields, self._card, self._desk.today, self._registers)

    async def accept(self, values: dict[str, Any]) -> None:
        """Add the action, or write its changed fields."""
        fields = {name: value or "" for name, value in values.items() if value or self._row is not None}
        draft = build_action_draft(fields, self._desk.today)
        self._ask_slip_reason(draft)
        if self._row is None:
            self.written = await self._desk.run(actions.add_action, draft)
        else:
            self.written = await self._desk.run(actions.edit_action, self._row.ref, draft)

    def _ask_slip_reason(self, draft: ActionDraft) -> None:
        """Raise BadInput at the first attempt to move a date again without a reason."""
        row = self._row
        if row is None or not row.slips or "due" not in draft.given_fields or draft.due == row.due or draft.reason:
            return
        if not self._asked_reason:
            self._asked_reason = True
            sentence = _("The date of {ref} has moved before. Give the reason, or save again without one.")
            self.show_error(sentence.format(ref=row.ref), "reason")
            raise BadInput(sentence.format(ref=row.ref))


class UpdateForm(FormScreen):
    """An update: a dated line of progress, or the correction of one of the latest.

    It changes rating and status only where the person changed them.
    """

    fields_of_column = DERIVED_COLUMNS
    adds_record = True

    def __init__(
        self, desk: Desk, row: ActionRow, register: Sequence[Candidate] = (), updates: Sequence[UpdateRow] = ()
    ) -> None:
        super().__init__(_("Update {ref}  {title}").format(ref=row.ref, title=row.shown_title), desk.seen)
        self._desk, self._row, self._register = desk, row, register
        self._updates = updates[:MOST_CORRECTED]

    def rows(self) -> Iterable[FormRow]:
        self._text = ProseField()
        yield FormRow("text", _("Progress"), self._text, required=True)
        if self._updates:
            options = [(_("a new update"), NEW_UPDATE)]
            options += [(_format_correction(update), str(n)) for n, update in enumerate(self._updates, 1)]
            yield FormRow("number", _("Save as"), build_select(options, NEW_UPDATE, blank=False))
        yield FormRow("by", _("Reported by"), OwnerField(self._register, None))
        yield FormRow("brag", _("BRAG"), build_enum_select(Brag, self._row.brag))
        yield FormRow("status", _("Status"), build_enum_select(Status, self._row.status.value, blank=False))
        day = DateField(partial(read_date, today=self._desk.today), is_past=True)
        yield FormRow("on", _("Date"), day, _("today if left blank"))

    async def accept(self, values: dict[str, Any]) -> None:
        """Save the update or the correction; rating and status only if they changed."""
        given = (values.get(name) for name in ("brag", "status", "on", "by"))
        draft = build_update_draft(values.get("text", ""), *given)
        number = values.get("number", NEW_UPDATE)
        if number == NEW_UPDATE:
            await self._desk.run(actions.update_action, self._row.ref, draft)
        else:
            await self._desk.run(actions.correct_update, self._row.ref, int(number), draft)

    def on_select_changed(self, event: Select.Changed) -> None:
        """Show the text of the update that is to be corrected."""
        number = str(event.value)
        if number.isdecimal() and not self._text.text:
            self._text.text = self._updates[int(number) - 1].text


def _format_correction(update: UpdateRow) -> str:
    return _("correct {day}: {text}").format(
        day=format_long_date(update.said_on), text=shorten_text(join_lines(update.text), 40)
    )


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
            build_select(translate_options(NO_YES), NO_YES[self._view.context][1], blank=False),
        )

    async def accept(self, values: dict[str, Any]) -> None:
        shown, context = read_columns(values["columns"]), values["context"] == NO_YES[True][1]
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
            "evidence", _("Evidence"), ProseField(), _("proof of completion; the group closes it"), required=True
        )

    async def accept(self, values: dict[str, Any]) -> None:
        await self._desk.run(actions.propose_action, self._row.ref, values.get("evidence") or "")


class CloseForm(FormScreen):
    """The closure by the group: evidence, meeting and date."""

    fields_of_column = DERIVED_COLUMNS
    adds_record = True

    def __init__(self, desk: Desk, row: ActionRow, meetings: Sequence[Candidate] = ()) -> None:
        super().__init__(_("Close {ref} as done").format(ref=row.ref), desk.seen)
        self._desk, self._row, self._meetings = desk, row, meetings

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("evidence", _("Evidence"), ProseField(self._row.evidence or ""))
        yield FormRow("meeting", _("Meeting"), OwnerField(self._meetings), _("the meeting that agreed it"))
        reader = partial(read_date, today=self._desk.today)
        yield FormRow("on", _("Date"), DateField(reader, is_past=True), _("date of the meeting, or today"))

    async def accept(self, values: dict[str, Any]) -> None:
        evidence, meeting = values.get("evidence") or "", values.get("meeting") or ""
        await self._desk.run(actions.close_action, self._row.ref, values.get("on"), evidence, meeting)
