"""What changed in a folder of records since the last export or import of it, and what is agreed after an import."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ahtc_tui.domain.errors import AhtcError, BadFile, BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import FileWarning, Question
from ahtc_tui.domain.keys import RowKey, parse_key
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.formats import exchange_folder
from ahtc_tui.formats.exchange_folder import ExchangedFile
from ahtc_tui.services.imports.file_plan import FilePlan, build_question_id

MAX_QUESTIONS = 20
"""Number of removed files above which they are one question."""


class KnownRecord(NamedTuple):
    """Reference and title of a record that is not removed."""

    ref: str
    title: str


class AgreedRecord(NamedTuple):
    """Key of the record of a file, and the text that this office writes for it."""

    key: RowKey
    text: str
    is_equal: bool
    """Whether the file has all values of that text."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that is not as it was at the last exchange."""

    name: str
    text: str
    last: ExchangedFile | None

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("utf-8", "surrogateescape")

    @property
    def last_data(self) -> bytes | None:
        """The bytes at the last exchange; None for a file that was not exchanged."""
        return self.last.text.encode("utf-8", "surrogateescape") if self.last else None


@dataclass
class FolderChanges:
    """The files of a folder, compared with the last exchange."""

    folder: Path
    ending: str
    last: dict[str, ExchangedFile]
    unchanged: int = 0
    changed: list[ChangedFile] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Names of files that are gone."""
    restored: list[str] = field(default_factory=list)
    """Names among them that the next export writes again."""

    def ask_about_removed(self, file: FilePlan, find_record: Callable[[RowKey], KnownRecord | None]) -> None:
        """Ask about files that were removed there; their records are never removed by it."""
        records = {name: find_record(parse_key(self.last[name].key)) for name in self.removed}
        existing = {name: record for name, record in records.items() if record}
        self.restored = [name for name in records if name not in existing]
        if len(existing) > MAX_QUESTIONS:
            refs = ", ".join(sorted(record.ref for record in existing.values())[:MAX_QUESTIONS])
            sentence = _(
                "{n} files were removed from the folder ({refs} …), and their records stay. Answer ours, and the "
                "next export saves the files again"
            )
            reason, identifier = sentence.format(n=len(existing), refs=refs), build_question_id("removed", *existing)
            question = Question(identifier, None, "file", None, None, None, reason, "", takes=False)
            if is_kept(file, question):
                self.restored += existing
            return
        for name, record in existing.items():
            reason = _(
                "the file was removed from the folder, and the record stays. Answer ours, and the next export saves "
                "the file again"
            )
            identifier, title = build_question_id("removed", name, record.ref), record.title
            question = Question(identifier, record.ref, "file", title, title, None, reason, name, takes=False)
            if is_kept(file, question):
                self.restored.append(name)

    def settle(self, file: FilePlan, find_agreed: Callable[[ChangedFile], AgreedRecord | None]) -> None:
        """Store what both sides agree on after an import; files with open questions wait. Warns where it cannot."""
        open_files = {question.cell.partition(": ")[0] for question in file.questions}
        for changed in self.changed:
            if changed.name not in open_files and (agreed := find_agreed(changed)):
                ours = changed.last.ours if changed.last and not agreed.is_equal else agreed.text
                self.last[changed.name] = ExchangedFile(agreed.key.hex(), changed.text, ours, not agreed.is_equal)
        for name in self.restored:
            del self.last[name]
        try:
            exchange_folder.write_last_exchange(self.folder, self.ending, self.last)
        except AhtcError as error:
            sentence = _("the import is saved, but not what was compared: {reason}")
            file.warnings.append(FileWarning("", sentence.format(reason=error)))


def is_kept(file: FilePlan, question: Question) -> bool:
    """Return whether a question about a removal is answered with "ours". Raises BadInput for any answer but "skip"."""
    answer = file.decide_question(question)
    if answer not in ("", "ours", "skip"):
        sentence = _('Question {id} ({field}): nothing is removed by a file. Answer "ours" or "skip".')
        raise BadInput(sentence.format(id=question.id, field=format_field(question.field)))
    return answer == "ours"


def read_folder_changes(folder: Path, ending: str) -> FolderChanges:
    """Compare the files of a folder with the last exchange. Raises BadFile."""
    last = exchange_folder.read_last_exchange(folder, ending)
    changes = FolderChanges(folder, ending, last)
    names = exchange_folder.list_file_names(folder, ending)
    if not names and not last:
        raise BadFile(_('"{path}" has no {ending} file.').format(path=folder, ending=ending))
    for name in names:
        text = exchange_folder.read_text(folder / name) or ""
        if name in last and last[name].text == text:
            changes.unchanged += 1
        else:
            changes.changed.append(ChangedFile(name, text, last.get(name)))
    changes.removed = sorted(set(last) - set(names))
    return changes


def format_position(name: str, position: str) -> str:
    """Return the position in a folder: "lg-1.ics: VEVENT 2"."""
    return f"{name}: {position}" if position and position != name else name


def move_warnings(name: str, warnings: Iterable[FileWarning]) -> list[FileWarning]:
    """Return the warnings of a file as those of its folder."""
    return [
        FileWarning(format_position(name, warning.cell), warning.reason, warning.ref, warning.field)
        for warning in warnings
    ]
