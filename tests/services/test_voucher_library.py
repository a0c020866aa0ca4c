"""医保码 through a vendor's library: the same credential, the same care with used codes (B01–B03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from card_reader.bridge.ec_code import VoucherLibrary
from card_reader.bridge.library import VendorLibrary
from desktop.domain.credential import Credential
from desktop.domain.problems import ProblemCode
from desktop.nhsa.outcome import Accepted, NotSent, Unknown
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import from_qr
from desktop.services.line import Line
from desktop.services.voucher_library import VouchersByLibrary
from desktop.services.watched_line import WatchedLine
from tests.rig.vendor_library import Vendor, build, holder_answer, install
from tests.services.counter import Counter, bill_of

P = ProblemCode
CODES = [f"424{number:025d}" for number in range(4)]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("vendor") / "libNationECCode.so")


@pytest.fixture
def vendor(built: Path, tmp_path: Path) -> Vendor:
    return install(built, tmp_path / "vendor")


@pytest.fixture
def holder(counter: Counter, person: Mapping[str, Any]) -> Credential:
    """Whom the voucher's service knows, by the platform's own answer."""
    outcome = counter.desk.platform.decode_voucher(counter.platform.voucher(person["certno"]))
    assert isinstance(outcome, Accepted)
    return outcome.value


@pytest.fixture
def by_library(counter: Counter, vendor: Vendor) -> Iterator[Counter]:
    """The same counter, whose 医保码 go through the library."""
    line = counter.desk.platform
    assert isinstance(line, Line)
    with closing(VendorLibrary(vendor.file(limit=2))) as library:
        vouchers = VouchersByLibrary(VoucherLibrary(library, "http://ec.example.invalid"))
        through = Line(structs.replace(line._client, vouchers=vouchers))
        yield replace(counter, desk=structs.replace(counter.desk, platform=through))


def problem_of(counter: Counter, code: str) -> ProblemCode:
    with pytest.raises(Stopped) as stop:
        from_qr(counter.desk, code)
    (problem,) = stop.value.problems
    return problem.kind


@pytest.mark.req("S0-29", "S1-23")
@pytest.mark.parametrize(("encoding", "as_text"), [("utf-8", True), ("gb18030", False)])
def test_a_voucher_settles_by_the_token_that_the_library_told(
    by_library: Counter,
    vendor: Vendor,
    holder: Credential,
    person: Mapping[str, Any],
    encoding: str,
    as_text: bool,
) -> None:
    vendor.answers("NationEcTrans", holder_answer(holder, as_text=as_text).encode(encoding))
    voucher = from_qr(by_library.desk, CODES[0])
    assert voucher == holder
    assert by_library.wire.infnos == ["ec.query"], "that of the fixture: ours went another way"
    assert CODES[0] in vendor.asked("NationEcTrans")
    assert by_library.settle(bill_of(person), voucher).ending is Ending.SETTLED
    sent = by_library.wire.of("2207")[0].input["data"]
    assert (sent["mdtrt_cert_type"], sent["mdtrt_cert_no"]) == ("01", holder.number)
    assert problem_of(by_library, CODES[0]) is P.VOUCHER_USED


@pytest.mark.parametrize("verb", ["answer 0", "answer 5"])
def test_the_services_no_is_a_no_whatever_the_library_returns(
    by_library: Counter, vendor: Vendor, verb: str
) -> None:
    vendor.behaves(NationEcTrans=verb)
    vendor.answers("NationEcTrans", '{"code":500159,"message":"请使用医保电子凭证二维码"}')
    assert problem_of(by_library, CODES[0]) is P.VOUCHER_REFUSED


def test_a_failure_with_a_yes_in_its_answer_is_no_yes(
    by_library: Counter, vendor: Vendor, holder: Credential
) -> None:
    vendor.behaves(NationEcTrans="answer 5")
    vendor.answers("NationEcTrans", holder_answer(holder))
    assert problem_of(by_library, CODES[0]) is P.LIBRARY_FAILED


@pytest.mark.parametrize("verb", ["abort", "hang", "flood 99999", "answer 5"])
def test_a_code_over_which_the_library_failed_is_used(
    by_library: Counter, vendor: Vendor, verb: str
) -> None:
    """It may be spent: only a new one helps (B03)."""
    vendor.behaves(NationEcTrans=verb)
    assert problem_of(by_library, CODES[0]) is P.LIBRARY_FAILED
    assert problem_of(by_library, CODES[0]) is P.VOUCHER_USED


def test_an_answer_that_nobody_can_read(by_library: Counter, vendor: Vendor) -> None:
    vendor.answers("NationEcTrans", b"\xff\xff")
    assert problem_of(by_library, CODES[0]) is P.NO_USABLE_ANSWER
    assert problem_of(by_library, CODES[0]) is P.VOUCHER_USED


def test_a_code_that_the_library_never_got_may_be_scanned_again(
    by_library: Counter, vendor: Vendor, holder: Credential
) -> None:
    """While the library rests after a crash, then when it is back."""
    vendor.behaves(NationEcTrans="abort")
    assert problem_of(by_library, CODES[0]) is P.LIBRARY_FAILED
    vendor.behaves()
    vendor.answers("NationEcTrans", holder_answer(holder))
    assert problem_of(by_library, CODES[1]) is P.LIBRARY_FAILED
    line = by_library.desk.platform
    assert isinstance(line, Line)
    vouchers = line._client.vouchers
    assert isinstance(vouchers, VouchersByLibrary)
    vouchers.library.library._rest_until = 0.0
    assert from_qr(by_library.desk, CODES[1]) == holder


def test_a_library_that_is_not_there_spends_nothing(by_library: Counter, vendor: Vendor) -> None:
    vendor.path.unlink()
    assert problem_of(by_library, CODES[0]) is P.LIBRARY_UNUSABLE
    assert problem_of(by_library, CODES[0]) is P.LIBRARY_UNUSABLE


def test_a_library_that_fails_says_nothing_about_the_line(
    by_library: Counter, vendor: Vendor
) -> None:
    """B22: the window must not claim that the platform is gone."""
    line = WatchedLine(by_library.desk.platform, by_library.desk.clock)
    vendor.behaves(NationEcTrans="abort")
    outcomes = [line.decode_voucher(code) for code in CODES[:2]]
    assert [type(outcome) for outcome in outcomes] == [Unknown, NotSent]
    assert line.news is None


def test_no_token_and_no_code_is_logged(
    by_library: Counter, vendor: Vendor, holder: Credential, caplog: pytest.LogCaptureFixture
) -> None:
    vendor.answers("NationEcTrans", holder_answer(holder))
    voucher = from_qr(by_library.desk, CODES[0])
    vendor.behaves(NationEcTrans="abort")
    problem_of(by_library, CODES[1])
    for secret in (holder.number, CODES[0], CODES[1], holder.name):
        assert secret not in caplog.text + repr(voucher)
