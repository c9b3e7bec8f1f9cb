"""Fills ready sentences in documents with what the records say on the day, and names the source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from ahtc_tui.domain.actions.filters import ActionFilter, ActionScope, Sort
from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.documents.ready_sentences import (
    FIGURE_FORM,
    FORMS,
    fill_texts,
    find_near_form,
    list_sentences,
    read_form,
)
from ahtc_tui.domain.errors import BadInput, NotFound
from ahtc_tui.domain.evidence.practice import AdoptionStatus
from ahtc_tui.domain.evidence.small_counts import hide_small_counts
from ahtc_tui.domain.i18n import _, choose_language, ngettext
from ahtc_tui.domain.meetings.kinds import MeetingScope
from ahtc_tui.domain.minutes.checks import Gap, GapKind
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.suggestions import propose_name
from ahtc_tui.services import record_lookup
from ahtc_tui.store.actions.queries import read_actions
from ahtc_tui.store.evidence.practice import read_matrix
from ahtc_tui.store.evidence.queries import read_figures, read_last_writes
from ahtc_tui.store.groups.queries import read_groups
from ahtc_tui.store.groups.seats import read_seats
from ahtc_tui.store.meetings.queries import read_meetings

if TYPE_CHECKING:
    from ahtc_tui.domain.evidence.model import FigureRow
    from ahtc_tui.domain.evidence.practice import MatrixRow
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.domain.meetings.model import MeetingCard
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor, Table

Document = TypeVar("Document")
TEXT_FIELDS = ("title", "title_cy", "text", "text_cy", "note")
"""Fields of a meeting, an item or a line that may have ready sentences."""
FIGURE_FIELDS = ("value", "at_least", "out_of", "unit", "period")
"""Fields of a figure that its ready sentence prints."""


def fill_document(workspace: Workspace, document: Document) -> Document:
    """Return a document with its ready sentences filled, in the current language.

    Raises BadInput for a sentence that is none of the list, NotFound for one that names nothing in the records.
    """
    filled: Document = fill_texts(document, lambda sentence: fill_sentence(workspace, sentence))
    return filled


def fill_sentence(workspace: Workspace, sentence: str) -> str:
    """Return what a ready sentence says now, with its source. Raises BadInput, NotFound."""
    name, subject = read_form(sentence)
    with workspace.database.read() as cursor:
        return _FILLERS[name](cursor, workspace, subject)


def list_completions(workspace: Workspace, typed: str = "") -> list[str]:
    """Return the forms, and each sentence about a figure or the take-up of a practice, for completion while typing.

    After the first words of a sentence it is those that have all of them, with the names of leads and groups.
    """
    sentences = _list_sentences(workspace)
    words = normalize_text(typed).split()
    if not words:
        return sentences
    named = [*_list_named(workspace), *sentences]
    return [text for text in named if all(f" {word}" in f" {normalize_text(text)}" for word in words)] or sentences


def _list_named(workspace: Workspace) -> list[str]:
    """Return the sentences about each lead of open actions and each group."""
    with workspace.database.read() as cursor:
        rows = read_actions(cursor, ActionFilter(ActionScope.OPEN), Sort.REF, workspace.today())
        names = {"LEAD": sorted({row.lead_short or row.lead for _place, row in rows if row.lead})}
        names["GROUP"] = [group.name for group in read_groups(cursor, today=workspace.today())]
    forms = [(form, name) for form in FORMS for name in names.get(form.subject, ())]
    return [form.example.replace(form.subject, name) for form, name in forms]


def _list_sentences(workspace: Workspace) -> list[str]:
    with workspace.database.read() as cursor:
        figures = [_name_figure(row) for row in read_figures(cursor) if row.used and not row.superseded]
        take_up = choose_language("take-up of", "mabwysiadu")
        practices = [f"{take_up} {row.practice.shown_title}" for row in read_matrix(cursor).rows]
    return [form.example for form in FORMS] + [f"{{{text}}}" for text in (*practices, *figures)]


def _count_actions(cursor: Cursor, workspace: Workspace, subject: str, *, late: bool) -> str:
    lead = record_lookup.find_party_key(cursor, subject)
    action_filter = ActionFilter(ActionScope.OPEN, lead=lead, late=late)
    rows = [row for _place, row in read_actions(cursor, action_filter, Sort.REF, workspace.today())]
    if late:
        text = ngettext("{n} late action", "{n} late actions", len(rows))
    else:
        text = ngettext("1 open action", "{n} open actions", len(rows))
    refs = f": {', '.join(row.ref for row in rows)}" if rows else ""
    source = _("action log, {day}").format(day=format_long_date(workspace.today()))
    return f"{text.format(n=len(rows))}{refs} ({source})"


def _count_members(cursor: Cursor, workspace: Workspace, subject: str) -> str:
    key = record_lookup.find_group_key(cursor, subject)
    seats = read_seats(cursor, today=workspace.today(), group=key)
    text = ngettext("1 seat", "{n} seats", len(seats)).format(n=len(seats))
    return f"{text} ({_format_register_source(workspace)})"


def _name_next_meeting(cursor: Cursor, workspace: Workspace, subject: str) -> str:
    key = record_lookup.find_group_key(cursor, subject)
    rows = read_meetings(cursor, today=workspace.today(), group=key, selection=MeetingScope.COMING)
    days = sorted((row.day for row in rows if row.day), key=lambda day: day.latest)
    if not days:
        raise NotFound(
            _('This group has no planned meeting for "{sentence}".').format(sentence=f"next meeting of {subject}")
        )
    return str(days[0])


def _describe_take_up(cursor: Cursor, workspace: Workspace, subject: str) -> str:
    words, _comma, area = subject.partition(",")
    matrix = read_matrix(cursor)
    row = _find_practice(matrix.rows, words)
    cells = [cell for cell in row.cells if cell]
    if area.strip():
        cells = [cell for cell in cells if normalize_text(area) in normalize_text(cell.place)]
        places = [place for place in matrix.places if normalize_text(area) in normalize_text(place.name)]
        if not places:
            sentence = _('The take-up has no place "{name}", named in "{sentence}".')
            near = propose_name(area.strip(), [place.name for place in matrix.places])
            raise NotFound(sentence.format(sentence=f"take-up of {subject}", name=area.strip()) + near)
        if len(cells) == 1:
            return f"{cells[0].status.label.lower()} ({cells[0].place}, {_format_register_source(workspace)})"
    adopted = sum(cell.status is AdoptionStatus.ADOPTED for cell in cells)
    if not cells:
        return _("no information")
    text = _("{n} of {places} adopted").format(n=adopted, places=len(cells))
    return f"{text} ({_format_register_source(workspace)})"


def _find_practice(rows: tuple[MatrixRow, ...], words: str) -> MatrixRow:
    """Return the practice with a reference, or of which the title has all the words. Raises NotFound."""
    wanted = [word for word in normalize_text(words).split() if word not in ("the", "y", "yr")]
    for row in rows:
        if normalize_text(words) == normalize_text(row.practice.ref):
            return row
    matches = [row for row in rows if wanted and all(word in _words_of(row) for word in wanted)]
    if len(matches) == 1:
        return matches[0]
    titles = [row.practice.title for row in matches or rows]
    near = propose_name(words.strip(), titles)
    raise NotFound(_('"{sentence}" does not name one practice.').format(sentence=f"take-up of {words.strip()}") + near)


def _words_of(row: MatrixRow) -> str:
    return f" {normalize_text(f'{row.practice.title} {row.practice.title_cy or str()}')} "


def _quote_figure(cursor: Cursor, workspace: Workspace, subject: str) -> str:
    """Return the value of the figure that every part of a sentence describes, with its source."""
    figure = _find_figure(cursor, workspace, subject)
    source = ", ".join(text for text in (figure.source or figure.data_set, str(figure.period)) if text)
    return f"{figure.amount} ({source})"


def list_figures(cursor: Cursor, workspace: Workspace, *texts: str | None) -> list[str]:
    """Return the references of the figures that ready sentences of texts quote; a sentence without one is left out."""
    sentences = [sentence for text in texts if text for sentence in list_sentences(text)]
    refs = []
    for sentence in dict.fromkeys(sentences):
        name, subject = read_form(sentence)
        if name == "figure":
            with suppress(BadInput):
                refs.append(_find_figure(cursor, workspace, subject).ref)
    return refs


def find_figure_gaps(cursor: Cursor, workspace: Workspace, card: MeetingCard) -> list[Gap]:
    """Return the texts of a meeting that quote a figure which changed after they were written.

    Letters, agendas and minutes print the figure of the day, so the text around it is to be read again.
    """
    row = card.row
    titles = _find_changed_figures(cursor, workspace, "meetings", {row.key: (row.title, row.title_cy, card.note)})
    items = {item.key: (item.title, item.title_cy, item.note) for item in card.agenda}
    lines = {line.key: (line.text, line.text_cy) for line in card.lines}
    stale_items = _find_changed_figures(cursor, workspace, "agenda_items", items)
    stale_lines = _find_changed_figures(cursor, workspace, "minute_lines", lines)
    places = [
        *((None, None, sentences) for sentences in titles.values()),
        *((item.position, None, stale_items[item.key]) for item in card.agenda if item.key in stale_items),
        *((line.item, line.number, stale_lines[line.key]) for line in card.lines if line.key in stale_lines),
    ]
    return [
        Gap(GapKind.FIGURE_CHANGED, item, number, None, f"{{{sentence}}}")
        for item, number, sentences in places
        for sentence in sentences
    ]


def _find_changed_figures(
    cursor: Cursor, workspace: Workspace, table: Table, texts: Mapping[RowKey, Sequence[str | None]]
) -> dict[RowKey, list[str]]:
    """Return the ready sentences of texts whose figure was changed after the text was written, by key of the record.

    A text is written again, and so checked, when any of its fields changes.
    """
    quoted: dict[RowKey, list[tuple[str, RowKey]]] = {}
    for key, fields in texts.items():
        for sentence in dict.fromkeys(sentence for text in fields if text for sentence in list_sentences(text)):
            name, subject = read_form(sentence)
            if name == "figure":
                with suppress(BadInput):
                    quoted.setdefault(key, []).append((sentence, _find_figure(cursor, workspace, subject).key))
    written = read_last_writes(cursor, table, quoted.keys(), TEXT_FIELDS)
    figures = {figure for sentences in quoted.values() for _sentence, figure in sentences}
    changed = read_last_writes(cursor, "figures", figures, FIGURE_FIELDS)
    return {
        key: late
        for key, sentences in quoted.items()
        if (late := [sentence for sentence, figure in sentences if changed.get(figure, 0) > written.get(key, 0)])
    }


def _find_figure(cursor: Cursor, workspace: Workspace, subject: str) -> FigureRow:
    """Return the one figure that every part of a sentence describes. Raises BadInput."""
    parts = [normalize_text(part) for part in subject.split(",") if normalize_text(part)]
    figures = hide_small_counts(read_figures(cursor), workspace.small_counts)
    rows = [row for row in figures if row.used and not row.superseded]
    matches = [row for row in rows if all(_describes(part, row) for part in parts)]
    fewest = min((_count_further_words(row, parts) for row in matches), default=0)
    matches = [row for row in matches if _count_further_words(row, parts) == fewest]
    if len(matches) != 1:
        raise BadInput(_explain_figure(subject, matches, rows))
    return matches[0]


def _describes(part: str, row: FigureRow) -> bool:
    """Return whether the words of a part name the title, data set, area or period of a figure."""
    text = normalize_text(
        f"{row.title} {row.title_cy or ''} {row.data_set or ''} {row.area or ''} {row.period} {row.unit}"
    )
    return all(f" {word}" in f" {text}" for word in part.split())


def _count_further_words(row: FigureRow, parts: list[str]) -> int:
    """Return how many words of the title of a figure a sentence does not have: "of minors" makes another figure."""
    words = {word for part in parts for word in part.split()}
    return min(
        sum(word not in words for word in normalize_text(title).split()) for title in (row.title, row.title_cy) if title
    )


def _explain_figure(subject: str, matches: list[FigureRow], rows: list[FigureRow]) -> str:
    if matches:
        names = "; ".join(_name_figure(row) for row in matches[:4])
        return _('"{sentence}" fits several figures: {names}.').format(sentence=f"{{{subject}}}", names=names)
    sentence = _('"{sentence}" is not a ready sentence.').format(sentence=f"{{{subject}}}")
    near = find_near_form(subject)
    if near:
        return sentence + " " + _('Did you mean "{name}"?').format(name=near)
    proposal = propose_name(subject, [_name_figure(row) for row in rows])
    forms = ", ".join((*(form.example for form in FORMS), FIGURE_FORM))
    return sentence + (proposal or " " + _("The ready sentences are {forms}.").format(forms=forms))


def _name_figure(row: FigureRow) -> str:
    area = None if row.area and row.title.endswith(row.area) else row.area
    return ", ".join(str(part) for part in (row.title, area, row.period) if part)


def _format_register_source(workspace: Workspace) -> str:
    return _("records of the office, {day}").format(day=format_long_date(workspace.today()))


_FILLERS: dict[str, Callable[[Cursor, Workspace, str], str]] = {
    "late_of": lambda cursor, workspace, subject: _count_actions(cursor, workspace, subject, late=True),
    "open_of": lambda cursor, workspace, subject: _count_actions(cursor, workspace, subject, late=False),
    "late": lambda cursor, workspace, _subject: _count_actions(cursor, workspace, "", late=True),
    "open": lambda cursor, workspace, _subject: _count_actions(cursor, workspace, "", late=False),
    "take_up": _describe_take_up,
    "members": _count_members,
    "next_meeting": _name_next_meeting,
    "figure": _quote_figure,
}
