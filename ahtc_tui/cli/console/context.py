"""What every command is given: the flags that stand before or after any command, and the workspace they name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ahtc_tui.services.workspace import Workspace


@dataclass(frozen=True)
class Context:
    """The global flags."""

    folder: str | None
    as_at: date | None
    quiet: bool
    language: str
    """en, cy, or for papers both."""
    wrote: list[bool] = field(default_factory=list)
    """Of each workspace that was opened and closed, whether something was written to it."""
    keys: dict[Path, str] = field(default_factory=dict, repr=False)
    """Workspaces with a passphrase to the raw key of their database, while the command runs."""

    @property
    def root(self) -> Path:
        """The folder of the workspace."""
        from ahtc_tui.services.workspace import find_root

        return find_root(self.folder)

    def load_workspace(self, stdin_lines: list[str] | None = None) -> Workspace:
        """The workspace, opened; with its passphrase, if it has one. `said` are lines of standard input."""
        from ahtc_tui.services.opening import open_workspace
        from ahtc_tui.services.workspace import is_locked

        root = self.root
        if not is_locked(root):
            return open_workspace(root, self.as_at)
        from ahtc_tui.cli.console.workspace_opening import open_encrypted_workspace

        return open_encrypted_workspace(root, self.as_at, self.keys, stdin_lines)

    @contextmanager
    def open_workspace(self, stdin_lines: list[str] | None = None) -> Iterator[Workspace]:
        """The open workspace, closed again at the end."""
        workspace = self.load_workspace(stdin_lines)
        try:
            yield workspace
        finally:
            self.wrote.append(workspace.database.has_written)
            workspace.close()

    @contextmanager
    def open_for_export(self) -> Iterator[Workspace]:
        """The open workspace; every fixed word of a file that is written is in the language that was asked for."""
        from ahtc_tui.domain.i18n import Language, use_language

        with self.open_workspace() as workspace, use_language(Language(self.language)):
            yield workspace

    def refuse_other_language(self, reason: str) -> None:
        """A file that is in the language of its records alone is refused in another. Raises Refused with the reason."""
        if self.language != "en":
            from ahtc_tui.domain.errors import Refused

            raise Refused(reason)

    def print_notice(self, sentence: str) -> None:
        """A message that --quiet silences."""
        if not self.quiet:
            from ahtc_tui.cli.console.output import print_message

            print_message(sentence)

    def read_answer(self, question: str) -> str:
        """What somebody types on the terminal in answer to a question; nothing where there is no terminal."""
        if not sys.stdin.isatty():
            return ""
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    def confirm(self, question: str, yes: bool) -> bool:
        """Ask on the terminal; without one, only --yes says yes."""
        if yes:
            return True
        if not sys.stdin.isatty():
            return False
        sys.stderr.write(f"{question} [y/N] ")
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")
