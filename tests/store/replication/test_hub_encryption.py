"""The connection to a hub: encrypted, except on this machine or where its address says otherwise."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.store.hub.connection import _build_connect_options, parse_address
from ahtc_tui.store.hub.encryption import refuse_unencrypted

BASE = "postgresql+psycopg://desk@"


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("example.org/ahtc", "verify-full"),
        ("example.org:5433/ahtc", "verify-full"),
        ("10.0.0.7/ahtc", "verify-full"),
        ("/ahtc?host=example.org", "verify-full"),
        ("/ahtc?host=localhost:5432&host=example.org:5432", "verify-full"),
        ("localhost/ahtc?hostaddr=10.0.0.7", "verify-full"),
        ("localhost.example.org/ahtc", "verify-full"),
        ("example.org/ahtc?sslmode=disable", None),
        ("localhost/ahtc", None),
        ("127.0.0.1:5433/ahtc", None),
        ("[::1]/ahtc", None),
        ("/ahtc?host=%2Frun%2Fpostgresql", None),
        ("/ahtc", None),
    ],
)
def test_a_remote_hub_needs_a_verified_connection(address: str, mode: str | None) -> None:
    options = _build_connect_options(parse_address(BASE + address))
    assert options.get("sslmode") == mode


def test_the_environment_may_name_a_remote_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "example.org")
    assert _build_connect_options(parse_address(f"{BASE}/ahtc")).get("sslmode") == "verify-full"


@pytest.mark.parametrize("address", ["desk:open-sesame@example.org/a", "desk@example.org/a?password=open-sesame"])
def test_a_password_in_the_address_is_refused_and_never_repeated(address: str) -> None:
    with pytest.raises(BadInput, match="PGPASSFILE") as refused:
        parse_address(f"postgresql+psycopg://{address}")
    assert "sesame" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "host", "encrypted", "accepted"),
    [
        ("/ahtc?service=office", "example.org", False, False),
        ("/ahtc?service=office", "example.org", True, True),
        ("/ahtc?service=office", "/run/postgresql", False, True),
        ("/ahtc?service=office&sslmode=disable", "example.org", False, True),
    ],
)
def test_a_service_that_connects_unencrypted_is_refused(
    address: str, host: str, encrypted: bool, accepted: bool
) -> None:
    driver_connection = SimpleNamespace(
        info=SimpleNamespace(host=host, hostaddr=""), pgconn=SimpleNamespace(ssl_in_use=encrypted)
    )
    connection: Any = SimpleNamespace(connection=SimpleNamespace(driver_connection=driver_connection))
    hub_url = parse_address(BASE + address)
    if accepted:
        refuse_unencrypted(connection, hub_url, Path("hub"))
        return
    with pytest.raises(Refused, match="not encrypted"):
        refuse_unencrypted(connection, hub_url, Path("hub"))
