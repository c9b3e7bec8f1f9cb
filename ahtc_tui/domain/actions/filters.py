"""The filter of action lists and its parser for typed lines ("training @ahtc #gwent !late due<30 nov")."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey


class ActionScope(StrEnum):
    """Selection of actions by open or closed status."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Sort(StrEnum):
    """Sort order of a list of actions."""

    DUE = "due"
    URGENCY = "urgency"
    REF = "ref"


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """Conditions on actions, all of which must hold; None or empty is not a condition."""

    which: ActionScope = ActionScope.OPEN
    words: str = ""
    lead: RowKey | None = None
    """Key of a party. A person matches through the posts they hold as well."""
    lead_words: str = ""
    """Prefixes of words in the name of the lead."""
    group_words: str = ""
    group: RowKey | None = None
    without: frozenset[str] = frozenset()
    """Fields that must be empty: "lead", "group", "objective"."""
    objective: str | None = None
    meeting: RowKey | None = None
    late: bool = False
    continuing: bool = False
    due_before: date | None = None
    due_after: date | None = None
    status: str | None = None
    brag: str | None = None
    ref: str | None = None
    no_update_since: date | None = None
    """Selects actions without an update on this day or later."""


FILTER_FLAGS: dict[str, dict[str, object]] = {
    "late": {"late": True},
    "open": {"which": ActionScope.OPEN},
    "closed": {"which": ActionScope.CLOSED},
    "done": {"which": ActionScope.CLOSED, "status": "done"},
    "all": {"which": ActionScope.ALL},
    "continuing": {"continuing": True},
    "cancelled": {"which": ActionScope.CLOSED, "status": "cancelled"},
    "planned": {"status": "planned"},
    "progress": {"status": "in_progress"},
    "hold": {"status": "on_hold"},
    "proposed": {"status": "proposed_complete"},
    "red": {"brag": "R"},
    "amber": {"brag": "A"},
    "green": {"brag": "G"},
    "blue": {"brag": "B", "which": ActionScope.ALL},
}
"""Conditions by the word after `!`."""

DUE = re.compile(r"\bdue\s*(?P<side>[<>])\s*(?P<equal>=?)(?P<words>(?:(?!\bdue\s*[<>])[^@#!])*)", re.IGNORECASE)


OBJECTIVE_CONDITION = re.compile(r"obj(?:ective)?:([\w-]+)", re.IGNORECASE)
"""Condition on one objective: "obj:3"."""

MISSING_CONDITIONS = {"@-": "lead", "#-": "group", "obj:-": "objective"}
"""Conditions that select actions with an empty field."""

LONGEST_DATE = 8
"""Largest number of words in a date: "by the end of the month of November 2013"."""


def read_action_filter(
    text: str, read_date: Callable[[str], DateAsKnown], base: ActionFilter | None = None
) -> ActionFilter:
    """Filter for a typed line. Incomplete conditions ("!la", "due<") are ignored while the person types.

    A last single letter is ignored too, so that the list does not vanish between "police" and "police fo".
    """
    action_filter = base or ActionFilter()
    text = text.encode("utf-8", "ignore").decode()
    while match := DUE.search(text):
        other_words, action_filter = _split_due_condition(match, read_date, action_filter)
        text = f"{text[: match.start()]} {other_words} {text[match.end() :]}"
    words = []
    for word in text.split():
        sign, name = word[0], word[1:]
        if missing := MISSING_CONDITIONS.get(word.lower()):
            action_filter = replace(action_filter, without=action_filter.without | {missing})
        elif sign == "@":
            action_filter = replace(action_filter, lead_words=f"{action_filter.lead_words} {name}".strip())
        elif sign == "#":
            action_filter = replace(action_filter, group_words=f"{action_filter.group_words} {name}".strip())
        elif match := OBJECTIVE_CONDITION.fullmatch(word):
            action_filter = replace(action_filter, objective=match[1])
        elif sign == "!":
            action_filter = replace(action_filter, **FILTER_FLAGS.get(name.lower(), {}))  # type: ignore[arg-type]
        else:
            words.append(word)
    if len(words) > 1 and _is_unfinished_word(words[-1], text):
        words.pop()
    return replace(action_filter, words=" ".join(words))


def find_empty_condition(text: str, read_date: Callable[[str], DateAsKnown]) -> str | None:
    """First part of a line that looks like a condition but is not one ("!urgent", "due<soonish"), if any."""
    while match := DUE.search(text):
        _other_words, action_filter = _split_due_condition(match, read_date, ActionFilter())
        if action_filter == ActionFilter():
            return match.group().strip()
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return next((word for word in text.split() if word[0] == "!" and word[1:].lower() not in FILTER_FLAGS), None)


def _is_unfinished_word(word: str, text: str) -> bool:
    """Whether the last word is a single letter without a space after it."""
    return len(word) == 1 and word.isalpha() and text.endswith(word)


def _split_due_condition(
    match: re.Match[str], read_date: Callable[[str], DateAsKnown], action_filter: ActionFilter
) -> tuple[str, ActionFilter]:
    """Words after the date of a "due<30 nov" condition, and the filter with that condition if there is a date."""
    words = match["words"].split()
    for length in range(min(len(words), LONGEST_DATE), 0, -1):
        try:
            known_date = read_date(" ".join(words[:length]))
        except BadInput:
            continue
        if known_date.precision is Precision.WORDS:
            continue
        other_words, tolerance = " ".join(words[length:]), timedelta(days=bool(match["equal"]))
        if match["side"] == "<":
            return other_words, replace(action_filter, due_before=known_date.latest + tolerance)
        return other_words, replace(action_filter, due_after=known_date.latest - tolerance)
    return "", action_filter


def read_choice(value: str, choices: type[StrEnum], field: str) -> StrEnum:
    """Member of `choices` by its value or name. Raises BadInput that lists the choices."""
    typed = value.strip().lower().replace(" ", "_").replace("-", "_")
    for member in choices:
        if typed in (member.value.lower().replace("-", "_"), member.name.lower()):
            return member
    raise BadInput(
        _('"{value}" is not a {field}: choose one of {words}.').format(
            value=value, field=field, words=", ".join(member.value for member in choices)
        )
    )
