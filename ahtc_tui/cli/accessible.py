"""`ahtc accessible`: the modes as a dialogue of numbered lines, for a screen reader or a Braille display.

Lines are only appended: the terminal is never cleared and no line is written twice. A number opens a line of the last
list; other text is a command of `ahtc` without the word `ahtc`.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NoReturn

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import make_accessible, print_lines
from ahtc_tui.cli.console.parser import LIST_ALIAS, CommandParser
from ahtc_tui.cli.console.spoken_lines import SEPARATOR
from ahtc_tui.cli.console.verbs import add_arguments
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.files.temporary_files import hold_temporary_folder
from ahtc_tui.domain.i18n import _, get_current_language, gettext_noop, ngettext, pgettext
from ahtc_tui.domain.imports.report import format_reported_value
from ahtc_tui.domain.record_names import format_field_name
from ahtc_tui.domain.text.normalization import normalize_text

PROGRAM = "ahtc"
"""May begin a command, since messages name commands with it."""
MODES = (
    (gettext_noop("Today"), ("today",)),
    (gettext_noop("Actions"), ("actions", "list")),
    (gettext_noop("Plan"), ("plan", "show")),
    (gettext_noop("Meetings"), ("meetings", "list", "--coming")),
    (gettext_noop("Groups"), ("groups", "list")),
    (gettext_noop("Contacts"), ("contacts", "list")),
    (gettext_noop("Evidence"), ("evidence", "list")),
    (gettext_noop("Reports"), ("plan", "counts")),
)
"""The modes of the screen in their order, and the command that prints each."""
NOUNS = {
    "action": "actions", "meeting": "meetings", "decision": "decisions", "group": "groups", "person": "contacts",
    "post": "contacts", "organisation": "contacts", "practice": "practice", "figure": "evidence",
    "recommendation": "recommendations", "commission": "commissions", "objective": "plan",
}  # fmt: skip
"""Command that shows a record, by its kind in the search."""
PLAN_VIEWS = ("show", "compare", "trend", "burn-down", "timeline", "counts", "versions", "since")
"""Verbs of `plan` that read."""
PLAN_NOUNS = ("milestone", "aim", "objective")


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments of `accessible`, which is run without any."""
    add_arguments(parser, refuse_json)


def refuse_json(_context: Context, _args: Namespace) -> NoReturn:
    """Raise BadInput: a dialogue has no JSON."""
    raise BadInput(_("`ahtc accessible` is a dialogue. Use --json with the commands themselves."))


class Dialogue:
    """A dialogue of lines on the standard streams."""

    def __init__(self, context: Context, run_command: Callable[[list[str]], int]) -> None:
        """`run_command` runs one command line of `ahtc` and returns its exit code."""
        self._run_line = run_command
        self._options = ["--workspace", str(context.root), "--lang", get_current_language().value]
        if context.as_at:
            self._options += ["--as-at", context.as_at.isoformat()]
        self._choices: list[tuple[str, ...]] = []
        """Command of each number of the last list."""

    def run(self) -> int:
        """Read and carry out lines until "quit" or the end of the input; returns 0."""
        with make_accessible():
            self._print_menu()
            prompt = _("Number, command, menu, help or quit [menu]")
            while (line := self._read_line(prompt)) is not None:
                if self._is_word(line, "quit", _("quit")):
                    break
                self._carry_out(line)
                prompt = _("Number or command")
        print_lines([_("ahtc is closed. Everything entered is saved.")])
        return 0

    def _carry_out(self, line: str) -> None:
        """Carry out one line: a number, a word of the dialogue or a command."""
        if self._is_word(line, "", "menu", _("menu")):
            self._print_menu()
        elif self._is_word(line, "help", _("help")):
            self._print_help()
        elif line.isdecimal():
            self._open_choice(int(line))
        else:
            try:
                words = shlex.split(line)
            except ValueError:
                words = line.split()
            self._run_command(words[1:] if words[0] == PROGRAM and words[1:] else words)

    def _run_command(self, words: Sequence[str]) -> None:
        """Run a command: a list with numbers, minutes and imports with a question at a time, others as they are."""
        if words[0] in ("accessible", "demo"):
            print_lines([_("`ahtc {command}` opens another screen. Quit this one first.").format(command=words[0])])
        elif words[0] == "minutes" and len(words) > 1:
            self._take_minutes(words[1])
        elif words[0] == "import" and "--answers" not in words:
            self._import_file(words)
        elif is_list(words):
            self._print_list(words)
        else:
            self._call(*words)

    def _call(self, *words: str) -> int:
        """Run one command of `ahtc`, which prints its own result or error; --help ends only that command."""
        try:
            return self._run_line([*self._options, *words])
        except SystemExit as end:
            return int(end.code or 0)

    def _capture(self, *words: str) -> tuple[int, str]:
        """Run a command and return its exit code and what it printed on stdout."""
        output = io.StringIO()
        with redirect_stdout(output):
            code = self._call(*words)
        return code, output.getvalue()

    def _print_menu(self) -> None:
        """Print the modes with the numbers that they have on the screen."""
        self._choices = [command for _name, command in MODES]
        names = [_(name) for name, _command in MODES]
        print_lines([f"{number}. {name}" for number, name in enumerate(names, 1)])

    def _print_help(self) -> None:
        print_lines(
            [
                _("Type a number to open that line of the last list."),
                _('Any command of ahtc works, such as `actions update DP-07 "report received"`.'),
                _("`minutes MEETING` takes minutes line by line. `import actions FILE` asks one question at a time."),
                _("`undo` undoes the last step. {menu} lists the modes. {quit} ends.").format(
                    menu=_("menu"), quit=_("quit")
                ),
            ]
        )

    def _print_list(self, words: Sequence[str]) -> None:
        """Print a list with a number before each record, and the cells of a line separated by commas."""
        code, text = self._capture(*words)
        if code > 1:
            return
        _code, document = self._capture(*words, "--json")
        refs = dict(find_refs(json.loads(document)))
        self._choices = []
        for line in filter(None, text.splitlines()):
            if ref := find_ref_of_line(line, refs):
                self._choices.append(("open", ref))
                number = f"{len(self._choices)}. "
                line = number + line.removeprefix(number)
            print_lines([line])

    def _open_choice(self, number: int) -> None:
        """Open a line of the last list by its number."""
        if not 1 <= number <= len(self._choices):
            sentence = _("There is no line {number}. The last list has {n}.")
            print_lines([sentence.format(number=number, n=len(self._choices))])
            return
        command = self._choices[number - 1]
        if command[0] != "open":
            self._run_command(command)
            return
        ref = command[1]
        code, document = self._capture("search", ref, "--json")
        hits = json.loads(document) if code == 0 else []
        if noun := next((NOUNS[hit["kind"]] for hit in hits if hit["ref"] == ref and hit["kind"] in NOUNS), None):
            self._call(noun, "show", ref)
        else:
            self._call("search", ref)

    def _take_minutes(self, ref: str) -> None:
        """Add a line of minutes for each typed line until "end"; "item N" goes to another item."""
        if self._call("meetings", "agenda", ref) > 1:
            return
        _code, document = self._capture("meetings", "agenda", ref, "--json")
        titles = {str(item["position"]): item["title"] for item in json.loads(document)}
        item, line_count = "1", 0
        print_lines([_('n: note, d: decision, a: action. "item N" goes to an item, "end" ends the minutes.')])
        while (line := self._read_line(_("Item {n}").format(n=item))) is not None:
            if self._is_word(line, "end", pgettext("dialogue", "end")):
                break
            if not line:
                continue
            if not (match := re.fullmatch(r"(?:item|eitem) ([0-9]+)", line)):
                line_count += self._call("meetings", "minute", ref, "--item", item, "--", line) == 0
            elif match[1] in titles:
                item = match[1]
                print_lines([titles[item]])
            else:
                print_lines([_("There is no item {n}. The agenda has {all}.").format(n=match[1], all=len(titles))])
        sentence = ngettext("1 line was added to the minutes.", "{n} lines were added to the minutes.", line_count)
        print_lines([sentence])

    def _import_file(self, words: Sequence[str]) -> None:
        """Import a file after asking about each change that needs a decision."""
        with redirect_stderr(io.StringIO()):
            code, document = self._capture(*words, "--dry-run", "--json")
        if code > 1:
            self._call(*words, "--dry-run")  # its error is a sentence, not JSON
            return
        report = json.loads(document)
        files = report if isinstance(report, list) else [report]
        questions = [question for file in files for question in file.get("questions", ())]
        answers: dict[str, str] = {}
        for number, question in enumerate(questions, 1):
            print_lines([_("Question {n} of {all}").format(n=number, all=len(questions)), *describe_question(question)])
            answer = self._read_line(_("ours, theirs, both, skip or a value [skip]"))
            if answer is None:
                print_lines([_("Nothing was imported.")])
                return
            answers[question["id"]] = read_answer(answer)
        with hold_temporary_folder() as folder:
            file = folder / "answers.json"
            file.write_text(json.dumps(answers), encoding="utf-8")
            self._call(*words, "--answers", str(file))

    @staticmethod
    def _read_line(prompt: str) -> str | None:
        """Read one line after a prompt; None at the end of the input, or where the terminal has gone."""
        sys.stdout.write(f"{prompt}: ")
        sys.stdout.flush()
        try:
            line = sys.stdin.readline()
        except OSError:
            line = ""
        if not line:
            print_lines([""])
            return None
        return line.strip()

    @staticmethod
    def _is_word(line: str, *words: str) -> bool:
        """Return whether a line is one of some words, in any case and with or without accents."""
        return normalize_text(line) in map(normalize_text, words)


def read_answer(text: str) -> str:
    """Return the answer that a text names in either language; nothing skips the question, other text is a value."""
    choices = {"ours": _("ours"), "theirs": _("theirs"), "both": _("both"), "skip": _("skip")}
    labels = {normalize_text(label): answer for answer, label in choices.items()}
    return labels.get(normalize_text(text), text) or "skip"


def is_list(words: Sequence[str]) -> bool:
    """Return whether a command prints records and only reads: for their references it runs a second time."""
    command, verb, next_verb = (*words, "", "")[:3]
    if "--json" in words:
        return False
    if command == "plan":
        return verb in PLAN_VIEWS or (verb in PLAN_NOUNS and next_verb == "list")
    return command in ("today", "search") or verb in ("list", LIST_ALIAS)


def find_ref_of_line(line: str, refs: Mapping[str, str]) -> str | None:
    """Return the reference of the record that a line names in a cell or at its start; None without one."""
    if cell := next((cell for cell in line.split(SEPARATOR) if cell in refs), None):
        return refs[cell]
    return next((ref for text, ref in refs.items() if f"{line}{SEPARATOR}".startswith(f"{text}{SEPARATOR}")), None)


def find_refs(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the reference of each record in a JSON document, after each text by which a line may name the record."""
    if isinstance(document, dict):
        if isinstance(ref := document.get("ref"), str):
            names = [document.get("name"), *(f"{document.get('number')}. {title}" for title in list_titles(document))]
            yield from ((name, ref) for name in (ref, *names) if name)
        for value in document.values():
            yield from find_refs(value)
    elif isinstance(document, list):
        for value in document:
            yield from find_refs(value)


def list_titles(record: dict[str, Any]) -> list[str]:
    """Return the titles of a record of a JSON document in both languages."""
    return [title for field in ("title", "title_cy") if (title := record.get(field))]


def describe_question(question: dict[str, Any]) -> list[str]:
    """Return the lines of a question of an import: record, field, both values and the reason."""
    field_name = question.get("field") or ""
    values = [
        format_reported_value(field_name, question[side]) if question.get(side) else None for side in ("ours", "theirs")
    ]
    facts = (
        (_("Record"), question.get("ref")),
        (_("Field"), format_field_name(field_name) if field_name else None),
        (_("Ours"), values[0]),
        (_("Theirs"), values[1]),
        (_("Reason"), question.get("reason")),
    )
    return [f"{label}: {value}" for label, value in facts if value]
