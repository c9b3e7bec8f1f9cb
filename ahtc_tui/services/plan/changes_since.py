"""Since the last Leadership Group on one page: what was added, closed, slipped and rated anew, and who said nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Brag, Confidence, Marking
from ahtc_tui.domain.dates.date_as_known import from_stored, long_date
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.documents.office_paper import OfficePaper, Part, highest
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.changes_since import Began, say_counts, say_undated
from ahtc_tui.domain.plan.periods import quarter_before
from ahtc_tui.services import record_lookup
from ahtc_tui.services.documents.office_papers import check_ending, free_target, names_for, write_in
from ahtc_tui.store.contacts.party_lookup import find_party
from ahtc_tui.store.plan import changes_since as stored
from ahtc_tui.store.records.fields import fields_of

if TYPE_CHECKING:
    from ahtc_tui.domain.plan.changes_since import Moved, Silent, Since
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor

MOST_LINES = 100
LEADERSHIP_GROUP = "leadership-group"
"""Whose last meeting it is told from, where nothing else is said."""


def since(workspace: Workspace, from_: str | None = None, to: str | None = None, group: str | None = None) -> Since:
    """What became of the plan since a day or a meeting; since the last one that the group held where none is named.

    Raises NotFound, or BadInput on a day that cannot be or comes too late.
    """
    from ahtc_tui.domain.dates.parser import read_date

    today = workspace.today()
    last = read_date(to, today).latest if to else today
    with workspace.database.read() as cursor:
        party = find_party(cursor, group, ("group",)) if group else None
        if from_:
            began = _began(cursor, from_, today)
        else:
            whose = party or find_party(cursor, LEADERSHIP_GROUP, ("group",))
            began = _last_held(cursor, whose.key, whose.name, last)
        if last < began.day:
            raise BadInput(
                _("{last} comes before {first}: give the earlier day first.").format(first=began.day, last=last)
            )
        return stored.since(cursor, began, last, today, (party.key, party.name) if party else None)


def since_last(workspace: Workspace) -> Since:
    """Since the last Leadership Group; where none was held, since the quarter began."""
    try:
        return since(workspace)
    except NotFound:
        first = quarter_before(workspace.today()) + timedelta(days=1)
        return since(workspace, first.isoformat())


def _last_held(cursor: Cursor, group: bytes, name: str, last: date) -> Began:
    began = stored.last_held(cursor, group, last)
    if began is None:
        sentence = _("{group} held no meeting before {day}: say a day or a meeting with --from.")
        raise NotFound(sentence.format(group=name, day=long_date(last)))
    return began


def _began(cursor: Cursor, typed: str, today: date) -> Began:
    """The day that was typed, or that of the meeting of that reference."""
    from ahtc_tui.domain.dates.parser import read_date

    try:
        return Began(read_date(typed, today).latest)
    except BadInput as error:
        try:
            key, ref = record_lookup.meeting(cursor, typed)
        except NotFound:
            if typed.strip()[:1].isdigit():
                raise error from None
            raise NotFound(_('"{text}" is neither a day nor a meeting.').format(text=typed)) from None
    said = fields_of(cursor, "meetings", key, ("title", "day"))
    day = from_stored(said["day"])
    if day is None:
        raise BadInput(_("{ref} has no day: say a day with --from.").format(ref=ref))
    return Began(day.latest, ref, said["title"])


def export_since(
    workspace: Workspace,
    target: Path | None,
    found: Since,
    marking: Marking = Marking.OFFICIAL,
    force: bool = False,
    language: Language = Language.EN,
) -> Path:
    """Write it as a Word file or as Markdown; into the exports folder where no file is named.

    The highest marking of its parts wins. Raises BadInput, Refused.
    """
    if target is not None:
        check_ending(target)
    name = _("since-{day}").format(day=found.first.isoformat())
    names = names_for(workspace, language)
    return write_in(target or free_target(workspace, name), lambda: paper_of(found, marking), force, language, names)


def paper_of(found: Since, marking: Marking) -> OfficePaper:
    """The page; what did not happen stands in the numbers alone, so that it is one."""
    day = long_date(found.first)
    title = _("Since {title}, {day}") if found.meeting_title else _("Since {day}")
    title = title.format(title=found.meeting_title, day=day)
    period = _("{first} to {last}").format(first=long_date(found.first), last=long_date(found.last))
    facts = [(_("In numbers"), say_counts(found))]
    facts.append((_("Open actions"), _("{open}, {late} late").format(open=found.open, late=found.late)))
    facts += [(_("Meeting"), found.meeting)] if found.meeting else []
    facts += [(_("Actions of"), found.group)] if found.group else []
    undated = say_undated(found)
    facts += [(_("Days"), undated)] if undated else []
    parts = (
        *_actions(found),
        _slips(found),
        _moves(_("BRAG moves"), found.brag, _brag),
        _moves(_("Confidence"), found.confidence, _confidence),
        updates_part(found),
    )
    told = (*(_short(part) for part in parts if part.rows), _silent(found.no_update))
    return OfficePaper(title, period, found.last, tuple(facts), told, highest(marking, [found.marking]))


def _short(part: Part) -> Part:
    """A part with as many lines as a page bears; the heading has the number of all of them."""
    left = len(part.rows) - MOST_LINES
    if left <= 0:
        return part
    more = _("and {n} more").format(n=left)
    rows = (*part.rows[:MOST_LINES], ("", more, *("" for _cell in part.head[2:])))
    return replace(part, rows=rows)


def _headed(heading: str, number: int) -> str:
    return f"{heading} ({number})"


def _actions(found: Since) -> tuple[Part, Part]:
    head = (_("Ref"), _("Action"), _("Lead"))
    sizes = (2.4, 6.8, 3.2, 4.0)
    added = tuple((row.ref, row.title, row.lead_label, str(row.due or "–")) for row in found.added)
    closed = tuple(
        (row.ref, row.title, row.lead_label, f"{row.status.label}, {row.closed_on or '–'}") for row in found.closed
    )
    return (
        Part(_headed(_("Added"), len(added)), (), (*head, _("Due")), added, sizes),
        Part(_headed(_("Closed"), len(closed)), (), (*head, _("Closed")), closed, sizes),
    )


def _slips(found: Since) -> Part:
    rows = tuple(
        (one.ref, one.title, str(one.from_due or "–"), str(one.to_due or "–"), one.reason or "–")
        for one in found.slipped
    )
    head = (_("Ref"), _("Action"), _("From"), _("To"), _("Reason"))
    return Part(_headed(_("Slipped"), len(rows)), (), head, rows, (2.4, 4.2, 3.2, 3.2, 3.4))


def _brag(value: str | None) -> str:
    return f"{value} {Brag(value).label}" if value else _("not rated")


def _confidence(value: str | None) -> str:
    return _(Confidence(value).value.capitalize()) if value else _("not said")


def _moves(heading: str, moved: tuple[Moved, ...], say: object) -> Part:
    assert callable(say)
    rows = tuple(
        (
            one.ref,
            one.title,
            " → ".join((say(one.before), *(f"{say(step.value)}, {long_date(step.on)}" for step in one.steps))),
        )
        for one in moved
    )
    return Part(_headed(heading, len(rows)), (), (_("Ref"), _("Action"), _("Move")), rows, (2.4, 7.0, 7.0))


def updates_part(found: Since) -> Part:
    """Every line of progress."""
    rows = tuple(
        (one.ref, long_date(one.on), f"{one.text} ({one.by})" if one.by else one.text) for one in found.updates
    )
    head = (_("Ref"), _("Date"), _("Update"))
    return Part(_headed(_("Updates"), len(rows)), (), head, rows, (2.4, 3.4, 10.6))


def _silent(silent: tuple[Silent, ...]) -> Part:
    """Who gave no update, with what is open on them: one paragraph, so that the page stays one."""
    number = sum(len(one.actions) for one in silent)
    said = "; ".join(f"{one.lead or _('No lead')} ({len(one.actions)}): {', '.join(one.actions)}" for one in silent)
    none = _("Every open action was spoken of.")
    return Part(_headed(_("No update on open actions"), number), (said,) if said else (), none=none)
