"""Chasers: a letter to each lead about actions that are late or soon due, written to a folder and logged.

Nothing is sent. Where a file cannot be written, nothing is logged, and the files written before are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow, Marking, Status, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.chasers import (
    CHASE_DAYS,
    Addressee,
    Channel,
    Chaser,
    ChaseRow,
    ChaserReport,
    LeftOutAction,
    Sender,
    WithoutAddress,
    choose_letter_language,
    is_chased_lately,
)
from ahtc_tui.domain.documents.office_paper import LetterFrame, OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.i18n import Language, _, build_in_each_language, get_current_language, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.today import SOON_DAYS
from ahtc_tui.formats.eml import chaser
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.letterhead import build_addressee_block, build_letterhead, build_signature
from ahtc_tui.services.documents.office_papers import load_welsh_names
from ahtc_tui.services.documents.rendering import find_template
from ahtc_tui.services.output_folders import claim_free_name, format_file_name, remove_on_failure, write_files
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents import chasers as stored
from ahtc_tui.store.documents.lead_updates import limit_to_lead
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.meetings.agenda import find_group
from ahtc_tui.store.meetings.queries import find_secretariat, list_office_keys
from ahtc_tui.store.records.cursor import Cursor


def write_chasers(
    workspace: Workspace,
    folder: Path,
    lead: str | None = None,
    include_recent: bool = False,
    *,
    meeting: str | None = None,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language | None = None,
) -> ChaserReport:
    """Write a mail draft for each lead (a letter in Word without an address), and log the actions as chased.

    Each is in `language`, else in that which its reader prefers. Omits actions of our own office unless it is the given
    lead, and those chased within seven days unless `include_recent`. With a meeting: its actions and the pressing ones
    of its group. Raises NotFound for an unknown lead, Refused if a file exists, StoreError if the disk fails.
    """
    today = workspace.today()
    with remove_on_failure() as created, workspace.database.write("chase") as ledger:
        with workspace.database.read() as cursor:
            meeting_key = record_lookup.find_meeting(cursor, meeting)[0] if meeting else None
            lead_key = record_lookup.find_party_key(cursor, lead)
            led_actions = stored.read_pressing_actions(cursor, today, lead_key, meeting_key)
            own_keys = set() if lead else set(list_office_keys(cursor, today))
            left_out = _list_left_out(cursor, led_actions, today, include_recent, own_keys)
            group = find_group(cursor, meeting_key) if meeting_key else None
            letters = _build_letters(cursor, _select_chased(led_actions, left_out), today, marking, group)
        files = _name_files(folder, letters, language)
        chased = tuple(row.ref for letter in files.values() for row in letter.actions)
        if files:
            _log_chase(ledger, chased, files.values())
            write_files(folder, {path: _make_writer(workspace, files[path]) for path in files}, force, created)
    return ChaserReport(
        tuple(files),
        chased,
        left_out,
        _list_without_address(files),
        tuple(led.action.ref for led in led_actions if led.lead is None),
        find_highest_marking(marking, [letter.marking for letter in files.values()]),
    )


def _log_chase(ledger: Ledger, chased: Sequence[str], letters: Iterable[Chaser]) -> None:
    """Log the actions of the letters as chased, and name the step after the first of them."""
    ledger.label = f"chase {', '.join(chased[:6])}{' …' if len(chased) > 6 else ''}"
    ledger.add_all("chases", [row for letter in letters for row in _build_log_rows(letter)])


def _select_chased(
    led_actions: Sequence[stored.LedAction], left_out: Sequence[LeftOutAction]
) -> list[stored.LedAction]:
    omitted = {action.ref for action in left_out}
    return [led for led in led_actions if led.lead and led.action.ref not in omitted]


def _list_without_address(files: dict[Path, Chaser]) -> tuple[WithoutAddress, ...]:
    texts = ((path, letter.to) for path, letter in files.items() if _choose_channel(letter) is Channel.TEXT)
    return tuple(WithoutAddress(addressee.ref, addressee.shown_name, path) for path, addressee in texts)


def write_chasers_to_folder(workspace: Workspace, lead: str, include_recent: bool = False) -> ChaserReport:
    """Write the letter to one lead in today's folder of the exports, or in the next one where a letter exists.

    Raises as `write_chasers` does.
    """
    day = workspace.today().isoformat()
    name, number = format_file_name(lambda: f"{day} {EXPORT_KINDS['chasers'].file_name}"), 1
    while True:
        folder = workspace.exports / (f"{name}-{number}" if number > 1 else name)
        try:
            return write_chasers(workspace, folder, lead, include_recent)
        except Refused:
            if not folder.exists():
                raise
        number += 1


def list_remaining_tasks(report: ChaserReport) -> list[str]:
    """Return a sentence for each letter without an address, and for each action without a lead."""
    sentence = _("{name} has no address. Send {file} another way")
    return [
        *(sentence.format(name=addressee.name, file=addressee.file.name) for addressee in report.without_address),
        *(_("{ref} has no lead, so nobody can be chased").format(ref=ref) for ref in report.no_lead),
    ]


def list_recent_chases(workspace: Workspace, report: ChaserReport) -> tuple[str, ...]:
    """Return a sentence for each lead who gets no letter about actions that were chased within seven days."""
    names = load_welsh_names(workspace, get_current_language())
    refs: dict[tuple[str, date], list[str]] = {}
    for left in report.left_out:
        if left.chased_on:
            refs.setdefault((left.lead, left.chased_on), []).append(left.ref)
    sentence = _("{lead} was chased about {refs} on {day} and is not chased again for seven days")
    return tuple(
        sentence.format(lead=names.get(lead, lead), refs=", ".join(led), day=format_long_date(day))
        for (lead, day), led in refs.items()
    )


def find_last_chase(workspace: Workspace, ref: str) -> ChaseRow | None:
    """Return the last chase of an action, or None. Raises NotFound."""
    with workspace.database.read() as cursor:
        return stored.read_last_chase(cursor, record_lookup.find_action(cursor, ref)[0])


def _list_left_out(
    cursor: Cursor,
    led_actions: Sequence[stored.LedAction],
    today: date,
    include_recent: bool,
    own_keys: Container[RowKey],
) -> tuple[LeftOutAction, ...]:
    """Return the omitted actions: of our own office or a vacant post, proposed as complete, or chased lately."""
    chased = {} if include_recent else stored.read_last_chase_days(cursor, [led.action.key for led in led_actions])
    left_out = []
    for led in led_actions:
        row, day = led.action, chased.get(led.action.key)
        reason, chased_on = "", None
        if led.lead in own_keys:
            reason = _("led by your office, so no reminder (use --lead to save one)")
        elif row.lead_vacant:
            reason = _("the post is vacant. Give the action another lead, or appoint somebody")
        elif row.status is Status.PROPOSED_COMPLETE:
            reason = _("the lead proposes it as complete, and the group closes it")
        elif day and is_chased_lately(day, today):
            sentence = _("chased on {day}, so not again before {next} (use --again to chase now)")
            chased_on = day
            reason = sentence.format(day=format_long_date(day), next=format_long_date(day + timedelta(CHASE_DAYS)))
        if reason and led.lead:
            left_out.append(LeftOutAction(row.ref, row.lead or "", reason, chased_on))
    return tuple(left_out)


def _build_letters(
    cursor: Cursor, chased_actions: Sequence[stored.LedAction], today: date, marking: Marking, group: RowKey | None
) -> list[Chaser]:
    """Return a letter for each lead, in the order of its most urgent action; `group` is that of the meeting."""
    by_lead: dict[RowKey, list[ActionRow]] = {}
    for led in chased_actions:
        assert led.lead is not None
        by_lead.setdefault(led.lead, []).append(led.action)
    sender = find_secretariat(cursor)
    signed = stored.read_sender(cursor, sender) if sender else None
    own_keys = list_office_keys(cursor, today)
    return [
        _build_letter(
            stored.read_addressee(cursor, key, today, group),
            rows if key in own_keys else limit_to_lead(cursor, rows, key),
            today,
            marking,
            signed,
        )
        for key, rows in by_lead.items()
    ]


def _build_letter(
    addressee: Addressee, rows: list[ActionRow], today: date, marking: Marking, signed: Sender | None
) -> Chaser:
    review = tuple(row for row in rows if row.status is Status.CONTINUING)
    overdue = tuple(row for row in rows if row.is_late(today))
    not_overdue = [row for row in rows if row not in review and row not in overdue]
    soon = tuple(row for row in not_overdue if row.due and row.due.latest <= today + timedelta(SOON_DAYS))
    agreed = tuple(row for row in not_overdue if row not in soon)
    highest = find_highest_marking(marking, [row.marking for row in rows])
    return Chaser(addressee, today, overdue, soon, review, highest, signed, agreed)


def _choose_channel(letter: Chaser) -> Channel:
    return Channel.EML if chaser.has_address(letter) else Channel.TEXT


def _make_writer(workspace: Workspace, letter: Chaser) -> Callable[[Path], None]:
    """Return what writes a letter: as a mail draft, or in Word where its lead has no address."""
    with use_language(letter.language):
        if _choose_channel(letter) is Channel.EML:
            return make_bytes_writer(chaser.build_draft(letter))
        return _make_letter_writer(workspace, letter)


def _make_letter_writer(workspace: Workspace, letter: Chaser) -> Callable[[Path], None]:
    """Return what writes the letter, on separate pages for each language of the file."""
    papers = list(
        zip(
            get_current_language().languages,
            build_in_each_language(lambda: _build_paper(workspace, letter)),
            strict=True,
        )
    )
    template = find_template(workspace, PaperKind.LETTER)

    def write_letter(path: Path) -> None:
        from ahtc_tui.formats.docx.office_paper import write_office_paper_docx

        write_office_paper_docx(path, papers, template)

    return write_letter


def _build_paper(workspace: Workspace, letter: Chaser) -> OfficePaper:
    """Return the letter in the current language: the texts of the mail, with a point for each action."""
    sections = (
        PaperPart(heading, points=tuple(_format_point(*chaser.format_action(row, letter.today)) for row in rows))
        for heading, rows in chaser.list_sections(letter)
    )
    request, _thanks = chaser.format_ending(letter)
    greeting, opening = chaser.format_opening(letter)
    frame = LetterFrame(
        build_letterhead(workspace),
        build_addressee_block(letter.to, letter.to.shown_name),
        greeting,
        _("Yours sincerely"),
        build_signature(workspace),
    )
    return OfficePaper(
        _("Your actions"),
        format_long_date(letter.today),
        letter.today,
        (),
        (PaperPart("", (opening,)), *sections, PaperPart("", (request,))),
        letter.marking,
        frame,
    )


def _format_point(title: str, due: str, update: str) -> str:
    return f"{title.removesuffix('.')}. {due} {update}"


def _build_log_rows(letter: Chaser) -> list[dict[str, object]]:
    values = {"party": letter.to.key, "chased_on": letter.today.isoformat(), "channel": _choose_channel(letter).value}
    return [{"action": row.key, **values} for row in letter.actions]


def _name_files(folder: Path, letters: Sequence[Chaser], language: Language | None) -> dict[Path, Chaser]:
    """Return the letters, each in its language, by path: day and lead, in a portable name within the folder."""
    files: dict[Path, Chaser] = {}
    taken: set[str] = set()
    for letter in letters:
        letter_language = choose_letter_language(letter.to, language)
        with use_language(letter_language):
            stem = format_file_name(partial(_format_name, letter))
        name = claim_free_name(folder, stem, taken, letter.to.ref)
        ending = "eml" if _choose_channel(letter) is Channel.EML else "docx"
        files[folder / f"{name}.{ending}"] = replace(letter, language=letter_language)
    return files


def _format_name(letter: Chaser) -> str:
    """Return "2014-02-01 Your actions, University of Central Lancashire"."""
    title = _("Your actions")
    return f"{letter.today.isoformat()} {title}, {letter.to.shown_name}"
