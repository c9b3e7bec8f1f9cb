"""Sentences of a paper about actions, by status, lead and day."""

from __future__ import annotations

from ahtc_tui.domain.actions.model import ActionRow, Status
from ahtc_tui.domain.commissions.statements import (
    WHOLE_SENTENCE,
    Forms,
    Statement,
    end_sentence,
    format_when,
    name_in_text,
    quote,
)
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.groups.membership import OUR_POST
from ahtc_tui.domain.i18n import Language, _, get_current_language, ngettext_noop
from ahtc_tui.domain.text.english_phrases import begins_with_verb, lower_first, put_in_past

WITH_LEAD: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("{lead} plans {subjects}{due}", "{lead} plans {subjects}{due}"),
    Status.IN_PROGRESS: ngettext_noop("{lead} is working {subjects}{due}", "{lead} is working {subjects}{due}"),
    Status.CONTINUING: ngettext_noop("{lead} continues {subjects}", "{lead} continues {subjects}"),
    Status.DONE: ngettext_noop("{lead} has {subjects}", "{lead} has {subjects}"),
}
DONE_ON = ngettext_noop("{when}, {lead} {subjects}", "{when}, {lead} {subjects}")
WITHOUT_LEAD: dict[Status, Forms] = {
    Status.PLANNED: ngettext_noop("Work {subjects} is planned{due}", "Work {subjects} is planned{due}"),
    Status.IN_PROGRESS: ngettext_noop("Work {subjects} is in progress{due}", "Work {subjects} is in progress{due}"),
    Status.CONTINUING: ngettext_noop("Work {subjects} continues", "Work {subjects} continues"),
    Status.ON_HOLD: ngettext_noop("Work {subjects} is on hold{due}", "Work {subjects} is on hold{due}"),
    Status.PROPOSED_COMPLETE: ngettext_noop(
        "Work {subjects} has been proposed as complete", "Work {subjects} has been proposed as complete"
    ),
    Status.DONE: ngettext_noop("Work {subjects} is complete", "Work {subjects} is complete"),
    Status.CANCELLED: ngettext_noop("Work {subjects} has been cancelled", "Work {subjects} has been cancelled"),
}
COMPLETED_ON = ngettext_noop("Work {subjects} was completed {when}", "Work {subjects} was completed {when}")


def state_action(row: ActionRow, source: str) -> list[Statement]:
    """Return what a paper states of an action: its position, and its latest update while it is open."""
    values = [("due", _(" (due {day})").format(day=format_day(row.due)) if row.due else "")]
    when = format_when(row.closed_on) if row.status is Status.DONE and row.closed_on else ""
    has_lead = bool(row.lead) and row.status in WITH_LEAD
    if when:
        values.append(("when", when))
    if has_lead:
        is_ours = row.lead_ref == OUR_POST
        values.append(("lead", _("the Co-ordinator") if is_ours else name_in_text(row.lead or "")))
    dated, undated = (DONE_ON, WITH_LEAD) if has_lead else (COMPLETED_ON, WITHOUT_LEAD)
    forms = dated if when else undated[row.status]
    statements = [Statement(forms, _phrase_work(row, has_lead=has_lead, is_dated=bool(when)), tuple(values), source)]
    if row.printed_update and row.is_open:
        update = end_sentence(row.printed_update)
        statements.append(Statement(WHOLE_SENTENCE, update, source=source, most=1))
    return statements


def _phrase_work(row: ActionRow, *, has_lead: bool, is_dated: bool) -> str:
    """Return the work as it follows "is working", "continues" or "has": "to build a forum", "built a forum"."""
    title = row.printed_title.rstrip(".")
    if get_current_language() is not Language.EN:
        return title
    is_done = has_lead and row.status is Status.DONE
    if begins_with_verb(title):
        return put_in_past(title, is_participle=not is_dated) if is_done else f"to {lower_first(title)}"
    if is_done:
        return f"completed work on {quote(title)}"
    return f"{'work ' if has_lead and row.status is not Status.IN_PROGRESS else ''}on {quote(title)}"
