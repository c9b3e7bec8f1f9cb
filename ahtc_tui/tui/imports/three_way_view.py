"""The three sides of a question as text: sent, here now, came back; and what each key would do, by key or click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, Unpack

from rich.cells import cell_len
from textual import events
from textual.content import Content

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.tui.imports.plan_lines import field_words, value_words
from ahtc_tui.tui.widgets.plain import Naming, Plain, cell, one_line, safe

MUTED = "$foreground-muted"
LABEL = 14
BOTH = ("progress", "same_record")
"""Fields of which both sides may stay."""


class Choice(NamedTuple):
    """A key, what it would do in words, and the action of the screen behind it."""

    key: str
    words: str
    action: str


class Choices(Plain):
    """The keys of a question; a click on the words does the same."""

    def __init__(self, **naming: Unpack[Naming]) -> None:
        super().__init__(**naming)
        self._spans: list[tuple[int, int, int, str]] = []

    def offer(self, lines: Sequence[Sequence[Choice]]) -> None:
        """Show these."""
        self._spans, drawn = [], []
        for row, line in enumerate(lines):
            parts: list[Content | tuple[str, str]] = []
            at = 0
            for choice in line:
                parts += [(f"{choice.key} ", "bold $accent"), Content(f"{choice.words}   ")]
                wide = cell_len(choice.words) + 5
                self._spans.append((row, at, at + wide - 3, choice.action))
                at += wide
            drawn.append(Content.assemble(*parts))
        self.update(Content("\n").join(drawn))

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        at = event.get_content_offset_capture(self)
        for row, start, end, action in self._spans:
            if at.y == row and start <= at.x < end:
                await self.screen.run_action(action)
                return


def title_of(question: Question, title: str, place: tuple[str, int, int]) -> Content:
    """Which file and question, the record, and the cell."""
    file, number, total = place
    where = _("question {n} of {all}").format(n=number, all=total)
    first = Content.assemble(
        (_(" QUESTION   {file}").format(file=one_line(file)), "bold"),
        (f"   {where}", MUTED),
        (f"   {one_line(question.cell)}", MUTED),
    )
    named = one_line(title or question.party or "")
    record = Content.assemble((one_line(question.ref or _("new")), "$text-accent"), "  ", (named, "bold"))
    return Content("\n").join([first, Content(""), record])


def side_by_side(question: Question, who: str, file: str, width: int, answer: str | None) -> Content:
    """The three values in columns, who said them, and why it is asked."""
    wide = max(10, (width - LABEL - 4) // 3)
    heads = (_("sent"), _("here now"), _("came back"))
    lines = [*_row("", heads, wide, MUTED)]
    values = [value_words(question.field, value) for value in (question.base, question.ours, question.theirs)]
    lines += _row(field_words(question.field), values, wide, "bold")
    lines += _row(_("who"), ("", who, file), wide, MUTED)
    lines.append(Content(""))
    lines += _hanging(_("why asked"), question.reason, width)
    if question.proposed:
        lines += _hanging(_("t would write"), value_words(question.field, question.proposed), width)
    if answer:
        lines.append(Content(""))
        lines += _hanging(_("decided"), answer_words(answer), width)
    return Content("\n").join(lines)


def answer_words(answer: str) -> str:
    """An answer as people say it."""
    words = {"ours": _("keep ours"), "theirs": _("take theirs"), "both": _("both")}
    return words.get(answer, _('write "{value}"').format(value=answer))


def _row(label: str, values: Sequence[str], wide: int, style: str) -> Iterator[Content]:
    """Values beside each other, each wrapped in its column."""
    wrapped = [_wrapped(value, wide) for value in values]
    for number, parts in enumerate(zip_longest(*wrapped, fillvalue="")):
        lead = Content.styled(cell(label if number == 0 else "", LABEL), MUTED)
        yield Content.assemble(lead, *((cell(part, wide) + "  ", style) for part in parts))


def _wrapped(value: str, wide: int) -> list[str]:
    return [line.plain for line in Content(safe(value)).wrap(wide)] or [""]


def _hanging(label: str, text: str, width: int) -> Iterator[Content]:
    for number, line in enumerate(_wrapped(text, max(10, width - LABEL))):
        yield Content.assemble((cell(label if number == 0 else "", LABEL), MUTED), line)


def is_new_post(question: Question) -> bool:
    """Whether taking it makes a post of a name that nobody here has."""
    return question.field == "lead" and question.ref is None and question.takes and question.proposed is None


def choices(question: Question, alike: Sequence[Question]) -> list[list[Choice]]:
    """What the keys would do here, in lines: this question, then all that are alike."""
    ours, theirs = _words(question)
    here = [Choice("o", ours, "answer('ours')")]
    here += [Choice("t", theirs, "answer('theirs')")] if question.takes else []
    here += [Choice("e", _("write another"), "edit")] if question.field != "same_record" else []
    here += [Choice("b", _("keep both"), "answer('both')")] if question.field in BOTH else []
    here.append(Choice("s", _("skip"), "skip"))
    number = sum(each.takes for each in alike)
    everywhere: list[Choice] = []
    if number > 1:
        said = _("make posts of all {n}") if is_new_post(question) else _("take theirs in all {n} about {field}")
        words = said.format(n=number, field=field_words(question.field))
        everywhere.append(Choice("T", words, "all_alike('theirs')"))
    if len(alike) > 1:
        everywhere.append(Choice("O", _("keep ours in all {n}").format(n=len(alike)), "all_alike('ours')"))
    return [here, everywhere]


def _words(question: Question) -> tuple[str, str]:
    """What keeping ours and taking theirs means for this question."""
    match question.field:
        case "new_action":
            return _("leave the row out"), _("it is a new action")
        case "record":
            return _("it is the same"), _("it is another: add it")
        case "same_record":
            return _("keep ours alone"), _("keep theirs alone")
        case "removed" if question.ref is None:
            return _("nothing is removed"), _("let them go")
        case "missing":
            return _("it stays"), ""
    if is_new_post(question):
        return _("nobody leads it"), _("make a post of it")
    if question.ref is None and question.field == "objective":
        return _("no objective"), _("make the objective")
    return _("keep ours"), _("take theirs")
