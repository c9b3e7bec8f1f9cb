"""Makes this process look like Windows to the package: it has no modules and functions of Unix, and locks open files.

    python -m tests.faults.fake_windows FOLDER < commands.json

It is no Windows: the standard library is loaded before, and keeps the paths of this system. One JSON document is
printed: the modules that could not be imported, and the exit code and the messages of each command.
"""

from __future__ import annotations

import asyncio.subprocess  # the standard library chooses its parts when it is imported
import builtins
import ctypes.util
import errno
import getpass
import io
import json
import locale
import multiprocessing.reduction
import os
import pkgutil
import platform
import select
import shutil
import signal
import ssl
import subprocess
import sys
import sysconfig
import tempfile
import traceback
import uuid
import webbrowser
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

LOADED = (asyncio, ctypes, getpass, locale, multiprocessing, platform, shutil, subprocess, tempfile, uuid, webbrowser)
"""Modules that this one imports only so that they are loaded before the system changes."""
UNIX_MODULES = ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty")
UNIX_FUNCTIONS = {
    os: (
        "O_DIRECTORY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_SYNC chown chroot ctermid fchmod fchown fork forkpty geteuid"
        " getgid getgroups getpgid getpriority getsid getuid killpg lchown mkfifo mknod nice openpty pipe2 posix_spawn"
        " pread pwrite sched_getaffinity setsid setuid statvfs sync tcgetpgrp ttyname uname wait waitid"
    ),
    signal: "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2 SIGWINCH"
    " alarm pause pthread_sigmask setitimer sigwait",
    select: "epoll poll POLLHUP POLLIN POLLOUT",
}
LOCKS: dict[int, Any] = {}
FIXED_DRIVE = 3
FORCED_END = 9
FORBIDDEN = set('<>"|?*')
NOT_FOR_WINDOWS = {"ahtc_tui.tui.base.terminal_driver"}
"""Modules of Linux and macOS, which nothing imports on Windows."""


def change_system() -> None:
    """Take away what Windows does not have, and let files behave as there."""
    lock, unlock = _import_lock()
    setattr(subprocess, "_USE_POSIX_SPAWN", False)  # noqa: B010 a child of the real system starts without it
    for name in UNIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    for module, names in UNIX_FUNCTIONS.items():
        for name in names.split():
            with suppress(AttributeError):
                delattr(module, name)
    msvcrt: Any = ModuleType("msvcrt")
    msvcrt.LK_NBLCK, msvcrt.LK_UNLCK = 2, 0
    msvcrt.locking = lambda handle, mode, _size: (unlock if mode == msvcrt.LK_UNLCK else lock)(handle)
    sys.modules["msvcrt"] = msvcrt
    windll = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=lambda _drive: FIXED_DRIVE))
    setattr(ctypes, "windll", windll)  # noqa: B010 mypy knows it on Windows only
    setattr(subprocess.Popen, "kill", lambda child: os.kill(child.pid, FORCED_END))  # noqa: B010 mypy forbids it
    winapi = SimpleNamespace(NeedCurrentDirectoryForExePath=lambda _name: True)
    setattr(shutil, "_winapi", winapi)  # noqa: B010 what `which` asks from Python 3.12
    setattr(shutil, "_use_fd_functions", False)  # noqa: B010 as on Windows
    sysconfig.get_config_vars()
    sys.platform = "win32"
    setattr(ssl, "enum_certificates", lambda _store: [])  # noqa: B010 mypy knows it on Windows only
    for name in ("unlink", "remove", "replace", "rename", "rmdir"):
        setattr(os, name, _refuse_open_files(getattr(os, name)))
    for module, name in ((os, "open"), (builtins, "open"), (io, "open"), (os, "mkdir")):
        setattr(module, name, _refuse_odd_names(getattr(module, name)))
    os.umask = lambda _mask: 0
    os.chmod = lambda *_values, **_options: None


def _import_lock() -> tuple[Callable[[int], object], Callable[[int], object]]:
    import fcntl

    return (
        lambda handle: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB),
        lambda handle: fcntl.flock(handle, fcntl.LOCK_UN),
    )


def _refuse_open_files(call: Callable[..., Any]) -> Callable[..., Any]:
    """Raise PermissionError where a path of the call is open in this process, as Windows does."""

    def refuse_open(*paths: Any, **options: Any) -> Any:
        if "dir_fd" not in options or options["dir_fd"] is None:
            for path in paths:
                _refuse_open(Path(path).absolute())
        return call(*paths, **options)

    return refuse_open


def _refuse_open(path: Path) -> None:
    opened = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # that of the listing itself
            opened.add(descriptor.readlink())
    if path in opened:
        raise PermissionError(errno.EACCES, "The process cannot access the file: it is open", str(path))


def _refuse_odd_names(call: Callable[..., Any]) -> Callable[..., Any]:
    def refuse_odd(path: Any, *values: Any, **options: Any) -> Any:
        if isinstance(path, (str, os.PathLike)):
            name = Path(path).name
            if FORBIDDEN & set(name) or ":" in name or name.endswith((" ", ".")):
                raise OSError(errno.EINVAL, "The name of the file is incorrect", os.fspath(path))
        return call(path, *values, **options)

    return refuse_odd


def import_all() -> dict[str, str]:
    """Import every module of the package, and return those that failed with their last line of the error."""
    import ahtc_tui

    failed = {}
    for module in pkgutil.walk_packages(ahtc_tui.__path__, "ahtc_tui."):
        if module.name in NOT_FOR_WINDOWS or ".versions." in module.name or module.name == "ahtc_tui.__main__":
            continue
        try:
            import_module(module.name)
        except Exception:
            failed[module.name] = traceback.format_exc().splitlines()[-1]
    return failed


def run_commands(folder: Path, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run each command, `{"words": [...], "input": TEXT}`, in the workspace `folder`, and return what became of it."""
    from ahtc_tui.cli.main import run
    from ahtc_tui.store.engine import encryption

    encryption.DERIVATION_SECONDS = 0

    results = []
    for command in commands:
        sys.stdin = io.StringIO(command.get("input", ""))
        out, messages = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(messages):
            code = run(["--workspace", str(folder), *command["words"]])
        left = sorted(str(path) for path in folder.parent.rglob(".ahtc-*"))
        results.append({"code": code, "out": out.getvalue(), "messages": messages.getvalue(), "left": left})
    return results


def main(folder: str) -> None:
    """Change the system, import everything, run the commands of standard input and print the results."""
    commands = json.load(sys.stdin)
    change_system()
    document = {"failed": import_all(), "results": run_commands(Path(folder), commands)}
    sys.stdout.write(json.dumps(document))


if __name__ == "__main__":
    main(*sys.argv[1:])
