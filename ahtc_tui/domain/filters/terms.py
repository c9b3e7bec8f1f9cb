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
    FilterNoun.DECISIONS: ("open", "closed"),
    FilterNoun.GROUPS: ("open", "closed"),
    FilterNoun.RECOMMENDATIONS: ("open", "closed"),
    FilterNoun.COMMISSIONS: ("open", "closed", "late"),
    FilterNoun.PROMISES: ("open", "closed", "late"),
}
"""Values of "is:" that each noun takes."""

CONNECTIVES = (
    ("-word -@bawso", "-gair", gettext_noop("a minus before any of them excludes")),
    ("A OR B", "A NEU B", gettext_noop("either of the two; OR in capitals, after all other words")),
)
"""How terms are joined, in English and in Welsh, and what that means."""


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
    compared: tuple[str, ...] = ()
    """Words before the sign of a comparison, in both languages; the first two are shown."""
    signs: str = "<>"
    """Signs that a comparison takes."""
    counts: bool = False
    """Whether it compares a number and not a date."""

    @property
    def own_comparisons(self) -> tuple[str, ...]:
        """How a comparison begins in the language of the interface: "due<", "due>"."""
        return tuple(f"{order_spellings(*self.compared[:2])[0]}{sign}" for sign in self.signs) if self.compared else ()

    @property
    def own_beginnings(self) -> tuple[str, ...]:
        """Every beginning of the term in the language of the interface, as an error lists them."""
        prefixes = (f"{self.own_prefix}:",) if self.prefix else ()
        return (*prefixes, *self.own_comparisons)

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
        """How it is written in both languages, the language of the interface first."""
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
        gettext_noop("the lead, or a post they hold; @- without a lead"),
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
        "statws:ar_saib",
        gettext_noop("planned, in_progress, continuing, on_hold, proposed_complete, done, cancelled"),
        (FilterNoun.ACTIONS,),
        "status",
        welsh_prefix="statws",
    ),
    TermRule(
        TermKind.BRAG,
        "brag:R brag:-",
        "sgôr:coch sgôr:-",
        gettext_noop("the rating (B, R, A, G or a colour; brag:- without one)"),
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
        gettext_noop("the supporter; support:- nobody"),
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
        gettext_noop("due before or after a date; due<= and due>= include it"),
        (FilterNoun.ACTIONS, FilterNoun.COMMISSIONS, FilterNoun.PROMISES),
        compared=("due", "erbyn", "dyledus"),
    ),
    TermRule(
        TermKind.RAISED,
        "raised>1 jan 2014",
        "codwyd>1 ion 2014",
        gettext_noop("raised or made before or after a date"),
        (FilterNoun.ACTIONS, FilterNoun.RECOMMENDATIONS, FilterNoun.PROMISES),
        compared=("raised", "codwyd"),
    ),
    TermRule(
        TermKind.CLOSED,
        "closed>1 jan 2014",
        "caewyd>1 ion 2014",
        gettext_noop("closed before or after a date; a commission when the paper was sent"),
        (FilterNoun.ACTIONS, FilterNoun.COMMISSIONS, FilterNoun.PROMISES),
        compared=("closed", "caewyd"),
    ),
    TermRule(
        TermKind.UPDATED,
        "updated<1 jan 2014",
        "diweddarwyd<1 ion 2014",
        gettext_noop("without an update since a date; updated> with one after it"),
        (FilterNoun.ACTIONS,),
        compared=("updated", "diweddarwyd"),
    ),
    TermRule(
        TermKind.WORSE,
        "worse>1 jan 2014",
        "gwaeth>1 ion 2014",
        gettext_noop("the rating is worse now than on a date"),
        (FilterNoun.ACTIONS,),
        compared=("worse", "gwaeth", "waeth"),
        signs=">",
    ),
    TermRule(
        TermKind.SLIPS,
        "slips>2 since 2014",
        "llithriadau>2 ers 2014",
        gettext_noop("how often the due date moved, in all or since a date"),
        (FilterNoun.ACTIONS,),
        compared=("slips", "llithriadau"),
        counts=True,
    ),
    TermRule(
        TermKind.ATTENDED,
        "attended<1 jan 2014",
        "mynychwyd<1 ion 2014",
        gettext_noop("no meeting attended since a date, in person or by a deputy; attended> one after it"),
        (FilterNoun.CONTACTS, FilterNoun.SEATS),
        compared=("attended", "mynychwyd", "mynychodd"),
    ),
    TermRule(
        TermKind.CLASS,
        "class:health",
        "dosbarth:iechyd",
        gettext_noop("the organisation kind of a contact, a seat or the lead"),
        (FilterNoun.ACTIONS, FilterNoun.CONTACTS, FilterNoun.SEATS, FilterNoun.RECOMMENDATIONS),
        "class",
        welsh_prefix="dosbarth",
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
        gettext_noop("the organisation (org: for short), with smaller ones in it"),
        (FilterNoun.CONTACTS, FilterNoun.SEATS),
        "organisation",
        welsh_prefix="sefydliad",
        aliases=("org", "sef"),
    ),
    TermRule(
        TermKind.AREA,
        'area:"North Wales"',
        'ardal:"Gogledd Cymru"',
        gettext_noop("the area with smaller ones in it; of an action the place, or the area of the lead or group"),
        (
            FilterNoun.ACTIONS,
            FilterNoun.CONTACTS,
            FilterNoun.MEETINGS,
            FilterNoun.DECISIONS,
            FilterNoun.GROUPS,
            FilterNoun.SEATS,
            FilterNoun.FIGURES,
            FilterNoun.PRACTICES,
            FilterNoun.RECOMMENDATIONS,
        ),
        "area",
        welsh_prefix="ardal",
    ),
    TermRule(
        TermKind.LANGUAGE,
        "language:cy language:-",
        "iaith:cymraeg iaith:-",
        gettext_noop("the language preferred by a person, en or cy; language:- not known"),
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

RULE_BY_COMPARISON = {prefix: rule for rule in RULES for prefix in rule.compared}

RULE_BY_PREFIX = {
    normalize_text(prefix): rule for rule in RULES if rule.prefix for prefix in (*rule.prefixes, *rule.aliases)
}
"""Rules by their prefixes in both languages, without accents."""


def order_spellings(english: str, welsh: str) -> tuple[str, str]:
    """Return the two spellings, the one in the language of the interface first."""
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
