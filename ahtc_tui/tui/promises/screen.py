"""The register of promises, with their outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from textual import work

from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.promises.model import Promise, PromiseStatus, build_promise_rows, format_outcome, format_status
from ahtc_tui.services.promises import service as promises
from ahtc_tui.tui.base.party_options import list_candidates, list_meeting_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.detail_pane import Gap, Heading, Para, Section, Title, build_facts
from ahtc_tui.tui.widgets.form import FormRow, FormScreen
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.prose_field import ProseField
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

ONLY_OPEN = "is:open"


class PromisesScreen(RecordScreen[Promise]):
    """Open promises, or all of them; the latest first."""

    noun = "meetings"
    filter_noun = FilterNoun.PROMISES
    removed_noun = "promise"
    closes_on_back = True
    empty_hint = gettext_noop("There are no open promises. Press n to record one, or v to show the closed ones.")
    row_actions = frozenset(("edit",))
    BINDINGS = build_bindings("promise.*", "desk.leave")

    def __init__(self, ref: str = "") -> None:
        super().__init__()
        self._added_ref = ref
        self._shows_all = bool(ref)

    def build_columns(self) -> Sequence[Column[Promise]]:
        return (
            Column(_("Ref"), 6, lambda row: row.ref, grows=True, sort="ref", long_title=_("Reference")),
            Column(_("Promise"), None, lambda row: row.shown_text, sort="promise"),
            Column(
                pgettext("promise", "To"),
                20,
                lambda row: row.to or "–",
                style=lambda _row: "muted",
                optional=True,
                sort="to",
            ),
            Column(_("Due"), 13, lambda row: str(row.due or "–"), style=self._choose_due_style, sort="due"),
            Column(_("What became of it"), 22, self._format_status, optional=True),
        )

    def _choose_due_style(self, row: Promise) -> str:
        return "late" if row.is_late(self.desk.today) else ""

    def _format_status(self, row: Promise) -> str:
        return format_status(row, self.desk.today)

    async def load_source(self, text: str) -> PageSource[Promise]:
        words = text if self._shows_all else f"{ONLY_OPEN} {text}".strip()
        return ListSource(await self.desk.show(promises.list_promises, words), lambda row: row.key)

    async def load_sections(self, row: Promise) -> Iterable[Section]:
        return tuple(_build_sections(await self.desk.show(promises.show_promise, row.ref)))

    def name_rows(self, total: int) -> str:
        if self._shows_all:
            return ngettext("promise", "promises", total)
        return ngettext("open promise", "open promises", total)

    def empty_text(self, text: str) -> str:
        if self._shows_all and not text:
            return _("There are no promises yet. Press n to record one.")
        return super().empty_text(text)

    def order_text(self) -> str:
        return _("latest first ↓")

    def action_next_which(self) -> None:
        """Change between the open promises and all of them."""
        self._shows_all = not self._shows_all
        self.load_rows(self.filter_bar.text)

    @work(group="form")
    async def action_new(self) -> None:
        """Record a promise."""
        form = PromiseForm(self.desk, await list_candidates(self.app), await list_meeting_candidates(self.app))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added_ref = form.written.ref
            self.app.announce_write(_("{ref} added").format(ref=form.written.ref))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the selected promise, or record how it ended."""
        if (row := self.selected_row) is not None:
            with errors_as_toasts(self.app):
                promise, desk = await self.desk.open_record(promises.show_promise, row.ref)
                parties, meetings = await list_candidates(self.app), await list_meeting_candidates(self.app)
                form = PromiseForm(desk, parties, meetings, promise)
                await self.app.open_form(form, _("{ref} edited").format(ref=row.ref))


def _build_sections(row: Promise) -> Iterator[Section]:
    yield Title(row.ref, row.shown_text)
    yield Gap()
    yield from build_facts(build_promise_rows(row))
    if row.became:
        yield Gap()
        yield Heading(format_heading(_("What became of it")))
        yield from (Para(f"{format_outcome(record)}  {record.shown_title}") for record in row.became)


class PromiseForm(FormScreen):
    """Text, parties, dates and outcome of a promise. Only changed fields of an existing one are written."""

    def __init__(
        self, desk: Desk, parties: Sequence[Candidate], meetings: Sequence[Candidate], row: Promise | None = None
    ) -> None:
        title = _("New promise") if row is None else _("Edit {ref}").format(ref=row.ref)
        super().__init__(title, desk.seen)
        self._desk, self._parties, self._meetings, self._row = desk, parties, meetings, row
        self.written: Promise | None = None

    def rows(self) -> Iterable[FormRow]:
        from ahtc_tui.tui.widgets.select import build_select

        row, reader = self._row, partial(read_date, today=self._desk.today)
        on, due = (str(day) if day else "" for day in ((row.on, row.due) if row else (None, None)))
        yield FormRow("text", _("Promise"), ProseField(row.text if row else ""), required=True)
        text_cy = (row.text_cy or "") if row else ""
        yield FormRow("text_cy", _("Welsh"), ProseField(text_cy), is_extra=not text_cy)
        yield FormRow("to", _("Promised to"), OwnerField(self._parties, row.to_ref if row else None))
        yield FormRow("by", _("Promised by"), OwnerField(self._parties, row.by_ref if row else None, _("this office")))
        yield FormRow("on", _("Promised on"), DateField(reader, on, _("today") if row is None else ""))
        yield FormRow("meeting", _("Meeting"), OwnerField(self._meetings, row.meeting if row else None))
        yield FormRow("due", _("Due"), DateField(reader, due, _("not known")))
        if row is not None:
            states = [(status.label, status.value) for status in PromiseStatus]
            yield FormRow("status", _("Status"), build_select(states, row.status.value, blank=False))
            yield FormRow("outcome", _("Outcome"), ProseField(row.outcome or ""))

    async def accept(self, values: dict[str, Any]) -> None:
        """Write the promise, or the changed fields."""
        from ahtc_tui.domain.drafts.promises import build_promise_draft

        if self._row is None:
            draft = build_promise_draft({name: value for name, value in values.items() if value}, self._desk.today)
            self.written = await self._desk.run(promises.add_promise, draft)
            return
        draft = build_promise_draft(values, self._desk.today)
        self.written = await self._desk.run(promises.edit_promise, self._row.ref, draft)
