"""Two windows, the command line, returns and minutes that edit the same records in turn.

Every change of the journal names the changes that it replaces: its parents. A value is lost unseen where a parent is
newer than what the writer had read, and no question showed it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, Select, TextArea

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile, Overwrite
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.contacts import service as contacts
from ahtc_tui.services.exports.returns import write_returns
from ahtc_tui.services.imports.actions.service import apply_actions_import
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.services.minutes import service as minutes
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.references import find_by_ref
from ahtc_tui.tui.actions.form import ActionChoices, ActionForm, UpdateForm
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.contacts.forms import ContactForm
from ahtc_tui.tui.meetings.form import MeetingForm
from ahtc_tui.tui.widgets.form import FormScreen
from ahtc_tui.tui.widgets.overwrite_question import OverwriteQuestion
from tests.builders import query_rows
from tests.journeys.returned import ExpectedReport, ReturnedWorkbook

DAYS = [f"{day} {month} 2014" for month in ("feb", "mar", "jun") for day in (3, 10, 17)]
STATUSES = ("planned", "in_progress", "on_hold", "proposed_complete")
FORM_FIELDS = {
    ActionForm: ("title", "due", "status", "brag", "reason", "priority", "review_on", "support", "detail"),
    UpdateForm: ("text", "brag", "status"),
    MeetingForm: ("title", "venue", "date", "time", "minutes", "link"),
    ContactForm: ("phone", "role", "short", "note", "aliases", "email"),
}
BODIES = ("Bawso", "Gwent Police", "South Wales Police", "Dyfed-Powys Police")


class LoggedChange(NamedTuple):
    """A change of the journal by the number of its arrival."""

    number: int
    id: str
    table: str
    row: bytes
    field: str
    parents: str


class Unseen(NamedTuple):
    """A value that was replaced by a writer who had not seen it."""

    writer: str
    table: str
    field: str
    value: str | None


@dataclass
class Journal:
    """Follows the journal and checks each new change against what its writer had seen."""

    workspace: Workspace
    number: int = 0
    """The last change that was checked."""
    unseen: list[Unseen] = field(default_factory=list)
    replaced: int = 0
    """Number of values that were replaced."""

    def read_new_changes(self) -> list[LoggedChange]:
        """Return the changes since the last check."""
        query = 'SELECT rowid, hex(id), "table", row_id, field, parents FROM change WHERE rowid > ? ORDER BY rowid'
        return [LoggedChange(*row) for row in query_rows(self.workspace, query, self.number)]

    def check_changes(self, writer: str, seen: int, shown: set[int]) -> int:
        """Check the new changes of a writer who had seen the journal up to `seen`, and some changes in questions.

        Return their number.
        """
        changes = self.read_new_changes()
        own_ids = {change.id.lower() for change in changes}
        for change in changes:
            query = "SELECT c.rowid, c.value FROM json_each(?) p JOIN change c ON lower(hex(c.id)) = p.value"
            for number, value in query_rows(self.workspace, query, change.parents):
                self.replaced += 1
                is_known = number <= seen or number in shown or any(number == own.number for own in changes)
                if is_known or (change.table, change.field) == SEQUENCE or value == self._read_seen_value(change, seen):
                    continue
                self.unseen.append(Unseen(writer, change.table, change.field, value))
        assert len(own_ids) == len(changes)
        self.number = max((change.number for change in changes), default=self.number)
        return len(changes)

    def _read_seen_value(self, change: LoggedChange, seen: int) -> str | None:
        """Return the value of the field of a change at a position of the journal, as JSON."""
        query = 'SELECT field, value FROM change WHERE "table" = ? AND row_id = ? AND field IN (?, ?) AND rowid <= ?'
        query += " ORDER BY rowid DESC LIMIT 1"
        for name, value in query_rows(self.workspace, query, change.table, change.row, change.field, ROW, seen):
            return json.dumps(json.loads(value).get(change.field)) if name == ROW else value
        return None

    def find_shown(self, overwrites: Sequence[Overwrite], seen: int) -> set[int]:
        """Return the numbers of the changes whose values a question shows."""
        shown: set[int] = set()
        for overwrite in overwrites:
            query = 'SELECT rowid, row_id FROM change WHERE "table" = ? AND rowid > ?'
            query += " AND field IN (?, '_row')" if overwrite.field else " AND ? = ''"
            rows = query_rows(self.workspace, query, overwrite.table, seen, overwrite.field)
            key = self._find_key(overwrite)
            shown |= {number for number, row in rows if key is None or row == key}
        return shown

    def _find_key(self, overwrite: Overwrite) -> bytes | None:
        if not overwrite.ref:
            return None
        with self.workspace.database.read() as cursor:
            table: Table = overwrite.table  # type: ignore[assignment]
            match = find_by_ref(cursor, table, overwrite.ref, removed=True)
        return match[0] if match else None

    def list_lost(self) -> list[tuple[str, str]]:
        """Return table and field of each change that is neither the value of its field nor a parent of another."""
        return query_rows(
            self.workspace,
            'SELECT "table", field FROM (SELECT *, row_number() OVER (PARTITION BY "table", row_id, field ORDER BY'
            " rowid DESC) AS age FROM change) c WHERE age > 1 AND NOT EXISTS (SELECT 1 FROM change later,"
            ' json_each(later.parents) p WHERE later."table" = c."table" AND later.row_id = c.row_id AND p.value ='
            " lower(hex(c.id)))",
        )


SEQUENCE = ("meetings", "sequence")
"""A counter of the program: it is counted up from the stored value."""


class Window(App[None]):
    """One window: a desk of its own, and at most one open form."""

    def __init__(self, name: str, workspace: Workspace) -> None:
        super().__init__()
        self.window_name = name
        self.workspace = workspace
        self.desk = Desk(workspace)
        self.form: FormScreen | None = None
        self.form_desk = self.desk
        self.opened_at = 0
        self.shown: set[int] = set()


class Office:
    """Chooses what happens next, does it, and has the journal checked."""

    def __init__(
        self, seed: int, windows: Sequence[tuple[Window, Pilot[None]]], records: Records, folder: Path
    ) -> None:
        self.random = Random(seed)
        self.windows, self.records, self.folder = windows, records, folder
        self.workspace = windows[0][0].workspace
        self.journal = Journal(self.workspace)
        self.journal.check_changes("before", 0, set())
        self.journal.unseen.clear()
        self.counts: Counter[str] = Counter()
        self.sent: list[tuple[Path, int]] = []
        self.lines: list[tuple[Desk, Any, int]] = []

    def make_words(self) -> str:
        """Return a text that no earlier one equals."""
        self.counts["words"] += 1
        return f"Words {self.counts['words']}"

    async def take_turn(self) -> None:
        """Let one of the writers do one thing."""
        turns = {self.use_form: 24, self.use_command: 6, self.edit_line: 4}
        turn = self.random.choices(list(turns), list(turns.values()))[0]
        await turn()
        if self.random.random() < 0.02:
            self.use_return()

    async def use_form(self) -> None:
        """Open a form, change a field of the open one, or save it."""
        window, pilot = self.random.choice(self.windows)
        with window._context():
            if window.form is None:
                await self._open_form(window, pilot)
            elif self.random.random() < 0.6:
                self._change_field(window.form)
            else:
                await self._save_form(window, pilot)

    async def _open_form(self, window: Window, pilot: Pilot[None]) -> None:
        kind = self.random.choices(list(FORM_FIELDS), [4, 2, 1, 1])[0]
        window.opened_at, window.shown = self.journal.number, set()
        if kind in (ActionForm, UpdateForm):
            ref = self.random.choice(self.records.actions)
            card, desk = await window.desk.open_record(actions.show_action, ref)
            window.form = (
                ActionForm(desk, ActionChoices((), (), ()), card) if kind is ActionForm else UpdateForm(desk, card.row)
            )
        elif kind is MeetingForm:
            meeting, desk = await window.desk.open_record(
                meetings.show_meeting, self.random.choice(self.records.meetings)
            )
            window.form = MeetingForm(desk, (), (), meeting)
        else:
            contact, desk = await window.desk.open_record(
                contacts.show_contact, self.random.choice(self.records.contacts)
            )
            window.form = ContactForm(desk, (), contact)
        window.form_desk = desk
        await window.push_screen(window.form)
        await pilot.pause()
        for _field in range(self.random.randint(1, 3)):
            self._change_field(window.form)

    def _change_field(self, form: FormScreen) -> None:
        name = self.random.choice(FORM_FIELDS[type(form)])
        fields = (
            form.query_one(f"#form-row-{name}").query("Input, Select, TextArea")
            if form.query(f"#form-row-{name}")
            else ()
        )
        for control in list(fields)[:1]:
            if isinstance(control, TextArea):
                control.text = self.make_words()
            elif isinstance(control, Select):
                control.value = self.random.choice(
                    [value for _label, value in control._options if value is not Select.NULL]
                )
            elif isinstance(control, Input):
                control.value = self._make_text(name)

    def _make_text(self, name: str) -> str:
        texts = {
            "date": DAYS,
            "due": DAYS,
            "review_on": DAYS,
            "time": ["10:00", "11:30", "14:00"],
            "minutes": ["60", "90"],
            "support": ["; ".join(self.random.sample(BODIES, 2))],
            "email": [f"desk{self.random.randint(1, 9)}@example.org"],
        }
        return self.random.choice(texts.get(name) or [self.make_words()])

    async def _save_form(self, window: Window, pilot: Pilot[None]) -> None:
        form = window.form
        assert form is not None
        form.action_save()
        await self._settle(window, pilot)
        while isinstance(question := window.screen, OverwriteQuestion):
            self.counts["questions"] += 1
            window.shown |= self.journal.find_shown(question._overwrites, window.opened_at)
            answer = self.random.choices(["t", "o", "escape"], [4, 4, 1])[0]
            await pilot.press(answer)
            await self._settle(window, pilot)
            if answer == "escape":
                return
        if window.screen is form:  # an error: a rating that gets worse, a closed action
            self.counts["form refused"] += 1
            form.dismiss(None)
            await pilot.pause()
        else:
            self.counts["form"] += 1
        self.journal.check_changes(type(form).__name__, window.opened_at, window.shown)
        window.form = None

    async def _settle(self, window: Window, pilot: Pilot[None]) -> None:
        """Wait until the form was written, shows an error, or asks."""
        while True:
            await pilot.pause()
            running = [worker for worker in window.workers if not worker.is_finished]
            waiting = isinstance(window.screen, OverwriteQuestion) and all(
                worker.group == "form-leave" for worker in running
            )
            if not running or waiting:
                return

    async def use_command(self) -> None:
        """Run one command; it reads and writes in one transaction."""
        seen = self.journal.number
        ref = self.random.choice(self.records.actions)
        word, day = self.make_words(), self.random.choice(DAYS)
        lines = [
            ["actions", "edit", ref, f"title={word}"],
            ["actions", "edit", ref, f"due={day}", f"reason={word}"],
            ["actions", "edit", ref, f"brag={self.random.choice('RAG')}", f"reason={word}"],
            ["actions", "edit", ref, f"support={'; '.join(self.random.sample(BODIES, 2))}"],
            ["actions", "update", ref, word, "--brag", self.random.choice("RAG")],
            ["actions", "edit", ref, f"status={self.random.choice(STATUSES)}"],
            ["meetings", "edit", self.random.choice(self.records.meetings), f"venue={word}"],
            ["contacts", "edit", self.random.choice(self.records.contacts), f"phone={self.random.randint(100, 999)}"],
            ["undo"],
        ]
        code = run(["--workspace", str(self.workspace.root), "--quiet", *self.random.choice(lines)])
        self.counts["command" if code == 0 else "command refused"] += 1
        self.journal.check_changes("command", seen, set())

    async def edit_line(self) -> None:
        """Take a line of the minutes into the input of a window, or store one that was taken."""
        if not self.lines or (len(self.lines) < 3 and self.random.random() < 0.5):
            window, _pilot = self.random.choice(self.windows)
            meeting, desk = await window.desk.open_record(live_minutes.show_live_meeting, self.records.minuted)
            self.lines.append((desk, self.random.choice(meeting.card.lines), self.journal.number))
            return
        desk, line, seen = self.lines.pop(self.random.randrange(len(self.lines)))
        shown: set[int] = set()
        while True:
            try:
                await desk.run(minutes.edit_line, self.records.minuted, line.key, self.make_words())
                self.counts["line"] += 1
            except ChangedMeanwhile as error:
                self.counts["questions"] += 1
                shown |= self.journal.find_shown(error.overwrites, seen)
                assert desk.seen is not None
                desk.seen.position = error.position
                if self.random.random() < 0.5:
                    continue
            break
        self.journal.check_changes("line", seen, shown)

    def use_return(self) -> None:
        """Send the returns, or import one that came back."""
        if not self.sent:
            folder = self.folder / f"returns-{self.counts['sent']}"
            self.counts["sent"] += 1
            seen = self.journal.number
            report = write_returns(self.workspace, folder, ActionFilter(), refs=self.records.actions)
            self.journal.check_changes("sent", seen, set())
            self.sent = [(file.file, self.journal.number) for file in report.files]
            return
        path, seen = self.sent.pop(self.random.randrange(len(self.sent)))
        book = ReturnedWorkbook(path, ExpectedReport())
        for ref in self.random.sample(book.refs, min(3, len(book.refs))):
            book.set_value(ref, "brag", self.random.choice("RAG"))
            book.set_value(ref, "update", self.make_words())
            book.set_value(ref, "status", self.random.choice(["On hold", "In progress"]))
        apply_actions_import(self.workspace, [book.save()])
        self.counts["return"] += 1
        self.journal.check_changes("return", seen, set())


@dataclass(frozen=True)
class Records:
    """The records that all writers edit."""

    actions: tuple[str, ...]
    meetings: tuple[str, ...]
    contacts: tuple[str, ...]
    minuted: str
    """The meeting whose lines are edited."""
