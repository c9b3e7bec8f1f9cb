"""The retention schedule of the office: what is due, one run that destroys and transfers, holds, and certificates.

A run is one transaction for the records, as an erasure is; files go after it. It cannot be undone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.desk_people import format_writer
from ahtc_tui.domain.errors import BadInput, NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.privacy.retention import (
    RULES,
    CertificateRow,
    Disposal,
    DisposalReport,
    DisposedRow,
    HoldRow,
    RetentionClass,
    ScheduleRow,
    find_class,
    find_due_day,
    read_period,
)
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.formats.files.atomic_write import make_bytes_writer
from ahtc_tui.services.output_folders import find_free_path, remove_on_failure, write_files
from ahtc_tui.services.privacy import erasure
from ahtc_tui.services.workspace import EXPORTS
from ahtc_tui.store.journal.desk_people import read_post
from ahtc_tui.store.minutes.lifecycle import read_copy, read_issues
from ahtc_tui.store.minutes.transcripts import destroy_transcript, list_meetings
from ahtc_tui.store.privacy import retention as stored
from ahtc_tui.store.privacy.erasure_scope import build_scope
from ahtc_tui.store.privacy.retention import destroy_records
from ahtc_tui.store.records.references import mint_ref
from ahtc_tui.store.records.relations import find_record, read_owner_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.output_folders import Writer
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

CERTIFICATES, TRANSFER = "certificates", "transfer"
"""Folders of a workspace with the certificates, and with the records for an archive."""
REQUEST_MEMBER = "redactions.csv"
"""The file by which an archive is known to answer a request."""
FILE_CLASSES = (RetentionClass.ANSWERS, RetentionClass.EXPORTS, RetentionClass.BACKUPS)
RETENTION_REASON = "retention schedule"


@dataclass(frozen=True, slots=True)
class _Item:
    """A record or a file with the day on which it is due."""

    retention_class: RetentionClass
    due: date | None
    record: stored.DueRecord | None = None
    file: Path | None = None
    transcript: RowKey | None = None
    """The meeting of a transcript, which is in a file of its own."""
    is_held: bool = False

    def is_due(self, today: date) -> bool:
        """Whether its period is over."""
        return self.due is not None and self.due <= today


def list_schedule(workspace: Workspace) -> list[ScheduleRow]:
    """Return for each class what is due, what is held, and what is kept; a class without records has one row."""
    today, rows = workspace.today(), []
    items = _list_items(workspace)
    for retention_class in RetentionClass:
        own = [item for item in items if item.retention_class is retention_class]
        due = [item for item in own if item.is_due(today) and not item.is_held]
        held = [item for item in own if item.is_due(today) and item.is_held]
        kept = [item for item in own if not item.is_due(today)]
        parts = ((RULES[retention_class].disposal, due), (Disposal.HOLD, held), (Disposal.KEEP, kept))
        filled = [(action, part) for action, part in parts if part] or [(Disposal.KEEP, [])]
        rows += [_build_row(workspace, retention_class, action, part) for action, part in filled]
    return rows


def _build_row(
    workspace: Workspace, retention_class: RetentionClass, action: Disposal, items: list[_Item]
) -> ScheduleRow:
    rule = RULES[retention_class]
    basis = rule.format_basis(_find_period(workspace, retention_class))
    days = [item.due for item in items if item.due]
    return ScheduleRow(retention_class, _(rule.what), len(items), basis, min(days, default=None), action)


def count_due_records(cursor: Cursor, workspace: Workspace) -> int:
    """Return how many records are due and not held, without people, who have a list of reviews, and files."""
    classes = [name for name in stored.QUERIES if name not in FILE_CLASSES]
    items = _list_record_items(cursor, workspace, classes)
    return sum(item.is_due(workspace.today()) and not item.is_held for item in items)


def apply_schedule(workspace: Workspace, *, dry_run: bool = False) -> DisposalReport:
    """Destroy and transfer what is due and not held, and write the certificate; nothing where nothing is due.

    The dry run lists the same. Records for an archive are written into a folder, and stay. Raises StoreError.
    """
    today = workspace.today()
    items = _list_items(workspace)
    due = [item for item in items if item.is_due(today) and not item.is_held]
    held = sum(item.is_due(today) and item.is_held for item in items)
    destroyed, transferred = (_count(due, disposal) for disposal in (Disposal.DESTROY, Disposal.TRANSFER))
    if dry_run or not due:
        return DisposalReport(destroyed, transferred, held)
    with remove_on_failure() as created, workspace.database.write("retention schedule", kind="erase") as ledger:
        ledger.store_step()
        folder = _write_transfers(ledger.cursor, workspace, due, created)
        certificate = _certify(ledger, workspace, destroyed, transferred, due, created)
        _destroy(ledger, due, today)
    remaining = [*_remove_files(workspace, due), *_finish(workspace, due)]
    return DisposalReport(
        destroyed, transferred, held, str(certificate), str(folder) if folder else None, tuple(remaining)
    )


def hold(workspace: Workspace, ref: str, reason: str) -> HoldRow:
    """Hold a record with its parts, or a class, for a request or an inquiry. Raises NotFound, BadInput, Refused."""
    if not clean_line(reason):
        raise BadInput(_("A hold needs a reason."))
    with workspace.database.write(f"hold {ref[:40]}") as ledger:
        name = _find_held_name(ledger.cursor, ref)
        if stored.find_hold(ledger.cursor, name):
            raise Refused(_("{ref} is held already.").format(ref=name))
        values = {"held_ref": name, "reason": clean_line(reason), "held_on": workspace.today().isoformat()}
        ledger.add("retention_holds", values)
        return stored.list_holds(ledger.cursor)[-1]


def release(workspace: Workspace, ref: str) -> HoldRow:
    """End the hold of a record or a class. Raises NotFound."""
    with workspace.database.write(f"release {ref[:40]}") as ledger:
        name = _find_held_name(ledger.cursor, ref)
        key = stored.find_hold(ledger.cursor, name)
        if key is None:
            raise NotFound(_("{ref} is not held.").format(ref=name))
        ledger.update("retention_holds", key, {"released_on": workspace.today().isoformat()})
        return next(row for row in reversed(stored.list_holds(ledger.cursor)) if row.ref == name)


def list_holds(workspace: Workspace) -> list[HoldRow]:
    """Return all holds, those that ended too."""
    with workspace.database.read() as cursor:
        return stored.list_holds(cursor)


def list_certificates(workspace: Workspace) -> list[CertificateRow]:
    """Return the certificates, the latest first."""
    with workspace.database.read() as cursor:
        return [_read_certificate(row) for row in stored.list_certificates(cursor)]


def _read_certificate(row: stored.StoredCertificate) -> CertificateRow:
    parts: dict[str, list[DisposedRow]] = {Disposal.DESTROY: [], Disposal.TRANSFER: []}
    for entry in json.loads(row.entries):
        retention_class = RetentionClass(entry["class"])
        disposed = DisposedRow(retention_class, _(RULES[retention_class].what), entry["count"])
        parts[entry["action"]].append(disposed)
    destroyed, transferred = (tuple(part) for part in parts.values())
    return CertificateRow(row.ref, row.made_on, row.made_by, destroyed, transferred)


def _find_held_name(cursor: Cursor, ref: str) -> str:
    """Return the reference of a record as it is written, or the name of a class. Raises NotFound."""
    if retention_class := find_class(ref):
        return retention_class.value
    record = find_record(cursor, ref)
    if record is None:
        raise NotFound(_('There is no record or class "{ref}".').format(ref=ref))
    return str(read_owner_ref(cursor, *record) or ref.strip())


def _find_period(workspace: Workspace, retention_class: RetentionClass) -> str:
    return workspace.retention.get(retention_class.setting) or RULES[retention_class].period


def _list_items(workspace: Workspace) -> list[_Item]:
    """Return everything that the schedule covers."""
    with workspace.database.read() as cursor:
        items = _list_record_items(cursor, workspace, RetentionClass)
        items += _list_transcripts(cursor, workspace)
        holds = {row.ref for row in stored.list_holds(cursor, only_active=True)}
    for retention_class in FILE_CLASSES:
        period = read_period(_find_period(workspace, retention_class))
        for path, made_on in _list_files(workspace, retention_class):
            due, is_held = find_due_day(made_on, period), retention_class.value in holds
            items.append(_Item(retention_class, due, file=path, is_held=is_held))
    return items


def _list_record_items(cursor: Cursor, workspace: Workspace, classes: Iterable[RetentionClass]) -> list[_Item]:
    """Return the records of some classes, with their due days and holds."""
    holds = {row.ref for row in stored.list_holds(cursor, only_active=True)}
    held_keys = stored.list_held_keys(cursor, [record for ref in holds if (record := find_record(cursor, ref))])
    certificates = stored.list_certificates(cursor)
    transferred = json.dumps([ref for row in certificates for ref in json.loads(row.transferred)])
    items = []
    for retention_class in classes:
        period = read_period(_find_period(workspace, retention_class))
        for row in stored.list_records(cursor, retention_class, workspace.today(), transferred):
            is_held = row.key in held_keys or bool(holds & {row.ref, retention_class.value})
            items.append(_Item(retention_class, find_due_day(row.since, period), row, is_held=is_held))
    return items


def _list_transcripts(cursor: Cursor, workspace: Workspace) -> Iterator[_Item]:
    """Yield the transcripts. Agreeing minutes destroys theirs, but minutes may have been agreed on another laptop."""
    holds = {row.ref for row in stored.list_holds(cursor, only_active=True)}
    period = read_period(_find_period(workspace, RetentionClass.TRANSCRIPTS))
    for meeting in list_meetings(workspace.database):
        agreed_on = stored.find_agreement(cursor, meeting, workspace.today())
        due = find_due_day(agreed_on, period) if agreed_on else None
        is_held = bool(holds & {read_owner_ref(cursor, "meetings", meeting), RetentionClass.TRANSCRIPTS.value})
        yield _Item(RetentionClass.TRANSCRIPTS, due, transcript=meeting, is_held=is_held)


def _list_files(workspace: Workspace, retention_class: RetentionClass) -> Iterator[tuple[Path, date]]:
    """Yield the files of a class with the day on which each was made."""
    if retention_class is RetentionClass.BACKUPS:
        paths = sorted(_list_folder(workspace.backups), key=lambda path: path.stat().st_mtime)[:-1]
    else:
        is_answer = retention_class is RetentionClass.ANSWERS
        paths = [path for path in _list_folder(workspace.root / EXPORTS) if _answers_request(path) is is_answer]
    for path in paths:
        yield path, datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()


def _list_folder(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _answers_request(path: Path) -> bool:
    """Return whether a file is the archive of an answer to a request."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with ZipFile(path) as archive:
            return REQUEST_MEMBER in archive.namelist()
    except (BadZipFile, OSError):
        return False


def _count(due: list[_Item], disposal: Disposal) -> tuple[DisposedRow, ...]:
    counts = Counter(item.retention_class for item in due if RULES[item.retention_class].disposal is disposal)
    return tuple(DisposedRow(name, _(RULES[name].what), counts[name]) for name in RetentionClass if counts[name])


def _destroy(ledger: Ledger, due: list[_Item], today: date) -> None:
    """Destroy the due records; people are erased as on their own request."""
    records = [
        (item.record.table, item.record.key)
        for item in due
        if item.record and RULES[item.retention_class].disposal is Disposal.DESTROY
    ]
    for table, key in records:
        if table == "parties":
            scope = build_scope(ledger.cursor, key)
            erasure.erase_in_transaction(ledger, scope, today.isoformat(), RETENTION_REASON)
    destroy_records(ledger, [record for record in records if record[0] != "parties"], today.isoformat())


def _remove_files(workspace: Workspace, due: list[_Item]) -> Iterator[str]:
    """Remove the due files and transcripts; yields a sentence for each file that cannot be removed."""
    for item in due:
        if item.transcript:
            destroy_transcript(workspace.database, item.transcript)
        if item.file:
            try:
                item.file.unlink(missing_ok=True)
            except OSError as error:
                yield _("{path} cannot be removed: {reason}.").format(path=item.file, reason=error.strerror)


def _finish(workspace: Workspace, due: list[_Item]) -> Iterator[str]:
    """Rewrite the database file and the register of erasures; yields what is left to do."""
    if not any(item.record and RULES[item.retention_class].disposal is Disposal.DESTROY for item in due):
        return
    if sentence := erasure.complete_erasure(workspace):
        yield sentence
    older = len(_list_folder(workspace.backups)) - 1
    if older > 0:
        sentence = ngettext(
            "{n} older backup still holds what was destroyed, and goes with its own period.",
            "{n} older backups still hold what was destroyed, and go with their own period.",
            older,
        )
        yield sentence.format(n=older)


def _certify(
    ledger: Ledger,
    workspace: Workspace,
    destroyed: tuple[DisposedRow, ...],
    transferred: tuple[DisposedRow, ...],
    due: list[_Item],
    created: list[Path],
) -> Path:
    """Store the certificate and write it as a file; it names kinds and counts, and nothing of the content."""
    today = workspace.today()
    ref = mint_ref(ledger.cursor, "certificates", "CERT-{year}-{n:02}", year=today.year)
    parts = {Disposal.DESTROY: destroyed, Disposal.TRANSFER: transferred}
    entries = [{**row.to_data(), "action": action} for action, rows in parts.items() for row in rows]
    refs = [row.ref for row in _list_transferred(due)]
    made_by = format_writer(read_post(ledger.cursor, workspace.database.user))
    values = {"ref": ref, "made_on": today.isoformat(), "made_by": made_by}
    ledger.add("certificates", {**values, "entries": json.dumps(entries), "transferred": json.dumps(refs)})
    text = _format_certificate(ref, workspace, made_by, parts)
    folder = workspace.root / CERTIFICATES
    path = find_free_path(folder, ref, ".txt")
    write_files(folder, {path: make_bytes_writer(text.encode())}, False, created)
    return path


def _format_certificate(
    ref: str, workspace: Workspace, made_by: str, parts: Mapping[Disposal, tuple[DisposedRow, ...]]
) -> str:
    headings = {Disposal.DESTROY: _("Destroyed"), Disposal.TRANSFER: _("Saved for transfer to an archive")}
    now = workspace.now()
    lines = [_("Certificate of destruction {ref}").format(ref=ref), ""]
    lines += [
        _("Date and time: {moment}").format(moment=f"{format_long_date(workspace.today())} {now:%H:%M}"),
        _("Decided by: {name}").format(name=made_by),
        _("Reason: the periods of the retention schedule are over."),
    ]
    for action, rows in parts.items():
        if rows:
            lines += ["", headings[action]]
            for row in rows:
                basis = RULES[row.retention_class].format_basis(_find_period(workspace, row.retention_class))
                lines += [f"  {row.retention_class.label}: {row.count}  ({row.what})", f"    {basis}"]
    return "\n".join(lines) + "\n"


def _list_transferred(due: list[_Item]) -> list[stored.DueRecord]:
    """Return the due records that an archive gets."""
    return [item.record for item in due if item.record and RULES[item.retention_class].disposal is Disposal.TRANSFER]


def _write_transfers(cursor: Cursor, workspace: Workspace, due: list[_Item], created: list[Path]) -> Path | None:
    """Write agreed minutes as they were issued last, and decisions, into a folder for an archive; None for nothing."""
    items = _list_transferred(due)
    if not items:
        return None
    root = workspace.root / TRANSFER
    folder = find_free_path(root, workspace.today().isoformat(), "")
    files: dict[Path, Writer] = {}
    for row in items:
        if row.table == "meetings":
            files |= _build_minutes_files(cursor, workspace, row, folder)
    decisions = [row.key for row in items if row.table == "decisions"]
    if decisions:
        files[folder / "decisions.json"] = make_bytes_writer(_format_decisions(cursor, decisions))
    try:
        root.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        sentence = _("{folder} cannot be created: {reason}.")
        raise StoreError(sentence.format(folder=root, reason=error.strerror)) from error
    write_files(folder, files, False, created)
    return folder


def _build_minutes_files(
    cursor: Cursor, workspace: Workspace, row: stored.DueRecord, folder: Path
) -> dict[Path, Writer]:
    issues = [issue for issue in read_issues(cursor, row.key) if issue.state.value == "agreed"]
    copy = read_copy(cursor, row.key, issues[-1].version, issues[-1].cut, issues[-1].language) if issues else None
    if copy:
        texts = {".docx": copy.docx, ".txt": copy.plain.encode()}
    else:
        texts = {".txt": _compose_minutes(workspace, row.ref)}
    return {folder / f"{row.ref} minutes{ending}": make_bytes_writer(data) for ending, data in texts.items()}


def _compose_minutes(workspace: Workspace, ref: str) -> bytes:
    """Return agreed minutes that were never issued after their agreement, as plain text."""
    from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
    from ahtc_tui.formats.markdown.rendering import render_markdown
    from ahtc_tui.services.documents.rendering import build_writers, compose_documents, find_template

    documents = compose_documents(workspace, DocumentKind.MINUTES, ref, Edition())
    blocks = build_writers(documents, find_template(workspace, DocumentKind.MINUTES)).blocks()
    return render_markdown(*blocks).encode()


def _format_decisions(cursor: Cursor, keys: list[RowKey]) -> bytes:
    from ahtc_tui.domain.serialization import serialize_record
    from ahtc_tui.store.meetings.decisions import read_decision

    rows = [serialize_record(read_decision(cursor, key), "decided_on") for key in keys]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str).encode()
