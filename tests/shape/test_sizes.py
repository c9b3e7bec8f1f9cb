"""Nothing grows past what one can read at a sitting."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.shape.tree import PACKAGE, functions, name_of, parsed, python_files

FILE_LINES = 250
ANY_FILE_LINES = 400
APP_LINES = 150
FUNCTION_LINES = 40
FOLDER_MODULES = 25
LAYER_MODULES = 12


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_of_the_package_is_longer_than_250_lines() -> None:
    too_long = {name_of(path): lines_of(path) for path in python_files(PACKAGE) if lines_of(path) > FILE_LINES}
    assert not too_long


def test_no_file_anywhere_is_longer_than_400_lines() -> None:
    too_long = {name_of(path): lines_of(path) for path in python_files() if lines_of(path) > ANY_FILE_LINES}
    assert not too_long


def test_no_folder_of_the_package_has_more_than_25_modules_and_no_layer_more_than_12_of_its_own() -> None:
    folders = Counter(path.parent for path in python_files(PACKAGE) if path.name != "__init__.py")
    most = {folder: LAYER_MODULES if folder.parent == PACKAGE else FOLDER_MODULES for folder in folders}
    assert not {name_of(folder): number for folder, number in folders.items() if number > most[folder]}


def test_the_app_stays_small() -> None:
    app = PACKAGE / "tui" / "shell" / "app.py"
    assert lines_of(app) <= APP_LINES


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = {
        f"{name_of(path)}:{function.lineno} {function.name}": length
        for path in python_files(PACKAGE)
        for function in functions(parsed(path))
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > FUNCTION_LINES
    }
    assert not too_long
