"""Workspaces for tests, built once and copied:

`workspace` (empty), `wales` (2013 data), `busy` (with later changes).
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import cycle
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from ahtc_tui.domain.files.temporary_files import find_own_folder
from ahtc_tui.domain.i18n import Language
from ahtc_tui.services import backup
from ahtc_tui.services.actions.service import close_action, edit_action
from ahtc_tui.services.opening import make_workspace, open_workspace
from ahtc_tui.services.settings.language import LOCALE_VARIABLES, find_locale_language
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine import encryption
from tests.builders import TODAY, make_action, make_action_draft, make_update
from tests.hubs import Hub, Server
from tests.shape.messages import compile_catalogue
from tests.soundness import check_changed, forget_changed

Worlds = Callable[[str], Path]

TESTS = Path(__file__).parent
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
ORDINARY = "not long"
"""The expression of markers of the ordinary run, set in pyproject.toml."""
LONGEST = 120
"""Time limit of the body of a test in seconds, sufficient for a busy machine."""
LONGEST_ROUND = 1800
"""The same for a test with the marker `long`."""


settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("brief", settings.get_profile("ci"), max_examples=20)
settings.register_profile("nightly", settings.get_profile("desk"), max_examples=2000)
encryption.DERIVATION_SECONDS = 0
"""New files have the fewest rounds, so that tests with a passphrase are fast."""
encryption.measure_rounds = cache(encryption.measure_rounds)
encryption._derive = cache(encryption._derive)
"""A file that is opened again needs no second derivation."""
SALTS = cycle([encryption.create_salt(encryption.LEAST_ROUNDS) for _number in range(4)])
"""Salts of new files in turn, so that few keys are derived for one passphrase; a new key is not the one before."""
create_random_salt = encryption.create_salt


def take_salt(rounds: int) -> bytes:
    """Return the next of the prepared salts, or a new one that names more rounds."""
    return next(SALTS) if rounds == encryption.LEAST_ROUNDS else create_random_salt(rounds)


encryption.create_salt = take_salt
settings.load_profile("desk")
"""On a busy machine examples come slowly: no fault of what is tested."""


def pytest_configure(config: pytest.Config) -> None:
    """Put test folders into memory if there is room, because every write waits for the disk."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if not hasattr(config, "workerinput"):
        compile_catalogue()
    gc.disable()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the test modules of a whole run, in each worker from another one on.

    Each module is then rewritten by one worker, and read from its cache by the others.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or session.config.args != session.config.getini("testpaths"):
        return
    modules = sorted(TESTS.rglob("test_*.py"))
    start = len(modules) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for module in modules[start:] + modules[:start]:
        with suppress(Exception):  # the collection imports it again, and reports the error
            import_module(".".join(module.relative_to(TESTS.parent).with_suffix("").parts))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as long all but every n-th case of a test with the marker `sample(n)`, before tests are selected."""
    counts: Counter[tuple[Path, str]] = Counter()
    for item in items:
        marker = item.get_closest_marker("sample")
        if marker is None or item.get_closest_marker("long"):
            continue
        test = (item.path, getattr(item, "originalname", item.name))
        if counts[test] % marker.args[0]:
            item.add_marker(pytest.mark.long)
        counts[test] += 1


def pytest_collection_finish() -> None:
    """Exclude the objects loaded so far from garbage collection, which starts here, and run it less often."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that exceeds the time limit with its stack; no limit on machines without an alarm."""
    if not hasattr(signal, "SIGALRM"):
        return (yield)
    before = signal.signal(signal.SIGALRM, _fail_on_timeout)
    limit = LONGEST_ROUND if item.get_closest_marker("long") else LONGEST
    signal.setitimer(signal.ITIMER_REAL, limit, 10)
    try:
        result = yield
        check_changed()
        return result
    finally:
        forget_changed()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _fail_on_timeout(*_signal: object) -> NoReturn:
    pytest.fail("This test exceeded its time limit.")


@pytest.fixture(scope="session", autouse=True)
def _own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give the program a folder for temporary files that no other program on this machine uses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("system")))
        find_own_folder.cache_clear()
        find_own_folder()


@pytest.fixture(autouse=True)
def fix_terminal_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the terminal width to 120 columns."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(autouse=True)
def use_english_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands speak English whatever the language of the machine."""
    monkeypatch.delenv("AHTC_LANG", raising=False)
    for name in LOCALE_VARIABLES:
        if find_locale_language({name: os.environ.get(name, "")}) is Language.CY:
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def skip_backups(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no backup before an import or a merge in the ordinary run, except in tests with the marker `backups`."""
    if request.config.option.markexpr == ORDINARY and not request.node.get_closest_marker("backups"):
        monkeypatch.setattr(backup, "back_up_before", lambda _workspace, _operation: None)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    """Return the folder of a named workspace, built on first use; tests only copy it."""
    folders: dict[str, Path] = {}

    def find_folder(name: str) -> Path:
        if name not in folders:
            folder = tmp_path_factory.mktemp(name)
            if name == "busy":
                shutil.copytree(find_folder("wales"), folder, dirs_exist_ok=True)
                make_busy(folder)
            else:
                make_workspace(folder, "wales-2013" if name == "wales" else None)
            folders[name] = folder
        return folders[name]

    return find_folder


@pytest.fixture(scope="session")
def wales_folder(world: Worlds) -> Path:
    """The folder of the Wales 2013 data, to be copied."""
    return world("wales")


@pytest.fixture
def open_world(world: Worlds, tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """Return a function that opens a copy of a workspace, which is closed after the test."""
    opened: list[Workspace] = []

    def open_copy(name: str) -> Workspace:
        shutil.copytree(world(name), tmp_path / "office", dirs_exist_ok=True)
        opened.append(open_workspace(tmp_path / "office", TODAY))
        return opened[-1]

    yield open_copy
    for each in opened:
        each.close()


@pytest.fixture
def workspace(open_world: Callable[[str], Workspace]) -> Workspace:
    """An empty workspace."""
    return open_world("empty")


@pytest.fixture
def wales(open_world: Callable[[str], Workspace]) -> Workspace:
    """The Wales 2013 data, on 31 December 2013."""
    return open_world("wales")


@pytest.fixture
def colleague(wales: Workspace) -> Iterator[Workspace]:
    """The same workspace, opened by a second program."""
    workspace = open_workspace(wales.root, TODAY)
    yield workspace
    workspace.close()


@pytest.fixture
def busy(open_world: Callable[[str], Workspace]) -> Workspace:
    """The Wales 2013 data after some weeks of work: late, slipped, rated, waiting and closed actions."""
    return open_world("busy")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server, started on first use."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def hub(server: Server) -> Hub:
    """An unused hub database on the server."""
    return server.create_hub()


def make_busy(root: Path) -> None:
    """Add some weeks of work to a folder with the Wales 2013 data."""
    office = open_workspace(root, TODAY)
    try:
        make_action(office, title="Brief the four SPOCs", due="2013-11-30", lead="AHTC", brag="R", priority="high")
        make_action(office, title="Agree the e-learning module", due="by spring 2014", lead="Bawso", brag="A")
        make_action(office, title="Publish the newsletter", due="2013-12-20", group="leadership-group", brag="G")
        make_action(office, title="Book the venue", due="ASAP", blocked_by="DP-45", support="Bawso; New Pathways")
        make_action(office, title="Review the web pages", status="continuing", review_on="2013-12-01")
        edit_action(office, "DP-46", make_action_draft(due="summer 2014", reason="The trainer is ill"))
        make_update(office, "DP-45", "Two of four briefed.", brag="A")
        make_update(office, "DP-46", "Module drafted in English; Welsh to follow.")
        close_action(office, "DP-47")
    finally:
        office.close()
