"""Commands as people type them, on copies of workspaces where they write."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from benchmarks.harness import Program, Reading
from benchmarks.processes import build_ahtc_command, build_environment, make_command, run_command
from benchmarks.workspaces import TODAY, make_empty_workspace

DATABASE = Path("data") / "ahtc.db"
BLOCK_BYTES = 1 << 24
Prepare = Callable[[], AbstractContextManager[Sequence[str]]]
OUT = "OUT"
"""Stands in a command for a path in an empty folder."""


def make_reading_command(root: str, *words: str) -> Program:
    """Return our command on a workspace that it does not change; `OUT.ending` is a new file."""

    @contextmanager
    def prepare() -> Iterator[Sequence[str]]:
        with tempfile.TemporaryDirectory(prefix="ahtc-typed-") as folder:
            yield [str(Path(folder) / word) if word.startswith(OUT) else word for word in words]

    return _make_program(words, prepare, root)


def make_changing_command(root: str, *words: str, before: Sequence[Sequence[str]] = ()) -> Program:
    """Return our command on a new copy of a workspace, in which the commands `before` were run."""

    @contextmanager
    def prepare() -> Iterator[Sequence[str]]:
        with copy_workspace(root) as office:
            for earlier in before:
                run_command(_build_command(office, *earlier))
            yield ["--workspace", office, *words]

    return _make_program(words, prepare)


def make_restore(root: str) -> Program:
    """Return the restore of a backup into a copy of the workspace."""

    @contextmanager
    def prepare() -> Iterator[Sequence[str]]:
        with copy_workspace(root) as office:
            file = str(Path(office) / "backup.db")
            run_command(_build_command(office, "backup", file))
            yield ["--workspace", office, "restore", file, "--yes"]

    return _make_program(("restore",), prepare)


def make_import(log: str, *words: str, before: Sequence[str] = ()) -> Program:
    """Return a command in an office with the data set alone: the import of a log, or what follows on one."""

    @contextmanager
    def prepare() -> Iterator[Sequence[str]]:
        with tempfile.TemporaryDirectory(prefix="ahtc-typed-") as folder:
            office = str(make_empty_workspace(Path(folder) / "office"))
            if before:
                run_command(_build_command(office, *before, log))
                yield ["--workspace", office, *words]
            else:
                yield ["--workspace", office, *words, log]

    return _make_program(words or before, prepare)


def make_add_during_backup(root: str) -> Program:
    """Return the command that adds an action while a backup of the same office is made."""

    def run() -> Reading:
        with copy_workspace(root) as office:
            file = Path(office) / "backup.db"
            backup = subprocess.Popen(
                _build_command(office, "backup", str(file)),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=build_environment(),
            )
            while backup.poll() is None and not list(Path(office).glob(".*.db")):
                time.sleep(0.01)
            try:
                return run_command(_build_command(office, "actions", "add", "Agree the date"))
            finally:
                backup.wait()

    return Program("ahtc actions add", run)


def make_cold(root: str, *words: str) -> Program:
    """Return our command on a workspace whose pages the system has dropped from memory; later rows find them there."""

    @contextmanager
    def prepare() -> Iterator[Sequence[str]]:
        with (Path(root) / DATABASE).open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            yield words
            while file.read(BLOCK_BYTES):
                pass

    return _make_program(words, prepare, root)


@contextmanager
def copy_workspace(root: str) -> Iterator[str]:
    """Give the folder of a copy of a workspace, which is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="ahtc-typed-") as folder:
        office = Path(folder) / "office"
        (office / "data").mkdir(parents=True)
        shutil.copyfile(Path(root) / DATABASE, office / DATABASE)
        yield str(office)


def _make_program(words: Sequence[str], prepare: Prepare, root: str | None = None) -> Program:
    place = ("--workspace", root) if root else ()
    return make_command(f"ahtc {' '.join(words)}", _build_command(*place) if root else _build_command(), None, prepare)


def _build_command(*place_and_words: str) -> list[str]:
    if place_and_words and not place_and_words[0].startswith("-"):
        place_and_words = ("--workspace", *place_and_words)
    return build_ahtc_command("--as-at", TODAY.isoformat(), *place_and_words)
