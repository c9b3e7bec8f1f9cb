"""Tables of actions: parties, areas, updates, dependencies, slips, recurrence, chasers and saved views."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.actions.filters import ActionScope, Sort
from ahtc_tui.domain.actions.model import (
    ActionCard,
    ActionRow,
    Brag,
    Confidence,
    Marking,
    PartyRole,
    Priority,
    Status,
)
from ahtc_tui.domain.documents.chasers import Channel
from ahtc_tui.store.tables.base import (
    Record,
    define_choice,
    define_columns,
    define_flag,
    define_known_date,
    define_reference,
)


class Action(Record, table=True):
    """An action. Its lead is one party of any kind, or not decided yet."""

    __tablename__ = "actions"
    __table_args__ = (
        *define_columns(ActionRow, ActionCard),
        sa.Column("due_day", sa.Text, sa.Computed("coalesce(substr(due, 1, 10), '9999-12-31x')", persisted=False)),
        sa.Column(
            "is_open", sa.Integer, sa.Computed("status NOT IN ('done', 'cancelled') AND NOT deleted", persisted=False)
        ),
        sa.Index("ix_actions_open_due", "is_open", "due_day", "n", "lead", "status", "brag"),
        sa.Index("ix_actions_open_ref", "is_open", "ref_key", "n"),
        sa.Index("ix_actions_due", "deleted", "due_day", "n"),
        sa.Index("ix_actions_ref", "deleted", "ref_key", "n"),
        sa.Index("ix_actions_lead_due", "deleted", "lead", "due", "status", "id"),
        sa.Index("ix_actions_objective", "objective", "deleted", "status", "brag", "due"),
        sa.Index("ix_actions_status", "status", "deleted", "review_on", "ref_key", "n"),
    )
    ref: str = Field(unique=True)
    ref_key: str = ""
    """The reference with padded numbers, so that DP-2 sorts before DP-10. Computed, not journalled."""
    title: str
    title_cy: str | None = None
    detail: str | None = None
    detail_cy: str | None = None
    objective: bytes | None = define_reference("objectives.id")
    meeting: bytes | None = define_reference("meetings.id", index=True)
    line: bytes | None = define_reference("minute_lines.id")
    lead: bytes | None = define_reference("parties.id", index=True)
    closed_by: bytes | None = define_reference("people.id")
    """The holder of the leading post when the action was closed."""
    group: bytes | None = define_reference("groups.id", index=True)
    part_of: bytes | None = define_reference("actions.id", index=True)
    recommendation: bytes | None = define_reference("recommendations.id", index=True)
    merged_into: bytes | None = define_reference("actions.id", index=True)
    """The action that goes on with its work."""
    split_from: bytes | None = define_reference("actions.id", index=True)
    """The action of whose work it is a part since it was split."""
    due: str | None = define_known_date()
    original_due: str | None = define_known_date()
    review_on: str | None = define_known_date()
    raised_on: str | None = define_known_date()
    closed_on: str | None = define_known_date()
    status: Status = define_choice(Status, "status", Status.PLANNED)
    brag: Brag | None = define_choice(Brag, "brag")
    brag_reason: str | None = None
    confidence: Confidence | None = define_choice(Confidence, "confidence")
    priority: Priority | None = define_choice(Priority, "priority")
    marking: Marking = define_choice(Marking, "marking", Marking.OFFICIAL)
    evidence: str | None = None
    closing_meeting: bytes | None = define_reference("meetings.id")
    """The meeting that agreed its completion."""
    partner_text: str | None = None
    in_plan: bool = define_flag("in_plan")
    """Whether the paper names the Delivery Plan as its origin."""


class ActionParty(Record, table=True):
    """A party other than the lead, and its role."""

    __tablename__ = "action_parties"
    action: bytes = define_reference("actions.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    role: PartyRole = define_choice(PartyRole, "role", required=True)


class ActionArea(Record, table=True):
    """Links an action to an area that it concerns."""

    __tablename__ = "action_areas"
    action: bytes = define_reference("actions.id", required=True, index=True)
    area: bytes = define_reference("areas.id", required=True, index=True)


class Update(Record, table=True):
    """A dated progress update, with its rating and status."""

    __tablename__ = "updates"
    __table_args__ = (
        sa.Index("ix_updates_latest", "action", "said_on", "n", "deleted", "brag", "status"),
        sa.Index("ix_updates_said", "said_on", "action", "deleted"),
    )
    action: bytes = define_reference("actions.id", required=True)
    said_on: str = define_known_date(required=True)
    text: str
    brag: Brag | None = define_choice(Brag, "brag")
    status: Status | None = define_choice(Status, "status")
    said_by: bytes | None = define_reference("parties.id")


class Dependency(Record, table=True):
    """An action that another one must precede."""

    __tablename__ = "dependencies"
    __table_args__ = (sa.CheckConstraint("action <> blocked_by", name="not_itself"),)
    action: bytes = define_reference("actions.id", required=True, index=True)
    blocked_by: bytes = define_reference("actions.id", required=True, index=True)


class ActionRecommendation(Record, table=True):
    """A further recommendation that an action answers; the first one is a field of the action."""

    __tablename__ = "action_recommendations"
    action: bytes = define_reference("actions.id", required=True, index=True)
    recommendation: bytes = define_reference("recommendations.id", required=True, index=True)


class Slip(Record, table=True):
    """A change of a due date, with the reason."""

    __tablename__ = "slips"
    __table_args__ = (sa.Index("ix_slips_first", "action", "slipped_on", "n", "deleted", "from_due"),)
    action: bytes = define_reference("actions.id", required=True)
    slipped_on: str = define_known_date(required=True)
    from_due: str | None = define_known_date()
    to_due: str | None = define_known_date()
    reason: str | None = None


class Recurrence(Record, table=True):
    """The recurrence of an action: by the calendar, or after its completion."""

    __tablename__ = "recurrences"
    action: bytes = define_reference("actions.id", required=True, index=True)
    rule: str
    from_completion: bool = define_flag("from_completion")
    template: bytes | None = define_reference("actions.id")
    """The first action of the series; empty for the first itself."""
    number: int = 1


class Chase(Record, table=True):
    """A chaser that was sent to the lead of an action."""

    __tablename__ = "chases"
    action: bytes = define_reference("actions.id", required=True, index=True)
    party: bytes = define_reference("parties.id", required=True, index=True)
    """The lead at that time."""
    chased_on: str = define_known_date(required=True)
    channel: Channel = define_choice(Channel, "channel", required=True)


class SavedView(Record, table=True):
    """A named filter of the action log, with its order and columns."""

    __tablename__ = "views"
    name: str
    words: str = ""
    which: ActionScope = define_choice(ActionScope, "which", ActionScope.OPEN)
    sort: Sort = define_choice(Sort, "sort", Sort.DUE)
    columns: str | None = None
    context: bool = define_flag("context")


class Dispatch(Record, table=True):
    """An action as it was sent for a return, with which the returned file is compared."""

    __tablename__ = "dispatches"
    __table_args__ = (sa.Index("ix_dispatches_batch", "batch"),)
    action: bytes = define_reference("actions.id", required=True, index=True)
    party: bytes | None = define_reference("parties.id", index=True)
    """The lead at that time; empty where the workbook was not sent."""
    sent_on: str = define_known_date(required=True)
    file: str
    batch: str
    """The same for all actions of one file."""
    said: str
    """JSON: the fields as sent, without the lead."""


class LearntColumn(Record, table=True):
    """A heading of imported files, and the field that it means."""

    __tablename__ = "learnt_columns"
    heading: str = Field(unique=True)
    """In lower case, with single spaces."""
    field: str
