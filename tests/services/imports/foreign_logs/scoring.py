"""Score of the import of foreign logs: what is found, missed, asked about, applied without a question or invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.imports.report import FileReport, ImportOptions
from ahtc_tui.services.imports.actions.service import plan_actions_import
from ahtc_tui.services.workspace import Workspace
from tests.services.imports.foreign_logs import (
    contradictions,
    displacements,
    headings,
    other_lists,
    plans,
    repetitions,
    rows,
    shapes,
    sheets,
    text_columns,
    values,
)
from tests.services.imports.foreign_logs.model import Asked, ForeignLog, write_log

CORPUS: dict[str, list[ForeignLog]] = {
    "text column": text_columns.TEXT_COLUMNS,
    "other sheets": sheets.SHEETS,
    "other rows": rows.ROWS,
    "displaced values": displacements.DISPLACED,
    "exchanged days and months": displacements.EXCHANGED,
    "certain months": displacements.CERTAIN_MONTHS,
    "dates as texts of actions": displacements.DATED,
    "columns of names": displacements.NAMED,
    "rows without a text": displacements.UNTITLED,
    "answers to risks": displacements.RISKS,
    "one word of another kind": displacements.KIND_WORDS,
    "percentages": values.PERCENTAGES,
    "two-row headings": values.TWO_ROW_HEADINGS,
    "days in a status": values.STATUS_DAYS,
    "month first": values.MONTH_FIRST,
    "columns of dates": values.DATES_ONLY,
    "words of others": headings.WORDS,
    "natural Welsh": headings.WELSH,
    "plans of communications": other_lists.COMMUNICATIONS,
    "columns of impacts": other_lists.IMPACTS,
    "charts of responsibilities": other_lists.RESPONSIBILITIES,
    "scripts of tests": other_lists.TESTS,
    "lists without owner, date and status": other_lists.WITHOUT_MARKS,
    "closing dates": contradictions.CLOSING_DATES,
    "repeated lists": contradictions.REPEATED_LISTS,
    "texts and topics": contradictions.TEXTS_AND_TOPICS,
    "misspelt headings": contradictions.MISSPELT,
    "plain dates": contradictions.PLAIN_DATES,
    "more percentages": contradictions.PERCENTS,
    "rival columns": repetitions.RIVALS,
    "rows with one title": [*repetitions.REPETITIONS, *shapes.OFTEN_TITLED],
    "headings between the rows": repetitions.HEADINGS,
    "a word of another kind": repetitions.KINDS,
    "headings of issues": repetitions.HEADED,
    "rows of the template": repetitions.FILLED,
    "states in Welsh": repetitions.WELSH_STATES,
    "hints of refusals": repetitions.HINTS,
    "wrapped texts": repetitions.WRAPPED,
    "ticks with a date": repetitions.TICKED,
    "dates of something else": repetitions.DATES_OF_OTHERS,
    "outline numbers": plans.OUTLINES,
    "totals": plans.TOTALS,
    "ranks": plans.RANKS,
    "names of actions and people": plans.NAMES,
    "risks": plans.RISKS,
    "sentences among headings": plans.DIVIDERS,
    "states as one word": plans.WORDS_JOINED,
    "lists below each other": shapes.STACKED_LISTS,
    "actions beside risks": shapes.ANSWERS_TO_RISKS,
    "names of tasks": shapes.NAMES_OF_TASKS,
    "scored risks": shapes.SCORED_RISKS,
    "tables of counts": shapes.COUNTS,
    "joined headings": shapes.JOINED_HEADINGS,
    "reports above lists": shapes.REPORTS,
    "rows with a category": shapes.CATEGORIES,
    "numbers below headings": shapes.NUMBERED_BELOW,
    "lateness as a state": shapes.LATENESS,
    "sheets of one kind": shapes.DAILY,
    "many new objectives": shapes.OBJECTIVES,
    "days of completion": shapes.CLOSING_DAYS,
    "help below the headings": shapes.HELP_LINES,
    "sheets with the headings of a list": shapes.NAMED_SHEETS,
    "names without texts": shapes.NAMES_WITHOUT_TEXTS,
    "items with a sign": shapes.ITEM_SIGNS,
    "ticks": shapes.TICKS,
    "notes below a list": shapes.NOTES_BELOW,
    "stories with tests": shapes.TESTED_STORIES,
    "names of sheets": plans.NAMED,
}
"""Logs by fault."""


@dataclass
class Score:
    """Numbers of findings, with a line for each that is not as expected."""

    logs: int = 0
    found: int = 0
    """Rows, values, named omissions and refusals as expected."""
    missed: int = 0
    asked: int = 0
    """Expected questions."""
    unexpected: int = 0
    """Questions that nobody needs."""
    unasked: int = 0
    """Values that were applied and should have been asked about, or are wrong."""
    invented: int = 0
    """Rows that are no actions."""
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the numbers of another score."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def record(self, kind: str, fault: str) -> None:
        """Count a finding that is not as expected."""
        setattr(self, kind, getattr(self, kind) + 1)
        self.faults.append(f"{kind}: {fault}")


def score_corpus(workspace: Workspace, folder: Path) -> Iterator[tuple[str, Score]]:
    """Yield the score of each fault."""
    for fault, logs in CORPUS.items():
        total = Score()
        for log in logs:
            total.add(score_log(workspace, log, folder))
        yield fault, total


def score_log(workspace: Workspace, log: ForeignLog, folder: Path) -> Score:
    """Return the score of one log, with its answers where it has some."""
    score = Score(logs=1)
    path = write_log(log, folder)
    try:
        (report,) = plan_actions_import(workspace, [path], columns=log.columns).files
    except BadFile as error:
        if log.refused and log.refused in str(error):
            score.found += 1
        else:
            score.record("missed", f"{log.name}: {error}")
        return score
    if log.refused:
        score.record("missed", f"{log.name} is not refused")
    _score_rows(score, log.name, log.taken, log.taken_after, report)
    _score_questions(score, log, report)
    for words in log.named:
        if any(words in warning.reason for warning in report.warnings):
            score.found += 1
        else:
            score.record("missed", f"{log.name}: no warning names {words}")
    if log.answers:
        ids = {_name_question(question): question.id for question in report.questions}
        answers = {ids[asked]: answer for asked, answer in log.answers.items() if asked in ids}
        (answered,) = plan_actions_import(workspace, [path], ImportOptions(answers=answers)).files
        _score_rows(score, f"{log.name}, answered", log.taken_after, {}, answered)
    return score


def _score_rows(
    score: Score,
    name: str,
    expected: Mapping[str, Mapping[str, str]],
    doubtful: Mapping[str, Mapping[str, str]],
    report: FileReport,
) -> None:
    added: dict[str, dict[str, Any]] = {record.values["title"]: record.values for record in report.added}
    for title, expected_values in expected.items():
        if title not in added:
            score.record("missed", f"{name}: {title}")
            continue
        score.found += 1
        for field_name, value in expected_values.items():
            if added[title].get(field_name) == value:
                score.found += 1
            elif added[title].get(field_name) is None:
                score.record("missed", f"{name}: {field_name} of {title}")
            else:
                score.record("unasked", f"{name}: {field_name} of {title} is {added[title][field_name]}")
    for title in added.keys() - expected.keys():
        score.record("unasked" if title in doubtful else "invented", f"{name}: {title}")


def _score_questions(score: Score, log: ForeignLog, report: FileReport) -> None:
    questions = {_name_question(question) for question in report.questions}
    score.asked += len(questions & log.asked)
    for question in log.asked - questions:
        score.record("missed", f"{log.name}: no question about {question}")
    for question in questions - log.asked:
        score.record("unexpected", f"{log.name}: question about {question}")


def _name_question(question: Any) -> Asked:
    return question.field, question.theirs or ""
