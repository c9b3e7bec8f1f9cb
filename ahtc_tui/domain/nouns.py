"""The kinds of record whose fields people can change."""

from __future__ import annotations

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.commissions.fields import COMMISSION_FIELDS
from ahtc_tui.domain.contacts.fields import CONTACT_FIELDS, ENGAGEMENT_FIELDS
from ahtc_tui.domain.evidence.fields import (
    ADOPTION_FIELDS,
    DATA_SET_FIELDS,
    DOCUMENT_FIELDS,
    FIGURE_FIELDS,
    PRACTICE_FIELDS,
    RECOMMENDATION_FIELDS,
    SESSION_FIELDS,
    WEB_PAGE_FIELDS,
)
from ahtc_tui.domain.fields.model import Noun, Place
from ahtc_tui.domain.groups.fields import GROUP_FIELDS, SEAT_FIELDS
from ahtc_tui.domain.meetings.fields import DECISION_FIELDS, ITEM_FIELDS, MEETING_FIELDS
from ahtc_tui.domain.plan.fields import AIM_FIELDS, MILESTONE_FIELDS, OBJECTIVE_FIELDS

TYPED = (Place.FORM, Place.ADD, Place.LIST, Place.SEARCH)
"""Places of a noun that has no file of its own; its list is sorted by the columns that all its records share."""
NO_WORKBOOK = {Place.WORKBOOK: "it leaves the office in documents, calendars and the archive"}
NO_IMPORT = {Place.IMPORT: "no file of other offices has such records"}
NO_REPETITION = {Place.REPEAT: "such a record does not repeat"}
NO_FORM = {Place.FORM: "items are typed and edited in the line below the agenda"}
IN_MEETING = {
    Place.LIST: "the agenda of its meeting lists it",
    Place.SEARCH: "a search for its words finds the meeting",
}
IN_MATRIX = {
    Place.LIST: "the matrix has its status in a cell",
    Place.SEARCH: "a search for its words finds the practice",
}
FIND_AIM = {Place.SEARCH: "the plan has few aims, which its first page lists"}
FIND_OBJECTIVE = {Place.SEARCH: "a search for its words finds the objective"}
LISTED = {
    "figure": "title value at_least out_of unit period source",
    "data_set": "title tier holder next_due source",
    "web_page": "subject owner last_reviewed cycle_days languages",
    "practice": "title lead source",
    "recommendation": "title document response source",
    "document": "title body published_on marking source",
    "session": "kind held_on place area numbers title",
    "seat": "role person deputy",
    "engagement": "who subject kind on minutes status assignee",
    "objective": "title number source",
    "aim": "text source",
    "milestone": "title due met_on objective",
}
"""Names of the fields in the lists of these nouns."""
SEARCHED = {
    "figure": "title value unit caveat title_cy note",
    "data_set": "title frequency title_cy note",
    "web_page": "subject link note",
    "practice": "title venue lead title_cy note",
    "recommendation": "title response evidence title_cy note",
    "document": "title reference title_cy note",
    "session": "place area title title_cy note",
    "seat": "role note",
    "engagement": "subject note",
    "objective": "title title_cy note",
}
"""Names of the fields by whose words a search finds a record of these nouns."""


def _limit_places(noun: str) -> dict[Place, frozenset[str]]:
    """Return the fields of a noun that its list and the search have."""
    named = {Place.LIST: LISTED.get(noun), Place.SEARCH: SEARCHED.get(noun)}
    return {place: frozenset(names.split()) for place, names in named.items() if names}


NOUNS = (
    Noun("action", ACTION_FIELDS),
    Noun("meeting", MEETING_FIELDS, NO_WORKBOOK),
    Noun("group", GROUP_FIELDS, NO_WORKBOOK | NO_IMPORT | NO_REPETITION),
    Noun("commission", COMMISSION_FIELDS, NO_WORKBOOK | NO_IMPORT | NO_REPETITION),
    Noun("decision", DECISION_FIELDS, NO_IMPORT | NO_REPETITION),
    Noun("agenda_item", ITEM_FIELDS, NO_FORM | IN_MEETING, TYPED),
    Noun("adoption", ADOPTION_FIELDS, IN_MATRIX, TYPED),
    Noun("aim", AIM_FIELDS, FIND_AIM, TYPED, _limit_places("aim")),
    Noun("milestone", MILESTONE_FIELDS, FIND_OBJECTIVE, TYPED, _limit_places("milestone")),
    *(Noun(kind.value, fields, NO_REPETITION) for kind, fields in CONTACT_FIELDS.items()),
    *(
        Noun(name, fields, places=TYPED, only=_limit_places(name))
        for name, fields in (
            ("figure", FIGURE_FIELDS),
            ("data_set", DATA_SET_FIELDS),
            ("web_page", WEB_PAGE_FIELDS),
            ("practice", PRACTICE_FIELDS),
            ("recommendation", RECOMMENDATION_FIELDS),
            ("document", DOCUMENT_FIELDS),
            ("session", SESSION_FIELDS),
            ("seat", SEAT_FIELDS),
            ("engagement", ENGAGEMENT_FIELDS),
            ("objective", OBJECTIVE_FIELDS),
        )
    ),
)
