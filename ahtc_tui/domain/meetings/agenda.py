"""Row classes of agenda templates and forward plans.

Also the parser of items typed on one line: "Training of investigators @jeff 15 min #Delivery".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.durations import read_minutes
from ahtc_tui.domain.meetings.model import ItemTitle
from ahtc_tui.domain.text.mentions import MENTION

MINUTES_PATTERN = re.compile(
    r"(?:^|(?<=\s))(\d{1,4} ?(?:m|mins?|minutes?|mun|[mf]unud(?:au)?)|\d{1,2}(?:[.,]\d{1,2})?h(?:\d{2})?)(?=\s|$)",
    re.IGNORECASE,
)
SECTION_PATTERN = re.compile(r"(?:^|(?<=\s))#(\S(?:(?!\s[@#]).)*)")


@dataclass(frozen=True, slots=True)
class TemplateRow(ItemTitle):
    """An item of the agenda template of a group."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    closing: bool
    """Whether it follows the items of the day."""
    key: RowKey = NO_KEY
    presenter_key: RowKey | None = None
    title_cy: str | None = None


@dataclass(frozen=True, slots=True)
class ForwardRow(ItemTitle):
    """An item of the forward plan of a group."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    for_on: DateAsKnown | None
    note: str | None
    key: RowKey = NO_KEY
    title_cy: str | None = None


def build_default_template() -> list[TemplateRow]:
    """Return the template of most boards, in English; the items of the day come before any other business.

    Each title is a usual one, which screens and documents translate.
    """
    rows = (
        ("Welcome", 5, False),
        ("Apologies for absence", 5, False),
        ("Declarations of interest", 5, False),
        ("Minutes of the last meeting", 5, False),
        ("Matters arising", 15, False),
        ("Any other business", 10, True),
        ("Date of the next meeting", 5, True),
    )
    return [
        TemplateRow(position, None, title, None, minutes, closing)
        for position, (title, minutes, closing) in enumerate(rows, 1)
    ]


@dataclass(frozen=True, slots=True)
class TypedItem:
    """The parts of an agenda item that was typed on one line."""

    title: str
    presenter: str | None
    """Name after @."""
    minutes: int | None
    section: str | None


def read_item(typed: str) -> TypedItem:
    """Read an item: presenter after @, minutes as "15 min", "15m" or "1h30", section after #, and the title.

    The last of several values counts; the others stay in the title. Raises BadInput for a line without a title.
    """
    title, section = _take_last(SECTION_PATTERN, typed)
    if section is not None and MINUTES_PATTERN.search(section):
        section, minutes = _take_last(MINUTES_PATTERN, section)
    else:
        title, minutes = _take_last(MINUTES_PATTERN, title)
    title, presenter = read_paper(title)
    return TypedItem(title, presenter, read_minutes(minutes, 9999) if minutes else None, section or None)


def read_paper(typed: str) -> tuple[str, str | None]:
    """Read the title of a paper or item, and the name after @. Raises BadInput for a line without a title."""
    title, name = _take_last(MENTION, typed)
    if not title:
        raise BadInput(_("An agenda item needs a title."))
    return title, name


def _take_last(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    """Return the text without the last match, and the value of that match."""
    matches = list(pattern.finditer(text))
    if not matches:
        return " ".join(text.split()), None
    last = matches[-1]
    return " ".join(f"{text[: last.start()]} {text[last.end() :]}".split()), " ".join(last[1].split())


def format_item(title: str, presenter: str | None, minutes: int | None, section: str | None) -> str:
    """Return a line from which `read_item` reads these values."""
    parts = (title, f"@{presenter}" if presenter else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in (*parts, f"#{section}" if section else "") if part)


def split_day(typed: str, word: str, today: date) -> tuple[str, DateAsKnown | None]:
    """Split a day after a word from the end of a line ("due 3 feb"); text that is not a day remains in the line."""
    match = re.search(rf"\s{word}\s+(\S[^@#]*)$", typed, re.IGNORECASE)
    if not match:
        return typed, None
    try:
        return typed[: match.start()], read_date(match[1].strip(), today)
    except BadInput:
        return typed, None
