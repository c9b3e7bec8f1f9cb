"""What of a withheld name may still stand in a published paper: a surname alone, initials. A person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import Cut, initials

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.meeting_document import MeetingDocument
    from ahtc_tui.services.documents.participant_names import Names

WORD = re.compile(r"[^\W\d_]{3,}")
"""A part of a name that says who it is: no initial, no "de"."""


def names_left(document: MeetingDocument, names: Names) -> tuple[str, ...]:
    """Each text of a published paper that may still name somebody whose name is withheld, after the word that does.

    Only people whom this paper is about are looked for. A word that is also of somebody who may be named, or of the
    post or organisation that stands for them, says nothing.
    """
    if names.cut is not Cut.PUBLISHED or not names.met:
        return ()
    open_words = " ".join((*names.labels, *names.labels.values(), *filter(None, names.private.values())))
    shown = set(re.findall(r"\w+", open_words))
    parts = {part for name in names.met for part in (*WORD.findall(name), initials(name, ())) if len(part) > 1} - shown
    if not parts:
        return ()
    named = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, parts)))})\b")
    found = ((", ".join(dict.fromkeys(named.findall(text))), text) for text in _texts(document))
    return tuple(dict.fromkeys(f"{words}: {text}" for words, text in found if words))


def _texts(value: Any) -> Iterator[str]:
    """Every text of a paper, in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _texts(getattr(value, each.name))
