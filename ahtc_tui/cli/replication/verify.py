"""`ahtc verify`: whether another copy has the same history, and whether nothing in it was altered."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments, declare_passphrase_flag
from ahtc_tui.cli.replication.merge import read_file_key
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.domain.replication.chains import JournalComparison
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_input_path


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments of `verify`."""
    copy = Argument("copy", "FILE|URL", _("a database or pack of ahtc, or the address of a hub"), nargs="+")
    passphrase = declare_passphrase_flag(_("the passphrase of the file is a line of standard input"))
    add_arguments(parser, verify_copy, copy, passphrase, JSON)


def verify_copy(context: Context, args: Namespace) -> int:
    """Compare the history of a copy; returns 1 if it differs, 6 if a line was altered on either side."""
    from ahtc_tui.services.replication.verification import compare_with_file, compare_with_hub

    if len(args.copy) > 1:  # argparse would repeat the second, and there may be a password in it
        raise BadInput(_("ahtc verify needs one file or address."))
    (name,) = args.copy
    with context.open_workspace() as workspace:
        if "://" in name:
            comparison = compare_with_hub(workspace, name)
        else:
            path = resolve_input_path(name)
            comparison = compare_with_file(workspace, path, read_file_key(args, path))
    if args.json:
        print_json(serialize_value(comparison))
    else:
        print_message(*(fault.format() for fault in comparison.altered_here + comparison.altered))
        print_lines([_format_comparison(comparison)])
    if comparison.altered_here or comparison.altered:
        return Refused.exit_code
    return 0 if comparison.same else 1


def _format_comparison(comparison: JournalComparison) -> str:
    """Return in one line whether the histories are the same, and whether the chains are whole."""
    devices = len(comparison.devices)
    broken = sum(not device.whole for device in comparison.devices)
    if broken:
        whole = _("chains broken: {broken} of {n}").format(broken=broken, n=devices)
    else:
        chains = ngettext("the chain of 1 device", "the chains of {n} devices", devices)
        whole = _("{chains} complete").format(chains=chains)
    if not (comparison.only_here or comparison.only_there):
        sentence = _("Altered history; {whole}.") if broken else _("Same history; {whole}.")
        return sentence.format(whole=whole)
    sentence = _("Different history: {here} lines only here, {there} only there; {whole}.")
    return sentence.format(here=comparison.only_here, there=comparison.only_there, whole=whole)
