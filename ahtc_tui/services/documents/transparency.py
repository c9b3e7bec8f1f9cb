"""Export of the transparency return: external meetings of the office in a period, from the engagement log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.transparency import (
    RETURNED_KINDS,
    ExternalMeeting,
    LoggedContact,
    TransparencyReturn,
    is_in_period,
)
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.author import format_author
from ahtc_tui.domain.documents.meeting_document import Cut
from ahtc_tui.domain.documents.publication import PublicationRefused, UnresolvedPlace, describe_problems
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.i18n import Language, _, mark_untranslated, translated_names, use_language
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.formats.transparency_return import write_transparency_csv
from ahtc_tui.services.documents.participant_names import ParticipantNames
from ahtc_tui.services.documents.private_names import PrivateNames
from ahtc_tui.services.documents.redaction_checks import find_unresolved
from ahtc_tui.services.output_folders import require_marked_name
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.documents import external_meetings as stored
from ahtc_tui.store.documents import published_names

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class TransparencyReport:
    """A written return, and what it leaves out."""

    file: Path
    marking: Marking
    meetings: int
    """Number of lines: one for each organisation that was met."""
    private: tuple[str, ...]
    """References of contacts with private people only."""
    other_kinds: int
    """Number of mails and training sessions in the period."""
    unresolved: tuple[UnresolvedPlace, ...]
    """Details of people in a return that was written by force."""


def export_transparency(
    workspace: Workspace,
    target: Path,
    first: date,
    last: date,
    *,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
) -> TransparencyReport:
    """Write the external meetings between two days as CSV, with names of people replaced as in published minutes.

    Raises BadInput for another suffix or a period that ends before it begins, Refused where the file exists;
    PublicationRefused while details of people are left, unless `force`, which the history records.
    """
    if target.suffix.lower() != ".csv":
        raise BadInput(_('A transparency return is written as .csv, not "{name}".').format(name=target.name))
    if last < first:
        sentence = _("{last} comes before {first}: give the earlier day first.")
        raise BadInput(sentence.format(first=format_long_date(first), last=format_long_date(last)))
    require_marked_name(target, marking)
    with workspace.database.read() as cursor:
        with translated_names():
            contacts = [row for row in stored.read_contacts(cursor, OUR_POST) if is_in_period(row.on, first, last)]
            official = _format_official(cursor, last)
        names = ParticipantNames(Cut.PUBLISHED, {}, PrivateNames(published_names.read_registered_people(cursor, last)))
        details = published_names.read_public_details(cursor)
    counted = [row for row in contacts if row.kind in RETURNED_KINDS]
    rows = _build_rows(counted, official, names)
    places = find_unresolved(TransparencyReturn(rows), names, details)
    refs = {row.number for row in rows}
    private = {row.ref: None for row in counted if row.organisation is None and row.ref not in refs}
    report = TransparencyReport(target, marking, len(rows), tuple(private), len(contacts) - len(counted), places)
    with _begin_publication(workspace, places, force=force):
        write_file_atomically(target, lambda path: write_transparency_csv(path, rows, official), force)
    return report


@contextmanager
def _begin_publication(workspace: Workspace, places: tuple[UnresolvedPlace, ...], *, force: bool) -> Iterator[None]:
    """Record a return that is published by force with details of people. Raises PublicationRefused unless `force`."""
    if not places:
        yield
        return
    if not force:
        raise PublicationRefused(_("The return"), describe_problems(places, is_agreed=True), places, ())
    with use_language(Language.EN):
        problems = describe_problems(places, is_agreed=True)
    with workspace.database.write(f"publish the transparency return by force: {problems}") as ledger:
        ledger.store_step()
        yield


def _format_official(cursor: Cursor, day: date) -> str:
    """Return the holder, where the name may be published, and the post of the office."""
    official = stored.read_official(cursor, OUR_POST, day)
    if official is None:
        return format_author()
    return ", ".join(part for part in (official.holder, official.post) if part)


def _build_rows(contacts: list[LoggedContact], official: str, names: ParticipantNames) -> tuple[ExternalMeeting, ...]:
    """Return a row for each external organisation of a contact, once."""
    rows: dict[tuple[str, str], ExternalMeeting] = {}
    for contact in contacts:
        if contact.organisation is None or contact.is_ours:
            continue
        on = contact.on.iso or contact.on.words
        subject = names.format_text(mark_untranslated(contact.subject))
        row = ExternalMeeting(contact.ref, official, on, contact.organisation, subject)
        rows.setdefault((contact.ref, contact.organisation), row)
    return tuple(rows.values())
