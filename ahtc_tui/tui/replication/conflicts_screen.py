"""What two people wrote apart: both values side by side, and one key that decides. Opened from Today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import on, work
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflicts import Conflict, Said, Why
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.replication import conflicts
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.conflicts import CONFLICTS
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.plain import one_line
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class ConflictsScreen(RecordScreen[Conflict]):
    """What is left to decide, by reference."""

    noun = "today"
    leads_back = True
    nothing_yet = _("Nothing is left to decide.")
    BINDINGS = bindings(*CONFLICTS)

    def columns(self) -> Sequence[Column[Conflict]]:
        """Reference, field, both values."""
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True),
            Column(_("What"), 12, lambda row: field_of(row), style=lambda _row: "muted"),
            Column(_("Ours"), None, lambda row: one_line(row.ours or "–")),
            Column(_("Theirs"), 24, lambda row: one_line(row.theirs or "–"), wide=40),
        )

    async def source(self, text: str) -> PageSource[Conflict]:
        """Those that hold the words."""
        words = folded(text).split()
        found = [row for row in await self.desk.ask(conflicts.list_conflicts) if all(w in _said(row) for w in words)]
        return ListSource(found, lambda row: row.id)

    async def sections(self, row: Conflict) -> Iterable[Section]:
        """The card of one."""
        return tuple(_sections(row))

    def order_words(self) -> str:
        """The order of the list."""
        return _("left to decide   by reference ↓")

    def action_back(self) -> None:
        """Back one step; from the whole list to where it was opened."""
        if self.can_go_back:
            super().action_back()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Both can stay only where it is about two records."""
        row: Conflict | None = self.list_pane.highlighted if self.is_mounted else None
        if parameters == ("both",) and action == "decide":
            return row is not None and row.why is Why.TWICE
        return super().check_action(action, parameters)

    @work(group="write")
    async def action_decide(self, answer: str) -> None:
        """Decide the one under the cursor; the list goes on to the next."""
        row: Conflict | None = self.list_pane.highlighted
        if row is None:
            return
        with told(self.app):
            await self.desk.ask(conflicts.resolve, row.id, answer)
            words = {"ours": _("ours kept"), "theirs": _("theirs taken"), "both": _("both stay")}[answer]
            say(self.app, _("{ref} {field}: {words}").format(ref=row.ref, field=field_of(row), words=words))
            self.app.changed.publish(None)

    @work(group="form")
    async def action_edit(self) -> None:
        """Write something else."""
        row: Conflict | None = self.list_pane.highlighted
        if row is None:
            return
        if await self.app.push_screen_wait(ValueForm(self.app, row)) is not None:
            say(self.app, _("{ref} {field}: written anew").format(ref=row.ref, field=field_of(row)))
            self.app.changed.publish(None)


def field_of(row: Conflict) -> str:
    """What it is about, in words."""
    return row.field.replace("_", " ")


def _said(row: Conflict) -> str:
    return folded(" ".join((row.ref, field_of(row), row.kind, row.ours or "", row.theirs or "", row.title or "")))


def _by(said: Said | None) -> str:
    return f"{said.user}, {said.at.astimezone():%a %d %b %H:%M}" if said else ""


def _sections(row: Conflict) -> Iterator[Section]:
    yield Title(row.ref, row.title or row.kind)
    yield Gap()
    yield Fact(_("What"), field_of(row))
    yield Fact(_("Theirs is"), row.other_ref) if row.other_ref else Fact(_("Before"), row.base or "–")
    for heading, value, said in ((_("OURS"), row.ours, row.ours_by), (_("THEIRS"), row.theirs, row.theirs_by)):
        yield Gap()
        yield Heading(heading)
        yield Para(value or "–")
        yield Para(_by(said), muted=True)
    yield Gap()
    yield Para(row.why.sentence)
    yield Para(_("Shown until then: {value}").format(value=row.shown or "–"), muted=True)


class ValueForm(FormScreen):
    """One value."""

    def __init__(self, desk_app: DeskApp, row: Conflict) -> None:
        super().__init__(f"{row.ref}  {field_of(row)}")
        self._desk_app, self._row = desk_app, row

    def rows(self) -> Iterable[FormRow]:
        """The value, begun with theirs."""
        begun = " ".join((self._row.theirs or self._row.ours or "").split())
        yield FormRow("value", _("Write"), Input(begun, compact=True, select_on_focus=True))

    @on(Input.Submitted)
    def _go(self, event: Input.Submitted) -> None:
        event.prevent_default()
        event.stop()
        self.action_save()

    async def accept(self, values: dict[str, Any]) -> None:
        """Write it, or keep the form open with the sentence."""
        if not values["value"] or values["value"].lower() in conflicts.ANSWERS:
            raise BadInput(_("Type a value; o keeps ours and t takes theirs."))
        await self._desk_app.desk.ask(conflicts.resolve, self._row.id, values["value"])
