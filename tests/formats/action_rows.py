"""Builders of actions and logs; a test gives only the fields that it checks."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow, Brag, Marking, MonthCounts, Status
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, read_iso_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.formats.xlsx.action_log import ActionLog, ObjectiveName
from ahtc_tui.formats.xlsx.action_log_rows import count_rows

AS_AT = date(2013, 12, 31)
_TITLE = "Wales Anti Human Trafficking Leadership Group: action log"

_PLAIN = ActionRow(
    key=RowKey(bytes(range(16))),
    ref="DP-01",
    title="Develop the Leadership Group Delivery Plan",
    objective="2",
    objective_title="Leadership and co-ordination",
    status=Status.IN_PROGRESS,
    brag=Brag.GREEN,
    confidence=None,
    priority=None,
    lead="Wales Anti Human Trafficking Co-ordinator",
    lead_ref="ahtc",
    lead_kind="post",
    lead_short="AHTC",
    lead_holder=None,
    support=(),
    due=None,
    original_due=None,
    slips=0,
    review_on=None,
    closed_on=None,
    raised_on=None,
    source="para 2.2",
    meeting=None,
    latest_update=None,
    latest_update_on=None,
    marking=Marking.OFFICIAL,
    evidence=None,
    blocked=False,
    blocking=False,
)


def an_action_row(**overrides: Any) -> ActionRow:
    """Build an open action with a lead and without dates; dates may be given as "2013-11-30"."""
    for field in ("due", "original_due", "closed_on", "review_on", "raised_on"):
        if isinstance(overrides.get(field), str):
            overrides[field] = read_iso_date(overrides[field])
    return replace(_PLAIN, **overrides)


def a_log(*rows: ActionRow, **overrides: Any) -> ActionLog:
    """Build a log of the actions as at 31 December 2013."""
    defaults: dict[str, Any] = {"title": _TITLE, "marking": Marking.OFFICIAL, "as_at": AS_AT, "rows": rows}
    defaults |= overrides
    totals = count_rows(rows, defaults["as_at"], defaults.get("marks", ConflictMarks()))
    return ActionLog(totals=totals, **defaults)


def replace_rows(log: ActionLog, *rows: ActionRow) -> ActionLog:
    """Return the log with other actions."""
    return replace(log, rows=rows, totals=count_rows(rows, log.as_at, log.marks))


@cache
def load_reference(name: str) -> tuple[dict[str, Any], ...]:
    """Load the records of one file of the Wales 2013 data."""
    data = tomllib.loads(files("ahtc_tui.reference").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(data[name.removesuffix("s")])


_UPDATES = (
    "Draft shared with the four forces on 12 December; comments from Gwent Police are outstanding.",
    "Met UCLan on 4 December. Field work is complete in five of the six regional fora; the final report to the "
    "Minister will follow once the Senior Research Officer has checked the figures against the National Referral "
    "Mechanism.",
    "No update given.",
    "Two-day course run for 46 practitioners in Cardiff & Vale; a second date is being agreed with the health board.",
    None,
)
_LEADS = {
    "ahtc": "Wales Anti Human Trafficking Co-ordinator",
    "uclan": "University of Central Lancashire",
    "leadership-group": "Wales Anti Human Trafficking Leadership Group",
}
_SUPPORT = ((), ("Gwent Police", "Bawso"), (), ("Violence Against Women and Domestic Abuse Team",), ("New Pathways",))


def a_wales_log(count: int = 28) -> ActionLog:
    """Build a log of the first actions of the Wales 2013 data, with ratings, dates and updates."""
    rows = tuple(_build_wales_row(number) for number in range(count))
    objectives = tuple(
        ObjectiveName(objective["number"], objective["title"]) for objective in load_reference("objectives")
    )
    months = tuple(
        MonthCounts(month, opened, closed)
        for month, opened, closed in (
            *(("2013-07", 4, 1), ("2013-08", 2, 0), ("2013-09", 6, 2), ("2013-10", 5, 3)),
            *(("2013-11", 7, 4), ("2013-12", 4, 6)),
        )
    )
    return a_log(*rows, objectives=objectives, months=months)


def _build_wales_row(number: int) -> ActionRow:
    record = load_reference("actions")[number]
    objective = next(candidate for candidate in load_reference("objectives") if candidate["id"] == record["objective"])
    status = Status(record["status"])
    closed = status is Status.DONE
    lead = record.get("lead_contact") or record.get("lead_organisation") or record.get("lead_group")
    due = None if status is Status.CONTINUING else DateAsKnown(AS_AT + timedelta(days=number * 5 - 60))
    if "due" in record:
        due = read_iso_date(record["due"], record.get("due_text", ""))
    update = None if closed else _UPDATES[number % len(_UPDATES)]
    return an_action_row(
        key=number.to_bytes(16, "big"),
        ref=record["ref"],
        title=record["title"],
        objective=str(objective["number"]),
        objective_title=objective["title"],
        status=status,
        brag=Brag.BLUE if closed else (Brag.GREEN, Brag.AMBER, Brag.RED, None)[number % 4],
        lead=_LEADS.get(lead or "", lead and lead.replace("-", " ").title()),
        support=_SUPPORT[number % len(_SUPPORT)],
        due=due,
        original_due="2013-10" if number % 5 == 3 else due,
        closed_on=DateAsKnown(AS_AT - timedelta(days=number * 9)) if closed else None,
        source=record["source"],
        latest_update=update,
        latest_update_on=AS_AT - timedelta(days=number) if update else None,
        evidence="Terms of reference agreed; minutes of 18 October 2013" if closed and number % 2 else None,
    )
