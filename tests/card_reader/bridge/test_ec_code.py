"""``NationECCode`` in a real helper (interface 6.1, S0-29)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from card_reader.bridge.ec_code import VoucherLibrary, as_utf8
from card_reader.bridge.library import LibraryError, VendorLibrary
from card_reader.bridge.wire import Call
from desktop.domain.problems import ProblemCode
from desktop.nhsa.outcome import Accepted, Refused, Unknown
from desktop.nhsa.transport import Reply
from desktop.nhsa.voucher import voucher_outcome
from tests.rig.vendor_library import Vendor

TOKEN, PERSON = "130000ec0123456789abcdef0123456789abcd", "欧阳娜"
YES = {"code": 0, "message": "成功", "data": {"userName": PERSON, "idNo": "1", "ecToken": TOKEN}}
QUESTION = {"orgId": "H1", "transType": "ec.query", "data": {"operatorName": "收费员"}, "extra": {}}


def body(tree: object) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


@pytest.mark.req("S0-29")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_question_goes_out_in_ascii_and_the_answer_comes_in_either_encoding(
    vendor: Vendor, library: VendorLibrary, encoding: str
) -> None:
    vendor.answers("NationEcTrans", json.dumps(YES, ensure_ascii=False).encode(encoding))
    answer = VoucherLibrary(library, "http://service.example.invalid/x").ask(body(QUESTION))
    assert answer.done
    assert json.loads(answer.body) == YES
    url, _, asked = vendor.asked("NationEcTrans").partition("\n")
    assert (url, json.loads(asked)) == ("http://service.example.invalid/x", QUESTION)
    assert asked.isascii()
    assert TOKEN not in repr(answer)
    assert TOKEN not in repr(Call("NationEcTrans", (TOKEN.encode(),)))


def test_a_return_code_that_is_no_success(vendor: Vendor, library: VendorLibrary) -> None:
    vendor.behaves(NationEcTrans="answer 7")
    vendor.answers("NationEcTrans", b'{"code":500159}')
    answer = VoucherLibrary(library).ask(b"{}")
    assert (answer.done, answer.body) == (False, b'{"code":500159}')


def test_garbage_is_no_body(vendor: Vendor, library: VendorLibrary) -> None:
    vendor.answers("NationEcTrans", b"\xff\xff\xff")
    assert VoucherLibrary(library).ask(b"{}").body == b""


def test_a_library_that_dies_over_a_question_may_have_asked_it(
    vendor: Vendor, library: VendorLibrary
) -> None:
    vendor.behaves(NationEcTrans="abort")
    with pytest.raises(LibraryError) as error:
        VoucherLibrary(library).ask(b"{}")
    assert (error.value.kind, error.value.asked) == (ProblemCode.LIBRARY_FAILED, True)


ANSWER = json.dumps(YES, ensure_ascii=False)
answers = st.one_of(
    st.binary(max_size=200),
    st.tuples(
        st.sampled_from(["utf-8", "gb18030"]), st.integers(0, 120), st.binary(max_size=8)
    ).map(lambda cut: ANSWER.encode(cut[0])[: cut[1]] + cut[2] + ANSWER.encode(cut[0])[cut[1] :]),
)


@given(answers)
def test_no_answer_breaks_it_and_only_a_whole_one_is_a_yes(raw: bytes) -> None:
    """What reaches the reader of answers is UTF-8 or nothing; half a holder is no credential."""
    body = as_utf8(raw)
    body.decode()
    outcome = voucher_outcome(Reply(200, {}, body))
    assert isinstance(outcome, Accepted | Refused | Unknown)
    if isinstance(outcome, Accepted):
        assert outcome.value.number
        assert outcome.value.name
