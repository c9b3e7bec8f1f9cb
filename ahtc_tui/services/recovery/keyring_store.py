"""The passphrase in the keyring of the operating system, for those who choose it. The package `keyring` is optional."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _

SERVICE = "ahtc"
"""Name of the entries; the account of an entry is the folder of the workspace."""


def read_passphrase(root: Path) -> str | None:
    """Return the stored passphrase of a workspace, None without one. Raises StoreError."""
    passphrase: str | None = _call_keyring("get_password", root)
    return passphrase


def store_passphrase(root: Path, passphrase: str) -> None:
    """Store the passphrase of a workspace. Raises StoreError."""
    _call_keyring("set_password", root, passphrase)


def forget_passphrase(root: Path) -> bool:
    """Remove the stored passphrase of a workspace; return whether there was one. Raises StoreError."""
    if read_passphrase(root) is None:
        return False
    _call_keyring("delete_password", root)
    return True


def _call_keyring(function: str, root: Path, *values: str) -> Any:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        sentence = _('The keyring needs more Python packages. Install them with `pip install "ahtc[keyring]"`.')
        raise StoreError(sentence) from error
    try:
        return getattr(keyring, function)(SERVICE, str(root.resolve()), *values)
    except KeyringError as error:
        sentence = _("The keyring on this computer cannot be used: {reason}")
        raise StoreError(sentence.format(reason=" ".join(str(error).split()) or type(error).__name__)) from error
