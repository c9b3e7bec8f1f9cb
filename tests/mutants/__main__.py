"""`make mutants`: draw mutants of the package, run the tests beside each, and list those that no test notices.

A mutant of `ahtc_tui/domain/plan/periods.py` must fail the ordinary tests in `tests/domain/plan`. For a package of the
store the tests of the service of the same noun count as well. Each worker has a copy of the checkout.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.drawing import MUTATED_PARTS, Mutant, draw_mutants
from tests.shape.tree import ROOT

SECONDS = 180
"""Time limit for the tests of one mutant. A mutant that hangs has been noticed."""


@dataclass(frozen=True, slots=True)
class Result:
    """Whether the tests noticed a mutant."""

    mutant: Mutant
    outcome: str
    """killed, survived, or untested where there is no test beside the module."""


def list_test_paths(path: str, root: Path) -> list[str]:
    """Return the tests beside a module, those named like the module first: they are most likely to fail."""
    _package, layer, *folders, name = Path(path).with_suffix("").parts
    mirrors = [root / "tests" / layer / Path(*folders)]
    if layer == "store":
        mirrors.append(root / "tests" / "services" / Path(*folders))
    if not folders:
        named = [mirror / f"test_{name}.py" for mirror in mirrors]
        return [str(file.relative_to(root)) for file in named if file.exists()]
    files = [file for mirror in mirrors if mirror.is_dir() for file in sorted(mirror.rglob("test_*.py"))]
    files.sort(key=lambda file: file.stem != f"test_{name}")
    return [str(file.relative_to(root)) for file in files]


def check_mutant(mutant: Mutant, copy: Path) -> Result:
    """Run the tests beside a mutant in a copy of the checkout."""
    tests = list_test_paths(mutant.path, copy)
    if not tests:
        return Result(mutant, "untested")
    module = copy / mutant.path
    source = module.read_bytes()
    # Python takes bytecode for that of the source where second and size are equal, as those of a mutant can be.
    bytecode = Path(cache_from_source(module))
    bytecode.unlink(missing_ok=True)
    module.write_bytes(mutant.apply(source))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "120"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        run = subprocess.run(
            [*command, "--hypothesis-profile=brief"], cwd=copy, env=environment, capture_output=True, timeout=SECONDS
        )
        return Result(mutant, "survived" if run.returncode == 0 else "killed")
    except subprocess.TimeoutExpired:
        return Result(mutant, "killed")
    finally:
        module.write_bytes(source)
        bytecode.unlink(missing_ok=True)


@contextmanager
def copied_checkouts(number: int) -> Iterator[SimpleQueue[Path]]:
    """Yield a queue of copies of the checkout, which are removed at the end."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for place in range(number):
            copy = Path(folder, str(place))
            ignored = shutil.ignore_patterns(
                ".git", ".venv", ".tox", ".*_cache", "__pycache__", "dist", "build", "data"
            )
            shutil.copytree(ROOT, copy, ignore=ignored)
            copies.put(copy)
        yield copies


def run_mutants(mutants: list[Mutant], workers: int) -> Iterator[Result]:
    """Yield the result of each mutant, in the order in which they were drawn."""
    with copied_checkouts(workers) as copies, ThreadPoolExecutor(workers) as pool:

        def run(mutant: Mutant) -> Result:
            copy = copies.get()
            try:
                return check_mutant(mutant, copy)
            finally:
                copies.put(copy)

        yield from pool.map(run, mutants)


def main() -> int:
    """Print the survivors and the share of mutants that survived in each layer."""
    parser = argparse.ArgumentParser(
        prog="make mutants", description="Draw mutants and list those that no test notices."
    )
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("folders", nargs="*", default=list(MUTATED_PARTS), help="folders of the package")
    args = parser.parse_args()
    mutants = draw_mutants(args.number, args.seed, tuple(args.folders))
    outcomes: Counter[tuple[str, str]] = Counter()
    for result in run_mutants(mutants, args.workers):
        layer = Path(result.mutant.path).parts[1]
        outcomes[layer, "killed" if result.outcome == "killed" else "survived"] += 1
        if result.outcome != "killed":
            mutant = result.mutant
            replaced = (ROOT / mutant.path).read_bytes()[mutant.start : mutant.end].decode()
            print(
                f"{result.outcome}: {mutant.path}:{mutant.line} {mutant.kind}: {replaced!r} as {mutant.text!r}",
                flush=True,
            )
    for layer in sorted({layer for layer, _outcome in outcomes}):
        survived, killed = outcomes[layer, "survived"], outcomes[layer, "killed"]
        print(f"{layer}: {survived} of {survived + killed} survived ({survived / (survived + killed):.0%})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
