"""The global options of a command, and access to the workspace that they name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from ahtc_tui.cli.console.output import print_message, print_question
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, get_current_language, use_language
from ahtc_tui.domain.saved_work import record_outgoing_files, record_saved_work

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from ahtc_tui.domain.actions.model import Marking
    from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
    from ahtc_tui.services.workspace import Workspace

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """Global options, and the state of one command."""

    folder: str | None
    as_at: date | None
    quiet: bool
    language: Language
    """Language of files; both is for files only."""
    has_language_flag: bool = False
    """Whether --lang was given. Without it files are in the language of the interface."""
    as_json: bool = False
    """Whether --json was given."""
    read_record: Callable[[Context, str], dict[str, Any]] | None = None
    """Reads a record of the noun of the command by its reference; None where the noun has no `show`."""
    reads_state: bool = False
    """Whether the command only reads, so that it shows the state of the records on the day of --as-at."""
    known_on: date | None = None
    """The day whose knowledge is shown about the day of --as-at; None for everything that is known today."""
    has_known_flag: bool = False
    """Whether --known was given."""
    keys: dict[Path, str] = field(default_factory=dict, repr=False)
    """Raw database keys of the encrypted workspaces that the command opened."""
    up_to: Marking | None = None
    """Highest marking of the records that the command reads; None for all."""
    left_out: set[bytes] = field(default_factory=set)
    """Keys of the records above it that the workspace left out."""
    conflict_fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Fields that wait for a decision by reference, as they were when the workspace was opened."""
    welsh_names: dict[str, str] = field(default_factory=dict, repr=False)
    """Welsh names of parties and areas by English name, where messages are in Welsh."""

    @property
    def marks(self) -> ConflictMarks:
        """The records that lists and shows mark as in conflict."""
        from ahtc_tui.domain.replication.conflict_marks import ConflictMarks

        return ConflictMarks(self.conflict_fields)

    @property
    def requested_language(self) -> Language | None:
        """Language of --lang; without it each letter is in the language that its reader prefers."""
        return self.language if self.has_language_flag else None

    @property
    def root(self) -> Path:
        """Folder of the workspace."""
        from ahtc_tui.services.paths import find_root

        return find_root(self.folder)

    def load_workspace(self, stdin_lines: list[str] | None = None) -> Workspace:
        """Open the workspace; the caller closes it. `stdin_lines` may hold its passphrase."""
        with record_saved_work():  # what opening writes, such as erasures in a restored copy, is not the command's work
            return self._load_workspace(stdin_lines)

    def _load_workspace(self, stdin_lines: list[str] | None) -> Workspace:
        from ahtc_tui.services.opening import open_workspace
        from ahtc_tui.services.workspace import is_locked

        root = self.root
        if not is_locked(root):
            return open_workspace(root, self.as_at)
        from ahtc_tui.cli.console.passphrase_input import open_encrypted_workspace

        return open_encrypted_workspace(root, self.as_at, self.keys, stdin_lines)

    @contextmanager
    def open_workspace(self, stdin_lines: list[str] | None = None) -> Iterator[Workspace]:
        """Open the workspace for the time of a `with` block."""
        from ahtc_tui.services.workspace import read_marks

        workspace = self.load_workspace(stdin_lines)
        if workspace.setting_faults:
            consequence = _("The default applies until then.")
            print_message(*(f"ahtc: {fault} {consequence}" for fault in workspace.setting_faults))
        self._read_welsh_names(workspace)
        with record_outgoing_files() as outgoing_files:
            try:
                with self._show_state(workspace) as shown:
                    self.conflict_fields.update(read_marks(shown).fields)
                    if self.up_to is None:
                        yield shown
                    else:
                        from ahtc_tui.services.privacy.marking_limit import limit_marking

                        with limit_marking(shown, self.up_to) as limited:
                            yield limited
                            self.left_out.update(limited.database.left_out)
            finally:
                if outgoing_files:
                    workspace.database.mark_departure(outgoing_files)
                    self._print_conflicts_of_files()
                workspace.close()

    @contextmanager
    def _show_state(self, workspace: Workspace) -> Iterator[Workspace]:
        """Yield the state of the workspace on the day of --as-at, where the command only reads; then print what this
        left out.
        """
        if self.has_known_flag and not self.reads_state:
            raise BadInput(_("Use --known only with lists, cards and exports."))
        if not self.reads_state:
            yield workspace
            return
        with self.open_state(workspace) as state:
            yield state

    @contextmanager
    def open_state(self, workspace: Workspace) -> Iterator[Workspace]:
        """Yield the state of the workspace on the day of --as-at; then print what this left out."""
        if self.as_at is None or self.known_on is None:
            yield workspace
            return
        from ahtc_tui.services.recovery.state_on_day import open_state_on_day

        with open_state_on_day(workspace, self.known_on) as state:
            yield state.workspace
            if state.note:
                self.print_notice(state.note)

    def _print_conflicts_of_files(self) -> None:
        """Name the fields that wait for a decision to the person who wrote files for others."""
        if self.conflict_fields:
            sentences = (self.marks.describe_all(self.conflict_fields), _("Files contain the values on the screen."))
            self.print_notice(" ".join(sentences))

    @contextmanager
    def open_for_export(self) -> Iterator[Workspace]:
        """Open the workspace, with the fixed words of files in their language."""
        with self.open_workspace() as workspace, use_language(self.language):
            yield workspace

    def _read_welsh_names(self, workspace: Workspace) -> None:
        if get_current_language() is Language.CY and not self.as_json:
            from ahtc_tui.services.documents.office_papers import load_welsh_names

            self.welsh_names.update(load_welsh_names(workspace, Language.CY))

    def with_verb(self, args: Namespace) -> Context:
        """Return the context with what the verb of the command declares about it."""
        reads_state, read_record = getattr(args, "reads_state", False), getattr(args, "read_record", None)
        return replace(self, reads_state=reads_state, read_record=read_record)

    def serialize_record(self, ref: str) -> dict[str, Any] | None:
        """Return a record of the noun of the command as `show --json` prints it; None where the noun has no `show`."""
        return self.read_record(self, ref) if self.read_record else None

    def show_names(self, record: T) -> T:
        """Return a record for a message, with the names of parties and areas in the language of the interface.

        Services return what they wrote with the stored English names.
        """
        if not self.welsh_names:
            return record
        from ahtc_tui.domain.documents.translation import translate_names

        return translate_names(record, self.welsh_names)

    def print_notice(self, sentence: str) -> None:
        """Print a message on stderr, unless --quiet is set."""
        if not self.quiet:
            print_message(sentence)

    def print_undoable(self, sentence: str) -> None:
        """Print what was written, and how to undo it, on stderr, unless --quiet is set."""
        self.print_notice(" ".join((sentence, _("To undo, run `ahtc undo`."))).strip())

    def read_answer(self, question: str) -> str:
        """Ask a question on the terminal and return the answer; without a terminal an empty text."""
        if not sys.stdin.isatty():
            return ""
        print_question(question)
        return sys.stdin.readline().strip()

    def confirm(self, question: str, yes: bool) -> bool:
        """Ask a yes/no question on the terminal; without a terminal only `yes` confirms."""
        from ahtc_tui.domain.text.answers import read_yes_no

        if yes:
            return True
        if not sys.stdin.isatty():
            return False
        choice = _("[y/N]")
        print_question(f"{question} {choice} ")
        return read_yes_no(sys.stdin.readline()) is True
