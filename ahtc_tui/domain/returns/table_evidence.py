"""Whether a table is a list of actions: by its owner, date and status columns, and by words of other kinds of lists."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.returns.column_fields import ColumnReading
from ahtc_tui.domain.returns.column_profiles import ColumnProfile
from ahtc_tui.domain.returns.composed_headings import is_addressee_heading
from ahtc_tui.domain.text.normalization import normalize_text


def _split_words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ACTION_WORDS = _split_words("""
    action actions task tasks todo deliverable deliverables milestone milestones remediation mitigation commitment
    commitments corrective steps step recommendation job follow
    cam camau gam gamau gweithred gweithredu weithredu tasg tasgau gorchwyl
""")
_OTHER_HEADINGS: dict[str, frozenset[str]] = {
    gettext_noop("legend"): _split_words(
        "meaning means definition definitions explanation abbreviation acronym term ystyr diffiniad"
    ),
    gettext_noop("links"): _split_words("url urls link links website hyperlink webpage dolen dolenni"),
    gettext_noop("assets or costs"): _split_words("""
        asset assets serial model manufacturer location warranty quantity qty purchase purchased hostname ip price cost
        lleoliad
    """),
    gettext_noop("changes"): _split_words("version author revision changed modified change changes fersiwn awdur"),
    gettext_noop("communications"): _split_words("""
        audience audiences channel channels message messages communication communications recipient recipients readers
        cynulleidfa cynulleidfaoedd sianel sianeli neges negeseuon cyfathrebu derbynnydd derbynwyr darllenwyr
    """),
    gettext_noop("notes of a daily meeting"): _split_words(
        "yesterday today tomorrow blocker blockers impediment impediments"
    ),
}
"""Words of headings by the kind of list that they belong to."""
_COMMUNICATIONS = "communications"
_WAYS_OF_TELLING = _split_words("""
    stakeholder stakeholders method medium how via format frequency group groups
    rhanddeiliad rhanddeiliaid dull cyfrwng sut fformat amlder grwp grwpiau
""")
"""Words of headings of which two name a plan of communications: to what group, and how."""
_TEST_PHRASES = tuple(
    map(_split_words, ("test case", "test step", "test steps", "test script", "expected result", "expected results"))
)
_ROLE_LETTERS, _MIN_ROLE_COLUMNS = 0.8, 2
"""Share of the letters R, A, C and I from which a column has roles, and number of such columns of a RACI chart."""
_CONTACT_HEADINGS = _split_words("email mail phone telephone mobile tel ebost ffon symudol")
_OTHER_SHEETS = _split_words("""
    list lists lookup lookups legend key glossary definitions instructions instruction guidance guide readme help about
    cover contents index config settings validation dropdown dropdowns reference references resources links assets
    inventory contacts changelog change version versions revision history standup example sample dashboard
    rhestr rhestrau allwedd cyfarwyddiadau canllaw cysylltiadau
""")
_WEAK_HEADINGS = frozenset(("name", "date", "dyddiad", "enw", "resource", "resources", "state", "position", "rating"))
"""Headings that other lists have as well, so that each counts as half a mark."""
_OWNER_FIELDS = frozenset(("lead",))
_DATE_FIELDS = frozenset(("due", "proposed_due", "original_due", "closed_on"))
_STATE_FIELDS = frozenset(("status", "brag", "percent"))
MARK_FIELDS = _OWNER_FIELDS | _DATE_FIELDS | _STATE_FIELDS
"""Fields of the columns that a list of actions has beside its text."""
_MAX_LEGEND_ROWS = 15


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
    """It has a column of references or of updates, or values of an owner, a date or a status."""

    @property
    def is_other(self) -> bool:
        """Return whether it looks like a list of another kind."""
        return bool(self.other_kind)

    @property
    def is_earned(self) -> bool:
        """Return whether the table is certainly a list of actions."""
        if self.other_kind == _COMMUNICATIONS and not self.has_action_heading:
            return False
        if self.is_other or self.is_contact_list:
            return self.mark_count >= (2 if self.has_action_heading else 3)
        return self.mark_count >= 1 or (self.has_action_heading and self.is_described)

    def explain(self) -> str:
        """Return why the table is not certainly a list of actions."""
        if self.is_other:
            return _("it looks like a list of another kind ({kind})").format(kind=_(self.other_kind))
        if self.mark_count >= 1:
            return _("another list in the file has clearer headings of actions")
        return _("it has no column of an owner, a date or a status")


def weigh_table(
    names: Sequence[str],
    headings: Sequence[str],
    readings: Sequence[ColumnReading],
    profiles: Sequence[ColumnProfile],
    row_count: int,
) -> TableEvidence:
    """Return the evidence of a table. `names` are its sheet and its title."""
    fields = [reading.field for reading in readings]
    words = {word for heading in headings for word in normalize_text(heading).split()}
    title_words = {
        word
        for heading, field in zip(headings, fields, strict=True)
        if field == "title"
        for word in normalize_text(heading).split()
    }
    columns = list(zip(headings, readings, profiles, strict=True))
    marks = sum(
        max((_weigh_mark(heading, reading, profile, group) for heading, reading, profile in columns), default=0.0)
        for group in (_OWNER_FIELDS, _DATE_FIELDS, _STATE_FIELDS)
    )
    has_action_heading = bool(title_words & _ACTION_WORDS)
    kind = _find_headed_kind(headings) or _find_other_kind(
        names, fields, profiles, row_count, has_action_heading=has_action_heading
    )
    is_contact_list = bool(words & _CONTACT_HEADINGS) and not has_action_heading and marks < 2
    is_described = bool({"ref", "update"} & set(fields)) or marks > 0
    return TableEvidence(marks, has_action_heading, kind, is_contact_list, is_described)


def _weigh_mark(heading: str, reading: ColumnReading, profile: ColumnProfile, group: Set[str]) -> float:
    """Return the weight of a column as one of a group of fields: half where only its values, or its heading, fit."""
    if reading.field not in group:
        return 0.5 if reading.guess in group else 0
    has_no_day = group is _DATE_FIELDS and profile.filled and not profile.dates
    return 0.5 if has_no_day or normalize_text(heading) in _WEAK_HEADINGS else 1


def _find_headed_kind(headings: Sequence[str]) -> str:
    """Return the kind of list that the words of its headings name; empty for none."""
    words_by_heading = [frozenset(normalize_text(heading).split()) for heading in headings]
    words = frozenset[str]().union(*(words for words in words_by_heading if not words & _ACTION_WORDS))
    for kind, kind_words in _OTHER_HEADINGS.items():
        if words & kind_words:
            return kind
    if any(phrase <= heading_words for phrase in _TEST_PHRASES for heading_words in words_by_heading):
        return gettext_noop("tests")
    has_addressee = any(is_addressee_heading(normalize_text(heading)) for heading in headings)
    has_ways = sum(bool(heading_words & _WAYS_OF_TELLING) for heading_words in words_by_heading) >= 2
    return _COMMUNICATIONS if has_addressee or has_ways else ""


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
    name_words = {word for name in names for word in normalize_text(name).split()}
    return gettext_noop("list") if name_words & _OTHER_SHEETS and not name_words & _ACTION_WORDS else ""
