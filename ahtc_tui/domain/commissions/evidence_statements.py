"""Sentences of a paper about decisions, figures, recommendations and documents."""

from __future__ import annotations

import re
from datetime import date

from ahtc_tui.domain.commissions.statements import (
    CONCERNED,
    WHOLE_SENTENCE,
    Forms,
    Sources,
    Statement,
    Weight,
    end_sentence,
    format_when,
    name_in_text,
    quote,
    state_text,
)
from ahtc_tui.domain.evidence.model import FigureRow
from ahtc_tui.domain.evidence.recommendations import DocumentRow, RecommendationRow
from ahtc_tui.domain.i18n import (
    Language,
    _,
    choose_printed_text,
    get_current_language,
    ngettext_noop,
)
from ahtc_tui.domain.meetings.decisions import Decision
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.english_phrases import (
    begins_with_verb,
    is_participle,
    lower_first,
)

DATA_SETS: dict[str, Forms] = {
    "primary": ngettext_noop("The primary data set is {subjects}", "The primary data sets are {subjects}"),
    "secondary": ngettext_noop("The secondary data set is {subjects}", "The secondary data sets are {subjects}"),
}
"""Message about data sets of a tier."""
AIMS = ngettext_noop("The aim is {subjects}", "The aims are {subjects}")


def state_aim(text: str, sources: Sources) -> list[Statement]:
    """Return an aim, in English as what the office wants to do where its text begins with a verb."""
    is_verb = get_current_language() is Language.EN and begins_with_verb(text)
    return [Statement(AIMS, f"to {lower_first(text)}" if is_verb else quote(text), (), sources)]


def state_data_set(title: str, tier: str | None, sources: Sources) -> list[Statement]:
    """Return that a data set is one of its tier; without a tier it is a secondary one."""
    return [Statement(DATA_SETS[tier or "secondary"], quote(title), (), sources)]


def state_decision(row: Decision, sources: Sources) -> list[Statement]:
    """Return who decided what, and when."""
    text = row.printed_text.rstrip(".")
    when = format_when(row.decided_on) if row.decided_on else ""
    work = re.sub(r"^(?:(?:agreement|agreed|decision|decided) )?to (?=\w)", "", text, flags=re.IGNORECASE)
    body = name_in_text(row.body or "")
    if get_current_language() is Language.EN and (work != text or begins_with_verb(text)):
        pattern = _("{body} decided {when} to {work}") if body else _("It was decided {when} to {work}")
        sentence = pattern.format(body=body, when=when, work=lower_first(work)).replace("  ", " ")
    else:
        if row.body:
            pattern = _("{body} decided {when}: {text}") if when else _("{body} decided: {text}")
        else:
            pattern = _("It was decided {when}: {text}") if when else _("It was decided: {text}")
        sentence = pattern.format(body=body, when=when, text=quote(text))
    return [state_text(capitalise(sentence), sources)]


def state_figure(row: FigureRow, sources: Sources = ()) -> list[Statement]:
    """Return a figure with its period and its caveat; the unit is left out where the title names it."""
    is_named = row.unit.rsplit(" ", 1)[-1].casefold() in row.printed_title.casefold()
    pattern = _("The figure for {title} {when} was {amount}")
    if not row.used:
        pattern = _("Another source gives {amount} for {title} {when}")
    amount = row.value_text if is_named else row.amount
    text = pattern.format(title=quote(row.printed_title), amount=amount, when=format_when(row.period))
    caveat = row.printed_caveat or ""
    if get_current_language() is Language.EN and is_participle(caveat.split(" ", 1)[0].casefold()):
        text = f"{text}, {lower_first(caveat)}"
    elif caveat:
        text = f"{end_sentence(text)} {caveat}" if caveat.endswith(".") else f"{text} ({caveat})"
    return [state_text(text, sources, unless={f"count:{row.value}", f"day:{row.period.stored_text}"})]


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
        return [state_text(_("The recommendation {title} has no answer yet").format(title=named), (), unless=unless)]
    response = choose_printed_text(row.response, None).rstrip(".")
    first = response.split(" ", 1)[0].casefold()
    if get_current_language() is Language.EN and is_participle(first):
        text = _("The recommendation {title} has been {response}").format(title=named, response=lower_first(response))
    else:
        text = _("The response to {title} is: {response}").format(title=named, response=response)
    return [state_text(text, sources, unless=unless)]


def state_document(row: DocumentRow, sources: Sources, today: date) -> list[Statement]:
    """Return who published a document and when, or when it is or was expected; without a day it is only mentioned."""
    title = quote(row.printed_title) + (f" ({row.reference})" if row.reference else "")
    body = name_in_text(row.body) if row.body else ""
    day = row.expected_on if row.awaited else row.published_on
    if day is None:
        text = _("{title} is expected").format(title=title) if row.awaited else title
        weight = Weight.FACT if row.awaited else Weight.MENTION
        forms = WHOLE_SENTENCE if row.awaited else CONCERNED
        return [Statement(forms, end_sentence(text) if row.awaited else text, (), sources, most=1, weight=weight)]
    if row.awaited:
        pattern = _("{title} was expected {when}") if row.is_overdue(today) else _("{title} is expected {when}")
        unless = {f"due:{day.latest}"}
    else:
        pattern = _("{body} published {title} {when}") if body else _("{title} was published {when}")
        unless = set()
    text = capitalise(pattern.format(title=title, body=body, when=format_when(day)))
    states = {f"day:{day.stored_text}"}
    return [state_text(text, sources, states=states, unless=unless)]
