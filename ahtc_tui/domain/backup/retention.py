"""Settings of how many backups are kept. Read at every start, so the module stays small."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _


class Retention(NamedTuple):
    """Settings `[backups]` of `ahtc.toml`: when backups are made without being asked for, and how many are kept."""

    daily: bool = True
    """Whether a backup is made at the start of the screen and while it is used."""
    minutes: int = 30
    """Minutes of work on the screen between two backups; 0 for none until the next start."""
    recent: int = 10
    days: int = 14
    weeks: int = 8
    months: int = 12


DEFAULT_RETENTION = Retention()
KEEP_ALL = Retention(recent=sys.maxsize)
"""Removes no backup, for settings that are not understood."""


def read_retention(settings: Any, path: Path | str) -> Retention:
    """Read the table `[backups]` of the settings. Raises BadInput that names the setting."""
    if not isinstance(settings, Mapping):
        raise BadInput(_("{path}: [backups] needs lines such as days = 14.").format(path=path))
    for name, value in settings.items():
        if name not in Retention._fields:
            names = ", ".join(Retention._fields)
            sentence = _('{path}: [backups] has no setting "{name}": choose from {names}.')
            raise BadInput(sentence.format(path=path, name=name, names=names))
        expected_type = bool if name == "daily" else int
        if type(value) is not expected_type or (expected_type is int and value < 0):
            number = _("a number of minutes") if name == "minutes" else _("a number of backups")
            expected = _("true or false") if expected_type is bool else number
            raise BadInput(_("{path}: [backups] {name} must be {given}.").format(path=path, name=name, given=expected))
    return Retention(**settings)
