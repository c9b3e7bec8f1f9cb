"""How well duplicates are found: 2,000 contacts, 120 of them twice. `python -m benchmarks.duplicates [SEED ...]`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.made_people import Made, made

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def write(workspace: Workspace, records: list[Made]) -> list[str]:
    """Put the records into the register; returns their references in the same row."""
    with workspace.database.write("made people") as ledger:
        bodies = [{"ref": f"body-{n}", "kind": "organisation", "name": f"Body {n}"} for n in range(60)]
        keys = ledger.add_all("parties", bodies)
        ledger.add_all("organisations", [{"kind": "other"} for _body in bodies], keys)
        refs = [f"p-{n}" for n in range(len(records))]
        parties = [
            {"ref": ref, "kind": "person", "name": one.name, "email": one.email or None, "phone": one.phone or None}
            for ref, one in zip(refs, records, strict=True)
        ]
        people = ledger.add_all("parties", parties)
        own = [
            {"organisation": keys[one.employer] if one.listed_employer else None, "role": one.role or None}
            for one in records
        ]
        ledger.add_all("people", own, people)
    return refs


@dataclass(frozen=True)
class Found:
    """How well a register was looked through."""

    precision: float
    recall: float
    recall_of_alike: float
    """Of those whose two records share an address, a number, an employer or a role beside the name."""
    seconds: float
    wrong: list[str]
    missed: list[str]


def measure(workspace: Workspace, seed: int) -> Found:
    """Make a register, look through it, and count."""
    from ahtc_tui.services.contacts.duplicates import find_duplicates

    records = made(seed)
    refs = write(workspace, records)
    true = {frozenset((refs[one.like], refs[n])): one for n, one in enumerate(records) if one.like is not None}
    begun = time.perf_counter()
    pairs = find_duplicates(workspace)
    took = time.perf_counter() - begun
    found = {frozenset((pair.a_ref, pair.b_ref)): pair for pair in pairs}
    right = found.keys() & true.keys()
    wrong = [f"{pair.a_name} | {pair.b_name}: {pair.reasons}" for both, pair in found.items() if both not in true]
    missed = [f"{records[one.like or 0].name} | {one.name}" for both, one in true.items() if both not in found]
    alike = {both for both, one in true.items() if _alike(records[one.like or 0], one)}
    precision, recall = len(right) / max(1, len(found)), len(right) / len(true)
    return Found(precision, recall, len(right & alike) / len(alike), took, wrong, missed)


def _alike(one: Made, other: Made) -> bool:
    """Whether two records have anything in common but the name."""
    shared = (one.email, one.phone, one.role), (other.email, other.phone, other.role)
    same_employer = one.listed_employer and other.listed_employer and one.employer == other.employer
    return same_employer or any(mine and mine == theirs for mine, theirs in zip(*shared, strict=True))


def main(seeds: list[int]) -> None:
    """Measure each seed in an office of its own."""
    from ahtc_tui.services.opening import make_workspace, open_workspace

    every: list[Found] = []
    for seed in seeds:
        with TemporaryDirectory() as folder:
            make_workspace(Path(folder), None)
            workspace = open_workspace(Path(folder), date(2014, 1, 28))
            try:
                found = measure(workspace, seed)
            finally:
                workspace.close()
        every.append(found)
        sys.stdout.write(f"seed {seed}: {_said([found])}\n")
        if len(seeds) > 1:
            continue
        for what, lines in (("wrong", found.wrong), ("missed", found.missed)):
            sys.stdout.writelines(f"  {what}: {line}\n" for line in lines)
    if len(seeds) > 1:
        sys.stdout.write(f"mean of {len(seeds)}: {_said(every)}\n")


def _said(found: list[Found]) -> str:
    names = ("precision", "recall", "recall_of_alike", "seconds")
    precision, recall, alike, seconds = (mean(getattr(one, name) for one in found) for name in names)
    return (
        f"precision {precision:.3f}, recall {recall:.3f} ({alike:.3f} of those with more than a name), {seconds:.2f} s"
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1])
