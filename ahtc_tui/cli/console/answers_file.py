"""Reads the JSON file of `--answers`: one object with an answer for each id."""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.paths import resolve_input_path


def read_answers_file(name: str | None) -> dict[str, Any]:
    """Return the answers by id; none without a file.

    Raises BadFile for a file that cannot be read, is not a JSON object, or answers one id twice.
    """
    if name is None:
        return {}
    import json  # few commands have answers

    path = resolve_input_path(name)
    try:
        answers = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_build_object)
    except FileNotFoundError as error:
        raise BadFile(_('There is no file "{path}".').format(path=path)) from error
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    except json.JSONDecodeError as error:
        sentence = _('"{name}" is not JSON. See line {line}, column {column}.')
        raise BadFile(sentence.format(name=path.name, line=error.lineno, column=error.colno)) from error
    except _RepeatedId as error:
        raise BadFile(_('{name} answers "{key}" more than once.').format(name=path.name, key=error)) from error
    except (ValueError, RecursionError) as error:
        raise BadFile(_('"{name}" is not JSON.').format(name=path.name)) from error
    if not isinstance(answers, dict):
        raise BadFile(_("{name} must be a JSON object with an answer for each id.").format(name=path.name))
    return answers


def read_text_answers(name: str | None) -> dict[str, str]:
    """Return the answers of a file in which each is a text. Raises BadFile."""
    answers = read_answers_file(name)
    for key, answer in answers.items():
        if not isinstance(answer, str):
            sentence = _('{name}: the answer to "{key}" must be text, such as "ours" or "theirs".')
            raise BadFile(sentence.format(name=name, key=key))
    return answers


class _RepeatedId(ValueError):
    """An object of the file has one id twice; the later answer would win without a word."""


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _RepeatedId(next(key for key, _value in pairs if sum(key == other for other, _value in pairs) > 1))
    return values
