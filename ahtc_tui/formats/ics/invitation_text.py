"""Text of invitations: calendar descriptions and mail, without control characters."""

from __future__ import annotations

import re

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formatting import format_hours, format_weekday_date
from ahtc_tui.domain.i18n import _, mark_untranslated, render_in_each_language, render_one_line
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LONDON, AgendaRow, MeetingCard
from ahtc_tui.domain.meetings.series_words import format_recurrence
from ahtc_tui.domain.meetings.standard_titles import is_standard_title, translate_standard_title
from ahtc_tui.domain.text.cleaning import clean_line
from ahtc_tui.domain.text.links import has_safe_scheme

OVER = (MeetingState.HELD, MeetingState.CANCELLED)
"""States of a meeting whose time is no longer to be confirmed."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def parse_address(email: str | None) -> str | None:
    """Return a valid e-mail address without "mailto:", or None."""
    bare = (email or "").strip().removeprefix("mailto:")
    return bare if _ADDRESS.fullmatch(bare) else None


def parse_uri(link: str | None) -> str | None:
    """Return the link if it is a URI (RFC 3986) that may be opened, else None; the description has others as text."""
    bare = clean_line(link)
    return bare if _URI.fullmatch(bare) and has_safe_scheme(bare) else None


def format_description(card: MeetingCard) -> str:
    """Return the marking, the facts for guests, and the agenda as a numbered list, in each language of the file."""
    return render_in_each_language(lambda: _format_description(card))


def _format_description(card: MeetingCard) -> str:
    row = card.row
    facts = [
        _("Time to be confirmed.") if row.starts is None and not row.all_day and row.state not in OVER else "",
        _format_fact(_("Repeats"), format_recurrence(row.recurrence, row.on_holiday)),
        _format_fact(_("Occasion"), card.occasion),
        _format_fact(_("Host"), card.host),
        _format_fact(_("Keynote"), card.keynote),
        _format_fact(_("Join online"), row.link),
    ]
    parts = [row.marking.label, "\n".join(fact for fact in facts if fact), _format_agenda(card.agenda)]
    return "\n\n".join(part for part in parts if part)


def format_subject(card: MeetingCard, *, cancelled: bool) -> str:
    """Return the mail subject with the marking first: "OFFICIAL: Leadership Group, 1 July 2026"."""
    return render_one_line(lambda: _format_subject(card, cancelled=cancelled))


def _format_subject(card: MeetingCard, *, cancelled: bool) -> str:
    template = _("Cancelled: {title}") if cancelled else "{title}"
    title = template.format(title=clean_line(card.row.shown_title))
    day = f", {format_long_date(card.row.day.latest)}" if card.row.day else ""
    return f"{card.row.marking.label}: {title}{day}"


def format_letter(card: MeetingCard, *, cancelled: bool) -> str:
    """Return the text part of the mail, for readers without a calendar, in each language of the file."""
    return render_in_each_language(lambda: _format_letter(card, cancelled=cancelled))


def _format_letter(card: MeetingCard, *, cancelled: bool) -> str:
    row = card.row
    opening = _("This meeting is cancelled.") if cancelled else _("You are invited to this meeting.")
    facts = [
        _format_fact(_("What"), row.printed_title),
        _format_fact(_("When"), _format_time(card)),
        _format_fact(_("Where"), row.location),
        _format_fact(_("Organiser"), card.shown_organiser),
    ]
    marking, _gap, details = _format_description(card).partition("\n\n")
    parts = [marking, opening, "\n".join(fact for fact in facts if fact), details]
    return "\n\n".join(part for part in parts if part) + "\n"


def _format_time(card: MeetingCard) -> str:
    row = card.row
    if row.day is None:
        return ""
    day = format_weekday_date(row.day.latest)
    if row.all_day or row.starts is None:
        last = f" – {format_weekday_date(row.ends.date())}" if row.ends and row.ends.date() > row.day.latest else ""
        return day + last
    zone = "" if row.tz == LONDON else f" ({clean_line(row.tz)})"
    return f"{day}, {format_hours(row.starts, row.ends)}{zone}"


def _format_fact(name: str, value: str | None) -> str:
    return f"{name}: {clean_line(value)}" if value else ""


def _format_agenda(items: tuple[AgendaRow, ...]) -> str:
    if not items:
        return ""
    lines, section = [_("Agenda")], None
    for number, item in enumerate(sorted(items, key=lambda item: item.position), start=1):
        if item.section and item.section != section:
            translate = translate_standard_title if is_standard_title(item.section) else mark_untranslated
            lines.append(clean_line(translate(item.section)))
        section = item.section
        lines.append(f"{number}. {_format_agenda_item(item)}")
    return "\n".join(lines)


def _format_agenda_item(item: AgendaRow) -> str:
    presenter = f" – {clean_line(item.shown_presenter)}" if item.presenter else ""
    minutes = " " + _("({minutes} min)").format(minutes=item.minutes) if item.minutes else ""
    return f"{clean_line(item.printed_title)}{presenter}{minutes}"
