"""What of a withheld name may still stand in a published paper: a surname alone, initials. A person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.documents.meeting_document import Cut, build_initials

if TYPE_CHECKING:
    from ahtc_tui.domain.documents.meeting_document import MeetingDocument
    from ahtc_tui.services.documents.participant_names import ParticipantNames

WORD = re.compile(r"[^\W\d_]{3,}")
"""A part of a name that says who it is: no initial, no "de"."""


def find_remaining_names(document: MeetingDocument, names: ParticipantNames) -> tuple[str, ...]:
    """Each text of a published paper that may still name somebody whose name is withheld, after the word that does.

    Only people whom this paper is about are looked for. A word that is also of somebody who may be named, or of the
    post or organisation that stands for them, says nothing.
    """
    if names.cut is not Cut.PUBLISHED or not names.withheld:
        return ()
    open_words = " ".join((*names.labels, *names.labels.values(), *filter(None, names.private.values())))
    shown = set(re.findall(r"\w+", open_words))
    parts = {
        part for name in names.withheld for part in (*WORD.findall(name), build_initials(name, ())) if len(part) > 1
    } - shown
    if not parts:
        return ()
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, parts)))})\b")
    matches = ((", ".join(dict.fromkeys(pattern.findall(text))), text) for text in _iterate_texts(document))
    return tuple(dict.fromkeys(f"{words}: {text}" for words, text in matches if words))


def _iterate_texts(value: Any) -> Iterator[str]:
    """Every text of a paper, in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _iterate_texts(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _iterate_texts(getattr(value, each.name))
