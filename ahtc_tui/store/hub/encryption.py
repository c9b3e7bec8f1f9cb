"""Encryption of the connection to a hub: required, unless the hub is on this machine or its address says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    import sqlalchemy as sa

SSL_MODE = "sslmode"
STRICT_MODE = "verify-full"


def refuse_password(hub_url: sa.URL) -> None:
    """Raise BadInput for an address with a password, which every user of the machine can read while it is used."""
    if hub_url.password is not None or "password" in hub_url.query:
        raise BadInput(
            _(
                "Leave the password out of the address, because other users of this computer can read the address. "
                "Put it in ~/.pgpass, or in the file named by PGPASSFILE."
            )
        )


def build_encryption_options(hub_url: sa.URL) -> dict[str, str]:
    """Return the options for a verified connection; none for a hub on this machine, a service or an explicit mode."""
    is_service = "service" in hub_url.query or "PGSERVICE" in os.environ
    if SSL_MODE in hub_url.query or is_service or all(map(is_local, _list_hosts(hub_url))):
        return {}
    return {SSL_MODE: STRICT_MODE}


def describe_encryption(hub_url: sa.URL) -> str:
    """Return a sentence about the encryption of the connection to an address."""
    if "service" in hub_url.query or "PGSERVICE" in os.environ:
        return _("Your service file decides whether the connection is encrypted.")
    if all(map(is_local, _list_hosts(hub_url))):
        return _("It is on this computer.")
    mode = {SSL_MODE: STRICT_MODE, **hub_url.query}[SSL_MODE]
    if mode == STRICT_MODE:
        return _("The connection is encrypted, and the certificate of the server is checked.")
    if mode in ("require", "verify-ca"):
        return _("The connection is encrypted, but the server is not checked.")
    return _("The connection may not be encrypted. Others on the network can read what is sent.")


def refuse_unencrypted(connection: sa.Connection, hub_url: sa.URL, path: Path) -> None:
    """Raise Refused where an open connection leaves this machine unencrypted and the address does not permit it."""
    driver_connection = connection.connection.driver_connection
    assert driver_connection is not None
    host = driver_connection.info.host or driver_connection.info.hostaddr
    if SSL_MODE in hub_url.query or is_local(host) or driver_connection.pgconn.ssl_in_use:
        return
    sentence = _(
        "The connection to {hub} is not encrypted. Nothing was sent. Set up TLS on the server, or add "
        "?sslmode=disable to the address."
    )
    raise Refused(sentence.format(hub=path))


def _list_hosts(hub_url: sa.URL) -> Iterator[str]:
    """Yield every host of an address and of the environment."""
    query = hub_url.normalized_query
    named = [hub_url.host or "", *query.get("host", ())]
    texts = named if any(named) else [os.environ.get("PGHOST", "")]
    texts += [*query.get("hostaddr", ()), os.environ.get("PGHOSTADDR", "")]
    for text in texts:
        yield from text.split(",")


def is_local(host: str) -> bool:
    """Return whether a host is this machine: a socket, none at all, or a loopback address, with or without a port."""
    if host.startswith(("/", "@")) or not host:
        return True
    name = host.partition(":")[0] if host.count(":") == 1 else host.strip("[]")
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
