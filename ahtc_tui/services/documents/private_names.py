"""Replaces names of people in published text by their post or body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.person_mentions import (
    SENTENCE_ENDS,
    SHORTEST_SURNAME,
    TITLES,
    PersonMentions,
    find_surname,
    fold_text,
    split_name,
)

if TYPE_CHECKING:
    from ahtc_tui.store.documents.published_names import RegisteredPerson

WORD = re.compile(r"[^\W\d_]+")
INITIALS_AFTER = re.compile(r"\s?\(([A-Z][A-Z.\s-]{1,6})\)")
LAST_PART = re.compile(r", ([^,]+)$")
"""The part of a post after a comma, which a sentence puts in brackets: "the Policy Lead (Safeguarding) left"."""
WITH_ARTICLE = re.compile(
    r"\b(?:Agency|Assembly|Association|Authority|Board|Centre|Commission|Committee|Department|Division|Executive|Forum"
    r"|Foundation|Government|Group|Network|Office|Service|Services|Society|Team|Union)$|\b(?:Association|Department"
    r"|Ministry|Office|Society|University) (?:for|of)\b"
)
"""An English name of an organisation that takes "the" in a sentence."""
TITLE_BEFORE = re.compile(rf"\b(?:the )?(?:{TITLES})\.?\s+$", re.IGNORECASE)


class PrivateNames:
    """People whose names are not published, by name; `in` asks whether a name is one of them."""

    def __init__(self, people: Sequence[RegisteredPerson] = ()) -> None:
        self._people = {person.name: person for person in people if not person.is_public}
        self._unregistered: set[str] = set()
        self._surnames = Counter(fold_text(find_surname(person.name)) for person in people)
        self._mentions: dict[str, PersonMentions] = {}
        self.public = frozenset(person.name for person in people if person.is_public)
        self.withheld: set[str] = set()
        """Names withheld in this document."""

    def __contains__(self, name: str) -> bool:
        return name in self._people or name in self._unregistered

    @property
    def names(self) -> frozenset[str]:
        """All names that are not published."""
        return frozenset((*self._people, *self._unregistered))

    @cached_property
    def _names_by_word(self) -> dict[str, set[str]]:
        """Names of several words by their folded last word; one word alone may be an ordinary one."""
        index: dict[str, set[str]] = {}
        for name in sorted(self.names):
            words = split_name(name)
            if len(words) > 1:
                for word in WORD.findall(fold_text(words[-1])):
                    index.setdefault(word, set()).add(name)
        return index

    def add_unregistered(self, names: Iterable[str]) -> None:
        """Add people who are not in the register: they have no post to be called by."""
        self._unregistered.update(names)

    def find_label(self, name: str) -> str:
        """Return the post or the organisation of a person, for a column or list; empty where neither is known."""
        person = self._people.get(name)
        return (person.post or person.organisation or "") if person else ""

    def replace_names(self, text: str, translate: Callable[[str], str]) -> str:
        """Return the text with each full name, or title or initials with a surname, replaced as in a sentence."""
        if not (self._people or self._unregistered):
            return text
        words = set(WORD.findall(fold_text(text)))
        candidates = {name for word in words for name in self._names_by_word.get(word, ())}
        for name in sorted(candidates, key=lambda name: (-len(name), name)):
            mentions = self._find_mentions(name)
            if mentions.is_named_in(text):
                self.withheld.add(name)
                text = self._replace_name(text, name, mentions, translate)
        return text

    def _find_mentions(self, name: str) -> PersonMentions:
        if name not in self._mentions:
            surname = find_surname(name)
            is_unique = len(surname) >= SHORTEST_SURNAME and self._surnames[fold_text(surname)] <= 1
            self._mentions[name] = PersonMentions((name,), surnames=(surname,) if is_unique else ())
        return self._mentions[name]

    def _replace_name(self, text: str, name: str, mentions: PersonMentions, translate: Callable[[str], str]) -> str:
        person = self._people.get(name)
        post, body = ((person.post or ""), (person.organisation or "")) if person else ("", "")
        post, body = translate(post).removeprefix("The ").removeprefix("the "), translate(body)
        label = format_representative(body) if body else _("[name withheld]")
        label = _("the {post}").format(post=LAST_PART.sub(r" (\1)", post)) if post else label
        for start, end, _detail in reversed(mentions.find_spans(text)):
            before, after = TITLE_BEFORE.sub("", text[:start]), text[end:]
            initials = INITIALS_AFTER.match(after)
            if initials and initials[1][0] == name[0]:
                after = after[initials.end() :]
            capital = label[:1].upper() if text[start].isupper() and SENTENCE_ENDS.search(before) else label[:1]
            text = _join_once(before, capital + label[1:], after, post)
        return text


def format_representative(body: str) -> str:
    """Return the body that an unnamed person represents, as it reads within a sentence."""
    if WITH_ARTICLE.search(body):
        return _("a representative of the {body}").format(body=body)
    return _("a representative of {body}").format(body=body)


def _join_once(before: str, label: str, after: str, post: str) -> str:
    """Return the text with the label, which is left out where the text names the post right before it.

    The post after it is left out: "the Chair, A Person, left" and "A Person, the Chair, left" become "the Chair left".
    """
    if not post:
        return f"{before}{label}{after}"
    own = rf"(?:the )?(?<!\w){re.escape(post)}"
    if re.search(rf"{own}(?:,? |\s?[(–-]\s?)$", before, re.IGNORECASE):
        return before.rstrip(" ,(–-") + re.sub(r"^[,)]", "", after)
    return before + label + re.sub(rf"^(?:, {own},|[\s,(–-]{{1,3}}{own}\)?)", "", after, flags=re.IGNORECASE)
