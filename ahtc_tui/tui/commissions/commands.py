"""What is done with one commission from either of its screens: draft, confirm, export. Never how it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.formatting import say_number
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.commissions import paragraphs
from ahtc_tui.services.exports import commission
from ahtc_tui.tui.widgets.confirm import Confirm, say, told

if TYPE_CHECKING:
    from ahtc_tui.domain.commissions.model import Draft
    from ahtc_tui.tui.base.desk_screen import DeskApp

SHOWN = 12
"""So many paragraphs of a draft stand in the question."""


async def draft(app: DeskApp, ref: str) -> None:
    """Show what a draft would add, and add it where the answer is yes."""
    with told(app):
        proposed = await app.desk.ask(paragraphs.propose_draft, ref)
        question = Confirm("\n".join(_preview(proposed)), yes=_("add them"), no=_("leave it"))
        if proposed.paragraphs and not await app.push_screen_wait(question):
            return
        made = await app.desk.ask(paragraphs.write_draft, ref)
        app.wrote(_("{paragraphs} added").format(paragraphs=_paragraphs(len(made.paragraphs))))


def _preview(proposed: Draft) -> Iterator[str]:
    records = sum(len(one.claims) for one in proposed.paragraphs)
    yield _("{paragraphs} that rest on {n} records, each once:").format(
        paragraphs=_paragraphs(len(proposed.paragraphs)), n=records
    )
    for one in proposed.paragraphs[:SHOWN]:
        yield f"{one.question}  {one.title} ({len(one.claims)})"
    if len(proposed.paragraphs) > SHOWN:
        yield _("… and {n} more").format(n=len(proposed.paragraphs) - SHOWN)
    if proposed.left:
        yield _("Under no question: {refs}").format(refs=", ".join(claim.ref for claim in proposed.left[:SHOWN]))
    if proposed.outside:
        yield _("{n} lie outside the period").format(n=len(proposed.outside))


def _paragraphs(number: int) -> str:
    return say_number(number, _("1 paragraph"), _("{n} paragraphs"))


async def confirm(app: DeskApp, ref: str, *numbers: str) -> None:
    """Say that paragraphs hold: those named, or all that changed."""
    with told(app):
        held = await app.desk.ask(paragraphs.confirm, ref, numbers)
        app.wrote(_("{numbers}: holds as the records stand").format(numbers=", ".join(held)))


async def export(app: DeskApp, ref: str) -> None:
    """The paper among the exports."""
    with told(app):
        done = await app.desk.work(commission.export_commission, ref)
        said = _("Written: {path}   {n} paragraphs on {records} records").format(
            path=app.desk.within(done.file), n=done.paragraphs, records=done.records
        )
        said += _("   changed since: {numbers}").format(numbers=", ".join(done.stale)) if done.stale else ""
        said += _("   small counts to look at: {refs}").format(refs=", ".join(done.small)) if done.small else ""
        say(app, said, undo=False)
