"""The group whose log a file is: new actions take the letters of its references, not those of the plan."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.imports.report import Question
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.returns.register import RegisteredParty
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.services.imports.actions.current_records import CurrentRecords
from ahtc_tui.services.imports.actions.matching import ReferenceMatches
from ahtc_tui.services.imports.actions.model import ActionFilePlan
from ahtc_tui.services.imports.file_plan import build_question_id
from ahtc_tui.services.record_lookup import find_group_key

LEAST_WORDS = 2
"""Words of a name that is looked for in a file: one word alone may be a place."""


def find_log_group(
    file: ActionFilePlan, records: CurrentRecords, matches: ReferenceMatches
) -> tuple[ReferenceMatches, RowKey | None]:
    """Return the rows to import, and the group whose log they are: as given, else as answered; None for the plan.

    A file that names a group is a question, and adds nothing while that is open. Raises NotFound for another group.
    """
    if file.options.group:
        return matches, find_group_key(records.cursor, file.options.group)
    is_ours = matches.is_return or matches.batches or matches.sent_keys
    group = None if is_ours or not matches.unmatched else _find_named_group(file, records)
    if group is None:
        return matches, None
    question = Question(
        build_question_id(file.path.name, "log_group", group.ref),
        None,
        "log_group",
        None,
        None,
        group.name,
        _("The file names {group}. Should the actions get references of that group?").format(group=group.name),
        "",
    )
    answer = file.resolve_answer(question, takes=True)
    if not answer:
        return replace(matches, unmatched=deque()), None
    if answer == "ours":
        return matches, None
    return matches, group.key if answer == "theirs" else find_group_key(records.cursor, answer)


def _find_named_group(file: ActionFilePlan, records: CurrentRecords) -> RegisteredParty | None:
    """Return the group with the longest name in the name of the file or in what stands above its tables.

    The words of a reference are in any order: "Gwent forum" for "forum-gwent".
    """
    texts = [normalize_text(text) for text in _list_texts(file)]
    groups = (party for party in records.register.by_ref.values() if party.kind == "group")
    names = [
        (len(words), group)
        for group in groups
        for words in map(normalize_text, (group.ref, group.name, *group.other_names))
        if len(words.split()) >= LEAST_WORDS
        and any(
            f" {words} " in f" {text} "
            or (words == normalize_text(group.ref) and set(words.split()) <= set(text.split()))
            for text in texts
        )
    ]
    return max(names, key=lambda entry: entry[0])[1] if names else None


def _list_texts(file: ActionFilePlan) -> Iterator[str]:
    yield file.path.stem
    for _log_table, table in file.tables:
        yield from (table.sheet, table.title, *(cell.text for cell in table.above))
