"""Text of a question with its base, ours and theirs, and the bar of possible answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, Unpack

from rich.cells import cell_len
from textual import events
from textual.content import Content

from ahtc_tui.domain.contacts.contact_points import POINT_COLUMNS
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.imports.report import Question, format_reported_value
from ahtc_tui.domain.record_names import format_field
from ahtc_tui.domain.replication.conflicts import FURTHER_SIDES, ConflictQuestion
from ahtc_tui.domain.text.cleaning import shorten_text
from ahtc_tui.tui.widgets.plain import Plain, WidgetNaming, fit_cell, join_lines, sanitize_text

MUTED = "$foreground-muted"
LABEL_WIDTH = 16
MAX_LABEL_WIDTH = 30
"""Cells of a value in the label of an answer."""
SIDE_KEYS = ("1", "2", "3")
"""Keys of the sides of a conflict; of further ones only the first has a key."""
FIELDS_WITH_BOTH = ("progress", "same_record", *POINT_COLUMNS)
"""Fields of which both values can be kept."""
FACTS = ("lead", "due", "status")
"""Fields that tell which record a question is about."""
FIELDS_WITHOUT_VALUE = ("same_record", "erasure", "month_first", "sheet")
"""Fields for which no other value can be written."""


class Choice(NamedTuple):
    """A key with its label and its action of the screen."""

    key: str
    label: str
    action: str


class Choices(Plain):
    """The answers of a question; a click runs the action of the key."""

    def __init__(self, **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(**naming)
        self._lines: Sequence[Sequence[Choice]] = ()
        self._spans: list[tuple[int, int, int, str]] = []

    def show_choices(self, lines: Sequence[Sequence[Choice]]) -> None:
        """Show the answers."""
        self._lines = lines
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Draw the answers; one that does not fit goes to the next line with its key."""
        self._spans, rendered_lines = [], []
        room = self.size.width or self.app.size.width
        for line in self._lines:
            parts: list[Content | tuple[str, str]] = []
            column = 0
            for choice in line:
                width = cell_len(choice.label) + 5
                if column and column + width - 3 > room:
                    rendered_lines.append(Content.assemble(*parts))
                    parts, column = [], 0
                parts += [(f"{choice.key} ", "bold $accent"), Content(f"{choice.label}   ")]
                self._spans.append((len(rendered_lines), column, column + width - 3, choice.action))
                column += width
            rendered_lines.append(Content.assemble(*parts))
        self.update(Content("\n").join(rendered_lines))

    async def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset_capture(self)
        for row, start, end, action in self._spans:
            if offset.y == row and start <= offset.x < end:
                await self.screen.run_action(action)
                return


def format_title(
    question: Question, title: str, position: tuple[str, int, int], alike: int = 1, row_number: str = ""
) -> Content:
    """Return file, number and cell of a question, and its record; `alike` questions have one answer.

    A row that becomes a record has the number that the file gives it.
    """
    file, number, total = position
    where = _("question {n} of {all}").format(n=number, all=total)
    first = Content.assemble(
        (_("QUESTION   {file}").format(file=join_lines(file)), "bold"),
        (f"   {where}", MUTED),
        (f"   {join_lines(question.cell)}", MUTED),
    )
    if alike > 1:
        text = ngettext(
            "One answer applies to {n} question like this", "One answer applies to {n} questions like this", alike
        )
        first = Content.assemble(first, "\n", (text.format(n=alike), "bold"))
    if not any((question.ref, question.cell, title, question.party)):  # it is about the whole file
        return first
    named = join_lines(title or question.party or "")
    reference = join_lines(question.ref or row_number or _("new"))
    record = Content.assemble((reference, "$text-accent"), "  ", (named, "bold"))
    return Content("\n").join([first, Content(""), record])


def format_facts(
    question: Question, record: Mapping[str, str], row: Mapping[str, str], width: int
) -> Iterator[Content]:
    """Yield lead, due date and status of the record beside those of the row; nothing without a record and a row.

    A field of which the question itself shows both values is left out.
    """
    shown = question.field if question.ours is not None else None
    fields = [name for name in FACTS if name != shown and (record.get(name) or row.get(name))]
    sides = [(heading, facts) for heading, facts in ((_("record"), record), (_("in the file"), row)) if facts]
    if fields:
        column_width = max(10, (width - LABEL_WIDTH - 2) // len(sides))
        yield Content("")
        yield from _format_row("", [heading for heading, _facts in sides], column_width, MUTED)
        for name in fields:
            values = [facts.get(name) or "–" for _heading, facts in sides]
            yield from _format_row(format_field(name), values, column_width, "")


def format_sides(question: Question, author: str, file: str, width: int, answer: str | None) -> Content:
    """Return the three values in columns with their authors, and the reason of the question.

    Every value of a conflict is listed with its own author, one below the other.
    """
    if isinstance(question, ConflictQuestion):
        return _format_conflict(question, width, answer)
    column_width = max(10, (width - LABEL_WIDTH - 4) // 3)
    sides = [(_("sent"), question.base, ""), (_("current"), question.ours, author)]
    sides = [side for side in sides if side[1] is not None]
    sides.append((_("returned") if question.base is not None else _("in the file"), question.theirs, file))
    lines = [*_format_row("", [heading for heading, _value, _who in sides], column_width, MUTED)]
    values = [format_reported_value(question.field, value) for _heading, value, _who in sides]
    lines += _format_row(format_field(question.field), values, column_width, "bold")
    if len(sides) > 1:
        lines += _format_row(_("who"), [who for _heading, _value, who in sides], column_width, MUTED)
    lines.append(Content(""))
    lines += _format_hanging(_("reason"), question.reason, width)
    if question.proposed and not is_about_new_row(question):
        lines += _format_hanging(_("2 saves"), format_reported_value(question.field, question.proposed), width)
    if answer:
        lines.append(Content(""))
        labels = dict(zip(("ours", "theirs"), _label_sides(question), strict=True))
        lines += _format_hanging(_("decided"), labels.get(answer) or format_answer(answer), width)
    return Content("\n").join(lines)


def _format_conflict(question: ConflictQuestion, width: int, answer: str | None) -> Content:
    lines = [] if question.base is None else [*_format_hanging(_("before"), question.base, width), Content("")]
    for index, side in enumerate(question.sides):
        lines += _format_hanging(SIDE_KEYS[min(index, FURTHER_SIDES)], side.value or "–", width)
        lines += [*_format_hanging("", side.author, width), Content("")]
    if question.merged is not None:
        lines += [*_format_hanging(_("4  merged"), question.merged, width), Content("")]
    lines += _format_hanging(_("reason"), question.reason, width)
    if question.field != "same_record":
        lines += _format_hanging(_("until decided"), question.shown or "–", width)
    if answer:
        lines += [Content(""), *_format_hanging(_("decided"), format_answer(answer), width)]
    return Content("\n").join(lines)


def format_answer(answer: str) -> str:
    """Return an answer for display."""
    labels = {
        "ours": _("keep ours"),
        "theirs": _("take theirs"),
        "both": _("both"),
        "other": _("take the value from a third laptop"),
        "merged": _("take the merged text"),
    }
    return labels.get(answer, _('save "{value}"').format(value=answer))


def _format_row(label: str, values: Sequence[str], column_width: int, style: str) -> Iterator[Content]:
    """Yield the lines of values in columns, each wrapped to its width."""
    wrapped = [_wrap_text(value, column_width) for value in values]
    for number, parts in enumerate(zip_longest(*wrapped, fillvalue="")):
        label_part = Content.styled(fit_cell(label if number == 0 else "", LABEL_WIDTH), MUTED)
        yield Content.assemble(label_part, *((fit_cell(part, column_width) + "  ", style) for part in parts))


def _wrap_text(value: str, width: int) -> list[str]:
    return [line.plain for line in Content(sanitize_text(value)).wrap(width)] or [""]


def _format_hanging(label: str, text: str, width: int) -> Iterator[Content]:
    for number, line in enumerate(_wrap_text(text, max(10, width - LABEL_WIDTH))):
        yield Content.assemble((fit_cell(label if number == 0 else "", LABEL_WIDTH), MUTED), line)


def is_new_owner(question: Question) -> bool:
    """Return whether "theirs" adds a contact for an unknown name, or leaves the action without a lead."""
    return question.field == "lead" and question.ref is None and question.default is not None


def is_about_new_row(question: Question) -> bool:
    """Return whether a question is about a field of a row that becomes a record: nothing of ours stands beside it."""
    return question.ref is None and question.ours is None and question.base is None


def allows_both(question: Question) -> bool:
    """Return whether both values of a question can be kept; a field changed on two laptops has one value."""
    if isinstance(question, ConflictQuestion):
        return question.field == "same_record"
    return question.field in FIELDS_WITH_BOTH


def list_choices(question: Question, similar_questions: Sequence[Question], alike: int = 1) -> list[list[Choice]]:
    """Return the answers as two lines: for this question with those that are alike, and for all similar ones."""
    ours, theirs = _label_sides(question)
    question_choices = [Choice("1", ours, "answer('ours')")]
    question_choices += [Choice("2", theirs, "answer('theirs')")] if question.takes else []
    if question.field not in FIELDS_WITHOUT_VALUE:
        edit_label = _("it is another action") if question.field == "new_action" else _("enter another")
        question_choices.append(Choice("e", edit_label, "edit"))
    question_choices += [Choice("5", _("keep both"), "answer('both')")] if allows_both(question) else []
    if isinstance(question, ConflictQuestion):
        question_choices += list_conflict_choices(question)
    question_choices.append(Choice("0", _("leave it open"), "skip"))
    question_choices += [Choice(". o", _("ask one by one"), "single")] if alike > 1 else []
    take_count = sum(question_alike.takes for question_alike in similar_questions)
    bulk_choices: list[Choice] = []
    if take_count > alike:
        sentence = (
            _("take the proposal in all {n}") if is_new_owner(question) else _("take theirs in all {n} about {field}")
        )
        label = sentence.format(n=take_count, field=format_field(question.field))
        bulk_choices.append(Choice(". 2", label, "all_alike('theirs')"))
    if len(similar_questions) > alike:
        label = _("{answer} in all {n}").format(answer=ours, n=len(similar_questions))
        bulk_choices.append(Choice(". 1", label, "all_alike('ours')"))
    return [question_choices, bulk_choices]


def list_conflict_choices(question: ConflictQuestion) -> list[Choice]:
    """Return the further answers of a conflict: the value of a third laptop, and the merged text."""
    third = [Choice("3", question.sides[FURTHER_SIDES].writer, "answer('other')")] if len(question.sides) > 2 else []
    return third + ([Choice("4", _("merged"), "answer('merged')")] if question.merged is not None else [])


def _label_sides(question: Question) -> tuple[str, str]:
    """Return the labels of "ours" and "theirs" for a question."""
    if isinstance(question, ConflictQuestion) and question.field != "same_record":
        return question.sides[0].writer, question.sides[1].writer
    labels = {
        "new_action": (_("leave the row out"), _("it is a new action")),
        "sheet": (_("leave it out"), _("it is a list of actions")),
        "column": (_("leave it out"), _("yes")),
        "log_group": (_("no: numbers of the plan"), _("yes: numbers of the group")),
        "month_first": (_("the day is first"), _("the month is first")),
        "record": (_("it is the same"), _("it is a different one: add it")),
        "same_record": (_("keep ours alone"), _("keep theirs alone")),
        "missing": (_("it stays"), ""),
        "erasure": (_("keep for now"), _("erase on this laptop too")),
    }
    if question.field in labels:
        return labels[question.field]
    if question.field == "removed" and question.ref is None:
        return _("nothing is removed"), _("remove them")
    if is_new_owner(question):
        kinds = {"person": _("add a person"), "organisation": _("add an organisation"), "post": _("add a post")}
        return _("no lead"), kinds.get(question.default or "", _("no lead"))
    if question.ref is None and question.field == "objective":
        return _("no objective"), _("create the objective")
    if is_about_new_row(question):
        value = format_reported_value(question.field, question.proposed or question.theirs)
        return _("leave it empty"), _('save "{value}"').format(value=shorten_text(value, MAX_LABEL_WIDTH))
    return _("keep ours"), _("take theirs")
