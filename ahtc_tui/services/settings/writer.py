"""Writes one setting into `ahtc.toml` and leaves all other lines, and comments, as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.formats.files.atomic_write import write_file_atomically
from ahtc_tui.services.paths import SETTINGS
from ahtc_tui.services.settings.language import SETTING_NAME
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.atomic_replace import follow_link

FIRST_HEADING = re.compile(r"^[ \t]*\[", re.MULTILINE)


def remember_language(workspace: Workspace, language: Language) -> None:
    """Set the language of the interface in `ahtc.toml`. Raises Refused and StoreError, like `write_language`."""
    write_language(workspace.root, language)


def write_language(root: Path, language: Language, *, replace: bool = True) -> None:
    """Set the language in the `ahtc.toml` of a folder; without `replace` only where the file sets none.

    Raises Refused where the file is not understood, StoreError where it cannot be read or written.
    """
    path = follow_link(root / SETTINGS)
    text = _read_text(path)
    values = _parse_values(path, text)
    if values.get(SETTING_NAME) == language or (SETTING_NAME in values and not replace):
        return
    data = set_text_value(text, SETTING_NAME, language).encode()
    if _parse_values(path, data.decode()) != {**values, SETTING_NAME: str(language)}:
        raise _build_refusal(path)
    write_file_atomically(path, lambda part: _write_data(part, data), force=True, leaves_office=False)


def set_text_value(text: str, name: str, value: str) -> str:
    """Return a TOML text in which `name`, before the first heading, has this value; other lines stay as they are."""
    heading = FIRST_HEADING.search(text)
    end = heading.start() if heading else len(text)
    assignment = rf"""^[ \t]*(["']?){name}\1[ \t]*=[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s#]*)"""
    if match := re.compile(assignment, re.MULTILINE).search(text, 0, end):
        return f'{text[: match.start(2)]}"{value}"{text[match.end(2) :]}'
    return f'{name} = "{value}"\n{text}'


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except OSError as error:
        sentence = _("{path} cannot be read: {reason}.")
        raise StoreError(sentence.format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise _build_refusal(path) from error


def _parse_values(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _build_refusal(path) from error


def _build_refusal(path: Path) -> Refused:
    sentence = _("{path} is not understood, so the language was not written into it. `ahtc doctor` names the line.")
    return Refused(sentence.format(path=path))


def _write_data(path: Path, data: bytes) -> None:
    path.write_bytes(data)
