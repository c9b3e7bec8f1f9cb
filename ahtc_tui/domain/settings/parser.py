"""The settings of a workspace, `ahtc.toml`. What is not understood is reported, and its default applies."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, find_interface_language, gettext_noop


class Retention(NamedTuple):
    """Settings `[backups]` of `ahtc.toml`: when backups are made without being asked for, and how many are kept.

    `[retention]`, the periods of the retention schedule, is another table: `Settings.retention`.
    """

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
            sentence = _('{path}: [backups] has no setting "{name}". Choose from {names}.')
            raise BadInput(sentence.format(path=path, name=name, names=names))
        expected_type = bool if name == "daily" else int
        if type(value) is not expected_type or (expected_type is int and value < 0):
            number = _("a number of minutes") if name == "minutes" else _("a number of backups")
            expected = _("true or false") if expected_type is bool else number
            raise BadInput(_("{path}: [backups] {name} must be {given}.").format(path=path, name=name, given=expected))
    return Retention(**settings)


EVERY_MINUTES = 15
"""Default interval of the sync in the background of the screen."""

SMALL_COUNTS = 5
"""Default limit of small counts."""

KNOWN_NAMES = (
    "language",
    "theme",
    "small_counts",
    "votes",
    "lock_minutes",
    "keyring",
    "keymap",
    "backups",
    "hub",
    "office",
    "retention",
)
MOST_LOCK_MINUTES = 24 * 60

SHOWN_CHARACTERS = 60
"""Longest part of a faulty line that a sentence repeats."""

REMEDIES = {
    "Invalid value": gettext_noop('enter text in quotation marks, as in theme = "ahtc"'),
    "Expected newline": gettext_noop(
        'put each setting on its own line, and text in quotation marks, as in theme = "ahtc"'
    ),
    "Expected '='": gettext_noop('enter a name, = and a value, as in theme = "ahtc"'),
    "Invalid statement": gettext_noop('enter a name, = and a value, as in theme = "ahtc"'),
    "Cannot overwrite": gettext_noop("the name appears twice. Remove one of the two"),
    "Cannot declare": gettext_noop("the heading appears twice. Join the two parts"),
    "Unterminated": gettext_noop("close the quotation marks"),
    "Illegal character": gettext_noop("close the quotation marks on the same line"),
    "Expected ']'": gettext_noop("close the square bracket"),
    "Unclosed": gettext_noop("close the bracket"),
}
"""Advice by the beginning of the message of `tomllib`."""


class HubSettings(NamedTuple):
    """Address and interval; empty if no hub is set."""

    url: str = ""
    every: int = EVERY_MINUTES
    """Minutes between two syncs in the background of the screen; 0 syncs by key only."""


NO_HUB = HubSettings()


def read_hub(values: Mapping[str, Any], place: str) -> HubSettings:
    """Return the settings of the heading [hub]; `place` names the file. Raises BadInput, which never repeats values."""
    url, every = values.get("url", ""), values.get("every", EVERY_MINUTES)
    unknown = [name for name in values if name not in HubSettings._fields]
    if unknown:
        raise BadInput(
            _('{place}: [hub] has no setting "{name}". Choose url or every.').format(place=place, name=unknown[0])
        )
    if not isinstance(url, str):
        raise BadInput(
            _('{place}: url must be text, as in url = "postgresql+psycopg://USER@HOST/DATABASE".').format(place=place)
        )
    if type(every) is not int or every < 0:
        raise BadInput(_("{place}: every must be a number of minutes, such as every = 15.").format(place=place))
    return HubSettings(url.strip(), every)


class OfficeSettings(NamedTuple):
    """Details of the office in letters; empty where not set."""

    name: str = ""
    name_cy: str = ""
    address: str = ""
    """Postal address, its lines separated by commas or semicolons."""
    address_cy: str = ""
    email: str = ""
    logo: str = ""
    """Path of a PNG or JPEG picture, from the folder of the workspace."""


NO_OFFICE = OfficeSettings()


class VoteStyle(StrEnum):
    """Form of votes in the minutes, by the rules of the office."""

    NUMBERS = "numbers"
    OUTCOME = "outcome"


class Settings(NamedTuple):
    """Settings of `ahtc.toml`."""

    keymap: Mapping[str, str] = MappingProxyType({})
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    keep: Retention = DEFAULT_RETENTION
    lock_minutes: int | None = None
    """Minutes without a key after which the screen is covered; 0 for never, None where it is not set."""
    keyring: bool = False
    """Whether the passphrase is read from the keyring of the operating system."""
    hub: HubSettings = NO_HUB
    language: Language | None = None
    """Language of the interface; None where it is not set."""
    vote_style: VoteStyle = VoteStyle.NUMBERS
    """Form of votes in the minutes."""
    office: OfficeSettings = NO_OFFICE
    retention: Mapping[str, str] = MappingProxyType({})
    """Periods of the retention schedule by class, where they are set."""
    faults: tuple[str, ...] = ()
    """A sentence for each value that is not understood; its default applies."""
    unknown: tuple[str, ...] = ()
    """A sentence for each name that is not a setting."""


def parse_settings(text: str, path: Path) -> Settings:
    """Return the settings in a text; `path` names the file in sentences."""
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return build_unread_settings(_describe_syntax_error(path, text, str(error)))
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets without end
        return build_unread_settings(_("{path} cannot be read. Put each setting on its own line.").format(path=path))
    return SettingsReader(path, text).read(values)


def build_unread_settings(fault: str) -> Settings:
    """Return the defaults for a file that cannot be read; no backup is removed, so that none is missed."""
    return Settings(keep=KEEP_ALL, faults=(fault,))


def _describe_syntax_error(path: Path, text: str, message: str) -> str:
    """Return the line of a syntax error, and what to do there."""
    lines = text.splitlines()
    match = re.search(r"at line (\d+)", message)
    number = int(match[1]) if match else max(1, len(lines))
    line = lines[number - 1].strip() if number <= len(lines) else ""
    remedy = next((words for beginning, words in REMEDIES.items() if message.startswith(beginning)), "")
    return _('{path}, line {n}: "{line}" cannot be read: {remedy}.').format(
        path=path, n=number, line=line[:SHOWN_CHARACTERS], remedy=_(remedy) if remedy else _("correct or remove it")
    )


class SettingsReader:
    """Checks the values of a file and collects what is not understood."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._faults: list[str] = []

    def read(self, values: Mapping[str, Any]) -> Settings:
        """Return the settings with their faults."""
        from ahtc_tui.domain.text.suggestions import propose_name

        unknown = [
            _('{place}: no setting is called "{name}".').format(place=self._find_place("", name), name=name)
            + propose_name(name, KNOWN_NAMES)
            for name in values
            if name not in KNOWN_NAMES
        ]
        return Settings(
            self._read_keymap(values.get("keymap", {})),
            self._read_theme(values.get("theme", "")),
            self._read_small_counts(values.get("small_counts", SMALL_COUNTS)),
            self._read_backups(values.get("backups", {})),
            self._read_lock_minutes(values.get("lock_minutes")),
            self._read_keyring(values.get("keyring", False)),
            self._read_hub(values.get("hub", {})),
            self._read_language(values.get("language")),
            self._read_vote_style(values.get("votes", VoteStyle.NUMBERS)),
            self._read_office(values.get("office", {})),
            self._read_periods(values.get("retention", {})),
            tuple(self._faults),
            tuple(unknown),
        )

    def _find_place(self, table: str, name: str) -> str:
        """Return file and line of a setting; the file alone where it is written in another form."""
        current = ""
        for number, line in enumerate(self._lines, 1):
            if heading := re.match(r"\s*\[\s*([\w-]+)\s*\]", line):
                current = heading[1]
                if not table and current == name:
                    return _("{path}, line {n}").format(path=self._path, n=number)
            elif current == table and re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.]""", line):
                return _("{path}, line {n}").format(path=self._path, n=number)
        return str(self._path)

    def _add_fault(self, sentence: str, name: str, table: str = "") -> None:
        """Report the value of a setting, with its file and line as the place."""
        self._faults.append(sentence.format(place=self._find_place(table, name), name=name))

    def _read_keymap(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            sentence = _('{place}: keymap must be a heading, [keymap], with lines such as "desk.undo" = "z".')
            self._add_fault(sentence, "keymap")
            return {}
        for name, keys in value.items():
            if not isinstance(keys, str):
                sentence = _('{place}: the key of "{name}" must be text, such as "desk.undo" = "z".')
                self._add_fault(sentence, name, "keymap")
        return {name: keys for name, keys in value.items() if isinstance(keys, str)}

    def _read_theme(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        sentence = _('{place}: theme must be a name, such as theme = "ahtc".')
        self._add_fault(sentence, "theme")
        return ""

    def _read_language(self, value: Any) -> Language | None:
        language = find_interface_language(value) if isinstance(value, str) else None
        if language is None and value is not None:
            sentence = _('{place}: language must be language = "en" or language = "cy".')
            self._add_fault(sentence, "language")
        return language

    def _read_vote_style(self, value: Any) -> VoteStyle:
        if value in list(VoteStyle):
            return VoteStyle(value)
        sentence = _('{place}: votes must be `votes = "numbers"` or `votes = "outcome"`.')
        self._add_fault(sentence, "votes")
        return VoteStyle.NUMBERS

    def _read_small_counts(self, value: Any) -> int:
        if type(value) is int and value >= 0:
            return value
        sentence = _("{place}: small_counts must be a number, such as small_counts = 5.")
        self._add_fault(sentence, "small_counts")
        return SMALL_COUNTS

    def _read_lock_minutes(self, value: Any) -> int | None:
        if value is None or (type(value) is int and 0 <= value <= MOST_LOCK_MINUTES):
            return value
        sentence = _("{place}: lock_minutes must be a number of minutes, such as lock_minutes = 15, or 0 for never.")
        self._add_fault(sentence, "lock_minutes")
        return None

    def _read_keyring(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        self._add_fault(_("{place}: keyring must be true or false."), "keyring")
        return False

    def _read_hub(self, value: Any) -> HubSettings:
        place = self._find_place("", "hub")
        if not isinstance(value, dict):
            sentence = _("{place}: hub must be a heading, [hub], with lines such as every = 15.")
            self._faults.append(sentence.format(place=place))
            return NO_HUB
        try:
            return read_hub(value, place)
        except BadInput as error:
            self._faults.append(str(error))
            return NO_HUB

    def _read_office(self, value: Any) -> OfficeSettings:
        if not isinstance(value, dict):
            sentence = _('{place}: office must be a heading, [office], with lines such as name = "Our office".')
            self._add_fault(sentence, "office")
            return NO_OFFICE
        for name, text in value.items():
            if name not in OfficeSettings._fields or not isinstance(text, str):
                sentence = _(
                    '{place}: [office] has name, name_cy, address, address_cy, email and logo as text, not "{name}".'
                )
                self._add_fault(sentence, name, "office")
        known = {name: text.strip() for name, text in value.items() if isinstance(text, str)}
        return OfficeSettings(**{name: known[name] for name in OfficeSettings._fields if name in known})

    def _read_periods(self, value: Any) -> dict[str, str]:
        """Return the periods of the retention schedule that are understood."""
        from ahtc_tui.domain.privacy.retention import RetentionClass, read_period
        from ahtc_tui.domain.text.suggestions import propose_name

        names = {retention_class.setting for retention_class in RetentionClass}
        periods = {}
        for name, text in value.items() if isinstance(value, dict) else [("retention", value)]:
            place = self._find_place("retention", name)
            if name not in names or not isinstance(text, str):
                sentence = _('{place}: `[retention]` has periods as text, such as `papers = "6 years"`, not "{name}".')
                is_known = name in names
                proposal = "" if is_known else propose_name(name, tuple(names))
                self._faults.append(sentence.format(place=place, name=text if is_known else name) + proposal)
                continue
            try:
                read_period(text)
                periods[name] = text
            except BadInput as error:
                self._faults.append(f"{place}: {error}")
        return periods

    def _read_backups(self, value: Any) -> Retention:
        """Return how many backups are kept: all of them where a line is not understood."""
        from ahtc_tui.domain.text.suggestions import propose_name

        parts = [{name: part} for name, part in value.items()] if isinstance(value, dict) else [value]
        faults = []
        for part in parts:
            name = next(iter(part), "") if isinstance(part, dict) else ""
            place = self._find_place("backups", name) if name else self._find_place("", "backups")
            try:
                read_retention(part, place)
            except BadInput as error:
                faults.append(str(error) + propose_name(name, Retention._fields))
        self._faults += faults
        return KEEP_ALL if faults else read_retention(value, self._path)
