"""The agenda of a meeting: what each key does to its items, its papers and the forward plan. Nothing here is modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on, work

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.agenda import ForwardRow, PaperRow, split_day, typed_item
from ahtc_tui.domain.meetings.model import AgendaRow
from ahtc_tui.services.meetings import agenda, agenda_template, forward_plan, papers
from ahtc_tui.services.minutes import live_minutes
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.agenda import AGENDA
from ahtc_tui.tui.meetings.agenda_line import AgendaEntry, Asked
from ahtc_tui.tui.meetings.agenda_list import AgendaLine
from ahtc_tui.tui.meetings.agenda_view import AgendaView
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.owner_field import Candidate
from ahtc_tui.tui.widgets.record_list import RecordList

Row = AgendaRow | PaperRow | ForwardRow


class AgendaScreen(AgendaView):
    """One agenda while it is made."""

    BINDINGS = bindings(*AGENDA)

    def on_mount(self) -> None:
        """Read the agenda, and again after every change."""
        self.app.changed.subscribe(self, lambda _nothing: self.read())
        self._begin()

    @work(group="begin")
    async def _begin(self) -> None:
        with told(self.app):
            found = await self.desk.ask(live_minutes.owners, self._ref)
            self.entry.offer([Candidate(who.label, who.ref, (who.also, who.ref)) for who in found])
        self.read()

    @work(exclusive=True, group="load")
    async def read(self) -> None:
        """Read the agenda anew."""
        with told(self.app):
            self._agenda = await self.desk.ask(agenda.agenda_desk, self._ref)
            self.draw()

    @property
    def row(self) -> Row | None:
        """What the cursor stands on."""
        line: AgendaLine | None = self.list_pane.highlighted
        return line.row if line is not None else None

    @work(group="write")
    async def write(self, service: Callable[..., Any], *given: Any, done: str = "", goal: bytes | None = None) -> None:
        """Ask for a change, say what was done, and read the agenda anew."""
        with told(self.app):
            made = await self.desk.ask(service, *given)
            self._goal = goal or getattr(made, "key", None)
            if done:
                say(self.app, done)
            self.app.changed.publish(None)

    def action_new(self) -> None:
        """Type a new item."""
        self.entry.ask(Asked("add", _("New item")))

    def action_plan(self) -> None:
        """Type something for a later meeting."""
        self.entry.ask(Asked("forward", _("For later")))

    def action_edit(self) -> None:
        """Put the item into the line; enter puts it back changed."""
        row = self.row
        if isinstance(row, AgendaRow):
            text = typed_item(row.title, row.presenter_ref, row.minutes, row.section)
            self.entry.ask(Asked("edit", _("Item {n}").format(n=row.position), row.key), text)

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        if isinstance(self.row, ForwardRow):
            self.action_forward()
        else:
            self.action_edit()

    def action_paper(self) -> None:
        """Type a paper for the item."""
        row = self.row
        number = row.item if isinstance(row, PaperRow) else row.position if isinstance(row, AgendaRow) else None
        item = next((item for item in self._items() if item.position == number), None)
        prompt = _("Paper for item {n}").format(n=number) if item else _("Paper")
        self.entry.ask(Asked("paper", prompt, item.key if item else b""))

    def action_withhold(self) -> None:
        """Type why the paper is not published."""
        if isinstance(row := self.row, PaperRow):
            self.entry.ask(Asked("withheld", _("Withheld because"), row.key), row.withheld_because or "")

    def action_publish(self) -> None:
        """The paper was published."""
        if isinstance(row := self.row, PaperRow):
            self.write(papers.publish_paper, self._ref, row.ref, done=_("{ref} published").format(ref=row.ref))

    def action_move(self, by: int) -> None:
        """Move the item among the others."""
        row = self.row
        if isinstance(row, AgendaRow):
            places = [item.position for item in self._items()]
            to = places.index(row.position) + by
            if 0 <= to < len(places):
                self.write(agenda.move_item, self._ref, row.position, places[to])

    def action_stretch(self, by: int) -> None:
        """More or fewer minutes for the item."""
        from ahtc_tui.domain.drafts.agenda import item_edit

        row = self.row
        if isinstance(row, AgendaRow) and (minutes := (row.minutes or 0) + by) >= 0:
            self.write(agenda.edit_item, self._ref, row.position, item_edit({"minutes": minutes or None}))

    def action_remove(self) -> None:
        """Take off whatever the cursor stands on."""
        match self.row:
            case AgendaRow() as row:
                self.write(agenda.remove_item, self._ref, row.position, done=_("item removed"))
            case PaperRow() as row:
                self.write(papers.remove_paper, self._ref, row.ref, done=_("{ref} removed").format(ref=row.ref))
            case ForwardRow() as row:
                done = _("taken out of the forward plan")
                self.write(forward_plan.remove_forward, self._group(), row.position, done=done)

    @work(group="write")
    async def action_template(self) -> None:
        """The items of the template that are not on the agenda yet."""
        with told(self.app):
            count = await self.desk.ask(agenda_template.use_template, self._ref)
            if count:
                say(self.app, say_number(count, _("1 item from the template"), _("{n} items from the template")))
            else:
                say(self.app, _("Every item of the template is on the agenda."), undo=False)
            self.app.changed.publish(None)

    def action_keep(self) -> None:
        """The standing items become the template of the group."""
        done = _("the standing items are the template of the group")
        self.write(agenda_template.keep_as_template, self._ref, done=done)

    def action_forward(self) -> None:
        """From the forward plan onto the agenda; an item the other way."""
        match self.row:
            case ForwardRow() as row:
                done = _("on the agenda: {title}").format(title=row.title)
                self.write(forward_plan.take_forward, None, row.position, self._ref, done=done)
            case AgendaRow() as row:
                done = _("for a later meeting: {title}").format(title=row.title)
                self.write(forward_plan.put_off, self._ref, row.position, done=done)
            case PaperRow():
                say(self.app, _("A paper stays with the meeting: f moves items."), undo=False)

    @on(AgendaEntry.Entered)
    def _entered(self, event: AgendaEntry.Entered) -> None:
        self._store(event.asked, event.text)

    @work(group="write")
    async def _store(self, asked: Asked, text: str) -> None:
        """Write what was typed; the line is emptied only then. A new item is followed by the next one."""
        with told(self.app):
            made = await self._written(asked, text)
            self._goal = getattr(made, "key", None)
            self.entry.rest()
            if asked.what == "add":
                self.entry.ask(asked)
            else:
                self.list_pane.focus()
            self.app.changed.publish(None)

    async def _written(self, asked: Asked, text: str) -> Any:
        from ahtc_tui.domain.drafts import agenda as drafts
        from ahtc_tui.domain.drafts.minutes import agenda_draft

        today, number = self.desk.today, self._number(asked.key)
        if asked.what == "withheld":
            paper = next(paper for paper in self._agenda.card.papers if paper.key == asked.key)  # type: ignore[union-attr]
            return await self.desk.ask(papers.withhold_paper, self._ref, paper.ref, text)
        word = {"paper": "due", "forward": "for"}.get(asked.what)
        rest, day = split_day(text, word, today) if word else (text, None)
        said = agenda_line(rest)
        if asked.what == "paper":
            draft = drafts.paper_draft(
                {"title": said["title"], "author": said["presenter"], "item": number, "due": day}, today
            )
            return await self.desk.ask(papers.add_paper, self._ref, draft)
        if asked.what == "forward":
            plan = drafts.forward_draft({**said, "for_on": day}, today)
            return await self.desk.ask(forward_plan.add_forward, self._group(), plan)
        if asked.what == "edit" and number is not None:
            changed = drafts.item_edit({name: value or "" for name, value in said.items()})
            return await self.desk.ask(agenda.edit_item, self._ref, number, changed)
        return await self.desk.ask(agenda.add_item, self._ref, agenda_draft(said))

    def _items(self) -> tuple[AgendaRow, ...]:
        return self._agenda.card.agenda if self._agenda else ()

    def _number(self, key: bytes) -> int | None:
        return next((item.position for item in self._items() if item.key == key), None)

    def _group(self) -> str:
        return (self._agenda.card.row.group_ref if self._agenda else None) or ""

    def action_give_up(self) -> None:
        """Leave the line without writing."""
        self.entry.rest()
        self.list_pane.focus()

    def action_leave(self) -> None:
        """Back to the meetings."""
        self.dismiss(None)


def agenda_line(text: str) -> dict[str, Any]:
    """A typed line as the fields of an item."""
    from ahtc_tui.domain.meetings.agenda import read_item

    said = read_item(text)
    return {"title": said.title, "presenter": said.presenter, "minutes": said.minutes, "section": said.section}
