"""What brings a patient to the hospital that day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from desktop.domain.charges import CHRONIC, EMERGENCY
from desktop.nhsa.messages.wire import JsonText
from desktop.sandbox.insured_place.diseases import CHRONIC as DISEASES
from desktop.sandbox.insured_place.diseases import disease_name
from desktop.sandbox.model import Person
from desktop.sandbox.play.chance import Chance

ORDINARY: Final = "11"
_COMMON: Final = (
    ("J06.900", "急性上呼吸道感染"),
    ("K29.500", "慢性胃炎"),
    ("M54.500", "腰痛"),
    ("L30.900", "皮炎"),
    ("H10.900", "结膜炎"),
    ("R10.400", "腹痛"),
    ("I10.x00", "高血压"),
    ("E11.900", "2型糖尿病"),
)
_URGENT: Final = (("R07.400", "胸痛"), ("R50.900", "发热"), ("T78.400", "过敏反应"))
_INJURIES: Final = (("S93.400", "踝关节扭伤"), ("S61.900", "手部开放性伤口"))
_BY_DISEASE: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "M03900": ("I10.x00", "高血压"),
        "M01600": ("E11.900", "2型糖尿病"),
        "M00500": ("C34.900", "肺恶性肿瘤"),
        "M07801": ("N18.500", "慢性肾脏病5期"),
        "M06900": ("M06.900", "类风湿关节炎"),
        "M04600": ("I25.100", "冠心病"),
        "M07200": ("M45.x00", "强直性脊柱炎"),
    }
)


@dataclass(frozen=True, slots=True)
class Care:
    """Kind of care with its disease, diagnosis and cross-province flags."""

    med_type: str
    diagnosis: tuple[str, str]
    """Code and name."""
    disease: str = ""
    flags: tuple[tuple[str, str], ...] = ()

    @property
    def disease_name(self) -> str:
        return disease_name(self.disease) if self.disease else ""

    @property
    def extension(self) -> JsonText | None:
        """``exp_content``."""
        return JsonText(json.dumps(dict(self.flags))) if self.flags else None


def todays_care(who: Person, chance: Chance) -> Care:
    """What this person comes for: most for nothing special, some with what gets refused."""
    if who.chronic and chance.happens(0.55):
        return _chronic(who.chronic[0].disease)
    if chance.happens(0.006):
        return _chronic(chance.one_of(sorted(DISEASES)))
    if chance.happens(0.045):
        mark = (("OTP_ER_REFL_FLAG", "1"),) if chance.happens(0.93) else ()
        return Care(EMERGENCY, chance.one_of(_URGENT), flags=mark)
    if chance.happens(0.02):
        return _injury(chance)
    return Care(ORDINARY, chance.one_of(_COMMON))


def _chronic(disease: str) -> Care:
    diagnosis = _BY_DISEASE.get(disease, ("Z51.900", "慢性病随诊"))
    return Care(CHRONIC, diagnosis, disease)


def _injury(chance: Chance) -> Care:
    """Sometimes another answers for it, sometimes nobody asked."""
    third_party = chance.weighed({"0": 0.8, "1": 0.12, "": 0.08})
    told = (("REL_TTP_FLAG", third_party),) if third_party else ()
    return Care(ORDINARY, chance.one_of(_INJURIES), flags=(("TRUM_FLAG", "1"), *told))
