"""The paper that somebody asked for, as a Word file or Markdown: questions, claims with their records, the cascade.

What stands in it is what the records say today; where that is not what a person last looked at, the draft says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.documents.meeting_document import Language
from ahtc_tui.domain.documents.office_paper import Numbered, OfficePaper, Part, Point, highest
from ahtc_tui.domain.evidence.model import small_among
from ahtc_tui.domain.evidence.practice import AdoptionStatus, PlaceKind, count_cells
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.welsh.file_language import language_now, said_in
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.documents.office_papers import check_ending, free_target, names_for, write_in
from ahtc_tui.services.evidence.practice import matrix
from ahtc_tui.services.evidence.service import list_figures

if TYPE_CHECKING:
    from ahtc_tui.domain.commissions.model import CommissionCard, ParagraphRow, Rest
    from ahtc_tui.domain.evidence.practice import PracticeMatrix
    from ahtc_tui.services.workspace import Workspace

MOST_PLACES = 14
"""Columns of places that a page holds."""
FEW = 2
"""Up to so many names stand on lines of their own; more share one."""


@dataclass(frozen=True, slots=True)
class PaperExport:
    """What was written, and what a person still has to look at."""

    file: Path
    ref: str
    marking: Marking
    paragraphs: int
    records: int
    stale: tuple[str, ...]
    """The numbers of the paragraphs whose records say something else since a person last looked."""
    empty: tuple[int, ...]
    """The questions without an answer."""
    small: tuple[str, ...] = ()
    """Counts of people under the limit of the workspace: somebody looks before they leave."""
    limit: int = 0


def export_commission(
    workspace: Workspace,
    ref: str,
    target: Path | None = None,
    marking: Marking = Marking.OFFICIAL,
    *,
    refs: bool = True,
    force: bool = False,
) -> PaperExport:
    """Write the paper; into the exports folder where no file is named. Without `refs` no claim names its record.

    The highest marking of its parts wins. Raises BadInput, NotFound, Refused.
    """
    if target is not None:
        check_ending(target)
    language = language_now()
    with said_in(Language.EN):  # what records said when somebody looked was kept in English
        found = show_commission(workspace, ref)
    stale = frozenset(rest.link for paragraph in found.stale for rest in paragraph.rests if rest.stale)
    whole = highest(marking, [found.marking])

    def make() -> OfficePaper:
        return paper_of(show_commission(workspace, ref), stale, matrix(workspace), workspace, whole, refs=refs)

    place = target or free_target(workspace, f"paper-{found.row.ref}")
    path = write_in(place, make, force, language, names_for(workspace, language))
    records = {ref for paragraph in found.paragraphs for ref in paragraph.refs}
    changed = tuple(paragraph.number for paragraph in found.stale)
    small = small_among((row for row in list_figures(workspace) if row.ref in records), workspace.small_counts)
    numbers = (len(found.paragraphs), len(records))
    limit = workspace.small_counts
    return PaperExport(path, found.row.ref, whole, *numbers, changed, found.empty, small, limit)


def paper_of(
    found: CommissionCard,
    stale: frozenset[bytes],
    cascade: PracticeMatrix,
    workspace: Workspace,
    marking: Marking,
    *,
    refs: bool,
) -> OfficePaper:
    """The commission as a paper; `stale` are the links to records that say something else than when somebody looked."""
    today = workspace.today()
    parts = [
        Part(
            f"{question.number}. {question.text}",
            paragraphs=tuple(_numbered(own, stale, refs=refs) for own in question.paragraphs),
            none=_("Nothing is said under this question yet."),
        )
        for question in found.questions
    ]
    kinds = {rest.kind for paragraph in found.paragraphs for rest in paragraph.rests}
    if ClaimKind.PRACTICE in kinds:
        parts.append(_annex(cascade))
    as_at = _("As at {day}").format(day=long_date(today))
    return OfficePaper(found.row.title, as_at, today, tuple(_facts(found)), tuple(parts), marking)


def _facts(found: CommissionCard) -> list[tuple[str, str]]:
    row = found.row
    period = [str(day) for day in (found.from_on, found.to_on) if day]
    facts = [
        (_("For"), row.asked_by),
        (_("Reference"), row.reference),
        (_("Looks back on"), _(" to ").join(period)),
        (_("Due"), str(row.due) if row.due else None),
        (_("Cleared by"), found.cleared_by),
        (_("Sent"), str(row.sent_on) if row.sent_on else None),
    ]
    return [(label, value) for label, value in facts if value]


def _numbered(own: ParagraphRow, stale: frozenset[bytes], *, refs: bool) -> Numbered:
    note = ""
    changed = [rest for rest in own.rests if rest.link in stale]
    if refs and changed:
        when = _("since {day}").format(day=own.as_at) if own.as_at else _("since a person last looked")
        note = _("Changed {when}: {what}").format(when=when, what="; ".join(map(_change, changed)))
    named = [rest.now for rest in own.rests if rest.now]
    if own.text:
        return Numbered(own.number, own.title or "", own.text, (), ", ".join(own.refs) if refs else "", note)
    alone = [claim for claim in named if claim.said or len(named) <= FEW]
    points = [Point(claim.sentence, claim.ref if refs else "") for claim in alone]
    shared = [claim.title for claim in named if claim not in alone]
    points += [Point("; ".join(shared))] if shared else []
    return Numbered(own.number, own.title or "", points=tuple(points), note=note)


def _change(rest: Rest) -> str:
    """What a record said, and what it says now."""
    if rest.now is None:
        return _('"{was}" was taken away').format(was=rest.then)
    return _('{ref} was "{was}"').format(ref=rest.now.ref, was=rest.then)


def _annex(found: PracticeMatrix) -> Part:
    """The cascade: a column for each place that a page has room for, the authorities as one count."""
    blocks = (PlaceKind.FORCE, PlaceKind.FORUM, PlaceKind.OTHER)
    columns = [number for kind in blocks for number in found.block(kind)][:MOST_PLACES]
    authorities = found.block(PlaceKind.AUTHORITY)
    named = [f"{n} {found.places[number].name}" for n, number in enumerate(columns, 1)]
    key = "; ".join([*named, _("A the {n} authorities").format(n=len(authorities))])
    signs = "   ".join(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus)
    head = ("", *(str(n) for n in range(1, len(columns) + 1)), "A")
    rows = [
        (
            row.practice.title,
            *(cell.status.symbol if (cell := row.cells[number]) else "·" for number in columns),
            count_cells(row.cells[number] for number in authorities).short,
        )
        for row in found.rows
    ]
    totals = [count_cells(found.column(number)).adopted for number in columns]
    rows.append((_("Adopted"), *(str(number) for number in totals), ""))
    place, last = 0.72, 1.6
    widths = (16.4 - place * len(columns) - last, *(place for _number in columns), last)
    legend = f"{signs}   {_('· not said')}"
    return Part(_("Annex: good practice by place"), (key, legend), head, tuple(rows), widths, own_page=True)
