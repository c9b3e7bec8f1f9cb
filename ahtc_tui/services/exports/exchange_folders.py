"""Export of meetings and contacts as folders for other programs (vdir): one file a record, with a stable name.

A file of which another program changed something is left as it is until an import has compared it, and so are the files
of others. Decision 0051 gives the reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.formats import exchange_folder
from ahtc_tui.formats.exchange_folder import ExchangedFile
from ahtc_tui.services.output_folders import make_folder
from ahtc_tui.store.contacts.queries import KINDS
from ahtc_tui.store.privacy.erasure_register import list_erased_keys
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import is_removed

if TYPE_CHECKING:
    from ahtc_tui.formats.ics.invites import Invite
    from ahtc_tui.services.workspace import Workspace

CALENDAR_ENDING, CARD_ENDING = ".ics", ".vcf"


@dataclass(frozen=True, slots=True)
class OutgoingRecord:
    """A record as it is written to a folder."""

    key: RowKey
    ref: str
    uid: str
    text: str


@dataclass(frozen=True, slots=True)
class LeftFile:
    """A file or record that is left as it is: `ref` is the record or the name of the file, `reason` a sentence."""

    ref: str
    reason: str
    needs_decision: bool = True
    """Whether somebody has to settle it; a meeting whose day is not fixed yet only waits."""


@dataclass
class FolderExport:
    """What an export to a folder did."""

    folder: Path
    written: int = 0
    """Number of files that are new or changed."""
    unchanged: int = 0
    removed: int = 0
    """Number of files of records that are removed, or are marked higher than the export allows."""
    left_out: list[LeftFile] = field(default_factory=list)

    @property
    def needs_decision(self) -> bool:
        """Whether somebody has to settle a file that was left as it is."""
        return any(left.needs_decision for left in self.left_out)


def export_calendars(workspace: Workspace, folder: Path, marking: Marking = Marking.OFFICIAL) -> FolderExport:
    """Write one .ics a meeting; a series and its changed days are one. Raises BadFile, Refused and StoreError."""
    from ahtc_tui.formats.ics.stored import find_uid, keep_other_properties
    from ahtc_tui.services.meetings.calendar_files import record_sequences

    report = FolderExport(folder)
    invites = _select_meetings(workspace, marking, report)
    export = _FolderWriter(report, CALENDAR_ENDING, "meetings", find_uid, keep_other_properties)
    export.prepare_folder(workspace)
    record_sequences(workspace, invites)
    export.write(workspace, map(build_meeting_record, invites))
    return report


def export_cards(workspace: Workspace, folder: Path, marking: Marking = Marking.OFFICIAL) -> FolderExport:
    """Write one .vcf a person, post and organisation. Raises BadFile, Refused and StoreError."""
    from ahtc_tui.formats.vcard.writer import find_uid, keep_other_properties

    report = FolderExport(folder)
    export = _FolderWriter(report, CARD_ENDING, "parties", find_uid, keep_other_properties)
    export.prepare_folder(workspace)
    export.write(workspace, build_cards(workspace, marking))
    return report


def _select_meetings(workspace: Workspace, marking: Marking, report: FolderExport) -> list[Invite]:
    """Return the meetings that a calendar can hold, and report the others."""
    from ahtc_tui.formats.ics.invites import build_omission, explain_omission
    from ahtc_tui.services.meetings.calendar_files import select_all_invites

    invites = []
    for invite in select_all_invites(workspace, marking):
        if reason := explain_omission(invite.card):
            omission = build_omission(invite.card, reason)
            report.left_out.append(LeftFile(omission.ref, omission.reason, omission.needs_decision))
        else:
            invites.append(invite)
    return invites


def build_meeting_record(invite: Invite) -> OutgoingRecord:
    """Return a meeting as it is written to a folder."""
    from ahtc_tui.formats.ics.stored import build_stored_event

    row = invite.card.row
    return OutgoingRecord(row.key, row.ref, row.uid, build_stored_event(invite))


def build_cards(workspace: Workspace, marking: Marking = Marking.OFFICIAL) -> Iterator[OutgoingRecord]:
    """Yield every contact as it is written to a folder."""
    from ahtc_tui.formats.vcard.writer import format_card, format_uid
    from ahtc_tui.store.contacts.exports import ContactExportFilter, read_card_uids, read_export_contacts

    with workspace.database.read() as cursor:
        contact_filter = ContactExportFilter(tuple(PartyKind(kind) for kind in KINDS))
        contacts = read_export_contacts(cursor, contact_filter, workspace.today())
        uids = read_card_uids(cursor)
    for contact in contacts:
        uid = uids.get(contact.key) or format_uid(contact.key)
        yield OutgoingRecord(contact.key, contact.ref, uid, format_card(contact, 3, marking, uid))


@dataclass
class _FolderWriter:
    """Writes records to one folder."""

    report: FolderExport
    ending: str
    table: Table
    find_uid: Callable[[str], str]
    keep_other_properties: Callable[[str, str, str], str]
    """Returns our text with what another program added: arguments are our text, the present one and our former one."""

    def prepare_folder(self, workspace: Workspace) -> None:
        """Create the folder. Raises Refused for a file, or for the folder of the database."""
        folder = self.report.folder
        if folder.resolve() == workspace.root.resolve():
            raise Refused(_('"{path}" is the folder of the database. Choose another.').format(path=folder))
        make_folder(folder, [])

    def write(self, workspace: Workspace, records: Iterable[OutgoingRecord]) -> None:
        """Write the records that changed, and remove the files of removed records."""
        folder = self.report.folder
        last = exchange_folder.read_last_exchange(folder, self.ending)
        names = {file.key: name for name, file in last.items()}
        others = self._find_other_files(last)
        present: set[str] = set()
        for record in records:
            name = names.get(record.key.hex()) or others.get(record.uid) or f"{UUID(bytes=record.key)}{self.ending}"
            present.add(name)
            file = self._write_record(folder / name, record, last.get(name))
            if file:
                last[name] = file
        for name in [name for name in last if name not in present]:
            self._remove_file(workspace, folder / name, last)
        exchange_folder.write_last_exchange(folder, self.ending, last)

    def _find_other_files(self, last: dict[str, ExchangedFile]) -> dict[str, str]:
        """Return the names of the files that others wrote, by UID."""
        folder = self.report.folder
        names = [name for name in exchange_folder.list_file_names(folder, self.ending) if name not in last]
        return {self.find_uid(exchange_folder.read_text(folder / name) or ""): name for name in names}

    def _write_record(self, path: Path, record: OutgoingRecord, last: ExchangedFile | None) -> ExchangedFile | None:
        """Write a record where it changed here and its file did not; return what is exchanged, None for no change."""
        current = exchange_folder.read_text(path)
        if current == record.text:
            self.report.unchanged += 1
            return ExchangedFile(record.key.hex(), current, record.text)
        if current is None and last:
            self._leave(
                record, _("the file was removed from the folder. Run `ahtc import` on the folder to decide about it")
            )
            return None
        if current is not None and (last is None or current != last.text):
            self._leave(
                record, _("the file was changed in the folder. Run `ahtc import` on the folder to compare it first")
            )
            return None
        if last and last.ours == record.text and not last.is_due:
            self.report.unchanged += 1
            return None
        text = record.text
        if last and current is not None and current != last.ours:
            text = self.keep_other_properties(text, current, last.ours)
        exchange_folder.write_text(path, text)
        self.report.written += 1
        return ExchangedFile(record.key.hex(), text, record.text)

    def _leave(self, record: OutgoingRecord, reason: str) -> None:
        self.report.left_out.append(LeftFile(record.ref, reason))

    def _remove_file(self, workspace: Workspace, path: Path, last: dict[str, ExchangedFile]) -> None:
        """Remove the file of a record that is not exported any more, unless it was changed there or is unknown here."""
        file = last[path.name]
        current = exchange_folder.read_text(path)
        with workspace.database.whole.read() as cursor:
            key = parse_key(file.key)
            is_known = is_removed(cursor, self.table, key) is not None or key in list_erased_keys(cursor)
        if current is None:
            del last[path.name]
        elif not is_known:
            self.report.left_out.append(
                LeftFile(path.name, _("the record is unknown on this laptop, and the file is left alone"))
            )
        elif current != file.text:
            self.report.left_out.append(
                LeftFile(path.name, _("the record is not exported, and the file was changed in the folder"))
            )
        else:
            try:
                path.unlink()
            except OSError as error:
                sentence = _('"{path}" cannot be removed: {reason}.')
                raise StoreError(sentence.format(path=path, reason=error.strerror)) from error
            self.report.removed += 1
            del last[path.name]
