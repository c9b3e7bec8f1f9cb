"""Parser of typed lines of minutes: kind by prefix, owners after @, due date after "due" or "by".

No word is lost and the order of the words is kept: a word is taken out of the text of a line only where it becomes the
kind, an owner or the due date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.decisions import Votes, take_votes
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.roll_call import TypedRollCall, take_roll_call
from ahtc_tui.domain.minutes.written_lines import clean_words, read_typed_label, split_number
from ahtc_tui.domain.text.mentions import MENTION

PREFIXES = {
    LineKind.NOTE: "n",
    LineKind.DECISION: "d",
    LineKind.ACTION: "a",
    LineKind.VOTE: "v",
    LineKind.DISSENT: "dissent",
    LineKind.DELEGATION: "delegated",
    LineKind.POST_MEETING: "pmn",
}
"""Prefix of each kind; "pmn" is a post-meeting note."""
WELSH_PREFIXES = {
    "p": LineKind.DECISION,
    "c": LineKind.ACTION,
    "g": LineKind.ACTION,
    "pleidlais": LineKind.VOTE,
    "anghytuno": LineKind.DISSENT,
    "dirprwyo": LineKind.DELEGATION,
    "wedyn": LineKind.POST_MEETING,
}
"""Prefixes of lines in Welsh: p is penderfyniad, c cam gweithredu, g gweithred. "n" is nodyn as well as note."""
KINDS = {**{prefix: kind for kind, prefix in PREFIXES.items()}, **WELSH_PREFIXES}
"""Kind by prefix."""

_PREFIX_WORDS = "|".join(sorted(KINDS, key=len, reverse=True))
PREFIX = re.compile(rf"\s*({_PREFIX_WORDS})\s*:(?![\\/])\s*", re.IGNORECASE)
"""A prefix; the letter of a drive in a path ("C:\\papers") is none."""
_NEXT_LINE = re.compile(rf"(?<=[.;!?])[ \t]+(?=(?:{_PREFIX_WORDS}):(?![\\/])[ \t]*\S)|[ \t]*[\r\n]+\s*", re.IGNORECASE)
_DUE_WORD = re.compile(r"(?<=\s)(due|by|erbyn)\s+(?=\S)", re.IGNORECASE)
_PHRASE_END = re.compile(r"\s*[,;:.)!?]+(?=\s|$)|\s+(?=@\w)|$")
_PUNCTUATION = " \t,;:.!?)–-"
MAX_PHRASE = 60
"""Limit of characters in a date."""

_BETWEEN_NAMES = frozenset(("and", "or", "a", "ac", "neu"))
_BEFORE_A_NAME = _BETWEEN_NAMES | {"with", "to", "from", "by", "of", "for", "gan", "gyda", "i", "at", "am", "o"}
"""Words after which a name at the end of a line belongs to the sentence: "share the pack with @bawso"."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A typed line of the minutes."""

    kind: LineKind
    text: str
    """The words, with names after @ in their places."""
    due: DateAsKnown | None = None
    welsh: bool = False
    """Whether the prefix is Welsh only, so that the text is Welsh."""
    votes: Votes | None = None
    roll: TypedRollCall | None = None
    """The votes by seat, where they are given by name."""


def split_lines(typed: str) -> list[str]:
    """Split text at line breaks, and at prefixes after the end of a sentence: "d: X. d: Y." is two lines."""
    return [part for part in _NEXT_LINE.split(typed.strip()) if part]


def join_lines(text: str) -> str:
    """Return lines on one line that `split_lines` splits again before each prefix."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " ".join(line if line.endswith((".", ";", "!", "?")) else f"{line};" for line in lines).removesuffix(";")


def strip_list_marks(typed: str) -> str:
    """Return a line without what lists and other programs put before its words: byte order mark, bullet, number."""
    if PREFIX.match(typed):
        return typed
    return split_number(clean_words(typed))[1]


def read_kind(typed: str, default: LineKind = LineKind.NOTE) -> LineKind:
    """Return the kind of a line by its prefix, or by a label such as "ACTION:" or "Penderfynwyd:"."""
    typed = strip_list_marks(typed)
    if prefix := PREFIX.match(typed):
        return KINDS[prefix[1].lower()]
    label = read_typed_label(typed)
    return label.kind if label else default


def read_line(
    typed: str,
    today: date,
    default: LineKind = LineKind.NOTE,
    resolve_names: Callable[[str], str] = str,
) -> TypedLine:
    """Read a line: kind by prefix or label, due date after "due" or "by". `resolve_names` changes names first.

    Text that is not a date remains in the line. A vote begins with its counts and needs no words. Raises BadInput for
    an empty line, and for a vote without counts after its prefix.
    """
    typed = strip_list_marks(typed)
    prefix = PREFIX.match(typed)
    label = None if prefix else read_typed_label(typed)
    kind = KINDS[prefix[1].lower()] if prefix else label.kind if label else default
    text = " ".join((typed[prefix.end() :] if prefix else label.words if label else typed).split())
    if label and label.owner and label.kind is LineKind.ACTION:
        text = _place_owner(label.owner, text, resolve_names)
    due, votes, roll = None, None, None
    if kind is LineKind.VOTE:
        votes, text = take_votes(text)
        if votes is None and prefix:
            roll, text = take_roll_call(resolve_names(text))
        if votes is None and roll is None and prefix:
            raise BadInput(_('Begin a vote with the votes for, against and abstaining: "v: 5-2-1 adopt the course".'))
    if kind is LineKind.ACTION:
        text, due = _take_due(resolve_names(text), today)
    if not (votes or roll or (MENTION.sub("", text) if kind is LineKind.ACTION else text).strip()):
        raise BadInput(_("A minute line needs text."))
    is_welsh = prefix[1].lower() in WELSH_PREFIXES if prefix else label is not None and label.welsh
    return TypedLine(kind, text, due, is_welsh, votes, roll)


def _place_owner(owner: str, text: str, resolve_names: Callable[[str], str]) -> str:
    """Return the words after a label with its owner as a name after @, or in brackets where nobody has the name."""
    mention = f"@{owner}"
    resolved = resolve_names(mention)
    return f"{text} {resolved}" if resolved != mention else f"({owner}) {text}"


@dataclass(frozen=True, slots=True)
class _DatePhrase:
    """A date with its word: "due 14 Feb 2014"."""

    word: str
    start: int
    end: int
    due: DateAsKnown

    def is_at_end(self, text: str) -> bool:
        """Return whether only names after @ follow."""
        return not MENTION.sub("", text[self.end :]).strip(_PUNCTUATION)


def _take_due(text: str, today: date) -> tuple[str, DateAsKnown | None]:
    """Return the text of an action and its due date.

    A phrase counts if it is a date as a whole and a sentence, a part of it or a name after @ follows. At the end of the
    line it is taken out of the text. Elsewhere it stays there, and counts if it is the only one after "due".
    """
    phrases = list(_find_date_phrases(text, today))
    final = next((phrase for phrase in phrases if phrase.is_at_end(text)), None)
    if final:
        before, after = text[: final.start].rstrip(" ,;:–-"), text[final.end :].lstrip(_PUNCTUATION)
        remaining_text = " ".join(part for part in (before, after) if part)
        return (remaining_text if MENTION.sub("", remaining_text).strip() else text), final.due
    explicit = [phrase.due for phrase in phrases if phrase.word != "by"]
    return text, explicit[0] if len(explicit) == 1 else None


def _find_date_phrases(text: str, today: date) -> Iterator[_DatePhrase]:
    read_up_to = 0
    for word in _DUE_WORD.finditer(text):
        if word.start() < read_up_to:  # "due by the end of 2013" is one phrase
            continue
        ends = [match.start() for match in _PHRASE_END.finditer(text, word.end(), word.end() + MAX_PHRASE)]
        for end in reversed(ends):
            with suppress(BadInput):
                yield _DatePhrase(word[1].lower(), word.start(), end, read_date(text[word.end() : end], today))
                read_up_to = end
                break


def has_unread_date(text: str) -> bool:
    """Return whether a text holds "due" or "erbyn" before words that are not a date. "Due to" is a reason."""
    return bool(re.search(r"\s(?:due(?!\s+to\b)|erbyn)\s+\S", text, re.IGNORECASE))


def take_owners(text: str, names: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the text of an action without its owners, and the owners in order; the first one leads.

    `names` are the printed names of the parties by the word after @; other words after @ stay in the text. A name is
    taken out at the beginning and at the end of the line. Within the sentence it is printed.
    """
    owners = tuple(dict.fromkeys(word for word in MENTION.findall(text) if word in names))
    words = text.split()
    first = _count_names(words, _BETWEEN_NAMES)
    last = max(first, len(words) - _count_names(words[::-1], _BEFORE_A_NAME))
    begin, end = ([word for word in part if _read_name(word) not in names] for part in (words[:first], words[last:]))
    sentence = MENTION.sub(lambda match: names.get(match[1], match[0]), " ".join(words[first:last]))
    return " ".join((*begin, *sentence.split(), *end)), owners


def _read_name(word: str) -> str | None:
    """Return the name of a word that is a name after @, apart from punctuation; None for other words."""
    match = MENTION.match(word)
    return match[1] if match and not word[match.end() :].strip(",;:.") else None


def _count_names(words: Sequence[str], joining_words: Collection[str]) -> int:
    """Return the number of names at the beginning; 0 where a word follows that joins them to the sentence."""
    count = next((index for index, word in enumerate(words) if _read_name(word) is None), len(words))
    return 0 if count < len(words) and words[count].lower() in joining_words else count
