"""Sentences of a paper about decisions, figures, recommendations and documents."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Forms,
    Sources,
    Statement,
    end_sentence,
    format_same_time,
    format_when,
    name_in_text,
    quote,
    state_text,
)
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.i18n import (
    ENGLISH_ONLY,
    Language,
    _,
    choose_printed_text,
    get_current_language,
    ngettext,
    ngettext_noop,
)
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.english_phrases import (
    add_definite_article,
    begins_with_verb,
    is_participle,
    is_plural,
    lower_first,
    phrase_position,
    split_head,
    split_noun,
)
from ahtc_tui.domain.text.welsh_mutations import begins_with_verb_noun
from ahtc_tui.domain.welsh_names import SOFT, add_welsh_article, mutate

BODY_DECIDED = ngettext_noop("{body} decided{when} to {subjects}", "{body} decided{when} to {subjects}")
BODY_AGREED = ngettext_noop("{body} agreed{when} to {subjects}", "{body} agreed{when} to {subjects}")
DECIDED = ngettext_noop("It was decided{when} to {subjects}", "It was decided{when} to {subjects}")
AGREED = ngettext_noop("It was agreed{when} to {subjects}", "It was agreed{when} to {subjects}")
AGREEMENT = re.compile(r"(?:agreement|agreed|cytundeb|cytuno|cytunwyd) (?:to|i) (?=\w)", re.IGNORECASE)
"""Beginning of a text that says what was agreed; the Welsh verb-noun after it is mutated."""
DECISION = re.compile(r"(?:decision|decided) to (?=\w)", re.IGNORECASE)
DATA_SETS: dict[str, Forms] = {
    "primary": ngettext_noop("The primary data set is {subjects}", "The primary data sets are {subjects}"),
    "secondary": ngettext_noop("The secondary data set is {subjects}", "The secondary data sets are {subjects}"),
}
"""Message about data sets of a tier."""
THERE_WERE = ngettext_noop("{when}, there were {subjects}", "{when}, there were {subjects}")
UNANSWERED = ngettext_noop(
    "The recommendation {subjects} has not yet been answered",
    "The recommendations {subjects} have not yet been answered",
)
AIMS = ngettext_noop("The aim is {subjects}", "The aims are {subjects}")


def state_aim(text: str, sources: Sources) -> list[Statement]:
    """Return an aim, in English as what the office wants to do where its text begins with a verb."""
    is_verb = get_current_language() is Language.EN and begins_with_verb(text)
    return [Statement(AIMS, f"to {lower_first(text)}" if is_verb else quote(text), (), sources)]


def state_data_set(title: str, tier: str | None, sources: Sources) -> list[Statement]:
    """Return that a data set is one of its tier; without a tier it is a secondary one."""
    own_name, comma, position = title.partition(", ")
    if comma and own_name == _("Secondary data sets"):
        return [
            state_text(
                _("The {things} are {position}").format(things=lower_first(own_name), position=position), sources
            )
        ]
    return [Statement(DATA_SETS[tier or "secondary"], _name_data_set(title), (), sources)]


def _name_data_set(title: str) -> str:
    """Return a data set in running text: a name with its article, a plural in small letters, else quoted."""
    words = title.split()
    if get_current_language() is not Language.EN or len(words) < 2:
        return quote(title)
    if words[1][:1].isupper():
        return add_definite_article(title)
    is_several = is_plural(title) or (is_plural(words[0]) and is_participle(words[1]))
    return lower_first(title) if is_several and not re.search(" [A-Z]", split_head(title)) else quote(title)


def state_decision(row: Decision, sources: Sources) -> list[Statement]:
    """Return who decided what, and when."""
    text = row.printed_text.rstrip(".")
    body = name_in_text(row.body or "")
    when = again = ""
    if row.decided_on:
        when, again = f" {format_when(row.decided_on)}", f" {format_same_time(row.decided_on)}"
    values = (("body", body), ("when", when), ("again", again))
    is_agreed = AGREEMENT.match(text) is not None
    if (work := _phrase_decision(text, is_first=not (body or when))) is None:
        pattern = _("{body} decided{when}: {text}") if body else _("It was decided{when}: {text}")
        return [state_text(capitalise(pattern.format(body=body, when=when, text=quote(text))), sources)]
    if body:
        return [Statement(BODY_AGREED if is_agreed else BODY_DECIDED, work, values, sources, most=1)]
    return [Statement(AGREED if is_agreed else DECIDED, work, values, sources, most=1)]


def _phrase_decision(text: str, *, is_first: bool) -> str | None:
    """Return what was decided as it follows "decided to" or "agreed to"; None where the text has no verb.

    A Welsh verb-noun is mutated unless it `is_first` after the verb.
    """
    if agreement := AGREEMENT.match(text):
        return lower_first(text[agreement.end() :])
    if get_current_language() is Language.CY:
        is_verbal = ENGLISH_ONLY not in text and begins_with_verb_noun(text)
        work = lower_first(text)
        return (work if is_first else mutate(work, SOFT)) if is_verbal else None
    work = DECISION.sub("", re.sub("^to (?=\\w)", "", text, flags=re.IGNORECASE), count=1)
    return lower_first(work) if work != text or begins_with_verb(text) else None


def state_figure(row: FigureRow, sources: Sources = ()) -> list[Statement]:
    """Return a figure with its period and its caveat; the unit is left out where the title names it."""
    counted = _phrase_count(row) if not row.is_withheld else None
    if counted and not row.used:
        pattern = _("Another source gives {things} {when}")
        things = pattern.format(things=counted[1], when=format_when(row.period))
        counted = (WHOLE_SENTENCE, things) if counted[0] is THERE_WERE else None
    forms, text = counted or (WHOLE_SENTENCE, _phrase_amount(row))
    caveat, when = row.printed_caveat or "", capitalise(format_when(row.period))
    unless = frozenset((f"count:{row.value}", f"day:{row.period.stored_text}"))
    if forms is THERE_WERE and not caveat:
        values = (("when", when), ("source", "; ".join(sources)))  # figures of other sources have their own sentence
        return [Statement(forms, text, values, sources, unless=unless)]
    if forms is THERE_WERE:
        text = ngettext(*forms, 2, when=when, subjects=text)
    if get_current_language() is Language.EN and is_participle(caveat.split(" ", 1)[0].casefold()):
        text = f"{text}, {lower_first(caveat)}"
    elif caveat:
        text = f"{end_sentence(text)} {caveat}" if caveat.endswith(".") else f"{text} ({caveat})"
    return [state_text(text, sources, unless=unless)]


def _phrase_amount(row: FigureRow) -> str:
    """Return a figure with its title in quotation marks."""
    is_named = row.unit.rsplit(" ", 1)[-1].casefold() in row.printed_title.casefold()
    pattern = _("The figure for {title} {when} was {amount}")
    if not row.used:
        pattern = _("Another source gives {amount} for {title} {when}")
    amount = row.value_text if is_named else row.amount
    return pattern.format(title=quote(row.printed_title), amount=amount, when=format_when(row.period))


def _phrase_count(row: FigureRow) -> tuple[Forms, str] | None:
    """Return a figure as the number of what its title names, "34 referrals in Wales", with its message; else None.

    The title has the unit as its noun, and after a comma the place.
    """
    title, when = row.printed_title, format_when(row.period)
    name, comma, place = title.rpartition(", ")
    named = name if comma else title
    where = f" {_join_place(place)}" if comma else ""
    count = row.value_text
    if row.out_of:
        count = _("{value} of the {whole}").format(value=f"{row.value:,}", whole=f"{row.out_of:,}")
    if get_current_language() is not Language.EN:
        if not named.casefold().startswith(row.shown_unit.casefold()) or ENGLISH_ONLY in named:
            return None
        pattern = _("The number of {things}{where} {when} was {count}")
        things = add_welsh_article(named)
        return WHOLE_SENTENCE, pattern.format(things=things, where=where, when=when, count=count)
    noun, rest = split_noun(named, row.unit)
    if not noun or ENGLISH_ONLY in title:
        return None
    verb = phrase_position(rest, is_one=count == "1")
    is_first = when.partition(" ")[0] in ("in", "on", "by")
    if is_first and verb and not where:
        return WHOLE_SENTENCE, f"{capitalise(when)}, {count} {lower_first(noun)} {verb}"
    if is_first and not row.out_of and count != "1":
        return THERE_WERE, f"{count} {lower_first(named)}{where}"
    pattern = _("The number of {things}{where} {when} was {count}")
    return WHOLE_SENTENCE, pattern.format(things=lower_first(named), where=where, when=when, count=count)


def _join_place(place: str) -> str:
    return _("in {place}").format(place=name_in_text(place))


def state_recommendation(row: RecommendationRow, sources: Sources) -> list[Statement]:
    """Return a recommendation with its response, unless the paragraph states an action that answers it."""
    title = row.printed_title
    named = (
        f"to {lower_first(title)}"
        if get_current_language() is Language.EN and begins_with_verb(title)
        else quote(title)
    )
    unless = {f"recommendation:{row.key.hex()}"}
    if not row.response:
        kind = (("kind", "quoted" if named == quote(title) else "named"),)
        return [Statement(UNANSWERED, named, kind, unless=frozenset(unless))]
    response = choose_printed_text(row.response, None).rstrip(".")
    first = response.split(" ", 1)[0].casefold()
    if get_current_language() is Language.EN and is_participle(first):
        text = _("The recommendation {title} has been {response}").format(title=named, response=lower_first(response))
    else:
        text = _("The response to {title} is {response}").format(title=named, response=quote(response))
    return [state_text(text, sources, unless=unless)]


def state_document(row: DocumentRow, sources: Sources, today: date) -> list[Statement]:
    """Return who published a document and when, or when it is or was expected; nothing where no day is known."""
    title = quote(row.printed_title) + (f" ({row.reference})" if row.reference else "")
    body = name_in_text(row.body) if row.body else ""
    day = row.expected_on if row.awaited else row.published_on
    if day is None:
        return [state_text(_("{title} is expected").format(title=title), sources)] if row.awaited else []
    if row.awaited:
        pattern = _("{title} was expected {when}") if row.is_overdue(today) else _("{title} is expected {when}")
        unless = {f"due:{day.latest}"}
    else:
        pattern = _("{body} published {title} {when}") if body else _("{title} was published {when}")
        unless = set()
    text = capitalise(pattern.format(title=title, body=body, when=format_when(day)))
    states = {f"day:{day.stored_text}"}
    statement = state_text(text, sources, states=states, unless=unless)
    return [replace(statement, until=day.latest) if row.awaited else statement]
