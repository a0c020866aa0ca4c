"""The files of 3202: exact text both ways, and a fault that names its place (visit.md B44)."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import SetlId
from desktop.domain.money import Money
from desktop.nhsa.decoder import Fault, Unreadable
from desktop.nhsa.messages import detail_file
from desktop.nhsa.messages.detail_file import pack, unpack
from desktop.nhsa.messages.reconciliation import DifferenceRow, OwnRow
from desktop.nhsa.questions.reconciliation import (
    OtherDayError,
    Period,
    Pile,
    Sums,
    differences,
    own_file,
    sent_as,
)
from tests.nhsa.reconciling import (
    DAY,
    HOSPITAL,
    OTHER,
    OWN,
    SETTLED,
    TAKEN_BACK,
    result,
    zipped,
)
from tests.nhsa.samples import MSGID, NOW, PERSON

EQUAL = "P\tM1\tS9\tX1\t0\t0\t平\t25\t11.25\t10"
LOST = f"P\tM2\tS12\t{MSGID}\t1\t0\t医保端有\t25.00\t11.25\t10.00"
DIFFERS = "P\tM1\tS11\tX2\t000103\t0\tnull\t25.00\t11.25\t10.00"
GONE = "P\tM1\tS10\tnull\t1\t1\t"
SEVERAL = "P\tnull\tnull\tX3\t1\t0\tnull\tnull\tnull\tnull"


def inside(content: bytes) -> tuple[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as packed:
        (name,) = packed.namelist()
        return name, packed.read(name).decode()


def test_our_rows_are_written_as_the_document_says() -> None:
    """UTF-8, TAB, no header; a refund is two rows, both marked."""
    name, text = inside(OWN.content)
    assert name == "H43010000001_20230502_20230502.txt"
    assert text.split("\n") == [
        f"S9\tM1\t{PERSON.psn_no}\t25.00\t11.25\t10.00\t1",
        f"S10\tM1\t{PERSON.psn_no}\t-25.00\t-11.25\t-10.00\t1",
        f"S11\tM1\t{PERSON.psn_no}\t25.00\t11.24\t10.00\t0",
        "",
    ]
    assert OWN.sums == Sums(3, Money(2500), Money(1124), Money(1000), Money(376))


def test_the_same_rows_are_the_same_bytes() -> None:
    """So that the hash in the journal tells whether the question was the same."""
    assert own_file(HOSPITAL, DAY, (SETTLED, TAKEN_BACK, OTHER)) == OWN


def test_a_day_without_settlements_is_an_empty_file() -> None:
    """The first settlement of a day may be the one that is lost."""
    empty = own_file(HOSPITAL, DAY, ())
    assert inside(empty.content)[1] == ""
    assert unpack(OwnRow, empty.content) == ()


def test_a_settlement_of_another_day_is_named() -> None:
    with pytest.raises(OtherDayError) as no:
        own_file(HOSPITAL, Period.of(NOW.date().replace(day=3)), (SETTLED,))
    assert no.value.setl_id == SETTLED.setl_id


def test_the_piles_of_a_result() -> None:
    found = differences(result(EQUAL, LOST, DIFFERS, GONE, SEVERAL), OWN.setl_ids)
    assert [(row.pile, row.setl_id) for row in found] == [
        (Pile.ONLY_THERE, "S12"),
        (Pile.DIFFERS, "S11"),
        (Pile.ONLY_HERE, "S10"),
        (Pile.SEVERAL, None),
    ]
    lost = found[0]
    assert (lost.msgid, lost.mdtrt_id, lost.total, lost.note) == (
        MSGID,
        "M2",
        Money(2500),
        "医保端有",
    )
    assert sent_as(found, MSGID) == (lost,)
    assert found[2].refunded
    assert found[2].total is None


def test_a_settlement_booked_twice_is_found_twice() -> None:
    """Both stand under one msgid."""
    again = LOST.replace("S12", "S13")
    found = sent_as(differences(result(LOST, again), frozenset()), MSGID)
    assert [row.setl_id for row in found] == ["S12", "S13"]


def test_the_six_digit_code_says_that_the_platform_has_none() -> None:
    (row,) = differences(result("P\tM\tS99\tX\t000102\t0"), frozenset())
    assert row.pile is Pile.ONLY_HERE
    assert sent_as((row,), row.msgid or MSGID) == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_a_byte_order_mark_and_more_columns_do_no_harm(end: str, start: str) -> None:
    content = zipped((start + LOST + "\t扩展\t" + end + end).encode())
    assert differences(content, ()) == differences(result(LOST), ())


@pytest.mark.parametrize("amount", ["1.005", "viel", "--"])
def test_an_amount_that_cannot_be_read_hides_no_settlement(amount: str) -> None:
    """The amounts of a result are shown; 5203 tells the true ones."""
    (row,) = differences(result(LOST.replace("11.25", amount)), ())
    assert (row.setl_id, row.fund) == ("S12", None)


@pytest.mark.parametrize(
    ("content", "where", "fault"),
    [
        (b"", "zip", Fault.NOT_A_ZIP),
        (b"PK\x03\x04", "zip", Fault.NOT_A_ZIP),
        (LOST.encode(), "zip", Fault.NOT_A_ZIP),
        (result(LOST)[:-30], "zip", Fault.NOT_A_ZIP),
        (zipped(), "zip", Fault.NOT_A_ZIP),
        (zipped(b"", b""), "zip", Fault.NOT_A_ZIP),
        (zipped("退费".encode("gbk")), "text file", Fault.NOT_UTF8),
        (result(LOST, "P\tM2\tS12"), "line 2.stmt_rslt", Fault.MISSING),
        (result(LOST, "", "P\tM\tS\tX\tnull\t0"), "line 3.stmt_rslt", Fault.MISSING),
        (result('{"infcode":-1}'), "line 1.stmt_rslt", Fault.MISSING),
    ],
)
def test_a_result_that_cannot_be_read_says_where(content: bytes, where: str, fault: Fault) -> None:
    with pytest.raises(Unreadable) as no:
        differences(content, ())
    assert (no.value.where, no.value.fault) == (where, fault)


def test_a_spoilt_byte_is_noticed() -> None:
    content = bytearray(result(LOST))
    content[content.index("医".encode())] ^= 1
    with pytest.raises(Unreadable, match="zip"):
        differences(bytes(content), ())


def test_a_file_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail_file, "LARGEST_TEXT", 50)
    with pytest.raises(Unreadable, match="zip: wrong-shape"):
        differences(result(LOST), ())


_word = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8).filter(
    lambda text: text != "null"
)
_money = st.integers(-(10**12), 10**12).map(Money)


@given(st.lists(st.tuples(_word, _word, _word, _money, _money, _money), max_size=5))
def test_what_is_packed_is_unpacked(rows: list[tuple[str, str, str, Money, Money, Money]]) -> None:
    """Both sides of the line use the same few lines of code."""
    written = tuple(
        OwnRow(
            setl_id=setl_id,
            mdtrt_id=mdtrt_id,
            psn_no=psn_no,
            medfee_sumamt=total,
            fund_pay_sumamt=fund,
            acct_pay=account,
            refd_setl_flag="0",
        )
        for setl_id, mdtrt_id, psn_no, total, fund, account in rows
    )
    assert unpack(OwnRow, pack("rows.txt", written)) == written


@given(memo=st.text(max_size=20))
def test_a_note_never_breaks_its_line(memo: str) -> None:
    row = DifferenceRow(stmt_rslt="1", setl_id="S1", memo=memo.encode(errors="ignore").decode())
    (read,) = unpack(DifferenceRow, pack("result.txt", (row,)))
    assert (read.setl_id, read.stmt_rslt) == ("S1", "1")


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_unreadable_or_rows(content: bytes) -> None:
    for tried in (content, zipped(content)):
        try:
            found = differences(tried, (SetlId("S1"),))
        except Unreadable:
            continue
        assert all(row.code for row in found)
