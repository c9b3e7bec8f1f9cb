"""Content of the plan workbook and the explanation of ratings that its sheets share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.plan.brag_meanings import Meaning
from ahtc_tui.domain.plan.model import MilestoneRow, PlanView
from ahtc_tui.domain.plan.periods import BurnDown, PlanTrend
from ahtc_tui.domain.plan.timeline import Timeline
from ahtc_tui.formats.xlsx.action_log_rows import format_rating
from ahtc_tui.formats.xlsx.style import BRAG_COLOURS, build_style, write_cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class PlanReport:
    """Content of the workbook."""

    view: PlanView
    marking: Marking
    as_at: date
    actions: Sequence[ActionRow]
    """In the order of their references."""
    milestones: Sequence[MilestoneRow]
    trend: PlanTrend
    burn: BurnDown
    timeline: Timeline
    helpers: Mapping[RowKey, Sequence[str]]
    """Key of an action to the names of its other parties."""
    created_by: str = ""

    @property
    def title(self) -> str:
        """Title of every sheet."""
        return self.view.title or _("Delivery Plan")

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """Meanings of the BRAG ratings; empty without a plan version."""
        return self.view.version.brag if self.view.version else ()

    @property
    def note(self) -> str:
        """Marking, version and day on one line."""
        version = self.view.version
        parts = [self.marking.label, _("as at {day}").format(day=format_long_date(self.as_at))]
        parts += version.descriptions if version else []
        parts += [_("owner: {name}").format(name=version.owner)] if version and version.owner else []
        return " · ".join(parts)


def write_meanings(sheet: Worksheet, row: int, meanings: Sequence[Meaning], last: int) -> int:
    """Write one row per rating with its meaning; return the next free row."""
    for row_number, meaning in enumerate(meanings, start=row):
        fill, ink = BRAG_COLOURS[meaning.brag]
        write_cell(
            sheet.cell(row_number, 1), format_rating(meaning.brag), build_style(sheet, bold=True, ink=ink, fill=fill)
        )
        write_cell(
            sheet.cell(row_number, 2), f"{meaning.words} ({meaning.whose})", build_style(sheet, grid=False, wrap=False)
        )
        sheet.merge_cells(start_row=row_number, end_row=row_number, start_column=2, end_column=last)
    return row + len(meanings)
