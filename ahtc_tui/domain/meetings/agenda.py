"""What an agenda is made of beside its items: papers, matters arising, template, forward plan. No database.

Also how one item is typed in a line: "Training of investigators @jeff 15 min #Delivery".
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

PRESENTER_PATTERN = re.compile(r"(?:^|(?<=\s))@([\w'’.-]*\w)")
MINUTES_PATTERN = re.compile(r"(?:^|(?<=\s))(\d{1,4}) ?(?:m|min|mins|minutes|munud)(?=\s|$)", re.IGNORECASE)
SECTION_PATTERN = re.compile(r"(?:^|(?<=\s))#(\S[^@#]*)")


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of a meeting."""

    ref: str
    item: int | None
    """The number of the item that it belongs to."""
    title: str
    author: str | None
    due: DateAsKnown | None
    """When it is due to the secretariat."""
    published: bool
    withheld_because: str | None
    key: RowKey = NO_KEY

    @property
    def publication_state(self) -> str:
        """Published, not published, or why it is withheld."""
        return _("Published") if self.published else self.withheld_because or _("Not published")


@dataclass(frozen=True, slots=True)
class MatterRow:
    """An open action of the group's earlier meetings."""

    ref: str
    title: str
    lead: str | None
    due: DateAsKnown | None


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One item that a new agenda of a group begins with."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    closing: bool
    """It comes after the items of the day."""
    key: RowKey = NO_KEY
    presenter_key: RowKey | None = None


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """What a group means to take at a later meeting."""

    position: int
    section: str | None
    title: str
    presenter: str | None
    minutes: int | None
    for_on: DateAsKnown | None
    note: str | None
    key: RowKey = NO_KEY


def build_default_template() -> list[TemplateRow]:
    """What most boards begin and end with; the items of the day stand before any other business."""
    rows = (
        (_("Welcome"), 5, False),
        (_("Apologies for absence"), 5, False),
        (_("Declarations of interest"), 5, False),
        (_("Minutes of the last meeting"), 5, False),
        (_("Matters arising"), 15, False),
        (_("Any other business"), 10, True),
        (_("Date of the next meeting"), 5, True),
    )
    return [
        TemplateRow(position, None, title, None, minutes, closing)
        for position, (title, minutes, closing) in enumerate(rows, 1)
    ]


@dataclass(frozen=True, slots=True)
class TypedItem:
    """One item as somebody typed it."""

    title: str
    presenter: str | None
    """The words after @."""
    minutes: int | None
    section: str | None


def read_item(typed: str) -> TypedItem:
    """What a line says: presenter behind @, minutes as "15 min" or "15m", section behind #; the rest is the title.

    Of several the last counts. Raises BadInput for a line without a title.
    """
    sections = SECTION_PATTERN.findall(typed)
    section = sections[-1] if sections else None
    minutes = MINUTES_PATTERN.findall(typed)
    if section is not None:
        section = MINUTES_PATTERN.sub("", section)
    title_text = SECTION_PATTERN.sub(lambda match: " ", typed) if sections else typed
    presenters = PRESENTER_PATTERN.findall(typed)
    title = " ".join(MINUTES_PATTERN.sub("", PRESENTER_PATTERN.sub("", title_text)).split())
    if not title:
        raise BadInput(_("An item of an agenda needs a title."))
    return TypedItem(
        title,
        presenters[-1] if presenters else None,
        int(minutes[-1]) if minutes else None,
        " ".join(section.split()) or None if section is not None else None,
    )


def format_item(title: str, presenter: str | None, minutes: int | None, section: str | None) -> str:
    """The line that `read_item` reads as these."""
    parts = (title, f"@{presenter}" if presenter else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in (*parts, f"#{section}" if section else "") if part)


def split_day(typed: str, word: str, today: date) -> tuple[str, DateAsKnown | None]:
    """A line without the day behind a word at its end ("due 3 feb"), and that day; words that are no day stay in it."""
    match = re.search(rf"\s{word}\s+(\S[^@#]*)$", typed, re.IGNORECASE)
    if not match:
        return typed, None
    try:
        return typed[: match.start()], read_date(match[1].strip(), today)
    except BadInput:
        return typed, None
