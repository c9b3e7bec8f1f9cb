"""Resolves paths that people type, and finds the folder of the workspace. Does not read files."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from ahtc_tui.domain.errors import BadFile, BadInput
from ahtc_tui.domain.i18n import _

DATABASE = Path("data") / "ahtc.db"
SETTINGS = Path("ahtc.toml")
OWN_HEADINGS = Path("headings.toml")
"""Headings of action logs that a workspace adds to those of the program."""
FILE_SUFFIX = r"(?i)\.[a-z][a-z0-9]{1,4}"
"""Suffix of the name of a file; ".01" of "LG-2014.01" is none."""


def find_root(path_text: str | None = None) -> Path:
    """Return the given folder, else AHTC_WORKSPACE, else the current folder if it has a database, else the default."""
    root_text = path_text or os.environ.get("AHTC_WORKSPACE")
    if root_text:
        return resolve_path(root_text)
    current = find_current_folder()
    if (current / DATABASE).exists():
        return current
    return _find_default_root()


def _find_default_root() -> Path:
    """Return the folder for data of this account; the usual one needs no platformdirs, which is slow to import."""
    home = os.environ.get("HOME", "")
    if sys.platform == "linux" and home.startswith("/") and not os.environ.get("XDG_DATA_HOME"):
        return Path(home, ".local", "share", "ahtc")
    from platformdirs import user_data_path

    return user_data_path("ahtc", appauthor=False)


def resolve_path(text: str) -> Path:
    """Return the absolute path; `~` is expanded. Raises BadInput for text that is not a path."""
    if not text.strip() or "\0" in text:
        raise BadInput(_('"{text}" is not the name of a file or folder.').format(text=text.replace("\0", "")))
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        raise BadInput(_('"{text}" is not a home folder. Enter the full path.').format(text=text)) from error
    return path if path.is_absolute() else find_current_folder() / path


def resolve_folder(text: str) -> Path:
    """Return the absolute path of a folder to write to. Raises BadInput for the name of a file ("pack.pdf")."""
    folder = resolve_path(text)
    if re.fullmatch(FILE_SUFFIX, folder.suffix) and not folder.is_dir():
        sentence = _('Several files are saved, so "{name}" cannot be a {suffix} file. Name a folder.')
        raise BadInput(sentence.format(name=folder.name, suffix=folder.suffix))
    return folder


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
        raise BadInput(_("The current folder no longer exists. Change to another one.")) from error


def is_folder(address: str) -> bool:
    """Return whether the address of a hub is that of a folder."""
    is_path = any(mark in address for mark in "/\\~") or (bool(address) and Path(address).is_dir())
    return is_path and "://" not in address
