"""The plan of an import as lines: questions first, then what changes, what is new, what to know. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions.model import Brag, Status
from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Added, Changed, ImportReport, Question, Warned
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.tui.widgets.detail_pane import Fact, Gap, Para, Section, Title
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine

Part = Question | Changed | Added | Warned


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One part of a plan."""

    number: int
    """Its place in the whole plan: what the list knows it by."""
    file: Path
    part: Part


def lines_of(report: ImportReport) -> list[ImportLine]:
    """Every part of every file, kind by kind."""
    found: list[ImportLine] = []
    for name in ("questions", "changed", "added", "warnings"):
        for file in report.files:
            parts: Sequence[Part] = getattr(file, name)
            found += [ImportLine(len(found) + place, file.file, part) for place, part in enumerate(parts)]
    return found


def with_headings(lines: Sequence[ImportLine], text: str) -> list[ImportLine | HeadingLine]:
    """The lines that hold every word of a filter, each kind under its heading."""
    words = folded(text).split()
    headings = {Question: _("QUESTIONS"), Changed: _("CHANGED"), Added: _("NEW"), Warned: _("TO KNOW")}
    found: list[ImportLine | HeadingLine] = []
    for kind, heading in headings.items():
        some = [line for line in lines if type(line.part) is kind and (not words or _holds(line, words))]
        if some:
            found += [*([HeadingLine()] if found else []), HeadingLine(heading, f"{len(some):,}"), *some]
    return found


def _holds(line: ImportLine, words: Sequence[str]) -> bool:
    said = folded(
        " ".join((ref_of(line.part), field_of(line.part), said_of(line.part), place_of(line), line.file.name))
    )
    return all(word in said for word in words)


def columns(answers: Mapping[str, str]) -> Sequence[Column[ImportLine]]:
    """What becomes of it, whose it is, the field, what it says, where it stands."""
    return (
        Column("", 8, lambda line: state_of(line.part, answers), style=lambda line: _style(line.part, answers)),
        Column(_("Ref"), 7, lambda line: ref_of(line.part), grows=True),
        Column(_("What"), 11, lambda line: field_of(line.part)),
        Column(_("Here now → came back"), None, lambda line: said_of(line.part)),
        Column(_("Cell"), 11, place_of, style=lambda _line: "muted", hide_below=64),
    )


def state_of(part: Part, answers: Mapping[str, str]) -> str:
    """One word: a question says how it was answered."""
    if isinstance(part, Question):
        words = {"": _("? asked"), "ours": _("ours"), "theirs": _("theirs"), "both": _("both")}
        said = answers.get(part.id, "")
        return words.get(said, _("typed"))
    return {Changed: _("change"), Added: _("new"), Warned: _("note")}[type(part)]


def _style(part: Part, answers: Mapping[str, str]) -> str:
    if isinstance(part, Question):
        return "mark" if part.id in answers else "soon"
    return "muted" if isinstance(part, Warned) else ""


def ref_of(part: Part) -> str:
    """The reference, where there is one."""
    return part.ref or ""


def field_words(name: str) -> str:
    """A field as people say it."""
    return name.replace("_", " ")


def value_words(name: str, value: str | None) -> str:
    """A value as people say it: a status and a rating by their words, a day with its month; a dash for nothing."""
    if not value:
        return "–"
    try:
        if name.startswith("status"):
            return Status(value).label
        if name == "brag":
            return f"{value} {Brag(value).label}"
        if name in ("due", "closed_on", "due_text"):
            return long_date(date.fromisoformat(value))
    except ValueError:
        return value
    return value


def field_of(part: Part) -> str:
    """The field that it is about."""
    match part:
        case Added():
            return str(part.values.get("record") or part.values.get("kind") or "")
        case Warned():
            return field_words(part.field or "")
    return field_words(part.field)


def said_of(part: Part) -> str:
    """What it says, on one line."""
    match part:
        case Added(values=values):
            named = values.get("title") or values.get("name") or values.get("party") or ""
            return str(named or next((value for value in values.values() if isinstance(value, str)), ""))
        case Warned():
            return part.reason
        case Changed():
            return " → ".join(value_words(part.field, value) for value in (part.was, part.now))
    return " → ".join(value_words(part.field, value) for value in (part.ours, part.theirs))


def place_of(line: ImportLine) -> str:
    """Where in the file it stands."""
    return line.part.row if isinstance(line.part, Added) else line.part.cell


def sections(line: ImportLine, answers: Mapping[str, str]) -> Iterator[Section]:
    """The card of a line."""
    part = line.part
    party = part.party if isinstance(part, Question | Changed) else None
    yield Title(ref_of(part), party or field_of(part))
    yield Gap()
    for label, value in _facts(part):
        if value not in (None, ""):
            yield Fact(label, str(value))
    yield Fact(_("File"), line.file.name)
    yield Fact(_("Cell"), place_of(line))
    if isinstance(part, Question):
        yield Gap()
        yield Para(part.reason)
        yield Gap()
        said = answers.get(part.id)
        yield Para(_("Decided: {answer}").format(answer=said) if said else _("enter answers it"), muted=True)
    elif isinstance(part, Warned):
        yield Gap()
        yield Para(part.reason)


def _facts(part: Part) -> Iterator[tuple[str, object]]:
    match part:
        case Question():
            yield _("Field"), field_of(part)
            for label, value in ((_("Sent"), part.base), (_("Here now"), part.ours), (_("Came back"), part.theirs)):
                yield label, value_words(part.field, value)
            yield _("Would write"), value_words(part.field, part.proposed) if part.proposed else None
        case Changed():
            yield _("Field"), field_of(part)
            yield _("Here now"), value_words(part.field, part.was)
            yield _("Will be"), value_words(part.field, part.now)
        case Added():
            for name, value in part.values.items():
                yield field_words(name).capitalize(), value


def counts(report: ImportReport, answers: Mapping[str, str]) -> str:
    """All of it in one line."""
    files = report.files
    asked = [question.id for file in files for question in file.questions]
    decided = sum(name in answers for name in asked)
    changed, added = sum(len(file.changed) for file in files), sum(len(file.added) for file in files)
    said = [
        _("{n:,} questions, {m:,} answered").format(n=len(asked), m=decided) if asked else "",
        _("{n:,} changed").format(n=changed) if changed else "",
        _("{n:,} new").format(n=added) if added else "",
        _("{n:,} unchanged").format(n=sum(file.unchanged for file in files)),
        _("{n:,} kept").format(n=kept) if (kept := sum(file.kept for file in files)) else "",
        _("{n:,} to know").format(n=notes) if (notes := sum(len(file.warnings) for file in files)) else "",
    ]
    return "   ".join(part for part in said if part)


def names_of(files: Sequence[Path]) -> str:
    """The files in a few words."""
    shown = ", ".join(path.name for path in files[:3])
    return shown if len(files) <= 3 else _("{names} and {n} more").format(names=shown, n=len(files) - 3)
