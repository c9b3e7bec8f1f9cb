"""`ahtc groups add`, `edit`, `rename`, `chair` and `terms`: what is written to a group."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.groups import service as groups

if TYPE_CHECKING:
    pass

FLAGS = {
    "kind": "forum, leadership, uk-board, uk-group, sub-group, ministerial, network, ... (forum unless said)",
    "state": "proposed, developing, established, active, dormant, closed (active unless said)",
    "short": "a short name",
    "area": "the place that it covers: Gwent",
    "chair": "a person, post or organisation",
    "parent": "the group that it is a part of",
    "predecessor": "the group that it follows",
    "owner": "the organisation whose group it is",
    "lead": "the organisation that leads it",
    "frequency": "how often it meets, in words",
    "quorum": "how many must be there",
    "purpose": "",
    "source": "where it is known from",
}


def build(verbs: Any) -> None:
    """The verbs that write."""
    adding: ArgumentParser = verbs.add_parser("add", help="a new group", allow_abbrev=False)
    adding.add_argument("name")
    for name, words in FLAGS.items():
        adding.add_argument(f"--{name}", help=words or None)
    adding.set_defaults(run=add_group)
    editing = add_edit_verb(verbs, "fields of one group", edit_group)
    add_rename_verb(verbs, ("group",))
    chairing: ArgumentParser = verbs.add_parser("chair", help="who chairs it from a day", allow_abbrev=False)
    chairing.add_argument("ref")
    chairing.add_argument("chair", metavar="PERSON_OR_POST")
    chairing.add_argument("--from", dest="from_on", required=True, metavar="D")
    chairing.set_defaults(run=set_chair)
    terming: ArgumentParser = verbs.add_parser("terms", help="a version of its terms of reference", allow_abbrev=False)
    terming.add_argument("ref")
    terming.add_argument("--version", required=True)
    terming.add_argument("--agreed", dest="agreed_on", metavar="D")
    terming.add_argument("--review", dest="review_on", metavar="D")
    terming.add_argument("--text")
    terming.set_defaults(run=set_terms)
    for verb in (adding, editing):
        verb.add_argument("--json", action="store_true")


def add_group(context: Context, args: Namespace) -> int:
    """`groups add`."""
    from ahtc_tui.domain.drafts.groups import build_group_draft

    values = collect_flags(args, FLAGS)
    with context.open_workspace() as workspace:
        row = groups.add_group(workspace, build_group_draft({"name": args.name, **values}, workspace.today()))
    return write_messages.print_written_party(context, row, args.json)


def edit_group(context: Context, args: Namespace) -> int:
    """`groups edit`."""
    from ahtc_tui.domain.drafts.groups import build_group_draft

    with context.open_workspace() as workspace:
        row = groups.edit_group(
            workspace, args.ref, build_group_draft(parse_field_values(args.fields), workspace.today())
        )
    return write_messages.print_written_party(context, row, args.json)


def add_rename_verb(verbs: Any, kinds: tuple[str, ...]) -> None:
    """The verb `rename REF NAME --from D`, for records of these kinds."""
    renaming: ArgumentParser = verbs.add_parser(
        "rename", help="another name from a day; both are found", allow_abbrev=False
    )
    renaming.add_argument("ref")
    renaming.add_argument("name")
    renaming.add_argument("--from", dest="from_on", required=True, metavar="D")
    renaming.set_defaults(run=rename_record, kinds=kinds)


def rename_record(context: Context, args: Namespace) -> int:
    """`groups rename` and `contacts rename`."""
    from ahtc_tui.domain.dates.parser import read_date
    from ahtc_tui.services.contacts import rename as naming

    with context.open_workspace() as workspace:
        first = read_date(args.from_on, workspace.today())
        ref = naming.rename_party(workspace, args.ref, args.name, first, args.kinds)
    print_lines([ref])
    sentence = _("{ref}: {name} from {day}. `ahtc undo` takes it back.")
    context.print_notice(sentence.format(ref=ref, name=" ".join(args.name.split()), day=first))
    return 0


def set_chair(context: Context, args: Namespace) -> int:
    """`groups chair`."""
    from ahtc_tui.domain.dates.parser import read_date

    with context.open_workspace() as workspace:
        first = read_date(args.from_on, workspace.today())
        row = groups.set_chair(workspace, args.ref, args.chair, first)
    return write_messages.print_written_party(context, row, False)


def set_terms(context: Context, args: Namespace) -> int:
    """`groups terms`."""
    from ahtc_tui.domain.drafts.groups import build_terms_draft

    names = ("version", "agreed_on", "review_on", "text")
    values = collect_flags(args, names)
    with context.open_workspace() as workspace:
        new = groups.set_terms(workspace, args.ref, build_terms_draft(values, workspace.today()))
    sentence = _("Version {version} added.") if new else _("Version {version} changed.")
    context.print_notice(sentence.format(version=args.version) + " " + _("`ahtc undo` takes it back."))
    return 0
