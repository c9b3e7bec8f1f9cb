"""Every field of every noun is where its list says, and missing only where the list gives the reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest
from textual._context import active_app

from ahtc_tui.cli.main import COMMANDS, build_command_tree, run
from ahtc_tui.cli.spec import build_spec, list_parsers
from ahtc_tui.domain.actions.list_columns import LIST_COLUMNS
from ahtc_tui.domain.contacts.engagement import EngagementRow
from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.domain.drafts.areas import AreaDraft
from ahtc_tui.domain.drafts.commissions import CommissionDraft
from ahtc_tui.domain.drafts.contacts import ContactDraft, EngagementEdit, InterestDraft
from ahtc_tui.domain.drafts.evidence import (
    AdoptionDraft,
    DataSetDraft,
    DocumentDraft,
    FigureDraft,
    PracticeDraft,
    RecommendationDraft,
    SessionDraft,
    WebPageDraft,
    build_data_set_draft,
    build_document_draft,
    build_figure_draft,
)
from ahtc_tui.domain.drafts.groups import GroupDraft, SeatDraft
from ahtc_tui.domain.drafts.meetings import ItemEdit, MeetingDraft
from ahtc_tui.domain.drafts.minutes import DecisionDraft, build_decision_draft
from ahtc_tui.domain.drafts.plan import AimDraft, MilestoneDraft, ObjectiveDraft, PlanDraft
from ahtc_tui.domain.drafts.promises import PromiseDraft
from ahtc_tui.domain.drafts.text import Draft
from ahtc_tui.domain.fields.model import Noun, Place
from ahtc_tui.domain.i18n import Language, translated_names, use_language
from ahtc_tui.domain.keys import NO_KEY
from ahtc_tui.domain.nouns import NOUNS
from ahtc_tui.domain.plan.model import MilestoneRow
from ahtc_tui.domain.privacy.data_protection import format_review_ground
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.returns.heading_vocabulary import FIELD_HEADINGS
from ahtc_tui.domain.returns.model import STATED_FIELDS
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.commissions import service as commissions
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.evidence import recommendations
from ahtc_tui.services.evidence import service as evidence
from ahtc_tui.services.groups import service as groups
from ahtc_tui.services.imports.contacts.fields import CONTACT_FIELDS as IMPORTED_FIELDS
from ahtc_tui.services.meetings import decisions
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.privacy import data_protection
from ahtc_tui.services.search import search_records
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.actions.filter_sql import PLACES
from ahtc_tui.store.meetings.series import INITIAL_FIELDS
from ahtc_tui.tui.actions.form import ActionChoices, ActionForm
from ahtc_tui.tui.actions.screen import build_sections as build_action_sections
from ahtc_tui.tui.commissions.forms import CommissionForm
from ahtc_tui.tui.commissions.screen import _build_sections as build_commission_sections
from ahtc_tui.tui.contacts.forms import ContactForm, EngagementEditForm
from ahtc_tui.tui.contacts.screen import build_sections as build_contact_sections
from ahtc_tui.tui.decisions.screen import DecisionForm
from ahtc_tui.tui.decisions.screen import _build_sections as build_decision_sections
from ahtc_tui.tui.evidence.forms import CellForm, RecordForm, SessionForm
from ahtc_tui.tui.evidence.list import EvidenceKind
from ahtc_tui.tui.groups.form import GroupForm, SeatForm
from ahtc_tui.tui.groups.screen import build_sections as build_group_sections
from ahtc_tui.tui.meetings.form import MeetingForm
from ahtc_tui.tui.meetings.screen import build_sections as build_meeting_sections
from ahtc_tui.tui.plan.form import AimForm, MilestoneForm, ObjectiveForm
from ahtc_tui.tui.widgets.form import FormRow
from tests.builders import TODAY, make_action, make_party

Capture = pytest.CaptureFixture[str]
MARK = "Zq"
"""Begins every word of a sample that no other record has."""

OTHER_LABELS = {("organisation", "organisation"), ("seat", "person")}
"""Fields whose label is another one on the form of this noun: an organisation is part of another one, and the person in
a seat attends.
"""


@dataclass(frozen=True)
class Walk:
    """How a test meets the fields of one noun."""

    add: tuple[str, ...]
    """Words that add a record."""
    edit: tuple[str, ...]
    """Words before the reference that edit it."""
    samples: Mapping[str, tuple[str, str]]
    """For each field what is typed, and what people read."""
    build_card: Callable[[Workspace, str], str]
    """Returns the text of the card of the screen."""
    build_form: Callable[[Workspace, str], Iterable[FormRow]]
    """Returns the rows of a form of the record."""
    prepare: Callable[[Workspace], None] = lambda _workspace: None
    """Adds the records that the samples name."""
    finish: Mapping[str, str] = field(default_factory=dict)
    """Fields that are edited last."""
    next_ref: str = ""
    """Reference of the next occurrence after the last edit; empty where the noun does not repeat."""
    listed: frozenset[str] = frozenset()
    """Fields with a column in the list."""
    sorted: frozenset[str] = frozenset()
    """Fields by whose column the list is sorted."""
    imported: frozenset[str] = frozenset()
    """Fields that a file may return."""
    exports: tuple[tuple[str, ...], ...] = ()
    """Commands that write a file of the records to the path at their end."""
    repeated: frozenset[str] = frozenset()
    """Fields that a day of a series takes from it."""


@pytest.fixture(autouse=True)
def app_of_forms() -> Iterator[None]:
    """Inputs with a value need an app before they are drawn."""
    token = active_app.set(MagicMock())
    yield
    active_app.reset(token)


def normalize(text: str) -> str:
    """Return words in lower case with single spaces between them."""
    return " ".join(re.findall(r"\w+", text.lower()))


def format_sections(sections: Iterable[Any]) -> str:
    return "\n".join(" ".join(map(str, astuple(section))) for section in sections)


def make_desk() -> Any:
    return SimpleNamespace(today=TODAY, seen=None)


def prepare_actions(workspace: Workspace) -> None:
    for name in ("Zqlead", "Zqsupport", "Zqpartner"):
        make_party(workspace, name, name.lower())
    make_party(workspace, "Zqgroup", "zqgroup", kind="group")
    make_action(workspace, title="Zqblocker")
    make_action(workspace, title="Zqwhole")


def build_action_card(workspace: Workspace, ref: str) -> str:
    return format_sections(build_action_sections(actions.show_action(workspace, ref), workspace.today()))


def build_action_form(_workspace: Workspace, _ref: str) -> Iterable[FormRow]:
    form = ActionForm(make_desk(), ActionChoices((), (), ()))
    form._row = SimpleNamespace(due="a date", brag=None)  # type: ignore[assignment]
    return form.rows()


ACTION_COLUMNS = {column.name: column.field or column.name for column in LIST_COLUMNS.values()}
WALKS = {
    "action": Walk(
        ("actions", "add", "Zqtitle", "--brag", "G"),
        ("actions", "edit"),
        {
            "title": ("Zqtitle", "Zqtitle"),
            "lead": ("Zqlead", "Zqlead"),
            "due": ("2014-03-01", "1 March 2014"),
            "objective": ("1", "1. Build an evidence base"),
            "group": ("Zqgroup", "Zqgroup"),
            "status": ("in_progress", "in progress"),
            "brag": ("R", "R Red"),
            "reason": ("Zqreason", "Zqreason"),
            "priority": ("high", "priority high"),
            "title_cy": ("Zqteitl", "Zqteitl"),
            "review_on": ("2014-04-02", "2 April 2014"),
            "confidence": ("low", "confidence low"),
            "support": ("Zqsupport", "Zqsupport"),
            "partners": ("Zqpartner", "Zqpartner"),
            "partner_text": ("Zqothers", "Zqothers"),
            "blocked_by": ("DP-45", "DP-45 Zqblocker"),
            "part_of": ("DP-46", "DP-46 Zqwhole"),
            "repeat": ("monthly", "every month"),
            "meeting": ("idmg-first-report", "idmg-first-report"),
            "raised_on": ("2013-05-03", "3 May 2013"),
            "closed_on": ("2013-12-02", "2 December 2013"),
            "marking": ("official-sensitive", "OFFICIAL-SENSITIVE"),
            "started_on": ("2013-06-04", "4 June 2013"),
            "outcome": ("Zqoutcome", "Zqoutcome"),
            "evidence": ("Zqevidence", "Zqevidence"),
            "detail": ("Zqdetail", "Zqdetail"),
            "detail_cy": ("Zqmanylion", "Zqmanylion"),
            "note": ("Zqnote", "Zqnote"),
        },
        build_action_card,
        build_action_form,
        prepare_actions,
        {"status": "done", "closed_on": "2013-12-02"},
        "{ref}/2",
        frozenset(ACTION_COLUMNS.values()),
        frozenset(ACTION_COLUMNS[name] for name in PLACES),
        frozenset({*FIELD_HEADINGS, *STATED_FIELDS, "title_cy"}),
        (
            ("export", "actions", "--all", "--up-to", "official-sensitive"),
            ("--lang", "both", "export", "actions", "--all", "--up-to", "official-sensitive"),
        ),
    )
}


def prepare_contacts(workspace: Workspace) -> None:
    make_party(workspace, "Zqbody", "zqbody")
    make_party(workspace, "Zqforce", "zqforce")


def build_contact_card(workspace: Workspace, ref: str) -> str:
    ground = format_review_ground(data_protection.show_review(workspace, ref))
    return format_sections(build_contact_sections(contacts.show_contact(workspace, ref), ground, workspace.today()))


def build_contact_form(_workspace: Workspace, _ref: str) -> Iterable[FormRow]:
    return ContactForm(make_desk(), ()).rows()


CONTACT_SAMPLES = {
    "name": ("Zqname", "Zqname"),
    "organisation": ("Zqbody", "Zqbody"),
    "email": ("zq@example.org", "zq@example.org"),
    "phone": ("0300 1234567", "0300 1234567"),
    "other_emails": ("zqsecond@example.org", "zqsecond@example.org"),
    "other_phones": ("0300 7654321", "0300 7654321"),
    "postal_address": ("Zqstreet; Zqtown", "Zqstreet; Zqtown"),
    "salutation": ("Zqdear", "Zqdear"),
    "area": ("Gwent", "Gwent"),
    "short": ("Zqshort", "Zqshort"),
    "name_cy": ("Zqenw", "Zqenw"),
    "aliases": ("Zqalias", "Zqalias"),
    "source": ("Zqsource", "Zqsource"),
    "note": ("Zqnote", "Zqnote"),
}
SAMPLES_OF_KIND = {
    "person": {
        "role": ("Zqrole", "Zqrole"),
        "language": ("cy", "Welsh"),
        "other_roles": ("Zqroles", "Zqroles"),
        "postnominal": ("Zqletters", "Zqletters"),
        "lawful_basis": ("Zqbasis", "Zqbasis"),
        "told_on": ("2013-06-04", "4 June 2013"),
        "review_on": ("2014-04-02", "2 April 2014"),
    },
    "post": {
        "collective": ("yes", "filled by any member of staff"),
        "established_on": ("2012-05-06", "6 May 2012"),
    },
    "organisation": {
        "type": ("agency", "Agency"),
        "police": ("Zqforce", "Zqforce"),
        "forum_area": ("Dyfed-Powys", "Dyfed-Powys"),
        "first_responder": ("yes", "First Responder"),
        "first_responder_since": ("2013-03-04", "since 4 March 2013"),
        "competent_authority": ("yes", "decides whether a person was trafficked"),
        "jurisdiction": ("Zqjurisdiction", "Zqjurisdiction"),
    },
}
LISTED_CONTACT = frozenset(("kind", "name", "organisation", "email", "phone", "area", "short", "role"))


def build_contact_walk(kind: str) -> Walk:
    listed = LISTED_CONTACT | {"type"} | ({"review_on"} if kind == "person" else frozenset())
    return Walk(
        ("contacts", "add", "Zqname", "--kind", kind),
        ("contacts", "edit"),
        {"kind": (kind, kind), **CONTACT_SAMPLES, **SAMPLES_OF_KIND[kind]},
        build_contact_card,
        build_contact_form,
        prepare_contacts,
        listed=listed,
        sorted=listed - {"review_on"},
        imported=frozenset({"kind", *IMPORTED_FIELDS[PartyKind(kind)]}),
        exports=(("export", "contacts"), ("--lang", "cy", "export", "contacts")),
    )


def prepare_meetings(workspace: Workspace) -> None:
    make_party(workspace, "Zqgroup", "zqgroup", kind="group")
    make_party(workspace, "Zqorganiser", "zqorganiser")


def build_meeting_card(workspace: Workspace, ref: str) -> str:
    return format_sections(build_meeting_sections(meetings.show_meeting(workspace, ref)))


def build_meeting_form(_workspace: Workspace, _ref: str) -> Iterable[FormRow]:
    return MeetingForm(make_desk(), ()).rows()


def prepare_groups(workspace: Workspace) -> None:
    for name in ("Zqchair", "Zqowner", "Zqlead"):
        make_party(workspace, name, name.lower())
    for name in ("Zqparent", "Zqformer"):
        make_party(workspace, name, name.lower(), kind="group")


def build_group_card(workspace: Workspace, ref: str) -> str:
    return format_sections(build_group_sections(groups.show_group(workspace, ref), ()))


WALKS["group"] = Walk(
    ("groups", "add", "Zqname"),
    ("groups", "edit"),
    {
        "name": ("Zqname", "Zqname"),
        "short": ("Zqshort", "Zqshort"),
        "kind": ("sub-group", "Sub group"),
        "state": ("dormant", "Dormant"),
        "area": ("Gwent", "Gwent"),
        "chair": ("Zqchair", "Zqchair"),
        "frequency": ("Zqfrequency", "Zqfrequency"),
        "quorum": ("17", "Quorum 17"),
        "purpose": ("Zqpurpose", "Zqpurpose"),
        "aliases": ("Zqalias", "Zqalias"),
        "name_cy": ("Zqenw", "Zqenw"),
        "parent": ("Zqparent", "Zqparent"),
        "predecessor": ("Zqformer", "Zqformer"),
        "owner": ("Zqowner", "Zqowner"),
        "lead": ("Zqlead", "Zqlead"),
        "ref_pattern": ("ZQ-{n:02}", "ZQ-{n:02}"),
        "time_limited": ("yes", "for a limited time"),
        "restricted": ("yes", "restricted"),
        "source": ("Zqsource", "Zqsource"),
        "note": ("Zqnote", "Zqnote"),
    },
    build_group_card,
    lambda _workspace, _ref: GroupForm(make_desk(), ()).rows(),
    prepare_groups,
    listed=frozenset(("name", "short", "kind", "state")),
    sorted=frozenset(("name", "short", "kind", "state")),
)
WALKS["meeting"] = Walk(
    ("meetings", "add", "Zqmeeting", "--group", "forum-gwent", "--starts", "2014-02-03 10:00"),
    ("meetings", "edit"),
    {
        "title": ("Zqmeeting", "Zqmeeting"),
        "title_cy": ("Zqcyfarfod", "Zqcyfarfod"),
        "group": ("Zqgroup", "Zqgroup"),
        "starts": ("2014-02-03 10:00", "3 February 2014"),
        "ends": ("12:15", "12:15pm"),
        "minutes": ("135", "to 12:15pm"),
        "venue": ("Zqvenue", "Zqvenue"),
        "place": ("Zqplace", "Zqplace"),
        "link": ("https://example.org/zqlink", "https://example.org/zqlink"),
        "repeat": ("FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday"),
        "on_holiday": ("skip", "not on a bank holiday"),
        "kind": ("visit", "Visit"),
        "state": ("tentative", "Tentative"),
        "marking": ("official-sensitive", "OFFICIAL-SENSITIVE"),
        "organiser": ("Zqorganiser", "Zqorganiser"),
        "occasion": ("Zqoccasion", "Zqoccasion"),
        "note": ("Zqnote", "Zqnote"),
    },
    build_meeting_card,
    build_meeting_form,
    prepare_meetings,
    {"minutes": "135"},
    listed=frozenset(("group", "title", "starts", "state")),
    sorted=frozenset(("group", "title", "starts", "state")),
    imported=frozenset(("title", "starts", "ends", "venue", "link", "repeat", "state", "organiser")),
    repeated=frozenset(INITIAL_FIELDS),
)


def prepare_decisions(workspace: Workspace) -> None:
    make_party(workspace, "Zqgroup", "zqgroup", kind="group")
    make_party(workspace, "Zqdecider", "zqdecider")
    decisions.add_decision(workspace, build_decision_draft({"text": "Zqlater", "decided_on": "2013-12-30"}, TODAY))


def prepare_commissions(workspace: Workspace) -> None:
    for name in ("Zqclient", "Zqclearer"):
        make_party(workspace, name, name.lower())


WALKS["decision"] = Walk(
    ("decisions", "add", "Zqtext"),
    ("decisions", "edit"),
    {
        "text": ("Zqtext", "Zqtext"),
        "text_cy": ("Zqtestun", "Zqtestun"),
        "reason": ("Zqreason", "Zqreason"),
        "status": ("rejected", "rejected"),
        "decided_on": ("2013-05-03", "3 May 2013"),
        "decided_by": ("Zqdecider", "Zqdecider"),
        "group": ("Zqgroup", "Zqgroup"),
        "meeting": ("idmg-first-report", "First annual report"),
        "superseded_by": ("D-2013/2", "D-2013/2"),
        "note": ("Zqnote", "Zqnote"),
    },
    lambda workspace, ref: format_sections(build_decision_sections(decisions.show_decision(workspace, ref))),
    lambda workspace, ref: DecisionForm(make_desk(), decisions.show_decision(workspace, ref)).rows(),
    prepare_decisions,
    {"superseded_by": "D-2013/2"},
    listed=frozenset(("text", "decided_on", "group", "status", "superseded_by")),
    sorted=frozenset(("text", "decided_on", "group", "status")),
    exports=(("export", "decisions"), ("--lang", "cy", "export", "decisions")),
)
WALKS["commission"] = Walk(
    ("commissions", "add", "Zqtitle"),
    ("commissions", "edit"),
    {
        "title": ("Zqtitle", "Zqtitle"),
        "title_cy": ("Zqteitl", "Zqteitl"),
        "follows": ("celg-4-31-13", "celg-4-31-13"),
        "asked_by": ("Zqclient", "Zqclient"),
        "due": ("2014-03-01", "1 March 2014"),
        "from_on": ("2013-01-02", "2 January 2013"),
        "to_on": ("2013-11-30", "30 November 2013"),
        "reference": ("Zqreference", "Zqreference"),
        "cleared_by": ("Zqclearer", "Zqclearer"),
        "sent_on": ("2013-12-02", "2 December 2013"),
        "marking": ("official-sensitive", "OFFICIAL-SENSITIVE"),
        "source": ("Zqsource", "Zqsource"),
        "note": ("Zqnote", "Zqnote"),
    },
    lambda workspace, ref: format_sections(build_commission_sections(commissions.show_commission(workspace, ref))),
    lambda workspace, ref: CommissionForm(make_desk(), (), (), commissions.show_commission(workspace, ref)).rows(),
    prepare_commissions,
    listed=frozenset(("title", "asked_by", "due")),
    sorted=frozenset(("title", "asked_by", "due")),
)
WALKS |= {kind: build_contact_walk(kind) for kind in SAMPLES_OF_KIND}


DRAFTS: dict[str, type[Draft]] = {
    "action": ActionDraft,
    "meeting": MeetingDraft,
    "group": GroupDraft,
    "commission": CommissionDraft,
    "decision": DecisionDraft,
    "agenda_item": ItemEdit,
    "adoption": AdoptionDraft,
    "aim": AimDraft,
    "milestone": MilestoneDraft,
    "figure": FigureDraft,
    "data_set": DataSetDraft,
    "web_page": WebPageDraft,
    "practice": PracticeDraft,
    "recommendation": RecommendationDraft,
    "document": DocumentDraft,
    "session": SessionDraft,
    "seat": SeatDraft,
    "engagement": EngagementEdit,
    "objective": ObjectiveDraft,
    "person": ContactDraft,
    "post": ContactDraft,
    "organisation": ContactDraft,
}
"""Draft of each noun."""

ADD_COMMANDS = {
    "figure": "ahtc evidence add",
    "data_set": "ahtc evidence data-set add",
    "web_page": "ahtc evidence page add",
    "practice": "ahtc practice add",
    "recommendation": "ahtc recommendations add",
    "document": "ahtc recommendations document add",
    "adoption": "ahtc practice set",
    "session": "ahtc practice session add",
    "seat": "ahtc groups seat",
    "agenda_item": "ahtc meetings agenda",
    "engagement": "ahtc contacts engage",
    "objective": "ahtc plan objective add",
    "aim": "ahtc plan aim add",
    "milestone": "ahtc plan milestone add",
}


def list_form_rows(noun: Noun) -> Iterable[FormRow]:
    """Return the rows of the forms of a noun, of a new record and of an existing one."""
    desk, practice = make_desk(), SimpleNamespace(shown_title="Zqpractice")
    match noun.name:
        case "adoption":
            return CellForm(desk, practice, SimpleNamespace(name="Zqplace"), None).rows()  # type: ignore[arg-type]
        case "session":
            return SessionForm(desk, practice).rows()  # type: ignore[arg-type]
        case "seat":
            return SeatForm(desk, (), "zqgroup").rows()
        case "agenda_item":
            return ()
        case "engagement":
            row = EngagementRow("E-1", DateAsKnown(TODAY), "call", "Zqsubject", None, (), (), None)
            return EngagementEditForm(desk, (), row).rows()
        case "objective":
            return ObjectiveForm(desk, ()).rows()
        case "aim":
            return AimForm(desk).rows()
        case "milestone":
            milestone = MilestoneRow(NO_KEY, "M-1", "Zqtitle", None, None, 1, None)
            return MilestoneForm(desk, 1, milestone).rows()
    return RecordForm(desk, EvidenceKind[noun.name.upper()], ()).rows()


@dataclass(frozen=True)
class ListWalk:
    """How a test meets the fields of a noun in its list and in the search."""

    add: tuple[str, ...]
    edit: tuple[str, ...]
    listing: tuple[str, ...]
    """Command that lists the record; `{ref}` is its reference."""
    samples: Mapping[str, str | tuple[str, str]]
    """For each field what is typed, with what people read where that is different."""
    searched: str = ""
    """Field with the words by which a search finds it; empty where no search does."""


LIST_WALKS = {
    "figure": ListWalk(
        ("evidence", "add", "Zqtitle", "--value", "12", "--unit", "Zqunit", "--period", "2012", "--source", "Zqsource"),
        ("evidence", "edit"),
        ("evidence", "list", "Zqtitle"),
        {
            "title": "Zqtitle", "value": ("4711", "4,711"), "at_least": ("yes", "over 4,711"),
            "out_of": ("9999", "9,999"), "unit": "Zqunit", "period": "2010", "area": "Gwent", "source": "Zqsource",
            "published_on": ("2013-03-04", "4 March 2013"), "caveat": "Zqcaveat", "data_set": ("DS-01", "Zqset"),
            "part_of": ("FIG-01", "Zqwhole"), "supersedes": ("", "Zqolder"), "title_cy": "Zqteitl", "note": "Zqnote",
        },
        "title",
    ),
    "data_set": ListWalk(
        ("evidence", "data-set", "add", "Zqtitle", "--tier", "primary"),
        ("evidence", "data-set", "edit"),
        ("evidence", "list", "--data-sets", "Zqtitle"),
        {
            "title": "Zqtitle", "tier": "secondary", "holder": "Zqbody", "frequency": "Zqfrequency",
            "last_received": ("2013-03-04", "4 March 2013"), "next_due": ("2014-05-06", "6 May 2014"),
            "title_cy": "Zqteitl", "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "web_page": ListWalk(
        ("evidence", "page", "add", "Zqsubject"),
        ("evidence", "page", "edit"),
        ("evidence", "pages", "Zqsubject"),
        {
            "subject": "Zqsubject", "link": "https://example.org/zqlink", "owner": "Zqbody",
            "last_reviewed": ("2013-03-04", "4 March 2013"), "cycle_days": "97", "languages": "Zqlanguages",
            "source": "Zqsource", "note": "Zqnote",
        },
        "subject",
    ),
    "practice": ListWalk(
        ("practice", "add", "Zqtitle"),
        ("practice", "edit"),
        ("practice", "list", "Zqtitle"),
        {
            "title": "Zqtitle", "origin_area": "Gwent", "venue": "Zqvenue", "lead": "Zqlead", "recognised_by": "Zqbody",
            "first_for": "Powys", "title_cy": "Zqteitl", "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "recommendation": ListWalk(
        ("recommendations", "add", "Zqtitle", "--document", "DOC-01"),
        ("recommendations", "edit"),
        ("recommendations", "list", "Zqtitle"),
        {
            "title": "Zqtitle", "document": "DOC-01", "part_of": "celg-2014-resources",
            "made_on": ("2013-03-04", "4 March 2013"), "response": "Zqresponse", "evidence": "Zqevidence",
            "owner": "Zqbody", "objective": ("1", "Build an evidence base"), "title_cy": "Zqteitl",
            "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "document": ListWalk(
        ("recommendations", "document", "add", "Zqpaper"),
        ("recommendations", "document", "edit"),
        ("recommendations", "documents", "Zqpaper"),
        {
            "title": "Zqpaper", "body": "Zqbody", "reference": "Zqreference",
            "published_on": ("2013-03-04", "4 March 2013"), "awaited": ("yes", "awaited"),
            "expected_on": ("2014-05-06", "6 May 2014"), "marking": "official-sensitive", "title_cy": "Zqteitl",
            "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "session": ListWalk(
        ("practice", "session", "add", "ht-marac", "--title", "Zqtitle"),
        ("practice", "session", "edit"),
        ("practice", "sessions", "Zqtitle"),
        {
            "title": "Zqtitle", "title_cy": "Zqteitl", "kind": "visit", "practice": ("sio-training", "Two-day"),
            "meeting": "idmg-first-report", "held_on": ("2013-03-04", "4 March 2013"), "place": "Zqplace",
            "area": "Gwent", "numbers": ("Zqbody=12", "Zqbody 12"), "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "seat": ListWalk(
        ("groups", "seat", "zqgroup", "Zqbody"),
        ("groups", "seat-edit"),
        ("groups", "seats", "zqgroup"),
        {
            "role": "observer", "from_on": ("2012-03-04", "4 March 2012"), "to_on": ("2014-05-06", "6 May 2014"),
            "voting": ("yes", "votes"), "on_behalf_of": "Zqlead", "basis": "Zqbasis", "person": "Zqperson",
            "deputy": "Zqdeputy", "deputy_from": ("2013-01-02", "2 January 2013"),
            "deputy_to": ("2014-01-03", "3 January 2014"), "deputy_rule": "Zqrule", "ends_deputies": ("", "no"),
            "note": "Zqnote",
        },
        "note",
    ),
    "engagement": ListWalk(
        ("contacts", "engage", "Zqbody", "Zqsubject"),
        ("contacts", "engagement", "edit"),
        ("contacts", "engagements", "Zqlead"),
        {
            "who": "Zqlead", "subject": "Zqsubject", "kind": "visit", "on": ("2013-03-04", "4 March 2013"),
            "minutes": ("97", "97 min"), "status": "cancelled", "assignee": ("Zqbody", "assigned"), "note": "Zqnote",
        },
        "subject",
    ),
    "objective": ListWalk(
        ("plan", "objective", "add", "Zqtitle"),
        ("plan", "objective", "edit"),
        ("plan", "show"),
        {
            "title": "Zqtitle", "title_cy": "Zqteitl", "number": ("77", "77. Zqtitle"), "basis": "grouping",
            "aims": ("aim-support", "Zqtitle aim-support"), "source": "Zqsource", "note": "Zqnote",
        },
        "title",
    ),
    "aim": ListWalk(
        ("plan", "aim", "add", "Zqtext"),
        ("plan", "aim", "edit"),
        ("plan", "aim", "list"),
        {"text": "Zqtext", "text_cy": "Zqtestun", "source": "Zqsource"},
    ),
    "milestone": ListWalk(
        ("plan", "milestone", "add", "Zqtitle", "--objective", "1"),
        ("plan", "milestone", "edit"),
        ("plan", "milestone", "list"),
        {
            "title": "Zqtitle", "due": ("2014-05-06", "6 May 2014"), "met_on": ("2013-12-02", "2 December 2013"),
            "objective": ("2", "2 Zqtitle"), "title_cy": "Zqteitl", "note": "Zqnote",
        },
        "title",
    ),
}  # fmt: skip


def prepare_lists(workspace: Workspace) -> None:
    """Add the records that samples of `LIST_WALKS` name."""
    for name in ("Zqbody", "Zqlead"):
        make_party(workspace, name, name.lower())
    for name in ("Zqperson", "Zqdeputy"):
        make_party(workspace, name, name.lower(), kind="person")
    make_party(workspace, "Zqgroup", "zqgroup", kind="group")
    evidence.add_data_set(workspace, build_data_set_draft({"title": "Zqset", "tier": "primary"}, TODAY))
    whole = {"title": "Zqwhole", "value": "20", "unit": "people", "period": "2010", "source": "a return"}
    evidence.add_figure(workspace, build_figure_draft(whole, TODAY))
    recommendations.add_document(workspace, build_document_draft({"title": "Zqreport"}, TODAY))


class Walker:
    """Adds one record of a noun, fills every field, and reads the places where its fields are."""

    def __init__(self, workspace: Workspace, noun: Noun, capture: Capture) -> None:
        self.workspace, self.noun, self.capture = workspace, noun, capture
        self.walk = WALKS[noun.name]
        self.walk.prepare(workspace)
        self.ref = self.run(*self.walk.add).split()[0]

    def run(self, *words: str) -> str:
        self.capture.readouterr()
        code = run(["--workspace", str(self.workspace.root), "--as-at", TODAY.isoformat(), *words])
        streams = self.capture.readouterr()
        assert code == 0, (words, streams.err)
        return streams.out

    def edit(self, values: Mapping[str, str], *flags: str) -> None:
        self.run(*self.walk.edit, self.ref, *(f"{name}={value}" for name, value in values.items()), *flags)

    def list_places(self) -> dict[Place, set[str]]:
        """Return the names of the fields in each place."""
        walk = self.walk
        self.edit({name: typed for name, (typed, _shown) in walk.samples.items() if walk.finish.get(name) != typed})
        cards, files = self.read_cards(self.ref), self.read_files()
        found = {name for name, (typed, _shown) in walk.samples.items() if self.finds(typed)}
        if walk.finish:
            self.edit(walk.finish, *(("--yes",) if walk.next_ref else ()))
            cards = [text + later for text, later in zip(cards, self.read_cards(self.ref), strict=True)]
            files += self.read_files()
        return {
            Place.FORM: {row.name for row in walk.build_form(self.workspace, self.ref)},
            Place.ADD: self.list_options(),
            Place.CARD: set.intersection(*map(self.list_shown, cards)),
            Place.LIST: set(walk.listed),
            Place.SORT: set(walk.sorted),
            Place.WORKBOOK: self.list_shown(files),
            Place.IMPORT: set(walk.imported),
            Place.SEARCH: found,
            Place.REPEAT: self.list_repeated(),
        }

    def read_cards(self, ref: str) -> list[str]:
        """Return the cards of the command line and of the screen; the screen has Welsh texts in Welsh."""
        command = self.walk.edit[:-1]
        texts = [self.run(*command, "show", ref), self.walk.build_card(self.workspace, ref)]
        texts[0] += self.run("--lang", "cy", *command, "show", ref)
        with use_language(Language.CY), translated_names(True):
            texts[1] += self.walk.build_card(self.workspace, ref)
        return texts

    def read_files(self) -> str:
        """Return the lines of the record in its files."""
        text = ""
        for number, words in enumerate(self.walk.exports):
            path = self.workspace.root / f"out-{number}-official-sensitive.csv"
            self.run(*words, str(path), "--force")
            rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True))
            text += "\n".join(" ".join(row) for row in rows if self.ref in row)
        return text

    def list_repeated(self) -> set[str]:
        """Return the fields of the next occurrence, without those that completed this one."""
        if not self.walk.next_ref:
            return set(self.walk.repeated)
        return self.list_shown(self.read_cards(self.walk.next_ref.format(ref=self.ref))[0]) - {*self.walk.finish}

    def list_shown(self, text: str) -> set[str]:
        words = f" {normalize(text)} "
        return {
            name
            for name, sample in self.walk.samples.items()
            if any(f" {normalize(value)} " in words for value in sample if len(value) > 1)
        }

    def list_options(self) -> set[str]:
        prog = " ".join(("ahtc", *self.walk.add[: len(self.walk.edit)]))
        (parser,) = (parser for parser in list_parsers(build_command_tree(COMMANDS)) if parser.prog == prog)
        return {action.dest for action in parser._actions if action.option_strings}

    def finds(self, typed: str) -> bool:
        """Return whether a search for a value finds the record, with its name for a value that others have too."""
        words = typed if typed.startswith(MARK) else f"{self.walk.add[2]} {typed}"
        return any(hit.ref == self.ref for hit in search_records(self.workspace, words))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_the_fields_of_a_noun_are_those_of_its_draft(noun: Noun) -> None:
    draft = DRAFTS[noun.name]
    kinds = [other for other in NOUNS if DRAFTS[other.name] is draft]
    assert {stated.name for other in kinds for stated in other.fields} == set(draft.model_fields)


@pytest.mark.parametrize(
    ("command", "draft"),
    [
        ("ahtc promises edit", PromiseDraft),
        ("ahtc plan edit", PlanDraft),
        ("ahtc contacts interest edit", InterestDraft),
        ("ahtc areas edit", AreaDraft),
    ],
)
def test_edit_names_every_field_of_its_draft_in_its_order(command: str, draft: type[Draft]) -> None:
    (parser,) = (parser for parser in list_parsers(build_command_tree(COMMANDS)) if parser.prog == command)
    assert list(parser.choices_by_field) == list(draft.model_fields)


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun.name in WALKS], ids=lambda noun: noun.name)
def test_a_field_is_missing_only_where_its_list_says_why(wales: Workspace, noun: Noun, capsys: Capture) -> None:
    places = Walker(wales, noun, capsys).list_places()
    wrong = [
        f"{stated.name} {'is missing' if stated.name not in names else 'is there'}: {place}"
        for stated in noun.fields
        for place, names in places.items()
        if (stated.name not in names) != (place in noun.list_missing(stated))
    ]
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun.name not in WALKS], ids=lambda noun: noun.name)
def test_a_field_is_typed_in_the_form_and_in_an_option_or_its_list_says_why(noun: Noun) -> None:
    form = {row.name for row in list_form_rows(noun)}
    (parser,) = (
        parser for parser in list_parsers(build_command_tree(COMMANDS)) if parser.prog == ADD_COMMANDS[noun.name]
    )
    options = {action.dest for action in parser._actions if action.option_strings}
    for stated in noun.fields:
        missing = noun.list_missing(stated)
        assert (stated.name in form) == (Place.FORM not in missing), stated.name
        assert (stated.name in options) == (Place.ADD not in missing), stated.name


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun.name in LIST_WALKS], ids=lambda noun: noun.name)
def test_a_field_is_listed_and_searched_or_its_list_says_why(wales: Workspace, noun: Noun, capsys: Capture) -> None:
    walk = LIST_WALKS[noun.name]
    prepare_lists(wales)

    def run_command(*words: str) -> str:
        capsys.readouterr()
        assert run(["--workspace", str(wales.root), "--as-at", TODAY.isoformat(), *words]) == 0
        return capsys.readouterr().out

    samples = {name: (value, value) if isinstance(value, str) else value for name, value in walk.samples.items()}
    ref = run_command(*walk.add).split()[0]
    run_command(*walk.edit, ref, *(f"{name}={typed}" for name, (typed, _shown) in samples.items() if typed))
    listed = f" {normalize(run_command(*walk.listing))} "
    own_words = samples[walk.searched][0] if walk.searched else ""
    for stated in noun.fields:
        typed, shown = samples[stated.name]
        words = typed if typed.startswith(MARK) else f"{own_words} {typed}"
        is_found = bool(own_words and typed) and any(hit.ref == ref for hit in search_records(wales, words))
        missing = noun.list_missing(stated)
        assert (f" {normalize(shown)} " in listed) == (Place.LIST not in missing), stated.name
        assert is_found == (Place.SEARCH not in missing), stated.name


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_the_history_has_the_labels_of_the_forms(noun: Noun) -> None:
    labels = {stated.name: stated.label for stated in noun.fields}
    assert {name: format_field(name) for name in labels if (noun.name, name) not in OTHER_LABELS} == {
        name: label for name, label in labels.items() if (noun.name, name) not in OTHER_LABELS
    }


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_labels_are_translated(noun: Noun) -> None:
    english = {stated.name: stated.label for stated in noun.fields}
    with use_language(Language.CY):
        assert {stated.name for stated in noun.fields if stated.label == english[stated.name]} <= {"brag"}


def test_the_spec_has_every_option_and_choice_of_the_help_pages() -> None:
    tree = build_command_tree(COMMANDS)
    commands = {command["command"]: command for command in build_spec(tree)["commands"]}
    for parser in list_parsers(tree):
        page = parser.format_help()
        arguments = commands[parser.prog]["arguments"]
        options = {option for argument in arguments for option in argument["options"]}
        listed = set(re.findall(r"(?<=\n  )-[-\w]+", page.partition("options:")[2].partition(":\n")[0]))
        assert listed <= options, parser.prog
        assert all(option in page for option in options), parser.prog
        assert all(field["name"] in page for field in commands[parser.prog]["fields"]), parser.prog
        joined = re.sub(r"-\s+", "-", page)
        for argument in arguments:
            placeholder = argument["placeholder"] or ""
            values = [
                *(argument["choices"] or ()),
                "" if argument["default"] is True else argument["default"] or "",
                *placeholder.strip("{}").replace(" ", ",").split(","),
            ]
            assert all(str(value) in joined for value in values), (parser.prog, argument)


def test_the_spec_gives_the_reason_for_each_place_without_a_field() -> None:
    nouns = build_spec(build_command_tree(()))["nouns"]
    (closed_on,) = (stated for stated in nouns["action"]["fields"] if stated["name"] == "closed_on")
    assert closed_on["not_in"]["add"] == "a new action is open"
    reasons = {reason for noun in nouns.values() for stated in noun["fields"] for reason in stated["not_in"].values()}
    assert all(len(reason.split()) > 3 for reason in reasons)
