"""What `ahtc recommendations` writes beside the answer: a recommendation, its actions, the document it stands in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction

from ahtc_tui.cli.console import write_messages
from ahtc_tui.cli.console.argument_types import add_edit_verb, collect_flags, parse_field_values
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_lines
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.evidence import recommendations

FIELDS = ("document", "part_of", "response", "evidence", "owner", "objective", "made_on", "source", "note")
DOCUMENT_FIELDS = ("body", "published_on", "reference", "expected_on", "source", "note")


def add_verbs(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """The verbs that write."""
    adding = verbs.add_parser("add", help="a recommendation of a document; prints its reference", allow_abbrev=False)
    adding.add_argument("title")
    for field in FIELDS:
        adding.add_argument(f"--{field.replace('_', '-')}", dest=field, metavar="X")
    adding.set_defaults(run=add_recommendation)
    add_edit_verb(verbs, "field=value ...", edit_recommendation)
    for name, words in (("link", "an action that answers it"), ("unlink", "an action that answers it no more")):
        linking = verbs.add_parser(name, help=words, allow_abbrev=False)
        linking.add_argument("ref")
        linking.add_argument("action", metavar="ACTION")
        linking.set_defaults(run=link_action, unlink=name == "unlink")
    document = verbs.add_parser("document", help="the documents: add, edit", allow_abbrev=False)
    acts = document.add_subparsers(required=True, metavar="VERB")
    new = acts.add_parser("add", help="a document; prints its reference", allow_abbrev=False)
    new.add_argument("title")
    for field in DOCUMENT_FIELDS:
        new.add_argument(f"--{field.replace('_', '-')}", dest=field, metavar="X")
    new.add_argument("--awaited", action="store_true", help="others have still to publish it")
    new.set_defaults(run=add_document)
    add_edit_verb(acts, "field=value ...", edit_document)


def add_recommendation(context: Context, args: Namespace) -> int:
    """`recommendations add`."""
    from ahtc_tui.domain.drafts.recommendations import build_recommendation_draft

    values = collect_flags(args, FIELDS)
    with context.open_workspace() as workspace:
        draft = build_recommendation_draft({"title": args.title, **values}, workspace.today())
        row = recommendations.add_recommendation(workspace, draft)
    return write_messages.print_written_ref(context, row.ref)


def edit_recommendation(context: Context, args: Namespace) -> int:
    """`recommendations edit`."""
    from ahtc_tui.domain.drafts.recommendations import build_recommendation_draft

    with context.open_workspace() as workspace:
        draft = build_recommendation_draft(parse_field_values(args.fields), workspace.today())
        row = recommendations.edit_recommendation(workspace, args.ref, draft)
    return write_messages.print_written_ref(context, row.ref)


def link_action(context: Context, args: Namespace) -> int:
    """`recommendations link` and `unlink`."""
    with context.open_workspace() as workspace:
        row = recommendations.link_action(workspace, args.ref, args.action, unlink=args.unlink)
    print_lines([row.ref])
    actions = ", ".join(row.actions) or _("no action")
    context.print_notice(_("{ref}: {actions}. `ahtc undo` takes it back.").format(ref=row.ref, actions=actions))
    return 0


def add_document(context: Context, args: Namespace) -> int:
    """`recommendations document add`."""
    from ahtc_tui.domain.drafts.recommendations import build_document_draft

    values = collect_flags(args, DOCUMENT_FIELDS)
    values |= {"awaited": True} if args.awaited else {}
    with context.open_workspace() as workspace:
        draft = build_document_draft({"title": args.title, **values}, workspace.today())
        row = recommendations.add_document(workspace, draft)
    return write_messages.print_written_ref(context, row.ref)


def edit_document(context: Context, args: Namespace) -> int:
    """`recommendations document edit`."""
    from ahtc_tui.domain.drafts.recommendations import build_document_draft

    with context.open_workspace() as workspace:
        draft = build_document_draft(parse_field_values(args.fields), workspace.today())
        row = recommendations.edit_document(workspace, args.ref, draft)
    return write_messages.print_written_ref(context, row.ref)
