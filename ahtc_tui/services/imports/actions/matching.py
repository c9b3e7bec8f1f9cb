"""Matches the rows of a log with actions: by hidden key, by reference, by title. A title alone is never certain."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.keys import NO_KEY, RowKey, parse_key
from ahtc_tui.domain.returns.dates import DateConventions, find_date_order
from ahtc_tui.domain.returns.heading_vocabulary import CELLS
from ahtc_tui.domain.returns.model import SentAction, decode_sent_values, encode_sent_values
from ahtc_tui.domain.returns.owners import is_placeholder
from ahtc_tui.domain.returns.references import find_known_references, normalize_reference
from ahtc_tui.domain.returns.statuses import parse_status
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import MIN_KINSHIP, ActionFilePlan, Log, LogRow, MarkedCells, RowMatch
from ahtc_tui.services.imports.file_plan import build_choice_error, build_question_id
from ahtc_tui.services.progress import ProgressHooks

"""Texts that take the place of a reference that is yet to be assigned."""
MIN_SIMILARITY = 85
"""Of 100: from here on two titles are asked about as those of one action."""
MIN_FOREIGN_ROWS = 2
ANOTHER_LIST = "another list"
"""The answer that the numbers of a file are not those of the actions here."""
MAX_ROW_QUESTIONS = 3
"""Number of rows with the same doubt above which it is one question for all of them."""
_ITEM_SIGNS = frozenset("0123456789-–—•·▪*→✓☐")
"""Signs with which an item of a list begins, and not the rest of a sentence."""
MAX_COMPARED_PAIRS = 20_000_000
"""Pairs of titles above which only equal titles match; comparing them all would take minutes."""

_SimilarTitle = tuple[RowKey, float]
"""An action and the similarity of its title, of 100."""


@dataclass(frozen=True, slots=True)
class ReferenceMatches:
    """The rows of a file, split by whether a hidden key or a reference identifies an action."""

    known: tuple[RowMatch, ...]
    unmatched: deque[LogRow]
    """Emptied by `match_by_title`, so that the rows of a long log are released."""
    batches: tuple[str, ...]
    """Dispatches that the hidden cells of the rows name, unless the file lists its actions."""
    sent_keys: tuple[RowKey, ...]
    date_conventions: DateConventions
    is_return: bool
    """The file is about the actions here: it adds no action without a question. False for the log of another office."""


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that is a new action."""

    row: LogRow
    ref: str | None
    """The reference that the file gives."""


def match_by_reference(records: CurrentRecords, log: Log) -> ReferenceMatches:
    """Match each row by its hidden key or its reference, and join rows that continue the row above."""
    log = _add_sent_cells(records, log)
    action_keys = {key for key in records.keys_by_ref.values() if key}
    sent_cells: dict[RowKey, tuple[Cell, ...]] = {}
    matches: list[RowMatch] = []
    moved: list[int] = []
    for index, row in enumerate(log.rows):
        hidden_key, ref_cell = _read_hidden_key(row), row.first_cell("ref")
        typed_key = records.keys_by_ref.get(normalize_reference(ref_cell.value) or "") if ref_cell else None
        matches.append(_match_keys(records, row, hidden_key if hidden_key in action_keys else None, typed_key))
        if hidden_key:
            sent_cells[hidden_key] = row.cells.get("row_sent", ())
            if matches[index].key != hidden_key:
                moved.append(index)
    for index in moved:
        match = matches[index]
        cells = MarkedCells({**match.row.cells, "row_sent": sent_cells.get(match.key or NO_KEY, ())})
        matches[index] = replace(match, row=replace(match.row, cells=cells))
    sent_rows = (decode_sent_values(match.row.text_of("row_sent")) for match in matches if not log.sent_keys)
    batches = tuple(dict.fromkeys(sent[0] for sent in sent_rows if sent and sent[0]))
    unmatched = deque(_join_continuations(records, matches))
    known = tuple(match for match in matches if match.key)
    is_return = bool(known) or any(sent.batch for sent in log.sent_actions) or _has_known_titles(records, unmatched)
    return ReferenceMatches(known, unmatched, batches, log.sent_keys, log.date_conventions, is_return)


def find_date_conventions(records: CurrentRecords, matches: ReferenceMatches) -> ReferenceMatches:
    """Return the matches with the order of day and month that the dates show which come back as they were sent.

    LibreOffice writes the dates of a CSV file in the order of its own language.
    """
    orders = set()
    for match in matches.known:
        if match.key not in records.current_values:
            continue
        known_values = (records.current_values[match.key], records.find_base_values(match) or {})
        for field in ("due", "closed_on"):
            cell = match.row.first_cell(field)
            sent_days = (read_stored_date(values.get(field)) for values in known_values)
            orders |= {find_date_order(cell.value, day) for day in sent_days if cell and day}
    if "month" not in orders or "day" in orders:
        return matches
    return replace(matches, date_conventions=replace(matches.date_conventions, month_first=True))


def ask_if_another_list(file: ActionFilePlan, records: CurrentRecords, matches: ReferenceMatches) -> ReferenceMatches:
    """Ask whether a file is another list, where its numbers are those of actions here and its titles are not.

    While the question is open nothing of the file is taken. The rows of another list keep no numbers.
    """
    if matches.batches or matches.sent_keys or any(match.row.has_value("row_id") for match in matches.known):
        return matches
    titled = [match for match in matches.known if match.row.text_of("title") and match.key in records.actions]
    foreign = [match for match in titled if not _is_titled_alike(records.actions[match.key or NO_KEY], match.row)]
    if len(titled) < MIN_FOREIGN_ROWS or 2 * len(foreign) <= len(titled):
        return matches
    sentence = _("{n} of {all} rows have the number of one of our actions, and another text: is it another list?")
    first = foreign[0]
    question = Question(
        build_question_id(file.path.name, "list", *(match.row.text_of("ref") for match in foreign)),
        None,
        "list",
        None,
        records.actions[first.key or NO_KEY].title,
        " ".join(first.row.text_of("title").split()),
        sentence.format(n=len(foreign), all=len(titled)),
        first.row.address,
        choices=(ANOTHER_LIST, "ours"),
        default=ANOTHER_LIST,
    )
    answer = file.resolve_answer(question, takes=True)
    if answer == "ours":
        return matches
    if answer not in ("", "theirs", ANOTHER_LIST):
        raise build_choice_error(question.id, answer)
    rows = [match.row for match in matches.known] + list(matches.unmatched) if answer else []
    rows.sort(key=lambda row: (row.table.sheet, row.number))
    unnumbered = (
        replace(row, cells=MarkedCells({name: row.cells[name] for name in row.cells if name != "ref"})) for row in rows
    )
    return replace(matches, known=(), unmatched=deque(unnumbered), is_return=False)


def _is_titled_alike(action: ActionRow, row: LogRow) -> bool:
    """Return whether the title in a row may be that of an action, in one language or both, cut off or changed."""
    from rapidfuzz import fuzz

    title = normalize_text(row.text_of("title"))
    titles = [normalize_text(name) for name in (action.title, action.title_cy) if name]
    return any(fuzz.token_set_ratio(title, name) >= MIN_KINSHIP for name in titles)


def _has_known_titles(records: CurrentRecords, rows: Collection[LogRow]) -> bool:
    """Return whether at least half of the rows have the title of an action here: a return without its references."""
    if not rows or not records.keys_by_title:
        return False
    return 2 * sum(normalize_text(row.text_of("title")) in records.keys_by_title for row in rows) >= len(rows)


def _add_sent_cells(records: CurrentRecords, log: Log) -> Log:
    """Return the log with the hidden cells of each row from the sheet of sent values, as older workbooks have them.

    A row is found in the sheet by its reference. A row without a known reference is found by its title, unless several
    actions have it or another row has the reference. The actions of an action log, which names no dispatch, are
    `sent_keys`.
    """
    if not any(sent.digest in records.keys_by_digest for sent in log.sent_actions):
        return log
    sent_by_ref = {normalize_reference(sent.ref) or "": sent for sent in log.sent_actions}
    present_refs = {normalize_reference(row.text_of("ref")) for row in log.rows}
    sent_by_title: dict[str, SentAction | None] = {}
    for ref, sent in sent_by_ref.items():
        title = normalize_text(sent.values["title"] or "")
        sent_by_title[title] = None if title in sent_by_title or ref in present_refs else sent

    def add_cells(row: LogRow) -> LogRow:
        ref = normalize_reference(row.text_of("ref")) or ""
        sent = sent_by_ref.get(ref)
        if sent is None and not records.keys_by_ref.get(ref):
            sent = sent_by_title.get(normalize_text(row.text_of("title")))
        key = records.keys_by_digest.get(sent.digest) if sent else None
        if sent is None or key is None:
            return row
        texts = {"row_id": key.hex(), "row_sent": encode_sent_values(sent.values, sent.batch)}
        hidden_cells = {name: (Cell(text, row.address),) for name, text in texts.items()}
        return replace(row, cells=MarkedCells({**row.cells, **hidden_cells}))

    keys = (records.keys_by_digest.get(sent.digest) for sent in log.sent_actions if not sent.batch)
    sent_keys = (*log.sent_keys, *(key for key in keys if key))
    return replace(log, rows=tuple(map(add_cells, log.rows)), sent_keys=sent_keys)


def _match_keys(records: CurrentRecords, row: LogRow, hidden_key: RowKey | None, typed_key: RowKey | None) -> RowMatch:
    """Match a row by its hidden key and its reference; where they differ, the title decides.

    They differ where only the visible columns were sorted: the hidden cells stay where they were.
    """
    title = row.text_of("title")
    if hidden_key is None or hidden_key == typed_key or not (typed_key or title):
        return RowMatch(row, hidden_key or typed_key)
    keys_of_title = records.keys_by_title.get(normalize_text(title), [])
    if typed_key is None:
        is_moved = len(keys_of_title) == 1 and keys_of_title[0] != hidden_key
        return RowMatch(row, keys_of_title[0] if is_moved else hidden_key, by_title=is_moved)
    if hidden_key in keys_of_title:
        return RowMatch(row, hidden_key)
    if typed_key in keys_of_title:
        return RowMatch(row, typed_key)
    return RowMatch(row, hidden_key, conflicting_key=typed_key)


def _read_hidden_key(row: LogRow) -> RowKey | None:
    try:
        return parse_key(row.text_of("row_id")) or None
    except ValueError:
        return None


def _join_continuations(records: CurrentRecords, matches: list[RowMatch]) -> Iterator[LogRow]:
    """Yield the rows without an action; join one to the row above where both titles together are that action's title.

    A joined row is not yielded: its updates go to `cells_below` of the match above, which is replaced in `matches`.
    """
    for index, match in enumerate(matches):
        if match.key is None:
            joined = _join_to_row_above(records, matches[index - 1], match.row) if match.row.may_continue else None
            if joined:
                matches[index - 1] = joined
            else:
                yield match.row


def _join_to_row_above(records: CurrentRecords, above: RowMatch, row: LogRow) -> RowMatch | None:
    if above.key is None or not above.row.text_of("title"):
        return None
    title = f"{above.row.text_of('title')} {row.text_of('title')}"
    if above.key not in records.keys_by_title.get(normalize_text(title), ()):
        return None
    title_cell, *more_cells = above.row.cells["title"]
    cells = MarkedCells({**above.row.cells, "title": (replace(title_cell, value=title), *more_cells)})
    updates = tuple(cell for field in ("update", "comment") for cell in row.cells.get(field, ()) if cell.value)
    cells_below = above.row.cells_below + updates + row.cells_below
    return replace(above, row=replace(above.row, cells=cells, cells_below=cells_below))


def resolve_mismatches(file: ActionFilePlan, records: CurrentRecords, matches: Sequence[RowMatch]) -> list[RowMatch]:
    """Ask about rows whose key, reference and title name two actions; return all rows, unanswered ones unsettled."""
    resolved = []
    for match in matches:
        other_key = match.conflicting_key or _find_other_by_title(records, match)
        if other_key:
            key = _ask_which_action(file, records, match, other_key)
            match = replace(match, key=key or match.key, is_settled=key is not None)
        if match.is_settled and match.key:
            records.load_actions([match.key])
        resolved.append(match)
    return resolved


def _find_other_by_title(records: CurrentRecords, match: RowMatch) -> RowKey | None:
    """Return another action that has the title in the row, unless it is the title of the matched action too."""
    title = normalize_text(match.row.text_of("title"))
    other_keys = [key for key in records.keys_by_title.get(title, ()) if key != match.key] if title else []
    return other_keys[0] if other_keys and title != normalize_text(records.actions[match.key or NO_KEY].title) else None


def _ask_which_action(
    file: ActionFilePlan, records: CurrentRecords, match: RowMatch, other_key: RowKey
) -> RowKey | None:
    records.load_actions([other_key])
    row, action, other_ref = match.row, records.actions[match.key or NO_KEY], records.actions[other_key].ref
    sentence = _("the reference belongs to {ref} and the title to {other}, so nothing is imported from the row")
    if match.conflicting_key:
        sentence = _(
            "the hidden key belongs to {ref} and the reference to {other}, so nothing is imported from the row"
        )
    question = Question(
        build_question_id(file.path.name, "reference", action.ref, normalize_text(row.text_of("title"))),
        action.ref,
        "reference",
        None,
        action.title,
        " ".join(row.text_of("title").split()),
        sentence.format(ref=action.ref, other=other_ref),
        row.address_of("ref"),
        proposed=other_ref,
    )
    answer = file.resolve_answer(question, takes=False)
    return records.find_action(answer) if answer not in ("", "ours") else None


def match_by_title(
    file: ActionFilePlan, records: CurrentRecords, rows: deque[LogRow], is_return: bool, hooks: ProgressHooks
) -> Iterator[RowMatch | NewRow]:
    """Yield the action of each remaining row, or the row as a new action; ask where neither is certain.

    `rows` is emptied. Every new row of a return is asked about. Raises Cancelled.
    """
    find_similar = _build_similarity_finder(records, len(rows))
    _mark_repeated(file, records, rows, is_return)
    common_answers = {} if is_return else _ask_about_common_doubts(file, rows)
    while rows:
        row = rows.popleft()
        hooks.count_row()
        title, ref = row.text_of("title"), _read_reference(row)
        normalized_ref = normalize_reference(ref) or ""
        if not title and not find_known_references(ref, records.keys_by_ref):
            sentence = _('no action has the reference "{ref}", and the row has no title')
            file.add_warning(row.address, sentence.format(ref=ref), "row")
        elif match := _match_equal_title(records, row, normalized_ref) or _match_within_reference(
            file, records, row, ref
        ):
            yield match
        else:
            keys_of_title = records.keys_by_title.get(normalize_text(title), [])
            similar = (keys_of_title[0], 100.0) if keys_of_title else find_similar(title)
            doubt = _find_doubt(records, row, ref, similar, is_return)
            answer = "theirs"
            if doubt:
                answer = common_answers.get(doubt) or _ask_if_new(file, records, row, ref, similar, doubt)
            if answer == "theirs":
                yield NewRow(row, ref if _has_own_reference(records, normalized_ref) else None)
            elif answer not in ("", "ours"):
                yield RowMatch(row, records.find_action(answer))


def _has_own_reference(records: CurrentRecords, normalized_ref: str) -> bool:
    """Return whether a reference is kept: a bare number is not where the records have references of their own."""
    return bool(normalized_ref) and not (normalized_ref.isdigit() and records.keys_by_ref)


def _mark_repeated(file: ActionFilePlan, records: CurrentRecords, rows: deque[LogRow], is_return: bool) -> None:
    """Mark the rows that may repeat another one: they have its reference, or its number and its title.

    A new row with the title of another one of its table and something else is an action of its own, and named. So is
    not one whose title many rows have, nor one that is closed where the other is open: it may be a later state of it.
    Where most rows repeat others, the first row of a title that many rows have is marked as well: what comes back with
    each action is a part of it.
    """
    known: dict[tuple[str, str], list[LogRow]] = {}
    titles = [normalize_text(row.text_of("title")) for row in rows]
    counts = Counter(titles)
    for title in titles:
        row = rows.popleft()
        ref = normalize_reference(_read_reference(row)) or ""
        is_often = ref.isdigit() and counts[title] > MAX_ROW_QUESTIONS
        ref = ref if _has_own_reference(records, ref) and not is_often else ""
        title = "" if any(map(str.isalpha, ref)) else title
        others = known.setdefault((ref, title), [])
        is_apart = bool(title) and not is_return and len(others) < MAX_ROW_QUESTIONS
        is_own = is_apart and all(_is_other(file, row, other) for other in others)
        if others and is_own:
            sentence = _("it has the title of row {n} and something else, so both are actions")
            file.add_warning(row.address, sentence.format(n=others[0].number), "row")
        rows.append(replace(row, is_repeated=True) if others and not is_own else row)
        others.append(row)
    if not is_return and 2 * sum(row.is_repeated for row in rows) > len(rows):
        for title in titles:
            row = rows.popleft()
            rows.append(replace(row, is_repeated=row.is_repeated or counts[title] > MAX_ROW_QUESTIONS))


def _is_other(file: ActionFilePlan, row: LogRow, other: LogRow) -> bool:
    """Return whether a row with the title of another one of its table has a value that the other one lacks.

    Its number is none. Both are open, or both are closed.
    """
    states = (parse_status(each.text_of("status") or each.text_of("percent")) for each in (row, other))
    if row.table is not other.table or len({state in CLOSED_STATUSES for state in states}) > 1:
        return False
    if any(row.text_of(name) and row.text_of(name) != other.text_of(name) for name in ("lead", "due")):
        return True
    texts, other_texts = (
        {(cell.heading, cell.text) for cell in file.find_source(each.address_of("title")) if cell.field != "ref"}
        for each in (row, other)
    )
    return not texts <= other_texts


def _ask_about_common_doubts(file: ActionFilePlan, rows: Collection[LogRow]) -> dict[str, str]:
    """Ask once about each doubt that many rows share; return the answers by doubt, "ours" while they are open."""
    groups: dict[str, list[LogRow]] = {}
    for row in rows:
        continued = _("it may continue the row above") if _is_continuation(row) else row.doubt
        if doubt := _("it is in the file twice") if row.is_repeated else continued:
            groups.setdefault(doubt, []).append(row)
    answers = {}
    for doubt, group in groups.items():
        if len(group) > MAX_ROW_QUESTIONS:
            reason = _("{reason} ({n} rows)").format(reason=doubt, n=len(group))
            titles = [normalize_text(row.text_of("title")) for row in group]
            question = Question(
                build_question_id(file.path.name, "rows", doubt, *titles),
                None,
                "new_action",
                None,
                None,
                " ".join(group[0].text_of("title").split()),
                reason,
                group[0].address_of("title"),
            )
            answers[doubt] = file.resolve_choice(question) or "ours"
    return answers


def _build_similarity_finder(records: CurrentRecords, row_count: int) -> Callable[[str], _SimilarTitle | None]:
    """Return a function from a title to the action with the most similar title."""
    titles = {title: _sort_words(title) for title in records.keys_by_title} if row_count else {}
    if not 0 < row_count * len(titles) <= MAX_COMPARED_PAIRS:
        return lambda _title: None

    def find_similar(title: str) -> _SimilarTitle | None:
        from rapidfuzz import fuzz, process

        words = _sort_words(normalize_text(title))
        best = process.extractOne(words, titles, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
        return (records.keys_by_title[best[2]][0], best[1]) if best else None

    return find_similar


def _sort_words(title: str) -> str:
    """Return the words of a normalized title in alphabetical order, in which equal ones are next to each other."""
    return " ".join(sorted(title.split()))


def _read_reference(row: LogRow) -> str | None:
    """Return the reference as it was written, unless it is a placeholder such as "tbc" or "new"."""
    ref = " ".join(row.text_of("ref").split())
    return None if is_placeholder(ref) or normalize_text(ref) in CELLS["new"] else ref


def _match_equal_title(records: CurrentRecords, row: LogRow, normalized_ref: str) -> RowMatch | None:
    """Match a row by an equal title, unless it has a full reference or several actions have the title.

    It is certain if the row has the number of the reference ("42" for "DP-42").
    """
    keys = records.keys_by_title.get(normalize_text(row.text_of("title")), [])
    if len(keys) != 1 or (normalized_ref and not normalized_ref.isdigit()):
        return None
    has_number = bool(normalized_ref) and records.refs_by_key.get(keys[0], "").split()[-1:] == [normalized_ref]
    return RowMatch(row, keys[0], by_title=not has_number)


def _match_within_reference(
    file: ActionFilePlan, records: CurrentRecords, row: LogRow, ref: str | None
) -> RowMatch | None:
    """Match a row whose reference cell holds known references within other text; None where it holds none.

    One reference is certain where the title agrees. About several a question is asked, and nothing is taken from the
    row while it is open.
    """
    cell = row.first_cell("ref") if ref else None
    named_refs = find_known_references(cell.value, records.keys_by_ref) if cell else []
    keys = [key for ref in named_refs if (key := records.keys_by_ref[ref])]
    title = row.text_of("title")
    if len(keys) < 2:
        is_certain = bool(keys) and (not title or keys[0] in records.keys_by_title.get(normalize_text(title), ()))
        return RowMatch(row, keys[0]) if is_certain else None
    records.load_actions(keys)
    refs = ", ".join(records.actions[key].ref for key in keys)
    reason = _("the row is about several actions: {refs}; nothing is imported from it").format(refs=refs)
    theirs = "; ".join(text for field in ("update", "status", "due") if (text := row.text_of(field))) or title
    identifier = build_question_id(file.path.name, "reference", refs, normalize_text(title))
    first = records.actions[keys[0]]
    question = Question(identifier, first.ref, "reference", None, first.title, theirs, reason, row.address_of("ref"))
    answer = file.resolve_answer(question, takes=False)
    key = records.find_action(answer) if answer not in ("", "ours") else None
    return RowMatch(row, key, is_settled=key is not None)


def _find_doubt(
    records: CurrentRecords,
    row: LogRow,
    ref: str | None,
    similar: _SimilarTitle | None,
    is_return: bool,
) -> str:
    """Return why a row may not be a new action, or an empty string."""
    normalized_ref = normalize_reference(ref) or ""
    if row.is_repeated:
        return _("it is in the file twice")
    if normalized_ref and normalized_ref in records.keys_by_ref:
        return _("two actions have this reference")
    if similar:
        records.load_actions([similar[0]])
        sentence = _("the title is similar to {ref} ({n} of 100)")
        return sentence.format(ref=records.actions[similar[0]].ref, n=int(similar[1]))
    if normalized_ref and not normalized_ref.isdigit() and is_return:
        return _("no action has this reference, and those of the other rows are known")
    if named_refs := find_known_references(normalized_ref, records.keys_by_ref):
        return _("the reference contains a known one: {ref}").format(ref="-".join(named_refs[0].split()))
    if _is_continuation(row):
        return _("it may continue the row above")
    if row.doubt:
        return row.doubt
    return _("it is a new row in a return") if is_return else ""


def _is_continuation(row: LogRow) -> bool:
    """Return whether a row without other cells begins like the rest of a sentence."""
    title = row.text_of("title") if row.may_continue else ""
    return bool(title) and not title[0].isupper() and title[0] not in _ITEM_SIGNS


def _ask_if_new(
    file: ActionFilePlan,
    records: CurrentRecords,
    row: LogRow,
    ref: str | None,
    similar: _SimilarTitle | None,
    reason: str,
) -> str:
    """Ask whether a row is a new action; return the answer: "theirs", "ours", a reference, or "" where it is open."""
    title = " ".join(row.text_of("title").split())
    similar_title = records.actions[similar[0]].title if similar and similar[0] in records.actions else None
    identifier = build_question_id(file.path.name, "new_action", ref, normalize_text(title))
    question = Question(identifier, ref, "new_action", None, similar_title, title, reason, row.address_of("title"))
    return file.resolve_answer(question, takes=True)
