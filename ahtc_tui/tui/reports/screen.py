"""The mode Reports: exports, backups and imports, and the result of the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one

from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.privacy.foi_requests import format_request_answer
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Heading, Line, Para, Section
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource

if TYPE_CHECKING:
    from ahtc_tui.services.exports.report_menu import MenuResult

MODES_BY_ENTRY = {"meetings": "meetings", "groups": "groups", "contacts-mode": "contacts"}
"""Entries that open another mode."""
WEEKLY = ("returns", "chasers", "actions", "since", "import", "backup")
"""Entries that a week needs."""
ALL = "all"
"""Entry that lists all others."""
PAGES = frozenset({"backups", "import", "retention", "welsh"})
"""Entries that open the page of their name."""


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """An export, backup or import."""

    name: str
    key: str
    title: str
    description: str


def list_weekly_reports() -> list[ReportEntry | HeadingLine]:
    """Return the six entries that a week needs, and the one that lists all."""
    entries = {entry.name: entry for entry in list_reports() if isinstance(entry, ReportEntry)}
    return [
        HeadingLine(format_heading(_("Every week")), _("into the folder exports")),
        *(entries[name] for name in WEEKLY),
        HeadingLine(),
        ReportEntry(ALL, "", _("All reports"), _("registers, papers, requests, packs, backups and retention")),
    ]


def list_reports() -> list[ReportEntry | HeadingLine]:
    """Return all entries; those of the last section open another mode."""
    return [
        HeadingLine(format_heading(pgettext("files", "Out")), _("into the folder exports")),
        *(ReportEntry(kind.name, kind.key, kind.title, kind.description) for kind in EXPORT_KINDS.values() if kind.key),
        ReportEntry("commissions", "o", _("Commissions"), _("commissioned papers, and the take-up of practice")),
        ReportEntry("new-paper", "n", _("New commission"), _("a paper drafted from the records, after an earlier one")),
        ReportEntry("welsh", "W", _("Welsh"), _("text to translate (type the Welsh, or export it)")),
        ReportEntry("request", "f", _("FOI request"), _("everything held on a subject, and the answer date")),
        ReportEntry("pack", "w", _("Pack"), _("an encrypted copy of the office to take with you")),
        HeadingLine(),
        HeadingLine(format_heading(_("Kept")), _("into the folder data/backups")),
        ReportEntry("backup", "b", _("Backup"), _("a full copy of the database, checked when made")),
        ReportEntry("retention", "R", _("Retention"), _("what is due to be destroyed or transferred; holds")),
        ReportEntry("backups", "B", _("Backups"), _("all backups and what each holds; restore one")),
        HeadingLine(),
        HeadingLine(format_heading(pgettext("files", "In"))),
        ReportEntry("import", "i", _("Import"), _("returns, other logs, calendars, answers to invitations, contacts")),
        HeadingLine(),
        HeadingLine(format_heading(_("In other modes"))),
        ReportEntry("meetings", "4", _("Meetings"), _("agenda, minutes, meeting pack, invitations")),
        ReportEntry("groups", "5", _("Groups"), _("the brief for a board")),
        ReportEntry("contacts-mode", "6", _("Contacts"), _("the handover of a post")),
    ]


def report_columns() -> Sequence[Column[ReportEntry]]:
    """Return the columns: key, title and description."""
    return (
        Column("", 3, lambda entry: entry.key, style=lambda _entry: "mark"),
        Column("", 12, lambda entry: entry.title, grows=True),
        Column("", None, lambda entry: entry.description, style=lambda _entry: "muted"),
    )


class ReportsScreen(DeskScreen):
    """The list of exports and imports, with the last result below it."""

    noun = "reports"
    CSS_PATH = "reports.tcss"
    BINDINGS = build_bindings("report.*", "import.open")

    result_pane = query_one("#result", Card)

    def __init__(self) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]
        self._lists_all = False
        """Whether all entries are listed, not only those of a week."""

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield RecordList(self.build_columns(), markable=False)
        yield Card(id="result")
        yield Hints()

    def build_columns(self) -> Sequence[Column[ReportEntry]]:
        """Return the columns of the list."""
        return report_columns()

    def on_mount(self) -> None:
        self._show_entries()

    def _show_entries(self) -> None:
        entries = list_reports() if self._lists_all else list_weekly_reports()
        self.list_pane.update_rows(ListSource(entries, lambda entry: entry.name))

    def retranslate(self) -> None:
        """Show the entries in the language now in force; the last result stays as it was written."""
        super().retranslate()
        self._show_entries()

    def reload(self) -> Any:
        """Do nothing: the list is constant."""

    def on_screen_resume(self) -> None:
        """Do nothing: the list is constant."""

    def action_copy_ref(self) -> None:
        """Do nothing: the entries have no references."""

    @on(RecordList.Opened)
    def _open_selected(self, event: RecordList.Opened) -> None:
        entry: ReportEntry = event.row
        openers: dict[str, Callable[[], object]] = {
            "commissions": self.app.action_commissions,
            "new-paper": self.action_new,
            "request": self.action_request,
            "pack": self.action_take_away,
        }
        if entry.name == ALL:
            self._lists_all = True
            self._show_entries()
        elif entry.name in MODES_BY_ENTRY:
            self.app.switch_mode(MODES_BY_ENTRY[entry.name])
        elif entry.name in PAGES:
            self.app.action_page(entry.name)
        elif entry.name in openers:
            openers[entry.name]()
        else:
            self.action_send_out(entry.name)

    @work(group="write")
    async def action_send_out(self, kind: str) -> None:
        """Write the files of an entry and show what was written and what is left to do."""
        from ahtc_tui.services.exports import report_menu

        with errors_as_toasts(self.app):
            is_slow = kind == report_menu.BACKUP or EXPORT_KINDS[kind].is_slow
            run = self.desk.run_long if is_slow else self.desk.run
            result = await run(report_menu.make_files, kind, self.app.document_ending)
            self._show_result(result)
            if result.undo:
                self.app.changed.publish(None)

    def action_new(self) -> None:
        """Open the form of a new commission over the list of commissions."""
        self.app.action_commissions(opens_form=True)

    @work(group="form")
    async def action_request(self) -> None:
        """Answer a freedom of information request."""
        from ahtc_tui.services.exports.report_menu import MenuResult
        from ahtc_tui.tui.reports.forms import RequestForm

        form = RequestForm(self.desk)
        if await self.app.push_screen_wait(form) is not None and form.answer is not None:
            path = Path(form.answer.file)
            message = self.app.format_saved(path, format_request_answer(form.answer))
            self._show_result(MenuResult(message, (path,)))

    @work(group="form")
    async def action_take_away(self) -> None:
        """Write an office pack."""
        from ahtc_tui.services.exports.report_menu import describe_office_pack
        from ahtc_tui.tui.reports.forms import PackForm

        form = PackForm(self.desk)
        await self.app.push_screen_wait(form)
        if form.created_pack:
            self._show_result(describe_office_pack(self.desk.workspace, form.created_pack))

    def _show_result(self, result: MenuResult) -> None:
        """Show what was written, in a toast and in the pane of the last result."""
        show_toast(self.app, result.text, undo=result.undo)
        self.add_class("-has-result")
        self.result_pane.show(build_sections(result))


def build_sections(result: MenuResult) -> Iterator[Section]:
    """Yield the result, what is left to do, and the files."""
    yield Heading(format_heading(_("Last result")))
    yield Para(result.text)
    if result.tasks:
        yield Gap()
        yield Heading(format_heading(_("Still to do"), len(result.tasks)))
        for sentence in result.tasks:
            yield Para(sentence)
    if len(result.files) > 1:
        yield Gap()
        yield Heading(format_heading(_("Files"), len(result.files)))
        for path in result.files:
            yield Line(path.name, muted=True)
