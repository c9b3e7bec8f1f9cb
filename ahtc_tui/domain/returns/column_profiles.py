"""Kinds of values in a column: dates, names, states, percentages, references or prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ahtc_tui.domain.actions.model import CLOSED_STATUSES
from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.imports.sheets import CellValue
from ahtc_tui.domain.returns.dates import read_date_cell
from ahtc_tui.domain.returns.owners import is_placeholder
from ahtc_tui.domain.returns.references import list_spellings
from ahtc_tui.domain.returns.statuses import (
    TICKS,
    is_only_open,
    is_only_yes,
    parse_brag,
    parse_percent,
    parse_progress_rating,
    parse_status,
)

MIN_PROSE_WORDS = 3
_ROUNDING = 1e-6
_MAX_DATE_LENGTH, _MAX_DATE_WORDS = 40, 6
_ANY_DAY = date(2013, 12, 31)
"""Day as at which dates without a year are read; only whether a text is a date matters here."""
_CODE = re.compile(r"#?[A-Za-z]{0,6}[-./ ]?\d[\d./-]*[A-Za-z]?")
_ROLES = re.compile(r"[RACI](?:[/,&+ ]*[RACI]){0,3}", re.IGNORECASE)
_PERSON = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Cllr|Supt|Insp|DCI|PC)\.? )?[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*){1,2}"
)


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Shares, from 0 to 1, of the values of a column that have each form; one value may have several."""

    filled: int = 0
    """Number of values."""
    dates: float = 0
    numbers: float = 0
    small_numbers: float = 0
    """Numbers from 0 to 100, which may be percentages; the number of a day is larger."""
    percents: float = 0
    states: float = 0
    """Words for a status or for progress."""
    closed: float = 0
    """Words and percentages of a closed status."""
    ratings: float = 0
    names: float = 0
    """Names of the register, and texts that look like the name of a person."""
    register_names: float = 0
    yes_or_no: float = 0
    codes: float = 0
    """References and numbers."""
    prose: float = 0
    """Texts of several words that are none of the other forms."""
    words: float = 0
    """Mean number of words of the texts."""
    distinct: float = 0
    """Number of different values for each value."""
    role_letters: float = 0
    """Letters of a chart of responsibilities: "R", "A/C"."""
    fractions: float = 0
    """Numbers that are no whole percentages: shares of an amount, such as 0.0868."""


EMPTY_PROFILE = ColumnProfile()


def build_profile(values: Iterable[CellValue], is_name: Callable[[str], bool]) -> ColumnProfile:
    """Return the profile of the values of a column, placeholders such as "n/a" apart; `is_name` asks the register."""
    filled = [value for value in values if value is not None and not (isinstance(value, str) and _is_filler(value))]
    if not filled:
        return EMPTY_PROFILE
    texts = [" ".join(value.split()) for value in filled if isinstance(value, str)]

    def share(matches: Callable[[str], object]) -> float:
        return sum(bool(matches(text)) for text in texts) / len(filled)

    days = sum(isinstance(value, date) for value in filled) / len(filled)
    figures = sum(isinstance(value, (int, float)) and not isinstance(value, bool) for value in filled) / len(filled)
    small = sum(type(value) in (int, float) and 0 <= value <= 100 for value in filled) / len(filled)  # type: ignore[operator]
    ticks = sum(isinstance(value, bool) for value in filled) / len(filled)
    return ColumnProfile(
        len(filled),
        days + share(is_date_text),
        figures + share(str.isdigit),
        small + share(lambda text: text.isdigit() and int(text) <= 100),
        share(_is_percent),
        ticks + share(_is_state),
        share(lambda text: parse_status(text) in CLOSED_STATUSES),
        share(parse_brag),
        share(lambda text: is_name(text) or _PERSON.fullmatch(text)),
        share(is_name),
        ticks + share(lambda text: is_only_yes(text) or is_only_open(text)),
        figures + share(lambda text: _CODE.fullmatch(text) or list_spellings(text)),
        share(lambda text: _is_prose(text) and not is_name(text)),
        sum(len(text.split()) for text in texts) / len(texts) if texts else 0,
        len({str(value) for value in filled}) / len(filled),
        share(_ROLES.fullmatch),
        sum(map(_is_fraction, filled)) / len(filled),
    )


@lru_cache(maxsize=4_096)
def is_date_text(text: str) -> bool:
    """Return whether a text is a date or a period: "13/11/2013", "end of March 2014"."""
    if not 3 < len(text) <= _MAX_DATE_LENGTH or len(text.split()) > _MAX_DATE_WORDS:
        return False
    if not any(map(str.isdigit, text)) or list_spellings(text):
        return False
    day = read_date_cell(text, _ANY_DAY).value
    return day is not None and day.precision is not Precision.WORDS and (not day.words or len(text.split()) <= 4)


def _is_fraction(value: CellValue) -> bool:
    """Return whether a value is no whole percentage: 0.0868, "8.68%"."""
    if isinstance(value, str):
        percent = parse_percent(value) if _is_percent(value) else None
        return percent is not None and percent != round(percent)
    if not isinstance(value, float):
        return False
    percent = 100 * value if value <= 1 else value
    return abs(percent - round(percent)) > _ROUNDING


def _is_filler(text: str) -> bool:
    return is_placeholder(text) or not (any(map(str.isalnum, text)) or set(text) & TICKS)


def _is_percent(text: str) -> bool:
    return parse_percent(text) is not None and len(text.split()) <= 2


def _is_state(text: str) -> bool:
    return bool(parse_status(text) or parse_progress_rating(text) or (text and not set(text) - TICKS))


def _is_prose(text: str) -> bool:
    return (
        sum(any(map(str.isalpha, word)) for word in text.split()) >= MIN_PROSE_WORDS
        and not _is_state(text)
        and not _PERSON.fullmatch(text)
        and not is_date_text(text)
    )


def is_fitting(field: str, profile: ColumnProfile) -> bool:
    """Return whether the values of a column support a field that its heading only suggests."""
    match field:
        case "title":
            return profile.prose >= 0.5
        case "update" | "comment" | "evidence":
            return profile.prose >= 0.3
        case "lead" | "support":
            is_short_text = profile.words <= 4 and not profile.codes and profile.prose < 0.5
            return profile.names >= 0.5 or (is_short_text and profile.distinct < 0.7 and profile.states < 0.5)
        case "due" | "proposed_due" | "original_due" | "closed_on" | "update_on":
            return profile.dates >= 0.5
        case "status":
            return profile.states >= 0.5
        case "brag":
            return profile.ratings >= 0.5
        case "percent":
            return profile.percents >= 0.5 or profile.numbers >= 0.9
        case "ref":
            return profile.codes >= 0.6
        case _:
            return False
