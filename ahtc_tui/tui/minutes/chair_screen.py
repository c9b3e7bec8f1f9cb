"""The chair's view of live minutes, for a projector: one agenda item with its time. It writes nothing."""

from __future__ import annotations

from time import monotonic

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import app, query_one
from textual.screen import Screen
from textual.widgets import Digits

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.chair_view import ChairItem, ItemClock, build_chair_items, format_planned, format_timer
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from ahtc_tui.tui.widgets.plain import Plain


class ItemTitle(Plain, can_focus=True):
    """The title of the item, at which the terminal's cursor is."""


class ChairScreen(DismissOnce, Screen[RowKey]):
    """One item of the agenda in the middle of the screen. Dismisses with the key of the item shown last."""

    BINDINGS = build_bindings("chair.*")
    CSS_PATH = "minutes.tcss"
    AUTO_FOCUS = "#chair-title"

    app = app(DeskApp)
    head = query_one(MeetingHead)
    number = query_one("#chair-number", Digits)
    title_pane = query_one("#chair-title", ItemTitle)
    presenter = query_one("#chair-presenter", Plain)
    timer = query_one("#chair-timer", Digits)
    planned = query_one("#chair-planned", Plain)
    following = query_one("#chair-next", Plain)

    def __init__(
        self, ref: str, items: tuple[ChairItem, ...], item: RowKey, clock: ItemClock, marking: Marking
    ) -> None:
        super().__init__()
        self._ref, self._items, self._item, self._clock, self._marking = ref, items, item, clock, marking

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        with Vertical(id="chair-item"):
            yield Digits(id="chair-number")
            yield ItemTitle(id="chair-title")
            yield Plain(id="chair-presenter")
            yield Digits(id="chair-timer")
            yield Plain(id="chair-planned")
        yield Plain(id="chair-next")
        yield Hints()

    def on_mount(self) -> None:
        """Draw the item, and every second its time; read the agenda again after every write."""
        self.set_interval(1, self._draw_time)
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self._draw_item()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the agenda again; the item stays, also where it was moved."""
        with errors_as_toasts(self.app):
            live_meeting = await self.app.desk.show(live_minutes.show_live_meeting, self._ref)
            if self.is_current and live_meeting.card.agenda:
                index, self._items = self._index, build_chair_items(live_meeting.card)
                self._marking = live_meeting.card.row.marking
                if self._item not in [item.key for item in self._items]:
                    self._item = self._items[min(index, len(self._items) - 1)].key
                self._draw_item()

    @property
    def _index(self) -> int:
        return next(index for index, item in enumerate(self._items) if item.key == self._item)

    def action_step_item(self, offset: int) -> None:
        """Show the next or previous item, whose clock runs from then on."""
        index = max(0, min(self._index + offset, len(self._items) - 1))
        self._item = self._items[index].key
        self._draw_item()

    def action_close(self) -> None:
        """Return to the minutes, at this item."""
        self.dismiss(self._item)

    def _draw_item(self) -> None:
        index, item = self._index, self._items[self._index]
        self._clock.start(item.key, monotonic())
        place = _("item {n} of {all}").format(n=index + 1, all=len(self._items))
        self.head.show((self._ref, place), self._marking)
        self.number.update(str(item.position))
        self.title_pane.update(item.title)
        self.presenter.update(item.presenter)
        following = self._items[index + 1 : index + 2]
        self.following.update(
            _("Next: {n}  {title}").format(n=following[0].position, title=following[0].title) if following else ""
        )
        self._draw_time()

    def _draw_time(self) -> None:
        item = self._items[self._index]
        seconds = self._clock.measure(item.key, monotonic())
        self.timer.update(format_timer(seconds))
        self.planned.update(format_planned(seconds, item.minutes))
        self.timer.set_class(bool(item.minutes and seconds >= item.minutes * 60), "-over")
