"""The Groups mode: list of boards and fora, with the card of the selected one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from textual import work

from ahtc_tui.domain.dates.formatting import format_due, soften_date
from ahtc_tui.domain.fields.model import build_row
from ahtc_tui.domain.filters.model import FilterNoun
from ahtc_tui.domain.groups.fields import build_fact_rows, build_state_rows
from ahtc_tui.domain.groups.model import (
    GroupCard,
    GroupRow,
    GroupState,
    MemberKind,
    SeatRole,
    SeatRow,
    find_current_terms,
)
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.services.groups import service as groups
from ahtc_tui.tui.base.party_options import list_candidates
from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.groups.tables import write_brief
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column, build_stated_columns
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.detail_pane import (
    Fact,
    Gap,
    Heading,
    Item,
    Para,
    Section,
    Title,
    build_facts,
    build_source_sections,
)
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import ListSource, PageSource

PEOPLE = (MemberKind.PERSON, MemberKind.POST)


def build_sections(card: GroupCard, open_actions: Sequence[str]) -> Iterator[Section]:
    """Return the sections of the card from top to bottom."""
    row = card.row
    former = [chair for chair in card.chairs if chair.to_on or chair.replaced]
    yield Title(row.short or "", row.name)
    yield Para("   ".join(text for _label, values in build_state_rows(card) for text in values))
    yield Gap()
    yield from build_facts(build_fact_rows(card))
    yield from build_facts(
        (
            build_row(_("Terms"), _format_terms(card)),
            build_row(_("Chaired"), *(f"{chair.name} {chair.term}" for chair in former)),
        )
    )
    yield Gap()
    yield Heading(format_heading(_("Open actions"), len(open_actions)))
    yield from (Item(action.replace(" ", "  ", 1)) for action in open_actions)
    closed = [action.partition(" ")[0] for action in card.actions if action not in open_actions]
    if closed:
        yield Para(_("no longer open: {refs}").format(refs=", ".join(closed)), muted=True)
    yield Gap()
    yield Heading(format_heading(_("Seats"), len(card.seats)))
    yield from _build_seat_facts(card.seats)
    if not card.seats:
        yield Para(_("press . and s to add the first one"), muted=True)
    if card.expired:
        names = ", ".join(f"{seat.member} ({seat.to_on})" for seat in card.expired)
        yield Para(_("expired: {names}").format(names=names), muted=True)
    yield Gap()
    yield Heading(format_heading(_("Meetings"), len(card.meetings)))
    yield from (Item(meeting) for meeting in card.meetings)
    yield from _build_terms(card)
    yield Gap()
    yield from build_source_sections(row.source, card.source_notes)


def _format_terms(card: GroupCard) -> str | None:
    """Return the version of the terms of reference that is in force, else the newest one, with its review date."""
    current = find_current_terms(card.terms)
    if current is None:
        return None
    text = _("version {version}").format(version=current.version)
    return text + (_(", to review {day}").format(day=current.review_on) if current.review_on else "")


def _build_terms(card: GroupCard) -> Iterator[Section]:
    """Yield the text of the terms of reference that are in force, if it is stored."""
    current = find_current_terms(card.terms)
    if current and current.text:
        yield Gap()
        yield Heading(format_heading(_("Terms of reference")))
        yield from (Para(line) for line in current.text.splitlines())


def _build_seat_facts(seats: Sequence[SeatRow]) -> Iterator[Section]:
    """Lines by role: one for each person and post, then the organisations in one paragraph."""
    for role in dict.fromkeys(seat.role for seat in seats):
        seats_of_role = [seat for seat in seats if seat.role is role]
        people = [_format_seat(seat) for seat in seats_of_role if seat.member_kind in PEOPLE or seat.holder]
        others = [seat for seat in seats_of_role if seat.member_kind not in PEOPLE and not seat.holder]
        bodies = " · ".join(_format_seat(seat) for seat in others)
        label = _("For Wales") if role is SeatRole.REPRESENTS_WALES else role.format_label(len(seats_of_role))
        for number, text in enumerate(filter(None, (*people, bodies))):
            yield Fact("" if number else label, text)


def _format_seat(seat: SeatRow) -> str:
    text = seat.member
    if seat.member_kind is MemberKind.CLASS:
        text += _(" (a class)")
    elif seat.holder and seat.holder != seat.member:
        text += f" ({seat.holder})"
    return text + (_(", until {date}").format(date=soften_date(seat.to_on)) if seat.to_on else "")


NOT_YET = (GroupState.PROPOSED, GroupState.DEVELOPING)
INACTIVE = (GroupState.DORMANT, GroupState.CLOSED)


class GroupsScreen(RecordScreen[GroupRow]):
    """List of boards, fora, networks and other bodies."""

    noun = "groups"
    filter_noun = FilterNoun.GROUPS
    removed_noun = "group"
    empty_hint = gettext_noop("There are no groups yet. Press n to add one.")
    row_actions = frozenset(("edit", "seats", "rename", "close_group", "brief", "attendance", "copy_ref"))
    BINDINGS = build_bindings("group.*")

    def build_columns(self) -> Sequence[Column[GroupRow]]:
        return group_columns(self.desk.today)

    async def load_source(self, text: str) -> PageSource[GroupRow]:
        """Return the groups that match the filter text."""
        return ListSource(await self.desk.show(groups.list_groups, text), lambda row: row.key)

    async def load_sections(self, row: GroupRow) -> Iterable[Section]:
        card = await self.desk.show(groups.show_group, row.ref)
        return tuple(build_sections(card, await self.desk.show(groups.list_open_actions, row.ref)))

    def name_rows(self, total: int) -> str:
        return format_record_noun("groups", total)

    def order_text(self) -> str:
        return _("by name ↑")

    def select_record(self, ref: str) -> None:
        """Select a group; the reference of a seat ("idmg/ahtc") selects its group."""
        super().select_record(ref.partition("/")[0])

    @work(group="write")
    async def action_new(self) -> None:
        from ahtc_tui.tui.groups.form import GroupForm

        form = GroupForm(self.desk, await list_candidates(self.app, "person", "post", "organisation"))
        if await self.app.push_screen_wait(form) is not None and form.written is not None:
            self._added_ref = form.written.ref
            self.app.announce_write(_("{name} added").format(name=form.written.name))

    @work(group="write")
    async def action_edit(self) -> None:
        from ahtc_tui.tui.groups.form import GroupForm

        if (row := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                card, desk = await self.desk.open_record(groups.show_group, row.ref)
                stored = await desk.run(groups.show_group, row.ref)  # the form has a field for each language's name
                card = replace(card, row=replace(card.row, name=stored.row.name))
                form = GroupForm(desk, await list_candidates(self.app, "person", "post", "organisation"), card)
                if await self.app.push_screen_wait(form) is not None and form.written is not None:
                    self.app.announce_write(_("{name} edited").format(name=form.written.name))

    @work(group="write")
    async def action_rename(self) -> None:
        """Rename the selected group from a day."""
        from ahtc_tui.tui.groups.form import RenameForm

        if (row := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                card, desk = await self.desk.open_record(groups.show_group, row.ref)
                form = RenameForm(desk, card.row)
                if await self.app.push_screen_wait(form) is not None and form.renamed is not None:
                    self.app.announce_write(_("{ref} renamed").format(ref=row.name), *form.renamed.format_posts())

    @work(group="write")
    async def action_close_group(self) -> None:
        """Close the selected group with what ends with it."""
        from ahtc_tui.services.groups.closing import preview_group_end
        from ahtc_tui.tui.groups.form import CloseGroupForm

        if (row := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                end = await self.desk.show(preview_group_end, row.ref)
                form = CloseGroupForm(self.desk, end, await list_candidates(self.app, "group"))
                await self.app.open_form(form, _("{name} is closed").format(name=row.name))

    def action_seats(self) -> None:
        """Open the seats of the selected group."""
        from ahtc_tui.tui.groups.seats import SeatsScreen

        if (row := self.list_pane.highlighted) is not None:
            self.app.push_screen(SeatsScreen(row))

    @work(exclusive=True, group="table")
    async def action_ours(self) -> None:
        """Open our own seats, and select the group opened there."""
        from ahtc_tui.services.groups import membership
        from ahtc_tui.tui.groups.tables import OurSeatsScreen

        with errors_as_toasts(self.app):
            self.app.push_screen(OurSeatsScreen(await self.desk.show(membership.list_memberships)), self._show_opened)

    @work(exclusive=True, group="table")
    async def action_attendance(self) -> None:
        """Open the attendance at the meetings of the selected group."""
        from ahtc_tui.tui.groups.tables import AttendanceRatesScreen

        if (row := self.list_pane.highlighted) is not None:
            with errors_as_toasts(self.app):
                self.app.push_screen(AttendanceRatesScreen(row.ref, row.name), self._show_contact)

    @work(exclusive=True, group="table")
    async def action_matrix(self) -> None:
        """Open the matrix of seats, and select the group opened there."""
        from ahtc_tui.services.groups import membership
        from ahtc_tui.tui.groups.tables import SeatMatrixScreen

        with errors_as_toasts(self.app):
            self.app.push_screen(SeatMatrixScreen(await self.desk.show(membership.show_seat_matrix)), self._show_opened)

    @work(exclusive=True, group="table")
    async def action_forum_map(self) -> None:
        """Open the fora by area, and select the forum opened there."""
        from ahtc_tui.services.groups import membership
        from ahtc_tui.tui.groups.tables import ForumMapScreen

        with errors_as_toasts(self.app):
            self.app.push_screen(ForumMapScreen(await self.desk.show(membership.build_forum_map)), self._show_opened)

    def action_areas(self) -> None:
        """Open the areas of the office."""
        from ahtc_tui.tui.groups.areas import AreasScreen

        self.app.push_screen(AreasScreen())

    @work(group="export")
    async def action_brief(self) -> None:
        """Write the brief of the selected group to the exports folder."""
        if (row := self.list_pane.highlighted) is not None:
            await write_brief(self.app, row.ref)

    def _show_contact(self, ref: str | None) -> None:
        if ref:
            self.app.open_record("person", ref)

    def _show_opened(self, ref: str | None) -> None:
        if ref:
            self.select_record(ref)


def group_columns(today: date) -> Sequence[Column[GroupRow]]:
    """Return the columns name, kind, state, seats, open actions and next meeting."""
    return (
        Column(_("Group"), None, format_full_name, sort="name", value=lambda row: row.name),
        Column(_("Kind"), 11, lambda row: row.kind.label, optional=True, grows=True, sort="kind", under="status"),
        Column(_("Status"), 11, lambda row: row.state.label, style=_choose_state_style, grows=True, sort="status"),
        Column(_("Seats"), 5, lambda row: str(row.seats or "–"), "right", _mute_without_seats, sort="seats"),
        Column(_("Open"), 4, lambda row: str(row.open_actions or "–"), "right", _mute_without_actions, sort="open"),
        Column(
            _("Next meeting"),
            12,
            lambda row: format_due(row.next_meeting, today, False) if row.next_meeting else "",
            sort="next",
            value=lambda row: row.next_meeting,
        ),
        *build_stated_columns(GroupRow),
    )


def format_full_name(row: GroupRow) -> str:
    """Return the name, after the short name if there is one."""
    return f"{row.short}  {row.name}" if row.short else row.name


def _mute_without_seats(row: GroupRow) -> str:
    return "" if row.seats else "muted"


def _mute_without_actions(row: GroupRow) -> str:
    return "" if row.open_actions else "muted"


def _choose_state_style(row: GroupRow) -> str:
    return "soon" if row.state in NOT_YET else "muted" if row.state in INACTIVE else ""
