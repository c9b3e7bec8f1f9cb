"""Build hook: compile the message catalogues (.po to .mo) before a wheel or an editable install is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is the builder's configuration
    """Compile every catalogue under ahtc_tui/locale beside its source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write one .mo file beside each .po file; raises where a catalogue cannot be parsed."""
        for source in sorted(Path(self.root, "ahtc_tui", "locale").rglob("*.po")):
            with source.open("rb") as catalogue_file:
                catalogue = read_po(catalogue_file, abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as compiled_file:
                write_mo(compiled_file, catalogue)
