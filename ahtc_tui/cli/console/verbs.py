"""Verbs of the commands and their arguments as data, and the argparse parsers built from them.

A function that declares verbs runs after the language is set, so that its help texts can pass through `_`.
"""

from __future__ import annotations

from argparse import Namespace, _ActionsContainer
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console.argument_types import build_choice_parser, parse_limit
from ahtc_tui.cli.console.parser import LIST_ALIAS, CommandParser
from ahtc_tui.domain.fields.model import Place
from ahtc_tui.domain.i18n import Language, _, get_current_language
from ahtc_tui.domain.labelled_enum import list_choices

if TYPE_CHECKING:
    from ahtc_tui.cli.console.context import Context
    from ahtc_tui.domain.fields.model import Field
    from ahtc_tui.domain.filters.model import FilterNoun

    Handler = Callable[[Context, Namespace], int | None]
    """Runs a command and returns its exit code; None is 0."""
    SubParsers = Any
    """Type returned by `add_subparsers`, for which argparse has no public name."""


class Argument:
    """A positional argument or an option; further keywords as in `ArgumentParser.add_argument`.

    `choices` that are members of an enumeration can be typed in English and Welsh, and become their values; the help
    lists them in its language. A placeholder is in capitals, as in the guide, and the same in both languages.
    """

    def __init__(
        self, name: str, metavar: str | tuple[str, ...] | None = None, help_text: str | None = None, **options: Any
    ) -> None:
        self.name = name
        if not metavar and not name.startswith("-") and not options.get("choices"):
            metavar = name.upper()
        if members := [choice for choice in options.get("choices") or () if isinstance(choice, StrEnum)]:
            options |= {"choices": [member.value for member in members], "type": build_choice_parser(members)}
            if not metavar and get_current_language() is Language.CY:
                metavar = "{" + ",".join(list_choices(members)) + "}"
        self.listed_choices = list_choices(members) or options.get("choices") or ()
        self.options = {"help": help_text, **({"metavar": metavar} if metavar else {}), **options}

    def add_to(self, parser: _ActionsContainer) -> None:
        """Add the argument to a parser or an argument group. Without a help text, a help page shows the shared help for
        its name.
        """
        action: Any = parser.add_argument(self.name, **self.options)
        action.listed_choices = self.listed_choices


class Switch(Argument):
    """An option without a value."""

    def __init__(self, name: str, help_text: str | None = None, **options: Any) -> None:
        super().__init__(name, help_text=help_text, action="store_true", **options)


class FieldOption(Argument):
    """The option of a field, with the meaning and the choices of the field."""

    def __init__(self, field: Field[Any], help_text: str | None) -> None:
        super().__init__(field.option, help_text=help_text, dest=field.name)
        self._field = field

    def add_to(self, parser: _ActionsContainer) -> None:
        """Add the option to a parser."""
        super().add_to(parser)
        if isinstance(parser, CommandParser):
            parser.helps[self._field.name] = self._describe

    def _describe(self) -> str:
        from ahtc_tui.cli.console.argument_help import describe_field

        return describe_field(self._field.name, self._field.choices or ())


class FilterWords(Argument):
    """The words of a filter, with the terms that a noun takes as their help."""

    def __init__(self, noun: FilterNoun | None) -> None:
        super().__init__("words", "WORDS", nargs="*", default=[])
        self._noun = noun

    def add_to(self, parser: _ActionsContainer) -> None:
        """Add the argument to a parser."""
        super().add_to(parser)
        if isinstance(parser, CommandParser):
            parser.helps["words"] = self._describe

    def _describe(self) -> str:
        from ahtc_tui.domain.filters.model import FilterNoun
        from ahtc_tui.domain.filters.terms import describe_terms

        rules = describe_terms(self._noun or FilterNoun.RECORDS)
        return "; ".join(": ".join((" ".join(forms), _(meaning))) for forms, meaning in rules)


def list_arguments(arguments: Iterable[Argument | OneOf]) -> list[Argument]:
    """Return arguments, with those of groups one by one."""
    groups = (entry.arguments if isinstance(entry, OneOf) else (entry,) for entry in arguments)
    return [argument for group in groups for argument in group]


class OneOf:
    """Options that exclude each other."""

    def __init__(self, *arguments: Argument, required: bool = False) -> None:
        self.arguments, self.required = arguments, required

    def add_to(self, parser: CommandParser) -> None:
        """Add the options to a parser as a mutually exclusive group."""
        group = parser.add_mutually_exclusive_group(required=self.required)
        for argument in self.arguments:
            argument.add_to(group)


SHOWING_VERBS = frozenset((
    *("list", "show", "seats", "matrix", "map", "ours", "attendance", "gaps", "documents", "pages", "sessions"),
    *("stale", "engagements", "interests", "reviews", "counts", "compare", "timeline", "since", "versions"),
    *("blocked", "whatif", "lists", "issued", "dates", "transcript"),
))  # fmt: skip
"""Verbs that print records, without `--json` in the language of the interface."""

LIST_EDITING_VERBS = frozenset(("agenda", "invite", "papers", "template", "forward"))
"""Verbs that print a list in that language and can change it; none of them stores a name that it reads."""

READING_VERBS = SHOWING_VERBS | {"burn-down", "queue", "trend", "views", "welsh-year", "why"}
"""Verbs that never write, and with --as-at show the state of the records on that day."""


class Verb:
    """A verb with its handler, its help and its arguments; `defaults` are further attributes of the namespace."""

    def __init__(self, name: str, run: Handler, help_text: str, *arguments: Argument | OneOf, **defaults: Any) -> None:
        self.name, self.run, self.help_text = name, run, help_text
        self.arguments, self.defaults = arguments, defaults

    def read_record(self, context: Context, ref: str) -> dict[str, Any]:
        """Return what the verb `show` prints of a record as JSON."""
        from ahtc_tui.cli.console.output import collect_json

        options = {argument.name.lstrip("-").replace("-", "_"): None for argument in list_arguments(self.arguments)}
        record: dict[str, Any] = collect_json(
            partial(self.run, context, Namespace(**{**options, "ref": ref, "json": True}))
        )
        return record

    def takes(self, *arguments: Argument | OneOf) -> Verb:
        """Return the verb with further arguments."""
        return Verb(self.name, self.run, self.help_text, *self.arguments, *arguments, **self.defaults)

    def add_to(self, subparsers: SubParsers) -> None:
        """Add the parser of the verb."""
        parser = subparsers.add_parser(self.name, help=self.help_text, description=self.help_text)
        if self.name == "list":
            subparsers.choices[LIST_ALIAS] = parser
        defaults = {
            "shows_names": self.name in SHOWING_VERBS | LIST_EDITING_VERBS,
            "reads_state": self.name in READING_VERBS,
            **self.defaults,
        }
        parser.declare = partial(add_arguments, parser, self.run, *self.arguments, **defaults)


class EditVerb(Verb):
    """The verb `edit REF field=value ...`; `fields` has the choices of each field by its name."""

    def __init__(
        self,
        run: Handler,
        fields: Mapping[str, Iterable[StrEnum]],
        *arguments: Argument,
        help_text: str = "",
        takes_ref: bool = True,
        name: str = "edit",
    ) -> None:
        help_text = help_text or _("change fields with field=value")
        super().__init__(name, run, help_text, *((REF,) if takes_ref else ()), FIELD_VALUES, *arguments)
        self._fields = fields

    def add_to(self, subparsers: SubParsers) -> None:
        """Add the parser of the verb, whose help lists the fields."""
        super().add_to(subparsers)
        subparsers.choices[self.name].choices_by_field = self._fields


REF = Argument("ref", "REF")
FIELD_VALUES = Argument("fields", "field=value", nargs="+")
OUT = Argument("out", "OUT")


def declare_export(name: str, run: Handler, *arguments: Argument | OneOf, **defaults: Any) -> Verb:
    """Return a kind of `ahtc export`: its record, its file or folder, and further arguments."""
    from ahtc_tui.domain.documents.meeting_document import Cut
    from ahtc_tui.domain.export_kinds import EXPORT_KINDS

    kind = EXPORT_KINDS[name]
    subject = (Argument("subject", kind.subject),) if kind.subject else ()
    out = Argument("out", "OUT" if kind.formats else "OUT_FOLDER")
    cut_help = _("the last release; without it a copy for the office")
    cut = (Argument("--cut", None, cut_help, choices=[Cut.PUBLISHED]),) if kind.is_released else ()
    return Verb(name, run, kind.help_text, *subject, out, *arguments, *cut, **defaults)


JSON = Switch("--json")
LIMIT = Argument("--limit", "N", type=parse_limit)


class Noun:
    """A word between the command and its verbs: `plan milestone add`."""

    def __init__(self, name: str, help_text: str, *verbs: Verb) -> None:
        self.name, self.help_text, self.verbs = name, help_text, verbs

    def add_to(self, subparsers: SubParsers) -> None:
        """Add the parser of the noun and the parsers of its verbs."""
        add_verbs(subparsers.add_parser(self.name, help=self.help_text), *self.verbs)


class LateVerbs:
    """Verbs that a function of another module declares, which is not imported where another verb is typed.

    The module is a text, as in the table of commands. `complete` adds to each verb what it shares with the others of
    its command.
    """

    def __init__(
        self,
        module: str,
        *names: str,
        function: str = "declare_verbs",
        complete: Callable[[Any], Verb | Noun] | None = None,
    ) -> None:
        self.names = names
        self._module, self._function, self._complete = module, function, complete

    def declare(self) -> Iterable[Verb | Noun]:
        """Import the module and return its verbs."""
        verbs: Iterable[Verb | Noun] = getattr(import_module(self._module), self._function)()
        return map(self._complete, verbs) if self._complete else verbs


def add_verbs(parser: CommandParser, *verbs: Verb | Noun | LateVerbs, metavar: str = "VERB") -> None:
    """Give a parser its verbs; one of them is required. The others know the verb `show`, which prints a record."""
    loaded = list(_load_verbs(verbs, parser.typed_verb))
    show = next((verb for verb in loaded if isinstance(verb, Verb) and verb.name == "show"), None)
    subparsers = parser.add_subparsers(required=True, metavar=metavar)
    for verb in loaded:
        if isinstance(verb, Verb):
            verb.defaults.setdefault("read_record", show.read_record if show else None)
        verb.add_to(subparsers)


def _load_verbs(verbs: Sequence[Verb | Noun | LateVerbs], typed: str | None) -> Iterator[Verb | Noun]:
    """Yield verbs in their order, without those of other modules than the typed one; all where it is none of them."""
    known = {name for verb in verbs for name in (verb.names if isinstance(verb, LateVerbs) else (verb.name,))}
    typed = "list" if typed == LIST_ALIAS else typed
    for verb in verbs:
        if not isinstance(verb, LateVerbs):
            yield verb
        elif typed in verb.names or typed not in known:
            yield from verb.declare()


def add_arguments(parser: CommandParser, run: Handler, *arguments: Argument | OneOf, **defaults: Any) -> None:
    """Give a parser its handler and its arguments; every command takes --json."""
    for argument in arguments:
        argument.add_to(parser)
    if JSON.name not in parser.flags:
        JSON.add_to(parser)
    parser.set_defaults(run=run, parser=parser, **defaults)


def declare_fields(names: Iterable[str], metavar: str | tuple[str, ...] | None = None) -> list[Argument]:
    """Return an option for each field: `--review-on` for `review_on`."""
    return [Argument(f"--{name.replace('_', '-')}", metavar, dest=name) for name in names]


def declare_options(fields: Iterable[Field[Any]], helps: Mapping[str, str] | None = None) -> list[Argument]:
    """Return an option for each field that the verb `add` takes, with its meaning and its choices.

    `helps` has the meaning of fields that this command explains in its own words.
    """
    return [FieldOption(field, (helps or {}).get(field.name)) for field in fields if Place.ADD not in field.not_in]


def declare_force() -> Switch:
    """Return the option that overwrites a file."""
    return Switch("--force", _("overwrite an existing file"))


def declare_dry_run(help_text: str | None = None) -> Switch:
    """Return the option that reports what a command would do."""
    return Switch("--dry-run", help_text or _("show what the command would do, without doing it"))


def declare_yes(help_text: str | None = None) -> Switch:
    """Return the option that answers the question of a command."""
    return Switch("--yes", help_text or _("do not ask for confirmation"))


def declare_passphrase_flag(help_text: str) -> Switch:
    """Return the option that reads the passphrase from standard input."""
    return Switch("--passphrase-stdin", help_text)


def declare_mapping() -> Argument:
    """Return the option that maps a column to a field; the mapping is stored for the next import."""
    help_text = _("the field of a column; remembered for the next import")
    return Argument("--map", _('"Column=field"'), help_text, action="append", default=[])


def declare_answers() -> Argument:
    """Return the option that names a file with answers to the questions of an import or a merge."""
    return Argument("--answers", "FILE.json", _('{"question id": "ours|theirs|both|skip|a value"}'))


def declare_filter_words(noun: FilterNoun | None = None) -> Argument:
    """Return the argument of the words of a filter; its help has the terms that a noun takes, by default words."""
    return FilterWords(noun)


def declare_kind_filter(**options: Any) -> Argument:
    """Return the option with a kind of contact."""
    from ahtc_tui.domain.contacts.model import PartyKind

    kinds = (PartyKind.PERSON, PartyKind.POST, PartyKind.ORGANISATION)
    return Argument("--kind", choices=list(kinds), **options)
