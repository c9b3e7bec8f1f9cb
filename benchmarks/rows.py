"""The rows of the benchmark in groups: what is measured, with floor, peers and what it is to reach."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness import Limits, Program, Row
from benchmarks.peers import Peers, make_taskwarrior
from benchmarks.processes import build_ahtc_command, make_command, make_task
from benchmarks.terminal import make_idle, make_keys, make_memory, make_paint
from benchmarks.workspaces import TODAY, generate_workspace

PAGE = 40
UPDATES_PER_ACTION = 5
LARGEST_WITH_UPDATES = 100_000
"""Larger workspaces have no updates, so that they are generated in two minutes."""
CONTACTS = 10_000
PASS = [sys.executable, "-c", "pass"]
BARE = [sys.executable, "-m", "benchmarks.bare"]
BARE_WORDS = ("Bare row 30", "Leave")
DOWN, PAGE_DOWN, END, HOME = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H"

RAW_PAGE = f"""
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
query = '''SELECT a.ref, a.title, p.name, a.due, a.status, a.brag FROM actions a LEFT JOIN parties p ON p.id = a.lead
WHERE a.is_open ORDER BY a.due_day, a.ref_key LIMIT {PAGE}'''
for row in connection.execute(query): print(*row)
"""
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
        tasks = make_taskwarrior(bench.folder / f"task-{actions}", actions, PAGE) if actions <= 100_000 else {}
        page = bench.make_command(actions, "actions", "list", "--limit", str(PAGE))
        reach = Limits(of_floor=4, of_peer=1)
        yield Row(f"page of a list, {actions:,}", page, bench.make_raw(actions, RAW_PAGE), tasks.get("list", ()), reach)
        search = bench.make_command(actions, "search", "training", "--limit", str(PAGE))
        raw = bench.make_raw(actions, RAW_SEARCH)
        yield Row(f"search, {actions:,}", search, raw, tasks.get("search", ()), reach)
        yield Row(f"today, {actions:,}", bench.make_command(actions, "today"), make_command("python -c pass", PASS))


def list_screens(bench: Bench) -> Iterator[Row]:
    """The screen: first paint with memory, keys and idling."""
    bare = ("bare Textual", BARE, BARE_WORDS)
    home = {"HOME": str(bench.folder), "XDG_DATA_HOME": str(bench.folder), "XDG_CONFIG_HOME": str(bench.folder)}
    kanban = bench.peers.find_program("kanban-tui")
    for actions in bench.sizes:
        others = [make_paint("kanban-tui", [kanban], ("kanban-tui",), home)] if kanban else []
        ours = make_paint("ahtc", bench.make_screen(actions), ("Today", "LATE"))
        limits = Limits(of_floor=1.1, of_peer=1)
        yield Row(f"first paint, {actions:,}", ours, make_paint(*bare), others, limits)
    for actions in sorted({bench.medium, bench.sizes[-1]}):
        screen = bench.make_screen(actions)
        way = (("2", ("by due",)),)
        for name, keys, value in (
            ("line down", [DOWN] * 30, 10),
            ("page down", [PAGE_DOWN] * 20, 16),
            ("end", [END, HOME] * 8, 16),
            ("typed letter of a filter", ["/", *"training gwent"], 25),
        ):
            ours = make_keys("ahtc", screen, ("Today", "LATE"), keys, before=way)
            floor = None if keys[0] == "/" else make_keys(*bare, keys)
            yield Row(f"{name}, p95, {actions:,}", ours, floor, (), Limits(value=value))
    screen = bench.make_screen(bench.medium)
    ours = make_keys("ahtc", screen, ("Today", "LATE"), [DOWN] * 20, before=(("2", ("by due",)),), bytes_only=True)
    floor = make_keys(*bare, [DOWN] * 20, bytes_only=True)
    yield Row("output of a line down", ours, floor, (), Limits(value=1024), "bytes")
    ours = make_memory("ahtc", screen, ("Today", "LATE"), ["2", *[(DOWN + PAGE_DOWN + END + HOME) * 5] * 20])
    paint = make_memory("first paint", screen, ("Today", "LATE"))
    yield Row("memory after 400 keys", ours, paint, (), Limits(of_floor=1.25), "MiB")
    idle = make_idle("ahtc", screen, ("Today", "LATE"))
    yield Row("idle, processor time a second", idle, make_idle(*bare), (), Limits(value=3))


def list_views(bench: Bench) -> Iterator[Row]:
    """Pages of the screen, read from an open database."""
    for actions in bench.sizes[1:] or bench.sizes:
        root = bench.make_office(actions)
        for view in ("today", "plan", "trend", "search", "matrix"):
            ours = make_task("ahtc", "show_view", root, view)
            yield Row(f"view: {view}, {actions:,}", ours, make_task("counts in SQL", "show_raw_counts", root))


def list_writes(bench: Bench) -> Iterator[Row]:
    """Edits, loads, undo and redo."""
    root, edits = bench.make_office(bench.medium), 200
    ours = make_task("ahtc", "edit_action", root, edits)
    floor = make_task("raw commit", "edit_raw_rows", root, edits)
    peer = bench.make_peer("SQLModel", "commit_sqlmodel", root, edits)
    yield Row(f"{edits} edits, each with journal and index", ours, floor, [peer], Limits(of_floor=8, value=2 * edits))
    size, updates = bench.medium, bench.medium * UPDATES_PER_ACTION
    ours = make_task("ahtc", "load_records", size, updates)
    floor = make_task("raw insert", "load_raw_rows", size, updates)
    yield Row(f"load of {size:,} actions, {updates:,} updates", ours, floor, (), Limits(of_floor=3))
    load = make_task("the load", "load_records", size, 0)
    yield Row(f"undo of a load of {size:,}", make_task("ahtc", "undo_load", size), load, (), Limits(of_floor=1))
    load = make_task("the load", "load_records", size, 0)
    yield Row(f"redo of a load of {size:,}", make_task("ahtc", "redo_load", size), load, (), Limits(of_floor=1))


def list_files(bench: Bench) -> Iterator[Row]:
    """Files out and in."""
    for actions in [size for size in bench.sizes[1:] or bench.sizes if size <= LARGEST_WITH_UPDATES]:
        root = bench.make_office(actions)
        hand = bench.make_peer("XML by hand", "write_xlsx_by_hand", root)
        writer = bench.make_peer("XlsxWriter", "write_xlsxwriter", root)
        ours = make_task("ahtc", "export_log", root, ".xlsx")
        yield Row(f"log as .xlsx, {actions:,}", ours, hand, [writer], Limits(of_peer=1, peak_mib=100))
        for ending, floor in ((".csv", "write_csv"), (".json", "write_json")):
            ours = make_task("ahtc", "export_log", root, ending)
            raw = bench.make_peer(f"raw {ending[1:]}", floor, root)
            yield Row(f"log as {ending}, {actions:,}", ours, raw, (), Limits(of_floor=4, peak_mib=100))
    root = bench.make_office(bench.medium)
    ours, hand = make_task("ahtc", "export_deadlines", root), bench.make_peer("strings", "write_ics_by_hand", root)
    yield Row(".ics of due dates", ours, hand, [bench.make_peer("icalendar", "write_icalendar", root)], Limits(2, 1))
    ours, hand = make_task("ahtc", "export_cards", root), bench.make_peer("strings", "write_vcf_by_hand", root)
    yield Row(f".vcf of {CONTACTS:,}", ours, hand, [bench.make_peer("vobject", "write_vobject", root)], Limits(2, 1))
    ours, text = make_task("ahtc", "export_paper", root), bench.make_peer("text", "write_text", root)
    docxtpl = bench.make_peer("docxtpl", "write_docxtpl", root)
    yield Row(f"committee paper of {bench.medium:,} claims", ours, text, [docxtpl], Limits(of_peer=1.3, value=2000))
    log = bench.make_log(bench.medium)
    ours = make_task("ahtc", "plan_import", log)
    calamine, openpyxl = (bench.make_peer(n, f"read_{n}", log) for n in ("calamine", "openpyxl"))
    limits = Limits(of_floor=3, peak_mib=250)
    yield Row(f"log of {bench.medium:,} rows to the plan of an import", ours, calamine, [openpyxl], limits)


def list_copies(bench: Bench) -> Iterator[Row]:
    """Merges, syncs, backups and the passphrase."""
    for rows in (2_000, 25_000)[: len(bench.sizes)]:
        ours, floor = make_task("ahtc", "merge_laptops", rows), make_task("union in SQL", "merge_raw_lines", rows)
        yield Row(f"merge of {rows:,} rows, {rows * 4:,} changes", ours, floor)
    for stage, value in (("first", 1000), ("nothing", 150), ("edits", 300)):
        ours = make_task("ahtc", "sync_hub", 2_000, stage)
        yield Row(f"sync, {stage}, 2,000 rows", ours, None, (), Limits(value=value))
    root = bench.make_office(bench.medium)
    for name, task, limits in (
        ("backup", "make_backup", Limits(3)),
        ("restore", "restore_backup", Limits(3)),
        ("check", "check_database", Limits(value=1500)),
        ("full export", "export_everything", Limits(3)),
    ):
        yield Row(name, make_task("ahtc", task, root), make_task("file copy", "copy_file", root), (), limits)
    floor = make_task("key derivation", "derive_key", 1_000)
    yield Row("unlock", make_task("ahtc", "unlock", 1_000), floor, (), Limits())


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "commands": list_commands,
    "screens": list_screens,
    "views": list_views,
    "writes": list_writes,
    "files": list_files,
    "copies": list_copies,
}
