"""Which files can come in, what each is, and the one door to all imports. What a file says is for its own import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.case_data.detector import told_by_the_plan
from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import ImportReport, Take, Wishes
from ahtc_tui.services.paths import incoming

if TYPE_CHECKING:
    from ahtc_tui.services.progress import Hooks
    from ahtc_tui.services.workspace import Workspace


class ImportKind(StrEnum):
    """What a file holds, as `ahtc import` calls it."""

    ACTIONS = "actions"
    CONTACTS = "contacts"
    MEETINGS = "meetings"
    REPLIES = "replies"
    LAPTOP = "laptop"

    @property
    def label(self) -> str:
        """The word for people."""
        return {
            ImportKind.ACTIONS: _("actions"),
            ImportKind.CONTACTS: _("contacts"),
            ImportKind.MEETINGS: _("meetings"),
            ImportKind.REPLIES: _("answers to invitations"),
            ImportKind.LAPTOP: _("the work of another laptop"),
        }[self]

    @property
    def about(self) -> str:
        """What such a file holds, for who must choose."""
        return {
            ImportKind.ACTIONS: _("a log of actions, or returns"),
            ImportKind.CONTACTS: _("people, posts, organisations"),
            ImportKind.MEETINGS: _("a calendar"),
            ImportKind.REPLIES: _("answers to invitations"),
            ImportKind.LAPTOP: _("minutes and changes written away"),
        }[self]


SHEETS = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"))
ENDINGS = SHEETS | {".ics", ".vcf", ".vcard", ".eml", ".ahtc"}
INBOX = "returns"
"""A folder of the workspace where files that came back may be put."""
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a folder."""

    path: Path
    folder: bool
    size: int
    changed: datetime | None
    """In local time; None where the machine does not say."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder with its folders and the files that may come in, the newest file first."""

    folder: Path
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Incoming:
    """What one import is asked to do."""

    kind: ImportKind
    files: tuple[Path, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which heading is which field, as a person said."""
    passphrase: str | None = None
    """What opens an encrypted file."""


def list_folder(workspace: Workspace, folder: Path | None = None) -> Listing:
    """What stands in a folder: the inbox of the workspace, else its exports, where none is given. Raises BadFile."""
    if folder is None:
        inbox = workspace.root / INBOX
        folder = inbox if inbox.is_dir() else workspace.exports
    try:
        entries = [_entry(path) for path in folder.iterdir() if not path.name.startswith((".", "~$"))]
    except OSError as error:
        sentence = _('The folder "{path}" cannot be read: {reason}.')
        raise BadFile(sentence.format(path=folder, reason=error.strerror)) from error
    shown = [entry for entry in entries if entry.folder or entry.path.suffix.lower() in ENDINGS]
    shown.sort(key=lambda entry: entry.path.name.lower())
    shown.sort(key=lambda entry: (not entry.folder, -(entry.changed.timestamp() if entry.changed else 0)))
    return Listing(folder, tuple(shown))


def _entry(path: Path) -> Entry:
    try:
        about = path.stat()
    except OSError:
        return Entry(path, False, 0, None)
    return Entry(path, path.is_dir(), about.st_size, datetime.fromtimestamp(about.st_mtime).astimezone())


def chosen_path(_workspace: Workspace, words: str) -> Path:
    """A path as it was typed, pasted or dropped into the terminal: quotes, file:// and ~ are understood."""
    text = words.strip().strip("'\"")
    if text.startswith("file://"):
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text).path)
    if not text:
        raise BadInput(_("Type the path of a file or of a folder."))
    path = incoming(text)
    if not path.exists():
        raise BadInput(_('There is no file "{path}".').format(path=path))
    return path


def kind_of_files(_workspace: Workspace, files: Sequence[Path]) -> ImportKind:
    """What the files are, by ending and beginning. Raises BadFile where none comes in, or they are of two kinds."""
    if not files:
        raise BadFile(_("Name a file to import."))
    found = {path: kind_of(path) for path in files}
    kinds = set(found.values())
    if len(kinds) > 1:
        said = ", ".join(f"{path.name}: {kind.label}" for path, kind in found.items())
        raise BadFile(_("These files are of several kinds; import each kind for itself: {said}.").format(said=said))
    return kinds.pop()


def kind_of(path: Path) -> ImportKind:
    """What one file is. A sheet is taken for actions: whether it is one of contacts shows only its headings."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).replace(b"\x00", b"").upper()
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
    return ImportKind.ACTIONS


def wants_passphrase(_workspace: Workspace, files: Sequence[Path]) -> bool:
    """Whether a file of another laptop opens with a passphrase alone."""
    from ahtc_tui.store.engine.encryption import is_encrypted

    return any(is_encrypted(path) for path in files)


def columns_known(kind: ImportKind) -> dict[str, tuple[str, ...]]:
    """Each field that a column may be, with the headings that people give it."""
    if kind is ImportKind.CONTACTS:
        from ahtc_tui.formats.sheets.contact_headings import KNOWN as OF_CONTACTS

        return {name: tuple(known) for name, known in OF_CONTACTS.items()}
    from ahtc_tui.domain.returns.headings import KNOWN

    return {name: known for name, known in KNOWN.items() if not name.startswith("row_")}


def not_understood(answer: str) -> BadInput:
    """For an answer that an import leaves open."""
    return BadInput(_('"{answer}" cannot be taken here: keep ours, take theirs, or skip.').format(answer=answer))


def plan_import(
    workspace: Workspace, asked: Incoming, wishes: Wishes | None = None, hooks: Hooks | None = None
) -> tuple[ImportKind, ImportReport]:
    """What an import would do, and what the files are: a sheet that holds no action but people is one of contacts.

    Nothing is written. Raises as the import itself does.
    """
    try:
        return asked.kind, _run(workspace, asked, wishes or Wishes(), hooks, apply=False)
    except BadFile:
        if asked.kind is not ImportKind.ACTIONS:
            raise
        people = Incoming(ImportKind.CONTACTS, asked.files, asked.columns)
        with suppress(BadFile):
            report = _run(workspace, people, wishes or Wishes(), hooks, apply=False)
            if any(file.read for file in report.files):
                return ImportKind.CONTACTS, report
        raise


def apply_import(
    workspace: Workspace, asked: Incoming, wishes: Wishes | None = None, hooks: Hooks | None = None
) -> ImportReport:
    """Write what nobody contradicts and what was decided, as one step that one undo takes back."""
    return _run(workspace, asked, wishes or Wishes(), hooks, apply=True)


def _run(workspace: Workspace, asked: Incoming, wishes: Wishes, hooks: Hooks | None, *, apply: bool) -> ImportReport:
    with told_by_the_plan():
        return _do(workspace, asked, wishes, hooks, apply=apply)


def _do(workspace: Workspace, asked: Incoming, wishes: Wishes, hooks: Hooks | None, *, apply: bool) -> ImportReport:
    files = list(asked.files)
    match asked.kind:
        case ImportKind.ACTIONS:
            from ahtc_tui.services.imports.actions.service import apply_actions_import, plan_actions_import

            do = apply_actions_import if apply and wishes.take is not Take.NONE else plan_actions_import
            return do(workspace, files, wishes, columns=asked.columns, hooks=hooks)
        case ImportKind.CONTACTS:
            from ahtc_tui.services.imports.contacts.service import import_contacts

            return import_contacts(workspace, files, wishes, columns=asked.columns, apply=apply)
        case ImportKind.MEETINGS:
            from ahtc_tui.services.imports.meetings.service import import_meetings

            return import_meetings(workspace, files, wishes, apply=apply)
        case ImportKind.REPLIES:
            from ahtc_tui.services.imports.replies.service import read_replies

            return read_replies(workspace, files, apply, wishes)
        case ImportKind.LAPTOP:
            from ahtc_tui.services.replication.merge import merge_file

            if len(files) > 1:
                raise BadFile(_("Bring in the files of laptops one after the other: each is one step of its own."))
            return merge_file(workspace, files[0], wishes, key=asked.passphrase, apply=apply, hooks=hooks)
