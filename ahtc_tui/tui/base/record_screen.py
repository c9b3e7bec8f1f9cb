"""Base of the screens with one list, its filter and a detail pane."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one
from textual.widgets import Input

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.replication.conflict_marks import CONFLICT_LETTER
from ahtc_tui.services.settings.screen_state import remember_screen_state
from ahtc_tui.tui.base.desk_screen import CardPlace, DeskApp, DeskScreen
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import Confirm, errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card, Gap, Para, Section, Title
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import PART_GAP
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource, SortKey

Row = TypeVar("Row")

LIST_COMMANDS = frozenset(
    ("filter", "new", "next_sort", "next_which", "view", "save_view", "returns", "next_card_place")
)
"""Actions that need the list."""

REST_SECONDS = 0.045
"""Time for which the cursor rests on a row before its card is read: while a key repeats, only the cursor moves."""


class RecordScreen(RowActions, DeskScreen, Generic[Row]):
    """A list of records with a filter and a detail pane. Subclasses give columns, page source and card."""

    BINDINGS = build_bindings("desk.filter", "desk.back", "desk.card", "desk.card-place")

    markable: ClassVar[bool] = False
    """Whether rows can be marked for commands that take several records."""
    closes_on_back: ClassVar[bool] = False
    """Whether the back key closes the screen once neither card, filter nor marks are left to close."""
    filter_noun: ClassVar[FilterNoun] = FilterNoun.RECORDS
    """What the filter selects, which decides its terms."""
    marks_conflicts: ClassVar[bool] = True
    """Whether rows and card show which values wait for a decision."""
    removed_noun: ClassVar[str] = ""
    """Kind of record that the key for removal removes; empty where it removes none."""
    usual_order: ClassVar[tuple[str, bool]] = ("", False)
    """Column by which the list is sorted at first, and whether descending; no column for the order of its source."""
    usually_hidden: ClassVar[frozenset[str]] = frozenset()
    """Names of the columns that are hidden at first."""
    empty_hint: ClassVar[str] = ""
    """Text of an empty list without a filter: the keys that add the first record."""
    is_overlay: ClassVar[bool] = False
    """Whether the screen shows the card of one record over another screen."""

    filter_bar = query_one(FilterBar)
    card_pane = query_one(Card)

    def __init__(self) -> None:
        super().__init__()
        self._only_ref = ""
        """Reference of the record that an overlay shows."""
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-medium"), (160, "-wide")]
        self._added_ref = ""
        """Reference of the record added last, until the list has loaded with the cursor on it."""
        self._card_ref = ""
        """Reference of the record in the detail pane."""
        self.card_page = ""
        """Page of the record that the detail pane shows instead of its card, such as its history."""

    @property
    def selected_row(self) -> Row | None:
        """The row under the cursor; None if there is none or it is not loaded."""
        row: Row | None = self.list_pane.highlighted
        return row

    def build_columns(self) -> Sequence[Column[Row]]:
        """Return the columns of the list."""
        raise NotImplementedError

    def build_new_columns(self) -> Sequence[Column[Row]] | None:
        """Return the columns of the rows that were just read; None keeps those shown."""
        return None

    async def load_source(self, text: str) -> PageSource[Row]:
        """Return the page source for a filter text."""
        raise NotImplementedError

    async def load_sections(self, row: Row) -> Iterable[Section]:
        """Read a record and return the sections of its card, or of its `card_page`."""
        raise NotImplementedError

    def show_only(self, ref: str) -> Self:
        """Show the card of this record, without the list; going back closes the screen."""
        self._only_ref = ref
        self.add_class("-only")
        return self

    def on_mount(self) -> None:
        """Read the list, or the one record of an overlay."""
        if self._remembers_place:
            self.restore_place(*self.app.list_places.get(self._arrangement_name, ("", "")))
        super().on_mount()
        if self._only_ref:
            self.list_pane.can_focus = False
            self.select_record(self._only_ref)
            self.card_pane.focus()

    @property
    def _remembers_place(self) -> bool:
        """Whether filter and selected record are remembered: those of the modes are."""
        return not (self.is_overlay or self.closes_on_back)

    def restore_place(self, text: str, ref: str) -> None:
        """Set the filter, and the record for the cursor, before the list is read."""
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text(text)
        self._added_ref = ref

    def _note_place(self) -> None:
        """Note filter and selected record, which the app remembers at its end."""
        if self._remembers_place:
            ref = "" if self.selected_row is None else self.ref_of(self.selected_row)
            self.app.list_places[self._arrangement_name] = self.filter_bar.text, ref

    def compose(self) -> ComposeResult:
        yield ModeBar(self.app.current_mode if self.is_overlay else self.noun)
        yield FilterBar()
        with Horizontal(id="panes"):
            record_list = RecordList(self.build_columns(), markable=self.markable, wraps=True)
            record_list.restore_arrangement(*self._read_arrangement())
            yield record_list
            yield Card()
        yield Hints()

    def _read_arrangement(self) -> tuple[tuple[str, bool], frozenset[str]]:
        """Return order and hidden columns as they were left, else the usual ones."""
        text = self.app.screen_state.get(self._arrangement_name)
        if text is None or self.is_overlay:
            return self.usual_order, self.usually_hidden
        name, descending, *hidden = f"{text},".split(",")
        names = {column.sort for column in self.build_columns()}
        order = (name, descending == "descending") if name in names else self.usual_order
        return order, frozenset(names.intersection(hidden) - {""})

    @property
    def _arrangement_name(self) -> str:
        return f"list {type(self).__name__.removesuffix('Screen')}"

    def reload(self) -> None:
        """Read the list again and keep the cursor on its record."""
        self.load_rows(self.filter_bar.text, keep_cursor=True)

    @work(exclusive=True, group="load")
    async def load_rows(self, text: str, keep_cursor: bool = False) -> None:
        """Show the rows that match the filter."""
        with errors_as_toasts(self.app):
            source = await self.read_filtered_source(text)
            if source is None:
                return
            added_key = await self.find_key_in(source, self._added_ref) if self._added_ref else None
            columns, empty_text = self.build_new_columns(), self.empty_text(text)
            if keep_cursor and added_key is None:
                key = await self._find_selected_key(source)
                self.list_pane.update_rows(source, key=key, columns=columns, empty_text=empty_text)
            else:
                self.list_pane.show(source, key=added_key, columns=columns, empty_text=empty_text)
            self._added_ref = ""

    async def _find_selected_key(self, source: PageSource[Row]) -> SortKey | None:
        """Return the present key of the selected record, whose order may have changed; lists in memory know it."""
        if self.selected_row is None or isinstance(source, ListSource):
            return None
        return await self.find_key_in(source, self.ref_of(self.selected_row))

    async def read_filtered_source(self, text: str) -> PageSource[Row] | None:
        """Return the page source for a filter text; None, with the reason beside the filter, where it is invalid."""
        try:
            source = await self.load_source(text)
        except BadInput as error:
            self.filter_bar.show_error(str(error))
            return None
        self.filter_bar.show_error("")
        return source

    def empty_text(self, text: str) -> str:
        """Return the text of an empty list."""
        return _("Nothing matches. Press esc to clear the filter.") if text else _(self.empty_hint)

    async def find_key_in(self, source: PageSource[Row], ref: str) -> SortKey | None:
        """Return the key of the record with this reference; None if the filter excludes it."""
        return source.find_key(lambda row: self.ref_of(row) == ref) if isinstance(source, ListSource) else None

    @work(group="write")
    async def action_remove_record(self) -> None:
        """Remove the selected record after a question that lists what goes with it."""
        if (row := self.selected_row) is not None:
            await remove_record(self.app, self.removed_noun, self.ref_of(row))

    @work(exclusive=True, group="card")
    async def read_card(self, row: Row, seconds: float = 0.0) -> None:
        """Show the card of a row in the detail pane after a time; that of the same record keeps its scroll position."""
        await asyncio.sleep(seconds)
        with errors_as_toasts(self.app):
            if self.ref_of(row) != self._card_ref:
                self._card_ref, self.card_page = self.ref_of(row), ""
            page = (self._card_ref, self.card_page) if self._card_ref else None
            sections = self._add_conflicts(await self.load_sections(row))
            self.card_pane.show(sections, page)

    def _add_conflicts(self, sections: Iterable[Section]) -> Iterator[Section]:
        """Yield the sections, with the fields that wait for a decision below the title."""
        sentence = self.app.conflict_marks.describe(self._card_ref) if self.marks_conflicts else ""
        for section in sections:
            yield section
            if sentence and isinstance(section, Title):
                yield Gap()
                yield Para(" ".join((f"{CONFLICT_LETTER}  {sentence}", _("Press . and C to see every value."))))
                sentence = ""

    def show_conflicts(self) -> None:
        """Mark the rows with values that wait for a decision, and draw legend and card again."""
        if not self.marks_conflicts:
            return
        super().show_conflicts()
        if self.list_pane.total:
            self.show_status(self.list_pane.record_count)
        if self.selected_row is not None and self._card_ref:
            self.read_card(self.selected_row)

    @on(FilterBar.Changed)
    def _apply_filter(self, event: FilterBar.Changed) -> None:
        self.load_rows(event.text)

    @on(RecordList.Counted)
    def _show_count(self, event: RecordList.Counted) -> None:
        self._note_place()
        self.show_status(event.total)

    def show_status(self, total: int) -> None:
        """Show the number of rows, their order, whose usual part ends with an arrow, and the letter of a conflict."""
        has_legend = self.marks_conflicts and self.app.conflict_marks
        legend = _("{letter} = conflicting edits").format(letter=CONFLICT_LETTER) if has_legend else ""
        order = self.order_text()
        if self.list_pane.order[0] and not self.list_pane.is_paged:
            usual_parts = (part for part in order.split(PART_GAP) if not part.endswith(("↓", "↑")))
            order = PART_GAP.join((*filter(None, usual_parts), self.format_order()))
        order = PART_GAP.join(part for part in (order, legend) if part)
        self.filter_bar.set_status(total, order, self.name_rows(total))

    def name_rows(self, total: int) -> str:
        """Return the noun for this number of rows, which follows it in the filter bar; empty where the mode says it."""
        return ""

    def order_text(self) -> str:
        """Return the order of the list as the filter bar shows it."""
        return ""

    def format_order(self) -> str:
        """Return the column by which the list is sorted, with the arrow of its title; empty in the usual order."""
        name, descending = self.list_pane.order
        names = (_(column.name) for column in self.list_pane.list_named_columns() if column.sort == name)
        column = next(names, name)
        column = column if column.isupper() else column.lower()
        return _("by {column} {arrow}").format(column=column, arrow="↓" if descending else "↑")

    @on(RecordList.Arranged)
    @work(group="card-place")
    async def _remember_arrangement(self) -> None:
        """Show the order and remember it with the hidden columns: "due,descending,lead,status"."""
        self.show_status(self.list_pane.record_count)
        name, descending = self.list_pane.order
        text = ",".join((name, "descending" if descending else "", *sorted(self.list_pane.hidden_columns)))
        with errors_as_toasts(self.app):
            await self.desk.run(remember_screen_state, self._arrangement_name, text)

    @on(RecordList.Highlighted)
    def _show_highlighted(self, event: RecordList.Highlighted) -> None:
        if isinstance(event, RecordList.Opened):
            return
        self._note_place()
        if event.row is None:
            self.workers.cancel_group(self, "card")
            self.card_pane.show(())
        elif self.card_pane.display:
            has_other_card = self._card_ref not in ("", self.ref_of(event.row))
            self.read_card(event.row, REST_SECONDS if has_other_card else 0.0)

    def on_resize(self) -> None:
        """Fill the card when it comes into view."""
        self.call_after_refresh(self._fill_card)

    def _fill_card(self) -> None:
        row = self.selected_row if self.has_widgets and self.card_pane.display else None
        if row is not None and self.ref_of(row) != self._card_ref:
            self.read_card(row)

    @on(RecordList.Opened)
    def _open_selected(self, event: RecordList.Opened) -> None:
        self.open_row(event.row)

    def open_row(self, row: Any, page: str = "") -> None:
        """Focus the card of a row, or another page of it. On a narrow screen it replaces the list."""
        self.add_class("-reading")
        self._card_ref, self.card_page = self.ref_of(row), page
        self.read_card(row)
        self.card_pane.focus()

    def action_read(self) -> None:
        """Focus the card of the selected row."""
        if self.selected_row is not None:
            self.open_row(self.selected_row)

    @work(group="card-place")
    async def action_next_card_place(self) -> None:
        """Move the card to the next place, in all modes, and remember the place."""
        if self.has_class("-narrow"):
            places = [CardPlace.BESIDE, CardPlace.BELOW]
        else:
            places = [place for place in CardPlace if place is not CardPlace.BELOW or self.has_class("-wide")]
        place = self.app.card_place
        self.app.place_card(places[(places.index(place) + 1) % len(places)] if place in places else CardPlace.BELOW)
        if self.selected_row is not None:
            self.read_card(self.selected_row)
        with errors_as_toasts(self.app):
            await self.desk.run(remember_screen_state, "card", self.app.card_place)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the back key where it would do nothing, and the commands that need the list, or a row."""
        if not self.has_widgets or (self.is_overlay and action in LIST_COMMANDS):
            return False
        if action == "remove_record" and self.has_no_row:
            return None
        if action == "back":
            return self.closes_on_back or self.can_go_back
        return super().check_action(action, parameters)

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled; nothing for the back key, which people press to be sure."""
        return "" if action == "back" else super().explain_disabled(action)

    @property
    def can_go_back(self) -> bool:
        """Whether a card, a filter or marks are left to close."""
        return self.is_overlay or self.is_reading_card or bool(self.filter_bar.text or self.list_pane.marked)

    @property
    def is_reading_card(self) -> bool:
        """Whether the card, not the list, is in use."""
        return self.card_pane.has_focus or self.has_class("-reading")

    @on(FilterBar.Changed)
    @on(RecordList.Marked)
    def _refresh_back_binding(self) -> None:
        if not self.filter_bar.has_class("-open"):
            self.refresh_bindings()

    def list_unsaved_work(self) -> list[str]:
        """Return the marks; the filter is remembered."""
        mode, marked = _(self.noun.capitalize()), len(self.list_pane.marked)
        return [ngettext("1 marked row in {mode}", "{n} marked rows in {mode}", marked, mode=mode)] if marked else []

    def action_back(self) -> None:
        """Close the card, then the filter, then the marks, then the screen if it `closes_on_back`."""
        if self.is_overlay and not self.card_page:
            self.dismiss(None)
        elif self.is_reading_card:
            self.remove_class("-reading")
            self.list_pane.focus()
            if self.card_page and self.selected_row is not None:
                self.card_page = ""
                self.read_card(self.selected_row)
        elif self.filter_bar.text:
            self.filter_bar.set_text("")
        elif self.list_pane.marked:
            self.list_pane.clear_marks()
        elif self.closes_on_back:
            self.dismiss(None)

    def action_filter(self) -> None:
        """Focus the filter."""
        self.remove_class("-reading")
        self.filter_bar.open()

    def select_record(self, ref: str) -> None:
        """Select one record by filtering for its reference."""
        self.filter_bar.set_text(ref)
        self.list_pane.focus()


async def remove_record(app: DeskApp, noun: str, ref: str) -> None:
    """Remove a record of this kind after a question that lists what goes with it."""
    from ahtc_tui.services.records import removal

    with errors_as_toasts(app):
        plan = await app.desk.run(removal.plan_removal, noun, ref)
        confirm = Confirm(plan.question, default=False)
        if bool(plan.used_by) or await app.push_screen_wait(confirm):
            await app.desk.run(removal.remove_record, noun, ref)
            show_toast(app, _("{ref} removed").format(ref=ref))
            app.changed.publish(None)
