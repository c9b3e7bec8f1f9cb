"""Sentences of a paper about actions, by status, lead and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Forms,
    Statement,
    end_sentence,
    format_when,
    join_phrases,
    join_posts,
    name_in_text,
    quote,
)
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.formal_dates import format_deadline
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.groups.model import find_class, translate_class
from ahtc_tui.domain.i18n import (
    ENGLISH_ONLY,
    Language,
    _,
    drop_language_mark,
    get_current_language,
    ngettext,
    ngettext_noop,
    pgettext,
)
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.english_phrases import (
    begins_with_verb,
    is_plural,
    lower_first,
    name_work,
    put_in_past,
    split_passive,
)
from ahtc_tui.domain.text.welsh_mutations import begins_with_verb_noun
from ahtc_tui.domain.welsh_names import WelshName, is_welsh, place_after

LED: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("{lead} {also}plans to {subjects}{due}", "{lead} {also}plans to {subjects}{due}"),
    Status.IN_PROGRESS: ngettext_noop(
        "{lead} is {also}working to {subjects}{due}", "{lead} is {also}working to {subjects}{due}"
    ),
    Status.CONTINUING: ngettext_noop("{lead} {also}continues to {subjects}", "{lead} {also}continues to {subjects}"),
    Status.DONE: ngettext_noop("{lead} has {also}{subjects}", "{lead} has {also}{subjects}"),
}
"""Sentences about the work of a lead, which begins with a verb."""
LED_ON = ngettext_noop("{when}, {lead} {also}{subjects}", "{when}, {lead} {also}{subjects}")
LED_PLANNED_ONCE = ngettext_noop("{lead} {also}planned to {subjects}{due}", "{lead} {also}planned to {subjects}{due}")
WITHOUT_LEAD: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("{subjects} is to be {done}{due}", "{subjects} are to be {done}{due}"),
    Status.IN_PROGRESS: ngettext_noop("{subjects} is being {done}{due}", "{subjects} are being {done}{due}"),
    Status.CONTINUING: ngettext_noop("{subjects} continues to be {done}", "{subjects} continue to be {done}"),
    Status.DONE: ngettext_noop("{subjects} has been {done}", "{subjects} have been {done}"),
}
"""Sentences about work without a lead, whose object is the subject in English."""
COMPLETED_ON = ngettext_noop("{subjects} was {done} {when}", "{subjects} were {done} {when}")
PLANNED_ONCE = ngettext_noop("{subjects} was to be {done}{due}", "{subjects} were to be {done}{due}")
NAMED_LED: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("{lead} plans work on {subjects}{due}", "{lead} plans work on {subjects}{due}"),
    Status.IN_PROGRESS: ngettext_noop(
        "{lead} is {also}working on {subjects}{due}", "{lead} is {also}working on {subjects}{due}"
    ),
    Status.CONTINUING: ngettext_noop(
        "{lead} {also}continues work on {subjects}", "{lead} {also}continues work on {subjects}"
    ),
    Status.DONE: ngettext_noop(
        "{lead} has {also}completed work on {subjects}", "{lead} has {also}completed work on {subjects}"
    ),
}
"""Sentences about the work of a lead, which is named by a noun."""
NAMED_LED_ON = ngettext_noop(
    "{when}, {lead} completed work on {subjects}", "{when}, {lead} completed work on {subjects}"
)
NAMED_LED_ONCE = ngettext_noop("{lead} planned work on {subjects}{due}", "{lead} planned work on {subjects}{due}")
NAMED: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("Work {subjects} is planned{due}", "Work {subjects} is planned{due}"),
    Status.IN_PROGRESS: ngettext_noop("Work {subjects} is in progress{due}", "Work {subjects} is in progress{due}"),
    Status.CONTINUING: ngettext_noop("Work {subjects} continues", "Work {subjects} continues"),
    Status.ON_HOLD: ngettext_noop("Work {subjects} is on hold", "Work {subjects} is on hold"),
    Status.PROPOSED_COMPLETE: ngettext_noop(
        "Work {subjects} has been proposed as complete", "Work {subjects} has been proposed as complete"
    ),
    Status.DONE: ngettext_noop("Work {subjects} is complete", "Work {subjects} is complete"),
    Status.CANCELLED: ngettext_noop("Work {subjects} has been cancelled", "Work {subjects} has been cancelled"),
}
"""Sentences about work that is named: "to brief the leads", "on ‘Training’"."""
NAMED_ON = ngettext_noop("Work {subjects} was completed {when}", "Work {subjects} was completed {when}")
NAMED_ONCE = ngettext_noop("Work {subjects} was planned{due}", "Work {subjects} was planned{due}")
INVOLVED = ngettext_noop("{names} is involved in this work", "{names} are involved in this work")
INVOLVED_ONCE = ngettext_noop("{names} was involved in this work", "{names} were involved in this work")
SUPPORT = ngettext_noop("{names} supports this work", "{names} support this work")
SUPPORTED = ngettext_noop("{names} supported this work", "{names} supported this work")
CONTINUING_NOUN = ngettext_noop("{subjects} continues", "{subjects} continue")
"""Sentence about continuing work without a lead that is named by a noun."""

NAMED_WORK = frozenset((*NAMED_LED.values(), *NAMED.values()))
"""Sentences that name the work by a noun, to which a clause with its day belongs."""

TAKE_UP = {
    Status.PLANNED: AdoptionStatus.PLANNED,
    Status.IN_PROGRESS: AdoptionStatus.UNDER_WAY,
    Status.DONE: AdoptionStatus.ADOPTED,
}
"""Take-up of a practice that says the same as the status of work in a place."""


@dataclass(frozen=True, slots=True)
class ActionLinks:
    """Records that an action refers to, by key, and who takes part."""

    meeting: RowKey | None = None
    group: RowKey | None = None
    recommendations: tuple[RowKey, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    """Hexadecimal keys of the bodies for which the work is done."""
    partners: tuple[str, ...] = ()
    supporters: tuple[str, ...] = ()
    partner_text: str = ""
    areas: tuple[str, ...] = ()
    """Hexadecimal keys of the places where the work is done."""


@dataclass(frozen=True, slots=True)
class ActionSources:
    """Sources of an action: of its position, and of those who take part."""

    position: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def state_action(
    row: ActionRow, links: ActionLinks, sources: ActionSources, today: date, *, is_ours: bool
) -> list[Statement]:
    """Return what a paper states of an action: its position, who takes part, and its latest update while it is open."""
    is_led = bool(row.lead) and row.status in LED
    lead = _("the Co-ordinator") if is_ours else name_in_text(row.lead or "")
    values = [("lead", lead)] if is_led else []
    when = format_when(row.closed_on) if row.status is Status.DONE and row.closed_on else ""
    if when:
        values.append(("when", when))
    is_overdue = row.due is not None and row.due.latest < today
    statement = _state_position(row, values, is_led=is_led, is_overdue=is_overdue)
    is_day_apart = row.status is Status.IN_PROGRESS and bool(row.due) and statement.forms not in NAMED_WORK
    states = {f"action:{row.key.hex()}", *(f"recommendation:{key.hex()}" for key in links.recommendations)}
    states |= {f"meeting:{links.meeting.hex()}"} if links.meeting else set()
    if row.closed_on:
        states |= {f"{word}:{row.closed_on.stored_text}" for word in ("day", "closed")}
        states |= {*(f"responder:{key}" for key in links.beneficiaries)}
    states |= {f"due:{row.due.latest}"} if row.due else set()
    states |= {f"lead:{row.lead_ref}"} if is_led else set()
    if is_ours and links.group:
        states |= {f"duty:{links.group.hex()}"}
    statement = replace(
        statement,
        sources=sources.position,
        states=frozenset(states),
        unless=frozenset(_find_cover(row, links, is_ours=is_ours)),
        until=row.due.latest if row.due and row.is_open else None,
    )
    statements = [statement]
    if row.due and is_day_apart:
        statements.append(_state_due(row.due, sources.position, is_overdue=is_overdue))
    statements += _state_partners(links, sources.people, is_done=row.status is Status.DONE)
    if row.printed_update and row.is_open:
        statements.append(Statement(WHOLE_SENTENCE, end_sentence(row.printed_update), most=1))
    about = row.key.hex() if len(statements) > 1 else ""
    return [replace(item, about=about) for item in statements]


def _state_due(due: DateAsKnown, sources: tuple[str, ...], *, is_overdue: bool) -> Statement:
    """Return the day of work as a sentence of its own."""
    pattern = _("This work was due {when}") if is_overdue else _("This work is due {when}")
    return Statement(WHOLE_SENTENCE, end_sentence(pattern.format(when=_format_by(due))), sources=sources, most=1)


def _format_by(due: DateAsKnown) -> str:
    """Return a due date with its preposition: "by 7 February 2014", "in the New Year"."""
    return format_deadline(due) if due.precision is Precision.DAY else format_when(due)


def _find_cover(row: ActionRow, links: ActionLinks, *, is_ours: bool) -> set[str]:
    """Return the fact that says the same as an action: our seat, the state of its group, its meeting or a take-up."""
    if row.lead:
        is_duty = is_ours and row.status is Status.CONTINUING
        return {f"seat:{links.group.hex()}"} if is_duty and links.group else set()
    if links.group and row.status in (Status.DONE, Status.IN_PROGRESS):
        return {f"state:{links.group.hex()}"}
    if links.meeting and row.status is Status.DONE:
        return {f"held:{links.meeting.hex()}"}
    take_up = TAKE_UP.get(row.status)
    return {f"take-up:{take_up.value}:{area}" for area in links.areas} if take_up and not row.closed_on else set()


def _state_position(row: ActionRow, values: list[tuple[str, str]], *, is_led: bool, is_overdue: bool) -> Statement:
    """Return the sentence about the status of an action, with the form that its title allows."""
    title = row.printed_title.rstrip(".")
    is_done, is_dated = row.status is Status.DONE, any(name == "when" for name, _value in values)

    def choose_forms(dated: Forms, planned_once: Forms, by_status: Mapping[Status, Forms]) -> Forms:
        if is_dated:
            return dated
        return planned_once if row.status is Status.PLANNED and is_overdue else by_status[row.status]

    due = "" if is_done else _format_due(row.due, row.status, is_overdue=is_overdue)
    plain = (*values, ("due", due))
    inline = (*values, ("due", due if row.status is Status.PLANNED else ""))
    if is_led and _is_verbal(title):
        forms = choose_forms(LED_ON, LED_PLANNED_ONCE, LED)
        return Statement(forms, _phrase_verb(title, is_past=is_done, is_dated=is_dated), inline)
    if not is_led and row.status in WITHOUT_LEAD and _is_verbal(title) and (parts := _split_object(title)):
        forms = choose_forms(COMPLETED_ON, PLANNED_ONCE, WITHOUT_LEAD)
        subject, participle = parts
        return Statement(forms, subject, (*inline, ("done", participle)), is_plural=is_plural(subject))
    if not is_led and row.status is Status.CONTINUING and not _is_verbal(title) and ENGLISH_ONLY not in title:
        subject = _lower_phrase(title) if get_current_language() is Language.CY else title[:1].upper() + title[1:]
        return Statement(CONTINUING_NOUN, subject, plain, is_plural=is_plural(subject))
    if is_led:
        forms = choose_forms(NAMED_LED_ON, NAMED_LED_ONCE, NAMED_LED)
        return Statement(forms, _quote_work(title), plain)
    forms = choose_forms(NAMED_ON, NAMED_ONCE, NAMED)
    return Statement(forms, _name_work(title), plain)


def _name_partners(text: str) -> str:
    """Return typed partners in running text; a class of bodies, such as the police, stays in lower case."""
    name = drop_language_mark(text)
    if not find_class(name):
        return text
    if get_current_language() is not Language.EN:
        return WelshName(translate_class(name))
    return text.lower() if is_plural(text) else f"the {text.lower()}"


def _names_several(links: ActionLinks) -> bool:
    """Return whether the only partner of an action is plural: a class of bodies, or a plural noun."""
    only = links.partners[0] if links.partners else drop_language_mark(links.partner_text)
    return is_plural(only) or find_class(only) is not None


def _state_partners(links: ActionLinks, sources: tuple[str, ...], *, is_done: bool) -> list[Statement]:
    """Return who takes part in an action; the sentence does not claim to be complete."""
    statements = []
    if links.partners or links.partner_text:
        others = [_name_partners(links.partner_text)] if links.partner_text else []
        listed = [*join_posts(links.partners), *others]
        names, is_several = join_phrases(listed), len(listed) > 1 or _names_several(links)
        if links.partners and " and " in links.partner_text:
            pattern = _("{text}, among them {names},")
            names = pattern.format(text=links.partner_text, names=join_phrases(join_posts(links.partners)))
        text = capitalise(ngettext(*(INVOLVED_ONCE if is_done else INVOLVED), 2 if is_several else 1, names=names))
        named = (*links.partners, *others)
        statements.append(Statement(WHOLE_SENTENCE, end_sentence(text), sources=sources, most=1, names=named))
    if links.supporters:
        supporters = join_posts(links.supporters)
        names, count = join_phrases(supporters), 2 if len(supporters) > 1 or is_plural(links.supporters[0]) else 1
        text = ngettext(*(SUPPORTED if is_done else SUPPORT), count, names=names)
        named = links.supporters
        statements.append(
            Statement(WHOLE_SENTENCE, end_sentence(text[:1].upper() + text[1:]), sources=sources, most=1, names=named)
        )
    return statements


def _format_due(due: DateAsKnown | None, status: Status, *, is_overdue: bool) -> str:
    """Return the due date as the end of a sentence; one that is past is not printed as a plan."""
    if due is None:
        return ""
    if status is Status.PLANNED:
        return f" {_format_by(due)}"
    pattern = _(", which was due {when}") if is_overdue else _(", which is due {when}")
    return pattern.format(when=_format_by(due))


def _is_verbal(title: str) -> bool:
    """Return whether a title begins with a verb: in Welsh with a verb-noun."""
    if get_current_language() is Language.CY:
        return ENGLISH_ONLY not in title and begins_with_verb_noun(title)
    return begins_with_verb(title)


def _phrase_verb(title: str, *, is_past: bool, is_dated: bool) -> str:
    """Return the work as it follows "is working to", "continues to" or "has": "build a forum", "built a forum"."""
    text = _bracket_explanation(title)
    if get_current_language() is Language.CY:
        return WelshName(lower_first(text))
    return put_in_past(text, is_participle=not is_dated) if is_past else lower_first(text)


def _split_object(title: str) -> tuple[str, str] | None:
    """Return the object and the participle of a title; in Welsh the title as a verb-noun."""
    text = _bracket_explanation(title)
    return (WelshName(lower_first(text)), "") if get_current_language() is Language.CY else split_passive(text)


def _quote_work(title: str) -> str:
    """Return a title as it follows "work on": a name as it is, else in quotation marks, and what its colon explains."""
    name, colon, rest = title.partition(": ")
    named = name_work(name) if _is_name(name) else quote(name)
    if colon and _is_verbal(rest) and _split_object(rest):
        return f"{named} {_format_purpose(rest)}"
    return f"{named} ({rest})" if colon else named


def _is_name(title: str) -> bool:
    """Return whether a title is a name: every word of more than three letters has a capital."""
    words = title.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words if len(word) > 3)


def _format_purpose(work: str) -> str:
    """Return work that begins with a verb as a purpose: "to improve the response", in Welsh "i wella'r ymateb"."""
    if get_current_language() is Language.CY:
        return place_after("i", WelshName(lower_first(work)))
    return f"to {lower_first(work)}"


def _name_work(title: str) -> str:
    """Return the work as it follows "Work": "to brief the leads", "on ‘Training’"; in Welsh "o friffio'r arweinwyr"."""
    if not _is_verbal(title):
        return pgettext("work", "on {subject}").format(subject=_quote_work(title))
    work = _phrase_verb(title, is_past=False, is_dated=False)
    return place_after("o", work) if get_current_language() is Language.CY else f"to {work}"


def _lower_phrase(title: str) -> str:
    """Return a Welsh title inside a sentence: with a small letter, unless it is a name."""
    return title if is_welsh(title) or _is_name(title) else lower_first(title)


def _bracket_explanation(title: str) -> str:
    name, colon, rest = title.partition(": ")
    return f"{name} ({rest})" if colon else name
