"""The list of backups: when and why each was made and what it holds; one of them can be restored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import work

from ahtc_tui.domain.backup.model import BackupRow, format_backup_reason
from ahtc_tui.domain.dates.formatting import format_local_moment, format_short_moment
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.text.sizes import format_size
from ahtc_tui.services import backup
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, show_error_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

SHOWN_TABLES = {
    "actions": gettext_noop("actions"),
    "updates": gettext_noop("updates"),
    "meetings": gettext_noop("meetings"),
    "minute_lines": gettext_noop("lines of minutes"),
    "decisions": gettext_noop("decisions"),
    "groups": gettext_noop("groups"),
    "seats": gettext_noop("seats"),
    "people": gettext_noop("people"),
    "posts": gettext_noop("posts"),
    "organisations": gettext_noop("organisations"),
    "practices": gettext_noop("practices"),
    "recommendations": gettext_noop("recommendations"),
    "commissions": gettext_noop("commissions"),
}
"""The tables that the card counts, with their names; `ahtc backup --list --json` has them all."""


class BackupsScreen(RecordScreen[BackupRow]):
    """All backups of the workspace, the newest first."""

    noun = "reports"
    closes_on_back = True
    empty_hint = gettext_noop("No backups yet. On the screen Reports, press b to make one.")
    row_actions = frozenset(("restore",))
    BINDINGS = build_bindings("backup.restore", "desk.leave")

    def build_columns(self) -> Sequence[Column[BackupRow]]:
        return (
            Column(_("Made"), 18, lambda row: format_short_moment(row.made), sort="made", value=lambda row: row.made),
            Column(_("Why"), None, lambda row: format_backup_reason(row.what), sort="why"),
            Column(_("Records"), 8, lambda row: str(row.records), "right", lambda _row: "muted", optional=True),
            Column(_("Size"), 9, lambda row: format_size(row.bytes), "right", lambda _row: "muted", optional=True),
            Column(_("Status"), 10, lambda row: _("complete") if row.whole else _("damaged").upper()),
        )

    async def load_source(self, text: str) -> PageSource[BackupRow]:
        matches = build_text_test(text)
        rows = await self.desk.run_long(backup.list_backups)
        return ListSource([row for row in rows if matches(_build_search_text(row))], lambda row: row.file)

    async def load_sections(self, row: BackupRow) -> Iterable[Section]:
        return tuple(_build_sections(row))

    def ref_of(self, row: BackupRow) -> str:
        """Return the path of the file."""
        return str(row.file)

    def name_rows(self, total: int) -> str:
        return ngettext("backup", "backups", total)

    def order_text(self) -> str:
        return _("newest first ↓")

    @work(group="form")
    async def action_restore(self) -> None:
        """Restore the selected backup after a question: the screen closes for it and opens again."""
        if (row := self.selected_row) is None:
            return
        if not row.whole:
            show_error_toast(self.app, _("{file} is damaged: {first}").format(file=row.file.name, first=row.faults[0]))
            return
        sentence = _(
            "Restore the backup of {date}?\n\nA new backup is made first, with the changes made since then. The "
            "screen closes and opens again."
        ).format(date=format_local_moment(row.made))
        if items := self.app.list_unsaved_work():
            sentence += "\n\n" + _("You would lose: {items}.").format(items="; ".join(items))
        if await self.app.push_screen_wait(Confirm(sentence, yes=_("restore"), no=_("leave it"), default=False)):
            self.app.restore_and_reopen(row.file)


def _build_search_text(row: BackupRow) -> str:
    return f"{row.made:%Y-%m-%d} {format_local_moment(row.made)} {format_backup_reason(row.what)} {row.file.name}"


def _build_sections(row: BackupRow) -> Iterator[Section]:
    yield Title(format_short_moment(row.made), format_backup_reason(row.what))
    yield Gap()
    yield Fact(_("File"), row.file.name)
    yield Fact(_("Size"), format_size(row.bytes))
    if row.written:
        yield Fact(_("Last entry"), format_short_moment(row.written))
    yield Fact(_("Status"), _("complete") if row.whole else _("damaged").upper())
    for fault in row.faults:
        yield Para(fault)
    if row.before_erasure:
        yield Para(_("A person was erased after this backup, and is erased again when it is restored."))
    if row.holds:
        yield Gap()
        records = ngettext("1 record", "{n} records", row.records)
        steps = ngettext("1 step of history", "{n} steps of history", row.steps)
        yield Heading(format_heading(_("Contains")))
        yield Para(f"{records}, {steps}", muted=True)
        counts = {name: f"{row.holds[table]:,}" for table, name in SHOWN_TABLES.items() if table in row.holds}
        width = max((len(count) for count in counts.values()), default=0)
        for name, count in counts.items():
            yield Fact(_(name), count.rjust(width))
