"""Chinese words for the platform's codes. The code tables are open: unknown codes stay raw."""

from __future__ import annotations

from types import MappingProxyType

from desktop.domain.charges import Trauma
from desktop.domain.credential import CredentialKind
from desktop.domain.person import FilingGroup

CHARGE_KINDS = MappingProxyType(
    {
        "01": "床位费",
        "02": "诊察费",
        "03": "检查费",
        "04": "化验费",
        "05": "治疗费",
        "06": "手术费",
        "07": "护理费",
        "08": "卫生材料费",
        "09": "西药费",
        "10": "中药饮片费",
        "11": "中成药费",
        "12": "一般诊疗费",
        "13": "挂号费",
        "14": "其他费用",
    }
)
"""``med_chrgitm_type``."""

INSURANCES = MappingProxyType(
    {"310": "职工基本医疗保险", "390": "城乡居民基本医疗保险", "340": "离休人员医疗保障"}
)
"""``insutype``."""

CARE_KINDS = MappingProxyType(
    {"11": "普通门诊", "12": "门诊挂号", "13": "急诊", "14": "门诊慢特病"}
)
"""``med_type``."""

SEXES = MappingProxyType({"1": "男", "2": "女", "9": "未说明"})
"""``gend``."""

CREDENTIALS = MappingProxyType(
    {
        CredentialKind.VOUCHER: "医保电子凭证",
        CredentialKind.ID_CARD: "居民身份证",
        CredentialKind.SOCIAL_SECURITY_CARD: "社会保障卡",
    }
)

FILING_GROUPS = MappingProxyType({FilingGroup.LONG: "长期居住", FilingGroup.TEMP: "临时外出"})

TRAUMA = MappingProxyType(
    {Trauma.NO_THIRD_PARTY: "外伤（无第三方责任）", Trauma.THIRD_PARTY: "外伤（涉及第三方）"}
)

_PERSON_CLASSES = MappingProxyType(
    {
        "11": "在职",
        "12": "退休",
        "13": "离休",
        "14": "居民（未成年）",
        "15": "居民（成年）",
        "16": "居民（老年）",
    }
)


def person_class(code: str) -> str:
    """``psn_type`` by its first two digits."""
    return _PERSON_CLASSES.get(code[:2], code)
