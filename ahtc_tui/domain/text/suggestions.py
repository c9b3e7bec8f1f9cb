"""Proposals for names that are not known, where a known one is near."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahtc_tui.domain.i18n import _

LEAST_LIKENESS = 70
"""Percentage of equal characters from which a name is near."""


def propose_name(typed: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "...?"' for a name that is near to a known one, else an empty text."""
    near = find_near_name(typed, known)
    return _format_proposal(near) if near else ""


def add_choices(sentence: str, names: Iterable[str]) -> str:
    """Return a sentence, followed by the names to choose from where there are any."""
    choices = ", ".join(names)
    return _("{sentence} Choose from {choices}.").format(sentence=sentence, choices=choices) if choices else sentence


def find_near_name(typed: str, known: Iterable[str]) -> str | None:
    """Return the known name that is nearest to a typed one; None where none is near. Dashes of options do not count."""
    from rapidfuzz import fuzz, process

    names = {name: name.lstrip("-") for name in known}
    match = process.extractOne(typed.lower().lstrip("-"), names, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return match[2] if match else None


def propose_reference(typed: str, known: Iterable[str]) -> str:
    """Return the proposal for a reference; another number is not near, but "LG-2014-1" means "LG-2014-01".

    A digit typed twice is near as well: "DP-077" means "DP-07".
    """
    refs = list(known)
    if not re.search(r"\d", typed):
        return propose_name(typed, (ref for ref in refs if not re.search(r"\d", ref)))
    letters, numbers = _split_reference(typed)
    parts = ((_split_reference(ref), ref) for ref in refs)
    by_letters = {ref_letters: ref for (ref_letters, ref_numbers), ref in parts if ref_numbers == numbers}
    if letters in by_letters:
        return _format_proposal(by_letters[letters])
    once = re.sub(r"(\d)\1", r"\1", typed.lower())
    if once != typed.lower() and (ref := next((ref for ref in refs if ref.lower() == once), None)):
        return _format_proposal(ref)
    return propose_name(typed, by_letters.values())


def _split_reference(ref: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters and the numbers of a reference."""
    return "".join(re.findall(r"[^\W\d_]+", ref.lower())), tuple(int(number) for number in re.findall(r"\d{1,18}", ref))


def _format_proposal(name: str) -> str:
    return " " + _('Did you mean "{name}"?').format(name=name)


def format_example(example: str) -> str:
    """Return the placeholder for an example, which cannot be taken for a value."""
    return _("for example {example}").format(example=example)
