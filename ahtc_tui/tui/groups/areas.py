"""The areas of the office: a table to add, rename and end them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual import work

from ahtc_tui.domain.areas.model import AreaKind, AreaRow
from ahtc_tui.domain.dates.parser import read_date
from ahtc_tui.domain.dates.periods import format_term
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.services.areas import service as areas
from ahtc_tui.tui.base.service_threads import Desk, find_row
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.groups.form import DayForm
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.form import FormRow, FormScreen, make_text_input
from ahtc_tui.tui.widgets.owner_field import Candidate, Candidates, OwnerField
from ahtc_tui.tui.widgets.plain import join_lines
from ahtc_tui.tui.widgets.select import build_enum_select


class AreasScreen(TableScreen[AreaRow]):
    """Table of the areas by kind."""

    row_actions = frozenset(("edit", "end"))
    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "area.*", "desk.undo", "desk.redo")
    empty_text = gettext_noop("There are no areas yet. Press n to add one.")
    has_legend = False

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the areas."""
        with errors_as_toasts(self.app):
            rows = await self.app.desk.show(areas.list_areas)
            self.show_rows(rows, lambda area: area.ref)
            self.head.update(ngettext("1 area", "{n} areas", len(rows)))

    def columns(self) -> Sequence[Column[AreaRow]]:
        return (
            Column(_("Area"), None, lambda area: area.name, sort="area"),
            Column(_("Kind"), 16, lambda area: area.kind.label, sort="kind"),
            Column(_("Part of"), 18, lambda area: area.part_of_name or "–", optional=True, sort="part"),
        )

    def describe_row(self, row: AreaRow) -> tuple[str, str]:
        """Return the names and the period of the area."""
        names = [f"{name.name}   {format_term(name.from_on, name.to_on)}" for name in row.names]
        facts = [row.name_en, row.name_cy, format_term(row.from_on, row.to_on)]
        return row.name, "\n".join(filter(None, ["   ".join(filter(None, facts)), *names]))

    def ref_of(self, row: AreaRow) -> str | None:
        """Edit the opened area."""
        self.action_edit()
        return None

    @work(group="write")
    async def action_new(self) -> None:
        form = AreaForm(self.app.desk, await self._list_candidates())
        await self.app.open_form(form, _("Area added"))

    @work(group="write")
    async def action_edit(self) -> None:
        if (area := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                rows, desk = await self.app.desk.open_record(areas.list_areas)
                form = AreaForm(desk, await self._list_candidates(), find_row(rows, ref=area.ref))
                await self.app.open_form(form, _("{ref} edited").format(ref=area.name))

    @work(group="write")
    async def action_end(self) -> None:
        """Set the last day of the selected area."""
        if (area := self.list_pane.highlighted) is not None:
            title = _("Last day of {name}").format(name=join_lines(area.name))
            answer = await self.app.push_screen_wait(DayForm(self.app.desk, title, _("Last day")))
            if answer is not None:
                with errors_as_toasts(self.app):
                    await self.app.desk.run(areas.end_area, area.ref, answer["day"])
                    self.app.announce_write(_("{ref} ends on {day}").format(ref=area.name, day=answer["day"]))

    async def _list_candidates(self) -> Candidates:
        rows = await self.app.desk.show(areas.list_areas)
        return Candidates((Candidate(row.name, row.ref) for row in rows), ("area",))


class AreaForm(FormScreen):
    """Form of a new area or of an existing one, whose name changes now or from a day on."""

    fields_of_column: ClassVar = {"parent": ("part_of",), "area_names": ("name", "name_cy", "name_from")}

    def __init__(self, desk: Desk, candidates: Sequence[Candidate], area: AreaRow | None = None) -> None:
        title = _("New area") if area is None else _("Edit {name}").format(name=join_lines(area.name))
        super().__init__(title, desk.seen)
        self._desk, self._candidates, self._area = desk, candidates, area

    def rows(self) -> Iterable[FormRow]:
        area, reader = self._area, partial(read_date, today=self._desk.today)
        yield FormRow("name", _("Name"), make_text_input(area.name_en if area else ""), required=True)
        name_cy = area.name_cy or "" if area else ""
        yield FormRow("name_cy", _("Welsh name"), make_text_input(name_cy), is_extra=not name_cy)
        if area is not None:
            hint = _("the first date, only for a new name; older papers keep the old name")
            yield FormRow("name_from", _("Name from"), DateField(reader, ""), hint)
        kind = area.kind if area else AreaKind.REGION
        yield FormRow("kind", _("Kind"), build_enum_select(AreaKind, kind.value, blank=False))
        yield FormRow("part_of", _("Part of"), OwnerField(self._candidates, area.part_of if area else "wales"))

    async def accept(self, values: dict[str, Any]) -> None:
        from ahtc_tui.domain.drafts.areas import build_area_draft

        first = values.pop("name_from", None)
        draft = build_area_draft({name: value or "" for name, value in values.items()}, self._desk.today)
        if self._area is None:
            await self._desk.run(areas.add_area, draft)
        else:
            await self._desk.run(areas.edit_area, self._area.ref, draft, first)
