"""Reads what a row claims about the status and the rating of its action: in words, percentages, colours and updates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Status
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.returns.column_profiles import is_date_text
from ahtc_tui.domain.returns.heading_vocabulary import WORDS
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.domain.returns.statuses import (
    find_status_detail,
    is_only_open,
    is_only_yes,
    parse_brag,
    parse_percent,
    parse_progress_rating,
    parse_status,
    propose_from_colour,
)
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.model import Claim, LogRow

_BLUE_WORDS = ("b", "blue", "b blue", "glas", "b glas")
"""Names of the rating "blue"; other words for it, such as "complete", are a status."""
_FINAL_STATUSES = (*CLOSED_STATUSES, Status.PROPOSED_COMPLETE)


def read_status(row: LogRow, ours: SentValues) -> Iterator[Claim]:
    """Read status and rating: from their columns, else from colours, the updates and the sheet."""
    for name in ("status", "brag"):
        cell = row.first_cell(name)
        if cell is not None:
            yield from _read_status_text(name, row, cell, ours)
    percent_cell = row.first_cell("percent")
    if percent_cell and not row.first_cell("status"):
        yield from _read_status_text("status", row, percent_cell, ours)
    if not row.first_cell("brag"):
        yield from _read_status_colour(row, ours)
    if row.first_cell("status") or percent_cell:
        return
    if ours["status"] in CLOSED_STATUSES:
        return
    yield from _read_status_in_update(row)
    if row.is_closed:
        reason = _('it is on the sheet "{sheet}"').format(sheet=row.table.sheet)
        if row.section and not row.table.is_closed:
            reason = _('it is under "{heading}"').format(heading=row.section)
        yield Claim("status_from_sheet", row.address, Status.DONE.value, {"status": Status.DONE.value}, reason)


def _read_status_text(name: str, row: LogRow, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    """Read a cell of the column `name` ("status" or "brag"); each column may hold the words of the other."""
    text = _format_status_cell(name, row, cell)
    if name == "status" and (rating := parse_progress_rating(text)):
        yield from _read_progress_words(rating, text, cell, ours)
        return
    parsers: dict[str, Callable[[str], str | None]] = {"status": parse_status, "brag": parse_brag}
    for field in (name, "brag" if name == "status" else "status"):
        value = parsers[field](text)
        if field == "status" and value and is_only_open(text):
            yield from _read_reopening(text, cell, ours)
            return
        if value and not (field == "brag" and value == "B" and normalize_text(text) not in _BLUE_WORDS):
            yield Claim(field, cell.address, str(value), {field: str(value)}, _find_doubt(name, text, row))
            return
    if name == "status" and isinstance(cell.value, (int, float)) and 0 <= cell.value <= 1:
        yield from _ask_about_number(cell, text)
        return
    label = _("BRAG rating") if name == "brag" else _("status")
    yield Claim(name, cell.address, text, {}, _('"{word}" is not a known {field}').format(word=text, field=label))


def _ask_about_number(cell: Cell, text: str) -> Iterator[Claim]:
    """Ask whether a number is a percentage, where its number format does not show it: 1 for 100%."""
    percent = f"{round(100 * float(text), 2):g}%"
    status = None if is_only_open(percent) else parse_status(percent)
    if status:
        values: dict[str, str | None] = {"status": status.value}
        reason = _('is "{word}" a percentage, {percent}?').format(word=text, percent=percent)
        yield Claim("status", cell.address, text, values, reason, status.value)


def _format_status_cell(name: str, row: LogRow, cell: Cell) -> str:
    """Return the text of a cell; a number under a heading of percent is a percentage."""
    if isinstance(cell.value, bool):
        return "yes" if cell.value else "no"
    if name == "status" and isinstance(cell.value, (int, float)) and "%" in row.heading_of(name):
        percent = round(100 * cell.value if cell.value <= 1 else cell.value)
        return f"{percent}%" if percent else "no"
    return cell.text


def _read_progress_words(rating: Brag, text: str, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    """Read words such as "slipped" in the status column: propose the rating; an action on track is in progress.

    A new action has the rating that the words are; that of an action here is a question.
    """
    if ours["status"] in CLOSED_STATUSES:
        yield from _read_reopening(text, cell, ours)
        return
    if rating is Brag.GREEN and ours["status"] in (None, Status.PLANNED):
        yield Claim("status", cell.address, Status.IN_PROGRESS.value, {"status": Status.IN_PROGRESS.value})
    if ours["brag"] != rating:
        sentence = _('"{word}" is a progress report: {letter} {label}?')
        reason = sentence.format(word=text, letter=rating, label=rating.label) if ours["status"] else ""
        yield Claim("brag", cell.address, text, {"brag": rating.value}, reason, str(rating))


def _read_reopening(text: str, cell: Cell, ours: SentValues) -> Iterator[Claim]:
    if ours["status"] in CLOSED_STATUSES:
        reason = _('"{word}": open again?').format(word=text)
        yield Claim("status", cell.address, text, {"status": Status.IN_PROGRESS.value}, reason)


def _find_doubt(name: str, text: str, row: LogRow) -> str:
    """Return why a recognised text needs a decision: it is a question, or a "yes" whose heading is ambiguous."""
    if text.rstrip().endswith("?"):
        return _('"{word}" is a question').format(word=text)
    percent = parse_percent(row.text_of("percent")) if name == "status" else None
    if percent is not None and (percent == 100) != (parse_status(text) in _FINAL_STATUSES):
        return _('"{word}" next to {percent}%').format(word=text, percent=f"{percent:g}")
    heading = normalize_text(row.heading_of(name))
    if name == "status" and is_only_yes(text) and not any(stem in heading for stem in WORDS["completion_stems"]):
        return _('"{word}" under "{heading}": is it done?').format(word=text, heading=row.heading_of(name))
    return ""


def _read_status_colour(row: LogRow, ours: SentValues) -> Iterator[Claim]:
    columns = [name for name in ("status", "brag") if row.has_column(name) and not row.first_cell(name)]
    columns = columns or ([] if row.first_cell("status") else ["ref", "title"])
    if row.first_cell("row_sent") and parse_status(row.text_of("status")) not in _FINAL_STATUSES:
        columns += ["status", "ref", "title"]  # a workbook is sent without colours
    cells = [cell for name in columns for cell in row.cells.get(name, ()) if cell.fill]
    proposal = propose_from_colour(cells[0].fill) if cells else None
    if proposal is None:
        return
    values: dict[str, str | None] = {"brag": proposal.brag.value}
    if proposal.status:
        values = {"status": proposal.status.value, **values}
    if all(ours[name] == value for name, value in values.items()):
        return
    theirs = proposal.status.value if proposal.status else proposal.label
    if proposal.brag is Brag.GREEN and ours["status"] == Status.CONTINUING:
        theirs = Status.CONTINUING.value
    sentence = _("by colour alone: {colour} ({letter}, {says})")
    reason = sentence.format(colour=cells[0].fill, letter=proposal.brag.letter, says=proposal.label)
    yield Claim("status_from_colour", cells[0].address, theirs, values, reason)


def _read_status_in_update(row: LogRow) -> Iterator[Claim]:
    """Read an update that consists of a final status only."""
    for cell in row.cells.get("update", ()):
        status = parse_status(cell.text)
        if status in _FINAL_STATUSES and not is_only_yes(cell.text):
            reason = _('the progress is only "{word}"').format(word=cell.text)
            yield Claim("status", cell.address, str(status), {"status": str(status)}, reason)
            return


def find_closing_day(row: LogRow) -> Cell | None:
    """Return the day in the status cell of a closed action: "Completed 13/11/2013"."""
    cell = row.first_cell("status")
    day = find_status_detail(cell.text) if cell and parse_status(cell.text) in CLOSED_STATUSES else ""
    return replace(cell, value=day) if cell and any(map(str.isdigit, day)) else None


def has_words_after_status(text: str) -> bool:
    """Return whether a status has words that are not a day: "Complete (agreed by the board)". They are an update."""
    detail = find_status_detail(text) if parse_status(text) else ""
    return any(map(str.isalpha, detail)) and not is_date_text(detail)
