"""The message catalogue is current, and its translations can take the place of the English."""

from __future__ import annotations

import ast
import re
import string

import pytest
from babel.messages.catalog import Message

from ahtc_tui.domain.i18n import Language, _, choose_language, ngettext, pgettext, use_language
from ahtc_tui.domain.welsh_names import MUTATIONS
from tests.shape.messages import KEYWORDS, extract_messages, find_twin, has_text_of_twin, list_strings, read_catalogue
from tests.shape.tree import PACKAGE, format_path, list_python_files, parse_file

TRANSLATED = [message for message in read_catalogue() if message.id and any(list_strings(message))]


SAME_IN_WELSH = {
    # Words of both languages.
    *("agenda", "Agenda", "Cell", "Logo", "Partner", "person"),
    # Names, and examples or values that are typed in English.
    *("Python", "SQLite", "Gwent, Dyfed-Powys", "10am, 14:30"),
}
"""Messages whose Welsh is the English, each of them reviewed."""

ABBREVIATED = {"No."}
"""Abbreviations whose point does not end a sentence."""


PARTICIPLE = "done"
"""Placeholder of an English participle ("were *agreed*"), whose verb-noun is part of the subject in Welsh."""


def list_placeholders(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return name, format and conversion of each placeholder that has a value in both languages.

    A word of Welsh before a name is no format.
    """
    parts = string.Formatter().parse(text)
    return sorted(
        (name, "" if spec in MUTATIONS else spec, conversion)
        for _text, name, spec, conversion in parts
        if name is not None and name != PARTICIPLE
    )


def find_frame(text: str) -> tuple[str, str, str]:
    """Return the spaces before a text, those after it, and the punctuation at its end."""
    inner = text.strip()
    start = text.index(inner)
    return text[:start], text[start + len(inner) :], inner[len(inner.rstrip(".:?!,;\N{HORIZONTAL ELLIPSIS}")) :]


def test_the_catalogue_has_the_messages_of_the_source() -> None:
    """`make messages` brings it up to date."""
    catalogue, source = read_catalogue(), extract_messages()
    stored, current = (
        {(message.context, message.id) for message in each if message.id} for each in (catalogue, source)
    )
    capitals = {(message.context, message.id) for message in source if find_twin(source, message)}
    assert stored - current == set()
    assert current - stored <= capitals


def test_a_label_with_a_capital_is_kept_only_where_its_welsh_is_another() -> None:
    catalogue = read_catalogue()
    twins = [(message, find_twin(catalogue, message)) for message in catalogue]
    assert [message.id for message, twin in twins if twin and has_text_of_twin(message, twin)] == []


@pytest.mark.parametrize(
    ("english", "welsh"),
    [("Agenda item", "Eitem ar agenda"), ("Milestone", "Carreg filltir"), ("Zz", "Zz"), ("Agenda", "Agenda")],
)
def test_a_label_with_a_capital_has_the_welsh_of_the_same_label_without_one(english: str, welsh: str) -> None:
    with use_language(Language.CY):
        assert _(english) == welsh


def test_no_message_is_inside_an_f_string() -> None:
    """Babel does not see it there before Python 3.12, where an expression in braces is on one line."""
    call_in_braces = re.compile(rf"{{.*\b(?:{'|'.join(KEYWORDS)})\(")
    found = [
        f"{format_path(path)}:{node.lineno}"
        for path in list_python_files(PACKAGE)
        if call_in_braces.search(path.read_text(encoding="utf-8"))
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


def list_translations(message: Message) -> list[tuple[str, str]]:
    """The message with each of its translations; with plural forms the plural, or the singular for "bob mis"."""
    if isinstance(message.id, str):
        return [(message.id, welsh) for welsh in list_strings(message)]
    singular, plural = message.id
    forms = enumerate(list_strings(message))
    return [(singular if number == 1 and "{n}" not in welsh else plural, welsh) for number, welsh in forms]


PAIRS = [pair for message in TRANSLATED for pair in list_translations(message)]


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    formatted = [pair for pair in PAIRS if not pair[0].startswith('{"question id"')]
    assert len(formatted) == len(PAIRS) - 2, "two messages show JSON, and are not formatted"
    assert [pair for pair in formatted if list_placeholders(pair[0]) != list_placeholders(pair[1])] == []


def test_a_translation_has_the_code_of_its_message() -> None:
    code = re.compile("`[^`]*`")
    assert [pair for pair in PAIRS if sorted(code.findall(pair[0])) != sorted(code.findall(pair[1]))] == []


def test_a_translation_begins_and_ends_like_its_message() -> None:
    """With the same spaces and punctuation, because texts are joined."""
    pairs = [pair for pair in PAIRS if pair[0] not in ABBREVIATED]
    assert [pair for pair in pairs if find_frame(pair[0]) != find_frame(pair[1])] == []


def test_a_translation_is_not_a_copy_of_the_english() -> None:
    copied = {english for english, welsh in PAIRS if english == welsh}
    language = {english for english in copied if re.search("[a-z]{2}", re.sub("`[^`]*`|{[^{}]*}", "", english))}
    assert language == SAME_IN_WELSH


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


def test_a_noun_without_a_number_is_not_mutated() -> None:
    with use_language(Language.CY):
        assert (_("milestone"), _("view"), _("web page")) == ("carreg filltir", "golwg", "tudalen we")


def test_a_bilingual_text_has_welsh_first() -> None:
    with use_language(Language.BOTH):
        assert _("Status") == "Statws | Status"
        assert pgettext("month", "December") == "Rhagfyr/December"
        assert ngettext("1 action", "{n} actions", 2) == "2 gam gweithredu | 2 actions"


def test_a_message_without_translation_stays_english() -> None:
    with use_language(Language.CY):
        assert _("a message that nobody has written") == "a message that nobody has written"
        assert ngettext("{n} unknown thing", "{n} unknown things", 2) == "2 unknown things"


def test_a_sentence_in_both_languages_has_the_name_of_each_in_it() -> None:
    with use_language(Language.BOTH):
        name = choose_language("Welsh Government", "Llywodraeth Cymru")
        sentence = _("{name} has no address").format(name=name)
    assert sentence == "Nid oes cyfeiriad gan Lywodraeth Cymru | Welsh Government has no address"
    assert [f"{sentence}", _("{name} has no address").format(name=name)] == ["Welsh Government has no address"] * 2
