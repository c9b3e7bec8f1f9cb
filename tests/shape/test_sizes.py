"""Limit on the length of functions. The length of a module and of a folder is a matter of judgement."""

from __future__ import annotations

from tests.shape.tree import PACKAGE, format_path, list_functions, list_python_files, parse_file

FUNCTION_LINES = 40


def test_no_function_is_longer_than_40_lines() -> None:
    too_long = {
        f"{format_path(path)}:{function.lineno} {function.name}": length
        for path in list_python_files(PACKAGE)
        for function in list_functions(parse_file(path))
        if (length := (function.end_lineno or function.lineno) - function.lineno + 1) > FUNCTION_LINES
    }
    assert not too_long
