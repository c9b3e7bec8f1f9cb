"""The covering note of a pack as Markdown: when things go out, what lies beside it, whom no letter reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ahtc_tui.domain.dates.formatting import long_date_with_day
from ahtc_tui.domain.documents.meeting_pack import PackReport
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.markdown.meeting import inline, literal


def covering_note(pack: PackReport, names: Sequence[str]) -> str:
    """The note; `names` are the files that lie beside it."""
    return "\n\n".join(_parts(pack, names)) + "\n"


def _parts(pack: PackReport, names: Sequence[str]) -> Iterator[str]:
    marking = f"**{literal(pack.marking.label)}**"
    yield marking
    yield f"# {inline(pack.group)}: {inline(pack.ref)}"
    yield literal(", ".join(part for part in (pack.when, pack.where) if part))
    days = (
        (_("Notice, with the open actions"), pack.notice_on),
        (_("Papers go out"), pack.papers_on),
        (_("Draft minutes to the chair"), pack.draft_on),
        (_("Final minutes"), pack.final_on),
    )
    known = [f"{label}: {long_date_with_day(day)}" for label, day in days if day]
    if known:
        yield from _listed(_("Dates, in Welsh working days"), known)
    yield from _listed(_("In this folder"), list(names))
    yield from _listed(_("What it holds"), _counts(pack))
    if pack.papers:
        yield from _listed(_("Papers"), [_paper_line(pack, n) for n in range(len(pack.papers))])
    if pack.left:
        yield from _listed(_("Still to be seen to"), pack.left)
    heading = _("Invited, but no address: {n} of {all}").format(n=len(pack.without_address), all=pack.invited)
    yield from _listed(heading, pack.without_address)
    if pack.unnamed_seats:
        yield from _listed(_("Seats that name a class, and nobody to write to"), pack.unnamed_seats)
    without = pack.contacts_without_address
    heading = _("Contacts in the register without an address: {n} of {all}")
    yield from _listed(heading.format(n=len(without), all=pack.contacts), without)
    yield marking


def _counts(pack: PackReport) -> list[str]:
    said = [
        _("{n} items on the agenda").format(n=pack.agenda_items),
        _("{n} actions not done, by objective and then by lead").format(n=pack.actions),
        _("Matters arising: {refs}").format(refs=", ".join(pack.matters) or _("none")),
        _("Minutes of {ref}").format(ref=pack.last_minutes) if pack.last_minutes else _("No earlier minutes"),
    ]
    if pack.minutes_over:
        said.append(_("The agenda is {n} minutes longer than the meeting.").format(n=pack.minutes_over))
    return said


def _paper_line(pack: PackReport, n: int) -> str:
    paper = pack.papers[n]
    due = _("due {day}").format(day=paper.due) if paper.due else ""
    return ", ".join(part for part in (f"{paper.ref} {paper.title}", paper.author, due, paper.standing) if part)


def _listed(heading: str, lines: Sequence[str]) -> Iterator[str]:
    yield f"## {inline(heading)}"
    yield "\n".join(f"- {literal(' '.join(line.split()))}" for line in lines) or _("Nobody.")
