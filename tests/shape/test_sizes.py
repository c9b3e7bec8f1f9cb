"""Limits on the length of files and functions, and on the number of modules in a folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.shape.tree import PACKAGE, format_path, list_functions, list_python_files, parse_file

FILE_LINES = 400
FUNCTION_LINES = 40
FOLDER_MODULES = 25
LAYER_MODULES = 12


def count_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_400_lines() -> None:
    too_long = {format_path(path): count_lines(path) for path in list_python_files() if count_lines(path) > FILE_LINES}
    assert not too_long


def test_folders_and_layers_have_a_limited_number_of_modules() -> None:
    folders = Counter(path.parent for path in list_python_files(PACKAGE) if path.name != "__init__.py")
    most = {folder: LAYER_MODULES if folder.parent == PACKAGE else FOLDER_MODULES for folder in folders}
    assert not {format_path(folder): number for folder, number in folders.items() if number > most[folder]}


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = {
        f"{format_path(path)}:{function.lineno} {function.name}": length
        for path in list_python_files(PACKAGE)
        for function in list_functions(parse_file(path))
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > FUNCTION_LINES
    }
    assert not too_long
