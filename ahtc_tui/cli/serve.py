"""`ahtc serve`: the screen in a browser on this computer."""

from __future__ import annotations

import ssl
import sys
from argparse import Namespace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.cli.console.argument_types import build_number_parser
from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.console.verbs import Argument, add_arguments
from ahtc_tui.domain.errors import BadFile, BadInput, ProgramError, Refused, StoreError
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from types import ModuleType

THIS_COMPUTER = "127.0.0.1"


def register(parser: CommandParser, _command: str) -> None:
    """Declare the arguments."""
    add_arguments(
        parser,
        serve_screen,
        Argument(
            "--port",
            metavar="N",
            type=build_number_parser(0, 65535),
            default=0,
            help=_("the port; any free one by default"),
        ),
        Argument("--address", metavar="IP", default=THIS_COMPUTER, help=_("the address of this computer to listen on")),
        Argument("--allow-other-computers", action="store_true", help=_("listen on an address within reach of others")),
        Argument("--certificate", metavar="FILE", help=_("the TLS certificate for other computers, as PEM")),
        Argument("--private-key", metavar="FILE", help=_("the certificate's private key, as PEM")),
    )


def serve_screen(context: Context, args: Namespace) -> None:
    """Serve the screen until ctrl+c; prints the address with its token."""
    server = _import_server()
    certificate = _load_certificate(args)
    with context.open_workspace() as workspace:  # the passphrase is asked for once, in the terminal
        root, key = workspace.root, workspace.database.key
    if key and sys.platform == "win32":
        raise Refused(_("A workspace with a passphrase cannot be served on Windows. Use the screen in the terminal."))
    try:
        listener = server.listen(args.address, args.port)
    except (OSError, OverflowError) as error:
        sentence = _("Port {port} of {address} cannot be used: {reason}. Choose another with --port.")
        reason = getattr(error, "strerror", None) or error
        raise StoreError(sentence.format(port=args.port, address=args.address, reason=reason)) from error
    with listener:
        screen = server.ScreenServer(listener, _build_arguments(context, root), key, certificate)
        sys.stdout.write(f"{screen.address}\n")
        sys.stdout.flush()
        context.print_notice(
            _("Open this address in a browser. Anybody with it can use the workspace. Press ctrl+c to end.")
        )
        screen.run()


def _import_server() -> ModuleType:
    try:
        from ahtc_tui.tui.browser import server
    except ModuleNotFoundError as error:
        sentence = _(
            'The screen in a browser needs more Python packages. Install them with `pip install "ahtc[serve]"`.'
        )
        raise ProgramError(sentence) from error
    return server


def _build_arguments(context: Context, root: Path) -> list[str]:
    """Return the arguments of the command that opens the screen on the same workspace."""
    language = ["--lang", context.language.value] if context.has_language_flag else []
    day = ["--as-at", context.as_at.isoformat()] if context.as_at else []
    return ["--workspace", str(root.absolute()), *language, *day]


def _load_certificate(args: Namespace) -> ssl.SSLContext | None:
    """Return the certificate for other computers. Raises Refused where they are not allowed, or without TLS."""
    try:
        is_this_computer = ip_address(args.address).is_loopback
    except ValueError as error:
        raise BadInput(_("--address needs an IP address, such as 127.0.0.1.")) from error
    if is_this_computer:
        return None
    if not args.allow_other_computers:
        sentence = _("{address} can be reached by other computers. Add --allow-other-computers and a certificate.")
        raise Refused(sentence.format(address=args.address))
    if not (args.certificate and args.private_key):
        raise Refused(_("Other computers are served over TLS only. Add --certificate and --private-key."))
    certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        certificate.load_cert_chain(args.certificate, args.private_key)
    except (OSError, ssl.SSLError) as error:
        raise BadFile(_("The certificate or its key cannot be read as PEM: {reason}.").format(reason=error)) from error
    return certificate
