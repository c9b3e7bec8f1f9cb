"""Screens of possible duplicates: the list of pairs, and the comparison and merge of one pair."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work

from ahtc_tui.domain.contacts.duplicates import DuplicatePair
from ahtc_tui.domain.contacts.merge_records import KeptSide, MergeField, MergePlan, format_moves
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.services.contacts import duplicates, merge_records
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.record_pages import ListSource


class DuplicatesScreen(TableScreen[DuplicatePair]):
    """List of pairs that may be the same contact, likeliest first."""

    row_actions = frozenset(("apart",))
    BINDINGS = build_bindings("pairs.*", "desk.undo", "desk.redo", "desk.help", "desk.exit")
    noun = "contacts"
    has_legend = False
    empty_text = gettext_noop("There are no likely duplicates.")

    def columns(self) -> Sequence[Column[DuplicatePair]]:
        return (
            Column(_("Likely"), 6, lambda pair: f"{pair.percent_likely} %", "right"),
            Column(_("Contact"), None, lambda pair: pair.a_name),
            Column(_("Likely the same as"), None, lambda pair: pair.b_name),
            Column(_("Kind"), 12, lambda pair: pair.kind.label, optional=True, style=lambda _pair: "muted"),
        )

    def on_mount(self) -> None:
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Find the pairs."""
        with errors_as_toasts(self.app):
            pairs = await self.app.desk.show(duplicates.find_duplicates)
            self.show_rows(pairs, lambda pair: (pair.a_ref, pair.b_ref))
            heading = ngettext(
                "1 possible duplicate. Nothing is merged automatically.",
                "{n} possible duplicates. Nothing is merged automatically.",
                len(pairs),
            )
            self.head.update(heading if pairs else _("Duplicates"))
            if not pairs:
                self.details.update("")

    def describe_row(self, row: DuplicatePair) -> tuple[str, str]:
        return f"{row.a_ref} · {row.b_ref}", ", ".join(row.reasons)

    def ref_of(self, row: DuplicatePair) -> str | None:
        """Compare the two contacts of the opened pair."""
        self.open_comparison(row)
        return None

    @work(group="over")
    async def open_comparison(self, pair: DuplicatePair) -> None:
        """Compare the two contacts of the selected pair."""
        with errors_as_toasts(self.app):
            plan = await self.app.desk.run(merge_records.preview_merge, pair.a_ref, pair.b_ref)
            self.app.push_screen(MergeScreen(plan))

    @work(group="write")
    async def action_apart(self) -> None:
        """Mark the two contacts of the selected pair as different."""
        pair: DuplicatePair | None = self.list_pane.highlighted
        if pair is not None:
            with errors_as_toasts(self.app):
                await self.app.desk.run(duplicates.mark_distinct, pair.a_ref, pair.b_ref)
                self.app.announce_write(_("{a} and {b} are different").format(a=pair.a_name, b=pair.b_name))


class MergeScreen(TableScreen[MergeField]):
    """Comparison of two records field by field; the first is kept with the chosen values."""

    BINDINGS = build_bindings("merge.*", "desk.help", "desk.exit")
    noun = "contacts"
    has_legend = False

    def __init__(self, plan: MergePlan) -> None:
        super().__init__()
        self._plan = plan
        self._take: dict[str, str] = {}

    def columns(self) -> Sequence[Column[MergeField]]:
        return (
            Column(_("Field"), 20, lambda field: format_field_name(field.name)),
            _build_side_column(_("A"), KeptSide.A),
            _build_side_column(_("B"), KeptSide.B),
        )

    def on_mount(self) -> None:
        self._show_plan()

    def _show_plan(self, at: MergeField | None = None) -> None:
        plan = self._plan
        self.head.update(
            _("A {a} stays   B {b} is removed, and its reference leads to A").format(a=plan.ref, b=plan.gone)
        )
        source = ListSource(plan.fields, lambda field: field.name)
        self.list_pane.show(source, key=source.key_of(at) if at else None)
        moves, repeated = format_moves(plan.moves), format_moves(plan.repeated)
        self.details.update(_("Moves: {moves}\nAlready recorded: {there}").format(moves=moves, there=repeated))

    @work(group="load", exclusive=True)
    async def action_take(self, side: str) -> None:
        """Choose the other value of the selected field."""
        field: MergeField | None = self.list_pane.highlighted
        if field is not None:
            with errors_as_toasts(self.app):
                take = {**self._take, field.name: side}
                plan = self._plan
                self._plan = await self.app.desk.run(merge_records.preview_merge, plan.ref, plan.gone, take)
                self._take = take
                self._show_plan(field)

    @work(group="load", exclusive=True)
    async def action_swap(self) -> None:
        """Keep the other record; all choices start again."""
        with errors_as_toasts(self.app):
            self._plan = await self.app.desk.run(merge_records.preview_merge, self._plan.gone, self._plan.ref)
            self._take = {}
            self._show_plan()

    def list_unsaved_work(self) -> list[str]:
        """Return the comparison whose values were chosen."""
        text = _("the choices of {a} and {b}, not merged yet")
        return [text.format(a=self._plan.ref, b=self._plan.gone)] if self._take else []

    def action_close(self) -> None:
        """Return to the pairs, after a question if values were chosen."""
        self.app.leave_screen(self)

    @work(group="write")
    async def action_merge(self) -> None:
        """Merge the two records."""
        with errors_as_toasts(self.app):
            plan = await self.app.desk.run(merge_records.merge_contacts, self._plan.ref, self._plan.gone, self._take)
            sentence = "; ".join((_("{b} was merged into {a}").format(a=plan.ref, b=plan.gone), *plan.to_decide))
            self.app.announce_write(sentence)
            self.dismiss(None)


def _build_side_column(heading: str, side: KeptSide) -> Column[MergeField]:
    return Column(
        heading,
        None,
        lambda field: _format_value(field, side),
        style=lambda field: "" if field.take is side else "muted",
    )


def _format_value(field: MergeField, side: KeptSide) -> str:
    value = field.a if side is KeptSide.A else field.b
    return f"{'●' if value and field.take is side else ' '} {value or '–'}"
