"""`ahtc completion bash|zsh|fish`, and the completions that these shells ask for.

argcomplete calls `ahtc` with the typed line; it walks the parsers of the command and asks for references by `complete`.
"""

from __future__ import annotations

import os
import shlex
from argparse import Action, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.output import print_result
from ahtc_tui.cli.console.parser import LIST_ALIAS
from ahtc_tui.cli.console.verbs import Argument, add_arguments
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context
    from ahtc_tui.cli.console.parser import CommandParser

SHELLS = ("bash", "zsh", "fish")

NOUNS = {
    "actions": "action", "meetings": "meeting", "decisions": "decision", "commissions": "commission",
    "contacts": "contact", "groups": "group", "practice": "practice", "evidence": "figure",
    "recommendations": "recommendation", "milestone": "milestone", "aim": "aim", "objective": "objective",
    "session": "session", "data-set": "data set", "page": "web page", "document": "document", "unseat": "seat",
    "renew": "seat", "promises": "promise",
}  # fmt: skip
"""Kind of record whose reference a command, a noun or a verb takes as REF; the last word that has one decides."""
PARTY_ARGUMENTS = (
    "--lead", "--who", "who", "--owner", "--organisation", "person", "post", "member", "chair", "--chair", "a", "b",
    "--to WHO", "--presenter", "--author", "--holder", "--support", "--partners", "--by", "--deputy", "subject POST",
    "--for POST_OR_PERSON",
)  # fmt: skip
"""Arguments that name a person, post or organisation."""
ARGUMENTS = {
    **dict.fromkeys(("--meeting", "meeting", "--to REF2", "--at"), "meeting"),
    **dict.fromkeys(("--group", "group", "subject GROUP", "--parent"), "group"),
    **dict.fromkeys(("--objective", "objective"), "objective"),
    **dict.fromkeys(("action", "--blocked-by"), "action"),
    **dict.fromkeys(("practice", "--practice"), "practice"),
    **dict.fromkeys(("subject COMMISSION", "--like"), "commission"),
    **dict.fromkeys(("--list",), "list"),
    **dict.fromkeys(("poll",), "date poll"),
    **dict.fromkeys(("--view",), "view"),
    **dict.fromkeys(("--document",), "document"),
    **dict.fromkeys(("--data-set",), "data set"),
    **dict.fromkeys(PARTY_ARGUMENTS, "contact"),
}
"""Kind of record that an argument names, by the argument or by it and its placeholder."""
FILES = frozenset(
    ("out", "file", "files", "--file", "--files", "folder", "--workspace", "--answers", "--into", "--pack")
)
SIGNS = {"@": "contact", "#": "group", "+": "list"}
"""Kind of record after the sign of a filter word."""


def register(parser: CommandParser, _command: str) -> None:
    """Declare the argument of `completion`."""
    help_text = _("the shell; source the output, or save it where the shell reads completions")
    add_arguments(parser, print_script, Argument("shell", help_text=help_text, choices=SHELLS))


def print_script(context: Context, args: Namespace) -> None:
    """Print the script that makes a shell complete commands, options, values and references."""
    from argcomplete.shell_integration import shellcode

    script = shellcode(["ahtc"], shell=args.shell)
    print_result(context.as_json, lambda: {"shell": args.shell, "script": script}, script.splitlines)


def complete(build_tree: Callable[[Iterable[str]], CommandParser]) -> None:
    """Answer the request of a shell on the file descriptor that it gave, and end the process.

    `build_tree` returns a parser of all commands, with the arguments of the typed ones only.
    """
    from argcomplete.completers import SuppressCompleter
    from argcomplete.finders import CompletionFinder

    from ahtc_tui.domain.i18n import Language, switch_language, use_language
    from ahtc_tui.services.settings.language import find_environment_language

    with use_language(Language.EN):
        switch_language(find_environment_language(os.environ))
        parser = build_tree(_split(os.environ.get("COMP_LINE", "")))
        add_completers(parser)
        finder = CompletionFinder()
        no_files = SuppressCompleter()
        finder(parser, always_complete_options=False, exclude=(LIST_ALIAS,), default_completer=no_files)


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


def add_completers(parser: CommandParser) -> None:
    """Give each argument of a parser and of its verbs the completer of what it names."""
    from argcomplete.completers import FilesCompleter

    parser.describe_arguments()
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for verb in set(action.choices.values()):
                add_completers(verb)
        elif _name(action) in FILES:
            action.completer = FilesCompleter()  # type: ignore[attr-defined]
        elif action.dest == "words":
            action.completer = complete_filter_word  # type: ignore[attr-defined]
        elif kind := find_kind(parser.prog, action):
            action.completer = build_completer(kind)  # type: ignore[attr-defined]


def _name(action: Action) -> str:
    return action.option_strings[0] if action.option_strings else action.dest


def find_kind(prog: str, action: Action) -> str | None:
    """Return the kind of record that an argument of a command names; None where it names none."""
    name = _name(action)
    if name == "ref":
        return next((NOUNS[word] for word in reversed(prog.split()) if word in NOUNS), None)
    return ARGUMENTS.get(f"{name} {action.metavar}") or ARGUMENTS.get(name)


def build_completer(kind: str) -> Callable[..., dict[str, str]]:
    """Return a completer of the references of a kind of record; several are separated by commas."""

    def complete_ref(prefix: str, parsed_args: Namespace, **_options: object) -> dict[str, str]:
        from ahtc_tui.services.search import list_refs

        earlier, comma, last = prefix.rpartition(",")
        refs = list_refs(getattr(parsed_args, "workspace", None), kind, last)
        return {f"{earlier}{comma}{ref}": name for ref, name in refs.items()}

    return complete_ref


def complete_filter_word(prefix: str, parsed_args: Namespace, **_options: object) -> dict[str, str]:
    """Return the words of a filter that begin with a prefix: names after a sign, values after a colon."""
    from ahtc_tui.domain.filters.terms import RULE_BY_KIND
    from ahtc_tui.domain.filters.values import CHOICES, show_value
    from ahtc_tui.services.search import list_refs

    sign = prefix[:1]
    if sign in SIGNS:
        refs = list_refs(getattr(parsed_args, "workspace", None), SIGNS[sign], prefix[1:])
        return {f"{sign}{ref}": name for ref, name in refs.items()}
    prefixes = {kind: RULE_BY_KIND[kind].own_prefix for kind in CHOICES}
    words = (f"{prefixes[kind]}:{show_value(kind, value)}" for kind in CHOICES for value in CHOICES[kind])
    return {word: "" for word in words if prefix and word.startswith(prefix)}
