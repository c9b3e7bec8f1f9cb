"""Whose meeting a calendar event is: by category, organiser or title. What is only alike is left to a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.store.contacts.party_lookup import folded
from ahtc_tui.store.imports.meetings import Body

ALIKE = 90
"""Of 100: a name in a title with about one letter of ten wrong."""
SHORTEST = 12
"""Letters of a name below which being alike says nothing."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Surely of one group, perhaps of another for the reason given, or of none that is known."""

    body: Body | None = None
    near: Body | None = None
    reason: str = ""


def whose(event: CalendarEvent, bodies: Sequence[Body]) -> Whose:
    """The group that an event names; in a file of our own it is the category, or there is none."""
    said = {folded(text) for text in event.categories}
    said |= {folded(event.organiser.name)} if event.organiser and event.organiser.name else set()
    surely = [body for body in bodies if body.names & said or (body.short and folded(body.short) in said)]
    if event.ours and not surely:
        return Whose()
    surely = surely or _in_title(event.title, bodies)
    if len(surely) == 1:
        return Whose(surely[0])
    if surely:
        names = ", ".join(body.name for body in surely[:4])
        return Whose(near=surely[0], reason=_("it may be of several groups: {names}").format(names=names))
    return _alike(event.title, bodies)


def _in_title(title: str, bodies: Sequence[Body]) -> list[Body]:
    """The groups that a title names in full, the longest name first; else those whose short name it holds."""
    words = f" {_words(title)} "
    found: list[tuple[str, Body]] = []
    for body in bodies:
        whole = [_words(name) for name in body.names]
        found += [(name, body) for name in whole if " " in name and f" {name} " in words]
    longest = [body for name, body in found if not any(name != other and name in other for other, _body in found)]
    if longest:
        return list(dict.fromkeys(longest))
    capitals = set(re.findall(r"\w[\w-]*", title))
    return [body for body in bodies if body.short and body.short in capitals and body.short.isupper()]


def _words(text: str) -> str:
    """Folded words, one space between them."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _alike(title: str, bodies: Sequence[Body]) -> Whose:
    from rapidfuzz import fuzz

    typed = folded(title)
    best, nearest = float(ALIKE), None
    for body in bodies:
        for name in body.names:
            if len(name) < SHORTEST or len(typed) < SHORTEST:
                continue
            likeness = max(
                fuzz.partial_ratio(name, typed) if len(typed) >= len(name) else 0, fuzz.token_set_ratio(name, typed)
            )
            if likeness >= best:
                best, nearest = likeness + 0.001, body
    if nearest is None:
        return Whose()
    return Whose(near=nearest, reason=_("the title is like the name of {name}").format(name=nearest.name))
