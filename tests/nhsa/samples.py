"""One invented patient, visit and bill, and answers about them as the platform would write them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desktop.domain.charges import CareVisit, ChargeLine, Diagnosis, Trauma
from desktop.domain.credential import Credential, CredentialKind
from desktop.domain.identifiers import AreaCode, BatchNo, MdtrtId, Msgid, PsnNo, SetlId
from desktop.domain.money import Money
from desktop.domain.person import Insurance, Person
from desktop.domain.quantities import Quantity, UnitPrice
from desktop.domain.split import Split
from desktop.domain.times import CHINA
from desktop.nhsa.questions.claim import Claim
from desktop.nhsa.questions.settlement import Batch
from desktop.nhsa.site import Operator, PathStyle, Site

NOW = datetime(2023, 5, 2, 9, 30, tzinfo=CHINA)
MSGID = Msgid("H43010000001202305020930000100")
ID_NUMBER = "990000197001010018"
CARD_SN = "0123456789ABCDEF0123456789ABCDEF"
SITE = Site(
    url="http://127.0.0.1:1",
    path_style=PathStyle.SERVICE,
    fixmedins_code="H43010000001",
    name="演练医院",
    area=AreaCode("430100"),
    recer_sys_code="FSI_LOCAL",
    infver="V1.0",
)
OPERATOR = Operator("0001", "收费员", sign_no="S1")
INSURANCE = Insurance("310", AreaCode("370800"), "11", "1", Money(150_000), False, "")
PERSON = Person(
    psn_no=PsnNo("37080000000000000001"),
    name="李𠮷祥",
    cert_type="01",
    cert_no=ID_NUMBER,
    sex="1",
    birth=None,
    nation="01",
    age="53",
    insurances=(INSURANCE,),
)
CREDENTIAL = Credential(CredentialKind.ID_CARD, ID_NUMBER, name="李𠮷祥")
VISIT = CareVisit(
    visit_no="MZ0001",
    kind="11",
    began=datetime(2023, 5, 2, 9, tzinfo=CHINA),
    department_code="A03",
    department="内科",
    caty="A03",
    doctor_code="D430100000001",
    doctor_name="王医师",
    diagnoses=(Diagnosis("J06.900", "急性上呼吸道感染"), Diagnosis("I10.x00", "高血压")),
    disease="",
    emergency=False,
    trauma=Trauma.NONE,
    trauma_letter="",
)
LINE = ChargeLine(
    line_no="1",
    hospital_code="YP1",
    national_code="XA01ABD075A002010100001",
    name="药",
    kind="09",
    quantity=Quantity.parse("2"),
    price=UnitPrice.parse("12.5"),
    amount=Money(2500),
    time=datetime(2023, 5, 2, 9, 20, tzinfo=CHINA),
    approved=True,
    outside_prescription=False,
)
CLAIM = Claim(PERSON, INSURANCE, CREDENTIAL, VISIT)
BATCH = Batch(MdtrtId("M1"), BatchNo("B1"), Money(2500))
SETL_ID = SetlId("S9")
AGREED = Split(
    total=Money(2500),
    full_self_pay=Money(0),
    over_limit=Money(0),
    pre_self_pay=Money(250),
    in_scope=Money(2250),
    deductible=None,
    pooled_fund=Money(1125),
    pooled_rate=None,
    civil_servant_fund=None,
    company_fund=None,
    critical_illness_fund=None,
    large_amount_fund=None,
    disabled_fund=None,
    medical_aid=None,
    other_funds=None,
    fund_total=Money(1125),
    personal_part=Money(1375),
    account=Money(1000),
    family_account=None,
    cash=Money(375),
    hospital_part=Money(0),
    account_balance=None,
)


def setlinfo(**changes: object) -> dict[str, Any]:
    """``setlinfo`` of a 2207 that pays 11.25 of 25.00, as JSON numbers and text."""
    return {
        "mdtrt_id": "M1",
        "setl_id": SETL_ID,
        "psn_no": PERSON.psn_no,
        "psn_name": PERSON.name,
        "insutype": "310",
        "psn_type": "11",
        "med_type": "11",
        "setl_time": "2023-05-02 09:30:05",
        "medfee_sumamt": "25.00",
        "fulamt_ownpay_amt": 0,
        "overlmt_selfpay": 0,
        "preselfpay_amt": 2.5,
        "inscp_scp_amt": 22.5,
        "act_pay_dedc": 0,
        "hifp_pay": "11.25",
        "pool_prop_selfpay": 0.5,
        "fund_pay_sumamt": 11.25,
        "psn_part_amt": 13.75,
        "acct_pay": 10,
        "psn_cash_pay": 3.75,
        "hosp_part_amt": 0,
        "balc": 1490,
        "acct_mulaid_pay": None,
        "medins_setl_id": MSGID,
        "clr_optins": "370899",
        "brand_new_field": [1],
        **changes,
    }


def answer(output: object, **changes: object) -> dict[str, Any]:
    """The envelope of a yes around ``output``."""
    return {
        "infcode": 0,
        "inf_refmsgid": "430100202305020930050000000001",
        "refmsg_time": "20230502093005001",
        "respond_time": "20230502093005123",
        "err_msg": None,
        "output": output,
        **changes,
    }


def settled(**changes: object) -> dict[str, Any]:
    """The whole answer of a 2207 that was booked."""
    rows = [{"fund_pay_type": "310100", "fund_payamt": 11.25, "crt_payb_lmt_amt": "2000"}]
    return answer({"setlinfo": setlinfo(**changes), "setldetail": rows})
