"""A stand-in for Welsh in other letters, which shows what no translation reached.

Translations are the Welsh of the catalogue in Cyrillic letters, and records are written in Armenian ones. Words in
Latin letters that remain on a screen are texts of the program that were not passed to gettext or that have no Welsh.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import string
from contextlib import closing, suppress
from gettext import NullTranslations
from pathlib import Path

import pytest

from ahtc_tui.domain import i18n
from ahtc_tui.domain.dates import wording
from ahtc_tui.domain.i18n import Language, load_translations
from ahtc_tui.domain.welsh_names import read_message
from ahtc_tui.services.opening import open_workspace
from tests.builders import TODAY
from tests.tui.welsh.routes import fill_workspace

CYRILLIC = {ord(letter): chr(0x430 + index) for index, letter in enumerate(string.ascii_lowercase)} | {
    ord(letter): chr(0x410 + index) for index, letter in enumerate(string.ascii_uppercase)
}
ARMENIAN = {ord(letter): chr(0x561 + index) for index, letter in enumerate(string.ascii_lowercase)} | {
    ord(letter): chr(0x531 + index) for index, letter in enumerate(string.ascii_uppercase)
}
LATIN_WORD = re.compile(r"(?<![\w./:@-])[A-Za-z]{2,}(?![\w/:-]|\.\w)")
"""A word; references, paths, addresses and names of fields are none."""
CUT_LABEL = re.compile(r"[\u0410-\u0449][^\s│]{2,}…")
"""A translated word of which three letters or more are shown, and the rest is cut."""
STORED_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2} \w+ )(.+)", re.DOTALL)
"""A date as known with its own words, as the database holds it."""
TEXT_COLUMN_NAMES = (
    "name name_cy short title title_cy text text_cy note reason purpose venue place link detail detail_cy evidence "
    "caveat section org_class basis response words subject withheld_because brag_reason owner holder "
    "frequency unit value source area email phone role body reference postnominal recognised_by first_for "
    "origin_area lead post salutation postal_address"
)
TEXT_COLUMNS = frozenset(TEXT_COLUMN_NAMES.split())
"""Columns with text of people; others hold references, dates or names of states."""


def change_letters(message: str) -> str:
    """Return a translation in Cyrillic letters with its placeholders as they are."""
    parts = []
    for literal, name, spec, conversion in string.Formatter().parse(message):
        parts.append(literal.translate(CYRILLIC).replace("{", "{{").replace("}", "}}"))
        if name is not None:
            parts.append(f"{{{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}}}")
    return "".join(parts)


UNREAD_DATE = "ysgrifennw".translate(CYRILLIC)
"""Begins the advice beside a date whose month is not read in these letters."""


class CyrillicWelsh(NullTranslations):
    """The Welsh of the catalogue in Cyrillic letters; a message without Welsh stays as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._welsh = load_translations(Language.CY)
        keys = {key[0] if isinstance(key, tuple) else key for key in vars(self._welsh)["_catalog"]}
        self._known = keys | {key[0].upper() + key[1:] for key in keys if key}

    def _change(self, message: str, translation: str) -> str:
        return read_message(change_letters(translation)) if message in self._known else translation

    def gettext(self, message: str) -> str:
        return self._change(message, self._welsh.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._change(msgid1, self._welsh.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._change(f"{context}\x04{message}", self._welsh.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._change(f"{context}\x04{msgid1}", self._welsh.npgettext(context, msgid1, msgid2, n))


def change_letters_of_record(value: str | bytes | float | None) -> str | bytes | float | None:
    """Return a text in Armenian letters; keys and numbers unchanged."""
    return value.translate(ARMENIAN) if isinstance(value, str) else value


def change_text(value: str | float | None) -> str | float | None:
    """Return a text in Armenian letters, or the words of a stored date; other values unchanged."""
    if not isinstance(value, str):
        return value
    if match := STORED_DATE.fullmatch(value):
        return match[1] + match[2].translate(ARMENIAN)
    return value


def change_records(database: Path) -> None:
    """Write the texts of all records in Armenian letters."""
    with closing(sqlite3.connect(database, isolation_level=None)) as file:
        file.create_function("change_text", 1, change_text)
        file.create_function("change_all", 1, change_letters_of_record)
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%source_notes%'")]
        for table in tables:
            for column in [row[1] for row in file.execute(f"PRAGMA table_info({table})")]:
                function = "change_all" if column in TEXT_COLUMNS else "change_text"
                with suppress(sqlite3.IntegrityError):  # a choice of a few values
                    file.execute(f'UPDATE {table} SET "{column}" = {function}("{column}") WHERE "{column}" IS NOT NULL')


def copy_in_other_letters(source: Path, folder: Path) -> Path:
    """Copy a workspace, add something to every list and screen, and write its texts in Armenian letters."""
    shutil.copytree(source, folder, dirs_exist_ok=True)
    workspace = open_workspace(folder, TODAY)
    fill_workspace(workspace)
    workspace.close()
    change_records(workspace.database.path)
    return folder


def use_cyrillic_welsh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate into Welsh in Cyrillic letters, which no later test may find in a cache."""
    monkeypatch.setattr(wording, "_rewrite", wording._rewrite.__wrapped__)
    translations, load = CyrillicWelsh(), i18n.load_translations
    monkeypatch.setattr(
        i18n, "load_translations", lambda language: translations if language is Language.CY else load(language)
    )


def find_latin_words(text: str) -> list[str]:
    """Return the words in Latin letters, in the order of the text."""
    return LATIN_WORD.findall(text)


def find_cut_labels(text: str) -> list[str]:
    """Return the translated words that are cut."""
    return [label for label in CUT_LABEL.findall(text) if not label.startswith(UNREAD_DATE)]
