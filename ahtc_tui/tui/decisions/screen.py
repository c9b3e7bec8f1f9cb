"""The decision register: search, edit and export of decisions. It opens from the mode Meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from textual import work

from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.meetings.fields import DECISION_FIELDS, build_decision_rows
from ahtc_tui.domain.meetings.kinds import DecisionStatus
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import Gap, Section, Title, build_facts
from ahtc_tui.tui.widgets.field_rows import build_rows
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource


class DecisionsScreen(RecordScreen[Decision]):
    """All decisions, the latest first."""

    noun = "meetings"
    filter_noun = FilterNoun.DECISIONS
    removed_noun = "decision"
    closes_on_back = True
    empty_hint = gettext_noop("No decisions yet. Start a line of minutes with d: to record one.")
    row_actions = frozenset(("edit",))
    BINDINGS = build_bindings("decision.*", "desk.leave")

    def build_columns(self) -> Sequence[Column[Decision]]:
        return (
            Column(_("Ref"), 8, lambda row: row.ref, grows=True, sort="ref", long_title=_("Reference")),
            Column(
                _("Date"),
                16,
                lambda row: str(row.decided_on or "–"),
                style=lambda _row: "muted",
                sort="date",
                value=lambda row: row.decided_on,
            ),
            Column(
                _("Decision"),
                None,
                lambda row: row.shown_text,
                style=lambda row: "" if row.in_force else "muted",
                sort="decision",
            ),
            Column(_("Body"), 24, lambda row: row.body or "", style=lambda _row: "muted", optional=True, sort="body"),
            Column(
                _("Status"), 13, _format_status, style=_choose_status_style, optional=True, grows=True, sort="status"
            ),
        )

    async def load_source(self, text: str) -> PageSource[Decision]:
        return ListSource(await self.desk.show(decisions.list_decisions, text), lambda row: row.key)

    async def load_sections(self, row: Decision) -> Iterable[Section]:
        return tuple(_build_sections(await self.desk.show(decisions.show_decision, row.ref)))

    def name_rows(self, total: int) -> str:
        return format_record_noun("decisions", total)

    def order_text(self) -> str:
        return _("latest first ↓")

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected decision."""
        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                decision, desk = await self.desk.open_record(decisions.show_decision, row.ref)
                await self.app.open_form(DecisionForm(desk, decision), _("{ref} edited").format(ref=row.ref))

    @work(group="export")
    async def action_export(self) -> None:
        """Write the register as a workbook to the exports folder."""
        with errors_as_toasts(self.app):
            export = partial(decisions.export_decisions, words=self.filter_bar.text)
            path, count = await self.desk.run_long(export_to_folder, "decisions", export)
            self.app.announce_file(path, ngettext("1 decision", "{n} decisions", count))


def _format_status(row: Decision) -> str:
    return f"→ {row.superseded_by}" if row.superseded_by else row.status.label


def _choose_status_style(row: Decision) -> str:
    return "mark" if row.status is DecisionStatus.PROPOSED else "muted"


def _build_sections(row: Decision) -> Iterator[Section]:
    yield Title(row.ref, row.shown_text)
    yield Gap()
    yield from build_facts(build_decision_rows(row))


class DecisionForm(FormScreen):
    """Text, Welsh text, reason, status and successor of a decision."""

    def __init__(self, desk: Desk, row: Decision) -> None:
        super().__init__(_("Edit {ref}").format(ref=row.ref), desk.seen)
        self._desk, self._row = desk, row

    def rows(self) -> Iterable[FormRow]:
        return build_rows(DECISION_FIELDS, self._row, self._desk.today)

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the changed fields."""
        from ahtc_tui.domain.drafts.minutes import build_decision_draft

        draft = build_decision_draft(values, self._desk.today)
        await self._desk.run(decisions.edit_decision, self._row.ref, draft)
