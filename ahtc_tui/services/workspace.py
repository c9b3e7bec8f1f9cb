"""The workspace: a folder with its database, its exports and its clock. Only `open_workspace` builds one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.backup.model import Retention, read_retention
from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import find_current_folder, resolve_path
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.encryption import is_encrypted

DATABASE = Path("data") / "ahtc.db"
BACKUPS = Path("data") / "backups"
EXPORTS = Path("exports")
SETTINGS = Path("ahtc.toml")
SMALL_COUNTS = 5
"""The limit of small counts where `ahtc.toml` sets no other."""
ERASURES = Path("data") / "erasures"
"""The list of who was erased, beside the database: an older copy put in its place does not bring them back."""


def read_system_date() -> date:
    """The day on this machine's clock; the only place that asks it."""
    return read_system_time().date()


def read_system_time() -> datetime:
    """The moment on this machine's clock, with its zone: when a backup was made, whatever day the desk is set to."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Settings:
    """What `ahtc.toml` may say."""

    keymap: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    keep: Retention = field(default_factory=Retention)


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Commands, screens and tests all work on one of these."""

    root: Path
    database: Database
    today: Callable[[], date]
    has_fixed_date: bool = False
    """The clock was set with --as-at."""
    keymap: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    """Counts of people under this number are pointed out before they leave."""
    keep: Retention = field(default_factory=Retention)
    """How many automatic backups stay."""
    now: Callable[[], datetime] = read_system_time

    @property
    def exports(self) -> Path:
        """The folder for what leaves, made when first asked for."""
        return self._make_folder(EXPORTS)

    @property
    def backups(self) -> Path:
        """The folder of the backups, made when first asked for."""
        return self._make_folder(BACKUPS)

    def _make_folder(self, name: Path) -> Path:
        folder = self.root / name
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreError(
                _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
            ) from error
        return folder

    def open_reader(self) -> Workspace:
        """The same workspace on a second connection, for reads that may be interrupted."""
        return replace(self, database=self.database.open_reader())

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def find_root(path_text: str | None = None) -> Path:
    """The folder given, else AHTC_WORKSPACE, else this one if a database is here, else the user's data folder."""
    root_text = path_text or os.environ.get("AHTC_WORKSPACE")
    if root_text:
        return resolve_path(root_text)
    current = find_current_folder()
    if (current / DATABASE).exists():
        return current
    from platformdirs import user_data_path

    return user_data_path("ahtc", appauthor=False)


def is_locked(root: Path) -> bool:
    """Whether the database of a folder opens only with a passphrase."""
    return is_encrypted(root / DATABASE)


def read_settings(root: Path) -> Settings:
    """What `ahtc.toml` says; nothing where there is none. Raises BadInput that names the file and what is wrong."""
    path = root / SETTINGS
    if not path.exists():
        return Settings()
    import tomllib

    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(_("{path} cannot be read: {reason}.").format(path=path, reason=error)) from error
    keymap, theme = settings.get("keymap", {}), settings.get("theme", "")
    if not isinstance(keymap, dict) or not all(isinstance(keys, str) for keys in keymap.values()):
        raise BadInput(_('{path}: [keymap] wants lines such as undo = "u".').format(path=path))
    if not isinstance(theme, str):
        raise BadInput(_('{path}: theme wants a name, such as theme = "ahtc".').format(path=path))
    small_counts = settings.get("small_counts", SMALL_COUNTS)
    if not isinstance(small_counts, int) or isinstance(small_counts, bool) or small_counts < 0:
        raise BadInput(_("{path}: small_counts wants a number, such as small_counts = 5.").format(path=path))
    return Settings(keymap, theme, small_counts, read_retention(settings.get("backups", {}), path))
