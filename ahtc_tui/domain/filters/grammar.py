"""Parser of filters: text to tokens to terms, AND by juxtaposition, OR lower."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.filters.model import EMPTY, Filter, FilterNoun, Term, TermKind
from ahtc_tui.domain.filters.terms import (
    RULE_BY_COMPARISON,
    RULE_BY_KIND,
    RULE_BY_PREFIX,
    RULE_BY_SIGN,
    STATES_BY_NOUN,
    TermRule,
    describe_nouns,
    list_rules,
)
from ahtc_tui.domain.filters.values import (
    CHOICES,
    find_short_term,
    find_value,
    list_short_spellings,
    list_value_spellings,
)
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.text.normalization import normalize_text

SINCE_WORDS = ("since", "ers")
"""Words before the date from which something is counted."""

LONGEST_DATE = 8
"""Largest number of words in a date: "by the end of the month of November 2013"."""

LONGEST_NUMBER = 8
"""Number of digits from which a count is not read."""

OR_WORDS = ("OR", "NEU")
"""Words that join alternatives, in English and Welsh."""
NOT_WORDS = ("NOT", "NID")
"""Words that are refused, since a minus excludes."""

_TOKEN = re.compile(
    r"""(?P<minus>-(?=["@#!]|[^\W_]))?(?:"(?P<quoted>[^"]*)"(?!\S)|'(?P<single>[^']*)'(?!\S)"""
    r"""|(?P<head>[^\s"]*[:@\#+])"(?P<tail>[^"]*)"(?!\S)|(?P<plain>\S+))"""
)
_COMPARED = re.compile(rf"(?<!\S)(?P<word>-?(?:{'|'.join(RULE_BY_COMPARISON)}))\s*(?P<side>[<>]=?)\s*", re.IGNORECASE)
_PREFIX = re.compile(r"(?P<prefix>[^\W\d]+):(?P<value>.*)", re.DOTALL)
_COMPARISON = re.compile(r"(?P<prefix>[^\W\d]+)(?P<side>[<>]=?)(?P<value>.*)", re.DOTALL)

_EXAMPLE = re.compile(r'(?:"[^"]*"|\S)+')
_ASSIGNMENT = re.compile(r"(?P<typed>[^\W\d]+=).*|--\w[\w-]*", re.DOTALL)
"""Text that looks like `field=value` of a command or like an option: searched as a word, it would match nothing."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A part of the text between spaces, or in quotation marks."""

    text: str
    negated: bool
    quoted: bool = False

    @property
    def is_or(self) -> bool:
        return self.text in OR_WORDS and not self.quoted and not self.negated


def read_filter(text: str, noun: FilterNoun, today: date = date.min) -> Filter:
    """Return the filter of a typed line. Dates are read as on `today`. Raises BadInput for what is not understood."""
    tokens = list(_split(unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode())))
    alternatives: list[list[Term]] = [[]]
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.is_or:
            alternatives.append([])
        elif _COMPARED.match(token.text):
            term, used = _read_comparison(token, tokens[position:], noun, today)
            alternatives[-1].append(term)
            position += used
        elif (token.quoted or token.text != "AND") and (condition := _read_term(token, noun)):
            alternatives[-1].append(condition)
    if len(alternatives) > 1 and any(token.text[0] == "(" and not token.quoted for token in tokens):
        raise BadInput(_("Brackets are not part of a filter. Enter each side of OR in full."))
    if len(alternatives) > 1 and not all(alternatives):
        raise BadInput(_("OR needs a condition on both sides."))
    if tokens and not alternatives[0]:
        raise BadInput(_('"{text}" has no word to search for.').format(text=text.strip()))
    return Filter(tuple(tuple(terms) for terms in alternatives if terms))


def _split(text: str) -> Iterator[_Token]:
    if text.count('"') % 2:
        raise BadInput(_("A quotation mark is not closed in the filter: {text}.").format(text=text.strip()))
    for match in _TOKEN.finditer(_COMPARED.sub(r"\g<word>\g<side>", text)):
        quoted = next((match[name] for name in ("quoted", "single") if match[name] is not None), None)
        joined = match["head"] + match["tail"] if match["head"] is not None else match["plain"]
        yield _Token(joined if quoted is None else quoted, bool(match["minus"]), quoted is not None)


def _read_comparison(token: _Token, following: list[_Token], noun: FilterNoun, today: date) -> tuple[Term, int]:
    """Return the condition that compares a date or a number, and how many of the following tokens belong to it."""
    comparison = _COMPARISON.fullmatch(token.text)
    assert comparison is not None
    prefix, side = comparison["prefix"], comparison["side"]
    rule = RULE_BY_COMPARISON[prefix.lower()]
    _check_noun(rule.kind, prefix, noun)
    if side[0] not in rule.signs:
        raise BadInput(_build_choice_sentence(f"{prefix}{side}", [(text, text) for text in rule.own_comparisons]))
    words = [*comparison["value"].split(), *_take_plain_words(following)]
    own = len(comparison["value"].split())
    if rule.counts:
        return _read_count(rule, f"{prefix}{side}", words, own, token.negated, today)
    match = _read_day(words, own, today)
    if match is None:
        typed = f"{prefix}{side}{' '.join(words[: max(own, 1)])}"
        sentence = _('"{text}" needs a date, like {word}30 nov 2013.')
        raise BadInput(sentence.format(text=typed, word=f"{prefix}{side[0]}"))
    tolerance = timedelta(days="=" in side) if side[0] == "<" else -timedelta(days="=" in side)
    return Term(rule.kind, side[0], token.negated, match[0].latest + tolerance), match[1] - own


def _read_day(words: list[str], least: int, today: date) -> tuple[DateAsKnown, int] | None:
    """Return the longest date that words begin with, of at least some words, and its number of words."""
    from ahtc_tui.domain.dates.components import NotADate
    from ahtc_tui.domain.dates.parser import read_date

    for length in range(min(len(words), LONGEST_DATE), max(least, 1) - 1, -1):
        try:
            known_date = read_date(" ".join(words[:length]), today)
        except NotADate:
            continue
        if known_date.precision is not Precision.WORDS:
            return known_date, length
    return None


def _read_count(rule: TermRule, typed: str, words: list[str], own: int, negated: bool, today: date) -> tuple[Term, int]:
    """Return the condition on a number, such as `slips>2 since 2014`, and how many following tokens belong to it."""
    if not words or not (words[0].isascii() and words[0].isdigit() and len(words[0]) < LONGEST_NUMBER):
        text = f"{typed}{' '.join(words[: max(own, 1)])}"
        raise BadInput(_('"{text}" needs a number, like {word}2.').format(text=text, word=typed))
    number = int(words[0]) + {">=": -1, "<=": 1}.get(typed[len(typed.rstrip("<>=")) :], 0)
    used, day = 1, None
    if words[1:2] and words[1].lower() in SINCE_WORDS:
        match = _read_day(words[2:], 1, today)
        if match is None:
            text = f"{typed}{' '.join(words[:3])}"
            raise BadInput(_('"{text}" needs a date after "{word}".').format(text=text, word=words[1]))
        day, used = match[0].earliest, 2 + match[1]
    return Term(rule.kind, ">" if ">" in typed else "<", negated, day, number), used - own


def _take_plain_words(tokens: list[_Token]) -> Iterator[str]:
    for token in tokens:
        if token.quoted or token.negated or token.is_or or token.text == "AND" or not _is_plain(token.text):
            return
        yield token.text


def _is_plain(text: str) -> bool:
    return text[0] not in RULE_BY_SIGN and not _PREFIX.fullmatch(text) and not _COMPARISON.fullmatch(text)


def _read_term(token: _Token, noun: FilterNoun) -> Term | None:
    """Return the condition of a token; None for punctuation alone. Raises BadInput."""
    text = token.text
    if match := _PREFIX.fullmatch(text):
        rule = RULE_BY_PREFIX.get(normalize_text(match["prefix"]))
        if rule or not (token.quoted or match["value"].startswith("//")):
            return replace(_read_prefixed(rule, match["prefix"], match["value"].strip(), noun), negated=token.negated)
    if not token.quoted and _COMPARISON.fullmatch(text):
        raise _build_unknown_error(text, noun)
    if not token.quoted and (assignment := _ASSIGNMENT.fullmatch(text)):
        raise _build_unknown_error(assignment["typed"] or text, noun)
    rule = RULE_BY_SIGN.get(text[:1])
    if rule and not (token.quoted and rule.sign == "!"):
        return replace(_read_signed(rule, text[1:].strip(), noun), negated=token.negated)
    if not any(sign.isalnum() for sign in text):
        return None
    if text in NOT_WORDS and not token.quoted:
        sentence = _('"{word}" is not part of a filter. Enter a minus before the word, as in -training.')
        raise BadInput(sentence.format(word=text))
    return Term(TermKind.WORDS, text, token.negated)


def _read_signed(rule: TermRule, value: str, noun: FilterNoun) -> Term:
    _check_noun(rule.kind, rule.sign, noun)
    if rule.sign != "!":
        return _read_value(rule, f"{rule.sign}{value}", value, noun)
    term = find_short_term(value) if value[:1].isalnum() else None
    if term is None:
        spellings = [(f"!{word}", f"!{shown}") for word, shown in list_short_spellings()]
        raise BadInput(_build_choice_sentence(f"!{value}", spellings))
    _check_noun(term[0], f"!{value}", noun)
    _check_state(*term, f"!{value}", noun)
    return Term(*term)


def _read_prefixed(rule: TermRule | None, prefix: str, value: str, noun: FilterNoun) -> Term:
    if rule is None:
        raise _build_unknown_error(f"{prefix}:", noun)
    _check_noun(rule.kind, f"{prefix}:", noun)
    return _read_value(rule, f"{prefix}:{value}", value, noun)


def _read_value(rule: TermRule, typed: str, value: str, noun: FilterNoun) -> Term:
    """Return the term of a rule and a value. Raises BadInput for a value that is not one of a fixed set."""
    if value == EMPTY:
        if not rule.takes_empty:
            raise BadInput(_('"{text}" is not a condition. Every record has a value in this field.').format(text=typed))
        return Term(rule.kind, EMPTY)
    if not any(sign.isalnum() for sign in value):
        (example, *_rest) = _EXAMPLE.findall(rule.lines[0])
        raise BadInput(_('"{text}" needs a value, like {example}.').format(text=typed, example=example))
    if rule.kind not in CHOICES:
        return Term(rule.kind, value)
    choice = find_value(rule.kind, value)
    if choice is None:
        spellings = list_value_spellings(rule.kind)
        raise BadInput(
            _build_choice_sentence(
                typed,
                [
                    (f"{prefix}:{word}", f"{rule.own_prefix}:{shown}")
                    for word, shown in spellings
                    for prefix in rule.prefixes
                ],
            )
        )
    _check_state(rule.kind, choice, typed, noun)
    return Term(rule.kind, choice)


def _check_noun(kind: TermKind, typed: str, noun: FilterNoun) -> None:
    """Raise BadInput for a term of other records."""
    if noun in RULE_BY_KIND[kind].nouns:
        return
    sentence = _('"{text}" filters {others}, not {noun}. Here you can filter by {own}.')
    own = ", ".join((_("words"), *(text for rule in list_rules(noun) for text in rule.own_beginnings)))
    raise BadInput(sentence.format(text=typed, others=describe_nouns(RULE_BY_KIND[kind]), noun=noun.label, own=own))


def _check_state(kind: TermKind, value: str, typed: str, noun: FilterNoun) -> None:
    """Raise BadInput for a state that the records do not have."""
    if kind is TermKind.STATE and value not in STATES_BY_NOUN[noun]:
        others = ", ".join(other.label for other, states in STATES_BY_NOUN.items() if value in states)
        sentence = _('"{text}" filters {others}, not {noun}.')
        raise BadInput(sentence.format(text=typed, others=others, noun=noun.label))


def _build_unknown_error(typed: str, noun: FilterNoun) -> BadInput:
    """Return the error for a condition whose prefix does not exist."""
    rules = list_rules(noun)
    spellings = [(f"{prefix}:", f"{rule.own_prefix}:") for rule in rules for prefix in rule.prefixes]
    spellings += [
        (f"{prefix}{sign}", shown)
        for rule in rules
        for sign, shown in zip(rule.signs, rule.own_comparisons, strict=False)
        for prefix in rule.compared
    ]
    sentence = _build_choice_sentence(typed, spellings)
    return BadInput(_("{sentence} To search for it as text, put it in quotation marks.").format(sentence=sentence))


def _build_choice_sentence(typed: str, spellings: list[tuple[str, str]]) -> str:
    """Return the sentence for a condition that does not exist, with the nearest one or else all.

    `spellings` are pairs of a spelling in either language and the one that is shown for it.
    """
    from rapidfuzz import fuzz, process

    field, colon, value = typed.lower().partition(":")
    same_field = [(word.partition(":")[2], shown) for word, shown in spellings if word.partition(":")[0] == field]
    compared = same_field if colon and same_field else spellings
    nearest = process.extractOne(
        value if compared is same_field else typed.lower(),
        [word for word, _shown in compared],
        scorer=fuzz.ratio,
        score_cutoff=60,
    )
    if nearest:
        shown = compared[nearest[2]][1]
        return _('"{text}" is not a condition. Did you mean {nearest}?').format(text=typed, nearest=shown)
    if not spellings:
        return _('"{text}" is not a condition. This list takes words.').format(text=typed)
    choices = ", ".join(dict.fromkeys(shown for _word, shown in spellings))
    return _('"{text}" is not a condition. Choose from {choices}.').format(text=typed, choices=choices)
