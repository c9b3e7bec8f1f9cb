"""Build hook: compile the message catalogues (.po to .mo) and name the commit, for a wheel or an editable install."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackageBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is the builder's configuration
    """Compile every catalogue under ahtc_tui/locale beside its source, and write the commit into ahtc_tui/build.txt."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write one .mo file beside each .po file; raises where a catalogue cannot be parsed."""
        for source in sorted(Path(self.root, "ahtc_tui", "locale").rglob("*.po")):
            with source.open("rb") as catalogue_file:
                catalogue = read_po(catalogue_file, abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as compiled_file:
                write_mo(compiled_file, catalogue)
        commit = _read_commit(self.root)
        if commit:  # a source archive has the file already
            Path(self.root, "ahtc_tui", "build.txt").write_text(f"{commit}\n", encoding="ascii")


def _read_commit(folder: str) -> str:
    """Return the abbreviated commit of a checkout; empty for a folder without one, or without git."""
    if not Path(folder, ".git").exists():
        return ""
    command = ["git", "-C", folder, "rev-parse", "--short=12", "HEAD"]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
