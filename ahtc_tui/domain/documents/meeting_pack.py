"""What goes out before a meeting, as the covering note and the command line tell of it. No database, no file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.meetings.agenda import PaperRow


@dataclass(frozen=True, slots=True)
class MeetingPackReport:
    """What was written, and what a person must still see to."""

    folder: Path
    files: tuple[Path, ...]
    ref: str
    group: str
    when: str
    where: str
    marking: Marking
    agenda_items: int
    minutes_over: int
    matters: tuple[str, ...]
    """References of the actions that arise from earlier meetings."""
    actions: int
    """How many actions that are not done the log holds."""
    last_minutes: str | None
    """The meeting whose minutes are in it; None where no earlier one has any."""
    invited: int
    without_address: tuple[str, ...]
    """Whoever is invited and has no address."""
    unnamed_seats: tuple[str, ...]
    """Seats that name a class of members and nobody to write to."""
    contacts: int
    contacts_without_address: tuple[str, ...]
    """People and posts of the register without one."""
    papers: tuple[PaperRow, ...]
    notice_on: date | None
    papers_on: date | None
    draft_on: date | None
    final_on: date | None
    left: tuple[str, ...]
    """What a person must still see to, a sentence each."""


def build_pack_sort_key(row: ActionRow) -> tuple[bool, int, bool, str, int]:
    """The order of the actions in a pack: by objective, then by lead; what has none comes last."""
    number = row.objective or ""
    digits = "".join(letter for letter in number if letter.isdigit())
    lead = row.lead or ""
    ref = "".join(letter for letter in row.ref if letter.isdigit())
    return not number, int(digits or 0), not lead, lead.casefold(), int(ref or 0)
