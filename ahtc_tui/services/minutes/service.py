"""Use cases of taking minutes: agenda items and lines. Each line is one transaction, on disk when the call returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import PartyRole
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, read_stored_date
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import LineKind
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.meetings.roll_call import TypedRollCall
from ahtc_tui.domain.meetings.votes import Votes
from ahtc_tui.domain.minutes.typed_lines import PREFIXES, read_line, split_lines, take_owners
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.mentions import find_mentions, replace_mentions
from ahtc_tui.services import record_lookup
from ahtc_tui.services.actions.writer import set_parties
from ahtc_tui.services.meetings.attendance import count_voting_present
from ahtc_tui.services.minutes.lifecycle import find_line, refuse_cancelled
from ahtc_tui.services.minutes.roll_call import check_roll_call, refuse_votes_above_seats
from ahtc_tui.services.record_lookup import CONTACT_KINDS
from ahtc_tui.store.actions.queries import read_party_links
from ahtc_tui.store.contacts.party_lookup import Party, find_party, find_party_exactly
from ahtc_tui.store.meetings.cards import read_card
from ahtc_tui.store.minutes import queries
from ahtc_tui.store.records.fields import list_referrers, read_field, read_fields
from ahtc_tui.store.records.references import mint_ref
from ahtc_tui.store.records.table_names import Table

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

TABLES: dict[LineKind, Table] = {LineKind.ACTION: "actions", LineKind.DECISION: "decisions"}


@dataclass(frozen=True, slots=True)
class ResolvedLine:
    """A line with its owner names looked up."""

    kind: LineKind
    text: str
    """The text; unknown and ambiguous names stay in it."""
    owners: tuple[RowKey, ...]
    due: DateAsKnown | None
    welsh: bool
    votes: Votes | None = None
    roll: TypedRollCall | None = None


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
        raise BadInput(_("This is {n} lines. Give the Welsh text with one line at a time.").format(n=len(parts)))
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
        keys = [_write_line(ledger, meeting, item_key, line, today, welsh) for line in lines]
        return [_find_line(ledger.cursor, workspace, meeting, key) for key in keys]


def _write_line(
    ledger: Ledger, meeting: RowKey, item: RowKey | None, line: ResolvedLine, today: date, welsh: str | None
) -> RowKey:
    position = queries.find_next_line(ledger.cursor, meeting, item)
    _refuse_inquorate_vote(ledger.cursor, meeting, item, line.kind, today)
    values = {"meeting": meeting, "item": item, "position": position, "kind": line.kind.value}
    values["votes"] = _resolve_votes(ledger.cursor, meeting, item, line, today)
    text_cy = clean_line(welsh) or (line.text if line.welsh else None)
    key = ledger.add("minute_lines", {**values, "text": line.text, "text_cy": text_cy})
    _create_outcome(ledger, meeting, key, line, today)
    return key


def _resolve_votes(cursor: Cursor, meeting: RowKey, item: RowKey | None, line: ResolvedLine, today: date) -> str | None:
    """Return a vote as stored, checked against the seats of the group. Raises NotFound, BadInput, Refused."""
    position = read_field(cursor, "agenda_items", item, "position")
    if line.roll:
        return check_roll_call(cursor, meeting, position, line.roll, today).format_stored()
    if line.votes:
        refuse_votes_above_seats(cursor, meeting, line.votes, today)
    return str(line.votes) if line.votes else None


def change_line_kind(workspace: Workspace, ref: str, key: RowKey, kind: LineKind) -> LineRow:
    """Change the kind of a line: remove its action or decision, and create or restore that of the new kind.

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
            _refuse_inquorate_vote(ledger.cursor, meeting, item, kind, workspace.today())
            _remove_outcome(ledger, key)
            votes = _resolve_votes(ledger.cursor, meeting, item, resolved, workspace.today())
            values = {"kind": kind.value, "action": None, "text": resolved.text, "votes": votes}
            ledger.update("minute_lines", key, values)
            _create_outcome(ledger, meeting, key, resolved, workspace.today())
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
            raise Refused(_("To change the kind of a line, use the key for its kind: the reference is kept."))
        words: dict[str, str | None] = {"text": resolved.text}
        if resolved.roll or (resolved.votes and str(resolved.votes) != line.votes):
            item = read_field(ledger.cursor, "minute_lines", key, "item")
            words["votes"] = _resolve_votes(ledger.cursor, meeting, item, resolved, workspace.today())
        if welsh is not None or line.text not in (resolved.text, line.text_cy):
            words["text_cy"] = clean_line(welsh) or None
        ledger.update("minute_lines", key, words)
        _update_outcome(ledger, key, resolved, line.text)
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
        _remove_outcome(ledger, key)
        ledger.remove("minute_lines", key)


def _refuse_inquorate_vote(cursor: Cursor, meeting: RowKey, item: RowKey | None, kind: LineKind, today: date) -> None:
    """Raise Refused for a vote where fewer votes than the quorum of the group are present at the item."""
    quorum = queries.read_quorum(cursor, meeting) if kind is LineKind.VOTE else None
    if not quorum:
        return
    position = read_field(cursor, "agenda_items", item, "position")
    voting = count_voting_present(cursor, meeting, today, position)
    if voting < quorum:
        sentence = _("No vote can be taken without a quorum: {n} needed, {m} present.")
        raise Refused(sentence.format(n=quorum, m=voting))


def _find_reference_day(cursor: Cursor, meeting: RowKey, today: date) -> date:
    """Return the day that dates such as "end nov" refer to: that of the meeting, or today if it is not exact."""
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


def _create_outcome(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> None:
    """Create the action or decision of a line; one that this line had before is restored with its reference."""
    if resolved.kind not in TABLES:
        return
    table = TABLES[resolved.kind]
    removed = list_referrers(ledger.cursor, table, "line", line, removed=True)
    if removed:
        ledger.restore(table, removed[-1])
        _update_record(ledger, table, removed[-1], line, resolved)
    key = removed[-1] if removed else _add_outcome(ledger, meeting, line, resolved, today)
    if resolved.kind is LineKind.ACTION:
        ledger.update("minute_lines", line, {"action": key})


def _update_outcome(ledger: Ledger, line: RowKey, resolved: ResolvedLine, former_text: str) -> None:
    """Copy the text of a line to its action or decision, which keeps its reference.

    A record whose text is not the one that the line had before was changed by itself, and keeps its text.
    """
    for table in TABLES.values():
        column = "title" if table == "actions" else "text"
        for key in list_referrers(ledger.cursor, table, "line", line):
            stored_text = read_field(ledger.cursor, table, key, column)
            kept = resolved if stored_text == former_text else replace(resolved, text=stored_text)
            _update_record(ledger, table, key, line, kept)


def _remove_outcome(ledger: Ledger, line: RowKey) -> None:
    for table in TABLES.values():
        for key in list_referrers(ledger.cursor, table, "line", line):
            ledger.remove(table, key)


def _add_outcome(ledger: Ledger, meeting: RowKey, line: RowKey, resolved: ResolvedLine, today: date) -> RowKey:
    meeting_fields = read_fields(ledger.cursor, "meetings", meeting, ("ref", "number", "group", "day"))
    number, day = meeting_fields["number"], meeting_fields["day"]
    values: dict[str, Any] = {"meeting": meeting, "group": meeting_fields["group"], "line": line}
    if resolved.kind is LineKind.DECISION:
        year = (day or today.isoformat())[:4]
        pattern = f"D-{year}-{number:02}/{{n}}" if number else f"D-{year}/{{n}}"
        values |= {"ref": mint_ref(ledger.cursor, "decisions", pattern), "decided_on": day}
        values |= {"text": resolved.text, "text_cy": read_field(ledger.cursor, "minute_lines", line, "text_cy")}
        return ledger.add("decisions", values)
    due = resolved.due.stored_text if resolved.due else None
    values |= {"ref": mint_ref(ledger.cursor, "actions", f"{meeting_fields['ref']}/{{n:02}}"), "title": resolved.text}
    values |= {"title_cy": read_field(ledger.cursor, "minute_lines", line, "text_cy")}
    values |= {"lead": resolved.owners[0] if resolved.owners else None, "due": due, "original_due": due}
    values["raised_on"] = day if day and day[:4] != "9999" else today.isoformat()
    action = ledger.add("actions", values)
    set_parties(ledger, action, resolved.owners[1:], PartyRole.SUPPORT)
    return action


def _update_record(ledger: Ledger, table: Table, key: RowKey, line: RowKey, resolved: ResolvedLine) -> None:
    """Change the action or decision; owners and date change only if the line gives them."""
    if table == "decisions":
        welsh = read_field(ledger.cursor, "minute_lines", line, "text_cy")
        ledger.update(table, key, {"text": resolved.text, "text_cy": welsh})
        return
    words = read_fields(ledger.cursor, "minute_lines", line, ("text", "text_cy"))
    titles = {"title": resolved.text, **({"title_cy": words["text_cy"]} if words["text"] == resolved.text else {})}
    ledger.update(table, key, {**titles, **_build_due_values(ledger.cursor, key, resolved)})
    if resolved.owners:
        ledger.update(table, key, {"lead": resolved.owners[0]})
        set_parties(ledger, key, resolved.owners[1:], PartyRole.SUPPORT)


def _build_due_values(cursor: Cursor, key: RowKey, resolved: ResolvedLine) -> dict[str, str]:
    """Return the due date values: the agreed date changes, but a date that has slipped since does not."""
    if resolved.due is None:
        return {}
    stored_dates = read_fields(cursor, "actions", key, ("due", "original_due"))
    slipped = stored_dates["original_due"] and stored_dates["due"] != stored_dates["original_due"]
    agreed = {"original_due": resolved.due.stored_text}
    return agreed if slipped else agreed | {"due": resolved.due.stored_text}
