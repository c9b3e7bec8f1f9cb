"""What a row claims of the status and the rating of an action: in words, by colour, by its sheet. Compares nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import CLOSED, Brag, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.readers import (
    brag_of,
    going_of,
    says_only_open,
    says_only_yes,
    status_from_colour,
    status_of,
)
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.actions.tables import text_of

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Cell
    from ahtc_tui.domain.returns.model import Sent
    from ahtc_tui.services.imports.actions.current_records import Facts

_ENDS = (*CLOSED, Status.PROPOSED_COMPLETE)
_ABOUT_THE_END = ("complet", "done", "close", "finish", "cwblh", "cau", "gorffen")
"""In a heading that "yes" answers."""


def state_claims(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """Status and rating: as words say, else as a colour proposes."""
    for name in ("status", "brag"):
        cell = row.cell(name)
        if cell is not None:
            yield from _state_in_words(name, row, cell, ours)
    if not row.cell("status") and not row.cell("brag"):
        yield from _state_by_colour(row, ours)
    if not row.cell("status") and ours["status"] not in CLOSED:
        yield from _state_in_progress(row)
    if row.closed and not row.cell("status") and ours["status"] not in CLOSED:
        reason = _('it stands on the sheet "{sheet}"').format(sheet=row.table.sheet)
        if row.line.section and not row.table.closed:
            reason = _('it stands under "{heading}"').format(heading=row.line.section)
        yield Claim("status_from_sheet", row.at, Status.DONE.value, {"status": Status.DONE.value}, reason)


def _state_in_words(name: str, row: RowIn, cell: Cell, ours: Sent) -> Iterator[Claim]:
    text = {True: "yes", False: "no"}[cell.value] if isinstance(cell.value, bool) else text_of(cell)
    if name == "status" and isinstance(cell.value, (int, float)) and "%" in row.heading(name):
        part = round(100 * cell.value if cell.value <= 1 else cell.value)
        text = f"{part}%" if part else "no"
    if name == "status" and (going := going_of(text)):
        yield from _how_it_goes(going, text, cell, ours)
        return
    read: dict[str, Callable[[str], str | None]] = {"status": status_of, "brag": brag_of}
    for field_name in (name, "brag" if name == "status" else "status"):
        value = read[field_name](text)
        if value is None:
            continue
        if field_name == "status" and says_only_open(text):
            yield from _open_again(text, cell, ours)
            return
        if field_name == "brag" and value == "B" and folded(text) not in ("b", "blue", "b blue", "glas", "b glas"):
            continue
        yield Claim(field_name, cell.at, str(value), {field_name: str(value)}, _doubt(name, text, row))
        return
    yield Claim(name, cell.at, text, {}, _('"{word}" is no {field} that we know').format(word=text, field=name))


def _how_it_goes(going: Brag, text: str, cell: Cell, ours: Sent) -> Iterator[Claim]:
    """Words in the column of the status that say how it goes: a rating is proposed, and what is on track has begun."""
    if ours["status"] in CLOSED:
        yield from _open_again(text, cell, ours)
        return
    if going is Brag.GREEN and ours["status"] in (None, Status.PLANNED):
        yield Claim("status", cell.at, Status.IN_PROGRESS.value, {"status": Status.IN_PROGRESS.value})
    if ours["brag"] != going:
        reason = _('"{word}" says how it goes: {letter} {label}?').format(word=text, letter=going, label=going.label)
        yield Claim("brag", cell.at, text, {"brag": going.value}, reason, str(going))


def _open_again(text: str, cell: Cell, ours: Sent) -> Iterator[Claim]:
    if ours["status"] in CLOSED:
        reason = _('"{word}": open again?').format(word=text)
        yield Claim("status", cell.at, text, {"status": Status.IN_PROGRESS.value}, reason)


def _doubt(name: str, text: str, row: RowIn) -> str:
    """Why clear words are asked about all the same: they ask themselves, or only answer a heading."""
    if text.rstrip().endswith("?"):
        return _('"{word}" is a question').format(word=text)
    heading = folded(row.heading(name))
    if name == "status" and says_only_yes(text) and not any(word in heading for word in _ABOUT_THE_END):
        return _('"{word}" under "{heading}": is it done?').format(word=text, heading=row.heading(name))
    return ""


def _state_by_colour(row: RowIn, ours: Sent) -> Iterator[Claim]:
    columns = [name for name in ("status", "brag") if row.has(name)] or ["ref", "title"]
    cells = [cell for name in columns for cell in row.cells.get(name, ()) if cell.fill]
    meant = status_from_colour(cells[0].fill) if cells else None
    if meant is None:
        return
    writes: dict[str, str | None] = {"brag": meant.brag.value}
    if meant.status:
        writes = {"status": meant.status.value, **writes}
    if all(ours[name] == value for name, value in writes.items()):
        return
    says = meant.status.value if meant.status else meant.says
    if meant.brag is Brag.GREEN and ours["status"] == Status.CONTINUING:
        says = Status.CONTINUING.value
    reason = _("by colour alone: {colour} ({letter}, {says})")
    said = reason.format(colour=cells[0].fill, letter=meant.brag.value, says=meant.says)
    yield Claim("status_from_colour", cells[0].at, says, writes, said)


def _state_in_progress(row: RowIn) -> Iterator[Claim]:
    """An update that says nothing but that it is done, where no column is for that."""
    for cell in row.cells.get("update", ()):
        value = status_of(text_of(cell))
        if value in _ENDS and not says_only_yes(text_of(cell)):
            reason = _('the progress says nothing but "{word}"').format(word=text_of(cell))
            yield Claim("status", cell.at, str(value), {"status": str(value)}, reason)
            return


def struck_claims(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """That the reference or the words are struck through: cancelled, or done, a person says."""
    cells = [cell for name in ("ref", "title") for cell in row.cells.get(name, ()) if cell.struck]
    if cells and ours["status"] not in CLOSED:
        reason = _("it is struck through: cancelled?")
        cancelled = Status.CANCELLED.value
        yield Claim("struck", cells[0].at, cancelled, {"status": cancelled}, reason)
