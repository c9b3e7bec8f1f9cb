"""Generated workspaces: the Wales 2013 register with any number of actions and updates.

Equal arguments give equal workspaces, except for keys and times in the journal.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import DATABASE, Workspace

Row = dict[str, Any]
"""Values of a record by column."""

BATCH = 5000
"""Rows per call of the ledger."""

TODAY = date(2014, 1, 28)
SEED = 2013

VERBS = ("Agree", "Arrange", "Circulate", "Deliver", "Develop", "Evaluate", "Establish", "Promote", "Publish", "Review")
OBJECTS = (
    "the awareness session", "the Anglesey model", "the Delivery Plan", "the evidence base", "the bilingual leaflet",
    "the first responder training", "the information sharing protocol", "the joint investigation team protocol",
    "the National Referral Mechanism guidance", "the primary data set", "the two-day investigators' course",
    "the website pages",
)  # fmt: skip
PLACES = (
    "Bangor", "Cardiff", "Carmarthen", "Dyfed-Powys", "Gwent", "Holyhead", "Newport", "North Wales", "Pembrokeshire",
    "Swansea", "Western Bay", "Wrexham",
)  # fmt: skip
PARTNERS = ("health boards", "local authorities", "the four police forces", "the third sector", "UK Border Force")
PROGRESS = ("Dates agreed", "Draft sent round", "First session held", "Paper on the agenda", "Waiting for an answer")
STATUSES = ("planned", "in_progress", "in_progress", "continuing", "on_hold", "done")
BRAGS = (None, "R", "A", "G", "G")


def generate_workspace(root: Path, actions: int, updates: int = 0, contacts: int = 0) -> None:
    """Create a workspace in `root` with these numbers of records in addition to the data set."""
    make_workspace(root, "wales-2013")
    with closing(open_workspace(root, TODAY)) as workspace:
        add_records(workspace, actions, updates, contacts)


def make_empty_workspace(root: Path) -> Path:
    """Create a workspace with the data set alone; return its folder."""
    make_workspace(root, "wales-2013")
    return root


def add_records(workspace: Workspace, actions: int, updates: int = 0, contacts: int = 0, *, kind: str = "load") -> None:
    """Add generated actions, updates and contacts in one transaction."""
    contact_rows = map(_build_contact, range(contacts))
    write_rows(workspace, *make_rows(workspace, actions, updates), contact_rows, kind=kind)


def make_rows(workspace: Workspace, actions: int, updates: int) -> tuple[Iterator[Row], Iterator[Row]]:
    """Return the values of actions and of updates, to be read in this order; updates name their action by number."""
    chance = random.Random(SEED)
    with workspace.database.read() as cursor:
        leads, objectives = (
            [key for (key,) in cursor.execute(f"SELECT id FROM {table} WHERE NOT deleted ORDER BY ref").fetchall()]
            for table in ("parties", "objectives")
        )
    action_rows = (_build_action(chance, number, leads, objectives) for number in range(actions))
    return action_rows, (_build_update(chance, chance.randrange(actions)) for _number in range(updates))


def write_rows(
    workspace: Workspace, actions: Iterable[Row], updates: Iterable[Row], contacts: Iterable[Row] = (), *, kind: str
) -> None:
    """Write such rows in one transaction."""
    with workspace.database.write("generated records", kind=kind) as ledger:
        keys = [key for batch in _split_batches(actions) for key in ledger.add_all("actions", batch)]
        for batch in _split_batches(updates):
            ledger.add_all("updates", [{**row, "action": keys[row["action"]]} for row in batch])
        for batch in _split_batches(contacts):
            people = ledger.add_all("parties", batch)
            ledger.add_all("people", [{"role": "Officer"} for _key in people], people)


def make_action_values(actions: int) -> Iterator[Row]:
    """Yield the values of the same actions without their lead and objective."""
    chance = random.Random(SEED)
    for number in range(actions):
        yield _build_action(chance, number, [b""], [b""])


CHANGES_PER_ROW = 4
"""Changes of each row on the second laptop."""
CONFLICTING_ROWS = 50
"""Rows whose title is changed on both laptops."""


def make_laptops(folder: Path, rows: int) -> None:
    """Create two copies of a workspace with concurrent changes: `office` of a few rows, `laptop` of every row."""
    make_workspace(folder / "office", None)
    with closing(open_workspace(folder / "office", TODAY)) as office, office.database.write("base") as ledger:
        keys = ledger.add_all("actions", [{"ref": f"X-{n}", "title": f"Base title {n}"} for n in range(rows)])
    shutil.copytree(folder / "office", folder / "laptop")
    with closing(sqlite3.connect(folder / "laptop" / DATABASE, isolation_level=None)) as connection:
        connection.execute("UPDATE setting SET value = 'laptop' WHERE name = 'device'")
    with closing(open_workspace(folder / "laptop", TODAY)) as laptop:
        for turn in range(CHANGES_PER_ROW):
            with laptop.database.write("away") as ledger:
                for key in keys:
                    ledger.update("actions", key, {"detail" if turn % 2 else "title": f"there {turn}"})
    with closing(open_workspace(folder / "office", TODAY)) as office, office.database.write("here") as ledger:
        for key in keys[:CONFLICTING_ROWS]:
            ledger.update("actions", key, {"title": "here"})


def make_title(chance: random.Random) -> str:
    """Random title from words of the Wales data."""
    return f"{chance.choice(VERBS)} {chance.choice(OBJECTS)} in {chance.choice(PLACES)} with {chance.choice(PARTNERS)}"


def choose_due_day(chance: random.Random) -> date | None:
    """Random day within a year of TODAY; None for a third, as in the paper."""
    return None if chance.random() < 1 / 3 else TODAY + timedelta(days=chance.randint(-365, 365))


def _build_action(chance: random.Random, number: int, leads: list[bytes], objectives: list[bytes]) -> Row:
    due = choose_due_day(chance)
    status = chance.choice(STATUSES)
    raised = TODAY - timedelta(days=chance.randint(0, 400))
    is_done = status == "done"
    return {
        "ref": f"MW-{number + 1}",
        "title": make_title(chance),
        "objective": chance.choice(objectives),
        "lead": chance.choice(leads) if chance.random() < 0.9 else None,
        "due": due.isoformat() if due else None,
        "original_due": due.isoformat() if due else None,
        "raised_on": raised.isoformat(),
        "closed_on": TODAY.isoformat() if is_done else None,
        "status": status,
        "brag": "B" if is_done else chance.choice(BRAGS),
    }


def _build_contact(number: int) -> Row:
    return {
        "ref": f"officer-{number}",
        "kind": "person",
        "name": f"Officer {number}",
        "email": f"officer.{number}@example.org",
        "phone": f"029 2000 {number % 10_000:04}",
    }


def _build_update(chance: random.Random, action: int) -> Row:
    said_on = TODAY - timedelta(days=chance.randint(0, 300))
    return {
        "action": action,
        "said_on": said_on.isoformat(),
        "text": f"{chance.choice(PROGRESS)}: {chance.choice(PLACES)}.",
        "brag": chance.choice(BRAGS),
    }


def _split_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
