"""Accuracy of the search for duplicates: 2,000 contacts, 120 twice. `python -m benchmarks.duplicates [SEED ...]`."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.people import MadePerson, make_people

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def write_people(workspace: Workspace, records: list[MadePerson]) -> list[str]:
    """Write the records into the register and return their references in the same order."""
    with workspace.database.write("made people") as ledger:
        bodies = [{"ref": f"body-{n}", "kind": "organisation", "name": f"Body {n}"} for n in range(60)]
        keys = ledger.add_all("parties", bodies)
        ledger.add_all("organisations", [{"kind": "other"} for _body in bodies], keys)
        refs = [f"p-{n}" for n in range(len(records))]
        parties = [
            {
                "ref": ref,
                "kind": "person",
                "name": person.name,
                "email": person.email or None,
                "phone": person.phone or None,
            }
            for ref, person in zip(refs, records, strict=True)
        ]
        people = ledger.add_all("parties", parties)
        own = [
            {"organisation": keys[person.employer] if person.listed_employer else None, "role": person.role or None}
            for person in records
        ]
        ledger.add_all("people", own, people)
    return refs


@dataclass(frozen=True)
class Accuracy:
    """Accuracy and time of a search."""

    precision: float
    recall: float
    recall_of_alike: float
    """Recall of pairs that share an address, number, employer or role."""
    seconds: float
    wrong: list[str]
    missed: list[str]


def measure_search(workspace: Workspace, seed: int) -> Accuracy:
    """Generate a register, search it and count."""
    from ahtc_tui.services.contacts.duplicates import find_duplicates

    records = make_people(seed)
    refs = write_people(workspace, records)
    expected = {
        frozenset((refs[person.like], refs[n])): person for n, person in enumerate(records) if person.like is not None
    }
    start = time.perf_counter()
    pairs = find_duplicates(workspace)
    seconds = time.perf_counter() - start
    pairs_by_refs = {frozenset((pair.a_ref, pair.b_ref)): pair for pair in pairs}
    right = pairs_by_refs.keys() & expected.keys()
    wrong = [
        f"{pair.a_name} | {pair.b_name}: {pair.reasons}" for both, pair in pairs_by_refs.items() if both not in expected
    ]
    missed = [
        f"{records[person.like or 0].name} | {person.name}"
        for both, person in expected.items()
        if both not in pairs_by_refs
    ]
    alike = {both for both, person in expected.items() if _has_shared_details(records[person.like or 0], person)}
    precision, recall = len(right) / max(1, len(pairs_by_refs)), len(right) / len(expected)
    return Accuracy(precision, recall, len(right & alike) / len(alike), seconds, wrong, missed)


def _has_shared_details(left: MadePerson, right: MadePerson) -> bool:
    """Whether two records share a value other than the name."""
    shared = (left.email, left.phone, left.role), (right.email, right.phone, right.role)
    same_employer = left.listed_employer and right.listed_employer and left.employer == right.employer
    return same_employer or any(
        left_value and left_value == right_value for left_value, right_value in zip(*shared, strict=True)
    )


def main(seeds: list[int]) -> None:
    """Measure each seed in a new workspace."""
    from ahtc_tui.services.opening import make_workspace, open_workspace

    results: list[Accuracy] = []
    for seed in seeds:
        with TemporaryDirectory() as folder:
            make_workspace(Path(folder), None)
            workspace = open_workspace(Path(folder), date(2014, 1, 28))
            try:
                accuracy = measure_search(workspace, seed)
            finally:
                workspace.close()
        results.append(accuracy)
        sys.stdout.write(f"seed {seed}: {_format_accuracy([accuracy])}\n")
        if len(seeds) > 1:
            continue
        for label, lines in (("wrong", accuracy.wrong), ("missed", accuracy.missed)):
            sys.stdout.writelines(f"  {label}: {line}\n" for line in lines)
    if len(seeds) > 1:
        sys.stdout.write(f"mean of {len(seeds)}: {_format_accuracy(results)}\n")


def _format_accuracy(results: list[Accuracy]) -> str:
    names = ("precision", "recall", "recall_of_alike", "seconds")
    precision, recall, alike, seconds = (mean(getattr(result, name) for result in results) for name in names)
    return (
        f"precision {precision:.3f}, recall {recall:.3f} ({alike:.3f} of those with more than a name), {seconds:.2f} s"
    )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1])
