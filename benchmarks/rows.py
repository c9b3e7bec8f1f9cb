"""The rows of the benchmark in groups: what is measured, with floor, peers and what it is to reach."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness import Limits, Program, Row
from benchmarks.peers import Peers, make_taskwarrior
from benchmarks.processes import build_ahtc_command, make_command, make_task
from benchmarks.terminal import (
    QUIET_WITH_CARD_SECONDS,
    make_first_key,
    make_idle,
    make_keys,
    make_memory,
    make_paint,
    make_percentiles,
    make_start,
)
from benchmarks.typed import (
    OUT,
    make_add_during_backup,
    make_changing_command,
    make_cold,
    make_import,
    make_reading_command,
    make_restore,
)
from benchmarks.workspaces import TODAY, generate_workspace, make_laptops

PAGE = 40
UPDATES_PER_ACTION = 5
LARGEST_WITH_UPDATES = 100_000
"""Larger workspaces have no updates, so that they are generated in two minutes, and fewer rows."""
CONTACTS = 10_000
PASS = [sys.executable, "-c", "pass"]
BARE = [sys.executable, "-m", "benchmarks.bare"]
BARE_WORDS = ("Bare row 30", "Leave")
TAKE_ALL = ("import", "actions", "--take", "all")
"""The import of a log with all its new actions."""
READY, TO_LIST = ("Today", "LATE"), (("2", ("by due",)),)
"""Words of our first paint, and the key that leads to the list of actions with a word of it."""
VIEWS = ("today", "plan", "trend", "search", "words by due", "matrix")
LARGE_VIEWS = {"today": 5, "words by due": 15}
"""Views of the largest workspace, and the milliseconds that each is to reach."""
DOWN, PAGE_DOWN, END, HOME = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H"

RAW_PAGE = f"""
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
query = '''SELECT a.ref, a.title, p.name, a.due, a.status, a.brag FROM actions a LEFT JOIN parties p ON p.id = a.lead
WHERE a.is_open ORDER BY a.due_day, a.ref_key LIMIT {PAGE}'''
for row in connection.execute(query): print(*row)
"""
RAW_LATE = RAW_PAGE.replace(
    "a.is_open ORDER", "a.is_open AND a.due_day < '2014-01-28' AND a.status <> 'continuing' ORDER"
)
RAW_SEARCH = f"""
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
query = "SELECT ref, title FROM search WHERE search MATCH 'training*' LIMIT {PAGE}"
for row in connection.execute(query): print(*row)
"""


@dataclass
class Bench:
    """Sizes, the folder of generated workspaces, and the peers."""

    folder: Path
    sizes: Sequence[int]
    peers: Peers
    is_quick: bool = False
    """Whether a third of the keys is pressed."""

    @property
    def large(self) -> list[int]:
        """Sizes of the rows that are measured at two: 10,000 and 100,000, or the only size."""
        return [size for size in self.sizes[1:] or self.sizes if size <= LARGEST_WITH_UPDATES]

    @property
    def medium(self) -> int:
        """Number of actions of the rows that are measured at one size: the second size, or the only one."""
        return self.sizes[min(1, len(self.sizes) - 1)]

    def make_office(self, actions: int) -> str:
        """Return the folder of a workspace with this many actions, generated on first use."""
        root = self.folder / f"office-{actions}"
        if not root.exists():
            updates = actions * UPDATES_PER_ACTION if actions <= LARGEST_WITH_UPDATES else 0
            print(f"generating a workspace of {actions:,} actions and {updates:,} updates", flush=True)
            generate_workspace(root, actions, updates, CONTACTS if actions == self.medium else 0)
        return str(root)

    def make_laptops(self, rows: int) -> str:
        """Return the folder of two laptops with concurrent changes, generated on first use."""
        folder = self.folder / f"laptops-{rows}"
        if not folder.exists():
            print(f"generating two laptops with {rows:,} rows", flush=True)
            make_laptops(folder, rows)
        return str(folder)

    def choose_count(self, count: int) -> int:
        """Return how often a key is pressed."""
        return count // 3 if self.is_quick else count

    def make_log(self, actions: int) -> str:
        """Return the path of the action log of a workspace as a workbook."""
        from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope
        from ahtc_tui.services.exports.action_log import export_actions
        from benchmarks.tasks import open_original

        path = self.folder / f"log-{actions}.xlsx"
        if not path.exists():
            export_actions(open_original(self.make_office(actions)), path, ActionFilter(ActionScope.ALL))
        return str(path)

    def make_command(self, actions: int, *words: str) -> Program:
        """Return our command on a workspace."""
        place = ("--workspace", self.make_office(actions), "--as-at", TODAY.isoformat())
        return make_command(f"ahtc {' '.join(words)}", build_ahtc_command(*place, *words))

    def make_raw(self, actions: int, script: str) -> Program:
        """Return a script of plain SQLite on the database of a workspace."""
        database = Path(self.make_office(actions)) / "data" / "ahtc.db"
        return make_command("raw SQLite", [sys.executable, "-c", script, str(database)])

    def make_screen(self, actions: int) -> list[str]:
        """Return the command line of the screen on a workspace."""
        return build_ahtc_command("--workspace", self.make_office(actions), "--as-at", TODAY.isoformat())

    def make_peer(self, name: str, task: str, *arguments: object) -> Program:
        """Return a task of another library."""
        return make_task(name, task, *arguments, module="benchmarks.peer_tasks", python=self.peers.python)


def list_commands(bench: Bench) -> Iterator[Row]:
    """Whole processes: start, list and search."""
    start = make_command("python -c pass", PASS)
    versions = bench.peers.make_commands("khard --version", "todo --version", "khal --version")
    helps = bench.peers.make_commands("khard --help", "todo --help", "khal --help")
    limits = Limits(of_floor=3)
    yield Row("ahtc --version", make_command("ahtc", build_ahtc_command("--version")), start, versions, limits)
    start = make_command("python -c pass", PASS)
    yield Row("ahtc --help", make_command("ahtc", build_ahtc_command("--help")), start, helps, limits)
    for actions in bench.sizes:
        tasks = (
            make_taskwarrior(bench.folder / f"task-{actions}", actions, PAGE) if actions <= LARGEST_WITH_UPDATES else {}
        )
        page = bench.make_command(actions, "actions", "list", "--limit", str(PAGE))
        reach = Limits(of_floor=4, of_peer=1)
        yield Row(f"page of a list, {actions:,}", page, bench.make_raw(actions, RAW_PAGE), tasks.get("list", ()), reach)
        search = bench.make_command(actions, "search", "training", "--limit", str(PAGE))
        raw = bench.make_raw(actions, RAW_SEARCH)
        yield Row(f"search, {actions:,}", search, raw, tasks.get("search", ()), reach)
        late, raw_late = bench.make_command(actions, "actions", "list", "--late"), bench.make_raw(actions, RAW_LATE)
        yield Row(f"list --late, {actions:,}", late, page, (raw_late,), Limits(of_floor=2))
        is_large = actions > LARGEST_WITH_UPDATES
        start = make_command("python -c pass", PASS)
        yield Row(
            f"today, {actions:,}",
            bench.make_command(actions, "today"),
            start,
            (),
            Limits(value=300 if is_large else None),
        )
        yield Row(
            f"plan show, {actions:,}",
            bench.make_command(actions, "plan", "show"),
            start,
            (),
            Limits(value=500 if is_large else None),
        )
    largest = bench.make_office(bench.sizes[-1])
    for words in (("actions", "show", "MW-1"), ("history", "MW-1"), ("check",)):
        yield Row(f"{' '.join(words)}, {bench.sizes[-1]:,}", make_reading_command(largest, *words))
    cold, warm = (make(largest, "actions", "list", "--limit", f"{PAGE}") for make in (make_cold, make_reading_command))
    yield Row(f"page of a list, cold file, {bench.sizes[-1]:,}", cold, warm)


def list_screens(bench: Bench) -> Iterator[Row]:
    """The screen: first paint with memory, keys and idling."""
    bare = ("bare Textual", BARE, BARE_WORDS)
    home = {"HOME": str(bench.folder), "XDG_DATA_HOME": str(bench.folder), "XDG_CONFIG_HOME": str(bench.folder)}
    tools = (("kanban-tui", (), "kanban-tui"), ("harlequin", ("--locale", "C"), "Run Query"))
    paths = [(bench.peers.find_program(name), name, options, word) for name, options, word in tools]
    for actions in bench.sizes:
        others = [make_paint(name, [path, *options], (word,), home) for path, name, options, word in paths if path]
        ours = make_paint("ahtc", bench.make_screen(actions), READY)
        limits = Limits(of_floor=1.1, of_peer=1)
        yield Row(f"first paint, {actions:,}", ours, make_paint(*bare), others, limits)
    screen = bench.make_screen(bench.medium)
    later = make_first_key("same key later", screen, READY, *TO_LIST[0], wait_seconds=5)
    ours = make_first_key("ahtc", screen, READY, *TO_LIST[0])
    yield Row("first mode key at first paint", ours, later, (), Limits(of_floor=2))
    floor = make_start(*bare)
    yield Row("processor time 5 s after start", make_start("ahtc", screen, READY), floor, (), Limits(of_floor=1.8))
    for actions in bench.sizes[-2:]:
        yield from _list_keys(bench, bare, actions)
    yield from _list_memory(bench, bare)
    screen = bench.make_screen(bench.medium)
    lines = [DOWN] * bench.choose_count(20)
    ours = make_keys("ahtc", screen, READY, lines, before=TO_LIST, bytes_only=True)
    floor = make_keys(*bare, lines, bytes_only=True)
    yield Row("output of a line down", ours, floor, (), Limits(value=1024), "bytes")
    seconds = bench.choose_count(5)
    idle, floor = make_idle("ahtc", screen, READY, seconds), make_idle(*bare, seconds)
    yield Row("idle, processor time a second", idle, floor, (), Limits(value=3))


def _list_keys(bench: Bench, bare: tuple[str, list[str], tuple[str, ...]], actions: int) -> Iterator[Row]:
    """Latency of keys in the list of actions."""
    screen = bench.make_screen(actions)
    for name, keys, value in (
        ("line down", [DOWN] * bench.choose_count(30), 10),
        ("page down", [PAGE_DOWN] * bench.choose_count(20), 16),
        ("end", [END, HOME] * bench.choose_count(8), 16),
    ):
        ours = make_keys("ahtc", screen, READY, keys, before=TO_LIST)
        yield Row(f"{name}, p95, {actions:,}", ours, make_keys(*bare, keys), (), Limits(value=value))
    lines = [DOWN] * bench.choose_count(15)
    ours = make_keys("ahtc", screen, READY, lines, before=TO_LIST, quiet_seconds=QUIET_WITH_CARD_SECONDS)
    yield Row(f"line down with its card, p95, {actions:,}", ours)
    larger = actions > LARGEST_WITH_UPDATES
    limits = {50: 20 if larger else 16, 95: 40 if larger else 25}
    programs = make_percentiles("ahtc", screen, READY, ["/", *"training gwent"], list(limits), before=TO_LIST)
    for ours, (percentile, value) in zip(programs, limits.items(), strict=True):
        yield Row(f"typed letter of a filter, p{percentile}, {actions:,}", ours, None, (), Limits(value=value))


def _list_memory(bench: Bench, bare: tuple[str, list[str], tuple[str, ...]]) -> Iterator[Row]:
    """Resident memory at first paint, after many keys, and after scrolling the longest list."""
    scroll = ["2", *[(DOWN + PAGE_DOWN + END + HOME) * 5] * bench.choose_count(20)]
    screen, longest = bench.make_screen(bench.medium), bench.make_screen(bench.sizes[-1])
    first = make_memory("ahtc", screen, READY)
    yield Row("memory at first paint", first, make_memory(*bare), (), Limits(of_floor=1.2), "MiB")
    keys, half = 20 * (len(scroll) - 1), len(scroll) // 2 + 1
    once = make_memory(f"{20 * (half - 1)} keys", screen, READY, scroll[:half])
    ours = make_memory("ahtc", screen, READY, scroll)
    yield Row(f"memory after {keys} keys", ours, once, (), Limits(of_floor=1.05), "MiB")
    ours = make_memory("ahtc", longest, READY, scroll)
    smallest = make_memory(f"{bench.sizes[0]:,} rows", bench.make_screen(bench.sizes[0]), READY, scroll)
    yield Row(f"memory after scrolling, {bench.sizes[-1]:,}", ours, smallest, (), Limits(of_floor=1.25), "MiB")


def list_views(bench: Bench) -> Iterator[Row]:
    """Pages of the screen, read from an open database."""
    for actions in bench.sizes[1:] or bench.sizes:
        root, is_large = bench.make_office(actions), actions > LARGEST_WITH_UPDATES
        floor = make_task("counts in SQL", "show_raw_counts", root)
        for view in LARGE_VIEWS if is_large else VIEWS:
            ours = make_task("ahtc", "show_view", root, view)
            limits = Limits(value=LARGE_VIEWS[view]) if is_large else Limits()
            yield Row(f"view: {view}, {actions:,}", ours, floor, (), limits)


def list_writes(bench: Bench) -> Iterator[Row]:
    """Edits, loads, undo and redo."""
    root, edits = bench.make_office(bench.medium), 200
    ours = make_task("ahtc", "edit_action", root, edits)
    floor = make_task("raw commit", "edit_raw_rows", root, edits)
    peer = bench.make_peer("SQLModel", "commit_sqlmodel", root, edits)
    yield Row(f"{edits} edits, each with journal and index", ours, floor, [peer], Limits(of_floor=8, value=2 * edits))
    for size in bench.large:
        updates = size * UPDATES_PER_ACTION if size == bench.medium else 0
        ours = make_task("the load", "load_records", size, updates)
        floor = make_task("raw insert", "load_raw_rows", size, updates)
        limits = Limits(of_floor=3) if updates else Limits(value=8000, peak_mib=200)
        name = f"load of {size:,} actions" + (", five updates each" if updates else "")
        yield Row(name, ours, floor, (), limits)
        load = make_task("the load", "load_records", size, 0) if updates else ours
        for name, task in (("undo", "undo_load"), ("redo", "redo_load")):
            yield Row(f"{name} of a load of {size:,}", make_task("ahtc", task, size), load, (), Limits(of_floor=1))


def list_files(bench: Bench) -> Iterator[Row]:
    """Files out and in."""
    for actions in bench.large:
        root = bench.make_office(actions)
        hand = bench.make_peer("XML by hand", "write_xlsx_by_hand", root)
        writers = [bench.make_peer(name, f"write_{name.lower()}", root) for name in ("XlsxWriter", "rustpy_xlsxwriter")]
        ours = make_reading_command(root, "export", "actions", f"{OUT}.xlsx", "--all")
        limits = Limits(of_peer=1.2, peer="XlsxWriter", peak_mib=110)
        yield Row(f"log as .xlsx, {actions:,}", ours, hand, writers, limits)
        for ending, floor in ((".csv", "write_csv"), (".json", "write_json")):
            ours = make_reading_command(root, "export", "actions", f"{OUT}{ending}", "--all")
            raw = bench.make_peer(f"raw {ending[1:]}", floor, root)
            yield Row(f"log as {ending}, {actions:,}", ours, raw, (), Limits(of_floor=4, peak_mib=110))
    ours = make_reading_command(bench.make_office(bench.sizes[-1]), "export", "actions", f"{OUT}.csv", "--all")
    yield Row(f"log as .csv, {bench.sizes[-1]:,}", ours, None, (), Limits(peak_mib=150))
    root = bench.make_office(bench.medium)
    ours, hand = (
        make_reading_command(root, "export", "deadlines", f"{OUT}.ics", "--all"),
        bench.make_peer("strings", "write_ics_by_hand", root),
    )
    yield Row(".ics of due dates", ours, hand, [bench.make_peer("icalendar", "write_icalendar", root)], Limits(2, 1))
    ours, hand = (
        make_reading_command(root, "export", "contacts", f"{OUT}.vcf"),
        bench.make_peer("strings", "write_vcf_by_hand", root),
    )
    yield Row(f".vcf of {CONTACTS:,}", ours, hand, [bench.make_peer("vobject", "write_vobject", root)], Limits(2, 1))
    for actions, name, limits in (
        (bench.sizes[0], ".docx of 50 pages", Limits(of_peer=1.3)),
        (bench.medium, f"committee paper of {bench.medium:,} claims", Limits(value=2000)),
    ):
        root = bench.make_office(actions)
        ours, text = make_task("ahtc", "export_paper", root), bench.make_peer("text", "write_text", root)
        yield Row(name, ours, text, [bench.make_peer("docxtpl", "write_docxtpl", root)], limits)
    for actions in bench.large:
        log = bench.make_log(actions)
        ours = make_import(log, "import", "actions", "--dry-run")
        calamine, openpyxl = (bench.make_peer(n, f"read_{n}", log) for n in ("calamine", "openpyxl"))
        limits = Limits(of_floor=3, peak_mib=250)
        yield Row(f"log of {actions:,} rows to the plan of an import", ours, calamine, [openpyxl], limits)
    log = bench.make_log(bench.medium)
    undo = make_import(log, "undo", "--yes", before=TAKE_ALL)
    work = make_import(log, *TAKE_ALL)
    yield Row(f"undo of an import of {bench.medium:,} rows", undo, work, (), Limits(of_floor=1))


def list_copies(bench: Bench) -> Iterator[Row]:
    """Merges, syncs, backups and the passphrase."""
    for rows, value in ((2_000, 200), (25_000, 2_600))[: len(bench.sizes)]:
        laptops = bench.make_laptops(rows)
        other = f"{laptops}/laptop/data/ahtc.db"
        ours = make_changing_command(f"{laptops}/office", "merge", other)
        floor = make_task("union and hashes", "merge_raw_lines", laptops)
        yield Row(f"merge of {rows:,} rows, four changes each", ours, floor, (), Limits(value=value))
    for stage, limits in (
        ("first", Limits(value=1000)),
        ("second", Limits()),
        ("nothing", Limits(value=150)),
        ("edits", Limits(value=300)),
    ):
        ours = make_task("ahtc", "sync_hub", bench.make_laptops(2_000), stage)
        yield Row(f"sync, {stage}, 2,000 rows", ours, None, (), limits)
    root = bench.make_office(bench.medium)
    hashes, copy = make_task("file check and hashes", "hash_lines", root), make_task("file copy", "copy_file", root)
    yield Row("check", make_reading_command(root, "check"), hashes, [copy], Limits(of_floor=2.5))
    yield Row("backup", make_reading_command(root, "backup", f"{OUT}.db"), hashes, [copy], Limits(of_floor=3))
    yield Row("restore", make_restore(root), hashes, [copy], Limits(of_floor=3))
    ours = make_reading_command(root, "export", "everything", f"{OUT}.zip")
    yield Row("full export", ours, hashes, [copy], Limits(of_floor=3))
    ours = make_add_during_backup(bench.make_office(bench.sizes[-1]))
    add = make_changing_command(bench.make_office(bench.sizes[-1]), "actions", "add", "Agree the date")
    yield Row(f"add during a backup, {bench.sizes[-1]:,}", ours, add, (), Limits(value=1500))
    floor = make_task("key derivation", "derive_key", 1_000)
    yield Row("unlock", make_task("ahtc", "unlock", 1_000), floor, (), Limits(of_floor=1.08))


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "commands": list_commands,
    "screens": list_screens,
    "views": list_views,
    "writes": list_writes,
    "files": list_files,
    "copies": list_copies,
}
