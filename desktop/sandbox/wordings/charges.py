"""The texts of what the care place says of lines, its catalogue, files and chosen institutions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.sandbox.reasons import Reason

CHARGE_WORDINGS: Final[Mapping[Reason, tuple[str, ...]]] = MappingProxyType(
    {
        Reason.ITEM_ENDED: (
            "FSI-明细{feedetl_sn}的医保目录编码{code}在费用发生时间{day}无有效目录[outpatientFeeListBO_323]",
            "FSI-明细{feedetl_sn}：{name}[{code}]于{day}不在目录有效期内[outpatientFeeListBO_324]",
        ),
        Reason.LINE_DUPLICATE: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]{why}[medDetlAuditBO_11]",
            "FSI-费用明细审核未通过，明细{feedetl_sn}疑似重复收费：{name}，{why}[medDetlAuditBO_12]",
        ),
        Reason.LINE_UNDECIDED: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]未经医院审批，{why}[medDetlAuditBO_21]",
            (
                "FSI-限制使用药品{name}的医院审批标志(hosp_appr_flag)不能为0，"
                "明细{feedetl_sn}：{why}[medDetlAuditBO_22]"
            ),
        ),
        Reason.LINE_LIMITED_USE: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]不符合限制使用范围，{why}[medDetlAuditBO_31]",
            "FSI-限制使用药品{name}与诊断不符，明细{feedetl_sn}：{why}[medDetlAuditBO_32]",
        ),
        Reason.LINE_OVER_LIMIT: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]单价超过最高限价{limit}[medDetlAuditBO_41]",
            "FSI-{name}的单价高于医保目录限价{limit}，明细{feedetl_sn}不予受理[medDetlAuditBO_42]",
        ),
        Reason.LINE_TOO_MANY: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]数量超限，{why}[medDetlAuditBO_51]",
            "FSI-费用明细审核未通过，明细{feedetl_sn}的数量不合理：{name}，{why}[medDetlAuditBO_52]",
        ),
        Reason.LINE_DAY_TOO_MANY: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]当日累计数量超限，{why}[medDetlAuditBO_61]",
            "FSI-{name}当日收费次数超限，明细{feedetl_sn}：{why}[medDetlAuditBO_62]",
        ),
        Reason.LINE_EXCLUDED: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]与同日其他项目互斥，{why}[medDetlAuditBO_71]",
            "FSI-费用明细审核未通过，明细{feedetl_sn}属重复收费项目组合：{name}，{why}[medDetlAuditBO_72]",
        ),
        Reason.LINE_OTHER_SEX: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]与参保人性别不符，{why}[medDetlAuditBO_81]",
            "FSI-{name}{why}，明细{feedetl_sn}与患者性别不一致[medDetlAuditBO_82]",
        ),
        Reason.LINE_LEVEL: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]超出医院级别，{why}[medDetlAuditBO_91]",
            "FSI-本机构级别不能使用{name}，明细{feedetl_sn}：{why}[medDetlAuditBO_92]",
        ),
        Reason.LINE_TOO_LONG: (
            "FSI-明细{feedetl_sn}审核不通过：{name}[{code}]用药天数超限，{why}[medDetlAuditBO_101]",
            "FSI-{name}的周期天数(prd_days)超限，明细{feedetl_sn}：{why}[medDetlAuditBO_102]",
        ),
        Reason.FILE_ELSEWHERE: (
            "FSI-文件[{number}]不属于该定点医药机构[fileUploadBO_31]",
            "FSI-目录文件下载时fixmedins_code应传plc[fileUploadBO_32]",
        ),
        Reason.DICTIONARY_UNKNOWN: (
            "FSI-字典类型[{type}]不存在[dataDicBO_11]",
            "FSI-未查询到字典类型{type}的字典数据[dataDicBO_12]",
        ),
        Reason.DESIGNATION_REPEATED: (
            "FSI-该人员已有有效的定点登记信息，不能重复登记[psnFixRegBO_11]",
            "FSI-定点排序号{order}在有效期内已登记定点医药机构[psnFixRegBO_12]",
        ),
    }
)
