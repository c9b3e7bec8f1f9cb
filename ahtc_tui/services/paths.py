"""Resolves paths that people type. Does not read files."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _


def resolve_path(text: str) -> Path:
    """Return the absolute path; `~` is expanded. Raises BadInput for text that is not a path."""
    if not text.strip() or "\0" in text:
        raise BadInput(_('"{text}" is not the name of a file or folder.').format(text=text.replace("\0", "")))
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise BadInput(_('"{text}" is not a home folder: write the full path.').format(text=text)) from error
    return path if path.is_absolute() else find_current_folder() / path


def resolve_input_path(text: str) -> Path:
    """Return the path of a file to read. Raises BadFile for a device or pipe, which might never end."""
    path = resolve_path(text)
    try:
        is_special = path.exists() and not (path.is_file() or path.is_dir())
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if is_special:
        raise BadFile(_('"{path}" is not a file.').format(path=path))
    return path


def find_current_folder() -> Path:
    """Return the current folder. Raises BadInput where it was removed."""
    try:
        return Path.cwd()
    except OSError as error:
        raise BadInput(_("The current folder no longer exists: change to another one.")) from error
