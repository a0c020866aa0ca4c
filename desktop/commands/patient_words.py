"""What a verb says for the patient: what they hear although it goes on, the way on from a no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from desktop.commands.result import Result

if TYPE_CHECKING:
    from desktop.app import OpenDesk
    from desktop.services.advice import Advice
    from desktop.services.help_desk import Help
    from desktop.services.notices import Notice
    from desktop.services.whole_settlement import Finished

_HELPED = frozenset(("refused", "needs-person"))


class PatientWords(Struct, frozen=True):
    """Beside what the verb tells."""

    notices: tuple[Notice, ...] = ()
    help: Help | None = None

    def beside(self, result: Result) -> Result:
        """The verb's result with ``notices`` and ``advice``, and their words for people."""
        assert result.body is not None
        body = {
            **result.body,
            "notices": [{"tells": each.tells, "words": each.words} for each in self.notices],
            "advice": _as_json(self.help) if self.help else None,
        }
        words = (*result.words, *(notice.words for notice in self.notices))
        return replace(result, body=body, words=words, steps=_steps(self.help))


def words_for(opened: OpenDesk, finished: Finished) -> PatientWords:
    """For whoever stands at the window; asks 5301 where chronic care was refused, and no more."""
    from desktop.ledger.journal import VisitId

    notices = opened.notices(VisitId(finished.visit), finished.record)
    if finished.ending not in _HELPED or not finished.problems:
        return PatientWords(notices)
    return PatientWords(notices, opened.help_with(finished.record, finished.problems[0]))


def _as_json(found: Help) -> dict[str, object]:
    advice, chronic = found.advice, found.chronic
    return {
        "why": advice.why.code if advice.why else None,
        "says": advice.says,
        "steps": [{"does": step.does, "words": step.words} for step in advice.steps],
        "raw": advice.raw,
        "filing": _filing(advice),
        "chronic": {"missing": chronic.missing, "words": chronic.words} if chronic else None,
    }


def _filing(advice: Advice) -> dict[str, object] | None:
    """Whether a filing made now covers the visit, and what the telephone asks for; no person."""
    late = advice.late
    if late is None:
        return None
    earliest = late.long_earliest
    return {
        "temporary_from": late.temporary_from.isoformat(),
        "long_earliest": earliest.isoformat() if earliest else None,
        "long_covers": late.long_covers,
        "by_phone": [label for label, _value in advice.phone.items] if advice.phone else [],
    }


def _steps(found: Help | None) -> tuple[str, ...]:
    if found is None:
        return ()
    chronic = (found.chronic.words,) if found.chronic else ()
    return (*chronic, *(step.words for step in found.advice.steps))
