"""The optional face flow: one way of 人证核对; a failure leaves the human check (S1-24, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.identity import CheckWay
from desktop.domain.notes import IdentityChecked
from desktop.domain.problems import ProblemCode
from desktop.nhsa.outcome import NotSent, Unknown, WhyUnknown
from desktop.nhsa.transport import NotSentError, Reply, WhyNotSent
from desktop.services.face import look_for
from desktop.services.line import Line
from tests.rig.practice import Practice
from tests.rig.town import townsman
from tests.services.counter import Counter, counter_at
from tests.services.test_who_it_is import CHILD, MOTHER, opened

ORDINARY, OTHER = townsman(0), townsman(1)


@pytest.fixture
def with_terminal(platform: Practice, profile: Path, tmp_path: Path) -> Iterator[Counter]:
    """A desk whose settings say that a face terminal stands there."""
    settings = profile / "settings.toml"
    settings.write_text(settings.read_text() + "[desk]\nface_terminal = true\n", encoding="utf-8")
    with counter_at(platform, profile, tmp_path) as found:
        yield found


def before_the_terminal(counter: Counter, person: Mapping[str, Any], result: str = "ok") -> None:
    counter.platform.terminal(person["certno"], result)


def test_no_terminal_stands_here_unless_the_settings_say_so(counter: Counter) -> None:
    assert counter.desk.face is None


@pytest.mark.req("S1-24")
def test_the_face_of_the_person_is_a_check_that_passed(with_terminal: Counter) -> None:
    before_the_terminal(with_terminal, ORDINARY)
    visit = opened(with_terminal)
    assert visit.look_at_face("0007") is None
    checked = with_terminal.desk.record(visit.id).checked
    assert checked is not None
    assert (checked.way, checked.by) == (CheckWay.FACE, "0007")
    assert checked.evidence.startswith("AUTH")


def test_the_face_of_who_stands_in_is_looked_for(with_terminal: Counter) -> None:
    visit = opened(with_terminal, CHILD)
    visit.name_stand_in(MOTHER, "0007")
    before_the_terminal(with_terminal, CHILD)
    problem = visit.look_at_face("0007")
    assert problem is not None
    before_the_terminal(with_terminal, townsman(2))
    assert visit.look_at_face("0007") is None


@pytest.mark.parametrize(
    ("who", "result", "why", "said"),
    [
        (OTHER, "ok", ProblemCode.FACE_OF_ANOTHER, ""),
        (ORDINARY, "cancelled", ProblemCode.FACE_REFUSED, "用户取消人脸认证"),
        (ORDINARY, "failed", ProblemCode.FACE_REFUSED, "人脸比对未通过"),
    ],
)
def test_what_goes_wrong_leaves_the_check_to_a_person(
    with_terminal: Counter, who: Mapping[str, Any], result: str, why: ProblemCode, said: str
) -> None:
    """It is noted, and does not count as a check."""
    before_the_terminal(with_terminal, who, result)
    visit = opened(with_terminal)
    problem = visit.look_at_face("0007")
    assert problem is not None
    assert problem.kind is why
    assert said in problem.detail
    assert visit.record.checked is None
    noted = [row.entry for row in with_terminal.desk.journal.entries(visit.id)]
    (failed,) = [entry for entry in noted if isinstance(entry, IdentityChecked)]
    assert (failed.passed, failed.evidence) == (False, why.code)
    visit.check_identity(CheckWay.LOOKED, "0007")
    assert visit.record.checked is not None


class Answers:
    """A transport that gives these bodies in their order, and then reaches nobody."""

    def __init__(self, *bodies: bytes) -> None:
        self._bodies = list(bodies)

    def post(self, *_request: object, **_how: object) -> Reply:
        if not self._bodies:
            raise NotSentError(WhyNotSent.NOT_CONNECTED)
        return Reply(200, {"content-type": "application/json"}, self._bodies.pop(0))


AUTHORISED = b'{"code":0,"data":"{\\"authNo\\":\\"A1\\"}"}'


@pytest.mark.parametrize(
    "bodies",
    [
        (),
        (b'{"code":999,"message":"timeout"}',),
        (b'{"code":0}',),
        (AUTHORISED,),
        (AUTHORISED, b'{"code":0,"data":{"idNo":"1"}}'),
        (b'{"code":401,"message":"denied"}',),
    ],
)
def test_a_terminal_without_a_usable_answer_refuses(
    counter: Counter, bodies: tuple[bytes, ...]
) -> None:
    line = counter.desk.platform
    assert isinstance(line, Line)
    terminal = structs.replace(line._client, transport=Answers(*bodies))
    face = look_for(counter.desk, terminal, ORDINARY["certno"])
    assert face.problem is not None
    assert face.problem.kind is ProblemCode.FACE_REFUSED


def test_an_answer_without_data_is_unknown_and_nobody_there_is_not_sent(counter: Counter) -> None:
    line = counter.desk.platform
    assert isinstance(line, Line)
    silent = structs.replace(line._client, transport=Answers(b'{"code":0}'))
    outcome = silent.authorise_face("B1")
    assert isinstance(outcome, Unknown)
    assert outcome.why is WhyUnknown.UNREADABLE
    assert silent.authorise_face("B2") == NotSent(WhyNotSent.NOT_CONNECTED)


def test_a_holder_without_an_insured_area_is_a_credential_all_the_same(counter: Counter) -> None:
    line = counter.desk.platform
    assert isinstance(line, Line)
    told = b'{"code":0,"data":{"idNo":"990000198503121038","userName":"K","ecToken":"T"}}'
    client = structs.replace(
        line._client,
        transport=Answers(AUTHORISED, told),
        operator=replace_office(line),
    )
    assert look_for(counter.desk, client, "990000198503121038").problem is None


def replace_office(line: Line) -> Any:
    return structs.replace(line._client.operator, office="A03", office_name="内科")
