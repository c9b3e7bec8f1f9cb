"""Letters of invitation to a meeting, one for each invited party, in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.chasers import Addressee, choose_letter_language
from ahtc_tui.domain.documents.office_paper import LetterFrame, OfficePaper, PaperKind, PaperPart
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import Language, _, pgettext, use_language
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import InviteeRow, MeetingCard, MeetingRow
from ahtc_tui.domain.minutes.checks import Gap
from ahtc_tui.formats.eml.draft import format_greeting
from ahtc_tui.formats.files.atomic_write import check_target
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.file_formats import WORD
from ahtc_tui.services.documents.letterhead import build_addressee_block, build_letterhead, build_signature
from ahtc_tui.services.documents.office_papers import write_in_languages
from ahtc_tui.services.documents.ready_sentences import find_figure_gaps
from ahtc_tui.services.documents.times import format_meeting_day, format_time
from ahtc_tui.services.meetings.series_dates import show_on_day
from ahtc_tui.services.output_folders import claim_free_name, format_file_name, remove_on_failure, write_files
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.documents.chasers import read_addressee
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.meetings.queries import list_office_refs

AGENDA_WIDTHS = (1.2, 10.2, 5.0)


@dataclass(frozen=True, slots=True)
class LettersReport:
    """The written letters of a meeting."""

    ref: str
    marking: Marking
    files: tuple[Path, ...]
    changed_figures: tuple[Gap, ...] = ()
    """Quoted figures that changed after the title of the meeting or an item of its agenda was written."""


def export_letters(
    workspace: Workspace,
    ref: str,
    folder: Path,
    to: str | None = None,
    ending: str = WORD,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language | None = None,
) -> LettersReport:
    """Write a letter for each invited party but our own office, or for `to` alone, into one folder, or none of them.

    Without `language` each is in the language that its reader prefers, where that is known.

    Raises NotFound; Refused where a file exists, for a meeting that was held or cancelled, and where nobody is invited.
    """
    ref, card, guests = _read_guests(workspace, ref, to)
    addressees = _read_addressees(workspace, card, guests)
    highest = find_highest_marking(marking, [card.row.marking])
    languages = [choose_letter_language(addressees.get(guest.ref), language) for guest in guests]
    taken: set[str] = set()
    stems = list(map(partial(_name_letter, workspace), guests, languages))
    paths = [folder / f"{claim_free_name(folder, stem, taken, ref)}{ending}" for stem in stems]
    with remove_on_failure() as created:
        write_files(folder, {}, force, created)
        for path in paths:
            check_target(path, force)
        created.extend(path for path in paths if not path.exists())
        for guest, path, letter_language in zip(guests, paths, languages, strict=True):
            build = partial(_build_letter, workspace, card, guest, addressees.get(guest.ref), highest)
            write_in_languages(workspace, PaperKind.LETTER, path, build, force, letter_language)
    with workspace.database.read() as cursor:
        changed = tuple(find_figure_gaps(cursor, workspace, replace(card, lines=())))
    return LettersReport(ref, highest, tuple(paths), changed)


def _read_guests(workspace: Workspace, ref: str, to: str | None) -> tuple[str, MeetingCard, list[InviteeRow]]:
    """Return reference and card of the meeting, at its next day if it is a series, and those who get a letter."""
    with workspace.database.read() as cursor:
        meeting, ref = record_lookup.find_meeting(cursor, ref)
        card = read_card(cursor, meeting, workspace.today())
        party = find_party(cursor, to).ref if to else None
        own_refs = list_office_refs(cursor, workspace.today())
    refuse_past_meeting(card.row)
    guests = [guest for guest in card.invitees if guest.ref == party or (party is None and guest.ref not in own_refs)]
    if not guests and party:
        raise NotFound(_("{name} is not invited to {ref}.").format(name=to, ref=ref))
    if not guests:
        raise Refused(_("No one is invited to {ref} yet.").format(ref=ref))
    return ref, replace(card, row=show_on_day(card.row, card.next_day)) if card.next_day else card, guests


def _read_addressees(
    workspace: Workspace, card: MeetingCard, guests: Sequence[InviteeRow]
) -> dict[str | None, Addressee]:
    """Return salutation and address of the guests of the register by their reference."""
    with workspace.database.read() as cursor:
        group = record_lookup.find_group_key(cursor, card.row.group_ref)
        keys = {guest.ref: find_party(cursor, guest.ref).key for guest in guests if guest.ref}
        return {ref: read_addressee(cursor, key, workspace.today(), group) for ref, key in keys.items()}


def _name_letter(workspace: Workspace, guest: InviteeRow, language: Language) -> str:
    """Return the name of a letter in its language."""

    def build() -> str:
        return _("{day} Invitation, {name}").format(day=workspace.today(), name=guest.shown_name)

    with use_language(language):
        return format_file_name(build)


def refuse_past_meeting(row: MeetingRow) -> None:
    """Raise Refused for a meeting that was held or cancelled."""
    if row.state in (MeetingState.CANCELLED, MeetingState.HELD):
        sentence = _("{ref} is {state}. There is nothing to send out before it.")
        raise Refused(sentence.format(ref=row.ref, state=row.state.label.lower()))


def _build_letter(
    workspace: Workspace, card: MeetingCard, guest: InviteeRow, addressee: Addressee | None, marking: Marking
) -> OfficePaper:
    """Return the letter in the current language."""
    row = card.row
    facts = [(_("Meeting"), row.printed_title)] if row.title != row.group else []
    when = ", ".join(part for part in (format_meeting_day(row), format_time(row)) if part)
    facts.append((_("When"), when or _("Date to be confirmed")))
    if row.location:
        facts.append((_("Where"), row.location))
    if row.link:
        facts.append((_("Join online"), row.link))
    opening = _("I am writing to invite you to the following meeting.")
    request = _("I would be grateful if you could tell us whether you will attend, or give us the name of your deputy.")
    welsh = _("You are welcome to speak Welsh or English. Please tell us your choice.")
    rows = tuple((str(item.position), item.printed_title, item.presenter or "–") for item in card.agenda)
    parts = [PaperPart("", (opening,)), PaperPart("", (request, welsh))]
    if rows:
        parts.append(
            PaperPart(_("Agenda"), (), (pgettext("number", "No."), _("Item"), _("Presenter")), rows, AGENDA_WIDTHS)
        )
    frame = LetterFrame(
        build_letterhead(workspace),
        _list_addressee_lines(guest, addressee),
        format_greeting(addressee.salutation if addressee else None),
        _("Yours sincerely"),
        build_signature(workspace),
    )
    today, title = workspace.today(), _("Invitation: {title}").format(title=row.group or row.title)
    return OfficePaper(title, format_long_date(today), today, tuple(facts), tuple(parts), marking, frame)


def _list_addressee_lines(guest: InviteeRow, addressee: Addressee | None) -> tuple[str, ...]:
    """Return the block of the addressee: holder, post or body, and postal address."""
    holder = guest.holder if guest.holder and guest.holder != guest.name else ""
    return build_addressee_block(addressee, guest.shown_name, holder)
