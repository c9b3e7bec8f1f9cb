"""Whether a table is a list of actions: by its owner, date and status columns, and by words of other kinds of lists."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.returns.column_fields import ColumnReading
from ahtc_tui.domain.returns.column_profiles import ColumnProfile
from ahtc_tui.domain.returns.composed_headings import is_addressee_heading
from ahtc_tui.domain.returns.heading_vocabulary import KINDS, PHRASES, WORDS, normalize_heading
from ahtc_tui.domain.returns.statuses import parse_status
from ahtc_tui.domain.text.normalization import normalize_text

_COMMUNICATIONS, _RISKS, _LINKS = "communications", "risks", "links"
_SUMMARY, _MIN_COUNTS = gettext_noop("summary"), 2
"""Kind of a table of counts, and number of columns of numbers headed "Open" or "Closed" from which a table is one;
more columns so headed, of any values, are a board on which cards move."""
NAMED_KIND = gettext_noop("list")
"""Kind of a table that only its name calls another list."""
_MIN_KIND_WORDS = 2
"""Number of different words from which headings name another kind of list whatever else it has."""
_TEST_PHRASES = tuple(frozenset(phrase.split()) for phrase in PHRASES["test"])
_ROLE_LETTERS, _MIN_ROLE_COLUMNS = 0.8, 2
"""Share of the letters R, A, C and I from which a column has roles, and number of such columns of a RACI chart."""
_OWNER_FIELDS = frozenset(("lead",))
_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on"))
_STATE_FIELDS = frozenset(("status", "brag", "percent"))
MARK_FIELDS = _OWNER_FIELDS | _DATE_FIELDS | _STATE_FIELDS
"""Fields of the columns that a list of actions has beside its text."""
_MAX_LEGEND_ROWS = 15
_MIN_SUMMARY_WORDS = 20
"""Number of words from which the text of a table with one row, and without an owner, a date or a reference, tells of
the whole and not of an action."""
_MAX_NAME_WORDS = 4
"""Number of words above which the title of a table is a sentence, and its last word not what the table is."""


@dataclass(frozen=True, slots=True)
class TableEvidence:
    """Evidence for and against a table as a list of actions."""

    mark_count: float
    """Owner, date and status columns, from 0 to 3; half a mark for a heading of other lists, or for values alone."""
    has_action_heading: bool
    """The heading of the text names an action or a task."""
    other_kind: str
    """Kind of list that its headings or its sheet name; empty for none."""
    is_contact_list: bool
    is_described: bool
    """It has a column of references, updates or priorities, or values of an owner, a date or a status."""
    is_named_for_actions: bool
    """Its sheet, its title or its file is called a list of actions or tasks, and it has a column of their text."""

    @property
    def is_other(self) -> bool:
        """Return whether it looks like a list of another kind."""
        return bool(self.other_kind)

    @property
    def is_earned(self) -> bool:
        """Return whether the table is certainly a list of actions."""
        if self.other_kind == _COMMUNICATIONS and not self.has_action_heading:
            return False
        if self.other_kind == _RISKS:  # a risk is no action, but an answer to it that somebody owns is one
            return self.has_action_heading and self.mark_count >= 1
        if self.is_other or self.is_contact_list:
            return self.mark_count >= (2 if self.has_action_heading else 3)
        return self.mark_count >= 1 or ((self.has_action_heading or self.is_named_for_actions) and self.is_described)

    def explain(self) -> str:
        """Return why the table is not certainly a list of actions."""
        if self.is_other:
            return _("it looks like a list of another kind ({kind})").format(kind=_(self.other_kind))
        if self.mark_count >= 1:
            return _("another list in the file has clearer headings of actions")
        return _("it has no column for a lead, a date or a status")


def weigh_table(
    names: Sequence[str],
    headings: Sequence[str],
    readings: Sequence[ColumnReading],
    profiles: Sequence[ColumnProfile],
    row_count: int,
    file_name: str = "",
) -> TableEvidence:
    """Return the evidence of a table. `names` are its sheet and its title; a file of one table has a `file_name`."""
    fields = [reading.field for reading in readings]
    words = {word for heading in headings for word in normalize_heading(heading).split()}
    title_words = {
        word
        for heading, field in zip(headings, fields, strict=True)
        if field == "title"
        for word in normalize_heading(heading).split()
    }
    columns = list(zip(headings, readings, profiles, strict=True))
    marks = sum(
        max((_weigh_mark(heading, reading, profile, group) for heading, reading, profile in columns), default=0.0)
        for group in (_OWNER_FIELDS, _DATE_FIELDS, _STATE_FIELDS)
    )
    has_action_heading = bool(title_words & WORDS["action"])
    needed = _MIN_KIND_WORDS if has_action_heading and marks >= 1 else min(marks, _MIN_KIND_WORDS)
    text = title_words if "title" in fields else None
    states = [profile for heading, _reading, profile in columns if parse_status(heading)]
    is_report = row_count == 1 and not set(fields) & (_OWNER_FIELDS | _DATE_FIELDS | {"ref"})
    is_report = is_report and any(
        profile.words >= _MIN_SUMMARY_WORDS for field, profile in zip(fields, profiles, strict=True) if field == "title"
    )
    is_count = sum(profile.numbers > 0.5 for profile in states) >= _MIN_COUNTS or len(states) > _MIN_COUNTS
    kind = _SUMMARY if is_count or is_report else _find_headed_kind(names, headings, needed, text)
    kind = kind or _find_other_kind(names, fields, profiles, row_count, has_action_heading=has_action_heading)
    is_contact_list = bool(words & WORDS["contact"]) and not has_action_heading and marks < 2
    is_described = bool({"ref", "update", "priority"} & set(fields)) or marks > 0
    is_named = "title" in fields and any(map(_names_actions, (*names, file_name)))
    return TableEvidence(marks, has_action_heading, kind, is_contact_list, is_described, is_named)


def _names_actions(name: str) -> bool:
    """Return whether a sheet, a title or a file is called a list of actions: "To do list"."""
    return bool(WORDS["action"] & set(normalize_heading(name).replace("to do", "todo").split()))


def _weigh_mark(heading: str, reading: ColumnReading, profile: ColumnProfile, group: Set[str]) -> float:
    """Return the weight of a column as one of a group of fields: half where only its values, or its heading, fit."""
    if reading.field not in group:
        return 0.5 if reading.guess in group else 0
    has_no_day = group is _DATE_FIELDS and profile.filled and not profile.dates
    return 0.5 if has_no_day or normalize_text(heading) in WORDS["weak"] else 1


def _find_headed_kind(names: Sequence[str], headings: Sequence[str], needed: float, text: Set[str] | None) -> str:
    """Return the kind of list of which the headings and the name have the needed number of words; empty for none.

    `text` is the words of the heading of the text; None where that is not known.

    So do more headings than that with one word: "Risk", "Risk score", "Risk owner".

    One column of links or places does not outweigh the owner, the date and the status of an action, nor do two places
    of one action, nor one address its owner, its date or its status, nor one test of what another
    column says. A list of risks whose text is not known is none yet: the text may be that of the answers to them.
    """
    words_by_heading = [frozenset(normalize_heading(heading).split()) for heading in headings]
    name_words = frozenset(normalize_text(" ".join(names)).split())
    for kind, kind_words in KINDS.items():
        headed = [words for words in words_by_heading if not words & WORDS["action"]]
        if not any(_has_word_of_kind(words, kind_words) for words in headed) or (kind == _RISKS and text is None):
            continue
        known_words = kind_words | WORDS["way_of_telling"] if kind == _COMMUNICATIONS else kind_words
        least = max(needed, _MIN_KIND_WORDS) if kind == _LINKS and needed >= 1 else needed
        heading_count = sum(_has_word_of_kind(words, kind_words) for words in headed)
        if len(frozenset.union(name_words, *headed) & known_words) >= least or heading_count > max(least, 1):
            return kind
    tests = [words for words in words_by_heading if any(phrase <= words for phrase in _TEST_PHRASES)]
    if len(tests) > 1 or (tests and (needed < _MIN_KIND_WORDS or not text or tests[0] & text)):
        return gettext_noop("tests")
    if sum(map(_is_summary_heading, headings)) >= 2 or _is_summary_heading(headings[0]):
        return _SUMMARY
    has_addressee = any(is_addressee_heading(normalize_text(heading)) for heading in headings)
    has_ways = sum(bool(heading_words & WORDS["way_of_telling"]) for heading_words in words_by_heading) >= 2
    return _COMMUNICATIONS if has_addressee or has_ways else ""


def _has_word_of_kind(words: Set[str], kind_words: Set[str]) -> bool:
    """Return whether a heading has a word of a kind, or is one joined word that begins so: "riskowner"."""
    return bool(words & kind_words) or (len(words) == 1 and next(iter(words)).startswith(tuple(kind_words)))


def _is_summary_heading(heading: str) -> bool:
    """Return whether a heading is that of counts: "Row labels", "Count of action"."""
    words = normalize_text(heading)
    return any(words == phrase or words.startswith(f"{phrase} ") for phrase in PHRASES["summary"])


def _find_other_kind(
    names: Sequence[str],
    fields: Sequence[str | None],
    profiles: Sequence[ColumnProfile],
    row_count: int,
    *,
    has_action_heading: bool,
) -> str:
    letters = [
        profile.role_letters for field, profile in zip(fields, profiles, strict=True) if field not in _STATE_FIELDS
    ]
    if sum(share >= _ROLE_LETTERS for share in letters) >= _MIN_ROLE_COLUMNS:
        return gettext_noop("responsibilities")
    states = [profile for field, profile in zip(fields, profiles, strict=True) if field in _STATE_FIELDS]
    is_alone = not set(fields) & (_OWNER_FIELDS | _DATE_FIELDS | {"ref", "update"}) and not has_action_heading
    if states and is_alone and 2 <= row_count <= _MAX_LEGEND_ROWS and all(column.distinct == 1 for column in states):
        return "legend"
    word_lists = [words for name in names if 0 < len(words := normalize_text(name).split()) <= _MAX_NAME_WORDS]
    is_other = any({words[0], words[-1]} & WORDS["other_sheet"] for words in word_lists)
    is_of_actions = any(map(_names_actions, names))
    return NAMED_KIND if is_other and not is_of_actions else ""
