"""The step "publish": one place decides what a published page prints.

A page is composed by its own service, in both languages. Here its free texts are listed with the decisions of people,
decisions are stored, and a release is made of a page on which no text waits. Files are written from releases alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.commissions.statements import join_phrases
from ahtc_tui.domain.errors import NotFound, Refused
from ahtc_tui.domain.i18n import Language, _, ngettext
from ahtc_tui.domain.publication.answers import KEEP, REST, Answer, refuse_unknown
from ahtc_tui.domain.publication.marks import MarkContext
from ahtc_tui.domain.publication.model import (
    DecidedText,
    FreeText,
    ListState,
    PublishedDocument,
    ReleaseList,
    ReleaseRow,
    TextDecision,
    TextRow,
)
from ahtc_tui.domain.publication.page_texts import PageTexts
from ahtc_tui.domain.publication.personal_details import WithheldNames
from ahtc_tui.domain.publication.record_texts import RecordTexts
from ahtc_tui.services.privacy.marking_limit import limit_marking
from ahtc_tui.store.documents import published_names
from ahtc_tui.store.journal.desk_people import read_post
from ahtc_tui.store.publication import queries
from ahtc_tui.store.publication.queries import ReleaseSubject, StoredRelease

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


T = TypeVar("T")

_adapters: dict[type[Any], TypeAdapter[Any]] = {}

DecisionsByContent = Mapping[tuple[str, str | None], DecidedText]


@dataclass(frozen=True)
class PublishedPage(Generic[T]):
    """A page as it would be published, in both languages, before anything is decided."""

    subject: ReleaseSubject
    ref: str
    """Reference of the meeting or commission, else the name of the document."""
    english: T
    welsh: T
    texts: PageTexts | RecordTexts
    context: MarkContext
    marking: Marking = Marking.OFFICIAL
    is_daily: bool = False
    """Whether its figures change daily: the last release is published again while no text changes."""
    compare: Callable[[Any], object] = lambda page: page
    """Returns the part of a page that is compared with its last release; a daily page leaves out its date."""

    @property
    def document(self) -> PublishedDocument:
        """Which document it is."""
        return self.subject.document

    def list_texts(self) -> list[FreeText]:
        """Return its free texts in the order of the page, each once."""
        return self.texts.list_texts(self.english, self.welsh)


BuildPage = Callable[["Workspace"], PublishedPage[Any]]
"""Composes a page from records up to OFFICIAL."""


@dataclass(frozen=True)
class Release(Generic[T]):
    """A release with its page."""

    row: ReleaseRow
    english: T
    welsh: T

    def list_versions(self, language: Language) -> tuple[tuple[Language, T], ...]:
        """Return the page in each language of a file, Welsh first."""
        pages = {Language.CY: self.welsh, Language.EN: self.english}
        return tuple((printed, pages[printed]) for printed in language.languages)


class _PastReleases(NamedTuple):
    """The releases of a page, the newest first, and the number of the next one."""

    releases: list[StoredRelease]
    next_number: int

    @property
    def last(self) -> StoredRelease | None:
        """The newest release."""
        return self.releases[0] if self.releases else None

    @property
    def disputed(self) -> list[StoredRelease]:
        """The releases with the last number, where two laptops gave it to pages that do not print the same."""
        same_number = [release for release in self.releases if release.number == self.releases[0].number]
        printed = {(release.released_on, release.page_en, release.page_cy) for release in same_number}
        return same_number if len(printed) > 1 else []


class _StoredDecisions(NamedTuple):
    """The open record of a page, which collects its decisions, and their keys by the content of the text."""

    release: RowKey | None
    keys: Mapping[tuple[str, str | None], list[RowKey]]


def show_release_list(workspace: Workspace, build_page: BuildPage) -> ReleaseList:
    """Return the texts of a page with their marks and decisions. Raises as `build_page`."""
    page = _compose(workspace, build_page)
    with workspace.database.read() as cursor:
        decided = queries.read_decisions(cursor, page.subject)
        past = _read_releases(cursor, page)
    return _build_list(page, decided, past)


def publish(
    workspace: Workspace,
    build_page: BuildPage,
    answers: Mapping[str, Answer] | None = None,
    *,
    source: str = "",
    dry_run: bool = False,
    releases: bool = True,
    state: Workspace | None = None,
) -> ReleaseList:
    """Store the answers, and make a release where no text waits any more; return the list as it is then.

    Without `releases` only the answers are stored. A page that is released as it is gets no further release. `source`
    names the file of the answers. `state` is the workspace on an earlier day, whose records the page prints and whose
    decisions it follows, as an export of that day does. Raises BadFile for an answer to a text that is not on the
    page; as `build_page`.
    """
    records = state or workspace
    page = _compose(records, build_page)
    texts = {text.id: text for text in page.list_texts()}
    refuse_unknown(answers or {}, texts, source)
    label = f"publish {page.document} of {page.ref}" if page.ref != page.document else f"publish {page.document}"
    with records.database.read() as cursor:
        decided = queries.read_decisions(cursor, page.subject)
        stored = _read_stored_decisions(cursor, page)
        releases_then = queries.read_releases(cursor, page.subject)
    given = _list_answers(texts, decided, answers or {})
    decided = decided | {_content(texts[key]): _decide(texts[key], answer) for key, answer in given.items()}
    if dry_run:
        with workspace.database.read() as cursor:
            return _build_list(page, decided, _read_releases(cursor, page, releases_then))
    with workspace.database.write(label) as ledger:
        if records is workspace:  # another window may have stored decisions since
            stored = _read_stored_decisions(ledger.cursor, page)
        _store_answers(ledger, page, texts, given, stored)
        past = _read_releases(ledger.cursor, page, None if records is workspace else releases_then)
        if releases and _is_complete(page, decided) and not _is_released(page, decided, past):
            release = _store_release(ledger, workspace, page, decided, past.next_number)
            past = _PastReleases([release, *past.releases], release.number + 1)
    return _build_list(page, decided, past)


def find_last_release(workspace: Workspace, subject: ReleaseSubject) -> ReleaseRow | None:
    """Return the last release of a document, whether or not its page changed since; None where there is none."""
    with workspace.database.read() as cursor:
        releases = queries.read_releases(cursor, subject)
    return releases[0].row if releases else None


def read_release(workspace: Workspace, build_page: BuildPage) -> Release[Any]:
    """Return the last release of a page.

    Raises Refused where there is none, where the page changed since, or where two laptops gave its number to different
    pages.
    """
    page = _compose(workspace, build_page)
    with workspace.database.read() as cursor:
        decided = queries.read_decisions(cursor, page.subject)
        past = _read_releases(cursor, page)
    last = _refuse_waiting(page, decided, past)
    if past.disputed:
        name, command = _name_page(page)
        sentence = _(
            "{name}: two laptops gave number {number} to different pages, {pages}. Publish it again: {command}"
        )
        pages = join_phrases([release.row.signature for release in reversed(past.disputed)])
        raise Refused(sentence.format(name=name, number=last.number, pages=pages, command=command))
    if not page.is_daily and not _is_released(page, decided, past):
        name, command = _name_page(page)
        sentence = _("{name}: the page changed since release {number}. Publish it again: {command}")
        raise Refused(sentence.format(name=name, number=last.number, command=command))
    return load_release(page, last)


def _refuse_waiting(page: PublishedPage[Any], decided: DecisionsByContent, past: _PastReleases) -> StoredRelease:
    """Return the last release. Raises Refused where there is none, or where a text of the page waits."""
    if (last := past.last) is None:
        name, command = _name_page(page)
        sentence = _("{name}: nothing has been released yet. Publish it first: {command}")
        raise Refused(sentence.format(name=name, command=command))
    waiting = sum(_content(text) not in decided for text in page.list_texts())
    if waiting:
        name, command = _name_page(page)
        sentence = ngettext(
            "{name}: {n} passage changed since release {number}. Publish it again: {command}",
            "{name}: {n} passages changed since release {number}. Publish it again: {command}",
            waiting,
            name=name,
            number=last.number,
            command=command,
        )
        raise Refused(sentence)
    return last


def preview(workspace: Workspace, build_page: BuildPage) -> tuple[Any, Any]:
    """Return a page in English and Welsh as it would be released: a text that waits as "keep" would print it."""
    page = _compose(workspace, build_page)
    with workspace.database.read() as cursor:
        decided = queries.read_decisions(cursor, page.subject)
    kept = {text.id: decided.get(_content(text)) or _decide(text, KEEP.fill_in(text)) for text in page.list_texts()}
    pages: tuple[Any, Any] = page.texts.replace_texts(page.english, page.welsh, kept)
    return pages


def print_released(workspace: Workspace, build_page: BuildPage) -> dict[Language, Any]:
    """Return a page as it is now in the wording that was released, by language. Raises as `read_release`."""
    page = _compose(workspace, build_page)
    with workspace.database.read() as cursor:
        decided = queries.read_decisions(cursor, page.subject)
        past = _read_releases(cursor, page)
    _refuse_waiting(page, decided, past)
    by_id = {text.id: decided[_content(text)] for text in page.list_texts()}
    english, welsh = page.texts.replace_texts(page.english, page.welsh, by_id)
    return {Language.EN: english, Language.CY: welsh}


def load_release(page: PublishedPage[T], stored: StoredRelease) -> Release[T]:
    """Return a stored release with the page that it has as JSON. Raises NotFound where it cannot be read any more."""
    return Release(stored.row, *(load_page(type(page.english), text) for text in (stored.page_en, stored.page_cy)))


def load_page(page_type: type[T], text: str) -> T:
    """Return a page from its JSON. Raises NotFound where another version of the program cannot read it."""
    from pydantic import ValidationError

    try:
        return _find_adapter(page_type).validate_json(text)
    except ValidationError as error:
        raise NotFound(_("This release was made by another version and cannot be read. Publish it again.")) from error


def _find_adapter(page_type: type[T]) -> TypeAdapter[T]:
    """Return the reader and writer of a page as JSON, built once: that costs more than reading ten pages."""
    from pydantic import TypeAdapter

    if page_type not in _adapters:
        _adapters[page_type] = TypeAdapter(page_type)
    return _adapters[page_type]


def _compose(workspace: Workspace, build_page: BuildPage) -> PublishedPage[Any]:
    if workspace.database.whole is not workspace.database:  # limited already
        return build_page(workspace)
    with limit_marking(workspace, Marking.OFFICIAL) as limited:
        return build_page(limited)


def _content(text: FreeText) -> tuple[str, str | None]:
    return text.text, text.text_cy


def _list_answers(
    texts: Mapping[str, FreeText], decided: DecisionsByContent, answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Return the answer to each text: its own, else that to the rest where it waits."""
    given = {key: answer.fill_in(texts[key]) for key, answer in answers.items() if key in texts}
    if rest := answers.get(REST):
        waiting = (key for key, text in texts.items() if key not in given and _content(text) not in decided)
        given |= {key: rest.fill_in(texts[key]) for key in waiting}
    return given


def _decide(text: FreeText, answer: Answer) -> DecidedText:
    return DecidedText(text.text, text.text_cy, answer.decision, answer.wording, answer.wording_cy)


def _store_answers(
    ledger: Ledger,
    page: PublishedPage[Any],
    texts: Mapping[str, FreeText],
    given: Mapping[str, Answer],
    stored: _StoredDecisions,
) -> None:
    """Store the decisions in the open record of a page; a new decision replaces the stored one about the same text."""
    if not given:
        return
    release = stored.release or _open_release(ledger, page)
    for key, answer in given.items():
        text = texts[key]
        values = {"decision": answer.decision.value, "wording": answer.wording, "wording_cy": answer.wording_cy}
        if earlier := stored.keys.get(_content(text)):
            for row_key in earlier:
                ledger.update("release_texts", row_key, values)
        else:
            source = {"text": text.text, "text_cy": text.text_cy, "place": text.place, "kind": text.kind}
            ledger.add("release_texts", {"release": release, **source, **values})


def _read_stored_decisions(cursor: Cursor, page: PublishedPage[Any]) -> _StoredDecisions:
    return _StoredDecisions(
        queries.read_open_release(cursor, page.subject), queries.list_decision_keys(cursor, page.subject)
    )


def _open_release(ledger: Ledger, page: PublishedPage[Any]) -> Any:
    """Add the record that collects the decisions. It has no number: each laptop adds its releases as new records."""
    return ledger.add("releases", {**queries.build_values(page.subject), "number": 0, "marking": page.marking.value})


def _store_release(
    ledger: Ledger, workspace: Workspace, page: PublishedPage[Any], decided: DecisionsByContent, number: int
) -> StoredRelease:
    page_en, page_cy = _print_page(page, decided)
    released_by = read_post(ledger.cursor, workspace.database.user) or None
    release = StoredRelease(number, workspace.today(), released_by, page.marking, page_en, page_cy)
    values = {
        **queries.build_values(page.subject),
        **release._asdict(),
        "released_on": release.released_on.isoformat(),
        "marking": page.marking.value,
    }
    ledger.add("releases", values)
    return release


def _print_page(page: PublishedPage[Any], decided: DecisionsByContent) -> tuple[str, str]:
    """Return the page with the released wordings, as JSON, in English and Welsh."""
    by_id = {text.id: decided[_content(text)] for text in page.list_texts()}
    pages = page.texts.replace_texts(page.english, page.welsh, by_id)
    adapter = _find_adapter(type(page.english))
    english, welsh = (adapter.dump_json(part).decode() for part in pages)
    return english, welsh


def _read_releases(
    cursor: Cursor, page: PublishedPage[Any], releases: list[StoredRelease] | None = None
) -> _PastReleases:
    """Return the releases of a page, or those of an earlier day, before the next number of today."""
    if releases is None:
        releases = queries.read_releases(cursor, page.subject)
    return _PastReleases(releases, queries.read_next_number(cursor, page.subject))


def _is_complete(page: PublishedPage[Any], decided: DecisionsByContent) -> bool:
    return all(_content(text) in decided for text in page.list_texts())


def _is_released(page: PublishedPage[Any], decided: DecisionsByContent, past: _PastReleases) -> bool:
    """Return whether the last release prints what the page would print now, and its number names no other page."""
    last = past.last
    if last is None or past.disputed or not _is_complete(page, decided):
        return False
    page_type, now = type(page.english), _print_page(page, decided)
    try:
        released = [load_page(page_type, text) for text in (last.page_en, last.page_cy)]
    except NotFound:
        return False
    return [page.compare(load_page(page_type, text)) for text in now] == [page.compare(part) for part in released]


def _build_list(page: PublishedPage[Any], decided: DecisionsByContent, past: _PastReleases) -> ReleaseList:
    texts = page.list_texts()
    marks = page.context.mark_texts(texts)
    rows = [_build_row(text, decided.get(_content(text)), marks[text.id]) for text in texts]
    most_marks: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.decision is None:
            most_marks[_group(row)] = max(len(row.marks), most_marks.get(_group(row), 0))
    places = {
        group: number for number, group in enumerate(sorted(most_marks, key=most_marks.__getitem__, reverse=True))
    }
    rows.sort(key=lambda row: (row.decision is not None, places.get(_group(row), 0) if row.decision is None else 0))
    build = partial(ReleaseList, page.ref, page.document, releases=tuple(release.row for release in past.releases))
    if (last := past.last) and _is_released(page, decided, past):
        return build(last.number, ListState.RELEASED, tuple(rows), last.released_on, last.released_by)
    return build(past.next_number, ListState.OPEN, tuple(rows))


def _group(row: TextRow) -> tuple[str, str]:
    """Return what the texts of one record share: their place, or their kind outside of numbered places."""
    return row.place, row.kind if row.place == _("Heading") else ""


def _build_row(text: FreeText, decided: DecidedText | None, marks: tuple[Any, ...]) -> TextRow:
    is_printed = decided is not None and decided.decision is not TextDecision.WITHHOLD
    return TextRow(
        text.id,
        text.place or _("Heading"),
        text.kind,
        text.text,
        text.text_cy,
        marks,
        decided.decision if decided else None,
        decided.print_text(Language.EN, needs_welsh=text.needs_welsh) if decided and is_printed else None,
        decided.wording_cy if decided and is_printed else None,
        text.printed,
        text.printed_cy,
    )


def _name_page(page: PublishedPage[Any]) -> tuple[str, str]:
    """Return the name of a page, and the command that publishes it."""
    label = page.document.label
    match page.document:
        case PublishedDocument.MINUTES | PublishedDocument.AGENDA | PublishedDocument.NOTE:
            return f"{label}, {page.ref}", f"ahtc meetings publish {page.ref} --document {page.document}"
        case PublishedDocument.PAPER:
            return f"{label}, {page.ref}", f"ahtc commissions publish {page.ref}"
        case _:
            return label, f"ahtc exports publish {page.document}"


def read_mark_context(
    cursor: Cursor, day: date, concerned: Iterable[str] = (), terms: Iterable[str] = ()
) -> MarkContext:
    """Return the context of a page on a day.

    `concerned` are the people without public office that it is about, `terms` are words that are not names.
    """
    people = published_names.read_registered_people(cursor, day)
    details = published_names.read_public_details(cursor)
    concerned_names = frozenset(concerned)
    names = WithheldNames(
        concerned_names,
        frozenset(person.name for person in people if not person.is_public) - concerned_names,
        frozenset(person.name for person in people if person.is_public),
        details.terms | frozenset(terms),
    )
    return MarkContext(names, details.numbers, details.addresses)
