"""Merge conflicts: both values, and one key to decide. The screen opens from the mode Today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import work
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.grammar import read_filter
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.filters.text_match import matches_text
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflicts import Authorship, Conflict, ConflictReason
from ahtc_tui.services.replication import conflicts
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class ConflictsScreen(RecordScreen[Conflict]):
    """Undecided conflicts by reference."""

    noun = "today"
    closes_on_back = True
    empty_hint = _("No conflicts to decide.")
    BINDINGS = build_bindings("conflict.ours", "conflict.theirs", "conflict.both", "conflict.edit", "desk.leave")

    def build_columns(self) -> Sequence[Column[Conflict]]:
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True),
            Column(_("What"), 12, lambda row: format_field(row), style=lambda _row: "muted"),
            Column(_("Ours"), None, lambda row: join_lines(row.ours or "–")),
            Column(_("Theirs"), 24, lambda row: join_lines(row.theirs or "–"), wide=40),
        )

    async def load_source(self, text: str) -> PageSource[Conflict]:
        parsed = read_filter(text, FilterNoun.RECORDS)
        rows = [
            row
            for row in await self.desk.run(conflicts.list_conflicts)
            if matches_text(parsed, _build_search_text(row))
        ]
        return ListSource(rows, lambda row: row.id)

    async def load_sections(self, row: Conflict) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def order_text(self) -> str:
        return _("to decide   by reference ↓")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to keep both only for conflicts between two records."""
        row = self.selected_row if self.is_mounted else None
        if parameters == ("both",) and action == "decide":
            return row is not None and row.why is ConflictReason.TWICE
        return super().check_action(action, parameters)

    @work(group="write")
    async def action_decide(self, answer: str) -> None:
        """Decide the selected conflict."""
        if (row := self.selected_row) is None:
            return
        with errors_as_toasts(self.app):
            await self.desk.run(conflicts.resolve_conflict, row.id, answer)
            decision = {"ours": _("ours kept"), "theirs": _("theirs taken"), "both": _("both kept")}[answer]
            show_toast(
                self.app, _("{ref} {field}: {words}").format(ref=row.ref, field=format_field(row), words=decision)
            )
            self.app.changed.publish(None)

    @work(group="form")
    async def action_edit(self) -> None:
        """Decide the selected conflict by typing another value."""
        if (row := self.selected_row) is None:
            return
        if await self.app.push_screen_wait(ValueForm(self.app, row)) is not None:
            show_toast(self.app, _("{ref} {field}: value replaced").format(ref=row.ref, field=format_field(row)))
            self.app.changed.publish(None)


def format_field(row: Conflict) -> str:
    """Return the name of the field for people."""
    return row.field.replace("_", " ")


def _build_search_text(row: Conflict) -> str:
    return " ".join((row.ref, format_field(row), row.kind, row.ours or "", row.theirs or "", row.title or ""))


def _format_author(value: Authorship | None) -> str:
    return f"{value.user}, {value.at.astimezone():%a %d %b %H:%M}" if value else ""


def _build_sections(row: Conflict) -> Iterator[Section]:
    yield Title(row.ref, row.title or row.kind)
    yield Gap()
    yield Fact(_("What"), format_field(row))
    yield Fact(_("Theirs is"), row.other_ref) if row.other_ref else Fact(_("Before"), row.base or "–")
    for heading, value, author in ((_("OURS"), row.ours, row.ours_by), (_("THEIRS"), row.theirs, row.theirs_by)):
        yield Gap()
        yield Heading(heading)
        yield Para(value or "–")
        yield Para(_format_author(author), muted=True)
    yield Gap()
    yield Para(row.why.sentence)
    yield Para(_("Shown until decided: {value}").format(value=row.shown or "–"), muted=True)


class ValueForm(FormScreen):
    """The value that decides a conflict; it starts with theirs."""

    saves_on_enter = True

    def __init__(self, desk_app: DeskApp, row: Conflict) -> None:
        super().__init__(f"{row.ref}  {format_field(row)}")
        self._desk_app, self._row = desk_app, row

    def rows(self) -> Iterable[FormRow]:
        initial_text = " ".join((self._row.theirs or self._row.ours or "").split())
        yield FormRow("value", _("Write"), Input(initial_text, compact=True, select_on_focus=True))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the value. Raises BadInput if it is empty or one of the answers."""
        if not values["value"] or values["value"].lower() in conflicts.ANSWERS:
            raise BadInput(_("Enter a value. o keeps ours, t takes theirs."))
        await self._desk_app.desk.run(conflicts.resolve_conflict, self._row.id, values["value"])
