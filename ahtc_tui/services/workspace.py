"""The workspace: a folder with a database, exports, settings and a clock. Built by `open_workspace`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflict_marks import ConflictMarks
from ahtc_tui.domain.settings.parser import (
    DEFAULT_RETENTION,
    NO_HUB,
    NO_OFFICE,
    SMALL_COUNTS,
    HubSettings,
    OfficeSettings,
    Retention,
    Settings,
    VoteStyle,
    build_unread_settings,
    parse_settings,
)
from ahtc_tui.services import paths
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.encryption import is_encrypted
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.domain.replication.overwrites import SeenPosition

DATABASE = paths.DATABASE
BACKUPS = Path("data") / "backups"
EXPORTS = Path("exports")
SETTINGS = paths.SETTINGS
ERASURES = Path("data") / "erasures"
"""Register of erasures outside the database: an older copy that is put into place is erased again by it."""
TRANSCRIPTS = Path("data") / "transcripts.db"
OPEN_SCREEN = ".open-"
"""Beginning of the names of the files beside the database by which open screens register themselves."""


def read_system_date() -> date:
    """Return the date of the system clock."""
    return read_system_time().date()


def read_system_time() -> datetime:
    """Return the time of the system clock with its zone; backups use it whatever date the workspace has."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Workspace:
    """An open workspace. Commands, screens and tests use the same class."""

    root: Path
    database: Database
    today: Callable[[], date]
    keymap: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    small_counts: int = SMALL_COUNTS
    """Counts of people below this number are reported before an export."""
    keep: Retention = DEFAULT_RETENTION
    """Retention of automatic backups."""
    retention: Mapping[str, str] = field(default_factory=dict)
    """Periods of the retention schedule by class, where they are set."""
    lock_minutes: int | None = None
    """Minutes without a key after which the screen is covered; None for 15 with a passphrase, never without."""
    hub: HubSettings = NO_HUB
    """The office hub with which `ahtc sync` and the screen sync."""
    vote_style: VoteStyle = VoteStyle.NUMBERS
    """Form of votes in the minutes."""
    office: OfficeSettings = NO_OFFICE
    """Letterhead of the office."""
    setting_faults: tuple[str, ...] = ()
    """Sentences about settings that are not understood, whose defaults apply."""
    now: Callable[[], datetime] = read_system_time

    def __post_init__(self) -> None:
        self.database.today = self.today

    @property
    def exports(self) -> Path:
        """The exports folder, created on first use. Raises StoreError."""
        return self._make_folder(EXPORTS)

    @property
    def backups(self) -> Path:
        """The backups folder, created on first use. Raises StoreError."""
        return self._make_folder(BACKUPS)

    def _make_folder(self, name: Path) -> Path:
        folder = self.root / name
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            sentence = _("{folder} cannot be created: {reason}.")
            raise StoreError(sentence.format(folder=folder, reason=error.strerror)) from error
        return folder

    def open_reader(self) -> Workspace:
        """Return the workspace on a second connection, for reads that can be interrupted."""
        return replace(self, database=self.database.open_reader())

    def read_position(self) -> SeenPosition:
        """Return the position of the journal. A record read afterwards has at least the changes up to it."""
        from ahtc_tui.domain.replication.overwrites import SeenPosition
        from ahtc_tui.store.journal.overwrite_check import read_position

        with self.database.read() as cursor:
            return SeenPosition(read_position(cursor))

    def close(self) -> None:
        """Close the connection."""
        self.database.close()


def is_locked(root: Path) -> bool:
    """Return whether the database of a folder is encrypted."""
    return is_encrypted(root / DATABASE)


def read_settings(root: Path) -> Settings:
    """Return the settings of a folder, or the defaults with the fault of the file."""
    path = root / SETTINGS
    if not path.exists():
        return Settings()
    try:
        return parse_settings(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        return build_unread_settings(_("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror))
    except UnicodeDecodeError:
        return build_unread_settings(_("{path} is not text in UTF-8. Save it as UTF-8.").format(path=path))


def read_marks(workspace: Workspace) -> ConflictMarks:
    """Return the records with open conflicts; one query where there are none."""
    with workspace.database.read() as cursor:
        if not merge_log.has_open_questions(cursor):
            return ConflictMarks()
        from ahtc_tui.store.replication.conflict_index import list_disputed_fields

        return ConflictMarks(list_disputed_fields(cursor))
