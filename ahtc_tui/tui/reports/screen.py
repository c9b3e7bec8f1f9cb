"""The mode Reports: exports, backups and imports, and the result of the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Input

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, format_long_date
from ahtc_tui.domain.dates.parser import read_date_alone
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import _, gettext_noop, pgettext
from ahtc_tui.domain.privacy.foi_requests import RequestAnswer, compute_request_due, format_request_answer
from ahtc_tui.domain.privacy.passphrases import SHORTEST_PASSPHRASE, confirm_passphrase
from ahtc_tui.services.privacy import data_protection
from ahtc_tui.services.replication import office_pack
from ahtc_tui.services.replication.office_pack import CreatedPack
from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import BY_ID, build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Heading, Line, Para, Section
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource

if TYPE_CHECKING:
    from ahtc_tui.services.exports.report_menu import MenuResult


def format_answer_day(received: DateAsKnown) -> str:
    """Return the statutory deadline of a request received on a day, or why there is none."""
    try:
        return _("answer by {date}").format(date=format_long_date(compute_request_due(received.latest)))
    except BadInput as error:
        return str(error)


class RequestForm(FormScreen):
    """Search words and date of receipt. Writes the matching records as an archive."""

    save_label = gettext_noop("save the archive")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Freedom of information request"))
        self._desk = desk
        self.answer: RequestAnswer | None = None

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("words", _("Request"), Input("", _("all of these words"), compact=True))
        reader = partial(read_date_alone, today=self._desk.today)
        yield FormRow("received", _("Received on"), DateField(reader, _("today"), doubt=format_answer_day))

    async def accept(self, values: dict[str, Any]) -> None:
        if not values["words"]:
            sentence = _("Enter the words of the request.")
            self.show_error(sentence, "words")
            raise BadInput(sentence)
        received = values["received"].latest if values["received"] else None
        self.answer = await self._desk.run_long(data_protection.answer_request_to_folder, values["words"], received)


class PackForm(FormScreen):
    """Saving writes the pack."""

    save_label = gettext_noop("save the pack")

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Office pack"))
        self._desk = desk
        self.created_pack: CreatedPack | None = None
        self._first_input, self._second_input = (Input("", password=True, compact=True) for _field in range(2))

    def rows(self) -> Iterable[FormRow]:
        hint = _("at least {n} characters; never send it with the pack").format(n=SHORTEST_PASSPHRASE)
        yield FormRow("passphrase", _("Passphrase"), self._first_input, hint)
        yield FormRow("again", _("Repeat passphrase"), self._second_input)

    def values(self) -> dict[str, Any]:
        """Return nothing, so that the passphrase does not leave the form."""
        return {}

    async def accept(self, _values: dict[str, Any]) -> None:
        """Write the pack. Spaces at the ends of the passphrase count."""
        passphrase = confirm_passphrase(self._first_input.value, self._second_input.value)
        self.created_pack = await self._desk.run_long(office_pack.create_pack_in_exports, passphrase)


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
        HeadingLine(format_heading(_("Weekly reports")), _("into the folder exports")),
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
        HeadingLine(format_heading(pgettext("files", "Kept")), _("into the folder data/backups")),
        ReportEntry("backup", "b", _("Backup"), _("make a full backup and check it")),
        ReportEntry("retention", "R", _("Retention"), _("what is due to be destroyed or transferred; holds")),
        ReportEntry("backups", "B", _("Backups"), _("all backups and what each holds; restore one")),
        HeadingLine(),
        HeadingLine(format_heading(pgettext("files", "In"))),
        ReportEntry("import", "i", _("Import"), _("returns, other logs, calendars, answers and contacts")),
        HeadingLine(),
        HeadingLine(format_heading(_("In other modes"))),
        ReportEntry("meetings", "4", _("Meetings"), _("agenda, minutes, meeting pack, invitations")),
        ReportEntry("groups", "5", _("Groups"), _("the brief for a board")),
        ReportEntry("contacts-mode", "6", _("Contacts"), _("the handover of a post")),
    ]


def report_columns() -> Sequence[Column[ReportEntry]]:
    """Return the columns: the keys to press, title and description."""
    direct = {BY_ID[identifier].keys for identifier in ("report.new-paper", "import.open")}
    return (
        Column(
            "",
            3,
            lambda e: f". {e.key}" if e.key.isalpha() and e.key not in direct else e.key,
            style=lambda _entry: "mark",
        ),
        Column("", 24, lambda entry: entry.title),
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
        yield RecordList(self.build_columns(), markable=False, wraps=True)
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

        form = RequestForm(self.desk)
        if await self.app.push_screen_wait(form) is not None and form.answer is not None:
            path = Path(form.answer.file)
            message = self.app.format_saved(path, format_request_answer(form.answer))
            self._show_result(MenuResult(message, (path,)))

    @work(group="form")
    async def action_take_away(self) -> None:
        """Write an office pack."""
        from ahtc_tui.services.exports.report_menu import describe_office_pack

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
