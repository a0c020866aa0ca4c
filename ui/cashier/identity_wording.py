"""What the window says of 人证核对 and of who stands in: pure functions from the state.

Chinese is the source; English comes from Qt's translation files under the context ``Cashier``.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.identity import CheckWay, Relation, ToldOtherwise
from desktop.domain.problems import ProblemCode
from ui.cashier.identity_desk import DOUBTS, StandInDraft
from ui.cashier.state import Intent, ViewState
from ui.cashier.translate import tr
from ui.cashier.wording import sex_word
from ui.theme.tokens import Tone
from ui.widgets.shown import Badge, Choice, Fact

_MISSING = "请填写"
_WRONG = "不对，或是参保人本人的，请核对"


def badge(state: ViewState) -> Badge:
    """人证核对, in a word."""
    if state.stop and state.stop.problems[0].kind is ProblemCode.IDENTITY_DOUBTED:
        return Badge(tr("人证不符"), Tone.DANGER)
    if state.checked_by:
        return Badge(_done(state).format(state.checked_by), Tone.POSITIVE)
    may = Intent.CONFIRM_IDENTITY in state.intents
    if state.stand_in is not None:
        return Badge(tr("代办未核对，按 F8") if may else tr("代办未核对"), Tone.WARNING)
    return Badge(tr("人证未核对，按 F8") if may else tr("人证未核对"), Tone.WARNING)


def _done(state: ViewState) -> str:
    if state.checked_way is CheckWay.FACE:
        return tr("人脸已认证 {0}")
    return tr("代办人已核对 {0}") if state.stand_in else tr("人证已核对 {0}")


def facts(state: ViewState) -> tuple[Fact, ...]:
    """What the credential tells otherwise than the centre, and who stands in."""
    found = [*_told_otherwise(state.otherwise)] if state.otherwise else []
    stand_in = state.stand_in
    if stand_in is not None:
        who = f"{stand_in.name} ({tr(stand_in.relation.words)})"
        found.append(Fact(tr("代办人"), who, wide=True))
        found.append(Fact(tr(stand_in.document.words), stand_in.masked, wide=True))
    return tuple(found)


def _told_otherwise(told: ToldOtherwise) -> Iterator[Fact]:
    """B08: to be looked at before F8."""
    if told.name:
        look = Badge(tr("写法不同"), Tone.WARNING)
        yield Fact(tr("凭证上的姓名"), told.name, badge=look, wide=True)
    differs = Badge(tr("不一致"), Tone.WARNING)
    if told.sex:
        yield Fact(tr("凭证上的性别"), sex_word(told.sex), badge=differs, wide=True)
    if told.birth:
        yield Fact(tr("凭证上的出生日期"), told.birth.isoformat(), badge=differs, wide=True)


def relations() -> tuple[tuple[Relation, str], ...]:
    """What the one who stands in may be to the patient."""
    return tuple((relation, tr(relation.words)) for relation in Relation)


def fault(draft: StandInDraft, field: str) -> str:
    """What is wrong with a field; "" when nothing is."""
    if field not in draft.faults:
        return ""
    return tr(_WRONG if getattr(draft, field).strip() else _MISSING)


def doubts() -> tuple[Choice, ...]:
    """B08: what does not fit."""
    return tuple(Choice(place, tr(doubt.words)) for place, doubt in enumerate(DOUBTS))
