"""The terms of filters as one table, from which the parser, the help page, `--help` and the guide are made."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.i18n import _, gettext_noop

ALL_NOUNS = tuple(FilterNoun)


@dataclass(frozen=True, slots=True)
class TermRule:
    """One kind of term: how it is written, what it means, and which records take it."""

    kind: TermKind
    forms: str
    """How it is written, as the help shows it."""
    meaning: str
    nouns: tuple[FilterNoun, ...]
    prefix: str = ""
    sign: str = ""
    aliases: tuple[str, ...] = ()
    """Further spellings of the prefix."""
    takes_empty: bool = False


RULES = (
    TermRule(
        TermKind.WORDS,
        'word "two words"',
        gettext_noop("every word must match; the last letters can be missing"),
        ALL_NOUNS,
    ),
    TermRule(
        TermKind.LEAD,
        "@bawso lead:bawso @-",
        gettext_noop("the lead, or a post that they hold; @- without a lead"),
        (FilterNoun.ACTIONS,),
        "lead",
        "@",
        takes_empty=True,
    ),
    TermRule(
        TermKind.GROUP,
        "#gwent group:gwent #-",
        gettext_noop("the group; #- without a group"),
        (FilterNoun.ACTIONS, FilterNoun.CONTACTS, FilterNoun.MEETINGS, FilterNoun.DECISIONS),
        "group",
        "#",
        takes_empty=True,
    ),
    TermRule(
        TermKind.OBJECTIVE,
        "obj:2 obj:-",
        gettext_noop("the objective; obj:- without one"),
        (FilterNoun.ACTIONS,),
        "obj",
        aliases=("objective",),
        takes_empty=True,
    ),
    TermRule(
        TermKind.STATUS,
        "status:on_hold",
        gettext_noop("planned, in_progress, continuing, on_hold, proposed_complete, done, cancelled"),
        (FilterNoun.ACTIONS,),
        "status",
    ),
    TermRule(
        TermKind.BRAG,
        "brag:R brag:-",
        gettext_noop("the rating: B, R, A, G or its colour; brag:- without one"),
        (FilterNoun.ACTIONS,),
        "brag",
        takes_empty=True,
    ),
    TermRule(
        TermKind.SUPPORT,
        "support:bawso",
        gettext_noop("who supports it; support:- nobody"),
        (FilterNoun.ACTIONS,),
        "support",
        takes_empty=True,
    ),
    TermRule(
        TermKind.STATE,
        "is:late",
        gettext_noop("is:open, is:closed, is:late, is:continuing, is:blocked; !late for short"),
        (FilterNoun.ACTIONS,),
        "is",
        "!",
    ),
    TermRule(
        TermKind.DUE,
        "due<30 nov due>fri",
        gettext_noop("due before or after a day; due<= and due>= include it"),
        (FilterNoun.ACTIONS,),
    ),
    TermRule(
        TermKind.KIND,
        "kind:post",
        gettext_noop("person, post or organisation"),
        (FilterNoun.CONTACTS,),
        "kind",
    ),
    TermRule(
        TermKind.ORGANISATION,
        "organisation:bawso",
        gettext_noop("the organisation and its parts; org: for short"),
        (FilterNoun.CONTACTS,),
        "organisation",
        aliases=("org",),
    ),
    TermRule(
        TermKind.AREA,
        'area:"North Wales"',
        gettext_noop("the area and its parts"),
        (FilterNoun.CONTACTS,),
        "area",
    ),
    TermRule(
        TermKind.LANGUAGE,
        "language:cy language:-",
        gettext_noop("the language that a person prefers: en or cy; language:- not known"),
        (FilterNoun.CONTACTS,),
        "language",
        takes_empty=True,
    ),
    TermRule(
        TermKind.LIST,
        "+cascade list:cascade",
        gettext_noop("on a circulation list"),
        (FilterNoun.CONTACTS,),
        "list",
        "+",
    ),
)
"""Every kind of term."""

CONNECTIVES = (
    ("-word -@bawso", gettext_noop("a minus before any of them excludes")),
    ("A OR B", gettext_noop("either side; OR in capitals, after all other words")),
)
"""How terms are joined."""

RULE_BY_KIND = {rule.kind: rule for rule in RULES}
RULE_BY_SIGN = {rule.sign: rule for rule in RULES if rule.sign}
RULE_BY_PREFIX = {prefix: rule for rule in RULES if rule.prefix for prefix in (rule.prefix, *rule.aliases)}


def list_rules(noun: FilterNoun) -> list[TermRule]:
    """Return the rules of the terms that a noun takes."""
    return [rule for rule in RULES if noun in rule.nouns]


def describe_terms(noun: FilterNoun | None = None) -> list[tuple[str, str]]:
    """Return how each term is written and what it means, as messages to translate; of one noun or of all."""
    rules = RULES if noun is None else list_rules(noun)
    return [*((rule.forms, rule.meaning) for rule in rules), *CONNECTIVES]


def describe_nouns(rule: TermRule) -> str:
    """Return which records take a term, translated: "actions, contacts"."""
    return _("all lists") if rule.nouns == ALL_NOUNS else ", ".join(noun.label for noun in rule.nouns)
