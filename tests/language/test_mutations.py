"""Welsh words have the mutation that the word before them requires."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.language.mutations import ASPIRATE, SOFT, find_wrong_mutations, mutate
from tests.language.spelling import find_unknown_words
from tests.language.welsh_text import list_welsh_texts
from tests.shape.messages import read_catalogue

IRREGULAR = {"Cynrychiolir", "Daeth", "Mae", "Maent", "blynedd", "o", "camau", "colofnau", "ffeiliau"}
"""Verbs, the noun for years, which has forms of its own after numbers, the preposition before a plural, and plurals
that no number comes before.
"""


def find_wrong_pairs(texts: Iterable[str], dictionary: Path) -> list[list[str]]:
    """The wrong pairs of words in each text."""
    rows = find_wrong_mutations(texts, lambda words: find_unknown_words(words, dictionary))
    return [[f"{pair}: {rule}" for pair, rule in row] for row in rows]


@pytest.mark.clients
def test_no_welsh_text_lacks_a_mutation(dictionary: Path) -> None:
    texts = list(list_welsh_texts())
    rows = find_wrong_pairs([text.language for text in texts], dictionary)
    assert {text.place: row for text, row in zip(texts, rows, strict=True) if row} == {}


WRONG = [
    "i cadw'r cofnod",
    "o cyfarfod",
    "heb teitl",
    "cofnod neu dyddiad",
    "y cronfa ddata",
    "un colofn",
    "cofnod a penderfyniad",
    "gyda person",
    "ei cadeirydd",
    "fy penodiad",
    "eu awdurdod",
    "yn cyfreithlon",
    "mae'n pwysig",
    "y dau gofnod",
    "yr un cofnod ac cyfarfod",
    "gyda awdurdod",
    "gydag cyfarfod",
    "grŵp a awdurdodau",
    "tri camau",
    "y gyfarfod",
    "yn nghofnodion y grŵp",
    "ym cofnodion y grŵp",
    "ni ysgrifennwyd dim",
]
RIGHT = [
    "i gadw'r cofnod",
    "gadael i gael",
    "y gronfa ddata",
    "y llinell",
    "cofnod a phenderfyniad",
    "ei gadeirydd a'i chadeirydd",
    "eu hawdurdod",
    "yn gyfreithlon ac yn cadw",
    "yn rhanbarthol",
    "y ddau gofnod",
    "gydag awdurdod",
    "awdurdod a anfonwyd",
    "tri cham",
    "tri o gamau",
    "nid ysgrifennwyd dim ac ni ellir ei agor",
    "i Caernarfon",
    "i, cadw",
    "yng nghofnodion y grŵp ym mis Mai",
]


@pytest.mark.clients
def test_a_missing_mutation_is_reported_by_its_rule(dictionary: Path) -> None:
    rows = find_wrong_pairs(WRONG, dictionary)
    assert [text for text, row in zip(WRONG, rows, strict=True) if len(row) != 1] == []


@pytest.mark.clients
def test_a_correct_text_is_not_reported(dictionary: Path) -> None:
    assert {text: row for text, row in zip(RIGHT, find_wrong_pairs(RIGHT, dictionary), strict=True) if row} == {}


def list_plural_forms(message: Message) -> list[str]:
    """The six forms of a message, or none."""
    return list(message.string or ()) if message.pluralizable else []


def list_counted_nouns() -> list[tuple[str, list[str]]]:
    """The counted noun of each plural message in its six forms: for 0, 1, 2, 3, 6 and other numbers.

    A form of one that has no number ("bob mis", "unwaith") counts like that of nought.
    """
    nouns = []
    for message in read_catalogue():
        forms = list_plural_forms(message)
        if forms and "{n}" in forms[0] and "{n}" not in forms[1]:
            forms[1] = forms[0]
        matches = [re.search(r"\{n\} ([\w-]+)", form) or re.match(r"([\w-]+)", form) for form in forms]
        if len(set(forms)) > 1 and all(matches):
            nouns.append((str(message.id), [match[1] for match in matches if match]))
    return nouns


@pytest.mark.parametrize(("message", "forms"), list_counted_nouns(), ids=lambda value: str(value)[:60])
def test_a_counted_noun_mutates_after_its_number(message: str, forms: list[str]) -> None:
    """Two softens and six makes p, t and c aspirate; one softens feminine nouns, three aspirates others.

    A noun without its number is a label as well, and stays as it is after one.
    """
    noun, after_one, after_two, after_three, after_six, after_others = forms
    if noun in IRREGULAR:
        return
    soft, aspirate = mutate(noun, SOFT) or noun, mutate(noun, ASPIRATE) or noun
    assert (after_others, after_two, after_six) == (noun, soft, aspirate)
    is_label = "{n}" not in message
    assert (after_one, after_three) in {(noun, aspirate), (soft, noun), *([(noun, noun)] if is_label else [])}
