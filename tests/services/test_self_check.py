"""The morning self-test against the real platform (S3-27, S3-28)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from desktop.domain.problems import ProblemCode, desk_error
from desktop.services.self_check import Item, check_platform, tried
from tests.services.counter import Counter
from tests.services.wire import refusing


def _found(items: list[Item]) -> dict[str, str]:
    return {item.name: item.problem.code if item.problem else "" for item in items}


def test_all_is_well(counter: Counter) -> None:
    items = list(check_platform(counter.desk))
    assert _found(items) == {"platform": "", "institution": "", "clock": ""}
    assert all(item.ok and item.found for item in items)


def test_a_demanded_sign_in_is_no_fault(counter: Counter) -> None:
    counter.platform.options(require_sign_in=True)
    assert set(_found(list(check_platform(counter.desk))).values()) == {""}
    assert counter.wire.infnos == ["1201", "9001", "1201"]


def test_a_hospital_that_the_platform_does_not_know(counter: Counter) -> None:
    unknown = replace(counter.desk, institution="H43019999999")
    found = _found(list(check_platform(unknown)))
    assert found["institution"] == "institution-refused"
    assert found["platform"] == ""


def test_a_wrong_clock(counter: Counter) -> None:
    clock = counter.desk.clock
    fast = replace(counter.desk, clock=lambda: clock() + timedelta(minutes=3))
    assert _found(list(check_platform(fast)))["clock"] == "clock-wrong"


@pytest.mark.parametrize(
    ("when", "what", "code"),
    [("before", "http500", "no-usable-answer"), ("after", "truncate", "no-usable-answer")],
)
def test_a_line_without_an_answer(counter: Counter, when: str, what: str, code: str) -> None:
    counter.platform.fault("1201", when, what)
    assert _found(list(check_platform(counter.desk)))["platform"] == code


def test_a_refusal_in_the_platforms_own_words(counter: Counter) -> None:
    counter.wire.answer("1201", refusing("FSI-定点机构服务协议已中止，不能办理结算"))
    (platform, *_) = check_platform(counter.desk)
    assert platform.problem is not None
    assert platform.problem.kind is ProblemCode.INSTITUTION_REFUSED


def test_a_wrong_signature_is_the_gateways(counter: Counter) -> None:
    counter.wire.headers("1201", {"x-tif-signature": "0" * 64})
    assert _found(list(check_platform(counter.desk)))["platform"] == "gateway-refused"


def test_tried_tells_what_was_found_or_what_is_wrong() -> None:
    def broken() -> str:
        raise desk_error(ProblemCode.NO_READER)

    assert tried("readers", lambda: "一台") == Item("readers", "一台")
    assert _found([tried("readers", broken)]) == {"readers": "no-reader"}
