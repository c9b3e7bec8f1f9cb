"""Tables of promises, and of the records that followed from them."""

import sqlalchemy as sa
from sqlmodel import Field

from ahtc_tui.domain.promises.model import PromiseStatus
from ahtc_tui.store.tables.base import Record, define_choice, define_known_date, define_reference


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
