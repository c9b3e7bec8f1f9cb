"""The language of commands and screens. Imports nothing slow, because every command begins here."""

from __future__ import annotations

import os

from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.i18n import Language
from ahtc_tui.domain.settings.language import find_locale_language, read_language_variable

SETTING_NAME = "language"


def choose_language(flag: str | None, folder: str | None) -> Language:
    """Return the language of the interface; `folder` is the workspace of --workspace.

    The flag --lang comes first, then AHTC_LANG, `language` in `ahtc.toml`, the locale of the process, and English. The
    flag `both` is for files alone. A setting that is not understood is passed over; opening the
    workspace reports it. Raises BadInput for another value of AHTC_LANG.
    """
    if flag and flag != Language.BOTH:
        return Language(flag)
    return read_language_variable(os.environ) or _read_setting(folder) or find_locale_language(os.environ)


def _read_setting(folder: str | None) -> Language | None:
    """Return the language in `ahtc.toml`; most workspaces set none, and then the file is not parsed."""
    from ahtc_tui.services.paths import SETTINGS, find_root

    try:
        path = find_root(folder) / SETTINGS
        text = path.read_text(encoding="utf-8")
    except (AhtcError, OSError, ValueError):  # the command reports it where it needs the folder
        return None
    if SETTING_NAME not in text:
        return None
    from ahtc_tui.domain.settings.parser import parse_settings

    return parse_settings(text, path).language
