"""Generates lines as note-takers type them, and compares each with what is stored."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.parser import read_date

PREFIXES = ("a:", "a:", "a:", "a:", "g:", "n:", "d:", "p:", "A :", "")
PHRASES = (
    "write to the boards", "share the pack", "the form is with the team", "cancel the Newport visit",
    "it was noted that", "had had no reply", "ask for the the figures", "check item 5", "book a room (Cardiff)",
    "mail post@example.org",
    "a report by Bawso", "what is due", "and tell Gwent", "the lead of the group", "rhannu'r pecyn", "then again again",
    "a visit of 20 min", "re: the map", "50% of £1,200", "the first-responder course", "by and large", "minute 6.5",
)  # fmt: skip
NAMES = {
    "@bawso": ("Bawso", "Bawso"),
    "@jeff": ("Jeff Farrar", "Jeff Farrar"),
    "@ahtc": ("Anti Human Trafficking Co-ordinator", "AHTC"),
    "@spoc gwent": ("Single Point of Contact, Gwent Police", "SPOC Gwent"),
    "@spoc.gwent": ("Single Point of Contact, Gwent Police", "SPOC Gwent"),
    "@jeff farrar": ("Jeff Farrar", "Jeff Farrar"),
    "@gwent police": ("Gwent Police", "Gwent Police"),
}
"""Name of the contact by the words typed for it, and the name that is printed in a sentence."""
UNKNOWN_NAMES = ("@x", "@nobodyatall", "@spoc", "@spoc nowhere")
DATES = (
    "due 14 Feb 2014", "due tomorrow", "due end jan", "due April 2014", "by Friday", "by 31 January 2014", "due fri",
    "erbyn 28 Chwefror 2014", "due Friday, 31 January 2014", "due by the end of 2014", "due +2w",
)  # fmt: skip
NOT_DATES = (
    "due to illness in the team", "due never", "due 31 nov", "by Bawso", "due as soon as we can", "due fri and mon",
)  # fmt: skip
JOINTS = ("", "", "", "", ",", ";", "and", "with", "-")
PUNCTUATION = ",;:.!?()–-"


@dataclass(frozen=True)
class TypedPart:
    """Words of a typed line that belong together."""

    kind: str
    """prefix, words, name or date."""
    text: str


@dataclass(frozen=True)
class StoredLine:
    """What is stored of a typed line."""

    text: str
    owners: tuple[str, ...] = ()
    due: DateAsKnown | None = None


def generate_lines(seed: int, count: int) -> Iterator[list[TypedPart]]:
    """Yield lines of random parts: prefix, words, names, dates, and sometimes a second sentence with a prefix."""
    generator = random.Random(seed)
    for _number in range(count):
        parts = [TypedPart("prefix", generator.choice(PREFIXES)), *_generate_sentence(generator)]
        if generator.random() < 0.1:
            parts += [TypedPart("words", "this is agreed."), TypedPart("prefix", generator.choice(("d:", "a:", "n:")))]
            parts += _generate_sentence(generator)
        yield parts


def _generate_sentence(generator: random.Random) -> list[TypedPart]:
    parts = [TypedPart("words", phrase) for phrase in generator.sample(PHRASES, generator.randint(1, 3))]
    sources = (("name", tuple(NAMES), 0.6), ("words", UNKNOWN_NAMES, 0.25), ("date", DATES, 0.5))
    for kind, values, share in (*sources, ("words", NOT_DATES, 0.25), ("name", tuple(NAMES), 0.2)):
        if generator.random() < share:
            parts.insert(generator.randint(0, len(parts)), TypedPart(kind, generator.choice(values)))
    return [part for typed in parts for part in (typed, TypedPart("words", generator.choice(JOINTS))) if part.text]


def find_faults(parts: Sequence[TypedPart], stored_lines: Sequence[StoredLine], today: date) -> set[str]:
    """Return the kinds of fault: "lost", "merged" (of equal words fewer remain), "moved", "sentence as date"."""
    stored_words = [word for line in stored_lines for word in split_words(line.text)]
    owners = {owner for line in stored_lines for owner in line.owners}
    dates = [line.due for line in stored_lines if line.due]
    missing, place = Counter[str](), 0
    for part in parts:
        if part.kind == "prefix" and (part is parts[0] or len(stored_lines) > 1):
            continue
        choices = [split_words(part.text), split_words(NAMES.get(part.text, ("", ""))[1])]
        words = next((words for words in choices if words and stored_words[place : place + len(words)] == words), None)
        if words:
            place += len(words)
        elif not _is_field(part, owners, dates, today):
            for word in choices[0]:
                if stored_words[place : place + 1] == [word]:
                    place += 1
                else:
                    missing[word] += 1
    left = Counter(stored_words[place:])
    faults = {"moved"} if missing & left else set()
    words_of_dates = Counter(word for day in dates for word in split_words(day.words))
    faults |= {"sentence as date"} if (missing - left) & words_of_dates else set()
    for word in missing - left - words_of_dates:
        faults.add("merged" if word in stored_words else "lost")
    return faults


def _is_field(part: TypedPart, owners: Collection[str], dates: Collection[DateAsKnown], today: date) -> bool:
    """Whether the words of a part have become a kind, an owner or a date."""
    if part.kind == "date":
        day = read_date(part.text.split(" ", 1)[1], today)
        return any(due.latest == day.latest for due in dates)
    return part.kind == "prefix" or (part.kind == "name" and NAMES[part.text][0] in owners)


def split_words(text: str) -> list[str]:
    """Return the words of a text without punctuation around them."""
    return [stripped for word in text.split() if (stripped := word.strip(PUNCTUATION))]
