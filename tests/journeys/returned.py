"""Returned workbooks with typical damage, and the report that their import must give."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

BLUE = PatternFill("solid", fgColor="9DC3E6")
HEADINGS = {
    "ref": ("Ref", "Cyf"),
    "due": ("Due", "Erbyn"),
    "update": ("Your update", "Eich diweddariad"),
    "status": ("Status", "Statws"),
    "brag": ("BRAG", "BRAG"),
    "proposed": ("Proposed date", "Dyddiad arfaethedig"),
}
"""Headings in English and Welsh by field."""


@dataclass
class ExpectedReport:
    """Fields that an import must change, and fields that it must ask about."""

    changed: set[tuple[str, str]] = field(default_factory=set)
    questions: set[tuple[str, str]] = field(default_factory=set)


class ReturnedWorkbook:
    """A workbook that is edited as a lead would."""

    def __init__(self, path: Path, expected: ExpectedReport) -> None:
        self.path, self.expected = path, expected
        self.book = load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.header_row = next(row for row in range(1, 10) if self.sheet.cell(row, 1).value in HEADINGS["ref"])
        self.columns = {
            self.sheet.cell(self.header_row, column).value: column for column in range(1, self.sheet.max_column + 1)
        }
        rows = range(self.header_row + 1, self.sheet.max_row + 1)
        self.rows = {str(self.sheet.cell(row, 1).value): row for row in rows if self.sheet.cell(row, 1).value}

    @property
    def refs(self) -> list[str]:
        """The references of its actions, in order."""
        return list(self.rows)

    def find_cell(self, ref: str, name: str) -> Any:
        """Return the cell of a field of an action."""
        column = next(self.columns[heading] for heading in HEADINGS[name] if heading in self.columns)
        return self.sheet.cell(self.rows[ref], column)

    def set_value(self, ref: str, name: str, value: Any) -> None:
        """Set a valid value, which the import must apply; a date is for the group to decide."""
        self.find_cell(ref, name).value = value
        fields = self.expected.questions if name in ("due", "proposed") else self.expected.changed
        fields.add((ref, {"update": "progress", "proposed": "due"}.get(name, name)))

    def set_doubtful_value(self, ref: str, name: str, value: Any, question_field: str) -> None:
        """Set a value that the import must ask about, under a field name."""
        self.find_cell(ref, name).value = value
        self.expected.questions.add((ref, question_field))

    def remove_row(self, ref: str) -> None:
        """Delete the row of an action; call it after all other edits."""
        self.sheet.delete_rows(self.rows[ref])
        self.expected.questions.add((ref, "missing"))

    def clear_and_colour(self, ref: str) -> None:
        """Empty the status and colour it blue."""
        self.find_cell(ref, "status").fill = BLUE
        self.find_cell(ref, "status").value = None
        self.expected.questions.add((ref, "status_from_colour"))

    def add_comment(self, ref: str, words: str) -> None:
        """Add a comment to a cell, which the import reports as a warning."""
        self.find_cell(ref, "due").comment = Comment(words, "reviewer")

    def save(self, *, titles: int = 0) -> Path:
        """Save the workbook, with title rows above the table if asked for."""
        if titles:
            self.sheet.insert_rows(1, titles)
            self.sheet.cell(1, 2).value = "Quarterly return, completed by the office"
        self.book.save(self.path)
        return self.path


def damage_returns(folder: Path) -> ExpectedReport:
    """Edit the returns in a folder as three leads would; the longest workbook gets most edits."""
    expected = ExpectedReport()
    books = sorted(
        (ReturnedWorkbook(path, expected) for path in folder.glob("*.xlsx")), key=lambda workbook: -len(workbook.refs)
    )
    without_lead = ("without a lead", "heb arweinydd")
    first, second, third = (workbook for workbook in books[:4] if not workbook.path.stem.endswith(without_lead))
    ref_1, ref_2, ref_3, ref_4, ref_5, ref_6, ref_7 = first.refs[:7]
    first.set_value(ref_1, "update", "Two courses held; the next is in Newport.")
    first.set_value(ref_2, "status", "On hold")
    first.set_doubtful_value(ref_3, "proposed", "end Jan", "due_text")
    first.set_doubtful_value(ref_4, "status", "nearly there", "status")
    first.clear_and_colour(ref_5)
    first.add_comment(ref_6, "speak to the SPOCs")
    first.remove_row(ref_7)
    first.save()
    second.set_value(second.refs[0], "brag", "A")
    second.set_doubtful_value(second.refs[0], "proposed", "Spring 2014", "due_text")
    second.save(titles=3)
    third.set_value(third.refs[0], "update", "No change since September.")
    third.save()
    return expected
