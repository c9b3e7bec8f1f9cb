"""Report of a meeting pack, for its covering note and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking
from ahtc_tui.domain.meetings.model import PaperRow
from ahtc_tui.domain.text.collation import build_sort_key


@dataclass(frozen=True, slots=True)
class MeetingPackReport:
    """Content of a written pack, and what a person must still handle."""

    folder: Path
    files: tuple[Path, ...]
    ref: str
    group: str
    when: str
    """Day and time, on one line for each language of the files."""
    where: str
    marking: Marking
    agenda_items: int
    minutes_over: int
    matters: tuple[str, ...]
    """References of the actions under matters arising."""
    actions: int
    """Number of open actions in the log."""
    last_minutes: str | None
    """Meeting whose minutes are included; None if no earlier meeting has minutes."""
    invited: int
    without_address: tuple[str, ...]
    """Invited parties without an e-mail address."""
    unnamed_seats: tuple[str, ...]
    """Seats of a class of members, without an addressee."""
    contacts: int
    contacts_without_address: tuple[str, ...]
    """Persons and posts without an e-mail address."""
    papers: tuple[PaperRow, ...]
    notice_on: date | None
    papers_on: date | None
    draft_on: date | None
    final_on: date | None
    left: tuple[str, ...]
    """Remaining tasks for a person, as sentences."""


def build_pack_sort_key(row: ActionRow) -> tuple[bool, int, bool, str, int]:
    """Sort key of actions in a pack: objective, lead, reference; empty values last."""
    number = row.objective or ""
    digits = "".join(letter for letter in number if letter.isdigit())
    lead = row.lead or ""
    ref = "".join(letter for letter in row.ref if letter.isdigit())
    return not number, int(digits or 0), not lead, build_sort_key(lead, str.casefold), int(ref or 0)
