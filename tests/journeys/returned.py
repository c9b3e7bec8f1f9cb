"""Returns as people send them back: our own workbooks, damaged, with what each damage must come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

BLUE = PatternFill("solid", fgColor="9DC3E6")
HEADINGS = {"due": "Due", "update": "Your update", "status": "Status", "brag": "BRAG", "proposed": "Proposed date"}


@dataclass
class Gold:
    """What must be found: fields that change, and fields that are only asked about."""

    changed: set[tuple[str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)


class Returned:
    """One workbook open for damage."""

    def __init__(self, path: Path, gold: Gold) -> None:
        self.path, self.gold = path, gold
        self.book = load_workbook(path)
        self.sheet = self.book.worksheets[0]
        self.top = next(row for row in range(1, 10) if self.sheet.cell(row, 1).value == "Ref")
        self.columns = {self.sheet.cell(self.top, at).value: at for at in range(1, self.sheet.max_column + 1)}
        rows = range(self.top + 1, self.sheet.max_row + 1)
        self.rows = {str(self.sheet.cell(row, 1).value): row for row in rows if self.sheet.cell(row, 1).value}

    @property
    def refs(self) -> list[str]:
        """The actions in it, in order."""
        return list(self.rows)

    def cell(self, ref: str, name: str) -> Any:
        """The cell of an action."""
        return self.sheet.cell(self.rows[ref], self.columns[HEADINGS[name]])

    def clear(self, ref: str, name: str, value: Any) -> None:
        """Something said plainly, that nobody contradicts."""
        self.cell(ref, name).value = value
        self.gold.changed.add((ref, {"update": "progress", "proposed": "due"}.get(name, name)))

    def doubtful(self, ref: str, name: str, value: Any, asked: str) -> None:
        """Something that a person must decide, and under which name it is asked."""
        self.cell(ref, name).value = value
        self.gold.asked.add((ref, asked))

    def drop(self, ref: str) -> None:
        """A row taken out, after everything else."""
        self.sheet.delete_rows(self.rows[ref])
        self.gold.asked.add((ref, "missing"))

    def colour(self, ref: str) -> None:
        """Blue, and no word."""
        self.cell(ref, "status").fill = BLUE
        self.cell(ref, "status").value = None
        self.gold.asked.add((ref, "status_from_colour"))

    def remark(self, ref: str, words: str) -> None:
        """A comment on a cell, which is only told."""
        self.cell(ref, "due").comment = Comment(words, "reviewer")

    def send(self, *, titles: int = 0) -> Path:
        """Save it, with lines of a letterhead put above."""
        if titles:
            self.sheet.insert_rows(1, titles)
            self.sheet.cell(1, 2).value = "Quarterly return, completed by the office"
        self.book.save(self.path)
        return self.path


def damage(folder: Path) -> Gold:
    """Damage the returns in a folder as three leads do; the longest workbook is damaged most."""
    gold = Gold()
    books = sorted((Returned(path, gold) for path in folder.glob("*.xlsx")), key=lambda each: -len(each.refs))
    first, second, third = (each for each in books[:4] if "no-lead" not in each.path.name)
    one, two, three, four, five, six, seven = first.refs[:7]
    first.clear(one, "update", "Two courses held; the next is in Newport.")
    first.clear(two, "status", "On hold")
    first.doubtful(three, "proposed", "end Jan", "due_text")
    first.doubtful(four, "status", "nearly there", "status")
    first.colour(five)
    first.remark(six, "speak to the SPOCs")
    first.drop(seven)
    first.send()
    second.clear(second.refs[0], "brag", "A")
    second.doubtful(second.refs[0], "proposed", "Spring 2014", "due_text")
    second.send(titles=3)
    third.clear(third.refs[0], "update", "No change since September.")
    third.send()
    return gold
