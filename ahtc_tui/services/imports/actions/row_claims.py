"""What a row of a file claims of an action, cell by cell, and how sure that is. Compares nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date, read_stored_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.returns.model import SentValues
from ahtc_tui.domain.returns.readers import DateReading, parse_status, read_date_cell
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.claim import Claim
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.owners import read_lead_claims, read_support_claims
from ahtc_tui.services.imports.actions.rows import LogRow
from ahtc_tui.services.imports.actions.statuses import read_status_claims, read_struck_claims
from ahtc_tui.services.imports.actions.tables import format_cell

_DITTO_WORDS = frozenset(
    ("ditto", "as above", "see above", "as below", "see below", "uchod", "fel uchod", "gweler uchod")
)


def read_claims(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    """Everything that a row says, in the order of a plan."""
    for reader in (
        _read_title,
        _read_objective,
        read_lead_claims,
        read_support_claims,
        _read_due,
        read_status_claims,
        _read_closed_on,
        _read_evidence,
        read_struck_claims,
    ):
        yield from reader(row, records, ours, base)
    yield from _read_updates(row)
    if base is not None:
        yield from _read_emptied_cells(row, ours, base)


def _read_title(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    text = " ".join(row.text_of("title").split())
    if not text:
        return
    for known_title in (ours["title"], (base or {}).get("title")):
        if known_title and (
            normalize_text(known_title) == normalize_text(text)
            or (base is None and _is_similar_title(known_title, text))
        ):
            text = known_title
            break
    is_truncated = normalize_text(ours["title"] or "").startswith(normalize_text(text)) and normalize_text(
        ours["title"] or ""
    ) != normalize_text(text)
    reason = _("its last words are missing: cut off on the way?") if is_truncated else ""
    yield Claim("title", row.address_of("title"), text, {"title": text}, reason)


def _is_similar_title(left: str, right: str) -> bool:
    """A title that was cut or mistyped on the way."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(normalize_text(left), normalize_text(right)) >= 80


def _read_objective(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    text = row.text_of("objective")
    number = records.find_objective(text) if text else None
    if number:
        yield Claim("objective", row.address_of("objective"), number, {"objective": number})


def _read_due(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    """The proposed date where one is given, else the due date."""
    cell = row.first_cell("proposed_due") or row.first_cell("due")
    if cell is None:
        return
    for known_due in (ours["due"], (base or {}).get("due")):
        known_day = read_stored_date(known_due)
        if known_day and (
            normalize_text(format_cell(cell)) == normalize_text(str(known_day))
            or read_date_cell(cell.value, records.today).value == known_day
        ):
            yield Claim("due", cell.address, str(known_day), {"due": known_due})
            return
    reading = row.read_date(cell, records.today)
    if reading.is_ongoing and ours["status"] in (Status.CONTINUING, *CLOSED_STATUSES):
        return
    yield _build_due_claim(cell, reading)


def _build_due_claim(cell: Cell, reading: DateReading) -> Claim:
    text, day = format_cell(cell), reading.value
    if day is None:
        return Claim("due_text", cell.address, text, {}, reading.question or _("it is no date"))
    if reading.is_ongoing:
        reason = _("it says that there is no end: a continuing duty?")
        return Claim("due_text", cell.address, text, {"status": Status.CONTINUING.value}, reason)
    if reading.is_words_only:
        reason = _("it names no day: the words alone can be kept")
        return Claim("due_text", cell.address, text, {"due": day.stored_text}, reason)
    if reading.is_guess:
        reason = reading.question or _("the year or the day is not said: {day}?").format(
            day=format_long_date(day.latest)
        )
        words = day.words or (text if any(character.isalpha() for character in text) else "")
        day_with_words = DateAsKnown(day.latest, day.precision, words)
        return Claim(
            "due_text", cell.address, text, {"due": day_with_words.stored_text}, reason, day.latest.isoformat()
        )
    if day.precision is not Precision.DAY:
        reason = _("it names no day: the last that it allows is {day}").format(day=format_long_date(day.latest))
        return Claim("due_text", cell.address, text, {"due": day.stored_text}, reason, day.latest.isoformat())
    return Claim("due", cell.address, day.iso, {"due": day.stored_text})


def _read_closed_on(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    cell = row.first_cell("closed_on")
    if cell is None:
        return
    current_day = read_stored_date(ours["closed_on"])
    if current_day and isinstance(cell.value, str) and normalize_text(cell.value) == normalize_text(str(current_day)):
        return
    reading = row.read_date(cell, records.today)
    if reading.value is None or reading.is_words_only:
        return
    values: dict[str, str | None] = {"closed_on": reading.value.stored_text}
    is_done = parse_status(row.text_of("status")) in CLOSED_STATUSES
    if ours["status"] not in CLOSED_STATUSES and not is_done:
        reason = _("it has a day of closing, and is open here")
        both_values = {"status": Status.DONE.value, **values}
        yield Claim("closed_on", cell.address, reading.value.iso or format_cell(cell), both_values, reason)
        return
    doubt = _("the year or the day is not said") if reading.is_guess else ""
    yield Claim("closed_on", cell.address, reading.value.iso or format_cell(cell), values, doubt)


def _read_evidence(row: LogRow, records: CurrentRecords, ours: SentValues, base: SentValues | None) -> Iterator[Claim]:
    text = row.text_of("evidence")
    if text:
        yield Claim("evidence", row.address_of("evidence"), text, {"evidence": text})


def _read_updates(row: LogRow) -> Iterator[Claim]:
    """Each update, and each comment in a column of its own, as it was written."""
    for field_name in ("update", "comment"):
        for cell in row.cells.get(field_name, ()):
            if any(character.isalpha() for character in format_cell(cell)):
                doubt = _("it points to another row") if normalize_text(format_cell(cell)) in _DITTO_WORDS else ""
                yield _build_update_claim(cell, _("struck through") if cell.struck else doubt)
    for cell in row.cells_below:
        yield _build_update_claim(
            cell, _("it stands in the row below, which names no action: does it go on from here?")
        )


def _build_update_claim(cell: Cell, reason: str) -> Claim:
    text = format_cell(cell)
    return Claim("progress", cell.address, text, {"update": text}, reason)


def _read_emptied_cells(row: LogRow, ours: SentValues, base: SentValues) -> Iterator[Claim]:
    """Cells that hold nothing: emptied there, or never filled there and filled here since."""
    for field_name in ("objective", "lead", "support", "due", "brag", "closed_on", "evidence"):
        if (
            not row.has_column(field_name)
            or field_name not in base
            or row.first_cell(field_name)
            or (field_name == "due" and row.first_cell("proposed_due"))
        ):
            continue
        if base[field_name] and field_name not in ("objective", "closed_on"):
            yield Claim(field_name, row.address_of(field_name), None, {field_name: None}, _("it was emptied there"))
        elif base[field_name] is None and ours[field_name]:
            yield Claim(field_name, row.address_of(field_name), None, {field_name: None})
