"""门诊慢特病 that settle across provinces (benefits.md 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CHRONIC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "M03900": "高血压",
        "M01600": "糖尿病",
        "M00500": "恶性肿瘤门诊治疗",
        "M07801": "尿毒症透析",
        "M08300": "器官移植术后抗排异治疗",
        "M05300": "慢性阻塞性肺疾病",
        "M06900": "类风湿关节炎",
        "M04600": "冠心病",
        "M00200": "病毒性肝炎",
        "M07200": "强直性脊柱炎",
    }
)


def disease_name(code: str) -> str:
    """The name of a disease; an area's own code is named by itself."""
    return CHRONIC.get(code, f"门诊慢特病{code}")
