"""`ahtc pack` and `ahtc open-pack`: the workspace as one encrypted file, and a workspace created from it."""

from __future__ import annotations

from argparse import Namespace

from ahtc_tui.cli.console import passphrase_input
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import print_json, print_lines, print_message
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import JSON, Argument, add_arguments, declare_force, declare_passphrase_flag
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.serialization import serialize_value
from ahtc_tui.services.paths import resolve_input_path, resolve_path


def register(parser: CommandParser, command: str) -> None:
    """Declare the arguments of `pack` or `open-pack`."""
    passphrase = declare_passphrase_flag(_("the pack's passphrase is a line of standard input"))
    if command == "pack":
        add_arguments(parser, write_pack, Argument("out", "OUT.ahtc"), declare_force(), passphrase, JSON)
    else:
        device = Argument("--device", "NAME", _("the name of this laptop in the history"), default="")
        folder = Argument("folder", "DIR")
        add_arguments(parser, open_pack, Argument("file", "FILE.ahtc"), folder, device, passphrase, JSON)


def write_pack(context: Context, args: Namespace) -> int:
    """Write the office pack; returns 1 if a template was left out."""
    from ahtc_tui.services.replication import office_pack

    target = resolve_path(args.out)
    with context.open_workspace() as workspace:
        office_pack.refuse_target(target, args.force)
        written = office_pack.create_pack(workspace, target, _ask_new_passphrase(args), force=args.force)
    if args.json:
        print_json(serialize_value(written))
    else:
        print_lines([str(written.file)])
        context.print_notice(
            _("It opens only with the passphrase. `ahtc open-pack` creates a workspace from it on another laptop.")
        )
        context.print_notice(
            _("References created on the other laptop end in letters beginning with {letters}.").format(
                letters=written.letters
            )
        )
    for name in written.left_out:
        print_message(_("{name} is too large or cannot be read, and is left out.").format(name=name))
    return 1 if written.left_out else 0


def open_pack(context: Context, args: Namespace) -> None:
    """Create a workspace from an office pack."""
    from ahtc_tui.services.replication import office_pack

    file, folder = resolve_input_path(args.file), resolve_path(args.folder)
    office_pack.refuse_opening(file, folder)
    opened = office_pack.open_pack(
        file, folder, passphrase_input.find_file_passphrase(file.name, args.passphrase_stdin), args.device
    )
    if args.json:
        print_json(serialize_value(opened))
        return
    print_lines([str(opened.workspace)])
    context.print_notice(
        _("It has the passphrase of the pack. `ahtc --workspace {folder}` opens it.").format(folder=args.folder)
    )
    context.print_notice(_("References created on the other laptop end in {letters}.").format(letters=opened.letters))
    for name in opened.files:
        context.print_notice(_("From the pack: {name}").format(name=name))
    for name in opened.kept:
        print_message(_("{name} already existed and is left unchanged.").format(name=name))
    for name in opened.left_out:
        print_message(_("{name} of the pack is left out. Settings stay on their laptop.").format(name=name))


def _ask_new_passphrase(args: Namespace) -> str:
    """Return the passphrase of a new pack, from standard input, its file or the terminal."""
    if args.passphrase_stdin:
        return passphrase_input.ask_new_passphrase(passphrase_input.read_stdin_lines(1), "")
    passphrase = passphrase_input.read_passphrase_file()
    lines = None if passphrase is None else [passphrase]
    return passphrase_input.ask_new_passphrase(lines, _("Pack passphrase"))
