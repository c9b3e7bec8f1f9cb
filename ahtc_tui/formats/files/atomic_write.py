"""Atomic file writes: a temporary file in the target folder, fsync, then a rename."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from ahtc_tui.domain.errors import BadInput, Refused, StoreError
from ahtc_tui.domain.files.temporary_files import hold_temporary_file, redirect_temporary_files, sync_to_disk
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.running_job import count_part, refuse_stopped
from ahtc_tui.domain.saved_work import note_outgoing_file
from ahtc_tui.formats.files.text_extraction import scan_outgoing_file

LONGEST_NAME = 255
"""Bytes of the name of a file, on every system in use."""
LONGEST_PATH = 259
"""Characters of a path that Windows, Word and Excel open."""


def write_file_atomically(
    target: Path, write: Callable[[Path], None], force: bool = False, *, leaves_office: bool = True
) -> None:
    """Let `write` fill a temporary file, then rename it to `target` with mode 0600.

    An existing file is refused without `force`, and is unchanged after an error; no temporary file remains. A file that
    `leaves_office` is scanned for case data. Raises Refused for an existing file or folder, StoreError for an error of
    the disk, Cancelled where a person stopped the job, and any exception of `write`.
    """
    try:
        refuse_stopped()
        check_target(target, force)
        with hold_temporary_file(target.parent, target.suffix) as temporary:
            with redirect_temporary_files() if leaves_office else nullcontext():
                write(temporary)
            if leaves_office:
                scan_outgoing_file(temporary, target.name)
            temporary.chmod(0o600)
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            check_target(target, force)
            count_part()
            temporary.replace(target)
            if leaves_office:
                note_outgoing_file(target)
        sync_to_disk(target.parent)
    except OSError as error:
        raise StoreError(_format_os_error(target, error)) from error


def make_bytes_writer(data: bytes) -> Callable[[Path], None]:
    """Return a writer of these bytes."""

    def write_bytes(path: Path) -> None:
        path.write_bytes(data)

    return write_bytes


def check_target(target: Path, force: bool) -> None:
    """Raise BadInput for a name that Windows or this system cannot have, Refused if the target is a folder, or an
    existing file without `force`.
    """
    _refuse_unusable_name(target)
    if target.is_dir():
        raise Refused(_('"{path}" is a folder. Give the name of a file in it.').format(path=target))
    if not force and os.path.lexists(target):
        raise Refused(_('"{path}" exists already. Choose another name, or add --force.').format(path=target))


def _refuse_unusable_name(target: Path) -> None:
    """Raise BadInput. A name of a device is refused on every system, because files are sent to computers with Windows;
    other names that only Windows refuses are refused there.
    """
    from pathvalidate import ErrorReason, ValidationError, validate_filename

    is_windows = sys.platform == "win32"
    if len(os.fsencode(target.name)) > LONGEST_NAME or (is_windows and len(str(target.absolute())) > LONGEST_PATH):
        raise BadInput(_('The name "{name}" is too long. Choose a shorter one.').format(name=f"{target.name[:40]}..."))
    try:
        validate_filename(target.name, platform="windows")
    except ValidationError as error:
        if error.reason is ErrorReason.RESERVED_NAME:
            sentence = _('Windows cannot open a file called "{name}", the name of a device. Choose another name.')
            raise BadInput(sentence.format(name=target.name)) from error
        if is_windows:
            sentence = _(
                'Windows cannot have a file called "{name}". Leave out \\ / : * ? " < > | and a dot at the end.'
            )
            raise BadInput(sentence.format(name=target.name)) from error


def _format_os_error(target: Path, error: OSError) -> str:
    if not target.parent.is_dir():
        return _('The folder "{folder}" does not exist. Create it, or choose another.').format(folder=target.parent)
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            reason = _("the disk is full")
        case errno.EACCES | errno.EPERM:
            reason = _("files cannot be saved in that folder, or another program has the file open")
        case errno.EROFS:
            reason = _("the disk is read-only")
        case errno.ENAMETOOLONG:
            reason = _("the name is too long")
        case _:
            reason = error.strerror or str(error)
    return _('"{path}" was not saved: {reason}. Any existing file is unchanged.').format(path=target, reason=reason)
