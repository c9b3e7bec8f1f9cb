"""Generated workspaces: the Wales 2013 register with any number of actions and updates.

Equal arguments give equal workspaces, except for keys and times in the journal.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.journal.ledger import Ledger

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
    chance = random.Random(SEED)
    with workspace.database.write("generated records", kind=kind) as ledger:
        keys = _add_actions(ledger, chance, actions)
        for batch in _split_batches(updates):
            ledger.add_all("updates", [_build_update(chance, chance.choice(keys)) for _number in batch])
        for batch in _split_batches(contacts):
            people = ledger.add_all("parties", [_build_contact(number) for number in batch])
            ledger.add_all("people", [{"role": "Officer"} for _key in people], people)


def make_action_values(actions: int) -> Iterator[dict[str, Any]]:
    """Yield the values of the same actions without their lead and objective."""
    chance = random.Random(SEED)
    for number in range(actions):
        yield _build_action(chance, number, [b""], [b""])


CHANGES_PER_ROW = 4
"""Changes of each row on the second laptop."""
CONFLICTING_ROWS = 50
"""Rows whose title is changed on both laptops."""


def make_laptops(folder: Path, rows: int) -> tuple[Workspace, Workspace]:
    """Return two copies of a workspace with concurrent changes: the first of a few rows, the second of every row."""
    make_workspace(folder / "office", None)
    with closing(open_workspace(folder / "office", TODAY)) as office, office.database.write("base") as ledger:
        keys = ledger.add_all("actions", [{"ref": f"X-{n}", "title": f"Base title {n}"} for n in range(rows)])
    shutil.copytree(folder / "office", folder / "laptop")
    with closing(sqlite3.connect(folder / "laptop" / DATABASE, isolation_level=None)) as connection:
        connection.execute("UPDATE setting SET value = 'laptop' WHERE name = 'device'")
    office, laptop = (open_workspace(folder / name, TODAY) for name in ("office", "laptop"))
    for turn in range(CHANGES_PER_ROW):
        with laptop.database.write("away") as ledger:
            for key in keys:
                ledger.update("actions", key, {"detail" if turn % 2 else "title": f"there {turn}"})
    with office.database.write("here") as ledger:
        for key in keys[:CONFLICTING_ROWS]:
            ledger.update("actions", key, {"title": "here"})
    return office, laptop


def make_title(chance: random.Random) -> str:
    """Random title from words of the Wales data."""
    return f"{chance.choice(VERBS)} {chance.choice(OBJECTS)} in {chance.choice(PLACES)} with {chance.choice(PARTNERS)}"


def choose_due_day(chance: random.Random) -> date | None:
    """Random day within a year of TODAY; None for a third, as in the paper."""
    return None if chance.random() < 1 / 3 else TODAY + timedelta(days=chance.randint(-365, 365))


def _add_actions(ledger: Ledger, chance: random.Random, actions: int) -> list[bytes]:
    def read_keys(query: str) -> list[bytes]:
        return [key for (key,) in ledger.cursor.execute(query)]

    leads = read_keys("SELECT id FROM parties WHERE NOT deleted ORDER BY ref")
    objectives = read_keys("SELECT id FROM objectives WHERE NOT deleted ORDER BY ref")
    keys: list[bytes] = []
    for batch in _split_batches(actions):
        keys += ledger.add_all("actions", [_build_action(chance, number, leads, objectives) for number in batch])
    return keys


def _build_action(chance: random.Random, number: int, leads: list[bytes], objectives: list[bytes]) -> dict[str, Any]:
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


def _build_contact(number: int) -> dict[str, Any]:
    return {
        "ref": f"officer-{number}",
        "kind": "person",
        "name": f"Officer {number}",
        "email": f"officer.{number}@example.org",
        "phone": f"029 2000 {number % 10_000:04}",
    }


def _build_update(chance: random.Random, action: bytes) -> dict[str, Any]:
    said_on = TODAY - timedelta(days=chance.randint(0, 300))
    return {
        "action": action,
        "said_on": said_on.isoformat(),
        "text": f"{chance.choice(PROGRESS)}: {chance.choice(PLACES)}.",
        "brag": chance.choice(BRAGS),
    }


def _split_batches(total: int) -> Iterator[range]:
    for start in range(0, total, BATCH):
        yield range(start, min(start + BATCH, total))
