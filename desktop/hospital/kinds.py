"""What a field of the charges file may hold, one :class:`Kind` each."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Generic, TypeVar

from msgspec import Struct

from desktop.domain.charges import Trauma
from desktop.domain.identifiers import BadIdentifier, IdNumber
from desktop.domain.money import ZERO, Money
from desktop.domain.names import standard
from desktop.domain.quantities import Quantity, UnitPrice
from desktop.domain.times import in_china
from desktop.hospital.record import Number

T = TypeVar("T")

_AMOUNT = re.compile(r"[0-9]{1,14}\.[0-9]{2}")
_PRICE = re.compile(r"[0-9]{1,10}(\.[0-9]{1,6})?")
_QUANTITY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\+08:00)?")
_CARE_KIND = re.compile(r"[0-9]{2,6}")
_DEPARTMENT = re.compile(r"A[0-9]{2}(\.[0-9]{2}){0,2}")
_LINE_KINDS = frozenset(f"{kind:02d}" for kind in range(1, 15))
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_NO_TIME = in_china(datetime.min)  # noqa: DTZ901 - in_china gives it its zone


class Wrong(Exception):
    """A value that its field cannot hold; the text is for the person at the hospital's system."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Kind(Struct, Generic[T], frozen=True):
    """How to read one kind of field; ``read`` raises :class:`Wrong`."""

    read: Callable[[object], T]
    stand_in: T
    """Takes the place of a faulty value, so that reading goes on to the next fault."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong("必须是文本，请加上引号" if isinstance(value, Number) else "必须是文本")
    text = standard(value.strip())
    if not text:
        raise Wrong("不能为空，请填写")
    if _is_damaged(text):
        raise Wrong("有控制字符、换行或乱码，请改正")
    return text


def _is_damaged(text: str) -> bool:
    from unicodedata import category

    return _REPLACEMENT in text or any(category(one) in ("Cc", "Cs") for one in text)


def text(longest: int) -> Kind[str]:
    """Text of at most ``longest`` characters; private-use characters are made standard."""

    def read(value: object) -> str:
        found = _text(value)
        if len(found) > longest:
            raise Wrong(f"太长，最多 {longest} 个字")
        return found

    return Kind(read, "")


def _matching(value: object, pattern: re.Pattern[str], message: str) -> str:
    found = _text(value)
    if not pattern.fullmatch(found):
        raise Wrong(message)
    return found


def _amount(value: object) -> Money:
    message = "金额要写成两位小数的元，例如 25.00，不能为负"
    return Money.parse(_matching(value, _AMOUNT, message))


def _price(value: object) -> UnitPrice:
    message = "单价最多十位整数、六位小数，例如 12.500000，不能为负"
    return UnitPrice.parse(_matching(value, _PRICE, message))


def _quantity(value: object) -> Quantity:
    message = "数量要大于零，最多四位小数，例如 2.0000；退费请走整单退费"
    quantity = Quantity.parse(_matching(value, _QUANTITY, message))
    if not quantity.value:
        raise Wrong(message)
    return quantity


def _date(value: object) -> date:
    message = "日期要写成 2023-05-02 的样子，并且真有这一天"
    try:
        return date.fromisoformat(_matching(value, _DATE, message))
    except ValueError:
        raise Wrong(message) from None


def _moment(value: object) -> datetime:
    message = "时间要写成 2023-05-02T09:20:00 的样子（北京时间）"
    try:
        return in_china(datetime.fromisoformat(_matching(value, _MOMENT, message)))
    except ValueError:
        raise Wrong(message) from None


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Wrong("请填 true 或 false")
    return value


def _one_to(value: object, highest: int, message: str) -> int:
    if not isinstance(value, Number) or not re.fullmatch("[1-9][0-9]{0,8}", value.text):
        raise Wrong(message)
    number = int(value.text)
    if number > highest:
        raise Wrong(message)
    return number


def _version(value: object) -> int:
    return _one_to(value, 1, "请写 1（不加引号）；本程序只认得第 1 版收费文件")


def _revision(value: object) -> int:
    return _one_to(value, 999_999_999, "请写从 1 开始的整数（不加引号）")


def _sex(value: object) -> str:
    found = _text(value)
    if found not in ("1", "2"):
        raise Wrong("性别请填 1（男）或 2（女）")
    return found


def _care_kind(value: object) -> str:
    return _matching(value, _CARE_KIND, "医疗类别要填代码，例如 11 普通门诊、13 急诊、14 慢特病")


def _line_kind(value: object) -> str:
    found = _text(value)
    if found not in _LINE_KINDS:
        raise Wrong("收费项目类别要填两位代码 01 到 14，例如 09 西药")
    return found


def _department(value: object) -> str:
    message = "科别要填国家诊疗科目代码，例如 A03 内科、A03.01 呼吸内科、A20 急诊医学科"
    return _matching(value, _DEPARTMENT, message)


def _trauma(value: object) -> Trauma:
    found = _text(value)
    if found not in set(Trauma):
        raise Wrong("外伤请填 none、no-third-party 或 third-party")
    return Trauma(found)


def _id_number(value: object) -> str:
    """公民身份号码 with a right check digit, in its standard form."""
    try:
        return IdNumber.parse(_text(value)).number
    except BadIdentifier:
        message = "身份证号不对（18 位、校验位、出生日期），请核对；没有身份证的人留空"
        raise Wrong(message) from None


CODE = text(30)
SHORT_CODE = text(20)
NATIONAL_CODE = text(50)
HOSPITAL_CODE = text(150)
WORDS = text(200)
DIAGNOSIS = text(100)
SHORT_WORDS = text(50)
AMOUNT = Kind(_amount, ZERO)
PRICE = Kind(_price, UnitPrice.parse("0"))
QUANTITY = Kind(_quantity, Quantity.parse("0"))
DATE = Kind(_date, date.min)
MOMENT = Kind(_moment, _NO_TIME)
FLAG = Kind(_flag, False)
VERSION = Kind(_version, 0)
REVISION = Kind(_revision, 0)
SEX = Kind(_sex, "")
CARE_KIND = Kind(_care_kind, "")
DEPARTMENT = Kind(_department, "")
LINE_KIND = Kind(_line_kind, "")
TRAUMA = Kind(_trauma, Trauma.NONE)
ID_NUMBER = Kind(_id_number, "")
