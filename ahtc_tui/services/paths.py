"""A file or folder as it was typed, made whole. Never reads it."""

from __future__ import annotations

from pathlib import Path

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _


def resolve_path(text: str) -> Path:
    """The absolute path, `~` understood. Raises BadInput where the words name none."""
    if not text.strip() or "\0" in text:
        raise BadInput(_('"{text}" is no name of a file or folder.').format(text=text.replace("\0", "")))
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise BadInput(_('"{text}" names no home folder: write the whole path.').format(text=text)) from error
    return path if path.is_absolute() else find_current_folder() / path


def resolve_input_path(text: str) -> Path:
    """The path of what is to be read. Raises BadFile for a device or a pipe, which might never end."""
    path = resolve_path(text)
    try:
        is_special = path.exists() and not (path.is_file() or path.is_dir())
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if is_special:
        raise BadFile(_('"{path}" is not a file.').format(path=path))
    return path


def find_current_folder() -> Path:
    """The current folder. Raises BadInput where it was removed."""
    try:
        return Path.cwd()
    except OSError as error:
        raise BadInput(_("The folder where you are is gone: change to another one.")) from error
