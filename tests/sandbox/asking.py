"""Asks the platform as a desk does: whole messages, by bytes, of invented people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any, Protocol

from desktop.domain.quantities import Quantity, UnitPrice, line_amount

HOSPITAL = "H43010000001"
AREA = "370800"
CHANGSHA = "430100"


class Line(Protocol):
    """Whatever carries a body there and the answer back."""

    def __call__(self, infno: str, body: bytes, /) -> Mapping[str, Any]: ...


class No(Exception):
    """A refusal; ``text`` is the ``err_msg``."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass
class Desk:
    """A desk with one station; amounts are text in yuan."""

    line: Line
    hospital: str = HOSPITAL
    care_area: str = CHANGSHA
    counter: Any = field(default_factory=lambda: count(1))
    sign_no: str = ""

    def msgid(self) -> str:
        return f"{self.hospital}20230502090000{next(self.counter):04d}"

    def envelope(self, infno: str, area: str, nodes: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "infno": infno,
            "msgid": self.msgid(),
            "mdtrtarea_admvs": self.care_area,
            "insuplc_admdvs": area,
            "recer_sys_code": "01",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "001",
            "opter_name": "操作员",
            "inf_time": "2023-05-02 09:00:00",
            "fixmedins_code": self.hospital,
            "fixmedins_name": "演练医院",
            "sign_no": self.sign_no,
            "input": nodes,
        }

    def send(self, envelope: Mapping[str, Any]) -> Mapping[str, Any]:
        """The whole answer."""
        body = json.dumps(envelope, ensure_ascii=False).encode()
        return self.line(str(envelope["infno"]), body)

    def ask(self, infno: str, area: str, **nodes: Any) -> Mapping[str, Any]:
        """The output; raises :class:`No`."""
        answer = self.send(self.envelope(infno, area, nodes))
        if str(answer.get("infcode")) != "0":
            raise No(str(answer.get("err_msg")))
        return answer["output"] or {}


def amount(price: str, quantity: str = "1") -> str:
    return line_amount(UnitPrice.parse(price), Quantity.parse(quantity)).yuan()


def diagnoses(*codes: str, at: str = "2023-05-02 09:00:00") -> list[dict[str, Any]]:
    """``diseinfo`` of 2203, the main one first."""
    return [
        {
            "diag_type": "1",
            "diag_srt_no": number,
            "diag_code": code,
            "diag_name": code,
            "diag_dept": "内科",
            "dise_dor_no": "D430100000001",
            "dise_dor_name": "白大夫",
            "diag_time": at,
            "vali_flag": "1",
        }
        for number, code in enumerate(codes, 1)
    ]


@dataclass
class Patient:
    """A visit under way: what the desk must repeat from message to message."""

    desk: Desk
    psn_no: str
    certno: str
    insutype: str = "310"
    area: str = AREA
    began: str = "2023-05-02 09:00:00"
    med_type: str = "11"
    flags: Mapping[str, str] = field(default_factory=dict)
    disease: str = ""
    mdtrt_id: str = ""
    visit_no: str = ""
    credential: tuple[str, str] = ("", "")
    lines: int = 0

    @property
    def cert(self) -> dict[str, str]:
        kind, number = self.credential if self.credential[0] else ("02", self.certno)
        return {"mdtrt_cert_type": kind, "mdtrt_cert_no": number}

    @property
    def extension(self) -> str:
        return json.dumps(dict(self.flags)) if self.flags else ""

    def ask(self, infno: str, **nodes: Any) -> Mapping[str, Any]:
        return self.desk.ask(infno, self.area, **nodes)

    def register(self, **changes: Any) -> str:
        self.visit_no = self.visit_no or f"MZ{next(self.desk.counter)}"
        data = {
            "psn_no": self.psn_no,
            "insutype": self.insutype,
            "begntime": self.began,
            **self.cert,
            "ipt_otp_no": self.visit_no,
            "atddr_no": "D430100000001",
            "dr_name": "白大夫",
            "dept_code": "A03",
            "dept_name": "内科",
            "caty": "A03",
        }
        self.mdtrt_id = str(self.ask("2201", data={**data, **changes})["data"]["mdtrt_id"])
        return self.mdtrt_id

    def withdraw(self, **changes: Any) -> None:
        data = {"psn_no": self.psn_no, "mdtrt_id": self.mdtrt_id, "ipt_otp_no": self.visit_no}
        self.ask("2202", data={**data, **changes})

    def upload_visit(self, **changes: Any) -> None:
        info = {
            "mdtrt_id": self.mdtrt_id,
            "psn_no": self.psn_no,
            "med_type": self.med_type,
            "begntime": self.began,
            "dise_codg": self.disease,
            "dise_name": self.disease,
            "exp_content": self.extension,
        }
        found = changes.pop("diseinfo", diagnoses("J06.900", at=self.began))
        self.ask("2203", mdtrtinfo={**info, **changes}, diseinfo=found)

    def row(
        self, batch: str, item: str, price: str, quantity: str = "1", **changes: Any
    ) -> dict[str, Any]:
        self.lines += 1
        return {
            "feedetl_sn": str(self.lines),
            "mdtrt_id": self.mdtrt_id,
            "psn_no": self.psn_no,
            "chrg_bchno": batch,
            "dise_codg": self.disease,
            "rx_circ_flag": "0",
            "fee_ocur_time": self.began,
            "med_list_codg": item,
            "medins_list_codg": item,
            "det_item_fee_sumamt": Decimal(amount(price, quantity)).__float__(),
            "cnt": quantity,
            "pric": price,
            "bilg_dept_codg": "A03",
            "bilg_dept_name": "内科",
            "bilg_dr_codg": "D430100000001",
            "bilg_dr_name": "白大夫",
            "hosp_appr_flag": "1",
            **changes,
        }

    def upload(self, *rows: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return list(self.ask("2204", feedetail=list(rows))["result"])

    def remove(self, batch: str) -> None:
        data = {"mdtrt_id": self.mdtrt_id, "chrg_bchno": batch, "psn_no": self.psn_no}
        self.ask("2205", data=data)

    def question(self, batch: str, total: str, use: str = "0") -> dict[str, Any]:
        return {
            "psn_no": self.psn_no,
            **self.cert,
            "med_type": self.med_type,
            "medfee_sumamt": total,
            "psn_setlway": "01",
            "mdtrt_id": self.mdtrt_id,
            "chrg_bchno": batch,
            "acct_used_flag": use,
            "insutype": self.insutype,
            "exp_content": self.extension,
        }

    def preview(self, batch: str, total: str, use: str = "0", **changes: Any) -> Mapping[str, Any]:
        return self.ask("2206", data={**self.question(batch, total, use), **changes})

    def settle(
        self, shown: Mapping[str, Any], batch: str, use: str = "0", **changes: Any
    ) -> Mapping[str, Any]:
        """2207 with the amounts of the 2206 that was shown."""
        return self.ask("2207", data={**self.settling(shown, batch, use), **changes})

    def settling(self, shown: Mapping[str, Any], batch: str, use: str = "0") -> dict[str, Any]:
        info = shown["setlinfo"]
        copied = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
        question = self.question(batch, str(info["medfee_sumamt"]), use)
        return {**question, **{name: str(info[name]) for name in copied}}

    def cancel(self, setl_id: str) -> Mapping[str, Any]:
        data = {"setl_id": setl_id, "mdtrt_id": self.mdtrt_id, "psn_no": self.psn_no}
        return self.ask("2208", data=data)

    def reverse(self, omsgid: str, oinfno: str = "2207") -> None:
        data = {"psn_no": self.psn_no, "omsgid": omsgid, "oinfno": oinfno}
        self.ask("2601", data=data)

    def find(self, setl_id: str, **changes: Any) -> Mapping[str, Any]:
        """``setlinfo`` of 5203."""
        data = {"psn_no": self.psn_no, "setl_id": setl_id, "mdtrt_id": self.mdtrt_id}
        found: Mapping[str, Any] = self.ask("5203", data={**data, **changes})["setlinfo"]
        return found

    def open(self) -> Patient:
        """Registered with its visit data."""
        self.register()
        self.upload_visit()
        return self

    def whole(self, batch: str, *rows: Mapping[str, Any], use: str = "0") -> Mapping[str, Any]:
        """2204, 2206 and 2207 of one batch."""
        split = self.upload(*rows)
        total = sum((Decimal(str(row["det_item_fee_sumamt"])) for row in split), Decimal(0))
        return self.settle(self.preview(batch, f"{total:.2f}", use), batch, use)


def business(text: str = "2023-05-02 09:30:00") -> datetime:
    return datetime.fromisoformat(text)
