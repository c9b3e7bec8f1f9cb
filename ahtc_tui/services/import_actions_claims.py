"""What a row of a file claims of an action, cell by cell, and how sure that is. Compares nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ahtc_tui.domain.actions import CLOSED, Brag, Status
from ahtc_tui.domain.dates import DateAsKnown, Precision, from_stored, long_date
from ahtc_tui.domain.folding import folded
from ahtc_tui.domain.return_words import Said, brag_of, day_of, says_only_open, status_from_colour, status_of
from ahtc_tui.domain.returns import Sent
from ahtc_tui.domain.sheets import Cell
from ahtc_tui.domain.words import _
from ahtc_tui.services.import_actions_claim import Claim
from ahtc_tui.services.import_actions_facts import Facts
from ahtc_tui.services.import_actions_owners import lead_claims, support_claims
from ahtc_tui.services.import_actions_rows import RowIn, text_of


def claims_of(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """Everything that a row says, in the order of a plan."""
    for read in (_title, _objective, lead_claims, support_claims, _due, _state, _closed_on, _evidence, _struck):
        yield from read(row, facts, ours, base)
    yield from _progress(row)
    if base is not None:
        yield from _emptied(row, ours, base)


def _title(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    text = " ".join(row.text("title").split())
    if not text:
        return
    for same in (ours["title"], (base or {}).get("title")):
        if same and (folded(same) == folded(text) or (base is None and _alike(same, text))):
            text = same
            break
    yield Claim("title", row.place("title"), text, {"title": text})


def _alike(one: str, other: str) -> bool:
    """A title that was cut or mistyped on the way."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(folded(one), folded(other)) >= 80


def _objective(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    text = row.text("objective")
    number = facts.objective(text) if text else None
    if number:
        yield Claim("objective", row.place("objective"), number, {"objective": number})


def _due(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """The proposed date where one is given, else the due date."""
    cell = row.cell("proposed_due") or row.cell("due")
    if cell is None:
        return
    for same in (ours["due"], (base or {}).get("due")):
        known = from_stored(same)
        if known and isinstance(cell.value, str) and folded(cell.value) == folded(str(known)):
            yield Claim("due", cell.at, str(known), {"due": same})
            return
    said = day_of(cell.value, facts.today)
    if said.goes_on and ours["status"] in (Status.CONTINUING, *CLOSED):
        return
    yield _day_claim(cell, said)


def _day_claim(cell: Cell, said: Said) -> Claim:
    text, known = text_of(cell), said.known
    if known is None:
        return Claim("due_text", cell.at, text, {}, said.question or _("it is no date"))
    if said.goes_on:
        reason = _("it says that there is no end: a continuing duty?")
        return Claim("due_text", cell.at, text, {"status": Status.CONTINUING.value}, reason)
    if said.words_only:
        reason = _("it names no day: the words alone can be kept")
        return Claim("due_text", cell.at, text, {"due": known.stored}, reason)
    if said.guess:
        reason = _("the year or the day is not said: {day}?").format(day=long_date(known.latest))
        worded = DateAsKnown(known.latest, known.precision, known.words or (text if not text.isdigit() else ""))
        return Claim("due_text", cell.at, text, {"due": worded.stored}, reason, known.latest.isoformat())
    if known.precision is not Precision.DAY:
        reason = _("it names no day: the last that it allows is {day}").format(day=long_date(known.latest))
        return Claim("due_text", cell.at, text, {"due": known.stored}, reason, known.latest.isoformat())
    return Claim("due", cell.at, known.iso, {"due": known.stored})


def _state(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """Status and rating: as words say, else as a colour proposes."""
    for name in ("status", "brag"):
        cell = row.cell(name)
        if cell is not None:
            yield from _state_in_words(name, cell, ours)
    if not row.cell("status") and not row.cell("brag"):
        yield from _state_by_colour(row, ours)
    if row.table.closed and not row.cell("status") and ours["status"] not in CLOSED:
        reason = _('it stands on the sheet "{sheet}"').format(sheet=row.table.sheet)
        yield Claim("status_from_sheet", row.at, Status.DONE.value, {"status": Status.DONE.value}, reason)


def _state_in_words(name: str, cell: Cell, ours: Sent) -> Iterator[Claim]:
    text = "yes" if cell.value is True else text_of(cell)
    read: dict[str, Callable[[str], str | None]] = {"status": status_of, "brag": brag_of}
    for field_name in (name, "brag" if name == "status" else "status"):
        value = read[field_name](text)
        if value is None:
            continue
        if field_name == "status" and says_only_open(text):
            if ours["status"] in CLOSED:
                reason = _('"{word}": open again?').format(word=text)
                yield Claim("status", cell.at, text, {"status": Status.IN_PROGRESS.value}, reason)
            return
        if field_name == "brag" and value == "B" and folded(text) not in ("b", "blue", "b blue", "glas", "b glas"):
            continue
        yield Claim(field_name, cell.at, str(value), {field_name: str(value)})
        return
    yield Claim(name, cell.at, text, {}, _('"{word}" is no {field} that we know').format(word=text, field=name))


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


def _closed_on(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    cell = row.cell("closed_on")
    if cell is None:
        return
    kept = from_stored(ours["closed_on"])
    if kept and isinstance(cell.value, str) and folded(cell.value) == folded(str(kept)):
        return
    said = day_of(cell.value, facts.today)
    if said.known is None or said.words_only:
        return
    writes: dict[str, str | None] = {"closed_on": said.known.stored}
    says_done = status_of(row.text("status")) in CLOSED
    if ours["status"] not in CLOSED and not says_done:
        reason = _("it has a day of closing, and is open here")
        both = {"status": Status.DONE.value, **writes}
        yield Claim("closed_on", cell.at, said.known.iso or text_of(cell), both, reason)
        return
    guess = _("the year or the day is not said") if said.guess else ""
    yield Claim("closed_on", cell.at, said.known.iso or text_of(cell), writes, guess)


def _evidence(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    text = row.text("evidence")
    if text:
        yield Claim("evidence", row.place("evidence"), text, {"evidence": text})


def _struck(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    cells = [cell for name in ("ref", "title") for cell in row.cells.get(name, ()) if cell.struck]
    if cells and ours["status"] not in CLOSED:
        reason = _("it is struck through: cancelled?")
        cancelled = Status.CANCELLED.value
        yield Claim("struck", cells[0].at, cancelled, {"status": cancelled}, reason)


def _progress(row: RowIn) -> Iterator[Claim]:
    """Each update, and each comment in a column of its own, as it was written."""
    for name in ("update", "comment"):
        for cell in row.cells.get(name, ()):
            text = text_of(cell)
            if not text or not any(sign.isalpha() for sign in text):
                continue
            yield Claim("progress", cell.at, text, {"update": text}, _("struck through") if cell.struck else "")


def _emptied(row: RowIn, ours: Sent, base: Sent) -> Iterator[Claim]:
    """Cells that hold nothing: emptied there, or never filled there and filled here since."""
    for name in ("objective", "lead", "support", "due", "brag", "closed_on", "evidence"):
        if not row.has(name) or name not in base or row.cell(name) or (name == "due" and row.cell("proposed_due")):
            continue
        if base[name] and name not in ("objective", "closed_on"):
            yield Claim(name, row.place(name), None, {name: None}, _("it was emptied there"))
        elif base[name] is None and ours[name]:
            yield Claim(name, row.place(name), None, {name: None})
