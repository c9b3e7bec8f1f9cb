"""The kinds of record whose fields people can change."""

from __future__ import annotations

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.contacts.fields import CONTACT_FIELDS
from ahtc_tui.domain.evidence.fields import (
    DATA_SET_FIELDS,
    DOCUMENT_FIELDS,
    FIGURE_FIELDS,
    PRACTICE_FIELDS,
    RECOMMENDATION_FIELDS,
    WEB_PAGE_FIELDS,
)
from ahtc_tui.domain.fields.model import Noun, Place
from ahtc_tui.domain.groups.fields import GROUP_FIELDS
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS

WRITTEN = (Place.FORM, Place.ADD)
"""Places of a list that speaks only for what is typed."""
NO_WORKBOOK = {Place.WORKBOOK: "it leaves the office in documents, calendars and the archive"}
NO_IMPORT = {Place.IMPORT: "no file of other offices has such records"}
NO_REPETITION = {Place.REPEAT: "such a record does not repeat"}
NOUNS = (
    Noun("action", "actions.ActionDraft", ACTION_FIELDS),
    Noun("meeting", "meetings.MeetingDraft", MEETING_FIELDS, NO_WORKBOOK),
    Noun("group", "groups.GroupDraft", GROUP_FIELDS, NO_WORKBOOK | NO_IMPORT | NO_REPETITION),
    *(Noun(kind.value, "contacts.ContactDraft", fields, NO_REPETITION) for kind, fields in CONTACT_FIELDS.items()),
    *(
        Noun(name, draft, fields, places=WRITTEN)
        for name, draft, fields in (
            ("figure", "evidence.FigureDraft", FIGURE_FIELDS),
            ("data_set", "evidence.DataSetDraft", DATA_SET_FIELDS),
            ("web_page", "evidence.WebPageDraft", WEB_PAGE_FIELDS),
            ("practice", "practice.PracticeDraft", PRACTICE_FIELDS),
            ("recommendation", "recommendations.RecommendationDraft", RECOMMENDATION_FIELDS),
            ("document", "recommendations.DocumentDraft", DOCUMENT_FIELDS),
        )
    ),
)
