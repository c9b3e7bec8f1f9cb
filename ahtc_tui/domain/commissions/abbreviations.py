"""Abbreviations of a paper: each is written out where the paper first uses it, and stands alone after that.

"ACPO launched it" becomes "The Association of Chief Police Officers (ACPO) launched it". The register has the names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ahtc_tui.domain.commissions.statements import name_in_text
from ahtc_tui.domain.documents.office_paper import NumberedParagraph, OfficePaper, SourceNote
from ahtc_tui.domain.i18n import Language, get_current_language
from ahtc_tui.domain.welsh_names import ARTICLES, MUTATIONS, VOWELS, begins_with_vowel, is_welsh, place_after

DETERMINERS = frozenset(("a", "an", "any", "each", "every", "its", "no", "our", "that", "the", "their", "this"))
_PREVIOUS = re.compile(r"([\w'’-]+) $")


class Abbreviation(NamedTuple):
    """The short name of a body or post, with its name in the language of the paper."""

    short: str
    name: str
    is_post: bool

    @property
    def is_written_out(self) -> bool:
        """Whether the short name is an abbreviation of a name in the language of the paper.

        It has capitals within, and is shorter than the name.
        """
        is_abbreviation = sum(map(str.isupper, self.short)) > 1 and len(self.short) < len(self.name)
        return is_abbreviation and (get_current_language() is Language.EN or is_welsh(self.name))


@dataclass(frozen=True, slots=True)
class _Use:
    """An abbreviation or its name in a text of the paper, in the order of the paper."""

    text: int
    start: int
    end: int
    is_definition: bool = False
    is_name: bool = False


def write_out(paper: OfficePaper, abbreviations: Iterable[Abbreviation], kept: Container[str] = ()) -> OfficePaper:
    """Return a paper in which each abbreviation is written out at its first use.

    Headings, and the paragraphs with the numbers `kept`, stay as they are; what they write out is not repeated.
    """
    paragraphs = [item for part in paper.parts for item in part.paragraphs]
    for abbreviation in abbreviations:
        if abbreviation.is_written_out:
            paragraphs = _introduce(abbreviation, paper, paragraphs, kept)
    changed = iter(paragraphs)
    parts = (replace(part, paragraphs=tuple(next(changed) for _item in part.paragraphs)) for part in paper.parts)
    return replace(paper, parts=tuple(parts))


def _introduce(
    abbreviation: Abbreviation, paper: OfficePaper, paragraphs: Sequence[NumberedParagraph], kept: Container[str]
) -> list[NumberedParagraph]:
    """Return the paragraphs with one abbreviation written out where it is first used."""
    changed = list(paragraphs)
    is_known = any(f"({abbreviation.short})" in part.heading for part in paper.parts[:1])
    uses = [use for number, item in enumerate(paragraphs) for use in _find_uses(abbreviation, number, item.text)]
    last_use = max((number for number, use in enumerate(uses) if not (use.is_name or use.is_definition)), default=-1)
    edits: list[tuple[_Use, str, int]] = []
    for number, use in enumerate(uses):
        text = paragraphs[use.text].text
        is_kept = paragraphs[use.text].number in kept
        if use.is_definition:
            if is_known and not is_kept and text[use.start : use.end].endswith(")"):
                edits.append((use, text[use.start : use.end].removesuffix(f" ({abbreviation.short})"), use.start))
            is_known = True
        elif not is_known and not is_kept and not use.is_name:
            edits.append((use, *_spell_out(abbreviation, text, use)))
            is_known = True
        elif not is_known and not is_kept and number < last_use:
            edits.append((use, f"{text[use.start : use.end]} ({abbreviation.short})", use.start))
            is_known = True
    for use, words, start in reversed(edits):
        changed[use.text] = _replace_text(changed[use.text], start, use.end, words)
    return changed


def _find_uses(abbreviation: Abbreviation, number: int, text: str) -> list[_Use]:
    """Return the uses in a text: the name with the abbreviation behind or before it, either of them alone."""
    short, name = re.escape(abbreviation.short), re.escape(_drop_article(abbreviation.name))
    pattern = rf"(?<![\w-])(?:(?P<both>{name} \({short}\)|{short} {name})|(?P<name>{name})|{short})(?![\w-])"
    found = []
    for match in re.finditer(pattern, text):
        is_genitive = text[match.end() :].startswith(("'s", "’s"))
        if match["name"] and is_genitive:
            continue
        found.append(_Use(number, match.start(), match.end(), match["both"] is not None, match["name"] is not None))
    return found


def _spell_out(abbreviation: Abbreviation, text: str, use: _Use) -> tuple[str, int]:
    """Return the words for an abbreviation, and where they begin: an article before it belongs to them."""
    before = text[: use.start]
    match = _PREVIOUS.search(before)
    previous = match[1] if match else ""
    is_first = not match or before.rstrip()[-1:] in ("", ".", "?", "!")
    written = f"({abbreviation.short})"
    if get_current_language() is not Language.EN:
        words, start = _place_welsh_name(abbreviation.name, before, previous, is_first=is_first)
        return f"{words} {written}", start
    name = name_in_text(abbreviation.name)
    bare = name.removeprefix("the ")
    if previous.lower() in ("a", "an"):
        article = "an" if begins_with_vowel(bare) else "a"
        start = use.start - len(previous) - 1
        return f"{article.capitalize() if previous[0].isupper() else article} {bare} {written}", start
    is_adjective = re.match(r" [A-Z]", text[use.end :]) is not None
    is_described = previous[:1].isupper() or previous.isdigit()
    has_article = previous.lower() in DETERMINERS or is_described or abbreviation.is_post
    if is_first and not is_adjective and not abbreviation.is_post:
        return f"{name[:1].upper()}{name[1:]} {written}", use.start
    return f"{bare if has_article or is_adjective else name} {written}", use.start


def _place_welsh_name(name: str, before: str, previous: str, *, is_first: bool) -> tuple[str, int]:
    """Return a Welsh name after the word before it, and where the words begin."""
    start = len(before)
    article, _space, rest = name.partition(" ")
    has_article = article in ARTICLES and bool(rest)
    if previous.lower() in MUTATIONS and not is_first:
        return place_after(previous, name), start - len(previous) - 1
    if has_article and (previous.lower() in ARTICLES or previous.endswith("'r")):
        return rest, start
    if has_article and not is_first and before[-2:-1] in VOWELS:
        return f"'r {rest}", start - 1
    return (f"{article.lower()} {rest}" if has_article and not is_first else name), start


def _drop_article(name: str) -> str:
    article, _space, rest = name.partition(" ")
    return rest if rest and (article in ARTICLES or article == "the") else name


def _replace_text(paragraph: NumberedParagraph, start: int, end: int, words: str) -> NumberedParagraph:
    """Return a paragraph with other words in its text; its footnotes stay after the same sentences."""
    longer = len(words) - (end - start)
    sources = tuple(
        SourceNote(note.position + longer if note.position >= end else note.position, note.documents)
        for note in paragraph.sources
    )
    return replace(paragraph, text=f"{paragraph.text[:start]}{words}{paragraph.text[end:]}", sources=sources)
