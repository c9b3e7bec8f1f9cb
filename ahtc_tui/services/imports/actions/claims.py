"""Reads what the cells of a row claim about its action, and how certain each claim is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from ahtc_tui.domain.actions.model import CLOSED_STATUSES, Brag, Status
from ahtc_tui.domain.actions.urgency import is_worse
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision, format_long_date, read_stored_date
from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import Language, _, use_language
from ahtc_tui.domain.imports.sheets import Cell
from ahtc_tui.domain.returns.dates import (
    DateConventions,
    DateReading,
    find_date_order,
    read_date_cell,
    read_due_cell,
    read_fact_cell,
)
from ahtc_tui.domain.returns.heading_vocabulary import CELLS
from ahtc_tui.domain.returns.model import STATED_FIELDS, SentValues, encode_value
from ahtc_tui.domain.returns.references import find_known_references, normalize_reference
from ahtc_tui.domain.returns.register import Certainty, PartyMatch, PartyRegister
from ahtc_tui.domain.returns.statuses import is_no_update, parse_status
from ahtc_tui.domain.text.cleaning import capitalise
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.model import MIN_KINSHIP, NEW_PREFIX, Claim, LogRow, join_names
from ahtc_tui.services.imports.actions.status_claims import find_closing_day, has_words_after_status, read_status

MIN_TITLE_SIMILARITY = 80
"""Of 100: from here on a title of the same number of words is a mistyped one."""


@dataclass(frozen=True, slots=True)
class RowContext:
    """A row with the values that its cells are compared with."""

    row: LogRow
    records: CurrentRecords
    ours: SentValues
    """Current values of the action; all None for a new action."""
    base: SentValues | None
    """Values when the row was sent; None where they are unknown."""
    date_conventions: DateConventions
    ref: str = ""
    """Reference of the action; empty for a new action."""
    updates: Collection[str] = frozenset()
    """Normalized texts of the updates that the action has."""

    def known_values(self, field_name: str) -> list[str]:
        """Return the current value of a field and the one that was sent, unless empty."""
        return [value for value in (self.ours.get(field_name), (self.base or {}).get(field_name)) if value]


def read_claims(context: RowContext) -> Iterator[Claim]:
    """Yield everything that a row claims about its action, in the order of a report."""
    yield from _read_reference(context)
    yield from _read_title(context)
    yield from _read_objective(context)
    yield from _read_lead(context)
    yield from _read_support(context)
    yield from _read_due(context)
    updates = list(_read_updates(context))
    for claim in read_status(context.row, context.ours):
        yield _doubt_unexplained_rating(context, claim, is_explained=bool(updates))
    yield from _read_closed_on(context)
    yield from _read_evidence(context.row)
    yield from _read_stated_fields(context)
    yield from _read_struck_row(context)
    yield from updates
    yield from _read_emptied_cells(context)


def _read_reference(context: RowContext) -> Iterator[Claim]:
    """Ask about a reference that was edited beside the hidden key of its action."""
    text, ref = context.row.text_of("ref"), normalize_reference(context.ref) or ""
    typed_ref = normalize_reference(text)
    if not typed_ref or not context.ref or not context.row.first_cell("row_id"):
        return
    if typed_ref not in (ref, ref.split()[-1]) and not find_known_references(text, {ref}):
        reason = _("the reference was edited; the row was sent as {ref}").format(ref=context.ref)
        yield Claim("reference", context.row.address_of("ref"), text, {}, reason)


def _read_title(context: RowContext) -> Iterator[Claim]:
    """Read the title in English or Welsh, or the Welsh one above the English one as a bilingual file has them."""
    text, welsh_titles = context.row.text_of("title"), context.known_values("title_cy")
    first, _break, second = (line.strip() for line in text.partition("\n"))
    if welsh_titles and second:
        if _is_any_of(first, welsh_titles) or _is_any_of(second, context.known_values("title")):
            yield _build_title_claim(context, "title_cy", first)
            yield _build_title_claim(context, "title", second)
        else:
            claim = _build_title_claim(context, "title", text)
            yield replace(claim, reason=claim.reason or _("is it the title in one language or in both?"))
    elif text.strip():
        similarity = _measure_similarity(text, welsh_titles)
        is_welsh = similarity >= MIN_KINSHIP and similarity > _measure_similarity(text, context.known_values("title"))
        yield _build_title_claim(context, "title_cy" if is_welsh else "title", text)


def _build_title_claim(context: RowContext, field_name: str, text: str) -> Claim:
    """Return the claim of a title in one language; a title that is nearly the known one is that one."""
    current_title = normalize_text(context.ours.get(field_name) or "")
    text = " ".join(text.split())
    for title in context.known_values(field_name):
        if _is_any_of(text, [title]) or (context.base is None and _is_mistyped_title(title, text)):
            text = title
            break
    is_truncated = current_title.startswith(normalize_text(text)) and current_title != normalize_text(text)
    reason = _("the last words are missing: was it cut off?") if is_truncated else ""
    return Claim(field_name, context.row.address_of("title"), text, {field_name: text}, reason)


def _is_any_of(text: str, titles: list[str]) -> bool:
    return normalize_text(text) in map(normalize_text, titles)


def _measure_similarity(text: str, titles: list[str]) -> float:
    """Return the similarity of a text to the most similar title, of 100."""
    from rapidfuzz import fuzz

    return max((fuzz.ratio(normalize_text(title), normalize_text(text)) for title in titles), default=0)


def _is_similar_title(left: str, right: str) -> bool:
    """Return whether one title may be the other, truncated or mistyped."""
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(normalize_text(left), normalize_text(right)) >= 80


def _is_mistyped_title(left: str, right: str) -> bool:
    """Return whether one title may be the other, mistyped or cut off; added words make another one."""
    from rapidfuzz import fuzz

    known, title = normalize_text(left), normalize_text(right)
    is_mistyped = len(known.split()) == len(title.split()) and fuzz.ratio(known, title) >= MIN_TITLE_SIMILARITY
    return is_mistyped or known.startswith(title)


def _read_objective(context: RowContext) -> Iterator[Claim]:
    text, address = context.row.text_of("objective"), context.row.address_of("objective")
    number = context.records.find_objective(text) if text else None
    if number:
        yield Claim("objective", address, number, {"objective": number})
    elif text and context.ref and not _is_own_objective(context, text):
        yield Claim("objective", address, text, {}, _('no objective is called "{words}"').format(words=text))


def _is_own_objective(context: RowContext, text: str) -> bool:
    """Return whether a text may be the objective of the action, truncated or mistyped."""
    names = (f"{number} {title}" for _key, number, title in context.records.objectives)
    own_names = (name for name in names if name.split()[0] in context.known_values("objective"))
    return any(_is_similar_title(name, text) for name in own_names)


def _read_lead(context: RowContext) -> Iterator[Claim]:
    names, text, address = context.records.register, context.row.text_of("lead"), context.row.address_of("lead")
    if not text:
        return
    for ref in context.known_values("lead"):
        if names.is_name_of(text, ref):
            yield Claim("lead", address, names.find_name(ref), {"lead": ref})
            return
    owners = names.split_owners(text)
    if len(owners.names) > 1:
        yield _build_leads_claim(owners.names, address, names, context.ours)
    elif owners.names:
        match = names.find_party(owners.names[0])
        values, reason, proposed = resolve_lead(owners.names[0], match)
        shown = match.party.name if match.party and not reason else owners.names[0]
        yield Claim("lead", address, shown, values, reason, proposed)
    elif owners.placeholder:
        yield Claim(
            "lead_text", address, text, {}, _('"{word}" is a placeholder and does not name a lead').format(word=text)
        )


def resolve_lead(name: str, match: PartyMatch) -> tuple[dict[str, str | None], str, str | None]:
    """Return the values that taking a name writes, why it needs a decision, and the name that it proposes."""
    if match.party:
        reason = "" if match.certainty is Certainty.SURE else match.reason
        return {"lead": match.party.ref}, reason, match.party.name if reason else None
    if match.certainty is Certainty.UNKNOWN:
        reason = _("{reason}: who is it?").format(reason=match.reason)
        return {"lead": f"{NEW_PREFIX}{name}"}, reason, None
    return {}, match.reason, None


def _build_leads_claim(owners: tuple[str, ...], address: str, names: PartyRegister, ours: SentValues) -> Claim:
    """Propose the first of several owners as the lead and the others as supporters; unknown supporters are omitted."""
    matches = [names.find_party(name) for name in owners]
    lead_values, doubt, _proposal = resolve_lead(owners[0], matches[0])
    supporters = [match.party.name for match in matches[1:] if match.party]
    current_supporters = [name for name in (ours["support"] or "").split("; ") if name]
    unknown_names = [name for name, match in zip(owners[1:], matches[1:], strict=True) if not match.party]
    reason = _("{n} names: does the first lead and do the others support?").format(n=len(owners))
    if doubt and matches[0].certainty is not Certainty.UNKNOWN:
        reason += f" {capitalise(doubt)}"
    if unknown_names:
        reason += " " + _("Not in the register, so left out: {names}.").format(names="; ".join(unknown_names))
    if not lead_values:
        return Claim("leads", address, "; ".join(owners), {}, reason, None, bool(unknown_names))
    values = {**lead_values, "support": join_names([*current_supporters, *supporters])}
    proposed = "; ".join([names.find_name(lead_values["lead"]) or owners[0], *supporters])
    return Claim("leads", address, "; ".join(owners), values, reason, proposed, bool(unknown_names))


def _read_support(context: RowContext) -> Iterator[Claim]:
    cells = context.row.cells.get("support", ())
    text = "; ".join(cell.value.strip() for cell in cells if isinstance(cell.value, str))
    if not text:
        return
    address = context.row.address_of("support")
    if text in context.known_values("support"):
        yield Claim("support", address, text, {"support": join_names(text.split("; "))})
        return
    names = context.records.register.split_owners(text).names
    matches = [context.records.register.find_party(name) for name in names]
    supporters = [match.party.name for match in matches if match.party]
    reason = "; ".join(match.reason for match in matches if match.certainty is not Certainty.SURE)
    if names:
        values = {"support": join_names(supporters)} if supporters else {}
        yield Claim("support", address, "; ".join(names), values, reason)


def _read_due(context: RowContext) -> Iterator[Claim]:
    """Read the proposed due date and the due date; beside a proposed one the due date only where it was edited."""
    proposed, due = context.row.first_cell("proposed_due"), context.row.first_cell("due")
    if proposed:
        yield from _read_due_cell(context, proposed)
    if due and (context.ref or not proposed):
        known_values = context.known_values("due") if proposed else []
        yield from (claim for claim in _read_due_cell(context, due) if claim.values.get("due") not in known_values)


def _read_due_cell(context: RowContext, cell: Cell) -> Iterator[Claim]:
    today = context.records.today
    for stored_due in context.known_values("due"):
        day = read_stored_date(stored_due)
        is_sent = context.date_conventions.month_first and day and find_date_order(cell.value, day) == "month"
        if day and (is_sent or _means_day(cell, day, today)):
            yield Claim("due", cell.address, str(day), {"due": stored_due})
            return
    reading = read_due_cell(cell.value, today, context.date_conventions)
    if not reading.is_ongoing or context.ours["status"] not in (Status.CONTINUING, *CLOSED_STATUSES):
        yield _build_due_claim(cell, reading)


def _means_day(cell: Cell, day: DateAsKnown, today: date) -> bool:
    """Return whether a cell means a stored date, as typed or as printed: "end feb 2014" is printed as 28 February."""
    returned = read_date_cell(cell.value, today).value
    texts = {normalize_text(cell.text), normalize_text(str(returned or ""))}
    return bool(texts & _list_texts(day)) or (returned is not None and returned.means_same(day))


def _list_texts(day: DateAsKnown) -> set[str]:
    """Return the normalized texts of a date, as typed and as printed, in every language of a file."""
    texts = set()
    for language in Language:
        with use_language(language):
            texts |= {normalize_text(str(day)), normalize_text(format_day(day))}
    return texts


def _build_due_claim(cell: Cell, reading: DateReading) -> Claim:
    day = reading.value
    if day is None:
        return Claim("due_text", cell.address, cell.text, {}, reading.question or _("it is not a date"))
    if reading.is_ongoing:
        reason = _("it has no end date: is it a continuing duty?")
        return Claim("due_text", cell.address, cell.text, {"status": Status.CONTINUING.value}, reason)
    if reading.is_words_only:
        reason = _("it has no date, so only the words can be kept")
        return Claim("due_text", cell.address, cell.text, {"due": day.stored_text}, reason)
    proposed = day.latest.isoformat()
    if reading.is_guess:
        sentence = _("the year or the day is missing: {day}?")
        reason = reading.question or sentence.format(day=format_long_date(day.latest))
        words = day.words or (cell.text if any(character.isalpha() for character in cell.text) else "")
        stored = DateAsKnown(day.latest, day.precision, words).stored_text
        values: dict[str, str | None] = {"due": stored}
        day_first = {"due": reading.day_first.stored_text} if reading.day_first else {}
        claim = Claim("due_text", cell.address, cell.text, values, reason, proposed)
        return replace(claim, is_month_first=reading.is_month_first, day_first_values=day_first)
    if day.precision is not Precision.DAY:
        reason = _("it has no exact date, and the latest possible one is {day}").format(
            day=format_long_date(day.latest)
        )
        return Claim("due_text", cell.address, cell.text, {"due": day.stored_text}, reason, proposed)
    return Claim("due", cell.address, day.iso, {"due": day.stored_text})


def _read_closed_on(context: RowContext) -> Iterator[Claim]:
    cell, ours = context.row.first_cell("closed_on") or find_closing_day(context.row), context.ours
    current_day = read_stored_date(ours["closed_on"])
    if cell is None or (current_day and _means_day(cell, current_day, context.records.today)):
        return
    if current_day and context.date_conventions.month_first and find_date_order(cell.value, current_day) == "month":
        return
    reading = read_fact_cell(cell.value, context.records.today, context.date_conventions)
    if reading.is_refused:
        yield Claim("closed_on", cell.address, cell.text, {}, reading.question or "")
    if reading.value is None or reading.is_words_only:
        yield from _keep_date_words(context.row, "closed_on", reading)
        return
    values: dict[str, str | None] = {"closed_on": reading.value.stored_text}
    reason = (reading.question or _("the year or the day is missing")) if reading.is_guess else ""
    if ours["status"] not in CLOSED_STATUSES and parse_status(context.row.text_of("status")) not in CLOSED_STATUSES:
        values = {"status": Status.DONE.value, **values}
        if context.ref:
            reason = _("it has a closing date, and is open in the records")
        elif contradiction := _find_open_word(context.row):
            sentence = _('it has a closing date, and its status is "{word}": is it closed?')
            yield Claim(
                "closing_date",
                cell.address,
                reading.value.iso or cell.text,
                values,
                sentence.format(word=contradiction),
            )
            return
    day = reading.value.iso or cell.text
    day_first = {**values, "closed_on": reading.day_first.stored_text} if reading.day_first else {}
    claim = Claim("closed_on", cell.address, day, values, reason)
    yield replace(claim, is_month_first=reading.is_month_first, day_first_values=day_first)


def _find_open_word(row: LogRow) -> str:
    """Return the status of a row, or its percentage, where that is not a closed one; empty for none."""
    word = row.text_of("status") or row.text_of("percent")
    return "" if parse_status(word) in CLOSED_STATUSES else word


def _keep_date_words(row: LogRow, field_name: str, reading: DateReading) -> Iterator[Claim]:
    """Keep words in a column of dates as an update, with the heading of the column."""
    cell = row.first_cell(field_name)
    if cell and reading.is_words_only and not is_no_update(cell.text):
        text = f"{row.heading_of(field_name)}: {cell.text}"
        yield Claim("progress", cell.address, text, {"update": text})


def _read_evidence(row: LogRow) -> Iterator[Claim]:
    if text := row.text_of("evidence"):
        yield Claim("evidence", row.address_of("evidence"), text, {"evidence": text})


def _read_stated_fields(context: RowContext) -> Iterator[Claim]:
    """Read the columns that the row class states, each with the check of its draft."""
    for name in STATED_FIELDS:
        if not (text := context.row.text_of(name)):
            continue
        address = context.row.address_of(name)
        try:
            value = read_stated_value(name, text, context.records.today)
        except BadInput as error:
            yield Claim(name, address, text, {}, str(error))
        else:
            yield Claim(name, address, text, {name: value})


def read_stated_value(name: str, text: str, today: date) -> str | None:
    """Return the text of a stated column in the form in which it is compared. Raises BadInput with one sentence."""
    from ahtc_tui.domain.drafts.actions import ActionDraft

    return encode_value(ActionDraft.read({name: text}, today).given_fields[name])


def _read_struck_row(context: RowContext) -> Iterator[Claim]:
    """Propose to cancel an action whose reference or title is struck through."""
    cells = [cell for name in ("ref", "title") for cell in context.row.cells.get(name, ()) if cell.struck]
    if cells and context.ours["status"] not in CLOSED_STATUSES:
        cancelled = Status.CANCELLED.value
        reason = _("it is struck through: is it cancelled?")
        yield Claim("struck", cells[0].address, cancelled, {"status": cancelled}, reason)


def _read_updates(context: RowContext) -> Iterator[Claim]:
    """Read each update, each comment, words after a status, and the updates in the lines below.

    A date of the updates that is not a day is written before each new one, else it would be lost.
    """
    row, has_update = context.row, False
    dated = row.first_cell("update_on")
    reading = read_fact_cell(dated.value if dated else None, context.records.today, context.date_conventions)
    day = get_update_day(reading)
    prefix = f"{dated.text}: " if dated and day is None else ""
    for cell in (cell for name in ("update", "comment") for cell in row.cells.get(name, ())):
        if any(character.isalpha() for character in cell.text) and not is_no_update(cell.text):
            doubt = _("it refers to another row") if normalize_text(cell.text) in CELLS["repeat"] else ""
            own_prefix = "" if normalize_text(cell.text) in context.updates else prefix
            yield _build_update_claim(cell, _("struck through") if cell.struck else doubt, own_prefix, day)
            has_update = True
    if not has_update:
        yield from _keep_date_words(row, "update_on", reading)
    status_cell = row.first_cell("status")
    if status_cell and _is_cancelled(context, status_cell):
        has_words = has_words_after_status(status_cell.text)
        prefix = "" if has_words else f"{row.heading_of('status')}: "
        claim = _build_update_claim(status_cell, "", prefix)
        yield replace(claim, values={**claim.values, "update_status": Status.CANCELLED.value})
    elif status_cell and has_words_after_status(status_cell.text):
        yield _build_update_claim(status_cell, "")
    for cell in row.cells_below:
        yield _build_update_claim(cell, _("it is in the row below, without an action: does it belong to this action?"))


def _is_cancelled(context: RowContext, cell: Cell) -> bool:
    """Return whether the lead of an open action calls it cancelled, which the group decides."""
    is_sent = (context.base or {}).get("status") == Status.CANCELLED
    is_open = bool(context.ref) and context.ours["status"] not in CLOSED_STATUSES
    return is_open and not is_sent and parse_status(cell.text) is Status.CANCELLED


def _doubt_unexplained_rating(context: RowContext, claim: Claim, *, is_explained: bool) -> Claim:
    """Return a claim of a new Red without an update, or of a worse rating where it says that nothing changed, as a
    question. The answer is the reason of the rating.
    """
    value, before = claim.values.get("brag"), context.ours["brag"]
    if is_explained or claim.reason or not context.ref or not value or value == before:
        return claim
    rating = Brag(value)
    cell = next((cell for cell in context.row.cells.get("update", ()) if is_no_update(cell.text)), None)
    if rating is not Brag.RED and not (cell and is_worse(Brag(before) if before else None, rating)):
        return claim
    sentence = _("{rating} has no reason. Type the reason for the rating")
    if cell:
        sentence = _('"{update}" does not explain {rating}. Type the reason for the rating')
    reason = sentence.format(update=cell.text if cell else "", rating=rating.option_label)
    return replace(claim, reported_field="brag_reason", reason=reason)


def get_update_day(reading: DateReading) -> str | None:
    """Return the ISO day of an update; None for a guess, for more or less than a day and for a day to come."""
    day = reading.value
    return day.latest.isoformat() if day and not reading.is_guess and day.precision is Precision.DAY else None


def _build_update_claim(cell: Cell, reason: str, prefix: str = "", day: str | None = None) -> Claim:
    """Return the claim of an update, with its day where the row gives one."""
    values: dict[str, str | None] = {"update": prefix + cell.text}
    return Claim("progress", cell.address, prefix + cell.text, values | ({"said_on": day} if day else {}), reason)


def _read_emptied_cells(context: RowContext) -> Iterator[Claim]:
    """Read empty cells of a row with a base: emptied there (a question), or empty when sent and filled here since."""
    row, ours, base = context.row, context.ours, context.base or {}
    for field in ("objective", "lead", "support", "due", "brag", "closed_on", "evidence"):
        is_filled = row.first_cell(field) or (field == "due" and row.first_cell("proposed_due"))
        if is_filled or field not in base or not row.has_column(field):
            continue
        if base[field] and field not in ("objective", "closed_on"):
            yield Claim(field, row.address_of(field), None, {field: None}, _("the value was removed in the file"))
        elif base[field] is None and ours[field]:
            yield Claim(field, row.address_of(field), None, {field: None})
