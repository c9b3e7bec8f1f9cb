"""The workspace: a folder with its database, its exports and its clock. Only `open_workspace` builds one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from ahtc_tui.domain.backup.model import Keep, wished
from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import here, place
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


def system_today() -> date:
    """The day on this machine's clock; the only place that asks it."""
    return system_now().date()


def system_now() -> datetime:
    """The moment on this machine's clock, with its zone: when a backup was made, whatever day the desk is set to."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Settings:
    """What `ahtc.toml` may say."""

    keymap: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    keep: Keep = field(default_factory=Keep)


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Commands, screens and tests all work on one of these."""

    root: Path
    database: Database
    today: Callable[[], date]
    fixed: bool = False
    """The clock was set with --as-at."""
    keymap: dict[str, str] = field(default_factory=dict)
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    """Counts of people under this number are pointed out before they leave."""
    keep: Keep = field(default_factory=Keep)
    """How many automatic backups stay."""
    now: Callable[[], datetime] = system_now

    @property
    def exports(self) -> Path:
        """The folder for what leaves, made when first asked for."""
        return self._folder(EXPORTS)

    @property
    def backups(self) -> Path:
        """The folder of the backups, made when first asked for."""
        return self._folder(BACKUPS)

    def _folder(self, name: Path) -> Path:
        folder = self.root / name
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StoreError(
                _("{folder} cannot be made: {reason}.").format(folder=folder, reason=error.strerror)
            ) from error
        return folder

    def reader(self) -> Workspace:
        """The same workspace on a second connection, for reads that may be interrupted."""
        return replace(self, database=self.database.reader())

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def find_root(given: str | None = None) -> Path:
    """The folder given, else AHTC_WORKSPACE, else this one if a database is here, else the user's data folder."""
    chosen = given or os.environ.get("AHTC_WORKSPACE")
    if chosen:
        return place(chosen)
    current = here()
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
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadInput(_("{path} cannot be read: {reason}.").format(path=path, reason=error)) from error
    keymap, theme = said.get("keymap", {}), said.get("theme", "")
    if not isinstance(keymap, dict) or not all(isinstance(keys, str) for keys in keymap.values()):
        raise BadInput(_('{path}: [keymap] wants lines such as undo = "u".').format(path=path))
    if not isinstance(theme, str):
        raise BadInput(_('{path}: theme wants a name, such as theme = "ahtc".').format(path=path))
    small = said.get("small_counts", SMALL_COUNTS)
    if not isinstance(small, int) or isinstance(small, bool) or small < 0:
        raise BadInput(_("{path}: small_counts wants a number, such as small_counts = 5.").format(path=path))
    return Settings(keymap, theme, small, wished(said.get("backups", {}), path))
