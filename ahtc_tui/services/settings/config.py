"""The settings of `ahtc.toml` one by one: value, default and meaning, and writing one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ahtc_tui.domain.contacts.contact_points import ADDRESS
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.privacy.retention import RULES, RetentionClass
from ahtc_tui.domain.settings.parser import NO_OFFICE, SMALL_COUNTS, HubSettings, Retention, SettingsReader, VoteStyle
from ahtc_tui.domain.text.suggestions import propose_name
from ahtc_tui.services.paths import SETTINGS
from ahtc_tui.services.settings.writer import parse_values, read_settings_text, set_literal, write_settings_text

RETENTION_CLASSES = {f"retention.{retention_class.setting}": retention_class for retention_class in RetentionClass}
LABELS = {
    "language": gettext_noop("Language"),
    "theme": gettext_noop("Theme"),
    "votes": gettext_noop("Votes in minutes"),
    "small_counts": gettext_noop("Small counts"),
    "lock_minutes": gettext_noop("Lock after"),
    "keyring": gettext_noop("Keyring"),
    "backups.daily": gettext_noop("Backups"),
    "backups.minutes": gettext_noop("Backup every"),
    "backups.recent": gettext_noop("Newest backups"),
    "backups.days": gettext_noop("Daily backups"),
    "backups.weeks": gettext_noop("Weekly backups"),
    "backups.months": gettext_noop("Monthly backups"),
    "hub.url": gettext_noop("Office hub"),
    "hub.every": gettext_noop("Sync every"),
    "office.name": gettext_noop("Office"),
    "office.name_cy": gettext_noop("Office in Welsh"),
    "office.address": gettext_noop("Postal address"),
    "office.address_cy": gettext_noop("Postal address in Welsh"),
    "office.email": gettext_noop("Email"),
    "office.logo": gettext_noop("Logo"),
}
"""Label of each setting in the form; the others are periods or keys."""
MEANINGS = {
    "language": gettext_noop(
        "language of the screen and the command line, en or cy; if not set, the language of the system"
    ),
    "theme": gettext_noop("screen colours"),
    "votes": gettext_noop("what minutes print of a vote (`numbers` or `outcome`)"),
    "small_counts": gettext_noop("counts of people below this number are hidden in files; 0 for none"),
    "lock_minutes": gettext_noop("minutes without a key until the screen is locked; 0 for never"),
    "keyring": gettext_noop("whether the passphrase is read from the keyring of the operating system"),
    "backups.daily": gettext_noop("whether backups are made at the start and while the screen is used"),
    "backups.minutes": gettext_noop("minutes of work between two backups; 0 for one at the start only"),
    "backups.recent": gettext_noop("how many of the newest backups are kept"),
    "backups.days": gettext_noop("number of daily backups to keep"),
    "backups.weeks": gettext_noop("number of weekly backups to keep"),
    "backups.months": gettext_noop("number of monthly backups to keep"),
    "hub.url": gettext_noop("address of the office hub, without a password"),
    "hub.every": gettext_noop("minutes between two syncs in the background; 0 for none"),
    "office.name": gettext_noop("the office name at the head of letters"),
    "office.name_cy": gettext_noop("the office name in Welsh"),
    "office.address": gettext_noop("the office postal address, with commas between lines"),
    "office.address_cy": gettext_noop("the office postal address in Welsh"),
    "office.email": gettext_noop("the office email address"),
    "office.logo": gettext_noop("PNG or JPEG file with the logo for letters, from the workspace folder"),
    **dict.fromkeys(
        RETENTION_CLASSES, gettext_noop("how long records of a class are kept, like `6 years`, `18 months` or `never`")
    ),
}
"""Name of each setting, to its meaning."""
KEYMAP = "keymap"
KEYMAP_MEANING = gettext_noop("another key for a command of the screen")
DEFAULTS: Mapping[str, Any] = {
    "language": "",
    "theme": "ahtc",
    "votes": VoteStyle.NUMBERS.value,
    "small_counts": SMALL_COUNTS,
    "lock_minutes": 15,
    "keyring": False,
    **{f"backups.{name}": value for name, value in Retention()._asdict().items()},
    **{f"hub.{name}": value for name, value in HubSettings()._asdict().items()},
    **{f"office.{name}": value for name, value in NO_OFFICE._asdict().items()},
    **{f"retention.{retention_class.setting}": rule.period for retention_class, rule in RULES.items()},
}
YES, NO = ("true", "yes", "ie"), ("false", "no", "na")
PASSWORD = re.compile(r"(://[^/@:]*):[^/@]*@")

ScreenCheck = Callable[[Mapping[str, str], str], list[str]]
"""Returns a sentence for each key of a keymap, and for a theme, that the screen does not know."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting with its value."""

    key: str
    value: Any
    default: Any
    is_set: bool
    """Whether `ahtc.toml` sets it."""
    meaning: str

    @property
    def label(self) -> str:
        """Its label in the form: "Keep agreed minutes", or the name of the command that has another key."""
        if (retention_class := RETENTION_CLASSES.get(self.key)) is not None:
            return _("Keep {records}").format(records=retention_class.label)
        return _(LABELS[self.key]) if self.key in LABELS else self.key.removeprefix(f"{KEYMAP}.")

    def to_data(self) -> dict[str, Any]:
        """Return what JSON shows."""
        return {
            "key": self.key, "value": self.value, "default": self.default, "set": self.is_set, "meaning": self.meaning,
        }  # fmt: skip


def list_settings(root: Path) -> list[Setting]:
    """Return all settings, then the keys that are set. Raises Refused where the file is not understood."""
    values = parse_values(root / SETTINGS, read_settings_text(root))
    keymap = values.get(KEYMAP, {})
    keys = [f"{KEYMAP}.{name}" for name in keymap] if isinstance(keymap, dict) else []
    return [_build_setting(values, key) for key in (*MEANINGS, *keys)]


def read_setting(root: Path, key: str) -> Setting:
    """Return one setting. Raises BadInput for a name that is not a setting."""
    check_key(key)
    return _build_setting(parse_values(root / SETTINGS, read_settings_text(root)), key)


def set_setting(root: Path, key: str, text: str, check_screen: ScreenCheck) -> Setting:
    """Write one setting; comments and all other lines stay. Raises BadInput for another name or value, Refused."""
    return replace(_build_setting(set_settings(root, {key: text}, check_screen), key), is_set=True)


def set_settings(root: Path, texts: Mapping[str, str], check_screen: ScreenCheck) -> Mapping[str, Any]:
    """Write settings by name and return all that the file has then; comments and all other lines stay.

    Raises BadInput, with the setting as its field, for another name or value, and Refused; nothing is written then.
    """
    old_text = text = read_settings_text(root)
    values = parse_values(root / SETTINGS, text)
    for key, typed in texts.items():
        table, _dot, name = key.rpartition(".") if not key.startswith(f"{KEYMAP}.") else key.partition(".")
        try:
            value = _read_checked(root, key, table, name, typed, check_screen)
        except BadInput as error:
            error.field = key
            raise
        settings = values.get(table, {}) if table else values
        if not isinstance(settings, dict):
            sentence = _('{path}: "{name}" must be a heading, [{name}]. Correct the file first.')
            raise Refused(sentence.format(path=root / SETTINGS, name=table))
        expected = {**values, table: {**settings, name: value}} if table else {**values, name: value}
        if expected != values:
            text, values = set_literal(text, table, name, format_literal(value)), expected
    if text != old_text:
        write_settings_text(root, text, values)
    return values


def _read_checked(root: Path, key: str, table: str, name: str, typed: str, check_screen: ScreenCheck) -> Any:
    """Return the value of a setting as it was typed. Raises BadInput for another name or value."""
    check_key(key)
    value = _read_value(key, typed)
    _check_value(table, name, value, check_screen)
    _check_office(root, key, value)
    return value


def check_key(key: str) -> None:
    """Raise BadInput, with the nearest name, for a name that is not a setting."""
    if key in MEANINGS or key.startswith(f"{KEYMAP}."):
        return
    sentence = _('There is no setting "{name}".').format(name=key)
    raise BadInput(sentence + propose_name(key, (*MEANINGS, f"{KEYMAP}.")))


def _build_setting(values: Mapping[str, Any], key: str) -> Setting:
    table, _dot, name = key.partition(".")
    holder = values.get(table, {}) if name else values
    is_set = isinstance(holder, dict) and (name or table) in holder
    default = DEFAULTS.get(key, "")
    value = holder[name or table] if is_set else default
    shown = PASSWORD.sub(r"\1:***@", value) if isinstance(value, str) else value
    return Setting(key, shown, default, is_set, _(MEANINGS.get(key, KEYMAP_MEANING)))


def _read_value(key: str, text: str) -> Any:
    """Return a typed value as the type of its default. Raises BadInput."""
    default, typed = DEFAULTS.get(key, ""), text.strip()
    if isinstance(default, bool):
        if typed.casefold() not in (*YES, *NO):
            raise BadInput(_("{key} must be true or false.").format(key=key))
        return typed.casefold() in YES
    if isinstance(default, int):
        if not re.fullmatch(r"\d{1,9}", typed):
            raise BadInput(_("{key} must be a number.").format(key=key))
        return int(typed)
    if not typed.isprintable():
        raise BadInput(_("{key} must be text on one line.").format(key=key))
    return typed


def _check_value(table: str, name: str, value: Any, check_screen: ScreenCheck) -> None:
    """Raise BadInput for a value that the file must not have."""
    key = f"{table}.{name}" if table else name
    settings = SettingsReader(Path(SETTINGS), "").read({table: {name: value}} if table else {name: value})
    faults = list(settings.faults)
    if table == KEYMAP or key == "theme":
        faults += check_screen(settings.keymap, settings.theme)
    if key == "hub.url" and PASSWORD.search(value):
        faults.append(_("The address of the hub must not contain a password."))
    if faults:
        raise BadInput(faults[0])


def _check_office(root: Path, key: str, value: Any) -> None:
    """Raise BadInput for an invalid email address, and for a logo that is neither of the two kinds of picture."""
    if key == "office.email" and value and not ADDRESS.fullmatch(value):
        sentence = _('"{email}" is not an email address. Enter one like name@example.org.')
        raise BadInput(sentence.format(email=value))
    if key == "office.logo" and value and not _is_picture(root / value):
        sentence = _('There is no PNG or JPEG picture "{path}". Give the path from the folder of the workspace.')
        raise BadInput(sentence.format(path=value))


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(8).startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    except OSError:
        return False


def format_literal(value: Any) -> str:
    """Return a value as the file writes it."""
    return str(value).lower() if isinstance(value, bool | int) else json.dumps(value, ensure_ascii=False)


def format_settings(settings: Iterable[Setting]) -> list[str]:
    """Return a line for each setting, with its value and meaning."""
    rows = [(f"{setting.key} = {format_value(setting.value)}", setting) for setting in settings]
    width = max((len(text) for text, _setting in rows), default=0)
    return [f"{text.ljust(width)}  {setting.meaning}" for text, setting in rows]


def format_value(value: Any) -> str:
    """Return a value as the file and the command line write it."""
    return str(value).lower() if isinstance(value, bool) else str(value) or "–"
