"""Training sessions, visits and conferences with numbers of participants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, add_months
from ahtc_tui.domain.dates.names import UNITS
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.evidence.practice import SessionKind, shorten_council_name
from ahtc_tui.domain.i18n import BilingualTitle, _

LONGEST_YEARS = 100


@dataclass(frozen=True, slots=True)
class SessionCount:
    """Number of participants from one organisation."""

    organisation: str
    ref: str
    people: int


@dataclass(frozen=True, slots=True)
class SessionRow(BilingualTitle):
    """A session with its participants by organisation."""

    ref: str
    title: str
    kind: SessionKind
    practice: str | None
    practice_ref: str | None
    held_on: DateAsKnown | None
    place: str | None
    area: str | None
    meeting: str | None
    source: str | None
    note: str | None
    numbers: tuple[SessionCount, ...]
    title_cy: str | None = None

    @property
    def people(self) -> int:
        """Number of participants."""
        return sum(count.people for count in self.numbers)

    @property
    def location(self) -> str:
        """Place and area: "Hydra Centre, South Wales"."""
        return ", ".join(words for words in (self.place, self.area) if words)


@dataclass(frozen=True, slots=True)
class MissingAuthority:
    """A local authority without participants in recent sessions."""

    ref: str
    name: str
    last_on: DateAsKnown | None
    """Day of the last session with participants, if any."""

    @property
    def plain_name(self) -> str:
        """Name without "County Council"."""
        return shorten_council_name(self.name)


def subtract_period(today: date, period: str) -> date:
    """Return the day a period before today: "12m", "90d", "6 weeks", "1y", "2 flynedd". Raises BadInput."""
    match = re.fullmatch(r"([0-9]{1,4})\s*([a-z]+)", period.strip().lower())
    unit, factor = UNITS.get(match[2], ("", 0)) if match else ("", 0)
    number = int(match[1]) * factor if match else 0
    months = number * {"months": 1, "years": 12}.get(unit, 0)
    if not number or months > 12 * LONGEST_YEARS:
        raise BadInput(_('"{period}" is not a period. Enter 12m, 90d, 6w or 1y.').format(period=period))
    if not months:
        return today - timedelta(days=number * (7 if unit == "weeks" else 1))
    return add_months(today, -months)
