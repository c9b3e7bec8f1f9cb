"""The language of the interface: which values name one, and which of several sources decides."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _

LANGUAGE_VARIABLE = "AHTC_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Variables of POSIX (IEEE Std 1003.1, section 8.2) in the order in which the first that is set decides."""
WELSH_LOCALE = r"(?i)cy(?![a-z])"


def find_interface_language(value: str) -> Language | None:
    """Return the language that a setting names, "en" or "cy"; None for any other text."""
    name = value.strip().lower()
    return Language(name) if name in (Language.EN, Language.CY) else None


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
