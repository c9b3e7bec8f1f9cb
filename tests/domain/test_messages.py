"""The message catalogue is current, and its translations can take the place of the English."""

from __future__ import annotations

import ast
import string

import pytest
from babel.messages.catalog import Message

from ahtc_tui.domain.i18n import Language, _, ngettext, pgettext, use_language
from tests.shape.messages import KEYWORDS, extract_messages, read_catalogue
from tests.shape.tree import PACKAGE, format_path, list_python_files, parse_file


def list_strings(message: Message) -> list[str]:
    """The translation of a message, or its six forms."""
    strings = message.string or ()
    return [strings] if isinstance(strings, str) else list(strings)


TRANSLATED = [message for message in read_catalogue() if message.id and any(list_strings(message))]


def list_placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_the_catalogue_has_the_messages_of_the_source() -> None:
    """`make messages` brings it up to date."""
    stored, current = (
        {(message.context, message.id) for message in catalogue if message.id}
        for catalogue in (read_catalogue(), extract_messages())
    )
    assert stored == current


def test_no_message_is_inside_an_f_string() -> None:
    """Babel does not see it there before Python 3.12."""
    found = [
        f"{format_path(path)}:{node.lineno}"
        for path in list_python_files(PACKAGE)
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    ]
    assert found == []


def test_every_message_has_a_welsh_text() -> None:
    """Where none is certain, a safe construction is better than English."""
    assert [message.id for message in read_catalogue() if message.id and not any(list_strings(message))] == []


def test_no_translation_is_fuzzy() -> None:
    assert [message.id for message in read_catalogue() if message.id and message.fuzzy] == []


def test_the_catalogue_has_six_plural_forms() -> None:
    assert read_catalogue().num_plurals == 6
    plurals = [list_strings(message) for message in TRANSLATED if message.pluralizable]
    assert len(plurals) > 10
    assert all(len(forms) == 6 and all(forms) for forms in plurals)


@pytest.mark.parametrize("message", TRANSLATED, ids=lambda message: str(message.id)[:60])
def test_a_translation_has_the_placeholders_of_its_message(message: Message) -> None:
    english = message.id if isinstance(message.id, str) else message.id[-1]
    for welsh in list_strings(message):
        assert list_placeholders(welsh) == list_placeholders(english)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 cam gweithredu"),
        (1, "1 cam gweithredu"),
        (2, "2 gam gweithredu"),
        (3, "3 cham gweithredu"),
        (4, "4 cam gweithredu"),
        (6, "6 cham gweithredu"),
    ],
)
def test_a_number_mutates_the_following_noun(number: int, text: str) -> None:
    with use_language(Language.CY):
        assert ngettext("1 action", "{n} actions", number) == text


def test_a_bilingual_text_has_welsh_first() -> None:
    with use_language(Language.BOTH):
        assert _("Status") == "Statws / Status"
        assert pgettext("month", "December") == "Rhagfyr/December"
        assert ngettext("1 action", "{n} actions", 2) == "2 gam gweithredu / 2 actions"


def test_a_message_without_translation_stays_english() -> None:
    with use_language(Language.CY):
        assert _("a message that nobody has written") == "a message that nobody has written"
        assert ngettext("{n} unknown thing", "{n} unknown things", 2) == "2 unknown things"
