"""Finds missing initial mutations in Welsh texts, for rules without exceptions and words whose radical form is certain.

A word is a certain radical when the dictionary has it and its mutated form, and it is not the mutated form of another.
So "cadw" is one, as "gadw" is a word and no word mutates to "cadw"; "gael" is none, as it may be the mutated "cael".
Capitalised words are skipped as names. The rules are those of P. W. Thomas, *Gramadeg y Gymraeg* (1996).

On the 2,617 sentences of the treebank UD Welsh-CCG it reports 20 pairs, of which 16 are slips of their writers. Of the
mutations marked there it notices half, when they are taken away one at a time: silence is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

FindUnknown = Callable[[Iterable[str]], set[str]]
"""Returns the words that are not in the dictionary."""

SOFT = {"p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f", "ll": "l", "rh": "r"}
ASPIRATE = {"p": "ph", "t": "th", "c": "ch"}
NASAL = {"p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng"}
PLAIN = re.compile(r"ll|rh|(?:p(?!h)|t(?!h)|c(?!h)|b|d(?!d)|g|m)", re.IGNORECASE)
"""The consonant with which a word begins that can mutate."""
VOWELS = tuple("aeiouwyâêîôûŵŷäëïöü")

PREPOSITIONS = {"am", "ar", "at", "dan", "dros", "drwy", "gan", "heb", "hyd", "i", "o", "tan", "trwy", "wrth"}
SOFTENING = PREPOSITIONS | {"ail", "dau", "dwy", "dy", "dyma", "dyna", "hen", "holl", "neu"}
SOFTENING |= {"pa", "prif", "rhy", "unrhyw"}
ASPIRATING = {"a", "â", "gyda", "tua", "tri", "chwe", "na"}
PRONOUNS = {"ei", "'i"}
"""His softens and her aspirates: a plain p, t or c is wrong after both."""
BEFORE_H = {"eu", "ein", "'u"}
"""Our and their put an h before a vowel."""
NUMERALS = {"dau", "dwy", "tri", "tair", "pedwar", "pedair", "pum", "chwe", "saith", "wyth", "naw", "deg"}
ARTICLES = {"y", "'r"}

FIXED = {
    *(
        "braf",
        "byth",
        "bron",
        "gerllaw",
        "gyda",
        "mai",
        "mewn",
        "mor",
        "mwy",
        "mwyaf",
        "pan",
        "pe",
        "pryd",
        "tu",
        "tua",
    ),
    *("dy", "mae", "maent", "mi", "mono", "monoch", "ti", "grant", "grwpiau"),
}
"""Words that do not mutate, in general or in a set phrase such as gan mwyaf."""
FINITE = re.compile(r"(?:odd|oedd|aeth|wyd|ir|id|ai|ant|ent|wch|iff|em|om|ais|ith)$")
"""Endings of finite verbs: they follow a, neu and an object pronoun by rules of their own."""
NOMINAL = re.compile(r"(?:iad|iadau|aeth|aethau|ydd|yddion|ion|ol|lon|us|ig|adwy|gar|rwydd|der|wr|wyr|oedd|fa)$")
"""Endings of nouns and adjectives, which a verb-noun does not have."""
VERB_NOUNS = {"cynnig", "digwydd"}
"""The exceptions."""
PLURAL = re.compile(r"(?:[^h]au|ion|oedd)$")
NOT_PLURAL = {"amau", "angau", "dau", "ddau", "dechrau", "eisiau", "golau", "oedd", "roedd"}
DESCRIBING = {
    *("byr", "clir", "cudd", "cyfan", "cyson", "cywir", "da", "drwg", "gwag", "gwell", "gwir", "mawr", "parod", "prin"),
    *("tebyg", "bach", "gwael"),
}
"""Short adjectives, which follow the yn of a predicate."""
FEMININE = {
    *(
        "blwyddyn",
        "carreg",
        "cell",
        "cofrestr",
        "colofn",
        "cronfa",
        "cyfres",
        "cynhadledd",
        "dogfen",
        "dyfais",
        "menter",
    ),
    *("disg", "dyletswydd", "barn", "cyfraith", "gwybodaeth", "deddf", "canolfan", "cymdeithas", "cyfradd"),
    *("cadwyn", "taflen", "tref", "trefn", "tudalen", "tystiolaeth", "gwefan", "gwlad", "pleidlais", "prifysgol"),
}
"""Nouns of this program and its field that the article and un soften."""
MASCULINE = {
    *("cam", "cyfarfod", "cofnod", "cyswllt", "copi", "cyfnod", "cynllun", "corff", "cais", "cwestiwn", "canlyniad"),
    *(
        "cyfeirnod",
        "cyfeiriad",
        "cyfrinair",
        "cyfrinymadrodd",
        "cynnydd",
        "cadeirydd",
        "dyddiad",
        "diwrnod",
        "dangosfwrdd",
        "dyddlyfr",
    ),
    *(
        "diweddariad",
        "gliniadur",
        "gwerth",
        "gorchymyn",
        "papur",
        "paragraff",
        "pecyn",
        "penderfyniad",
        "person",
        "pwnc",
    ),
    *("mis", "maes", "marc", "tabl", "testun", "teitl", "templed", "terfyn", "bwrdd", "bwlch"),
}
"""Nouns of this program and its field that the article leaves as they are."""
REVIEWED = {("neu", "both"): "an answer that is typed in English"}
"""Pairs that look wrong and are right, with the reason."""

HOSTS_OF_YN = re.compile("mae|sy|[a-z]+ai", re.IGNORECASE)
"""Verbs to which a shortened yn is joined; after a, i and o the same letters mean our."""


@dataclass(frozen=True)
class Pair:
    """A word and the word before it."""

    before: str
    word: str

    def __str__(self) -> str:
        return f"{self.before} {self.word}"


def list_pairs(text: str) -> Iterator[Pair]:
    """Yield each two words with nothing but a space between them; what follows an apostrophe is a word."""
    words = [
        (match.start(), match.end(), match.group())
        for match in re.finditer(
            r"'?[^\W\d_]+(?:-[^\W\d_]+)*|\d+", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        )
    ]
    host = ""
    for (_start, end, before), (start, _end, word) in pairwise(words):
        if before == "'n" and HOSTS_OF_YN.fullmatch(host):
            before = "yn"
        host = before.lower()
        if text[end:start] in ("", " "):
            yield Pair(host, word)


def mutate(word: str, changes: dict[str, str]) -> str | None:
    """Return the mutated form, or None where the word begins with no consonant of the table."""
    match = PLAIN.match(word)
    if match is None or (consonant := match.group().lower()) not in changes:
        return None
    return changes[consonant] + word[len(consonant) :]


def list_sources(word: str) -> list[str]:
    """Return the words of which this one would be the soft or nasal mutation."""
    sources = {"b": ["p"], "d": ["t"], "g": ["c"], "m": ["b"]}
    return [consonant + word[1:] for consonant in sources.get(word[:1], [])]


def is_finite(word: str) -> bool:
    """Whether the word may be a finite verb."""
    return bool(FINITE.search(word))


def find_required(pair: Pair) -> tuple[str, str] | None:
    """Return the rule for the second word of a pair and its form by that rule, or None where none is certain."""
    before, word = pair.before, pair.word
    if not word[0].islower() or len(word) == 1 or word in FIXED or (before, word) in REVIEWED:
        return None
    if before in SOFTENING and not (before == "neu" and is_finite(word)):
        return rule(f"soft mutation after {before}", mutate(word, SOFT))
    if before in ASPIRATING:
        return rule(f"aspirate mutation after {before}", None if is_finite(word) else mutate(word, ASPIRATE))
    if before in PRONOUNS:
        return rule(
            "soft mutation after his, aspirate mutation after her", None if is_finite(word) else mutate(word, ASPIRATE)
        )
    if before in BEFORE_H and word.startswith(VOWELS):
        return rule("h after our and their", "h" + word)
    if before == "fy":
        return rule("nasal mutation after fy", mutate(word, NASAL))
    if before == "yn" and (word in DESCRIBING or (NOMINAL.search(word) and word not in VERB_NOUNS)):
        return rule("soft mutation after the yn of a predicate", soften_except_liquids(word))
    if before == "mor":
        return rule("soft mutation after mor", soften_except_liquids(word))
    if before in {*ARTICLES, "un"} and word in FEMININE:
        return rule("soft mutation of a feminine noun", soften_except_liquids(word))
    return None


def soften_except_liquids(word: str) -> str | None:
    """Return the soft form of a word after yn, mor, un or the article, which leave ll and rh."""
    return None if word.startswith(("ll", "rh")) else mutate(word, SOFT)


def rule(name: str, form: str | None) -> tuple[str, str] | None:
    """Return the name of a rule with the form that it requires, or None without one."""
    return None if form is None else (name, form)


BY_LETTERS: list[tuple[str, str, str]] = [
    # before, word, rule
    ("gyda|â", r"[aeouyâêôûŵŷ]\w+|i[^i]\w+", "gydag and ag before a vowel"),
    ("gydag|ag", r"(?:[bcfgmpt]|d(?!d)|ll|rh?)\w+", "gyda and â before a consonant"),
    ("nac", r"(?:[bcgpt]|d(?!d)|ll)\w+", "na before a consonant"),
    ("ac", r"(?:[bcpt]|d(?!d)|g(?!an|yda))\w+", "a before a consonant"),
    ("a", r"[aeiouy]\w*(?:iad|iadau|ydd|yddion|ion|odau|ol|us|adwy|edig|rwydd)", "ac before a vowel"),
    ("ni", r"(?:ysg|ychwan|ystyr|adfer|anf|agor|ateb|enw)\w+", "nid before a vowel"),
    ("y|'r", "dau|dwy", "soft mutation of dau and dwy after the article"),
    ("yn", r"ngh?\w+|mh\w+", "yng before ng and ym before m"),
    ("yng", r"(?!ng)..+", "yng only before ng"),
    ("ym", r"(?!m)[^\W\d].+", "ym only before m"),
]
"""Rules on the letters of two words."""
LETTER_RULES = [(re.compile(before), re.compile(word), name) for before, word, name in BY_LETTERS]
SOFT_MASCULINE = {mutate(noun, SOFT) for noun in MASCULINE}


def find_misplaced(pair: Pair) -> str | None:
    """Return the rule that the pair breaks by its letters alone, or None."""
    before, word = pair.before, pair.word.lower()
    for first, second, name in LETTER_RULES:
        if first.fullmatch(before) and second.fullmatch(word):
            return name
    if (before in NUMERALS or before.isdecimal()) and PLURAL.search(word) and word not in NOT_PLURAL:
        return "singular after a numeral"
    if before in ARTICLES and word in SOFT_MASCULINE:
        return "no mutation of a masculine noun after the article"
    return None


def find_wrong_mutations(texts: Iterable[str], find_unknown: FindUnknown) -> list[list[tuple[Pair, str]]]:
    """Return for each text the pairs of words that break a rule, with the rule."""
    pairs = [list(list_pairs(text)) for text in texts]
    required = {pair: found for row in pairs for pair in row if (found := find_required(pair))}
    candidates = {
        candidate.lower()
        for pair, (_rule, form) in required.items()
        for candidate in (pair.word, form, *list_sources(pair.word))
    }
    unknown = find_unknown(candidates)

    def is_certain(pair: Pair) -> bool:
        """Whether the word is a radical that mutates, and not itself a mutated form."""
        _name, form = required[pair]
        sources = list_sources(pair.word) if pair.before not in BEFORE_H else []
        return not {pair.word, form} & unknown and all(source in unknown for source in sources)

    return [
        [
            (pair, name)
            for pair in row
            if (name := find_misplaced(pair) or (required[pair][0] if pair in required and is_certain(pair) else None))
        ]
        for row in pairs
    ]
