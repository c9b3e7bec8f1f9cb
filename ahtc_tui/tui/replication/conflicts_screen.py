"""Merge conflicts: every value with its author, and one key to decide. The screen opens from every mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_local_moment
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import FURTHER_SIDES, Conflict, ConflictReason, ConflictSide, name_answer
from ahtc_tui.services.replication import conflicts
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

SIDE_KEYS = ("1", "2", "3")
"""Keys of the sides: what was here first, the latest other value, and further ones."""


class ConflictsScreen(RecordScreen[Conflict]):
    """Undecided conflicts by reference."""

    noun = "today"
    closes_on_back = True
    marks_conflicts = False
    empty_hint = gettext_noop("No conflicts to resolve.")
    row_actions = frozenset(("decide", "decide_other", "edit"))
    BINDINGS = build_bindings(
        "conflict.ours",
        "conflict.theirs",
        "conflict.other",
        "conflict.merged",
        "conflict.both",
        "conflict.edit",
        "desk.leave",
    )

    def build_columns(self) -> Sequence[Column[Conflict]]:
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True, sort="ref", long_title=_("Reference")),
            Column(_("What"), 12, lambda row: format_field(row.field), style=lambda _row: "muted", sort="what"),
            Column(_("Shown until decided"), None, lambda row: join_lines(row.shown or "–")),
            Column(_("Also saved"), 40, _format_hidden_values, least=24),
        )

    async def load_source(self, text: str) -> PageSource[Conflict]:
        matches = build_text_test(text)
        rows = [row for row in await self.desk.show(conflicts.list_conflicts) if matches(_build_search_text(row))]
        return ListSource(rows, lambda row: row.id)

    async def load_sections(self, row: Conflict) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def name_rows(self, total: int) -> str:
        return ngettext("conflict to resolve", "conflicts to resolve", total)

    def order_text(self) -> str:
        return _("by reference ↑")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only the answers that the selected conflict has."""
        row = self.selected_row if self.has_widgets else None
        if action == "decide_other":
            return row is not None and len(row.sides) > FURTHER_SIDES
        if parameters == ("both",) and action == "decide":
            return row is not None and row.why is ConflictReason.TWICE
        if parameters == ("merged",) and action == "decide":
            return row is not None and row.merged is not None
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an answer is disabled."""
        if action in ("decide", "decide_other") and self.selected_row is not None:
            return _("The selected conflict does not have this answer.")
        return super().explain_disabled(action)

    @on(RecordList.Highlighted)
    def _refresh_answers(self) -> None:
        self.refresh_bindings()

    @work(group="write")
    async def action_decide(self, answer: str) -> None:
        """Decide the selected conflict."""
        if (row := self.selected_row) is not None:
            await self._write_decision(row, answer)

    @work(group="write")
    async def action_decide_other(self) -> None:
        """Decide the selected conflict by the value of a third laptop; of several, a list is shown."""
        if (row := self.selected_row) is None:
            return
        answers = [
            (name_answer(index), f"{side.value or '–'}   {side.author}")
            for index, side in enumerate(row.sides[FURTHER_SIDES:], FURTHER_SIDES)
        ]
        answer: str | None = answers[0][0]
        if len(answers) > 1:
            answer = await self.app.push_screen_wait(Pick(_("Which value applies?"), answers))
        if answer is not None:
            await self._write_decision(row, answer)

    async def _write_decision(self, row: Conflict, answer: str) -> None:
        with errors_as_toasts(self.app):
            await self.desk.run(conflicts.resolve_conflict, row.id, answer)
            show_toast(
                self.app,
                _("{ref} {field}: {words}").format(
                    ref=row.ref, field=format_field(row.field), words=_describe_decision(row, answer)
                ),
            )
            self.app.changed.publish(None)

    @work(group="form")
    async def action_edit(self) -> None:
        """Decide the selected conflict by typing another value."""
        if (row := self.selected_row) is None:
            return
        if await self.app.push_screen_wait(ValueForm(self.app, row)) is not None:
            show_toast(self.app, _("{ref} {field}: value replaced").format(ref=row.ref, field=format_field(row.field)))
            self.app.changed.publish(None)


def _describe_decision(row: Conflict, answer: str) -> str:
    """Return what a decision did: "kept the value of Secretariat, this laptop, 28 January 2014 at 10:15am"."""
    if answer == conflicts.MERGED:
        return _("the changes of all versions are merged")
    if answer == conflicts.BOTH:
        return _("both kept")
    index = next(index for index in range(len(row.sides)) if name_answer(index) == answer)
    return _("kept the value from {author}").format(author=row.sides[index].author)


def _format_hidden_values(row: Conflict) -> str:
    values = dict.fromkeys(join_lines(side.value or "–") for side in row.sides if side.value != row.shown)
    return " / ".join(values)


def _build_search_text(row: Conflict) -> str:
    values = (side.value or "" for side in row.sides)
    return " ".join((row.ref, format_field(row.field), row.kind, *values, row.title or ""))


def _build_sections(row: Conflict) -> Iterator[Section]:
    yield Title(row.ref, row.title or row.kind)
    yield Gap()
    yield Fact(_("What"), format_field(row.field))
    yield Fact(_("Why"), row.why.sentence)
    yield Fact(_("Other record"), row.other_ref) if row.other_ref else Fact(_("Before"), row.base or "–")
    for index, side in enumerate(row.sides):
        key = SIDE_KEYS[min(index, FURTHER_SIDES)]
        yield from _build_side(key, side, is_shown=row.is_shown and side.value == row.shown)
    if row.merged is not None:
        yield Gap()
        yield Heading(_("{key}  The changes of all versions").format(key="4"))
        yield Para(row.merged)


def _build_side(key: str, side: ConflictSide, *, is_shown: bool) -> Iterator[Section]:
    yield Gap()
    yield Heading("  ".join((key, side.writer)))
    yield Para(side.value or "–")
    moment = format_local_moment(side.at) if side.at else ""
    facts = (moment, _("shown until decided") if is_shown else "")
    yield Para(", ".join(fact for fact in facts if fact), muted=True)


class ValueForm(FormScreen):
    """The value that decides a conflict; it starts with the merged text, else with the latest value."""

    saves_on_enter = True

    def __init__(self, desk_app: DeskApp, row: Conflict) -> None:
        super().__init__(f"{row.ref}  {format_field(row.field)}")
        self._desk_app, self._row = desk_app, row

    def rows(self) -> Iterable[FormRow]:
        initial_text = " ".join((self._row.merged or self._row.theirs or self._row.ours or "").split())
        yield FormRow("value", _("New value"), Input(initial_text, compact=True, select_on_focus=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Save the value. Raises BadInput if it is empty or one of the answers."""
        answers = {*conflicts.ANSWERS, conflicts.MERGED, *(name_answer(n) for n in range(len(self._row.sides)))}
        if not values["value"] or values["value"].lower() in answers:
            raise BadInput(
                _("Enter a value. To choose a value from the list, close this form and press the key of the value.")
            )
        await self._desk_app.desk.run(conflicts.resolve_conflict, self._row.id, values["value"])
