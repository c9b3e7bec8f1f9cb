"""Calendar files as other programs write them, built by code, with what an import must find in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

UID, SERIES_UID = "{meeting}", "{series}"
"""Places of the UIDs of a meeting and of a weekly series of this office, which are known when the file is written."""
Values = Mapping[str, str]
Asked = tuple[str, str]
"""Field of a question and the value in the file; empty where the question has none."""


@dataclass(frozen=True)
class ForeignCalendar:
    """A calendar file with one fault, and its gold answers."""

    name: str
    text: str
    taken: Mapping[str, Values] = field(default_factory=dict)
    """Title of each meeting that is taken without a question, with values that it must have."""
    changed: frozenset[Asked] = frozenset()
    """Field and new value of each change without a question."""
    asked: frozenset[Asked] = frozenset()
    """Questions that stay open."""
    reasons: tuple[str, ...] = ()
    """Parts of the reasons of questions."""
    named: tuple[str, ...] = ()
    """Parts of warnings: what is left out."""
    days: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Title of a meeting or series with all its days of 2014 in London, cancelled ones apart."""


def build_event(*lines: str, uid: str = UID, sequence: int = 7) -> str:
    """Return a VEVENT, by default about the known meeting."""
    head = (f"UID:{uid}", "DTSTAMP:20131230T100000Z", f"SEQUENCE:{sequence}")
    return "\n".join(("BEGIN:VEVENT", *head, *lines, "END:VEVENT"))


def build_calendar(method: str, *components: str, head: tuple[str, ...] = ()) -> str:
    """Return a VCALENDAR of another program; without a METHOD line where `method` is empty."""
    lines = (*((f"METHOD:{method}",) if method else ()), *head)
    return "\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//other//EN", *lines, *components, "END:VCALENDAR", "")
    )
