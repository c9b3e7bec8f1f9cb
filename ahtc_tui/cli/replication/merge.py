"""`ahtc merge`, `ahtc sync` and `ahtc verify`: merging with another laptop or the office hub, and comparing with it."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.answers_file import read_text_answers
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.import_report import print_report
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import (
    JSON,
    Argument,
    Switch,
    add_arguments,
    declare_answers,
    declare_dry_run,
    declare_passphrase_flag,
    declare_yes,
)
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.replication.chains import ChainFaultKind, JournalComparison
from ahtc_tui.domain.replication.reports import MergeFileReport, SyncReport
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import is_folder, resolve_input_path
from ahtc_tui.services.workspace import Workspace


class FieldChoice(LabelledEnum):
    """Choice for fields that both copies changed."""

    CLEAN = "clean", gettext_noop("clean")
    OURS = "ours", gettext_noop("ours")
    THEIRS = "theirs", gettext_noop("theirs")


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of `merge`, `sync` or `verify`."""
    passphrase = declare_passphrase_flag(_("the file's passphrase is a line of standard input"))
    if command == "verify":
        copy_help = _("a database or pack of ahtc, the folder or address of a hub, or a published document")
        copy = Argument("copy", "FILE|FOLDER|URL", copy_help, nargs="+")
        add_arguments(parser, verify_copy, copy, passphrase, JSON)
        return
    take_help = _("for fields changed on both sides, leave them to decide (clean), or take one side")
    take = Argument("--take", choices=list(FieldChoice), default=FieldChoice.CLEAN.value, help_text=take_help)
    erasures = Switch("--accept-erasures", _("also erase the people erased on the other laptop"))
    options = (declare_dry_run(), take, erasures, declare_answers(), JSON)
    if command == "merge":
        add_arguments(parser, merge_workspace, Argument("file", "FILE.ahtc"), passphrase, *options)
    else:
        url = Argument("url", "URL|FOLDER", _("the address of a PostgreSQL hub, or a shared folder"), nargs="*")
        yes = declare_yes(_("agree to the first sync with the hub of the settings"))
        stdin = declare_passphrase_flag(_("the folder's passphrase is a line of standard input"))
        add_arguments(parser, sync_with_hub, url, yes, stdin, *options)


def merge_workspace(context: Context, args: Namespace) -> int:
    """Merge the database or pack of another laptop; returns 1 if a question is open."""
    from ahtc_tui.services.replication.merge import merge_file

    path = resolve_input_path(args.file)
    options = _read_options(args)
    with context.open_workspace() as workspace:
        report = merge_file(
            workspace,
            path,
            options,
            key=read_file_key(args, path),
            take=_read_take(args),
            apply=not args.dry_run,
        )
    code = print_report(context, args, report, dry_run=args.dry_run)
    return 1 if _has_altered_lines(report) else code


def _has_altered_lines(report: ImportReport) -> bool:
    return any(isinstance(file, MergeFileReport) and file.altered for file in report.files)


def _read_options(args: Namespace) -> ImportOptions:
    return ImportOptions(
        answers=read_text_answers(args.answers), iso_dates=args.json, accept_erasures=args.accept_erasures
    )


def _read_take(args: Namespace) -> str:
    """Return the side that resolves conflicts without an answer; empty where they wait for a person."""
    return "" if args.take == FieldChoice.CLEAN else args.take


def read_file_key(args: Namespace, path: Path) -> str | None:
    """Return the passphrase of the file, None if it has none. Raises StoreError if it is missing."""
    from ahtc_tui.services.recovery.passphrase import wants_passphrase

    if not wants_passphrase(path):
        return None
    return passphrase_input.find_file_passphrase(path.name, args.passphrase_stdin)


def sync_with_hub(context: Context, args: Namespace) -> int:
    """Merge with the office hub and send the local changes; returns 1 if a question is open."""

    if len(args.url) > 1:  # argparse would repeat the second, and there may be a password in it
        raise BadInput(_("ahtc sync needs one address."))
    options = _read_options(args)
    with context.open_workspace() as workspace:
        url = args.url[0] if args.url else workspace.hub.url
        if not url:
            raise BadInput(_("ahtc sync needs an address. Give it, or set one with `ahtc hub use ADDRESS`."))
        if not args.url:
            _agree_to_sync(context, workspace, url, args.yes)
        if is_folder(url):
            from ahtc_tui.services.replication import folder_sync

            passphrase = _read_folder_passphrase(args, url)
            report = folder_sync.sync_with_folder(
                workspace, url, passphrase, options, take=_read_take(args), apply=not args.dry_run
            )
        else:
            from ahtc_tui.services.replication.hub_sync import sync_with_hub as sync

            report = sync(workspace, url, options, take=_read_take(args), apply=not args.dry_run)
    code = print_report(context, args, report, dry_run=args.dry_run)
    sync_reports = [file for file in report.files if isinstance(file, SyncReport)]
    if not args.json:
        for sync_report in sync_reports:
            _print_sent_lines(context, sync_report, is_dry_run=args.dry_run)
    is_held_back = any(sync_report.is_held_back for sync_report in sync_reports)
    return 1 if is_held_back or _has_altered_lines(report) else code


def _read_folder_passphrase(args: Namespace, folder: str) -> str:
    """Return the passphrase of a folder; typed twice on a terminal where no laptop has a file in it yet."""
    from ahtc_tui.services.replication.folder_sync import needs_new_passphrase

    if needs_new_passphrase(folder) and not args.passphrase_stdin and passphrase_input.read_passphrase_file() is None:
        return passphrase_input.ask_new_passphrase(None, _("Folder passphrase"))
    return passphrase_input.find_file_passphrase(folder, args.passphrase_stdin)


def _agree_to_sync(context: Context, workspace: Workspace, url: str, yes: bool) -> None:
    """Ask before the first sync with the hub of the settings. Raises Refused without agreement."""
    from ahtc_tui.services.replication import hub_address

    address = hub_address.read_address(workspace, url)
    if not address.is_agreed:
        if not context.confirm(address.format_question(), yes):
            sentence = _("Nothing was sent. This laptop has not synced with {hub} yet. Add --yes to begin.")
            raise Refused(sentence.format(hub=address.name))
        hub_address.agree_to_sync(workspace, address)


def _print_sent_lines(context: Context, report: SyncReport, *, is_dry_run: bool) -> None:
    lines = ngettext("1 change in the journal", "{n} changes in the journal", report.sent)
    if report.sent_erasures:
        lines = ", ".join((lines, ngettext("1 erasure", "{n} erasures", report.sent_erasures)))
    sentence = _("Would be sent: {lines}.") if is_dry_run else _("Sent to the hub: {lines}.")
    context.print_notice(sentence.format(lines=lines))


def verify_copy(context: Context, args: Namespace) -> int:
    """Compare the history of a copy; returns 1 if it differs or has a gap, 6 if a line was altered on either side."""
    from ahtc_tui.cli.publication.commands import ISSUED_ENDINGS, UNREAD_ENDINGS, verify_issued_file
    from ahtc_tui.services.replication.verification import compare_with_file, compare_with_folder, compare_with_hub

    if len(args.copy) > 1:  # argparse would repeat the second, and there may be a password in it
        raise BadInput(_("ahtc verify needs one file, folder or address."))
    (name,) = args.copy
    if Path(name).suffix.lower() in ISSUED_ENDINGS:
        return verify_issued_file(context, args, resolve_input_path(name))
    if Path(name).suffix.lower() in UNREAD_ENDINGS:
        sentence = _('"{name}" cannot be compared with its release. Verify a copy in one of these formats: {formats}.')
        raise BadInput(sentence.format(name=Path(name).name, formats=", ".join(sorted(ISSUED_ENDINGS))))
    with context.open_workspace() as workspace:
        if "://" in name:
            comparison = compare_with_hub(workspace, name)
        elif is_folder(name) and Path(name).expanduser().is_dir():
            passphrase = passphrase_input.find_file_passphrase(name, args.passphrase_stdin)
            comparison = compare_with_folder(workspace, name, passphrase)
        else:
            path = resolve_input_path(name)
            comparison = compare_with_file(workspace, path, read_file_key(args, path))
    if args.json:
        print_json(serialize_value(comparison))
    else:
        print_message(*(fault.format() for fault in comparison.altered_here + comparison.altered))
        print_lines([_format_comparison(comparison)])
    if any(fault.reason is not ChainFaultKind.WITHHELD for fault in comparison.altered_here + comparison.altered):
        return Refused.exit_code
    return 0 if comparison.same else 1


def _format_comparison(comparison: JournalComparison) -> str:
    """Return in one line whether the histories are the same, and whether the chains are whole."""
    devices = len(comparison.devices)
    broken = sum(not device.whole for device in comparison.devices)
    if broken:
        whole = _("damaged history: {broken} of {n} laptops").format(broken=broken, n=devices)
    else:
        chains = ngettext("the history of 1 laptop", "the history of {n} laptops", devices)
        whole = _("{chains} is complete").format(chains=chains)
    if not (comparison.only_here or comparison.only_there):
        sentence = _("Altered history; {whole}.") if broken else _("Same history; {whole}.")
        return sentence.format(whole=whole)
    sentence = _("Different history; {here} changes only on this laptop, {there} only in the other copy; {whole}.")
    return sentence.format(here=comparison.only_here, there=comparison.only_there, whole=whole)
