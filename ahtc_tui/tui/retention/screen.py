"""The retention schedule: what is due, held and kept of each class, with keys for the run and for holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_short_date
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.privacy.retention import CertificateRow, Disposal, HoldRow, ScheduleRow
from ahtc_tui.services.retention import service as retention
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Para, Section, Title
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class RetentionScreen(RecordScreen[ScheduleRow]):
    """The classes of the schedule, each with what is due, held and kept."""

    noun = "reports"
    closes_on_back = True
    marks_conflicts = False
    BINDINGS = build_bindings("retention.*", "desk.leave")

    def __init__(self) -> None:
        super().__init__()
        self._holds: list[HoldRow] = []
        self._certificates: list[CertificateRow] = []

    def build_columns(self) -> Sequence[Column[ScheduleRow]]:
        return (
            Column(_("Class"), 24, lambda row: row.retention_class.label, sort="class"),
            Column(_("Action"), 10, lambda row: row.action.label, style=_choose_style, sort="action"),
            Column(_("Count"), 6, lambda row: str(row.count), sort="count"),
            Column(_("Due"), 12, lambda row: format_short_date(row.due) if row.due and row.count else "", sort="due"),
            Column(_("Basis"), None, lambda row: row.basis, style=lambda _row: "muted", optional=True),
        )

    def ref_of(self, row: ScheduleRow) -> str:
        return row.retention_class.value

    async def load_source(self, text: str) -> PageSource[ScheduleRow]:
        matches = build_text_test(text)
        rows = await self.desk.run(retention.list_schedule)
        self._holds = await self.desk.run(retention.list_holds)
        self._certificates = await self.desk.run(retention.list_certificates)
        found = [row for row in rows if matches(f"{row.retention_class.label} {row.action.label} {row.what}")]
        return ListSource(found, lambda row: (row.retention_class, row.action))

    async def load_sections(self, row: ScheduleRow) -> Iterable[Section]:
        return tuple(self._build_sections(row))

    def _build_sections(self, row: ScheduleRow) -> Iterator[Section]:
        yield Title(row.retention_class.label, row.what)
        yield Gap()
        yield Fact(_("Action"), row.action.label)
        yield Fact(_("Count"), str(row.count))
        if row.due:
            yield Fact(_("Due"), format_long_date(row.due))
        yield Para(row.basis)
        holds = [hold for hold in self._holds if hold.released_on is None]
        if holds:
            yield Gap()
            yield Heading(format_heading(_("Holds")))
            yield from (Para(f"{hold.ref}  {hold.reason}") for hold in holds)
        if self._certificates:
            yield Gap()
            yield Heading(format_heading(_("Certificates")))
            for certificate in self._certificates:
                yield Para(f"{certificate.ref}  {format_long_date(certificate.made_on)}  {certificate.made_by}")

    def name_rows(self, total: int) -> str:
        return ngettext("class of records", "classes of records", total)

    @work(group="write")
    async def action_apply(self) -> None:
        """Destroy and transfer what is due, after a question."""
        with errors_as_toasts(self.app):
            plan = await self.desk.run(_plan)
            lines = [f"{row.retention_class.label}: {row.count}" for row in (*plan.destroyed, *plan.transferred)]
            if not lines:
                show_toast(self.app, _("Nothing is due."), undo=False)
                return
            question = "\n".join((*lines, _("This cannot be undone. Destroy and transfer it?")))
            if await self.app.push_screen_wait(Confirm(question, default=False)):
                report = await self.desk.run(retention.apply_schedule)
                words = [_("Certificate: {path}").format(path=report.certificate), *report.remaining]
                show_toast(self.app, "\n".join(words), undo=False)
                self.app.changed.publish(None)

    @work(group="form")
    async def action_new(self) -> None:
        """Hold a record, or the selected class."""
        form = HoldForm(self.desk, self.selected_row.retention_class.value if self.selected_row else "")
        await self.app.open_form(form, _("Hold saved"))

    @work(group="form")
    async def action_edit(self) -> None:
        """End a hold."""
        holds = [hold for hold in self._holds if hold.released_on is None]
        await self.app.open_form(ReleaseForm(self.desk, holds[0].ref if holds else ""), _("Hold ended"))


def _choose_style(row: ScheduleRow) -> str:
    return {Disposal.DESTROY: "late", Disposal.TRANSFER: "soon", Disposal.HOLD: "mark"}.get(row.action, "muted")


def _plan(workspace: Any) -> Any:
    return retention.apply_schedule(workspace, dry_run=True)


class HoldForm(FormScreen):
    """What is held, and why."""

    def __init__(self, desk: Any, ref: str) -> None:
        super().__init__(_("Hold records"))
        self._desk, self._ref = desk, ref

    def rows(self) -> Iterable[FormRow]:
        hint = _("The reference of a record, or a class of the schedule")
        yield FormRow("ref", _("Record"), make_text_input(self._ref), hint, required=True)
        yield FormRow("reason", _("Reason"), make_text_input(""), _("The request or inquiry"), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        """Store the hold. Raises NotFound, Refused."""
        await self._desk.run(retention.hold, values.get("ref") or self._ref, values["reason"])


class ReleaseForm(FormScreen):
    """Which hold ends."""

    def __init__(self, desk: Any, ref: str) -> None:
        super().__init__(_("End a hold"))
        self._desk, self._ref = desk, ref

    def rows(self) -> Iterable[FormRow]:
        yield FormRow("ref", _("Record"), make_text_input(self._ref), required=True)

    async def accept(self, values: dict[str, Any]) -> None:
        """End the hold. Raises NotFound."""
        await self._desk.run(retention.release, values.get("ref") or self._ref)
