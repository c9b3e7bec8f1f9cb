"""Covering note of a meeting pack as Markdown: dates, contents, and invitees without an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ahtc_tui.domain.actions.paper_marking import add_marking
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.dates.formatting import format_weekday_date
from ahtc_tui.domain.documents.meeting_pack import MeetingPackReport
from ahtc_tui.domain.documents.translation import translate_names
from ahtc_tui.domain.i18n import (
    Language,
    _,
    build_in_each_language,
    choose_printed_text,
    get_current_language,
    ngettext,
)
from ahtc_tui.domain.minutes.model import format_overrun
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.formats.markdown.rendering import escape_inline, escape_line

MOST_CONTACTS = 5
"""Number of contacts of the register that the note names; the register has them all."""


def build_covering_note(pack: MeetingPackReport, names: Sequence[str], welsh_names: Mapping[str, str]) -> str:
    """Return the note in each language of the file, one after the other; `names` are the other files of the pack.

    `welsh_names` are names of records by their English ones.
    """
    whens = iter(pack.when.split("\n"))

    def build() -> str:
        shown = pack
        if get_current_language() is Language.CY:
            seats = tuple(choose_printed_text(seat, welsh_names.get(seat)) for seat in pack.unnamed_seats)
            shown = replace(translate_names(pack, welsh_names), unnamed_seats=seats)
        return "\n\n".join(_build_parts(shown, next(whens, pack.when), names)) + "\n"

    return "\n".join(build_in_each_language(build))


def _build_parts(pack: MeetingPackReport, when: str, names: Sequence[str]) -> Iterator[str]:
    marking = f"**{escape_line(pack.marking.label)}**"
    yield marking
    yield f"# {escape_inline(pack.group)}: {escape_inline(pack.ref)}"
    yield escape_line(", ".join(part for part in (when, pack.where) if part))
    days = (
        (_("Notice, with the open actions"), pack.notice_on),
        (_("Papers go out"), pack.papers_on),
        (_("Draft minutes to the chair"), pack.draft_on),
        (_("Final minutes"), pack.final_on),
    )
    known_dates = [f"{label}: {format_weekday_date(day)}" for label, day in days if day]
    if known_dates:
        yield from _format_list(_("Dates, in Welsh working days"), known_dates)
    yield from _format_list(_("In this folder"), list(names))
    yield from _format_list(_("What it holds"), _format_counts(pack))
    if pack.papers:
        yield from _format_list(_("Papers"), [_format_paper(pack, index) for index in range(len(pack.papers))])
    if pack.left:
        yield from _format_list(_("Still to do"), pack.left)
    heading = _("Invited, but no address: {n} of {all}").format(n=len(pack.without_address), all=pack.invited)
    yield from _format_list(heading, pack.without_address)
    if pack.unnamed_seats:
        yield from _format_list(_("Seats for a class of members, without a contact"), pack.unnamed_seats)
    without = pack.contacts_without_address
    heading = _("Contacts without an address: {n} of {all}")
    more = [_("and {n} more").format(n=left)] if (left := len(without) - MOST_CONTACTS) > 0 else []
    yield from _format_list(heading.format(n=len(without), all=pack.contacts), [*without[:MOST_CONTACTS], *more])
    yield marking


def _format_counts(pack: MeetingPackReport) -> list[str]:
    lines = [
        ngettext("{n} item on the agenda", "{n} items on the agenda", pack.agenda_items),
        ngettext(
            "{n} open action, by objective and then by lead",
            "{n} open actions, by objective and then by lead",
            pack.actions,
        ),
        _("Matters arising: {refs}").format(refs=", ".join(pack.matters) or _("none")),
        _("Minutes of {ref}").format(ref=pack.last_minutes) if pack.last_minutes else _("No earlier minutes"),
    ]
    if pack.minutes_over:
        lines.append(format_overrun(pack.minutes_over))
    return lines


def _format_paper(pack: MeetingPackReport, index: int) -> str:
    paper = pack.papers[index]
    title = add_marking(paper.printed_title, paper.marking)
    due = _("due {day}").format(day=format_day(paper.due)) if paper.due else ""
    state = paper.withholding if paper.is_withheld else paper.publication_state
    parts = (f"{paper.ref} {title}", paper.author, due, state)
    return ", ".join(part for part in parts if part)


def _format_list(heading: str, lines: Sequence[str]) -> Iterator[str]:
    nobody = capitalise(_("nobody"))
    yield f"## {escape_inline(heading)}"
    yield "\n".join(f"- {escape_line(' '.join(line.split()))}" for line in lines) or f"{nobody}."
