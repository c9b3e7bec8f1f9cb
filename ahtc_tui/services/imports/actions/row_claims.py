"""What a row of a file claims of an action, cell by cell, and how sure that is. Compares nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import CLOSED, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, from_stored, long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.returns.model import Sent
from ahtc_tui.domain.returns.readers import Said, day_of, status_of
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.current_records import Facts
from ahtc_tui.services.imports.actions.owners import lead_claims, support_claims
from ahtc_tui.services.imports.actions.rows import RowIn
from ahtc_tui.services.imports.actions.statuses import state_claims, struck_claims
from ahtc_tui.services.imports.actions.tables import text_of

_DITTO = frozenset(("ditto", "as above", "see above", "as below", "see below", "uchod", "fel uchod", "gweler uchod"))


def claims_of(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    """Everything that a row says, in the order of a plan."""
    for read in (
        _title,
        _objective,
        lead_claims,
        support_claims,
        _due,
        state_claims,
        _closed_on,
        _evidence,
        struck_claims,
    ):
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
    is_cut = folded(ours["title"] or "").startswith(folded(text)) and folded(ours["title"] or "") != folded(text)
    reason = _("its last words are missing: cut off on the way?") if is_cut else ""
    yield Claim("title", row.place("title"), text, {"title": text}, reason)


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
        if known and (folded(text_of(cell)) == folded(str(known)) or day_of(cell.value, facts.today).known == known):
            yield Claim("due", cell.at, str(known), {"due": same})
            return
    said = row.day(cell, facts.today)
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
        reason = said.question or _("the year or the day is not said: {day}?").format(day=long_date(known.latest))
        words = known.words or (text if any(sign.isalpha() for sign in text) else "")
        worded = DateAsKnown(known.latest, known.precision, words)
        return Claim("due_text", cell.at, text, {"due": worded.stored}, reason, known.latest.isoformat())
    if known.precision is not Precision.DAY:
        reason = _("it names no day: the last that it allows is {day}").format(day=long_date(known.latest))
        return Claim("due_text", cell.at, text, {"due": known.stored}, reason, known.latest.isoformat())
    return Claim("due", cell.at, known.iso, {"due": known.stored})


def _closed_on(row: RowIn, facts: Facts, ours: Sent, base: Sent | None) -> Iterator[Claim]:
    cell = row.cell("closed_on")
    if cell is None:
        return
    kept = from_stored(ours["closed_on"])
    if kept and isinstance(cell.value, str) and folded(cell.value) == folded(str(kept)):
        return
    said = row.day(cell, facts.today)
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


def _progress(row: RowIn) -> Iterator[Claim]:
    """Each update, and each comment in a column of its own, as it was written."""
    for name in ("update", "comment"):
        for cell in row.cells.get(name, ()):
            if any(sign.isalpha() for sign in text_of(cell)):
                points = _("it points to another row") if folded(text_of(cell)) in _DITTO else ""
                yield _update(cell, _("struck through") if cell.struck else points)
    for cell in row.below:
        yield _update(cell, _("it stands in the row below, which names no action: does it go on from here?"))


def _update(cell: Cell, reason: str) -> Claim:
    text = text_of(cell)
    return Claim("progress", cell.at, text, {"update": text}, reason)


def _emptied(row: RowIn, ours: Sent, base: Sent) -> Iterator[Claim]:
    """Cells that hold nothing: emptied there, or never filled there and filled here since."""
    for name in ("objective", "lead", "support", "due", "brag", "closed_on", "evidence"):
        if not row.has(name) or name not in base or row.cell(name) or (name == "due" and row.cell("proposed_due")):
            continue
        if base[name] and name not in ("objective", "closed_on"):
            yield Claim(name, row.place(name), None, {name: None}, _("it was emptied there"))
        elif base[name] is None and ours[name]:
            yield Claim(name, row.place(name), None, {name: None})
