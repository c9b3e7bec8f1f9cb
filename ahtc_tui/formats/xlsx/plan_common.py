"""What the sheets of the plan's workbook share: what goes into them, and what the letters mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.model import MilestoneRow, PlanView
from ahtc_tui.domain.plan.periods import BurnDown, Trend
from ahtc_tui.domain.plan.timeline import Timeline
from ahtc_tui.formats.xlsx.action_log_rows import brag_label
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, put, style

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class PlanReport:
    """Everything that goes into the workbook."""

    view: PlanView
    marking: Marking
    as_at: date
    actions: Sequence[ActionRow]
    """In the order of their references."""
    milestones: Sequence[MilestoneRow]
    trend: Trend
    burn: BurnDown
    timeline: Timeline
    helpers: Mapping[bytes, Sequence[str]]
    """Who else has a part in an action, by its key."""
    created_by: str = ""

    @property
    def title(self) -> str:
        """What stands on every sheet."""
        return self.view.title or _("Delivery Plan")

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """What the letters mean."""
        return self.view.version.brag if self.view.version else ()

    @property
    def note(self) -> str:
        """Marking, version and day, on one line."""
        one = self.view.version
        said = [self.marking.label, _("as at {day}").format(day=long_date(self.as_at))]
        said += one.said if one else []
        said += [_("owner: {name}").format(name=one.owner)] if one and one.owner else []
        return " · ".join(said)


def put_meanings(sheet: Worksheet, row: int, meanings: Sequence[Meaning], last: int) -> int:
    """What each letter means, a line each, the letter in its colour; returns the row below."""
    for at, each in enumerate(meanings, start=row):
        fill, ink = BRAG_COLOURS[each.brag]
        put(sheet.cell(at, 1), brag_label(each.brag), style(sheet, bold=True, ink=ink, fill=fill))
        put(sheet.cell(at, 2), f"{each.words} ({each.whose})", style(sheet, grid=False, wrap=False))
        sheet.merge_cells(start_row=at, end_row=at, start_column=2, end_column=last)
    return row + len(meanings)
