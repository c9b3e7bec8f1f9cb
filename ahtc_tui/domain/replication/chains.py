"""Lines of a journal that are refused because the chain of their device does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ahtc_tui.domain.i18n import _, gettext_noop, ngettext
from ahtc_tui.domain.text.cleaning import escape_controls

SHOWN_CHARACTERS = 40


class ChainFaultKind(StrEnum):
    """Why a line is refused."""

    ALTERED = "altered"
    FORKED = "forked"
    FORGED = "forged"
    MISSING = "missing"
    REDACTED = "redacted"
    UNCHAINED = "unchained"
    WITHHELD = "withheld"


REASONS = {
    ChainFaultKind.ALTERED: gettext_noop("it was altered after it was saved"),
    ChainFaultKind.FORKED: gettext_noop("this laptop has another change in the same place"),
    ChainFaultKind.FORGED: gettext_noop("it names this laptop as the author, but was not made on this laptop"),
    ChainFaultKind.MISSING: gettext_noop("it is missing, and later changes cannot be checked"),
    ChainFaultKind.REDACTED: gettext_noop("the words were removed without an erasure known to this laptop"),
    ChainFaultKind.UNCHAINED: gettext_noop("it does not fit into the history of the laptop"),
    ChainFaultKind.WITHHELD: gettext_noop("another laptop left it out, and a place is kept for it"),
}


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first line of a device that is refused for a reason."""

    device: str
    line: int
    """Place in the chain of the device; for a line from before the chains, the sequence number of its step."""
    reason: ChainFaultKind
    count: int = 1
    """Number of lines of the device that are refused for this reason or because they follow the line."""

    def format(self) -> str:
        """Return line, device and reason as a sentence without a full stop."""
        device = escape_controls(self.device[:SHOWN_CHARACTERS])
        sentence = _("change {line} from the laptop {device} was refused: {reason}")
        if self.reason is ChainFaultKind.WITHHELD:
            sentence = _("change {line} from the laptop {device} is missing: {reason}")
        text = sentence.format(line=self.line, device=device, reason=_(REASONS[self.reason]))
        if self.count == 1:
            return text
        rest = ngettext("and 1 more", "and {n} more", self.count - 1)
        return f"{text} ({rest})"


@dataclass(frozen=True, slots=True)
class ChainLength:
    """How much of the journal of one device two copies have."""

    device: str
    here: int
    there: int
    whole: bool
    """Whether no line of the device is refused in either copy."""


@dataclass(frozen=True, slots=True)
class JournalComparison:
    """Whether two copies have the same history."""

    same: bool
    only_here: int
    """Number of lines that the other copy does not have, or has in another form."""
    only_there: int
    devices: tuple[ChainLength, ...]
    altered_here: tuple[ChainFault, ...]
    """Lines of this copy that do not hold."""
    altered: tuple[ChainFault, ...]
    """Lines of the other copy that do not hold, or that differ from those of this one."""
