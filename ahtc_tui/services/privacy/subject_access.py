"""The answer to a person who asks what is held on them: everything, in one archive, and the day by which it is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.privacy.data_protection import Held, Redaction, SubjectAnswer, answer_due
from ahtc_tui.domain.privacy.person_mentions import fold
from ahtc_tui.formats.files.atomic_write import write_whole
from ahtc_tui.services.output_folders import free_path
from ahtc_tui.services.privacy import erasure_files
from ahtc_tui.store.privacy import subject_access
from ahtc_tui.store.privacy.erasure_scope import find_person, scope

if TYPE_CHECKING:
    from ahtc_tui.services.workspace import Workspace


def answer(
    workspace: Workspace, words: str, target: Path, received: date | None = None, *, force: bool = False
) -> SubjectAnswer:
    """Write everything that is held on a person. Raises NotFound, BadInput, Refused where the file stands already."""
    from ahtc_tui.formats.archive.subject_access import KINDS, Archive, file_name, in_order, write_subject_zip

    if target.suffix.lower() != ".zip":
        raise BadInput(
            _('The answer is an archive: give a name that ends in .zip, not "{name}".').format(name=target.name)
        )
    came = received or workspace.today()
    with workspace.database.read() as cursor:
        key, ref, name = find_person(cursor, words)
        whole = scope(cursor, key)
        held = subject_access.of_person(cursor, whole)
        others = [one for one in subject_access.other_people(cursor, whole) if fold(one) != fold(name)]
    redactions = list(others_in(held, others, {one.kind: f"{file_name(one.kind)}.csv" for one in held}))
    files, _none = erasure_files.swept(workspace.root, whole.mentions, remove=False)
    due = answer_due(came)
    archive = Archive(
        _("What is held on {name}").format(name=name),
        Marking.OFFICIAL_SENSITIVE.label,
        _told(workspace, name, ref, came, due, files, whole.shared),
        redactions,
        _("These people are named in it as well. Look at each line before this is handed over: redactions.csv."),
        _("Nobody else is named in it."),
        KINDS,
    )
    write_whole(target, lambda path: write_subject_zip(path, archive, held), force)
    counts = tuple((kind, len(some)) for kind, some in in_order(held).items())
    issued = tuple(dict.fromkeys(one.source for one in held if one.kind == "mention: issues"))
    return SubjectAnswer(ref, name, str(target), came, due, counts, len(redactions), issued)


def answer_to_folder(workspace: Workspace, words: str) -> SubjectAnswer:
    """The archive in the exports folder under a name that is free. Raises NotFound."""
    with workspace.database.read() as cursor:
        ref = find_person(cursor, words)[1]
    return answer(workspace, ref, free_path(workspace.exports, f"subject-access-{ref}", ".zip"))


def _told(
    workspace: Workspace, name: str, ref: str, came: date, due: date, files: Sequence[str], shared: Sequence[str]
) -> list[tuple[str, str]]:
    """What stands at the head of the page."""
    lines = [
        (_("Name"), name),
        (_("Reference"), ref),
        (_("Request received"), came.isoformat()),
        (_("Answer due"), _("{day}, one calendar month after it came").format(day=due.isoformat())),
        (_("Made on"), workspace.today().isoformat()),
        (_("Held by"), _("the office of the Anti Human Trafficking Co-ordinator, in its desk")),
        (_("Looked through"), _("every record, the text of minutes, notes and updates, and the history")),
    ]
    if files:
        lines.append((_("Files as well"), "; ".join(files)))
    if shared:
        said = _("{names}: somebody else has it too, so texts were not searched for it").format(names="; ".join(shared))
        lines.append((_("Not searched for"), said))
    return lines


def others_in(held: Sequence[Held], others: Sequence[str], files: dict[str, str]) -> Iterator[Redaction]:
    """Where somebody else is named."""
    by_name = {fold(name): name for name in others if len(name.split()) > 1}
    if not by_name:
        return
    listed = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W_])(?:{listed})(?![^\W_])")
    for one in held:
        for field, text in (("source", one.source), *one.fields):
            for found in dict.fromkeys(pattern.findall(fold(text))):
                yield Redaction(by_name[found], files[one.kind], one.source or one.kind, field)
