"""The kinds of record whose fields people can change."""

from __future__ import annotations

from ahtc_tui.domain.actions.fields import ACTION_FIELDS
from ahtc_tui.domain.commissions.fields import COMMISSION_FIELDS
from ahtc_tui.domain.contacts.engagement_fields import ENGAGEMENT_FIELDS
from ahtc_tui.domain.contacts.fields import CONTACT_FIELDS
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
from ahtc_tui.domain.groups.fields import GROUP_FIELDS
from ahtc_tui.domain.groups.seat_fields import SEAT_FIELDS
from ahtc_tui.domain.meetings.decision_fields import DECISION_FIELDS
from ahtc_tui.domain.meetings.fields import MEETING_FIELDS
from ahtc_tui.domain.meetings.item_fields import ITEM_FIELDS
from ahtc_tui.domain.plan.fields import AIM_FIELDS, MILESTONE_FIELDS, OBJECTIVE_FIELDS

WRITTEN = (Place.FORM, Place.ADD)
"""Places of a noun whose list only covers typed values."""
NO_WORKBOOK = {Place.WORKBOOK: "it leaves the office in documents, calendars and the archive"}
NO_IMPORT = {Place.IMPORT: "no file of other offices has such records"}
NO_REPETITION = {Place.REPEAT: "such a record does not repeat"}
NO_FORM = {Place.FORM: "items are typed and edited in the line below the agenda"}
NOUNS = (
    Noun("action", "actions.ActionDraft", ACTION_FIELDS),
    Noun("meeting", "meetings.MeetingDraft", MEETING_FIELDS, NO_WORKBOOK),
    Noun("group", "groups.GroupDraft", GROUP_FIELDS, NO_WORKBOOK | NO_IMPORT | NO_REPETITION),
    Noun("commission", "commissions.CommissionDraft", COMMISSION_FIELDS, NO_WORKBOOK | NO_IMPORT | NO_REPETITION),
    Noun("decision", "decisions.DecisionDraft", DECISION_FIELDS, NO_IMPORT | NO_REPETITION),
    Noun("agenda_item", "agenda.ItemEdit", ITEM_FIELDS, NO_FORM, WRITTEN),
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
            ("adoption", "practice.AdoptionDraft", ADOPTION_FIELDS),
            ("session", "practice.SessionDraft", SESSION_FIELDS),
            ("seat", "groups.SeatDraft", SEAT_FIELDS),
            ("engagement", "engagement.EngagementEdit", ENGAGEMENT_FIELDS),
            ("objective", "plan.ObjectiveDraft", OBJECTIVE_FIELDS),
            ("aim", "plan.AimDraft", AIM_FIELDS),
            ("milestone", "plan.MilestoneDraft", MILESTONE_FIELDS),
        )
    ),
)
