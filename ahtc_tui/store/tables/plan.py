"""Tables of the Delivery Plan: versions, aims, objectives and milestones."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.plan.model import Basis
from ahtc_tui.domain.promises.model import PromiseStatus
from ahtc_tui.store.tables.base import Record, define_choice, define_flag, define_known_date, define_reference


class Plan(Record, table=True):
    """A version of a plan, with the definitions of its BRAG ratings."""

    __tablename__ = "plans"
    ref: str = Field(unique=True)
    title: str
    title_cy: str | None = None
    version: str | None = None
    agreed_on: str | None = define_known_date()
    owner: bytes | None = define_reference("parties.id")
    action_pattern: str = "DP-{n:02}"
    brag_definitions: str | None = None
    """JSON: definitions by letter; letters without one have that of the office."""
    from_on: str | None = define_known_date()
    to_on: str | None = define_known_date()
    closed_on: str | None = define_known_date()


class PlanAction(Record, table=True):
    """The state of an action when a version of the plan closed, and whether it went on to the next one."""

    __tablename__ = "plan_actions"
    plan: bytes = define_reference("plans.id", required=True, index=True)
    action: bytes = define_reference("actions.id", required=True, index=True)
    objective: bytes | None = define_reference("objectives.id")
    status: Status = define_choice(Status, "status", required=True)
    brag: Brag | None = define_choice(Brag, "brag")
    due: str | None = define_known_date()
    carried: bool = define_flag("carried")


class Aim(Record, table=True):
    """An aim of the plan."""

    __tablename__ = "aims"
    ref: str = Field(unique=True)
    plan: bytes | None = define_reference("plans.id")
    text: str
    text_cy: str | None = None


class Objective(Record, table=True):
    """An objective of the plan, or a working group of actions."""

    __tablename__ = "objectives"
    ref: str = Field(unique=True)
    plan: bytes | None = define_reference("plans.id")
    number: int
    title: str
    title_cy: str | None = None
    basis: Basis = define_choice(Basis, "basis", required=True)


class ObjectiveAim(Record, table=True):
    """Links an objective to an aim that it serves."""

    __tablename__ = "objective_aims"
    objective: bytes = define_reference("objectives.id", required=True, index=True)
    aim: bytes = define_reference("aims.id", required=True)


class Milestone(Record, table=True):
    """What an objective is to have reached by a day, and when it was met."""

    __tablename__ = "milestones"
    ref: str = Field(unique=True)
    objective: bytes = define_reference("objectives.id", required=True, index=True)
    title: str
    title_cy: str | None = None
    due: str | None = define_known_date()
    met_on: str | None = define_known_date()


class Promise(Record, table=True):
    """What was promised, by whom and to whom, in which meeting or contact, and how it ended."""

    __tablename__ = "promises"
    ref: str = Field(unique=True)
    text: str
    text_cy: str | None = None
    promised_by: bytes | None = define_reference("parties.id", index=True)
    promised_to: bytes | None = define_reference("parties.id", index=True)
    promised_on: str | None = define_known_date()
    meeting: bytes | None = define_reference("meetings.id", index=True)
    engagement: bytes | None = define_reference("engagements.id", index=True)
    due: str | None = define_known_date()
    status: PromiseStatus = define_choice(PromiseStatus, "status", PromiseStatus.OPEN)
    outcome: str | None = None
    closed_on: str | None = define_known_date()


class PromiseLink(Record, table=True):
    """An action, decision or paper that followed from a promise."""

    __tablename__ = "promise_links"
    __table_args__ = (
        sa.CheckConstraint(
            "(action IS NOT NULL) + (decision IS NOT NULL) + (paper IS NOT NULL) = 1", name="one_record"
        ),
    )
    promise: bytes = define_reference("promises.id", required=True, index=True)
    action: bytes | None = define_reference("actions.id", index=True)
    decision: bytes | None = define_reference("decisions.id", index=True)
    paper: bytes | None = define_reference("papers.id", index=True)
