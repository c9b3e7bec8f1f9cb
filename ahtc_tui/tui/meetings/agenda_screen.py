"""The agenda of a meeting: its items, the line in which they are typed, its papers and the forward plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import app, query_one
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_hours
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.agenda import ForwardRow, TypedItem, format_item, read_item, read_paper, split_day
from ahtc_tui.domain.meetings.model import AgendaRow, PaperRow
from ahtc_tui.domain.publication.withholding import REASONS
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.services.imports.dispatch import parse_path
from ahtc_tui.services.meetings import agenda, agenda_template, paper_files, papers
from ahtc_tui.services.meetings.agenda import EditableAgenda
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.meetings.agenda_card import AgendaLine, agenda_columns, build_lines, build_sections
from ahtc_tui.tui.meetings.list import format_day
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.form import take_typed_text
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import MeetingHead
from ahtc_tui.tui.widgets.owner_field import Candidate, find_candidate_mentions, resolve_mentions
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import PlainLabel
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource


def build_idle_hint() -> str:
    """Return the placeholder of the empty line."""
    return _("press n to add an item:   title @presenter 15 min #section")


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """Kind ("add", "edit", "paper", "file", "forward" or "withheld") and key of the agenda line that is typed."""

    kind: str
    prompt: str
    key: RowKey = NO_KEY

    @property
    def is_item(self) -> bool:
        """Whether the line is read as a title with names after @."""
        return self.kind not in ("file", "withheld")

    @property
    def placeholder(self) -> str:
        """The format of the line."""
        return {
            "paper": _("title @author due 3 feb"),
            "file": _("the path of the file, typed or dropped on the terminal"),
            "forward": _("title @presenter 20 min june 2014"),
            "withheld": _("a note for the office, never printed"),
        }.get(self.kind, _("title @presenter 15 min #section"))


class AgendaInput(Input):
    """The input; escape leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+g", "screen.give_up", gettext_noop("leave"), id="agenda-line.leave")
    ]


class AgendaEntry(Vertical):
    """Prompt, input and interpretation."""

    DEFAULT_CSS = """
    AgendaEntry { height: 2; padding: 0 1; }
    AgendaEntry > Horizontal { height: 1; }
    AgendaEntry PlainLabel#agenda-prompt { width: auto; color: $text-accent; padding: 0 1 0 0; }
    AgendaEntry AgendaInput { background: $panel; height: 1; width: 1fr; }
    AgendaEntry > #agenda-meaning { color: $foreground-muted; height: 1; width: 100%; }
    """

    input = query_one(AgendaInput)
    prompt = query_one("#agenda-prompt", PlainLabel)
    meaning = query_one("#agenda-meaning", PlainLabel)

    class Entered(Message):
        """A line was entered, with names after @ replaced by references."""

        def __init__(self, request: EntryRequest, text: str) -> None:
            super().__init__()
            self.request, self.text = request, text

    def __init__(self) -> None:
        super().__init__()
        self._candidates: tuple[Candidate, ...] = ()
        self.request: EntryRequest | None = None
        self._initial_text = ""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield PlainLabel(id="agenda-prompt")
            yield AgendaInput(placeholder=build_idle_hint(), compact=True)
        yield PlainLabel(id="agenda-meaning")

    def set_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Set the candidates of names after @."""
        self._candidates = tuple(candidates)

    def start_line(self, request: EntryRequest, text: str = "") -> None:
        """Start a line with this text."""
        self.request, self._initial_text = request, text
        self.prompt.update(request.prompt)
        self.input.placeholder = request.placeholder
        self.input.value = text
        self.input.cursor_position = len(text)
        self.input.focus()

    @property
    def unsaved_text(self) -> str:
        """What was typed into the line and is not stored."""
        text = self.input.value.strip()
        return text if self.request is not None and text != self._initial_text.strip() else ""

    def clear_line(self) -> None:
        """End the request for which the line was shown: empty its prompt and its input."""
        self.request = None
        self.prompt.update("")
        self.input.placeholder = build_idle_hint()
        self.input.value = ""

    def read_typed_item(self) -> TypedItem:
        """Parse the line as an item. Raises BadInput if it has no title."""
        return read_item(self._resolve_names())

    def _resolve_names(self) -> str:
        return resolve_mentions(self.input.value, self._candidates)

    @on(Input.Changed)
    def _update_meaning(self, event: Input.Changed) -> None:
        event.stop()
        self.meaning.update(self._describe_meaning() if self.request and self.request.is_item else "")

    @on(Input.Submitted)
    def _post_entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.request is not None and self.input.value.strip():
            text = self._resolve_names() if self.request.is_item else self.input.value
            self.post_message(self.Entered(self.request, text))

    def _describe_meaning(self) -> str:
        try:
            item = self.read_typed_item()
        except BadInput:
            return ""
        parts = []
        for mention in find_candidate_mentions(self.input.value, self._candidates) if item.presenter else ():
            label = mention.party.label if mention.party else _("not in the register")
            parts.append(f"@{mention.name} → {label}")
        if self.request is not None and self.request.kind == "paper":
            return "   ".join(parts)
        if item.minutes:
            parts.append(_("{n} min").format(n=item.minutes))
        if item.section:
            parts.append(_("section {name}").format(name=item.section))
        return "   ".join(parts)


Row = AgendaRow | PaperRow | ForwardRow


class AgendaScreen(RowActions, DismissOnce, Screen[None]):
    """The agenda of one meeting. Lines are typed into one input, without modal forms."""

    row_actions = frozenset(
        ("edit", "move", "stretch", "remove", "forward", "attach", "save_file", "publish", "withhold")
    )
    BINDINGS = build_bindings("agenda.*")

    CSS_PATH = "agenda.tcss"
    AUTO_FOCUS = "RecordList"
    app = app(DeskApp)
    head = query_one(MeetingHead)
    list_pane = query_one(RecordList)
    card_pane = query_one(Card)
    entry = query_one(AgendaEntry)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self._ref = ref
        self._agenda: EditableAgenda | None = None
        self._target_key: RowKey | None = None
        """Key of the line for the cursor after the next redraw."""

    @property
    def desk(self) -> Desk:
        """The threads that run services."""
        return self.app.desk

    def compose(self) -> ComposeResult:
        yield MeetingHead()
        with Horizontal(id="agenda-panes"):
            yield RecordList(
                agenda_columns(),
                markable=False,
                empty_text=_("Press . and t to add the template, or n to add an item."),
            )
            yield Card()
        yield AgendaEntry()
        yield Hints()

    def draw_agenda(self) -> None:
        """Draw the agenda read last and place the cursor."""
        agenda = self._agenda
        assert agenda is not None
        rows = tuple(build_lines(agenda))
        source: ListSource[AgendaLine] = ListSource(rows, lambda line: line.key)
        indexes = {row.key: index for index, row in enumerate(rows) if not isinstance(row, HeadingLine)}
        target_key, self._target_key = self._target_key, None
        if target_key in indexes and target_key is not None:
            self.list_pane.show(source, key=(indexes[target_key], target_key))
        else:
            self.list_pane.update_rows(source)
        self.draw_head()
        if not indexes:
            self.card_pane.show(build_sections(None, agenda))

    def draw_head(self) -> None:
        """Draw the meeting, its hours and the minutes allotted."""
        assert self._agenda is not None
        card = self._agenda.card
        allotted = sum(item.minutes or 0 for item in card.agenda)
        row = card.row
        hours = format_hours(row.starts, row.ends) if row.starts else ""
        parts = [
            row.ref,
            row.shown_title,
            format_day(row.day),
            hours,
            _("{n} min").format(n=allotted) if allotted else "",
        ]
        if card.minutes_over:
            parts.append(_("{n} MIN TOO LONG").format(n=card.minutes_over))
        self.head.show(parts, row.marking, optional=(row.shown_title, hours, format_day(row.day)))

    @on(RecordList.Highlighted)
    def _show_line(self, event: RecordList.Highlighted) -> None:
        if self._agenda is not None and not isinstance(event, RecordList.Opened):
            self.card_pane.show(build_sections(event.row, self._agenda))

    def on_mount(self) -> None:
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self._load_candidates()

    @work(group="begin")
    async def _load_candidates(self) -> None:
        with errors_as_toasts(self.app):
            owners = await self.desk.run(live_minutes.list_owners, self._ref)
            self.entry.set_candidates(
                [Candidate(owner.label, owner.ref, (*owner.names, owner.ref)) for owner in owners]
            )
        self.reload()
        self._restore_typed_text()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the agenda again."""
        with errors_as_toasts(self.app):
            self._agenda = await self.desk.show(agenda.show_agenda, self._ref)
            self.draw_agenda()

    @property
    def row(self) -> Row | None:
        """The selected item, paper or forward plan entry."""
        line: AgendaLine | None = self.list_pane.highlighted
        return line.row if line is not None else None

    @work(group="write")
    async def write_change(self, service: Callable[..., Any], *arguments: Any, message: str = "") -> None:
        """Run a write, show a toast and reload. The cursor moves to the record written."""
        with errors_as_toasts(self.app):
            result = await self.desk.run(service, *arguments)
            self._target_key = getattr(result, "key", None)
            if message:
                show_toast(self.app, message)
            self.app.changed.publish(None)

    def action_new(self) -> None:
        """Type a new item."""
        self.entry.start_line(EntryRequest("add", _("New item")))

    def action_plan(self) -> None:
        """Type an entry of the forward plan."""
        self.entry.start_line(EntryRequest("forward", _("For later")))

    def action_edit(self) -> None:
        """Edit the selected item in the input line."""
        row = self.row
        if isinstance(row, AgendaRow):
            text = format_item(row.title, row.presenter_ref, row.minutes, row.section)
            self.entry.start_line(EntryRequest("edit", _("Item {n}").format(n=row.position), row.key), text)

    @on(RecordList.Opened)
    def _open_selected(self, event: RecordList.Opened) -> None:
        if isinstance(self.row, ForwardRow):
            self.action_forward()
        else:
            self.action_edit()

    def action_paper(self) -> None:
        """Type a paper for the selected item."""
        row = self.row
        number = row.item if isinstance(row, PaperRow) else row.position if isinstance(row, AgendaRow) else None
        item = next((item for item in self._list_items() if item.position == number), None)
        prompt = _("Paper for item {n}").format(n=number) if item else _("Paper")
        self.entry.start_line(EntryRequest("paper", prompt, item.key if item else NO_KEY))

    def action_attach(self) -> None:
        """Type the path of a file for the paper."""
        if row := self._find_paper():
            self.entry.start_line(EntryRequest("file", _("File of {ref}").format(ref=row.ref), row.key))

    @work(group="write")
    async def action_save_file(self) -> None:
        """Write the file of the paper to the exports folder."""
        if row := self._find_paper():
            with errors_as_toasts(self.app):
                path = await self.desk.run(paper_files.save_file_to_folder, self._ref, row.ref)
                self.app.announce_file(path)

    def _find_paper(self) -> PaperRow | None:
        """Return the selected paper; show how to select one where there is none."""
        if isinstance(row := self.row, PaperRow):
            return row
        show_toast(self.app, _("Select a paper. Press . and p to add one to an item."), undo=False)
        return None

    @work(group="form")
    async def action_withhold(self) -> None:
        """Choose why the paper is withheld from publication, then type a note for the office."""
        if not isinstance(row := self.row, PaperRow):
            return
        ids = [reason.id for reason in REASONS]
        options = [(reason.id, reason.basis) for reason in REASONS]
        labels = {reason.id: capitalise(reason.label) for reason in REASONS}
        first = ids.index(row.withheld_reason) if row.withheld_reason in ids else 0
        chosen = await self.app.push_screen_wait(Pick(_("Why is the paper withheld?"), options, first, labels=labels))
        if chosen is not None:
            self.write_change(
                papers.withhold_paper, self._ref, row.ref, chosen, message=_("{ref} withheld").format(ref=row.ref)
            )
            self.entry.start_line(
                EntryRequest("withheld", _("Note for the office"), row.key), row.withheld_because or ""
            )

    def action_publish(self) -> None:
        """Record that the paper was published."""
        if isinstance(row := self.row, PaperRow):
            self.write_change(
                papers.publish_paper, self._ref, row.ref, message=_("{ref} published").format(ref=row.ref)
            )

    def action_move(self, offset: int) -> None:
        """Move the item by this many places."""
        row = self.row
        if isinstance(row, AgendaRow):
            places = [item.position for item in self._list_items()]
            target = places.index(row.position) + offset
            if 0 <= target < len(places):
                self.write_change(agenda.move_item, self._ref, row.position, places[target])

    def action_stretch(self, extra: int) -> None:
        """Add minutes to the item, or take them off."""
        from ahtc_tui.domain.drafts.meetings import build_item_edit

        row = self.row
        if isinstance(row, AgendaRow) and (minutes := (row.minutes or 0) + extra) >= 0:
            self.write_change(agenda.edit_item, self._ref, row.position, build_item_edit({"minutes": minutes or None}))

    def action_remove(self) -> None:
        """Remove the selected item, paper or forward plan entry."""
        match self.row:
            case AgendaRow() as row:
                self.write_change(agenda.remove_item, self._ref, row.position, message=_("item removed"))
            case PaperRow() as row:
                self.write_change(
                    papers.remove_paper, self._ref, row.ref, message=_("{ref} removed").format(ref=row.ref)
                )
            case ForwardRow() as row:
                message = _("removed from the forward plan")
                self.write_change(agenda.remove_forward_item, self._group_ref(), row.position, message=message)

    @work(group="write")
    async def action_template(self) -> None:
        """Add the items of the group's template that are missing."""
        with errors_as_toasts(self.app):
            count = await self.desk.run(agenda_template.apply_template, self._ref)
            if count:
                show_toast(self.app, ngettext("1 item from the template", "{n} items from the template", count))
            else:
                show_toast(self.app, _("Every template item is on the agenda."), undo=False)
            self.app.changed.publish(None)

    def action_keep(self) -> None:
        """Save the standing items as the template of the group."""
        message = _("standing items saved as the template of the group")
        self.write_change(agenda_template.save_as_template, self._ref, message=message)

    def action_forward(self) -> None:
        """Move an entry of the forward plan onto the agenda, or an item to the forward plan."""
        match self.row:
            case ForwardRow() as row:
                message = _("on the agenda: {title}").format(title=row.shown_title)
                self.write_change(agenda.take_forward_item, None, row.position, self._ref, message=message)
            case AgendaRow() as row:
                message = _("for a later meeting: {title}").format(title=row.shown_title)
                self.write_change(agenda.postpone_item, self._ref, row.position, message=message)
            case PaperRow():
                show_toast(self.app, _("Papers cannot be moved. Press . and f to move items."), undo=False)

    @on(AgendaEntry.Entered)
    def _store_entered(self, event: AgendaEntry.Entered) -> None:
        self._store_line(event.request, event.text)

    @work(group="write")
    async def _store_line(self, request: EntryRequest, text: str) -> None:
        """Write the typed line and clear it; after a new item, start the next one."""
        with errors_as_toasts(self.app):
            record = await self._write_line(request, text)
            self._target_key = getattr(record, "key", None)
            self.entry.clear_line()
            if request.kind == "add":
                self.entry.start_line(request)
            else:
                self.list_pane.focus()
            self.app.changed.publish(None)

    async def _write_line(self, request: EntryRequest, text: str) -> Any:
        from ahtc_tui.domain.drafts import meetings as drafts
        from ahtc_tui.domain.drafts.minutes import build_agenda_draft

        today, number = self.desk.today, self._find_position(request.key)
        if not request.is_item:
            paper = next(paper for paper in self._agenda.card.papers if paper.key == request.key)  # type: ignore[union-attr]
            if request.kind == "withheld":
                return await self.desk.run(papers.note_withholding, self._ref, paper.ref, text)
            path = await self.desk.run(parse_path, text)
            return await self.desk.run(paper_files.attach_file, self._ref, paper.ref, path)
        keyword = {"paper": "due", "forward": "for"}.get(request.kind)
        item_text, day = split_day(text, keyword, today) if keyword else (text, None)
        if request.kind == "paper":
            title, author = read_paper(item_text)
            draft = drafts.build_paper_draft({"title": title, "author": author, "item": number, "due": day}, today)
            return await self.desk.run(papers.add_paper, self._ref, draft)
        values = read_item_values(item_text)
        if request.kind == "forward":
            plan = drafts.build_forward_draft({**values, "for_on": day}, today)
            return await self.desk.run(agenda.add_forward_item, self._group_ref(), plan)
        if request.kind == "edit" and number is not None:
            changed = drafts.build_item_edit({name: value or "" for name, value in values.items()})
            return await self.desk.run(agenda.edit_item, self._ref, number, changed)
        return await self.desk.run(agenda.add_item, self._ref, build_agenda_draft(values))

    def _list_items(self) -> tuple[AgendaRow, ...]:
        return self._agenda.card.agenda if self._agenda else ()

    def _find_position(self, key: RowKey) -> int | None:
        return next((item.position for item in self._list_items() if item.key == key), None)

    def _group_ref(self) -> str:
        return (self._agenda.card.row.group_ref if self._agenda else None) or ""

    def action_give_up(self) -> None:
        """Discard the typed line."""
        self.entry.clear_line()
        self.list_pane.focus()

    def list_unsaved_work(self) -> list[str]:
        """Return the line that is being typed."""
        text = self.entry.unsaved_text
        return [_('the line "{text}" of the agenda {ref}').format(text=text, ref=self._ref)] if text else []

    @property
    def typed_text_key(self) -> str:
        """The agenda of a meeting."""
        return f"{type(self).__name__}: {self._ref}"

    def read_unsaved_values(self) -> dict[str, Any]:
        """Return the line that is being typed, with its request."""
        request, text = self.entry.request, self.entry.unsaved_text
        if request is None or not text:
            return {}
        return {"kind": request.kind, "prompt": request.prompt, "key": request.key.hex(), "text": text}

    def _restore_typed_text(self) -> None:
        """Put back the line that was typed here when the screen lost its terminal."""
        if values := take_typed_text(self.app, self.typed_text_key):
            request = EntryRequest(values["kind"], values["prompt"], RowKey(bytes.fromhex(values["key"])))
            self.entry.start_line(request)
            self.entry.input.value = values["text"]

    def action_leave(self) -> None:
        """Return to the meetings, after a question if a line is being typed."""
        self.app.leave_screen(self)


def read_item_values(text: str) -> dict[str, Any]:
    """Parse a typed line into the fields of an item. Raises BadInput."""
    item = read_item(text)
    return {"title": item.title, "presenter": item.presenter, "minutes": item.minutes, "section": item.section}
