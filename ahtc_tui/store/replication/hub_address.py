"""The address of a hub, and the sentence for each way in which it says no. A password is never in one of them."""

from __future__ import annotations

import os

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ahtc_tui.domain.errors import AhtcError, BadInput, StoreError
from ahtc_tui.domain.i18n import _

SCHEME = "postgresql+psycopg"
SCHEMES = (SCHEME, "postgresql", "postgres")

STATE_SENTENCES = {
    "42501": "{hub} does not let this user read or write there: ask whoever keeps the server.",
    "25006": "{hub} may only be read, not written: ask whoever keeps the server.",
    "55P03": "Another laptop is syncing with {hub} at this moment: try again.",
    "53100": "The disk of {hub} is full: ask whoever keeps the server.",
    "53300": "{hub} has no room for another connection: try again.",
}
"""PostgreSQL's own number of a fault, to the sentence for it."""


def parse_address(url: str) -> URL:
    """The parts of an address. Raises BadInput, which does not repeat it: there may be a password in it."""
    try:
        hub_url = make_url(url)
        is_valid = hub_url.drivername in SCHEMES and "@" not in f"{hub_url.host}{hub_url.database}" and "\0" not in url
    except (ArgumentError, ValueError):
        is_valid = False
    if not is_valid:
        raise build_address_error() from None
    return hub_url.set(drivername=SCHEME)


def build_address_error() -> BadInput:
    """The error for words that are no address."""
    return BadInput(
        _(
            "That is no address of a hub: it is written postgresql+psycopg://USER@HOST/DATABASE, with every @ : / of a"
            " password as %40 %3A %2F."
        )
    )


def format_address(hub_url: URL) -> str:
    """Host and database of an address: what messages and history name it by."""
    query = hub_url.normalized_query
    host = hub_url.host or next(iter(query.get("host", ())), "") or next(iter(query.get("service", ())), "") or "hub"
    port = f":{hub_url.port}" if hub_url.port else ""
    return f"{host}{port}/{hub_url.database or ''}".rstrip("/")


def build_hub_error(error: DBAPIError, hub_url: URL, *, reached: bool) -> AhtcError:
    """The sentence for a fault; nothing was changed on either side when it is raised."""
    hub, state = format_address(hub_url), getattr(error.orig, "sqlstate", None) or ""
    if state in STATE_SENTENCES:
        return StoreError(_(STATE_SENTENCES[state]).format(hub=hub))
    if not reached:
        if state == "" and type(error.orig).__name__ == "ProgrammingError":
            return build_address_error()
        sentence = _("The hub {hub} cannot be opened: {reason}. Nothing was changed; ahtc works on without it.")
        return StoreError(sentence.format(hub=hub, reason=_extract_reason(error, hub_url)))
    if error.connection_invalidated or state.startswith(("08", "57P")) or not state:
        sentence = _("The line to {hub} broke: nothing was changed. Try again; ahtc works on without it.")
        return StoreError(sentence.format(hub=hub))
    return StoreError(_("{hub} refused ({state}): nothing was changed.").format(hub=hub, state=state))


def _extract_reason(error: DBAPIError, hub_url: URL) -> str:
    """What the server or the network says, in one line and without the password."""
    first_line = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else ""
    reason = (
        first_line.rsplit("failed: ", 1)[-1].removeprefix("FATAL:").replace("fe_sendauth: ", "").strip().rstrip(".")
    )
    passwords = {hub_url.password, *hub_url.normalized_query.get("password", ()), os.environ.get("PGPASSWORD")}
    if not reason or any(password and str(password) in reason for password in passwords):
        return _("it does not say why")
    return reason
