"""Matches calendar events with groups: by category, organiser or title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.meetings import CalendarEvent
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.imports.meetings import GroupNames

MIN_SIMILARITY = 90
"""Of 100: about one wrong letter in ten."""
MIN_NAME_LENGTH = 12
"""Number of letters below which similar names are not compared."""


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The certain group `body`, the possible group `near` with its reason, or no group."""

    body: GroupNames | None = None
    near: GroupNames | None = None
    reason: str = ""


def match_group(event: CalendarEvent, bodies: Sequence[GroupNames]) -> GroupMatch:
    """Return the group that an event names; in files of this program by category or organiser only."""
    event_names = {fold_name(text) for text in event.categories}
    if event.organiser and event.organiser.name:
        event_names.add(fold_name(event.organiser.name))
    matches = [
        body for body in bodies if body.names & event_names or (body.short and fold_name(body.short) in event_names)
    ]
    if event.is_own and not matches:
        return GroupMatch()
    return match_title(event.title, bodies, matches)


def match_title(title: str, bodies: Sequence[GroupNames], matches: Sequence[GroupNames] = ()) -> GroupMatch:
    """Return the group that a title names, unless it is known already."""
    matches = matches or _find_in_title(title, bodies)
    if len(matches) == 1:
        return GroupMatch(matches[0])
    if matches:
        names = ", ".join(body.name for body in matches[:4])
        return GroupMatch(near=matches[0], reason=_("it may belong to several groups: {names}").format(names=names))
    return _match_similar_title(title, bodies)


def _find_in_title(title: str, bodies: Sequence[GroupNames]) -> list[GroupNames]:
    """Return the groups whose full name is in a title, without names that a longer one contains, else by short name."""
    words = f" {_normalize_words(title)} "
    matches: list[tuple[str, GroupNames]] = []
    for body in bodies:
        full_names = [_normalize_words(name) for name in body.names]
        matches += [(name, body) for name in full_names if " " in name and f" {name} " in words]
    longest_matches = [
        body
        for name, body in matches
        if not any(name != other_name and name in other_name for other_name, _body in matches)
    ]
    if longest_matches:
        return list(dict.fromkeys(longest_matches))
    capitals = set(re.findall(r"\w[\w-]*", title))
    return [body for body in bodies if body.short and body.short in capitals and body.short.isupper()]


def _normalize_words(text: str) -> str:
    """Return normalized words, separated by single spaces."""
    return " ".join(re.findall(r"\w+", fold_name(text)))


def _match_similar_title(title: str, bodies: Sequence[GroupNames]) -> GroupMatch:
    from rapidfuzz import fuzz

    folded_title = fold_name(title)
    best_score, nearest = float(MIN_SIMILARITY), None
    for body in bodies:
        for name in body.names:
            if len(name) < MIN_NAME_LENGTH or len(folded_title) < MIN_NAME_LENGTH:
                continue
            score = max(
                fuzz.partial_ratio(name, folded_title) if len(folded_title) >= len(name) else 0,
                fuzz.token_set_ratio(name, folded_title),
            )
            if score >= best_score:
                best_score, nearest = score + 0.001, body
    if nearest is None:
        return GroupMatch()
    return GroupMatch(near=nearest, reason=_("the title is similar to the name of {name}").format(name=nearest.name))
