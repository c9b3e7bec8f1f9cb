"""The state of the office hub: the last sync, what came in since the start, what waits to be sent, and errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_clock, format_local_moment, measure_clock
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.services.replication import folder_sync, hub_sync
from ahtc_tui.tui.base.background_sync import IncomingKind, IncomingLine
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Card, Fact, Gap, Para, Section, Title
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, join_lines
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class FolderPassphraseForm(FormScreen):
    """The passphrase of a folder, kept in memory until the app ends; a wrong one keeps the form open."""

    saves_on_enter = True

    def __init__(self, desk: Desk, folder: str) -> None:
        super().__init__(_("Folder passphrase"))
        self._desk, self._folder = desk, folder
        self._input = Input(password=True, compact=True)

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("passphrase", _("Passphrase"), self._input, _("the same on every laptop of the office"))

    def values(self) -> dict[str, Any]:
        """Return the passphrase as typed, with surrounding spaces."""
        return {"passphrase": self._input.value}

    async def accept(self, values: dict[str, Any]) -> None:
        """Raise an error unless the passphrase opens the files of the folder, or may be that of an empty one."""
        await self._desk.run_long(folder_sync.check_passphrase, self._folder, values["passphrase"])


class SyncScreen(RecordScreen[IncomingLine]):
    """What syncs brought since the app was started, below the state of the hub."""

    noun = "today"
    closes_on_back = True
    empty_hint = gettext_noop("Nothing has been received since the start.")
    DEFAULT_CSS = "SyncScreen #sync-state, SyncScreen #sync-error { padding: 0 1; }"
    BINDINGS = build_bindings("sync.now", "sync.accept", "desk.leave")

    state_line = query_one("#sync-state", Plain)
    error_line = query_one("#sync-error", Plain)

    def build_columns(self) -> Sequence[Column[IncomingLine]]:
        return (
            Column(_("Time"), measure_clock(), lambda row: format_clock(row.at), style=lambda _row: "muted"),
            Column(_("Ref"), 8, lambda row: row.ref, grows=True),
            Column(_("What"), 14, self._format_what, style=lambda row: "soon" if row.is_question else "muted"),
            Column(_("Received"), None, lambda row: join_lines(row.text)),
        )

    def _format_what(self, row: IncomingLine) -> str:
        return _("accepted") if self._is_accepted(row) else row.what

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(id="sync-state")
        yield Plain(id="sync-error")
        yield FilterBar()
        with Horizontal(id="panes"):
            yield RecordList(self.build_columns(), markable=False)
            yield Card()
        yield Hints()

    def on_mount(self) -> None:
        self.app.background_sync.state_changed.subscribe(self, lambda _signal: self.reload())

    def reload(self) -> None:
        self.show_state()
        super().reload()

    async def load_source(self, text: str) -> PageSource[IncomingLine]:
        matches = build_text_test(text)
        lines = self.app.background_sync.incoming
        rows = [row for row in lines if matches(" ".join((row.ref, row.what, row.text)))]
        return ListSource(rows, lambda row: row.number)

    async def load_sections(self, row: IncomingLine) -> Iterable[Section]:
        sections: list[Section] = [Title(row.ref, row.what), Gap(), Fact(_("Received"), format_local_moment(row.at))]
        sections += [Gap(), Para(row.text)]
        if row.kind is IncomingKind.CONFLICT:
            sections += [Gap(), Para(_("Press . and C to decide it."), muted=True)]
        elif self._is_accepted(row):
            sections += [Gap(), Para(self._format_accepted(), muted=True)]
        elif self._is_waiting_erasure(row):
            person = _("Press y to accept it. Until then the person stays on this laptop.")
            words = _("Press y to accept it. Until then nothing changes on this laptop.")
            sections += [Gap(), Para(person if row.ref else words, muted=True)]
        return sections

    def name_rows(self, total: int) -> str:
        return ngettext("item received", "items received", total)

    def _is_waiting_erasure(self, row: IncomingLine | None) -> bool:
        """Return whether a line is an erasure that nobody accepted yet."""
        waiting = self.app.background_sync.waiting_erasures
        return row is not None and row.question_id in waiting and not self._is_accepted(row)

    def _is_accepted(self, row: IncomingLine | None) -> bool:
        return row is not None and row.question_id in self.app.background_sync.accepted_erasures

    def _format_accepted(self) -> str:
        return _("This erasure is accepted. The next successful sync carries it out.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to sync only with a hub, and to accept an erasure only where the selected line is one that waits."""
        if action == "accept_erasure":
            return self._is_waiting_erasure(self.selected_row if self.has_widgets else None)
        if action == "sync_now" and not self.app.background_sync.has_hub:
            return None
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why a key is disabled."""
        if action == "sync_now":
            return _("No hub is set in ahtc.toml.")
        if action == "accept_erasure":
            is_accepted = self._is_accepted(self.selected_row)
            return self._format_accepted() if is_accepted else _("The selected line is not an erasure to accept.")
        return super().explain_disabled(action)

    @on(RecordList.Highlighted)
    def _refresh_keys(self) -> None:
        self.refresh_bindings()

    @work(exclusive=True, group="state")
    async def show_state(self) -> None:
        """Read the last sync and what waits to be sent, and show both."""
        with errors_as_toasts(self.app):
            state = await self.desk.run(hub_sync.read_sync_state)
            self.state_line.update(self._format_state(state))
            self.error_line.update(self._format_error())

    def _format_state(self, state: hub_sync.SyncState) -> str:
        sync = self.app.background_sync
        if sync.is_running:
            last = _("syncing …")
        elif state.at is None:
            last = _("not synced yet")
        else:
            last = _("last sync {moment}").format(moment=format_local_moment(state.at))
        interval = ngettext("every minute", "every {n} minutes", sync.every) if sync.every else _("by key only")
        parts = (
            _("hub").upper(),
            state.hub,
            last,
            interval if sync.has_hub else "",
            ngettext("1 change to send", "{n} changes to send", state.outgoing),
        )
        return "   ".join(part for part in parts if part)

    def _format_error(self) -> str:
        sync = self.app.background_sync
        if not sync.has_hub:
            return _(
                "No hub is set. In the settings (,), set hub.url to postgresql+psycopg://USER@HOST/DATABASE"
                " or to a shared folder, and start ahtc again."
            )
        return sync.error

    @work(group="write")
    async def action_sync_now(self) -> None:
        """Sync at once; the first time with a hub after a question."""
        sync = self.app.background_sync
        with errors_as_toasts(self.app):
            address = await sync.read_address()
            if not address.is_agreed:
                if not await self.app.push_screen_wait(Confirm(address.format_question(), default=False)):
                    return
                await sync.agree(address)
            if sync.needs_passphrase:
                values = await self.app.push_screen_wait(FolderPassphraseForm(self.desk, sync.url))
                sync.passphrase = (values or {}).get("passphrase", "")
            if not sync.needs_passphrase:
                sync.sync_now()

    @work(group="form")
    async def action_accept_erasure(self) -> None:
        """Accept the erasure of the selected line after a question; only one of a person here has a reference."""
        if (row := self.selected_row) is None:
            return
        if row.ref:
            ask, yes = _("Erase the person on this laptop as well? This cannot be undone."), _("erase")
        else:
            ask, yes = _("Make these changes on this laptop as well? This cannot be undone."), _("accept")
        question = "\n\n".join((row.text, ask))
        if await self.app.push_screen_wait(Confirm(question, yes=yes, no=_("keep for now"), default=False)):
            self.app.background_sync.accept_erasure(row.question_id)
