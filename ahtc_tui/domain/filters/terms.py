"""The terms of filters as one table, from which the parser, the help page, `--help` and the guide are made."""

from __future__ import annotations

from dataclasses import dataclass

from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.filters.values import STATES
from ahtc_tui.domain.i18n import Language, _, get_current_language, gettext_noop
from ahtc_tui.domain.text.normalization import normalize_text

ALL_NOUNS = tuple(FilterNoun)

STATES_BY_NOUN = {
    FilterNoun.ACTIONS: (*STATES, "all"),
    FilterNoun.GROUPS: ("open", "closed"),
    FilterNoun.RECOMMENDATIONS: ("open", "closed"),
    FilterNoun.COMMISSIONS: ("open", "closed", "late"),
}
"""Values of "is:" that each noun takes."""

CONNECTIVES = (
    ("-word -@bawso", "-gair", gettext_noop("a minus before any of them excludes")),
    ("A OR B", "A NEU B", gettext_noop("either of the two; OR in capitals, after all other words")),
)
"""How terms are joined, in English and in Welsh, and what that means."""

DUE_PREFIXES = ("due", "erbyn", "dyledus")
"""Words before the sign of a comparison with the due date."""


@dataclass(frozen=True, slots=True)
class TermRule:
    """One kind of term: how it is written, what it means, and which records take it."""

    kind: TermKind
    forms: str
    """How it is written in English, as the help shows it."""
    welsh_forms: str
    """How it is written in Welsh."""
    meaning: str
    nouns: tuple[FilterNoun, ...]
    prefix: str = ""
    sign: str = ""
    welsh_prefix: str = ""
    aliases: tuple[str, ...] = ()
    """Further spellings of the prefix, in both languages."""
    takes_empty: bool = False

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The prefix in both languages; empty for terms without one."""
        return (self.prefix, self.welsh_prefix) if self.prefix else ()

    @property
    def own_prefix(self) -> str:
        """The prefix in the language of the interface."""
        return self.welsh_prefix if get_current_language() is Language.CY else self.prefix

    @property
    def lines(self) -> tuple[str, str]:
        """How it is written in both languages, that of the interface first."""
        return order_spellings(self.forms, self.welsh_forms)


RULES = (
    TermRule(
        TermKind.WORDS,
        'word "two words"',
        'gair "dau air"',
        gettext_noop("every word must match; the last letters can be missing"),
        ALL_NOUNS,
    ),
    TermRule(
        TermKind.LEAD,
        "@bawso lead:bawso @-",
        "@bawso arweinydd:bawso",
        gettext_noop("the lead, or a post that they hold; @- without a lead"),
        (FilterNoun.ACTIONS, FilterNoun.GROUPS, FilterNoun.PRACTICES, FilterNoun.RECOMMENDATIONS),
        "lead",
        "@",
        welsh_prefix="arweinydd",
        takes_empty=True,
    ),
    TermRule(
        TermKind.GROUP,
        "#gwent group:gwent #-",
        "grŵp:gwent grŵp:-",
        gettext_noop("the group; #- without a group"),
        (
            FilterNoun.ACTIONS,
            FilterNoun.CONTACTS,
            FilterNoun.MEETINGS,
            FilterNoun.DECISIONS,
            FilterNoun.GROUPS,
            FilterNoun.SEATS,
        ),
        "group",
        "#",
        welsh_prefix="grŵp",
        takes_empty=True,
    ),
    TermRule(
        TermKind.OBJECTIVE,
        "obj:2 obj:-",
        "amcan:2 amcan:-",
        gettext_noop("the objective; obj:- without one"),
        (FilterNoun.ACTIONS, FilterNoun.RECOMMENDATIONS),
        "obj",
        welsh_prefix="amcan",
        aliases=("objective", "am"),
        takes_empty=True,
    ),
    TermRule(
        TermKind.STATUS,
        "status:on_hold",
        "statws:ar_waith",
        gettext_noop("planned, in_progress, continuing, on_hold, proposed_complete, done, cancelled"),
        (FilterNoun.ACTIONS,),
        "status",
        welsh_prefix="statws",
    ),
    TermRule(
        TermKind.BRAG,
        "brag:R brag:-",
        "sgôr:coch sgôr:-",
        gettext_noop("the rating: B, R, A, G or its colour; brag:- without one"),
        (FilterNoun.ACTIONS,),
        "brag",
        welsh_prefix="sgôr",
        aliases=("lliw",),
        takes_empty=True,
    ),
    TermRule(
        TermKind.SUPPORT,
        "support:bawso",
        "cefnogaeth:bawso",
        gettext_noop("who supports it; support:- nobody"),
        (FilterNoun.ACTIONS,),
        "support",
        welsh_prefix="cefnogaeth",
        takes_empty=True,
    ),
    TermRule(
        TermKind.STATE,
        "is:late",
        "yw:hwyr",
        gettext_noop("is:open, is:closed, is:late, is:continuing, is:blocked; !late for short"),
        tuple(STATES_BY_NOUN),
        "is",
        "!",
        welsh_prefix="yw",
    ),
    TermRule(
        TermKind.DUE,
        "due<30 nov due>fri",
        "erbyn<30 tach erbyn>gwe",
        gettext_noop("due before or after a day; due<= and due>= include it"),
        (FilterNoun.ACTIONS, FilterNoun.COMMISSIONS),
    ),
    TermRule(
        TermKind.KIND,
        "kind:post",
        "math:swydd",
        gettext_noop("person, post or organisation"),
        (FilterNoun.CONTACTS,),
        "kind",
        welsh_prefix="math",
    ),
    TermRule(
        TermKind.ORGANISATION,
        "organisation:bawso",
        "sefydliad:bawso",
        gettext_noop("the organisation and its parts; org: for short"),
        (FilterNoun.CONTACTS, FilterNoun.SEATS),
        "organisation",
        welsh_prefix="sefydliad",
        aliases=("org", "sef"),
    ),
    TermRule(
        TermKind.AREA,
        'area:"North Wales"',
        'ardal:"Gogledd Cymru"',
        gettext_noop("the area and its parts"),
        (FilterNoun.CONTACTS, FilterNoun.GROUPS, FilterNoun.SEATS, FilterNoun.FIGURES, FilterNoun.PRACTICES),
        "area",
        welsh_prefix="ardal",
    ),
    TermRule(
        TermKind.LANGUAGE,
        "language:cy language:-",
        "iaith:cymraeg iaith:-",
        gettext_noop("the language that a person prefers: en or cy; language:- not known"),
        (FilterNoun.CONTACTS,),
        "language",
        welsh_prefix="iaith",
        takes_empty=True,
    ),
    TermRule(
        TermKind.LIST,
        "+cascade list:cascade",
        "rhestr:cascade",
        gettext_noop("on a circulation list"),
        (FilterNoun.CONTACTS,),
        "list",
        "+",
        welsh_prefix="rhestr",
    ),
)
"""Every kind of term."""

RULE_BY_KIND = {rule.kind: rule for rule in RULES}
RULE_BY_SIGN = {rule.sign: rule for rule in RULES if rule.sign}

RULE_BY_PREFIX = {
    normalize_text(prefix): rule for rule in RULES if rule.prefix for prefix in (*rule.prefixes, *rule.aliases)
}
"""Rules by their prefixes in both languages, without accents."""


def order_spellings(english: str, welsh: str) -> tuple[str, str]:
    """Return two spellings of the same, that of the language of the interface first."""
    return (welsh, english) if get_current_language() is Language.CY else (english, welsh)


def list_rules(noun: FilterNoun) -> list[TermRule]:
    """Return the rules of the terms that a noun takes."""
    return [rule for rule in RULES if noun in rule.nouns]


def describe_terms(noun: FilterNoun | None = None) -> list[tuple[tuple[str, str], str]]:
    """Return how each term is written in both languages, and what it means as a message to translate.

    The spelling of the language of the interface is first. `noun` limits the terms to those of its records.
    """
    rules = RULES if noun is None else list_rules(noun)
    connectives = ((order_spellings(english, welsh), meaning) for english, welsh, meaning in CONNECTIVES)
    return [*((rule.lines, rule.meaning) for rule in rules), *connectives]


def describe_nouns(rule: TermRule) -> str:
    """Return which records take a term, translated: "actions, contacts"."""
    return _("all lists") if rule.nouns == ALL_NOUNS else ", ".join(noun.label for noun in rule.nouns)
