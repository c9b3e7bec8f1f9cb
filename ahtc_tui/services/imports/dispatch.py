"""Detects the kind of files and calls the import of that kind; lists the files of a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ahtc_tui.domain.case_data.reporter import report_case_data_to
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport, TakeMode
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.services.paths import resolve_input_path
from ahtc_tui.services.progress import ProgressHooks
from ahtc_tui.services.workspace import Workspace


class ImportKind(LabelledEnum):
    """Kind of an import, as `ahtc import` names it."""

    ACTIONS = "actions", gettext_noop("actions")
    CONTACTS = "contacts", gettext_noop("contacts")
    MEETINGS = "meetings", gettext_noop("meetings")
    REPLIES = "replies", gettext_noop("answers to invitations")
    MINUTES = "minutes", gettext_noop("minutes")
    LAPTOP = "laptop", gettext_noop("another laptop's work")

    @property
    def description(self) -> str:
        """The content of such files, translated."""
        return {
            ImportKind.ACTIONS: _("a log of actions, or returns"),
            ImportKind.CONTACTS: _("people, posts, organisations"),
            ImportKind.MEETINGS: _("a calendar"),
            ImportKind.REPLIES: _("replies by email or calendar file"),
            ImportKind.MINUTES: _("old minutes, an edited draft or a transcript"),
            ImportKind.LAPTOP: _("minutes and changes made away from the office"),
        }[self]


SHEET_ENDINGS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"))
MINUTES_ENDINGS = frozenset((".docx", ".odt", ".html", ".htm", ".md", ".txt", ".pdf", ".vtt"))
IMPORT_ENDINGS = SHEET_ENDINGS | MINUTES_ENDINGS | {".ics", ".vcf", ".vcard", ".eml", ".ahtc"}
INBOX_FOLDER = "returns"
"""Folder of the workspace for received files."""
_KIND_BY_FOLDER_ENDING = {".ics": ImportKind.MEETINGS, ".vcf": ImportKind.CONTACTS}
_HEAD_SIZE = 64 * 1024


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A file or folder in a folder."""

    path: Path
    is_folder: bool
    size: int
    changed_at: datetime | None
    """Local time of the last change; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class FolderListing:
    """A folder with its subfolders and importable files, the newest file first."""

    folder: Path
    entries: tuple[FolderEntry, ...]


@dataclass(frozen=True)
class ImportRequest:
    """The files of one import, with their kind and how to read them."""

    kind: ImportKind
    files: tuple[Path, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field of each heading that a person mapped."""
    passphrase: str | None = None
    """Passphrase of an encrypted file."""
    data: bytes | None = None
    """The content in place of a file: minutes that were pasted."""


def list_folder(workspace: Workspace, folder: Path | None = None, last_folder: str = "") -> FolderListing:
    """Return the content of a folder, by default the one used last, else one where files come in. Raises BadFile."""
    if folder is None:
        folder = last if last_folder and (last := Path(last_folder)).is_dir() else _find_incoming_folder(workspace)
    try:
        entries = [_read_entry(path) for path in folder.iterdir() if not path.name.startswith((".", "~$"))]
    except OSError as error:
        sentence = _('The folder "{path}" cannot be read: {reason}.')
        raise BadFile(sentence.format(path=folder, reason=error.strerror)) from error
    visible = [entry for entry in entries if entry.is_folder or _is_importable(entry.path)]
    visible.sort(key=lambda entry: entry.path.name.lower())
    visible.sort(key=lambda entry: (not entry.is_folder, -(entry.changed_at.timestamp() if entry.changed_at else 0)))
    return FolderListing(folder, tuple(visible))


def _find_incoming_folder(workspace: Workspace) -> Path:
    """Return the inbox of the workspace, else the current folder where it has files to import, else Downloads,
    Documents or the home folder of the account.
    """
    inbox = workspace.root / INBOX_FOLDER
    if inbox.is_dir():
        return inbox
    with suppress(OSError):  # the current folder was removed, or may not be read
        current = Path.cwd()
        if not current.is_relative_to(workspace.root) and any(map(_is_importable, current.iterdir())):
            return current
    from platformdirs import user_documents_path, user_downloads_path

    return next((folder for folder in (user_downloads_path(), user_documents_path()) if folder.is_dir()), Path.home())


def _is_importable(path: Path) -> bool:
    """Return whether the ending is that of a file to import."""
    return path.suffix.lower() in IMPORT_ENDINGS


def _read_entry(path: Path) -> FolderEntry:
    try:
        status = path.stat()
    except OSError:
        return FolderEntry(path, False, 0, None)
    return FolderEntry(path, path.is_dir(), status.st_size, datetime.fromtimestamp(status.st_mtime).astimezone())


def parse_path(_workspace: Workspace, typed_path: str) -> Path:
    """Return the path that was typed, pasted or dropped; quotes, file:// and ~ are resolved. Raises BadInput."""
    text = typed_path.strip().strip("'\"")
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text).path)
    if not text:
        raise BadInput(_("Type the path of a file or folder."))
    path = resolve_input_path(text)
    if not path.exists():
        raise BadInput(_('There is no file "{path}".').format(path=path))
    return path


def detect_kind_of_files(_workspace: Workspace, files: Sequence[Path]) -> ImportKind:
    """Return the kind of all files. Raises BadFile for no file, an unreadable one, or several kinds."""
    if not files:
        raise BadFile(_("Name a file to import."))
    kinds_by_path = {path: detect_kind(path) for path in files}
    kinds = set(kinds_by_path.values())
    if len(kinds) > 1:
        listed = ", ".join(f"{path.name}: {kind.label}" for path, kind in kinds_by_path.items())
        raise BadFile(_("These files are of several kinds; import each kind separately: {kinds}.").format(kinds=listed))
    return kinds.pop()


def detect_kind(path: Path) -> ImportKind:
    """Return the kind of a file by its ending and content. A sheet counts as actions until its headings are read.

    A folder has calendars or cards. Raises BadFile for one with both or neither, and for what cannot be read.
    """
    if path.is_dir():
        return _detect_kind_of_folder(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_SIZE).replace(b"\x00", b"").upper()
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    ending = path.suffix.lower()
    if ending == ".ahtc" or head.startswith(b"SQLITE FORMAT 3"):
        return ImportKind.LAPTOP
    if ending in (".vcf", ".vcard") or head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").startswith(b"BEGIN:VCARD"):
        return ImportKind.CONTACTS
    if ending == ".eml" or (b"BEGIN:VCALENDAR" in head and b"METHOD:REPLY" in head):
        return ImportKind.REPLIES
    if ending == ".ics" or b"BEGIN:VCALENDAR" in head:
        return ImportKind.MEETINGS
    return ImportKind.MINUTES if ending in MINUTES_ENDINGS else ImportKind.ACTIONS


def _detect_kind_of_folder(folder: Path) -> ImportKind:
    """Return the kind of the files that other programs keep in a folder, one record each (vdir)."""
    try:
        endings = {path.suffix.lower() for path in folder.iterdir() if not path.name.startswith(".")}
    except OSError as error:
        sentence = _('The folder "{path}" cannot be read: {reason}.')
        raise BadFile(sentence.format(path=folder, reason=error.strerror)) from error
    kinds = {kind for ending, kind in _KIND_BY_FOLDER_ENDING.items() if ending in endings}
    if len(kinds) != 1:
        sentence = _('The folder "{path}" cannot be imported as a whole. It may contain only .ics or only .vcf files.')
        raise BadFile(sentence.format(path=folder))
    return kinds.pop()


def wants_passphrase(_workspace: Workspace, files: Sequence[Path]) -> bool:
    """Return whether a file of another laptop is encrypted."""
    from ahtc_tui.store.engine.encryption import is_encrypted

    return any(is_encrypted(path) for path in files)


def list_known_columns(kind: ImportKind) -> dict[str, str]:
    """Return each field of a kind with usual headings in the current language."""
    if kind is ImportKind.CONTACTS:
        from ahtc_tui.formats.sheets.contacts import HEADING_EXAMPLES
    else:
        from ahtc_tui.domain.returns.heading_vocabulary import HEADING_EXAMPLES
    return {field: _(headings) for field, headings in HEADING_EXAMPLES.items()}


def build_answer_error(answer: str) -> BadInput:
    """Return the error for an answer that leaves its question open."""
    return BadInput(_('"{answer}" does not answer this question. Type ours, theirs or skip.').format(answer=answer))


def plan_import(
    workspace: Workspace,
    request: ImportRequest,
    options: ImportOptions | None = None,
    hooks: ProgressHooks | None = None,
) -> tuple[ImportKind, ImportReport]:
    """Return the kind of the files and what an import would do; nothing is written.

    A sheet without actions is tried as contacts. Raises as the import does.
    """
    try:
        return request.kind, _run_import(workspace, request, options or ImportOptions(), hooks, apply=False)
    except BadFile:
        if request.kind is not ImportKind.ACTIONS:
            raise
        contacts_request = ImportRequest(ImportKind.CONTACTS, request.files, request.columns)
        with suppress(BadFile):
            report = _run_import(workspace, contacts_request, options or ImportOptions(), hooks, apply=False)
            if any(file.read for file in report.files):
                return ImportKind.CONTACTS, report
        raise


def apply_import(
    workspace: Workspace,
    request: ImportRequest,
    options: ImportOptions | None = None,
    hooks: ProgressHooks | None = None,
) -> ImportReport:
    """Write unambiguous changes and answered questions in one transaction, and return the report."""
    return _run_import(workspace, request, options or ImportOptions(), hooks, apply=True)


def _run_import(
    workspace: Workspace, request: ImportRequest, options: ImportOptions, hooks: ProgressHooks | None, *, apply: bool
) -> ImportReport:
    with report_case_data_to(None):
        return _dispatch_import(workspace, request, options, hooks, apply=apply)


def _dispatch_import(
    workspace: Workspace, request: ImportRequest, options: ImportOptions, hooks: ProgressHooks | None, *, apply: bool
) -> ImportReport:
    files = list(request.files)
    match request.kind:
        case ImportKind.ACTIONS:
            from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import

            import_actions = (
                apply_actions_import if apply and options.take is not TakeMode.NONE else plan_actions_import
            )
            return import_actions(workspace, files, options, columns=request.columns, hooks=hooks)
        case ImportKind.CONTACTS:
            from ahtc_tui.services.imports.contacts.service import import_contacts

            return import_contacts(workspace, files, options, columns=request.columns, apply=apply, hooks=hooks)
        case ImportKind.MEETINGS:
            from ahtc_tui.services.imports.meetings.service import import_meetings

            return import_meetings(workspace, files, options, apply=apply, hooks=hooks)
        case ImportKind.REPLIES:
            from ahtc_tui.services.imports.replies.service import import_replies

            return import_replies(workspace, files, apply, options)
        case ImportKind.MINUTES:
            from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes

            if len(files) > 1:
                raise BadFile(_("Import files of minutes one at a time."))
            return import_minutes(workspace, MinutesRequest(files[0], request.data), options, apply=apply)
        case ImportKind.LAPTOP:
            from ahtc_tui.services.replication.merge import merge_file

            if len(files) > 1:
                raise BadFile(_("Import the files of laptops one at a time."))
            return merge_file(workspace, files[0], options, key=request.passphrase, apply=apply, hooks=hooks)
