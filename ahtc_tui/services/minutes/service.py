"""Use cases of taking minutes: agenda items, lines, and the objectives of the actions that they agree.

Each line is one transaction, on disk when the call returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.minutes.typed_lines import PREFIXES, read_line, split_lines, take_owners
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.mentions import find_mentions, replace_mentions
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.service import list_actions
from ahtc_tui.services.actions.writer import change_action
from ahtc_tui.services.minutes.lifecycle import find_line, refuse_cancelled
from ahtc_tui.services.minutes.writer import (
    ResolvedLine,
    create_outcome,
    refuse_inquorate_vote,
    remove_outcome,
    resolve_votes,
    update_outcome,
    write_line,
)
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.actions.queries import read_party_links
from ahtc_tui.store.contacts.party_lookup import Party, find_party, find_party_exactly
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.plan.queries import read_view
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields

if TYPE_CHECKING:
    from ahtc_tui.domain.actions.model import ActionRow
    from ahtc_tui.domain.plan.model import ObjectiveRow
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def tick_item(workspace: Workspace, ref: str, position: int, discussed: bool = True) -> None:
    """Mark an agenda item as dealt with, or remove the mark."""
    with workspace.database.write(f"item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        ledger.update("agenda_items", _find_item(ledger.cursor, meeting, position), {"discussed": int(discussed)})


def add_lines(
    workspace: Workspace, ref: str, typed: str, item: int | None = None, welsh: str | None = None
) -> list[LineRow]:
    """Add each line of a text under an item, by default the latest one, in one step; return the lines.

    A prefix after the end of a sentence begins a line. An action or decision gets a reference. Unknown owner names stay
    in the text, so that nothing is lost. Raises BadInput for an empty line and for several lines with a Welsh text,
    NotFound for an unknown item, Refused for a cancelled meeting and for a vote without a quorum at the item.
    """
    parts = split_lines(typed) or [typed]
    if len(parts) > 1 and welsh is not None:
        raise BadInput(_("The text has {n} lines. Give the Welsh text with one line at a time.").format(n=len(parts)))
    with workspace.database.write(f"minute {ref.upper()}: {' '.join(' '.join(parts).split())[:50]}") as ledger:
        meeting, ref = record_lookup.find_meeting(ledger.cursor, ref)
        today = workspace.today()
        day = _find_reference_day(ledger.cursor, meeting, today)
        lines = [_read_line(ledger.cursor, typed, day) for typed in parts]
        refuse_cancelled(ledger.cursor, meeting, ref)
        if item is None:
            item_key = queries.find_last_item(ledger.cursor, meeting)
        else:
            item_key = _find_item(ledger.cursor, meeting, item)
        keys = [write_line(ledger, meeting, item_key, line, today, welsh) for line in lines]
        return [_find_line(ledger.cursor, workspace, meeting, key) for key in keys]


def change_line_kind(workspace: Workspace, ref: str, key: RowKey, kind: LineKind) -> LineRow:
    """Change the kind of a line: remove its action or decision, and create or restore the record of the new kind.

    The owners and the due date of a removed action return to the text.
    """
    with workspace.database.write(f"line of {ref.upper()} as {kind}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        if line.kind is not kind:
            day = _find_reference_day(ledger.cursor, meeting, workspace.today())
            text = " ".join((line.typed_text, *_format_action_fields(ledger.cursor, key)))
            resolved = _read_line(ledger.cursor, f"{PREFIXES[kind]}: {text}", day)
            item = read_field(ledger.cursor, "minute_lines", key, "item")
            refuse_inquorate_vote(ledger.cursor, meeting, item, kind, workspace.today())
            remove_outcome(ledger, key)
            votes = resolve_votes(ledger.cursor, meeting, item, resolved, workspace.today())
            values = {"kind": kind.value, "action": None, "text": resolved.text, "votes": votes}
            ledger.update("minute_lines", key, values)
            create_outcome(ledger, meeting, key, resolved, workspace.today())
        return _find_line(ledger.cursor, workspace, meeting, key)


def _format_action_fields(cursor: Cursor, line: RowKey) -> Iterator[str]:
    """Yield owners and due date of the action of a line as they are typed: "@jeff-farrar", "due 31 January 2014"."""
    action = read_field(cursor, "minute_lines", line, "action")
    if action is None:
        return
    lead, due = read_fields(cursor, "actions", action, ("lead", "due")).values()
    for party in (lead, *read_party_links(cursor, action, PartyRole.SUPPORT)):
        if party:
            yield f"@{read_field(cursor, 'parties', party, 'ref')}"
    if due:
        yield pgettext("typed line", "due {day}").format(day=read_stored_date(due))


def edit_line(workspace: Workspace, ref: str, key: RowKey, typed: str, welsh: str | None = None) -> LineRow:
    """Change the text of a line; its action or decision changes with it and keeps its reference.

    A title or text that was changed in the action or the decision itself stays as it is. The Welsh text is removed
    unless a new one is given, because it translates the old text; a line in Welsh keeps it.
    """
    with workspace.database.write(f"edit line of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        day = _find_reference_day(ledger.cursor, meeting, workspace.today())
        resolved = _read_line(ledger.cursor, typed, day, line.kind)
        if resolved.kind is not line.kind:
            raise Refused(_("To change the kind of a line, use the key of the kind. The reference is kept."))
        words: dict[str, str | None] = {"text": resolved.text}
        if resolved.roll or (resolved.votes and str(resolved.votes) != line.votes):
            item = read_field(ledger.cursor, "minute_lines", key, "item")
            words["votes"] = resolve_votes(ledger.cursor, meeting, item, resolved, workspace.today())
        if welsh is not None or line.text not in (resolved.text, line.text_cy):
            words["text_cy"] = clean_line(welsh) or None
        ledger.update("minute_lines", key, words)
        update_outcome(ledger, key, resolved, line.text)
        return _find_line(ledger.cursor, workspace, meeting, key)


def edit_paragraph(workspace: Workspace, ref: str, paragraph: str, typed: str, welsh: str | None = None) -> LineRow:
    """Edit the line with this paragraph number ("3.2"). Raises NotFound if there is none."""
    return edit_line(workspace, ref, _find_paragraph(workspace, ref, paragraph), typed, welsh)


def change_paragraph_kind(workspace: Workspace, ref: str, paragraph: str, kind: LineKind) -> LineRow:
    """Change the kind of the line with this paragraph number. Raises NotFound if there is none."""
    return change_line_kind(workspace, ref, _find_paragraph(workspace, ref, paragraph), kind)


def remove_paragraph(workspace: Workspace, ref: str, paragraph: str) -> LineRow:
    """Remove the line with this paragraph number, with its action or decision, and return it. Raises NotFound."""
    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        line = find_line(cursor, workspace, meeting, paragraph)
    remove_line(workspace, ref, line.key)
    return line


def _find_paragraph(workspace: Workspace, ref: str, paragraph: str) -> RowKey:
    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        return find_line(cursor, workspace, meeting, paragraph).key


def move_line(workspace: Workspace, ref: str, key: RowKey, step: int) -> None:
    """Move a line up (-1) or down (1) within its item; the first and last lines stay."""
    with workspace.database.write(f"move line of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        line = _find_line(ledger.cursor, workspace, meeting, key)
        siblings = [row for row in read_card(ledger.cursor, meeting, workspace.today()).lines if row.item == line.item]
        index = siblings.index(line)
        if 0 <= index + step < len(siblings):
            neighbour = siblings[index + step]
            ledger.update("minute_lines", key, {"position": neighbour.position})
            ledger.update("minute_lines", neighbour.key, {"position": line.position})


def remove_line(workspace: Workspace, ref: str, key: RowKey) -> None:
    """Remove a line, with its action or decision."""
    with workspace.database.write(f"remove line of {ref.upper()}") as ledger:
        remove_outcome(ledger, key)
        ledger.remove("minute_lines", key)


def _find_reference_day(cursor: Cursor, meeting: RowKey, today: date) -> date:
    """Return the day that dates such as "end nov" refer to: the day of the meeting, or today if it is not exact."""
    meeting_day = read_stored_date(read_field(cursor, "meetings", meeting, "day"))
    return meeting_day.latest if meeting_day and meeting_day.precision is Precision.DAY else today


def _find_item(cursor: Cursor, meeting: RowKey, position: int) -> RowKey:
    item = queries.find_item(cursor, meeting, position)
    if item is None:
        raise NotFound(_("The agenda has no item {n}.").format(n=position))
    return item


def _find_line(cursor: Cursor, workspace: Workspace, meeting: RowKey, key: RowKey) -> LineRow:
    rows = read_card(cursor, meeting, workspace.today()).lines
    line = next((row for row in rows if row.key == key), None)
    if line is None:
        raise NotFound(_("This line is no longer in the minutes."))
    return line


def _read_line(cursor: Cursor, typed: str, day: date, default: LineKind = LineKind.NOTE) -> ResolvedLine:
    """Read a typed line and find the owners of an action; several words after @ may be one name."""
    parties: dict[str, Party] = {}

    def find(find_in_register: Callable[..., Party], name: str) -> Party | None:
        with suppress(NotFound, BadInput):
            party = find_in_register(cursor, name.replace(".", " "), CONTACT_KINDS)
            return parties.setdefault(party.ref, party)
        return None

    def resolve_names(text: str) -> str:
        mentions = find_mentions(text, partial(find, find_party_exactly), partial(find, find_party))
        return replace_mentions(text, mentions, lambda party: f"@{party.ref}")

    line = read_line(typed, day, default, resolve_names)
    text, owners = line.text, tuple[str, ...]()
    if line.kind is LineKind.ACTION:
        names = {ref: read_field(cursor, "parties", party.key, "short") or party.name for ref, party in parties.items()}
        text, owners = take_owners(line.text, names)
    return ResolvedLine(
        line.kind, text, tuple(parties[ref].key for ref in owners), line.due, line.welsh, line.votes, line.roll
    )


def list_without_objective(workspace: Workspace, ref: str) -> tuple[list[ActionRow], tuple[ObjectiveRow, ...]]:
    """Return the open actions of a meeting without an objective, and the objectives of the plan.

    Both are empty where the plan has no objectives. Raises NotFound.
    """
    from ahtc_tui.domain.actions.filters import ActionFilter

    with workspace.database.read() as cursor:
        meeting = record_lookup.find_meeting_key(cursor, ref)
        objectives = read_view(cursor, workspace.today(), "").objectives
    rows = list_actions(workspace, ActionFilter(meeting=meeting)) if objectives else []
    return [row for row in rows if not row.objective], objectives


def assign_objectives(workspace: Workspace, numbers: Mapping[str, str]) -> None:
    """Give actions their objectives, as number by reference, in one step. Raises NotFound."""
    from ahtc_tui.domain.drafts.actions import ActionDraft

    with workspace.database.write(f"objectives of {', '.join(list(numbers)[:6])}") as ledger:
        for ref, number in numbers.items():
            draft = ActionDraft.model_validate({"objective": number})
            change_action(ledger, record_lookup.find_action(ledger.cursor, ref)[0], draft, workspace.today())


def translate_line(workspace: Workspace, ref: str, line: RowKey | str, welsh: str) -> None:
    """Set the Welsh text of a line, by key or paragraph number ("3.2"); an empty text removes it.

    Also allowed in agreed minutes, because the English text does not change. Raises NotFound for an unknown line.
    """
    with workspace.database.write(f"Welsh of a line of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        key = line if isinstance(line, bytes) else find_line(ledger.cursor, workspace, meeting, line).key
        write_line_welsh(ledger, key, clean_line(welsh) or None)


def translate_item(workspace: Workspace, ref: str, position: int, welsh: str) -> None:
    """Set the Welsh title of an agenda item; an empty title removes it. Raises NotFound."""
    with workspace.database.write(f"Welsh of item {position} of {ref.upper()}") as ledger:
        meeting = record_lookup.find_meeting_key(ledger.cursor, ref)
        item = _find_item(ledger.cursor, meeting, position)
        ledger.update("agenda_items", item, {"title_cy": clean_line(welsh) or None})


def write_line_welsh(ledger: Ledger, line: RowKey, welsh: str | None) -> None:
    """Write the Welsh text of the line, of its decision, and of its action while that has the words of the line."""
    ledger.update("minute_lines", line, {"text_cy": welsh})
    words = read_field(ledger.cursor, "minute_lines", line, "text")
    for key in list_referrers(ledger.cursor, "actions", "line", line):
        if read_field(ledger.cursor, "actions", key, "title") == words:
            ledger.update("actions", key, {"title_cy": welsh})
    for key in list_referrers(ledger.cursor, "decisions", "line", line):
        ledger.update("decisions", key, {"text_cy": welsh})
