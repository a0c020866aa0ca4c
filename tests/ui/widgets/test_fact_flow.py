"""Facts one after the other: as many lines as the width asks for, and no fact is broken."""

from __future__ import annotations

from tests.rig.slot_watch import WatchedApplication
from ui.theme.tokens import Tone
from ui.widgets.fact_flow import FactFlow
from ui.widgets.shown import Badge, Fact

FACTS = (
    Fact("证件号", "990000********1038"),
    Fact("参保地", "山东省济宁市 370800"),
    Fact("今年还可报", "1,850.00 元", badge=Badge("估算", Tone.INFO)),
)


def test_a_narrow_flow_is_higher(qt_app: WatchedApplication) -> None:
    flow = FactFlow()
    assert flow.minimumSizeHint().width() == 0
    flow.present(FACTS)
    longest, whole = flow.minimumSizeHint().width(), 3 * flow.minimumSizeHint().width() + 100
    assert flow.heightForWidth(longest) == 3 * flow.heightForWidth(whole)
    assert flow.accessibleName() == (
        "证件号 990000********1038；参保地 山东省济宁市 370800；今年还可报 1,850.00 元"
    )


def test_what_the_badge_says_is_painted(qt_app: WatchedApplication) -> None:
    with qt_app.watch.off():
        flow = FactFlow()
        flow.resize(900, 20)
        flow.present(FACTS)
        marked = flow.grab().toImage()
        flow.present(FACTS)
        assert flow.grab().toImage() == marked
        flow.present((*FACTS[:2], Fact("今年还可报", "1,850.00 元")))
        assert flow.grab().toImage() != marked
