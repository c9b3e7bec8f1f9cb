"""The plan over time: open actions by month, the ratings by quarter, and two quarters side by side. It reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from ahtc_tui.domain.dates.date_as_known import from_iso
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.periods import (
    BurnMonth,
    By,
    ComparedRow,
    Counts,
    Stood,
    filter_words,
    quarter_before,
    quarter_ends,
    quarter_name,
)
from ahtc_tui.services.plan import periods
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import SHIFTING
from ahtc_tui.tui.plan.overlay import PlanOverlay
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.record_line import Column

LETTERS = ("R", "A", "G", "B", "none")


def _of(letter: str, counts: Counts) -> int:
    return dict(counts.by_brag).get(letter, 0)


def _shifted(end: date, step: int) -> date:
    """The quarter after, or the one before."""
    return (
        quarter_ends(date(end.year + end.month // 12, end.month % 12 + 1, 1), 1)[0] if step > 0 else quarter_before(end)
    )


class TrendScreen(PlanOverlay[Any]):
    """Months with what is left to do, or quarters with their ratings."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("periods.other")]

    def __init__(self, by_month: bool = True) -> None:
        super().__init__()
        self._by_month = by_month
        self._most = 1

    def on_mount(self) -> None:
        """Read what this one shows."""
        self.read()

    def action_other(self) -> None:
        """From months to quarters, and back."""
        self._by_month = not self._by_month
        self.read()

    def opened(self, row: BurnMonth | Stood) -> str:
        """A day of the quarter that is to stand beside the one before."""
        return from_iso(row.month).latest.isoformat() if isinstance(row, BurnMonth) else row.day.isoformat()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read what is shown."""
        with told(self.app):
            if self._by_month:
                burn = await self.app.desk.ask(periods.plan_burn_down)
                self._most = max((month.open for month in burn.months), default=0) or 1
                head = _("Burn-down: open actions at the end of each month")
                self.put(head, burn.months, lambda row: str(row), burn.undated.words)
            else:
                trend = await self.app.desk.ask(periods.plan_trend)
                self._most = max((stood.total.total for stood in trend.quarters), default=0) or 1
                head = _("Trend: how the plan stood at the end of each quarter")
                self.put(head, trend.quarters, lambda row: str(row), trend.undated.words)

    def columns(self) -> Sequence[Column[Any]]:
        """Numbers first, then a bar."""
        wide = 56 if self.app.size.width >= 110 else 36
        if self._by_month:
            return (
                Column(_("Month"), None, lambda row: str(from_iso(row.month))),
                Column(_("Raised"), 6, lambda row: str(row.raised or "·"), "right"),
                Column(_("Closed"), 6, lambda row: str(row.closed or "·"), "right"),
                Column(_("Open"), 5, lambda row: str(row.open), "right"),
                Column("", wide, lambda row: "━" * round(wide * row.open / self._most)),
            )
        wide -= 18
        return (
            Column(_("Quarter"), None, lambda row: quarter_name(row.day)),
            Column(_("Open"), 4, lambda row: str(row.total.open), "right"),
            Column(_("Late"), 4, lambda row: str(row.total.late or "–"), "right"),
            *(_letter(letter) for letter in LETTERS),
            Column("", wide, lambda row: _mix(row.total, self._most, wide)),
        )


def _letter(letter: str) -> Column[Stood]:
    return Column(
        "–" if letter == "none" else letter,
        3,
        lambda row: str(_of(letter, row.total) or "·"),
        "right",
        lambda _row: "" if letter == "none" else f"brag-{letter}",
        grows=True,
    )


def _mix(counts: Counts, most: int, wide: int) -> str:
    """A bar in which each rating has its share, as its letter; a dash for the unrated. None that occurs is left out."""
    shares = {letter: _of(letter, counts) for letter in LETTERS}
    cells = {letter: max(1, wide * number // most) for letter, number in shares.items() if number}
    return "".join(("–" if letter == "none" else letter) * number for letter, number in cells.items())[:wide]


class CompareScreen(PlanOverlay[ComparedRow]):
    """Two quarters side by side, by objective, lead or group."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("periods.by", *SHIFTING)]

    def __init__(self, last: date) -> None:
        super().__init__()
        self._last, self._by = last, By.OBJECTIVE
        self._total: ComparedRow | None = None

    def on_mount(self) -> None:
        """The quarter of the last fact, beside the one before."""
        self.read()

    def action_next_by(self) -> None:
        """By objective, lead, group, and round again."""
        order = list(By)
        self._by = order[(order.index(self._by) + 1) % len(order)]
        self.read()

    def action_shift(self, step: int) -> None:
        """One quarter back, or on."""
        self._last = _shifted(self._last, step)
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read both quarters."""
        with told(self.app):
            found = await self.app.desk.ask(periods.compare_plan, quarter_before(self._last), self._last, self._by)
            head = _("{before}  →  {after}   by {by}").format(
                before=quarter_name(found.first), after=quarter_name(found.last), by=self._by.label.lower()
            )
            self._total = ComparedRow(None, _("All actions"), found.before, found.after)
            self.put(head, [*found.rows, self._total], lambda row: (row.ref, row.name), found.undated.words)

    def opened(self, row: ComparedRow) -> str | None:
        """The actions behind the line; all of them stand behind the last."""
        return None if row == self._total else filter_words(self._by, row.ref, row.name)

    def columns(self) -> Sequence[Column[ComparedRow]]:
        """Before and after of what is open, late and rated; one number where they are the same."""
        return (
            Column(self._by.label, None, lambda row: row.name),
            Column(_("Open"), 7, lambda row: _pair(row.before.open, row.after.open), "right", grows=True),
            Column(_("Late"), 5, lambda row: _pair(row.before.late, row.after.late), "right", grows=True),
            *(_letter_pair(letter) for letter in LETTERS[:4]),
            Column(_("Not rated"), 9, lambda row: _letters(row, "none"), "right", hide_below=100),
        )


def _letter_pair(letter: str) -> Column[ComparedRow]:
    return Column(letter, 5, lambda row: _letters(row, letter), "right", lambda _row: f"brag-{letter}", grows=True)


def _letters(row: ComparedRow, letter: str) -> str:
    return _pair(_of(letter, row.before), _of(letter, row.after))


def _pair(before: int, after: int) -> str:
    return f"{before} → {after}" if before != after else str(after or "·")
