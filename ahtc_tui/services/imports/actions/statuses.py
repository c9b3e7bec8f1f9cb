"""What a row claims of the status and the rating of an action: in words, by colour, by its sheet. Compares nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.returns.readers import (
    is_only_open,
    is_only_yes,
    parse_brag,
    parse_progress_rating,
    parse_status,
    propose_from_colour,
)
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.actions.tables import format_cell

if TYPE_CHECKING:
    from ahtc_tui.domain.imports.sheets import Cell
    from ahtc_tui.domain.returns.model import SentValues
    from ahtc_tui.services.imports.actions.current_records import CurrentRecords

_FINAL_STATUSES = (*CLOSED_STATUSES, Status.PROPOSED_COMPLETE)
_COMPLETION_WORDS = ("complet", "done", "close", "finish", "cwblh", "cau", "gorffen")
"""In a heading that "yes" answers."""


def read_status_claims(
    row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None
) -> Iterator[Claim]:
    """Status and rating: as words say, else as a colour proposes."""
    for name in ("status", "brag"):
        cell = row.first_cell(name)
        if cell is not None:
            yield from _read_status_text(name, row, cell, ours)
    if not row.first_cell("status") and not row.first_cell("brag"):
        yield from _read_status_colour(row, ours)
    if not row.first_cell("status") and ours["status"] not in CLOSED_STATUSES:
        yield from _read_status_in_update(row)
    if row.is_closed and not row.first_cell("status") and ours["status"] not in CLOSED_STATUSES:
        reason = _('it stands on the sheet "{sheet}"').format(sheet=row.table.sheet)
        if row.line.section and not row.table.is_closed:
            reason = _('it stands under "{heading}"').format(heading=row.line.section)
        yield Claim("status_from_sheet", row.address, Status.DONE.value, {"status": Status.DONE.value}, reason)


def _read_status_text(name: str, row: LogRow, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    text = {True: "yes", False: "no"}[cell.value] if isinstance(cell.value, bool) else format_cell(cell)
    if name == "status" and isinstance(cell.value, (int, float)) and "%" in row.heading_of(name):
        percent = round(100 * cell.value if cell.value <= 1 else cell.value)
        text = f"{percent}%" if percent else "no"
    if name == "status" and (progress_rating := parse_progress_rating(text)):
        yield from _read_progress_words(progress_rating, text, cell, ours)
        return
    parsers: dict[str, Callable[[str], str | None]] = {"status": parse_status, "brag": parse_brag}
    for field_name in (name, "brag" if name == "status" else "status"):
        value = parsers[field_name](text)
        if value is None:
            continue
        if field_name == "status" and is_only_open(text):
            yield from _read_reopening(text, cell, ours)
            return
        if (
            field_name == "brag"
            and value == "B"
            and normalize_text(text) not in ("b", "blue", "b blue", "glas", "b glas")
        ):
            continue
        yield Claim(field_name, cell.address, str(value), {field_name: str(value)}, _find_doubt(name, text, row))
        return
    yield Claim(name, cell.address, text, {}, _('"{word}" is no {field} that we know').format(word=text, field=name))


def _read_progress_words(progress_rating: Brag, text: str, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    """Words in the column of the status that say how it goes: a rating is proposed, and what is on track has begun."""
    if ours["status"] in CLOSED_STATUSES:
        yield from _read_reopening(text, cell, ours)
        return
    if progress_rating is Brag.GREEN and ours["status"] in (None, Status.PLANNED):
        yield Claim("status", cell.address, Status.IN_PROGRESS.value, {"status": Status.IN_PROGRESS.value})
    if ours["brag"] != progress_rating:
        reason = _('"{word}" says how it goes: {letter} {label}?').format(
            word=text, letter=progress_rating, label=progress_rating.label
        )
        yield Claim("brag", cell.address, text, {"brag": progress_rating.value}, reason, str(progress_rating))


def _read_reopening(text: str, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    if ours["status"] in CLOSED_STATUSES:
        reason = _('"{word}": open again?').format(word=text)
        yield Claim("status", cell.address, text, {"status": Status.IN_PROGRESS.value}, reason)


def _find_doubt(name: str, text: str, row: LogRow) -> str:
    """Why clear words are asked about all the same: they ask themselves, or only answer a heading."""
    if text.rstrip().endswith("?"):
        return _('"{word}" is a question').format(word=text)
    heading = normalize_text(row.heading_of(name))
    if name == "status" and is_only_yes(text) and not any(word in heading for word in _COMPLETION_WORDS):
        return _('"{word}" under "{heading}": is it done?').format(word=text, heading=row.heading_of(name))
    return ""


def _read_status_colour(row: LogRow, ours: SentValues) -> Iterator[Claim]:
    columns = [name for name in ("status", "brag") if row.has_column(name)] or ["ref", "title"]
    cells = [cell for name in columns for cell in row.cells.get(name, ()) if cell.fill]
    proposal = propose_from_colour(cells[0].fill) if cells else None
    if proposal is None:
        return
    values: dict[str, str | None] = {"brag": proposal.brag.value}
    if proposal.status:
        values = {"status": proposal.status.value, **values}
    if all(ours[name] == value for name, value in values.items()):
        return
    proposed_text = proposal.status.value if proposal.status else proposal.label
    if proposal.brag is Brag.GREEN and ours["status"] == Status.CONTINUING:
        proposed_text = Status.CONTINUING.value
    reason = _("by colour alone: {colour} ({letter}, {says})")
    text = reason.format(colour=cells[0].fill, letter=proposal.brag.value, says=proposal.label)
    yield Claim("status_from_colour", cells[0].address, proposed_text, values, text)


def _read_status_in_update(row: LogRow) -> Iterator[Claim]:
    """An update that says nothing but that it is done, where no column is for that."""
    for cell in row.cells.get("update", ()):
        value = parse_status(format_cell(cell))
        if value in _FINAL_STATUSES and not is_only_yes(format_cell(cell)):
            reason = _('the progress says nothing but "{word}"').format(word=format_cell(cell))
            yield Claim("status", cell.address, str(value), {"status": str(value)}, reason)
            return


def read_struck_claims(
    row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None
) -> Iterator[Claim]:
    """That the reference or the words are struck through: cancelled, or done, a person says."""
    cells = [cell for name in ("ref", "title") for cell in row.cells.get(name, ()) if cell.struck]
    if cells and ours["status"] not in CLOSED_STATUSES:
        reason = _("it is struck through: cancelled?")
        cancelled = Status.CANCELLED.value
        yield Claim("struck", cells[0].address, cancelled, {"status": cancelled}, reason)
