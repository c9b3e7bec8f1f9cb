"""The language of commands and screens, and the sources that decide it. Every command begins here: no slow imports."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from ahtc_tui.domain.errors import AhtcError, BadInput
from ahtc_tui.domain.i18n import Language, _, find_interface_language

SETTING_NAME = "language"
LANGUAGE_VARIABLE = "AHTC_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of POSIX (IEEE Std 1003.1, section 8.2) in the order in which the first that is set decides."""
WELSH_LOCALE = r"(?i)cy(?![a-z])"


def read_language_variable(environment: Mapping[str, str]) -> Language | None:
    """Return the language of AHTC_LANG; None where it is not set. Raises BadInput for any other value."""
    value = environment.get(LANGUAGE_VARIABLE, "")
    language = find_interface_language(value)
    if value.strip() and language is None:
        sentence = _('{name} is "{value}". Set it to en for English or cy for Welsh.')
        raise BadInput(sentence.format(name=LANGUAGE_VARIABLE, value=value))
    return language


def find_locale_language(environment: Mapping[str, str]) -> Language:
    """Return Welsh where the locale of the process is Welsh ("cy_GB.UTF-8"), else English."""
    locale = next((value for name in LOCALE_VARIABLES if (value := environment.get(name))), "")
    return Language.CY if re.match(WELSH_LOCALE, locale) else Language.EN


def find_environment_language(environment: Mapping[str, str]) -> Language:
    """Return the language named by AHTC_LANG if it is known, else the language of the locale."""
    return find_interface_language(environment.get(LANGUAGE_VARIABLE, "")) or find_locale_language(environment)


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
