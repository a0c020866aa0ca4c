"""Catalogue, limits, shares and the lines of a settlement by the real client over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.account_use import AccountUse
from desktop.domain.identifiers import AreaCode, BatchNo, MdtrtId, Msgid, SetlId
from desktop.domain.money import Money
from desktop.domain.quantities import UnitPrice
from desktop.domain.times import CHINA
from desktop.nhsa.client import PlatformClient
from desktop.nhsa.decoder import Unreadable, parse
from desktop.nhsa.envelope import read_response
from desktop.nhsa.gateway import TifGateway
from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.messages.catalogue_download import (
    CHRONIC_FILE,
    DIAGNOSIS_FILE,
    DRUG_FILE,
    HERB_FILE,
    MATERIAL_FILE,
    SERVICE_FILE,
)
from desktop.nhsa.messages.catalogue_query import LIMITS
from desktop.nhsa.messages.catalogue_rows import (
    CHRONIC,
    DIAGNOSES,
    DRUGS,
    HERBS,
    MATERIALS,
    SERVICES,
)
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.outcome import Accepted, Refused, Unknown
from desktop.nhsa.questions import charges, identify, registration
from desktop.nhsa.questions import settlement as settling
from desktop.nhsa.questions.catalogue import (
    FirstShare,
    ListedItem,
    PageOf,
    PriceLimit,
    catalogue_file,
    catalogue_items,
    catalogue_lines,
    first_shares,
    holding,
    price_limits,
)
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.fee_details import fee_details
from desktop.nhsa.questions.question import Question
from desktop.nhsa.transport import Timeouts
from tests.nhsa import samples
from tests.nhsa.reconciling import HOSPITAL
from tests.rig.practice import Practice, practice

CERTNO = "990000198503121038"
VISIT_FEE = "000202000020000-0002"
HERE = AreaCode("430100")
MSGIDS = (Msgid(f"{HOSPITAL}20230502113000{number:04d}") for number in count())


@pytest.fixture(scope="module")
def running() -> Iterator[Practice]:
    with practice() as started:
        started.clock("2023-05-02T09:30:00")
        yield started


@pytest.fixture(scope="module")
def client(running: Practice) -> Iterator[PlatformClient]:
    with HttpTransport(Timeouts(connect=2, read=5)) as transport:
        yield PlatformClient(
            site=structs.replace(samples.SITE, url=running.url),
            operator=structs.replace(samples.OPERATOR, sign_no=""),
            gateway=TifGateway("practice", "practice-secret"),
            transport=transport,
            clock=lambda: datetime.now(CHINA),
            new_msgid=lambda: next(MSGIDS),
        )


def accepted(client: PlatformClient, question: Question[Any, Any, Any]) -> Any:
    outcome = client.query(question)
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


FILES = (
    (DRUG_FILE, DRUGS),
    (HERB_FILE, HERBS),
    (SERVICE_FILE, SERVICES),
    (MATERIAL_FILE, MATERIALS),
    (DIAGNOSIS_FILE, DIAGNOSES),
    (CHRONIC_FILE, CHRONIC),
)


@pytest.mark.req("S1-29", "S4-23", side="platform")
@pytest.mark.parametrize(("transaction", "form"), FILES)
def test_a_catalogue_comes_as_a_file(
    client: PlatformClient, transaction: Transaction[Any, Any], form: Any
) -> None:
    file = accepted(client, catalogue_file(transaction))
    assert file.keeps_until is not None
    lines = accepted(client, catalogue_lines(file, form))
    assert len({line.code for line in lines}) == len(lines) >= 10
    assert all(line.name for line in lines)
    assert {line.version_name for line in lines} == {"430000演练目录"}
    nothing_new = accepted(client, catalogue_file(transaction, lines[0].version))
    assert accepted(client, catalogue_lines(nothing_new, form)) == ()


def test_a_file_of_another_form_is_unreadable(client: PlatformClient) -> None:
    file = accepted(client, catalogue_file(HERB_FILE))
    outcome = client.query(catalogue_lines(file, DRUGS))
    assert isinstance(outcome, Unknown), "a herb's line has no registered name"


Ask = Callable[[int, AreaCode], Question[Any, Any, PageOf[Any]]]


def every(client: PlatformClient, ask: Ask, area: AreaCode = HERE) -> tuple[Any, ...]:
    """All pages."""
    first = accepted(client, ask(1, area))
    rest = (accepted(client, ask(number, area)) for number in range(2, first.pages + 1))
    return (*first.rows, *(row for page in rest for row in page.rows))


@pytest.mark.req("S0-16")
def test_items_limits_and_shares_come_page_by_page(
    running: Practice, client: PlatformClient
) -> None:
    """What the practice catalogue says today is what the pages say for the hospital's area."""
    items: tuple[ListedItem, ...] = every(client, catalogue_items)
    limits: tuple[PriceLimit, ...] = every(client, price_limits)
    shares: tuple[FirstShare, ...] = every(client, first_shares)
    truth = {row["med_list_codg"]: row for row in running.call("GET", "catalogue")}
    assert {item.code: item.name for item in items} == {c: r["name"] for c, r in truth.items()}
    today = date(2023, 5, 2)
    for code, row in truth.items():
        limit = holding(limits, code, HERE, today)
        if limit is None or not limit.refuses:
            assert (limit and limit.limit.text()) == row["limit"]
        share = holding(shares, code, HERE, today)
        assert (share is not None) is (row["class"] == "02") or code.startswith("XM01AEA084")
    assert [item.code for item in items if item.restricted] == [
        code for code, row in truth.items() if row["restricted"]
    ]
    assert not next(item for item in items if item.code.startswith("XM01AEA084")).valid


@pytest.mark.parametrize(
    ("area", "day", "limit"),
    [
        ("430100", date(2023, 5, 2), "22"),
        ("430100", date(2022, 12, 31), "20"),
        ("430200", date(2023, 5, 2), "18"),
        ("430281", date(2022, 5, 2), "18"),
    ],
)
def test_the_closest_row_of_the_day_counts(
    client: PlatformClient, area: str, day: date, limit: str
) -> None:
    rows = every(client, price_limits, AreaCode(area))
    found = holding(rows, VISIT_FEE, AreaCode(area), day)
    assert found is not None
    assert found.limit == UnitPrice.parse(limit)
    assert holding(rows, "NOBODY", AreaCode(area), day) is None


def record(**changes: Any) -> dict[str, Any]:
    return {
        "hilist_code": "A",
        "hilist_lmtpric_type": "1",
        "overlmt_dspo_way": "1",
        "insu_admdvs": "430000",
        "begndate": "2021-01-01",
        "enddate": None,
        "hilist_pric_uplmt_amt": 12.5,
        "vali_flag": "1",
        "rid": "1",
        "updt_time": "2021-01-01",
        "crte_time": "2021-01-01",
        **changes,
    }


def limits_in(output: object) -> PageOf[PriceLimit]:
    body = json.dumps({"infcode": 0, "output": output}).encode()
    told = read_response(parse(body)).output_of(LIMITS)
    return price_limits(1, HERE).to_domain(told)


def test_rows_without_a_node_are_read_too() -> None:
    """H prints no node, captures have one."""
    alone, paged = limits_in([record()]), limits_in({"data": [record()], "pages": 3})
    assert alone.rows == paged.rows
    assert (alone.pages, paged.pages) == (1, 3)
    assert limits_in({}).rows == limits_in([]).rows == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"begndate": "soon"},
        {"enddate": "never"},
        {"insu_admdvs": "湖南"},
        {"hilist_pric_uplmt_amt": "12.5000001"},
        {"hilist_code": None},
    ],
)
def test_a_row_that_cannot_be_read_is_no_price(wrong: Mapping[str, Any]) -> None:
    with pytest.raises(Unreadable):
        limits_in([record(**wrong)])


# --- 5204 ----------------------------------------------------------------------------------------


@pytest.mark.req("S1-32", side="platform")
def test_the_lines_of_a_settlement(running: Practice, client: PlatformClient) -> None:
    running.catalogue("A", {"name": "甲药", "class": "01", "kind": "09", "limit": "20.00"})
    credential = replace(samples.CREDENTIAL, number=CERTNO, name="")
    person = accepted(client, identify.identify(credential))
    claim = Claim(person, person.insurances[0], credential, samples.VISIT)
    mdtrt_id: MdtrtId = accepted(client, registration.register(claim))
    accepted(client, registration.upload_visit(claim, mdtrt_id))
    line = replace(samples.LINE, national_code="A", amount=Money(2500))
    batch = settling.Batch(mdtrt_id, BatchNo("B1"), line.amount)
    (split,) = accepted(client, charges.upload_lines(claim, mdtrt_id, batch.number, [line]))
    shown = accepted(client, settling.preview(claim, batch, AccountUse.NONE))
    question = settling.settle(claim, batch, AccountUse.NONE, shown.split, "R1")
    settled = client.ask(question, next(MSGIDS))
    assert isinstance(settled, Accepted)
    setl_id = settled.value.setl_id
    assert setl_id is not None
    (detail,) = accepted(client, fee_details(claim.holder, mdtrt_id, setl_id))
    assert (detail.split, detail.code, detail.name) == (split, "A", "甲药")
    assert detail.charged_at == samples.LINE.time
    missing = client.query(fee_details(claim.holder, mdtrt_id, SetlId("1")))
    assert isinstance(missing, Refused)


def test_lines_of_another_settlement_are_not_ours() -> None:
    holder = samples.CLAIM.holder
    question = fee_details(holder, MdtrtId("V1"), SetlId("S1"))
    row = {"setl_id": "S1", "feedetl_sn": "1", "det_item_fee_sumamt": 1, "med_list_codg": "A"}
    for mdtrt_id, ours in (("V1", True), ("V2", False)):
        body = json.dumps({"infcode": 0, "output": [{**row, "mdtrt_id": mdtrt_id}]}).encode()
        told = read_response(parse(body)).output_of(question.transaction)
        assert question.is_ours(told, next(MSGIDS)) is ours
