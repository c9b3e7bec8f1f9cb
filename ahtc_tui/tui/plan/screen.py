"""The mode Plan: objectives with the state of their actions, milestones, and overlays over the whole plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual import work

from ahtc_tui.domain.actions.model import Status
from ahtc_tui.domain.filters.text_match import build_text_test
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.plan.model import (
    RATING_KEYS,
    UNRATED_KEY,
    Basis,
    ObjectiveCard,
    ObjectiveRow,
    PlanView,
    format_rating_mark,
)
from ahtc_tui.domain.plan.periods import NOT_SAID, ActionCounts, PlanCountsRow, PlanGrouping, format_filter
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.text.sources import format_source
from ahtc_tui.services.output_folders import export_to_folder
from ahtc_tui.services.plan import service as plan
from ahtc_tui.tui.base.sectioned_list_screen import SectionedListScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Heading, Line, Para, Section, Title
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource, PageSource, SortKey

PlanRow = ObjectiveRow | PlanCountsRow
"""An objective, or a lead or group with its counts."""


def build_lines(view: PlanView) -> Iterator[ObjectiveRow | HeadingLine]:
    """Yield the aims as headings, then the objectives; nothing if no objective matches."""
    if not view.objectives:
        return
    if view.version:
        yield HeadingLine(view.version.shown_title, ", ".join(view.version.descriptions))
        yield HeadingLine()
    yield HeadingLine(format_heading(_("Aims")), format_totals(view.total, view.open, view.late))
    yield from (HeadingLine(f"  {aim.shown_text}") for aim in view.aims)
    for basis in Basis:
        rows = [row for row in view.objectives if row.basis is basis]
        if rows:
            yield HeadingLine()
            yield _build_basis_heading(basis, len(rows))
        yield from rows


def _build_basis_heading(basis: Basis, count: int) -> HeadingLine:
    """Return the heading of the plan's objectives, or of our working grouping."""
    if basis is Basis.STATED:
        return HeadingLine(format_heading(_("Objectives of the plan"), count))
    return HeadingLine(
        format_heading(pgettext("objectives", "Grouped by the secretariat"), count), _("not part of the plan")
    )


def format_totals(total: int, open_count: int, late: int) -> str:
    """Return the counts of all actions: "44 actions, 28 open, 1 late"."""
    return ngettext(
        "1 action, {open} open, {late} late",
        "{n} actions, {open} open, {late} late",
        total,
        open=open_count,
        late=late,
    )


def build_count_lines(rows: Sequence[PlanCountsRow], total: ActionCounts) -> Iterator[PlanCountsRow | HeadingLine]:
    """Yield leads or groups under the counts of all actions."""
    yield HeadingLine(format_heading(_("All actions")), format_totals(total.total, total.open, total.late))
    yield from rows


def plan_columns(by: PlanGrouping) -> Sequence[Column[PlanRow]]:
    """Return the columns: number, title, progress, open actions, ratings and late actions."""
    number: list[Column[PlanRow]] = [
        Column(pgettext("number", "No."), 4, lambda row: str(row.number), "right", sort="number")
    ]
    return (
        *(number if by is PlanGrouping.OBJECTIVE else []),
        Column(by.label, None, lambda row: row.shown_title, sort="title"),
        Column("", 12, lambda row: draw_bar(row, 12), optional=True),
        Column(_("Open"), 8, format_open, "right", lambda row: "" if row.open else "muted", sort="open"),
        *(_build_rating_column(letter) for letter in RATING_KEYS),
        Column(_("Late"), 4, lambda row: str(row.late or "–"), "right", _choose_late_style, sort="late"),
    )


def format_open(row: PlanRow) -> str:
    """Return the number of open actions out of all."""
    return _("{open} of {n}").format(open=row.open, n=row.total)


def _build_rating_column(letter: str) -> Column[PlanRow]:
    """Return the column of a letter with the number of its actions: "R 1"; it is left out where there are none."""

    def count(row: PlanRow) -> int:
        return dict(row.by_brag).get(letter, 0)

    mark, style = format_rating_mark(letter), f"brag-{letter}" if letter != UNRATED_KEY else "muted"
    name = mark if letter != UNRATED_KEY else _("not rated")
    return Column(
        "",
        max(4, len(mark) + 3),
        lambda row: f"{mark} {count(row)}" if count(row) else "",
        style=lambda _row: style,
        sort=f"rating-{letter}",
        value=count,
        long_title=name,
    )


def _choose_late_style(row: PlanRow) -> str:
    return "late" if row.late else "muted"


def draw_bar(row: PlanRow, width: int) -> str:
    """Return a bar: thick for closed actions, thin for open ones."""
    done_width = round(width * (row.total - row.open) / row.total) if row.total else 0
    return "━" * done_width + "─" * (width - done_width)


OBJECTIVE_ACTIONS = ("new", "edit_objective", "met")
"""Actions on the selected objective."""


class PlanScreen(SectionedListScreen[PlanRow]):
    """The objectives of the Delivery Plan, or the actions by lead or group."""

    noun = "plan"
    empty_hint = gettext_noop("No objectives yet. Press . and N to add one, or 8 and i to import an action log.")
    row_actions = frozenset(("open_actions", "new", "edit_objective", "met", "copy_ref"))
    BINDINGS = build_bindings("delivery.*")

    def __init__(self) -> None:
        super().__init__()
        self._grouping = PlanGrouping.OBJECTIVE
        self._refs: set[str] = set()
        """References of the records in the list."""

    def build_columns(self) -> Sequence[Column[PlanRow]]:
        return plan_columns(self._grouping)

    build_new_columns = build_columns

    async def load_source(self, text: str) -> PageSource[PlanRow]:
        """Return the objectives, leads or groups that match the filter."""
        if self._grouping is PlanGrouping.OBJECTIVE:
            view = await self.desk.show(plan.show_plan, text)
            self._refs = {row.ref for row in view.objectives}
            return ListSource(build_lines(view), lambda row: row.ref)
        matches = build_text_test(text)
        counts = await self.desk.show(plan.show_plan_on, self.desk.today, self._grouping)
        rows = [row for row in counts.rows if matches(row.name)]
        self._refs = {row.ref or row.name for row in rows}
        return ListSource(build_count_lines(rows, counts.total), lambda row: row.ref or row.shown_title)

    async def load_sections(self, row: PlanRow) -> Iterable[Section]:
        if isinstance(row, PlanCountsRow):
            return tuple(build_count_sections(row))
        return tuple(build_sections(await self.desk.show(plan.show_objective, row.ref)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the commands of objectives on other lines."""
        is_possible = super().check_action(action, parameters)
        if action in OBJECTIVE_ACTIONS and self._grouping is not PlanGrouping.OBJECTIVE:
            return None
        return is_possible

    def explain_disabled(self, action: str) -> str:
        """Return why an action is disabled."""
        if action in OBJECTIVE_ACTIONS and self._grouping is not PlanGrouping.OBJECTIVE:
            return _("This command is for objectives only. Press v to show them.")
        return super().explain_disabled(action)

    def find_key(self, ref: str) -> SortKey | None:
        return (0, ref) if ref in self._refs else None

    def name_rows(self, total: int) -> str:
        if self._grouping is PlanGrouping.LEAD:
            return ngettext("lead", "leads", total)
        return format_record_noun("groups" if self._grouping is PlanGrouping.GROUP else "objectives", total)

    def select_record(self, ref: str) -> None:
        """Select an objective."""
        self._grouping = PlanGrouping.OBJECTIVE
        super().select_record(ref)

    def action_next_by(self) -> None:
        """Switch the grouping: objective, lead, group."""
        order = list(PlanGrouping)
        self._grouping = order[(order.index(self._grouping) + 1) % len(order)]
        self.load_rows(self.filter_bar.text)

    def action_open_actions(self) -> None:
        """Show the actions of the selected line in their mode."""
        if isinstance(row := self.selected_row, ObjectiveRow):
            self.app.show_record("action", f"obj:{row.number}")
        elif row is not None:
            self.app.show_record("action", format_filter(row.by, row.ref, row.name))

    @work(group="over")
    async def action_timeline(self) -> None:
        """Open the timeline."""
        from ahtc_tui.tui.plan.timeline import TimelineScreen

        with errors_as_toasts(self.app):
            self.app.push_screen(TimelineScreen(await self.desk.show(plan.show_timeline)), self._open_action)

    def _open_action(self, ref: str | None) -> None:
        """Show the action that was opened in an overlay."""
        if ref:
            self.app.show_record("action", ref)

    def action_charts(self) -> None:
        """Open the charts."""
        from ahtc_tui.tui.plan.charts import ChartsScreen

        self.app.push_screen(ChartsScreen(self.desk.today), self._open_action)

    def action_milestones(self) -> None:
        """Open the milestones."""
        from ahtc_tui.tui.plan.versions_and_milestones import MilestonesScreen

        self.app.push_screen(MilestonesScreen(), self._open_action)

    @work(group="over")
    async def action_versions(self) -> None:
        """Open the versions of the plan."""
        from ahtc_tui.tui.plan.versions_and_milestones import VersionsScreen

        with errors_as_toasts(self.app):
            self.app.push_screen(VersionsScreen(await self.desk.show(plan.list_versions)))

    @work(group="write")
    async def action_end_plan(self) -> None:
        """Open what goes on to the next plan, to close this one."""
        from ahtc_tui.tui.plan.versions_and_milestones import PlanEndScreen

        with errors_as_toasts(self.app):
            if versions := await self.desk.show(plan.list_versions):
                self.app.push_screen(PlanEndScreen(versions[0].ref))
            else:
                show_toast(self.app, _("There is no plan yet. Press e to open one."), undo=False)

    @work(group="write")
    async def action_new_objective(self) -> None:
        """Add an objective."""
        from ahtc_tui.tui.plan.form import ObjectiveForm

        with errors_as_toasts(self.app):
            form = ObjectiveForm(self.desk, await self.desk.run(plan.list_aims))
            await self.app.open_form(form, _("Objective added"))

    @work(group="write")
    async def action_edit_objective(self) -> None:
        """Edit the selected objective."""
        from ahtc_tui.tui.plan.form import ObjectiveForm

        if isinstance(row := self.selected_row, ObjectiveRow):
            with errors_as_toasts(self.app):
                card, desk = await self.desk.open_record(plan.show_objective, row.ref)
                form = ObjectiveForm(desk, await self.desk.run(plan.list_aims), card)
                await self.app.open_form(form, _("Objective {n} edited").format(n=row.number))

    @work(group="write")
    async def action_new_aim(self) -> None:
        """Add an aim."""
        from ahtc_tui.tui.plan.form import AimForm

        await self.app.open_form(AimForm(self.desk), _("Aim added"))

    def action_since(self) -> None:
        """Open the changes since the last Leadership Group meeting."""
        from ahtc_tui.tui.plan.changes_since import SinceScreen

        self.app.push_screen(SinceScreen(), self._open_action)

    @work(group="write")
    async def action_new(self) -> None:
        """Add a milestone to the selected objective."""
        from ahtc_tui.tui.plan.form import MilestoneForm

        if isinstance(row := self.selected_row, ObjectiveRow):
            await self.app.open_form(MilestoneForm(self.desk, row.number), _("Milestone added"))

    @work(group="write")
    async def action_edit(self) -> None:
        """Edit the version in force."""
        from ahtc_tui.tui.plan.form import NextPlanForm, PlanForm

        with errors_as_toasts(self.app):
            versions, desk = await self.desk.open_record(plan.list_versions)
            if versions:
                await self.app.open_form(PlanForm(desk, versions[0]), _("Plan edited"))
            else:
                await self.app.open_form(NextPlanForm(self.desk), _("The next plan is open"))

    @work(group="write")
    async def action_met(self) -> None:
        """Record that the first unmet milestone of the objective was met today."""
        from ahtc_tui.services.plan.versions_and_milestones import meet_milestone

        row = self.selected_row
        with errors_as_toasts(self.app):
            if isinstance(row, ObjectiveRow):
                card = await self.desk.run(plan.show_objective, row.ref)
                for milestone in card.milestones:
                    if milestone.met_on is None:
                        await self.desk.run(meet_milestone, milestone.ref)
                        self.app.announce_write(
                            _("{ref} met: {title}").format(ref=milestone.ref, title=milestone.shown_title)
                        )
                        return
                show_toast(self.app, _("The objective has no unmet milestones."), undo=False)

    @work(group="export")
    async def action_export(self) -> None:
        """Write the plan as a workbook to the exports folder."""
        from ahtc_tui.services.exports.plan import export_plan

        with errors_as_toasts(self.app):
            path, _result = await self.desk.run_long(export_to_folder, "plan", export_plan)
            self.app.announce_file(path)


def build_sections(card: ObjectiveCard) -> Iterator[Section]:
    """Yield the card of an objective: counts of its actions, the actions, milestones and source."""
    row = card.row
    yield Title(str(row.number), row.shown_title)
    if row.basis is Basis.GROUPING:
        yield Para(_("Grouped by the secretariat, and not part of the plan."), muted=True)
    yield Gap()
    yield from _build_facts(card)
    yield Gap()
    yield Heading(format_heading(_("Actions"), row.total))
    yield from (Fact(ref, f"{_format_status(status)} · {card.show_text(title)}") for ref, title, status in card.actions)
    if not card.actions:
        yield Line(_("none yet"), muted=True)
    if card.milestones:
        yield Gap()
        yield Heading(format_heading(_("Milestones")))
        for milestone in card.milestones:
            met = _("met {day}").format(day=milestone.met_on) if milestone.met_on else _("not yet met")
            yield Fact(
                milestone.ref, f"{milestone.shown_title}: {milestone.due or milestone.kind_label.lower()}, {met}"
            )
    if card.note:
        yield Gap()
        yield Para(card.note)
    yield Gap()
    yield Para(_("Source: {source}").format(source=format_source(row.source) or _("not stated")), muted=True)


def build_count_sections(row: PlanCountsRow) -> Iterator[Section]:
    """Yield the card of a lead or group: counts of its actions."""
    yield Title("", row.name)
    yield Gap()
    yield Fact(_("Open"), f"{format_open(row)}   {draw_bar(row, 20)}")
    yield Fact(_("Late"), str(row.late) if row.late else _("none"))
    statuses = [
        f"{number} {_format_status(name)}" for name, number in row.counts.by_status if number and name != NOT_SAID
    ]
    yield Fact(_("Status"), ", ".join(statuses))
    yield Fact(_("Rating"), _format_ratings(row))
    yield Gap()
    if row.ref:
        yield Line(_("press . and o to show them in Actions"), muted=True)


def _build_facts(card: ObjectiveCard) -> Iterator[Section]:
    row = card.row
    if row.title_cy:
        is_welsh = row.shown_title == row.title_cy
        yield Fact(_("English"), row.title) if is_welsh else Fact(_("Welsh"), row.title_cy)
    yield Fact(_("Open"), f"{format_open(row)}   {draw_bar(row, 20)}")
    yield Fact(_("Late"), str(row.late) if row.late else _("none"))
    yield Fact(_("Status"), ", ".join(f"{number} {_format_status(name)}" for name, number in row.by_status if number))
    yield Fact(_("Rating"), _format_ratings(row))
    yield Fact(_("Aims"), "; ".join(map(card.show_text, card.aims)) or _("not stated"))


def _format_ratings(row: PlanRow) -> str:
    """Return every rating with its count, the unrated last."""
    ratings = [f"{format_rating_mark(letter)} {number}" for letter, number in row.by_brag if letter != UNRATED_KEY]
    return "  ".join([*ratings, _("not rated {n}").format(n=dict(row.by_brag).get(UNRATED_KEY, 0))])


def _format_status(name: str) -> str:
    return Status(name).label.lower()
