"""The field of each column of a table, weighed from its heading and its values together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.returns.column_profiles import ColumnProfile, is_fitting
from ahtc_tui.domain.returns.composed_headings import (
    is_origin_heading,
    is_suggestion_only,
    list_suggested_fields,
    strip_period,
)
from ahtc_tui.domain.returns.headings import is_usual_heading, resolve_heading
from ahtc_tui.domain.text.normalization import normalize_text

MAPPED, USUAL, SIMILAR, WEIGHED = 100, 95, 70, 60
"""Confidence, of 100, of a column: mapped by a person, of a usual heading, of a similar one, of heading and values."""
MIN_PROSE = 0.5
"""Share of sentences from which a column may be the text of the actions."""
_COMPLETION_WORDS = ("complet", "done", "close", "finish", "fixed", "resol", "cwblh", "cau", "gorffen")
_TOPICS = frozenset(("topic", "subject", "matter", "issue", "agenda item", "mater", "materion", "pwnc"))
"""Headings of the text of the actions that may also head what they are about, in a word or two."""
_DUE_FIELDS = frozenset(("due", "proposed_due", "original_due"))
_MIN_VALUES, _MIN_SHARE = 3, 0.8
"""Number of values from which, and their share with which, values alone suggest a field."""

_CIRCUMSTANCE_WORDS = """
    impact impacts consequence consequences effect effects cause causes likelihood probability purpose aim benefit
    benefits audience audiences stakeholder stakeholders channel channels frequency
    effaith effeithiau canlyniadau achos achosion tebygolrwydd diben budd cynulleidfa rhanddeiliaid sianel amlder
"""

_CIRCUMSTANCES = frozenset(_CIRCUMSTANCE_WORDS.split())
"""Words of headings about purpose, beneficiaries and method."""


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """The field of a column, and how certain it is."""

    field: str | None
    confidence: int = 0
    guess: str | None = None
    """A field that the values suggest and the heading does not: a question."""


def weigh_columns(
    headings: Sequence[str], fields: Sequence[str | None], profiles: Sequence[ColumnProfile], mapped: Sequence[bool]
) -> list[ColumnReading]:
    """Return the readings of all columns. `fields` come from the headings; a mapped column keeps its field."""
    weighed = list(fields)
    for position, (field, profile) in enumerate(zip(fields, profiles, strict=True)):
        if mapped[position]:
            continue
        if field in ("lead", "support") and profile.role_letters >= 0.5:
            weighed[position] = None
        elif field and profile.filled:
            weighed[position] = _correct_field(field, headings[position], profile, weighed)
    for position, heading in enumerate(headings):
        if weighed[position] is None and not mapped[position]:
            weighed[position] = _find_suggested_field(heading, profiles[position], weighed)
    if (better := _find_better_text(headings, profiles, weighed, mapped)) is not None:
        weighed[weighed.index("title")], weighed[better] = None, "title"
    item = _find_item_column(headings, profiles, weighed, mapped)
    if item is not None:
        weighed[item] = "title"
    guesses = [
        None if field or mapped[position] else _guess_field(headings[position], profiles[position], weighed)
        for position, field in enumerate(weighed)
    ]
    return [
        ColumnReading(
            field,
            _estimate_confidence(headings[position], field, fields[position], is_mapped=mapped[position]),
            guesses[position] if guesses.count(guesses[position]) == 1 else None,
        )
        for position, field in enumerate(weighed)
    ]


def list_text_columns(
    headings: Sequence[str], fields: Sequence[str | None], profiles: Sequence[ColumnProfile]
) -> list[int]:
    """Return the positions of the columns that may hold the text of the actions, the longest prose first.

    A column about the circumstances of an action, such as "Impact", is none of them.
    """

    def rank(position: int) -> tuple[bool, bool, float]:
        profile = profiles[position]
        return fields[position] is None, profile.prose >= MIN_PROSE, profile.words

    candidates = [
        position
        for position, (field, profile) in enumerate(zip(fields, profiles, strict=True))
        if field in (None, "update", "comment", "evidence")
        and profile.words
        and profile.dates + profile.codes < 0.5
        and not _CIRCUMSTANCES & set(normalize_text(headings[position]).split())
    ]
    return sorted(candidates, key=rank, reverse=True)


def _correct_field(field: str, heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field of a column whose values contradict its heading; otherwise the same field."""

    def free(name: str) -> str | None:
        return None if name in fields else name

    words = normalize_text(heading)
    match field:
        case "ref" if profile.prose >= MIN_PROSE:
            return None
        case "title" if profile.codes >= _MIN_SHARE:
            return None
        case "status" if profile.dates >= 0.5 and any(part in words for part in _COMPLETION_WORDS):
            return free("closed_on")
        case "status" | "update_on" if _has_updates(field, profile, fields):
            return "update"
        case "closed_on" | "update" if _has_states(field, profile, fields):
            return free("status")
        case "update" | "due" | "closed_on" if _has_percentages(field, words, profile):
            return free("percent")
        case "due" if profile.dates < 0.2 and profile.names >= 0.5:
            return free("lead")
        case "lead" if profile.dates >= 0.5:
            return free("due") if not _DUE_FIELDS & set(fields) else None
    return field


def _has_updates(field: str, profile: ColumnProfile, fields: Sequence[str | None]) -> bool:
    """Return whether a column under "Status" or "Last update" has the words of updates."""
    if field == "update_on":
        return profile.dates < 0.2 and profile.prose >= MIN_PROSE
    return profile.percents < 0.5 < profile.prose and "update" not in fields


def _has_states(field: str, profile: ColumnProfile, fields: Sequence[str | None]) -> bool:
    """Return whether a column under "Completed" has states, or one under "Progress" has little else."""
    if field == "closed_on":
        return profile.states >= 0.5 and profile.dates < 0.2
    is_certain = profile.filled >= _MIN_VALUES and profile.states >= _MIN_SHARE and not profile.percents
    return is_certain and "status" not in fields


def _has_percentages(field: str, words: str, profile: ColumnProfile) -> bool:
    """Return whether a column under "Progress", "Completion" or "Completed" has percentages, perhaps without a sign."""
    if profile.percents >= 0.5:
        return True
    if field == "update":
        return profile.numbers >= _MIN_SHARE
    return profile.small_numbers >= _MIN_SHARE and any(part in words for part in _COMPLETION_WORDS)


def _find_suggested_field(heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field that the words of a heading suggest and its values support."""
    words = normalize_text(heading)
    if words and not strip_period(words):
        return "update" if profile.words > 1 and not profile.dates else None
    own_field = resolve_heading(heading)
    for field in ([own_field] if own_field else []) + list_suggested_fields(words):
        is_taken = field in fields or (field in _DUE_FIELDS and is_suggestion_only(words))
        if not is_taken and is_fitting(field, profile):
            return field
    return None


def _find_better_text(
    headings: Sequence[str],
    profiles: Sequence[ColumnProfile],
    weighed: Sequence[str | None],
    mapped: Sequence[bool],
) -> int | None:
    """Return the column with the text of the actions where the one headed so has topics, or far fewer values."""
    if weighed.count("title") != 1 or mapped[title := weighed.index("title")] or profiles[title].prose >= MIN_PROSE:
        return None
    is_topic = normalize_text(headings[title]) in _TOPICS
    others = [
        position
        for position, heading in enumerate(headings)
        if weighed[position] is None
        and not mapped[position]
        and profiles[position].prose >= MIN_PROSE
        and (is_topic or 2 * profiles[title].filled <= profiles[position].filled)
        and (resolve_heading(heading) == "title" or "title" in list_suggested_fields(normalize_text(heading)))
    ]
    return others[0] if len(others) == 1 else None


def _find_item_column(
    headings: Sequence[str],
    profiles: Sequence[ColumnProfile],
    weighed: Sequence[str | None],
    mapped: Sequence[bool],
) -> int | None:
    """Return the column that is headed as a reference and holds the only prose of a table with owners or dates."""
    marks = {"lead", "status", "brag", "percent", *_DUE_FIELDS} & set(weighed)
    items = [
        position
        for position, heading in enumerate(headings)
        if weighed[position] is None and profiles[position].prose >= MIN_PROSE and resolve_heading(heading) == "ref"
    ]
    others = [
        position
        for position, field in enumerate(weighed)
        if field is None and position not in items and profiles[position].prose >= MIN_PROSE
    ]
    is_certain = len(items) == 1 and not others and bool(marks) and "title" not in weighed
    return items[0] if is_certain and not mapped[items[0]] else None


def _guess_field(heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field that the values of a column suggest where no other column has it."""
    if profile.filled < _MIN_VALUES or is_origin_heading(normalize_text(heading)):
        return None
    if profile.dates >= _MIN_SHARE and not _DUE_FIELDS & set(fields):
        return "due"
    if profile.states - profile.yes_or_no >= _MIN_SHARE and not {"status", "percent"} & set(fields):
        return "status"
    if profile.register_names >= _MIN_SHARE and "lead" not in fields:
        return "lead"
    return None


def _estimate_confidence(heading: str, field: str | None, heading_field: str | None, *, is_mapped: bool) -> int:
    if field is None:
        return 0
    if is_mapped:
        return MAPPED
    if field != heading_field:
        return WEIGHED
    return USUAL if is_usual_heading(heading) else SIMILAR
