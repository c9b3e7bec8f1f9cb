"""Export of a commissioned paper: questions, running text with its sources as footnotes, the cascade.

The paper has the current values of the records, and a note where they changed after they were last confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from ahtc_tui.domain.actions.model import Marking, find_highest_marking
from ahtc_tui.domain.commissions.abbreviations import write_out
from ahtc_tui.domain.commissions.claims import ClaimKind
from ahtc_tui.domain.commissions.evidence_statements import state_figure
from ahtc_tui.domain.commissions.model import ClaimLink, CommissionCard, ParagraphRow
from ahtc_tui.domain.commissions.statements import (
    WRITTEN,
    Citations,
    RunningText,
    Statement,
    Weight,
    compose_text,
    select_statements,
)
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.documents.office_paper import (
    NumberedParagraph,
    OfficePaper,
    PaperKind,
    PaperPart,
    repair_sources,
)
from ahtc_tui.domain.evidence.practice import (
    NO_INFORMATION,
    AdoptionRow,
    AdoptionStatus,
    PlaceKind,
    PracticeMatrix,
    count_cells,
)
from ahtc_tui.domain.evidence.small_counts import find_hidden
from ahtc_tui.domain.i18n import Language, _, choose_printed_text, get_current_language, translated_names, use_language
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.publication.model import PublishedDocument
from ahtc_tui.domain.publication.page_texts import PageFields, PageTexts
from ahtc_tui.domain.text.sources import find_paragraphs
from ahtc_tui.services.commissions.service import show_commission
from ahtc_tui.services.documents.file_formats import WORD
from ahtc_tui.services.documents.meeting_pages import format_release
from ahtc_tui.services.documents.office_papers import Papers, Target, build_in_languages, find_target, write_papers
from ahtc_tui.services.evidence.practice import show_matrix
from ahtc_tui.services.evidence.service import list_published_figures
from ahtc_tui.services.privacy.marking_limit import limit_marking, list_left_out, refuse_marked_publication
from ahtc_tui.services.publication import service as publication
from ahtc_tui.services.publication.service import BuildPage, PublishedPage, Release, read_mark_context
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.commissions.statements import read_abbreviations, read_fact_sources, read_statements
from ahtc_tui.store.publication.queries import ReleaseSubject

PAPER_FIELDS = PageFields(
    frozenset(
        {
            *(
                "subtitle",
                "day",
                "marking",
                "head",
                "none",
                "widths",
                "own_page",
                "row_height",
                "ref",
                "number",
                "legend",
            ),
            *("short_name", "numbers"),
        }
    ),
    {"facts": "fact", "rows": "table", "lines": "paragraph", "document": "source", "heading": "question"},
    repair=repair_sources,
)
"""What the fields of a commissioned paper hold; every other field is a text to be released."""

MAX_PLACES = 14
"""Number of columns of places on a page."""


@dataclass(frozen=True, slots=True)
class PaperExport:
    """The file that was written, and what is left to check."""

    file: Path
    ref: str
    marking: Marking
    paragraphs: int
    records: int
    stale: tuple[str, ...]
    """Numbers of the paragraphs whose records changed after they were confirmed."""
    empty: tuple[int, ...]
    """Numbers of the questions without an answer."""
    small: tuple[str, ...] = ()
    """Figures below the small-count limit of the workspace, to check before publication."""
    limit: int = 0
    untranslated: tuple[str, ...] = ()
    """Texts of a paper in Welsh that are printed in English with a mark."""


def export_commission(
    workspace: Workspace,
    ref: str,
    target: Target = WORD,
    marking: Marking = Marking.OFFICIAL,
    *,
    refs: bool = False,
    force: bool = False,
    is_published: bool = False,
) -> PaperExport:
    """Write the paper in the format of its target; without `refs` the claims omit their records.

    Without `is_published` it is a copy for the office, which says so, with the highest marking of its parts. Raises
    BadInput, NotFound, Refused where the file exists, and where a published paper is not released as it is now.
    """
    language = get_current_language()
    card = show_commission(workspace, ref)
    highest_marking = find_highest_marking(marking, [card.marking])
    place = find_target(workspace, PaperKind.PAPER, target, lambda: f"{workspace.today().isoformat()} {card.row.title}")
    papers: Papers
    if is_published:
        refuse_marked_publication(highest_marking)
        release = publication.read_release(workspace, find_page(ref))
        papers = stamp_papers(release, language)
    else:
        office = _build_papers(workspace, card, highest_marking, language, refs=refs)
        papers = [(printed, _mark_for_office(paper, printed)) for printed, paper in office]
    untranslated = papers[0][1].untranslated
    path = write_papers(workspace, PaperKind.PAPER, place, papers, force)
    records = {ref for paragraph in card.paragraphs for ref in paragraph.refs}
    changed = tuple(paragraph.number for paragraph in card.stale_paragraphs)
    small = find_hidden(row for row in list_published_figures(workspace) if row.ref in records)
    numbers = (len(card.paragraphs), len(records))
    limit = workspace.small_counts
    return PaperExport(
        path, card.row.ref, highest_marking, *numbers, changed, card.unanswered_questions, small, limit, untranslated
    )


def find_page(ref: str) -> BuildPage:
    """Return what composes a commissioned paper as a page to be published."""
    return partial(build_paper_page, ref=ref)


def build_paper_page(workspace: Workspace, ref: str) -> PublishedPage[OfficePaper]:
    """Return a commissioned paper as it would be published, in both languages. Raises NotFound."""
    card = show_commission(workspace, ref)
    (_cy, welsh), (_en, english) = _build_papers(workspace, card, Marking.OFFICIAL, Language.BOTH, refs=False)
    with workspace.database.read() as cursor:
        context = read_mark_context(cursor, workspace.today())
    subject = ReleaseSubject(PublishedDocument.PAPER, commission=card.row.key)
    texts = PageTexts(PAPER_FIELDS)
    pages = english.without_notes(), welsh.without_notes()
    return PublishedPage(subject, card.row.ref, *pages, texts, context, compare=_drop_day)


def _drop_day(paper: OfficePaper) -> OfficePaper:
    return replace(paper, subtitle="", day=date.min)


def _build_papers(
    workspace: Workspace, card: CommissionCard, marking: Marking, language: Language, *, refs: bool
) -> Papers:
    def build_paper() -> OfficePaper:
        statements = _read_statements(workspace, card)
        with translated_names():
            matrix = show_matrix(workspace)
        with workspace.database.read() as cursor:
            abbreviations = read_abbreviations(cursor)
        paper = build_commission_paper(card, statements, matrix, workspace, marking, refs=refs)
        return write_out(paper, abbreviations, _list_own_wordings(card, paper))

    return build_in_languages(workspace, PaperKind.PAPER, build_paper, language)


def _list_own_wordings(card: CommissionCard, paper: OfficePaper) -> frozenset[str]:
    """Return the numbers of the paragraphs that are printed in the words of the paper itself, as it was sent."""
    own = card.row.reference
    printed = {item.number: item.text for part in paper.parts for item in part.paragraphs}
    worded = (item for item in card.paragraphs if printed[item.number] in (item.text, item.text_cy))
    return frozenset(item.number for item in worded if own and find_paragraphs(item.source or "")[0].startswith(own))


def _mark_for_office(paper: OfficePaper, language: Language) -> OfficePaper:
    with use_language(language):
        return paper.for_office()


def stamp_papers(release: Release[OfficePaper], language: Language) -> Papers:
    """Return the papers of a release in each language of a file, with the release as a fact."""
    return [(printed, _stamp(paper, release, printed)) for printed, paper in release.list_versions(language)]


def _stamp(paper: OfficePaper, release: Release[OfficePaper], language: Language) -> OfficePaper:
    """Return a paper with its release as a fact."""
    with use_language(language):
        return replace(paper, facts=(*paper.facts, (_("Version"), format_release(release))))


def export_paper_to_folder(
    workspace: Workspace, ref: str, target: Target = WORD
) -> tuple[PaperExport, tuple[str, ...]]:
    """Write the paper into the exports folder, with records up to OFFICIAL; return what was left out as sentences.

    Raises as `export_commission`.
    """
    with limit_marking(workspace, Marking.OFFICIAL) as limited:
        return export_commission(limited, ref, target), list_left_out(limited)


def build_commission_paper(
    card: CommissionCard,
    statements: Mapping[RowKey, list[Statement]],
    cascade: PracticeMatrix,
    workspace: Workspace,
    marking: Marking,
    *,
    refs: bool,
) -> OfficePaper:
    """Return the commission as a paper: under each question running text from the statements of its records."""
    today = workspace.today()
    stated = {paragraph.number: _select_statements(paragraph, statements, today) for paragraph in card.paragraphs}
    citations = Citations(source for listed in stated.values() for item in listed for source in item.cited)
    parts = [
        PaperPart(
            f"{question.number}. {question.printed_text}",
            paragraphs=tuple(
                _build_paragraph(
                    paragraph, stated[paragraph.number], citations, is_sourced=paragraph.key in statements, refs=refs
                )
                for paragraph in question.paragraphs
            ),
            none=_("This question has no answer yet."),
        )
        for question in card.questions
    ]
    kinds = {basis.kind for paragraph in card.paragraphs for basis in paragraph.claim_links}
    if ClaimKind.PRACTICE in kinds:
        parts.append(_build_annex(cascade))
    as_at = _("As at {date}").format(date=format_long_date(today))
    return OfficePaper(card.row.printed_title, as_at, today, tuple(_build_facts(card)), tuple(parts), marking)


def _read_statements(workspace: Workspace, card: CommissionCard) -> dict[RowKey, list[Statement]]:
    """Return the sentences about the records of a paper, in the current language, by key of the record.

    The wording of a paragraph that its source carries is there by the key of the paragraph.
    """
    keys_by_kind: dict[ClaimKind, set[RowKey]] = {}
    for paragraph in card.paragraphs:
        for link in paragraph.claim_links:
            if link.claim:
                keys_by_kind.setdefault(link.kind, set()).add(link.claim.key)
    statements: dict[RowKey, list[Statement]] = {}
    with workspace.database.read() as cursor:
        for kind, keys in keys_by_kind.items():
            statements.update(read_statements(cursor, kind, keys, workspace.today()))
        worded = {paragraph.key: paragraph for paragraph in card.paragraphs if paragraph.text and paragraph.source}
        sources = read_fact_sources(cursor, "paragraphs", worded)
    for key, paragraph in worded.items():
        if cited := sources.cite(key, "text"):
            statements[key] = [
                Statement(WRITTEN, choose_printed_text(paragraph.text or "", paragraph.text_cy), (), cited)
            ]
    for row in list_published_figures(workspace):
        if row.key in statements and row.hidden_below is not None:
            figure = state_figure(row, statements[row.key][0].sources)
            statements[row.key] = [replace(statement, until=date.min) for statement in figure]
    return statements


def _build_facts(card: CommissionCard) -> list[tuple[str, str]]:
    row = card.row
    period = [format_day(day) for day in (card.from_on, card.to_on) if day]
    facts = [
        (_("For"), row.asked_by),
        (_("Reference"), row.reference),
        (_("Period covered"), _(" to ").join(period)),
        (_("Due"), format_day(row.due)),
        (_("Cleared by"), card.cleared_by),
        (_("Sent"), format_day(row.sent_on)),
    ]
    return [(label, value) for label, value in facts if value]


def _build_paragraph(
    paragraph: ParagraphRow, statements: Sequence[Statement], citations: Citations, *, is_sourced: bool, refs: bool
) -> NumberedParagraph:
    running = compose_text(statements, citations)
    is_written = (
        bool(paragraph.text or (paragraph.text_cy and get_current_language() is Language.CY)) and not is_sourced
    )
    if is_written:
        running = RunningText(choose_printed_text(paragraph.text or "", paragraph.text_cy))
    number, ref = paragraph.number, ", ".join(paragraph.refs) if refs else ""
    title = paragraph.printed_title if refs or is_written or not running.text else ""
    note = _build_note(paragraph, refs=refs)
    if not running.text:
        note = note or _("The records of this paragraph give no sentence. Write its text before the paper goes out.")
    return NumberedParagraph(number, title, running.text, ref=ref, note=note, sources=running.notes)


def _select_statements(
    paragraph: ParagraphRow, statements: Mapping[RowKey, list[Statement]], today: date
) -> list[Statement]:
    """Return what a paragraph states; one that is a paragraph of an earlier paper states what that one carries.

    That is its wording, as long as no record of the paragraph changed and nothing in it is past its day.
    """
    keys = [basis.claim.key for basis in paragraph.claim_links if basis.claim]
    stated = [statement for key in keys for statement in statements.get(key, ())]
    document, numbers = find_paragraphs(paragraph.source or "")
    if numbers:
        restricted = [statement.restrict_to(document, numbers[0]) for statement in stated]
        stated = [statement for statement in restricted if statement]
    wording = statements.get(paragraph.key)
    facts = [statement for statement in stated if statement.weight is Weight.FACT]
    is_true = all(statement.cited and (statement.until or today) >= today for statement in facts)
    if wording and is_true and not paragraph.is_stale:
        return wording
    return select_statements(stated)


def _build_note(paragraph: ParagraphRow, *, refs: bool) -> str:
    """Return the mark of a paragraph with records that changed; with `refs` it names them."""
    changed_links = [link for link in paragraph.claim_links if link.is_stale]
    if not changed_links:
        return ""
    when = _("since {day}").format(day=paragraph.as_at) if paragraph.as_at else _("since the last check")
    if not refs:
        return _("Records of this paragraph changed {when}. Check it before the paper goes out.").format(when=when)
    return _("Changed {when}: {what}").format(when=when, what="; ".join(map(_format_change, changed_links)))


def _format_change(basis: ClaimLink) -> str:
    """Return the confirmed and the current text of a record."""
    if basis.claim is None:
        return _('"{was}" was removed').format(was=basis.confirmed_sentence)
    return _('{ref} was "{was}"').format(ref=basis.claim.ref, was=basis.confirmed_sentence)


def _build_annex(cascade: PracticeMatrix) -> PaperPart:
    """Return the cascade: a column for each place that fits on a page, and one count of the authorities."""
    blocks = (PlaceKind.FORCE, PlaceKind.FORUM, PlaceKind.OTHER)
    columns = [number for kind in blocks for number in cascade.list_columns(kind)][:MAX_PLACES]
    authorities = cascade.list_columns(PlaceKind.AUTHORITY)
    named = [f"{n} {cascade.places[number].name}" for n, number in enumerate(columns, 1)]
    key = "; ".join([*named, _("A all {n} authorities").format(n=len(authorities))])
    signs = "   ".join(f"{status.symbol} {status.label.lower()}" for status in AdoptionStatus)
    head = ("", *(str(n) for n in range(1, len(columns) + 1)), "A")
    rows = [
        (
            row.practice.printed_title,
            *(cell.status.symbol if (cell := row.cells[number]) else NO_INFORMATION for number in columns),
            _format_count(row.cells[number] for number in authorities),
        )
        for row in cascade.rows
        if any(row.cells[number] for number in (*columns, *authorities))
    ]
    totals = [count_cells(cascade.list_cells(number)).adopted for number in columns]
    rows.append((_("Adopted"), *(str(number) for number in totals), ""))
    place, last = 0.72, 1.6
    widths = (16.4 - place * len(columns) - last, *(place for _number in columns), last)
    legend = "   ".join((signs, _("· no information")))
    heading = _("Annex: good practice by place")
    return PaperPart(heading, (key,), head, tuple(rows), widths, own_page=True, legend=legend)


def _format_count(cells: Iterable[AdoptionRow | None]) -> str:
    """Return the signs of cells with their numbers, and the number of all: "1● 2◐/22"."""
    counts = count_cells(cells)
    signs = " ".join(f"{number}{status.symbol}" for status, number in counts.by_status)
    return f"{signs}/{counts.of}" if signs else NO_INFORMATION
