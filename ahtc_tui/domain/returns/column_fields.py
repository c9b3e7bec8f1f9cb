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
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS, HEADS, PHRASES, WORDS, normalize_heading
from ahtc_tui.domain.returns.headings import find_near_field, is_usual_heading, resolve_heading

MAPPED, USUAL, SIMILAR, WEIGHED = 100, 95, 70, 60
"""Confidence, of 100, of a column: mapped by a person, of a usual heading, of a similar one, of heading and values."""
MIN_PROSE = 0.5
"""Share of sentences from which a column may be the text of the actions."""
_COMPLETION_WORDS = tuple(WORDS["completion_stems"])
_DUE_FIELDS = frozenset(("due", "proposed_due", "original_due"))
_DATE_FIELDS = _DUE_FIELDS | {"closed_on", "update_on"}
_MIN_REPEATED = 6
"""Number of values from which a text that most rows repeat is not the text of the actions."""
_MAX_NAME_WORDS = 3
"""Mean number of words of a column above which different texts that are no known names are not those of owners."""
_MIN_VALUES, _MIN_SHARE = 3, 0.8
"""Number of values from which, and their share with which, values alone suggest a field."""


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
    weighed, has_prose = list(fields), any(profile.prose >= MIN_PROSE for profile in profiles)
    for position, (field, profile) in enumerate(zip(fields, profiles, strict=True)):
        if mapped[position]:
            continue
        is_of_roles = field in ("lead", "support") and profile.role_letters >= 0.5
        if is_of_roles or (field == "title" and profile.dates >= 0.5):
            weighed[position] = None
        elif field and profile.filled and (field != "title" or has_prose):
            weighed[position] = _correct_field(field, headings[position], profile, weighed)
    for position, heading in enumerate(headings):
        if weighed[position] == "due" and not mapped[position] and is_plain_date(heading):
            weighed[position] = None
        elif weighed[position] is None and not mapped[position]:
            weighed[position] = _find_suggested_field(heading, profiles[position], weighed)
    _correct_text_column(headings, profiles, weighed, mapped)
    _find_description(headings, profiles, weighed, mapped)
    if (owner := _find_owner_of_text(headings, profiles, weighed, mapped)) is not None:
        if "lead" in weighed:
            weighed[weighed.index("lead")] = None
        weighed[owner] = "lead"
    guesses = [
        None if field or is_mapped else _guess_field(heading, profile, weighed)
        for heading, profile, field, is_mapped in zip(headings, profiles, weighed, mapped, strict=True)
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
        and not WORDS["circumstance"] & set(normalize_heading(headings[position]).split())
    ]
    return sorted(candidates, key=rank, reverse=True)


def _correct_field(field: str, heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field of a column whose values contradict its heading; otherwise the same field."""

    def free(name: str) -> str | None:
        return None if name in fields else name

    words = normalize_heading(heading)
    if _is_impossible(field, words, profile):
        return None
    match field:
        case "title" if profile.states >= MIN_PROSE:
            return free("status")
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


def _is_impossible(field: str, words: str, profile: ColumnProfile) -> bool:
    """Return whether the values of a column are none of its field, nor of another: days or weeks instead of a date."""
    is_certain = is_usual_heading(words) and words not in WORDS["weak"]
    if field in ("lead", "support") and profile.numbers >= _MIN_SHARE:
        return True  # numbers of people in a list that is not in the file
    if field in ("lead", "support") and not is_certain and profile.filled >= _MIN_VALUES:
        is_of_texts = profile.words > _MAX_NAME_WORDS or profile.filled >= _MIN_REPEATED
        return profile.names < 0.2 and profile.distinct >= _MIN_SHARE and is_of_texts
    if field in _DATE_FIELDS and not is_certain and profile.filled >= _MIN_VALUES and profile.dates < 0.2:
        return field != "closed_on" and not profile.percents and max(profile.states, profile.small_numbers) < 0.5
    if field == "ref":
        return profile.prose >= MIN_PROSE
    if field == "title":
        return profile.codes >= _MIN_SHARE
    if field == "status":
        return profile.numbers >= _MIN_SHARE and words in WORDS["weak"]
    if field == "percent":
        return profile.fractions >= MIN_PROSE
    is_completion = any(part in words for part in _COMPLETION_WORDS)
    is_counted = profile.small_numbers >= _MIN_SHARE and profile.dates < 0.2 and not is_completion
    return is_counted and field in _DATE_FIELDS


def _has_percentages(field: str, words: str, profile: ColumnProfile) -> bool:
    """Return whether a column under "Progress", "Completion" or "Completed" has percentages, perhaps without a sign."""
    if profile.percents >= 0.5:
        return True
    if field == "update":
        return profile.numbers >= _MIN_SHARE
    return profile.small_numbers >= _MIN_SHARE and any(part in words for part in _COMPLETION_WORDS)


def _find_suggested_field(heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field that the words of a heading suggest and its values support."""
    words = normalize_heading(heading)
    if words and not strip_period(words):
        return "update" if profile.words > 1 and not profile.dates else None
    own_field = resolve_heading(heading)
    for field in ([own_field] if own_field else []) + list_suggested_fields(words):
        is_taken = field in fields or (field in _DUE_FIELDS and (is_suggestion_only(words) or words in WORDS["weak"]))
        if not is_taken and is_fitting(field, profile):
            return field
    return None


def _correct_text_column(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: list[str | None], mapped: Sequence[bool]
) -> None:
    """Move the field of the text to the column that has it; leave it open where only a person can tell."""
    if weighed.count("title") == 1 and not mapped[weighed.index("title")]:
        title = weighed.index("title")
        if (action := _find_action_text(headings, profiles, weighed, mapped)) is not None:
            is_detail = "detail" not in weighed and profiles[title].prose >= MIN_PROSE
            weighed[title], weighed[action] = ("detail" if is_detail else None), "title"
            return
        if (name := _find_name_of_text(headings, profiles, weighed, mapped)) is not None:
            weighed[title] = "detail" if profiles[title].distinct >= MIN_PROSE else None
            weighed[name] = "title"
            return
        others, is_certain = _list_better_texts(headings, profiles, weighed, mapped)
        if others:
            weighed[title] = None
        if len(others) == 1 and is_certain:
            weighed[others[0]] = "title"
    if "title" in weighed and "lead" in weighed and not mapped[weighed.index("title")]:
        title, lead = weighed.index("title"), weighed.index("lead")
        is_name = set(normalize_heading(headings[lead]).split()) <= WORDS["naming"] and not mapped[lead]
        least = _MIN_SHARE if profiles[title].filled else MIN_PROSE
        is_whole = profiles[lead].distinct >= least and profiles[lead].filled >= _MIN_REPEATED
        if is_name and is_whole and profiles[title].filled <= (1 - _MIN_SHARE) * profiles[lead].filled:
            weighed[title], weighed[lead] = "detail" if "detail" not in weighed else None, "title"
    item = _find_item_column(headings, profiles, weighed, mapped)
    if item is None and "title" not in weighed:
        item = _find_name_column(headings, profiles, weighed, mapped)
    if item is not None:
        weighed[item] = "title"


def _find_description(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: list[str | None], mapped: Sequence[bool]
) -> None:
    """Give the column "Description" beside the text of the actions its field."""
    if "title" not in weighed or "detail" in weighed:
        return
    for position, heading in enumerate(headings):
        words = set(normalize_heading(heading).split())
        is_description = words & WORDS["describing"] and not words & WORDS["circumstance"]
        if is_description and weighed[position] is None and not mapped[position] and profiles[position].prose:
            weighed[position] = "detail"
            return


def _find_action_text(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: Sequence[str | None], mapped: Sequence[bool]
) -> int | None:
    """Return the column of the actions beside the text of what they answer: "Mitigation action" beside "Risk"."""
    title = weighed.index("title")
    if _names_action(headings[title]):
        return None
    actions = [
        position
        for position, profile in enumerate(profiles)
        if _names_action(headings[position])
        and _is_free_text(position, profile, weighed, mapped)
        and profile.prose >= MIN_PROSE
        and 2 * profile.filled >= profiles[title].filled
    ]
    return actions[0] if len(actions) == 1 else None


def _names_action(heading: str) -> bool:
    """Return whether a heading is that of actions, and not of their result or of when they were taken."""
    text = normalize_heading(heading)
    words, phrases = set(text.split()), (phrase for phrase in FIELD_HEADINGS["title"] if " " in phrase)
    is_phrased = any(f" {phrase} " in f" {text} " for phrase in phrases)
    is_headed = resolve_heading(heading) == "title" or bool(words & set(HEADS["title"])) or is_phrased
    is_other = bool(words & (WORDS["circumstance"] | WORDS["completed"] | WORDS["origin"])) or any(
        f" {phrase} " in f" {text} " for phrase in PHRASES["test"]
    )
    return is_headed and bool(words & WORDS["action"]) and not is_other


def _find_name_of_text(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: Sequence[str | None], mapped: Sequence[bool]
) -> int | None:
    """Return the column of short names of the actions, such as "Task name" beside "Description", each named once."""
    title = weighed.index("title")
    title_words = set(normalize_heading(headings[title]).split())
    is_text = bool(title_words & WORDS["action"]) and not title_words & WORDS["describing"]
    if "detail" in weighed or (is_text and profiles[title].distinct >= MIN_PROSE):
        return None
    for position, (heading, profile) in enumerate(zip(headings, profiles, strict=True)):
        words = set(normalize_heading(heading).split())
        is_description = title_words <= WORDS["describing"] and profile.words > 1
        is_headed = "title" in _list_headed_fields(heading) and bool(words & WORDS["naming"] or is_description)
        is_name = is_headed or (bool(words) and words <= WORDS["naming"] and profile.names < 0.2)
        is_whole = profile.distinct >= _MIN_SHARE and profile.filled >= profiles[title].filled
        is_topic = normalize_heading(heading) in PHRASES["topic"]
        if is_name and is_whole and not is_topic and _is_free_text(position, profile, weighed, mapped):
            return position
    return None


def _is_free_text(position: int, profile: ColumnProfile, weighed: Sequence[str | None], mapped: Sequence[bool]) -> bool:
    """Return whether a column that has no field holds texts, and neither references nor dates."""
    return weighed[position] is None and not mapped[position] and profile.codes < 0.2 and profile.dates < 0.2


def _list_better_texts(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: Sequence[str | None], mapped: Sequence[bool]
) -> tuple[list[int], bool]:
    """Return the columns that may have the text, where the one headed so has topics, repetitions or far fewer values.

    The second value is whether their headings name a text as well.
    """
    title = weighed.index("title")
    profile = profiles[title]
    is_topic = profile.prose < MIN_PROSE and normalize_heading(headings[title]) in PHRASES["topic"]
    is_repeated = profile.filled >= _MIN_REPEATED and profile.distinct < MIN_PROSE
    others = [
        position
        for position, other in enumerate(profiles)
        if weighed[position] is None
        and not mapped[position]
        and other.prose >= MIN_PROSE
        and not WORDS["circumstance"] & set(normalize_heading(headings[position]).split())
        and (not is_repeated or other.distinct > profile.distinct)
    ]
    named = [position for position in others if "title" in _list_headed_fields(headings[position])]
    sparse = [position for position in named if 2 * profile.filled <= profiles[position].filled]
    if profile.prose < MIN_PROSE and (sparse or (is_topic and named)):
        return sparse or named, True
    return [
        position for position in others if profiles[position].filled >= _MIN_VALUES and (is_topic or is_repeated)
    ], False


def _find_owner_of_text(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: Sequence[str | None], mapped: Sequence[bool]
) -> int | None:
    """Return the column of the owner of what the text is about: "Control owner" for "Recommended controls"."""
    if "title" not in weighed or ("lead" in weighed and mapped[weighed.index("lead")]):
        return None
    if "lead" in weighed and is_owner_of_text(headings, weighed, weighed.index("lead")):
        return None
    owners = [
        position
        for position, heading in enumerate(headings)
        if weighed[position] in (None, "support")
        and not mapped[position]
        and is_owner_of_text(headings, weighed, position)
        and "lead" in _list_headed_fields(heading)
        and is_fitting("lead", profiles[position])
    ]
    return owners[0] if len(owners) == 1 else None


def is_owner_of_text(headings: Sequence[str], fields: Sequence[str | None], position: int) -> bool:
    """Return whether the heading of an owner has a word of the heading of the text: "Control owner"."""
    return "title" in fields and bool(_list_stems(headings[fields.index("title")]) & _list_stems(headings[position]))


def _list_headed_fields(heading: str) -> list[str | None]:
    """Return the field of a heading, and those that its words suggest."""
    return [resolve_heading(heading), *list_suggested_fields(normalize_heading(heading))]


def _list_stems(heading: str) -> set[str]:
    """Return the words of a heading without the ending of the plural."""
    return {word.removesuffix("s") for word in normalize_heading(heading).split() if len(word) > 1}


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


def _find_name_column(
    headings: Sequence[str], profiles: Sequence[ColumnProfile], weighed: Sequence[str | None], mapped: Sequence[bool]
) -> int | None:
    """Return the column headed "Name" that holds the only texts of a table with owners, dates or states."""
    texts = list_text_columns(headings, weighed, profiles)
    if len(texts) != 1 or mapped[texts[0]] or not {"lead", "status", "brag", "percent", *_DUE_FIELDS} & set(weighed):
        return None
    words, profile = set(normalize_heading(headings[texts[0]]).split()), profiles[texts[0]]
    is_name = bool(words) and words <= WORDS["naming"] and profile.names < 0.2
    return texts[0] if is_name and profile.words >= 2 and profile.distinct >= _MIN_SHARE else None


def _guess_field(heading: str, profile: ColumnProfile, fields: Sequence[str | None]) -> str | None:
    """Return the field that the values of a column suggest where no other column has it."""
    words = normalize_heading(heading)
    if not profile.filled or is_origin_heading(words):
        return None
    if is_plain_date(heading) and profile.dates >= _MIN_SHARE and not _DUE_FIELDS & set(fields):
        return "due"
    if profile.filled < _MIN_VALUES:
        return None
    near = find_near_field(words)
    if near and near not in ("title", *fields) and is_fitting(near, profile):
        return near
    is_date_of_other = len(words.split()) > 1 and bool(WORDS["weak"] & set(words.split()))
    if profile.dates >= _MIN_SHARE and not _DUE_FIELDS & set(fields):
        return None if is_date_of_other else "due"
    is_state = profile.yes_or_no < _MIN_SHARE or not any(map(str.isalpha, heading))  # a tick is the heading of ticks
    if profile.states >= _MIN_SHARE and is_state and not {"status", "percent"} & set(fields):
        return "status"
    if profile.register_names >= _MIN_SHARE and "lead" not in fields:
        return "lead"
    is_share = WORDS["percent"] & set(words.split()) and not {"of", "o"} & set(words.split())
    if is_share and is_fitting("percent", profile) and not {"status", "percent"} & set(fields):
        return "percent"
    return None


def is_plain_date(heading: str) -> bool:
    """Return whether a column is headed "Date" alone: it may be the date of anything."""
    return normalize_heading(heading) in WORDS["weak"] and resolve_heading(heading) == "due"


def _estimate_confidence(heading: str, field: str | None, heading_field: str | None, *, is_mapped: bool) -> int:
    if field is None:
        return 0
    if is_mapped:
        return MAPPED
    if field != heading_field:
        return WEIGHED
    is_usual = is_usual_heading(heading) and normalize_heading(heading) not in WORDS["weak"]
    return USUAL if is_usual else SIMILAR
