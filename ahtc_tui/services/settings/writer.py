"""Writes one setting into `ahtc.toml` and leaves all other lines, and comments, as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import Refused, StoreError
from ahtc_tui.domain.i18n import Language, _
from ahtc_tui.formats.files.atomic_write import make_bytes_writer, write_file_atomically
from ahtc_tui.services.paths import SETTINGS
from ahtc_tui.services.settings.language import SETTING_NAME
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.driver import follow_link

BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")
FIRST_HEADING = re.compile(r"^[ \t]*\[", re.MULTILINE)


def remember_text(workspace: Workspace, name: str, value: str) -> None:
    """Set a text in the `ahtc.toml` of a workspace. Raises Refused and StoreError, like `write_text`."""
    write_text(workspace.root, name, value)


def write_language(root: Path, language: Language, *, replace: bool = True) -> None:
    """Set the language of a folder; without `replace` only where none is set. Raises as `write_text`."""
    if replace or SETTING_NAME not in parse_values(root / SETTINGS, read_settings_text(root)):
        write_text(root, SETTING_NAME, language)


def write_office(root: Path, name: str, email: str) -> None:
    """Set name and email address of the office in the `ahtc.toml` of a folder; empty ones are left out.

    Raises as `write_text`.
    """
    text = read_settings_text(root)
    values = parse_values(root / SETTINGS, text)
    office = {field: value for field, value in (("name", name), ("email", email)) if value}
    for field, value in office.items():
        text = set_literal(text, "office", field, json.dumps(value, ensure_ascii=False))
    if office:
        write_settings_text(root, text, {**values, "office": {**values.get("office", {}), **office}})


def write_text(root: Path, name: str, value: str) -> None:
    """Set a text in the `ahtc.toml` of a folder.

    Raises Refused where the file is not understood, StoreError where it cannot be read or written.
    """
    text = read_settings_text(root)
    values = parse_values(root / SETTINGS, text)
    if values.get(name) != value:
        write_settings_text(root, set_text_value(text, name, value), {**values, name: str(value)})


def write_settings_text(root: Path, text: str, expected: Mapping[str, Any]) -> None:
    """Replace the settings by a text that means the expected values. Raises Refused where it does not, StoreError."""
    path, data = follow_link(root / SETTINGS), text.encode()
    if parse_values(path, text) != expected:
        raise _build_refusal(path)
    write_file_atomically(path, make_bytes_writer(data), force=True, leaves_office=False)


def set_text_value(text: str, name: str, value: str) -> str:
    """Return a TOML text in which `name`, before the first heading, has this text; other lines stay as they are."""
    return set_literal(text, "", name, json.dumps(value, ensure_ascii=False))


def set_literal(text: str, table: str, name: str, literal: str) -> str:
    """Return a TOML text in which a name, below the heading of its table, has this value; other lines stay."""
    start, end = _find_section(text, table)
    assignment = rf"""^[ \t]*(["']?){re.escape(name)}\1[ \t]*=[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s#]*)"""
    if match := re.compile(assignment, re.MULTILINE).search(text, start, end):
        return f"{text[: match.start(2)]}{literal}{text[match.end(2) :]}"
    line = f"{name if BARE_NAME.fullmatch(name) else json.dumps(name)} = {literal}\n"
    if start == len(text) and table:  # there is no such heading
        gap = "\n" if text.endswith("\n") or not text else "\n\n"
        return f"{text}{gap if text else ''}[{table}]\n{line}"
    return text[:start] + line + text[start:]


def _find_section(text: str, table: str) -> tuple[int, int]:
    """Return where the lines of a table begin and end; the end of the text twice where it has no heading."""
    start = 0
    if table:
        heading = re.search(rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\n]*(?:\n|$)", text, re.MULTILINE)
        if heading is None:
            return len(text), len(text)
        start = heading.end()
    following = FIRST_HEADING.search(text, start)
    return start, following.start() if following else len(text)


def read_settings_text(root: Path) -> str:
    """Return the text of the settings; empty where there is no file. Raises Refused and StoreError."""
    path = follow_link(root / SETTINGS)
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except OSError as error:
        sentence = _("{path} cannot be read: {reason}.")
        raise StoreError(sentence.format(path=path, reason=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise _build_refusal(path) from error


def parse_values(path: Path, text: str) -> dict[str, Any]:
    """Return the values of a settings text. Raises Refused where it is not understood."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _build_refusal(path) from error


def _build_refusal(path: Path) -> Refused:
    sentence = _("{path} cannot be read and was not changed. `ahtc doctor` names the line.")
    return Refused(sentence.format(path=path))
