"""Finds parts of withheld names, such as surnames or initials, in a published document, for a person to check."""

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
"""Part of a name that identifies a person: not an initial or "de"."""


def find_remaining_names(document: MeetingDocument, names: ParticipantNames) -> tuple[str, ...]:
    """Return each text of a published document with a part of a withheld name, after the matched words.

    Words that also belong to a published name, or to the post or organisation of the person, do not match.
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
    """Yield every text of a document in the order of its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _iterate_texts(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _iterate_texts(getattr(value, each.name))
