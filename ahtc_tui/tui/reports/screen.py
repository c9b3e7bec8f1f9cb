"""The mode Reports: where things go out and come in, one key each, and below it what was made last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.foi_requests import say_request
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.imports import REPORTS
from ahtc_tui.tui.reports.list import Way, columns, ways
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Heading, Line, Para, Section
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

if TYPE_CHECKING:
    from ahtc_tui.services.exports.report_menu import Made

ELSEWHERE = {"meetings": "meetings", "groups": "groups", "contacts-mode": "contacts"}
"""Lines that lead to another mode."""


class ReportsScreen(DeskScreen):
    """A short list and what was made last."""

    noun = "reports"
    CSS_PATH = "reports.tcss"
    BINDINGS = bindings(*REPORTS)

    made_pane = query_one("#made", Card)

    def __init__(self) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]

    def compose(self) -> ComposeResult:
        """Modes, the list, what was made last, hints."""
        yield ModeBar(self.noun)
        yield RecordList(columns(), markable=False)
        yield Card(id="made")
        yield Hints()

    def on_mount(self) -> None:
        """Show the list once: nothing in it comes from the database."""
        self.list_pane.show(ListSource(ways(), lambda way: way.name))

    def reload(self) -> Any:
        """Nothing to read."""

    def on_screen_resume(self) -> None:
        """Nothing to read."""

    def action_copy_ref(self) -> None:
        """There is no record here."""

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        way: Way = event.row
        asks: dict[str, Callable[[], object]] = {
            "import": self.app.action_bring_in,
            "commissions": self.app.action_commissions,
            "request": self.action_request,
            "pack": self.action_take_away,
        }
        if way.name in ELSEWHERE:
            self.app.switch_mode(ELSEWHERE[way.name])
        elif way.name in asks:
            asks[way.name]()
        else:
            self.action_send_out(way.name)

    @work(group="write")
    async def action_send_out(self, kind: str) -> None:
        """Make it, and say what was made and what is left to do."""
        from ahtc_tui.services.exports import report_menu

        with told(self.app):
            ask = self.desk.work if kind in report_menu.LONG else self.desk.ask
            made = await ask(report_menu.send_out, kind)
            say(self.app, made.said, undo=made.undo)
            self.made_pane.show(sections(made))
            self.add_class("-made")
            if made.undo:
                self.app.changed.publish(None)

    @work(group="form")
    async def action_request(self) -> None:
        """What is held on a subject, for somebody who asks."""
        from ahtc_tui.tui.reports.foi_request_form import RequestForm

        form = RequestForm(self.desk)
        if await self.app.push_screen_wait(form) is not None and form.done is not None:
            path = self.desk.within(Path(form.done.file))
            said = _("Written: {path}   {answer}").format(path=path, answer=say_request(form.done))
            say(self.app, said, undo=False)

    @work(group="form")
    async def action_take_away(self) -> None:
        """Ask for a passphrase, and say what was made."""
        from ahtc_tui.services.exports.report_menu import pack_told
        from ahtc_tui.tui.reports.office_pack_form import PackForm

        form = PackForm(self.desk)
        await self.app.push_screen_wait(form)
        if form.made:
            made = pack_told(self.desk.workspace, form.made)
            say(self.app, made.said, undo=False)
            self.made_pane.show(sections(made))
            self.add_class("-made")


def sections(made: Made) -> Iterator[Section]:
    """What was made, what is left, and every file."""
    yield Heading(_("LAST MADE"))
    yield Para(made.said)
    if made.left:
        yield Gap()
        yield Heading(_("LEFT FOR YOU  {n}").format(n=len(made.left)))
        for sentence in made.left:
            yield Para(sentence)
    if len(made.files) > 1:
        yield Gap()
        yield Heading(_("FILES  {n}").format(n=len(made.files)))
        for path in made.files:
            yield Line(path.name, muted=True)
