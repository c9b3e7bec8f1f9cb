"""Chasers: one letter a lead about what is late or soon due, written to a folder and logged. Never sends anything.

Files and log are one: where a file cannot be written nothing is logged, and the files made before it go again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.documents.chasers import (
    CHASE_DAYS,
    Addressee,
    Channel,
    Chaser,
    ChaseRow,
    ChaserReport,
    LeftOutAction,
    WithoutAddress,
    chased_lately,
)
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.today import SOON_DAYS
from ahtc_tui.formats.eml import chaser
from ahtc_tui.services import record_lookup
from ahtc_tui.services.output_folders import free_name, gone_on_failure, put_in_place, writer
from ahtc_tui.store.documents import chasers as stored
from ahtc_tui.store.meetings.queries import secretariat

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def write_chasers(
    workspace: Workspace,
    folder: Path,
    lead: str | None = None,
    again: bool = False,
    *,
    meeting: str | None = None,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> ChaserReport:
    """Write one mail draft a lead (a text file where there is no address) and log each action as chased: one undo.

    What was chased within seven days is left out unless `again`. With a meeting: what it agreed, and what presses of
    its group. Nothing to ask makes no folder and no log. Raises
    NotFound for no such lead, Refused where a file stands already, StoreError when the disk says no.
    """
    today = workspace.today()
    with gone_on_failure() as made, workspace.database.write(_("chase")) as ledger:
        after = record_lookup.meeting(ledger.cursor, meeting)[0] if meeting else None
        found = stored.pressing(ledger.cursor, today, record_lookup.party(ledger.cursor, lead), after)
        left_out = _left_out(ledger.cursor, found, today, again)
        gone = {left.ref for left in left_out}
        kept = [led for led in found if led.lead and led.action.ref not in gone]
        files = _named(folder, _letters(ledger.cursor, kept, today, marking))
        chased = tuple(row.ref for letter in files.values() for row in letter.actions)
        if files:
            ledger.label = _("chase {refs}").format(refs=", ".join(chased[:6]) + (" …" if len(chased) > 6 else ""))
            ledger.add_all("chases", [line for letter in files.values() for line in _log(letter)])
            put_in_place(folder, {path: writer(_bytes(letter)) for path, letter in files.items()}, force, made)
    return ChaserReport(
        tuple(files),
        chased,
        left_out,
        _without_address(files),
        tuple(led.action.ref for led in found if led.lead is None),
        _highest([letter.marking for letter in files.values()], marking),
    )


def _without_address(files: dict[Path, Chaser]) -> tuple[WithoutAddress, ...]:
    texts = ((path, letter.to) for path, letter in files.items() if _channel(letter) is Channel.TEXT)
    return tuple(WithoutAddress(to.ref, to.name, path) for path, to in texts)


def chase_to_folder(workspace: Workspace, lead: str, again: bool = False) -> ChaserReport:
    """The letter to one lead in the folder of the day among the exports, or in the next where a letter stands there.

    Raises as `write_chasers` does.
    """
    number = 1
    while True:
        name = f"chasers-{workspace.today().isoformat()}" + (f"-{number}" if number > 1 else "")
        folder = workspace.exports / name
        try:
            return write_chasers(workspace, folder, lead, again)
        except Refused:
            if not folder.exists():
                raise
        number += 1


def last_chased(workspace: Workspace, ref: str) -> ChaseRow | None:
    """The last time that an action was chased, whom and how; None if it never was. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.last_chased(cursor, record_lookup.action(cursor, ref)[0])


def _left_out(cursor: Cursor, found: Sequence[stored.Led], today: date, again: bool) -> tuple[LeftOutAction, ...]:
    """What somebody leads and is not asked about now: proposed as complete, or asked about within seven days."""
    chased = {} if again else stored.last_chases(cursor, [led.action.key for led in found])
    left = []
    for led in found:
        row, day = led.action, chased.get(led.action.key)
        reason = ""
        if row.status is Status.PROPOSED_COMPLETE:
            reason = _("its lead proposes it as complete: the group closes it")
        elif day and chased_lately(day, today):
            sentence = _("chased on {day}, so not again before {next} (--again does)")
            reason = sentence.format(day=long_date(day), next=long_date(day + timedelta(CHASE_DAYS)))
        if reason and led.lead:
            left.append(LeftOutAction(row.ref, row.lead or "", reason))
    return tuple(left)


def _letters(cursor: Cursor, kept: Sequence[stored.Led], today: date, marking: Marking) -> list[Chaser]:
    """One letter for each lead, in the order of its most urgent action."""
    by_lead: dict[bytes, list[ActionRow]] = {}
    for led in kept:
        assert led.lead is not None
        by_lead.setdefault(led.lead, []).append(led.action)
    sender = secretariat(cursor)
    signed = stored.named(cursor, sender) if sender else (None, None)
    return [
        _letter(stored.addressee(cursor, key, today), rows, today, marking, signed) for key, rows in by_lead.items()
    ]


def _letter(
    to: Addressee, rows: list[ActionRow], today: date, marking: Marking, signed: tuple[str | None, str | None]
) -> Chaser:
    review = tuple(row for row in rows if row.status is Status.CONTINUING)
    overdue = tuple(row for row in rows if row.late(today))
    rest = [row for row in rows if row not in review and row not in overdue]
    soon = tuple(row for row in rest if row.due and row.due.latest <= today + timedelta(SOON_DAYS))
    agreed = tuple(row for row in rest if row not in soon)
    return Chaser(to, today, overdue, soon, review, _highest([row.marking for row in rows], marking), *signed, agreed)


def _highest(markings: Sequence[Marking], asked: Marking) -> Marking:
    order = list(Marking)
    return max([asked, *markings], key=order.index)


def _channel(letter: Chaser) -> Channel:
    return Channel.EML if chaser.has_address(letter) else Channel.TEXT


def _bytes(letter: Chaser) -> bytes:
    return chaser.draft(letter) if _channel(letter) is Channel.EML else chaser.text(letter)


def _log(letter: Chaser) -> list[dict[str, object]]:
    said = {"party": letter.to.key, "chased_on": letter.today.isoformat(), "channel": _channel(letter).value}
    return [{"action": row.key, **said} for row in letter.actions]


def _named(folder: Path, letters: Sequence[Chaser]) -> dict[Path, Chaser]:
    """Each letter with its file: the lead and the day, in a name that every system takes, never outside the folder."""
    files: dict[Path, Chaser] = {}
    taken: set[str] = set()
    for letter in letters:
        name = free_name(folder, letter.to.ref, taken, "lead")
        ending = "eml" if _channel(letter) is Channel.EML else "txt"
        files[folder / f"{name}-{letter.today.isoformat()}.{ending}"] = letter
    return files
