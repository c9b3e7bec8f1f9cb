"""What a person wants of a merge or a sync."""

from __future__ import annotations

from dataclasses import dataclass, field

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.services.progress import ProgressHooks


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge, and how: `take` ("ours" or "theirs") resolves conflicts without an answer."""

    options: ImportOptions
    take: str = ""
    apply: bool = True
    hooks: ProgressHooks = field(default_factory=ProgressHooks)
