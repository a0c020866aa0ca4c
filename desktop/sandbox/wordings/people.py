"""How insured areas word a no about a person, a filing, a disease: with codes and without.

Areas and releases word the same thing differently, and surround it with what their systems add
(:mod:`desktop.sandbox.wordings.dialects`); a desk lives on these texts alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.sandbox.reasons import Reason

PEOPLE_WORDINGS: Final[Mapping[Reason, tuple[str, ...]]] = MappingProxyType(
    {
        Reason.AREA_NOT_CONNECTED: (
            "FSI-参保地[{area}]尚未接入国家异地就医结算平台[fsiRouteBO_2131]",
            "FSI-调用参保地系统失败：参保地{area}未开通跨省直接结算[fsiRouteBO_2132]",
            "参保地{area}未接入跨省异地就医管理子系统，请自费结算后回参保地报销",
        ),
        Reason.AREA_NOT_OPEN: (
            "FSI-参保地尚未开通普通门诊费用跨省直接结算，开通日期{day}[trtPayPolicyBO_521]",
            "参保地自{day}起开展门诊跨省直接结算，参保地当前未开通",
        ),
        Reason.AREA_WITHOUT_RULES: (
            "FSI-参保地未开通普通门诊费用跨省直接结算[trtPayPolicyBO_501]",
            "FSI-未找到参保地待遇支付政策[trtPayPolicyBO_502]",
        ),
        Reason.INSURANCE_NOT_ACTIVE: (
            "FSI-人员参保状态不正常，不能享受医保待遇[psnInsuBO_611]",
            "FSI-参保状态异常(psn_insu_stas={status})，不允许办理就医登记[psnInsuBO_613]",
            "该人员参保状态不符合待遇享受条件，请核实",
        ),
        Reason.INSURANCE_PAUSED: (
            "FSI-该参保人已暂停参保，请联系参保地[psnInsuBO_612]",
            "FSI-参保状态异常(psn_insu_stas=2)，不允许办理就医登记[psnInsuBO_613]",
            "参保关系处于中断状态，本次就诊不享受医保待遇",
            "人员停保，待遇不享受！",
        ),
        Reason.INSURANCE_ENDED: (
            "FSI-该参保人参保关系已终止[psnInsuBO_614]",
            "FSI-参保状态异常(psn_insu_stas=4)，不允许办理就医登记[psnInsuBO_613]",
            "人员在本统筹区参保关系已转出，请到现参保地办理",
        ),
        Reason.INSURANCE_INVALID: (
            "FSI-未查询到该人员有效的参保记录[psnInsuBO_615]",
            "FSI-参保状态异常(psn_insu_stas={status})，不允许办理就医登记[psnInsuBO_613]",
            "人员未参保或参保记录无效",
        ),
        Reason.BENEFIT_WAITING: (
            "FSI-待遇享受开始日期{day}晚于本次就诊日期[psnInsuBO_621]",
            "该人员恢复参保未满待遇等待期，{day}起享受待遇",
            "人员处于医保待遇等待期内",
        ),
        Reason.INPATIENT: (
            "FSI-该人员存在未出院的住院登记信息，不能办理门诊结算[inHospBO_701]",
            "FSI-参保人正在住院，住院期间不能享受门诊待遇[inHospBO_702]",
            "人员在院状态，门诊统筹不予支付",
            "该患者有在院记录(住院登记未办理出院登记)，不允许门诊联网结算",
        ),
        Reason.PERSON_SUSPENDED: (
            "FSI-该参保人已被暂停医疗费用联网结算[psnLockBO_801]",
            "FSI-人员待遇封锁，暂不能直接结算，请联系参保地经办机构[psnLockBO_802]",
            "该人员已被参保地暂停异地就医直接结算",
            "人员账户已冻结，请联系参保地",
        ),
        Reason.NOT_FILED: (
            "FSI-未查询到有效的异地就医备案信息[outMedRecordBO_901]",
            "FSI-该参保人未办理跨省异地就医备案[outMedRecordBO_902]",
            "FSI-无异地备案记录，请先办理异地就医备案手续[outMedRecordBO_903]",
            "人员未备案，不能享受异地就医待遇",
            "异地就医备案信息不存在!",
        ),
        Reason.FILED_ELSEWHERE: (
            "FSI-备案就医地[{area}]与本次就医地不一致[outMedRecordBO_911]",
            "FSI-异地备案的就医地为{area}，不能在本地结算[outMedRecordBO_912]",
            "本次就医地不在备案地区范围内(备案{area})",
        ),
        Reason.FILED_INSTITUTION: (
            "FSI-备案的定点医疗机构[{institution}]与本次就诊机构不一致[outMedRecordBO_913]",
            "本机构不是备案定点医院，备案选定医院为{institution}",
            "未在备案的定点医疗机构就医",
        ),
        Reason.FILING_NOT_YET: (
            "FSI-就诊时间早于备案开始日期{day}[outMedRecordBO_921]",
            "FSI-备案自{day}起生效，本次就诊不在备案有效期内[outMedRecordBO_922]",
            "异地就医备案尚未生效，生效日期：{day}",
        ),
        Reason.FILING_ENDED: (
            "FSI-异地就医备案已于{day}到期[outMedRecordBO_931]",
            "FSI-备案已失效(截止{day})，请重新备案[outMedRecordBO_932]",
            "备案结束日期{day}早于就诊日期",
        ),
        Reason.FILING_PENDING: (
            "FSI-异地就医备案待审核，审核通过后方可结算[outMedRecordBO_941]",
            "备案变更申请正在审核，请联系参保地经办机构",
        ),
        Reason.CHRONIC_NOT_FILED: (
            "FSI-未办理门诊慢特病跨省异地就医备案[opspRegBO_221]",
            "该人员无慢特病异地备案信息，请向参保地申请",
            "门诊慢特病异地就医未备案",
        ),
        Reason.POOL_MISSING: (
            "FSI-参保地未开展普通门诊统筹，仅可使用个人账户[trtPayPolicyBO_511]",
            "FSI-该参保地无门诊统筹待遇[trtPayPolicyBO_512]",
            "统筹区未建立门诊统筹制度，限使用个人账户",
        ),
        Reason.EMERGENCY_MARK_MISSING: (
            "FSI-医疗类别为急诊时门诊急诊转诊标志OTP_ER_REFL_FLAG应为1或3[outMedExpBO_101]",
            "FSI-急诊就诊未传入有效的OTP_ER_REFL_FLAG[outMedExpBO_102]",
            "急诊抢救标识为空，请上传急诊标识",
        ),
        Reason.TRAUMA_MARK_MISSING: (
            "FSI-外伤标志为1时涉及第三方标志REL_TTP_FLAG不能为空[outMedExpBO_111]",
            "FSI-外伤就诊未说明是否涉及第三方(REL_TTP_FLAG)[outMedExpBO_112]",
            "外伤患者未填写第三方责任标志",
        ),
        Reason.TRAUMA_LETTER_MISSING: (
            "FSI-外伤患者未上传《外伤无第三方责任承诺书》编号[outMedExpBO_131]",
            "请参保人员签署外伤无第三方责任承诺书后再结算",
            "未查询到外伤无第三方责任承诺书，不予直接结算",
        ),
        Reason.THIRD_PARTY: (
            "FSI-外伤涉及第三方责任，医保基金不予支付[outMedExpBO_121]",
            "FSI-第三方责任外伤费用不能办理直接结算[outMedExpBO_122]",
            "应当由第三人负担的医疗费用不纳入基金支付范围，存在第三方责任",
        ),
        Reason.DISEASE_MISSING: (
            "FSI-门诊慢特病结算病种编码dise_codg不能为空[opspRegBO_201]",
            "FSI-医疗类别为门诊慢特病时必须传入病种编码[opspRegBO_202]",
            "门诊慢特病就诊未选择病种，请核对",
        ),
        Reason.DISEASE_NOT_RECOGNISED: (
            "FSI-未查询到该人员的慢特病备案信息[{disease}][opspRegBO_211]",
            "FSI-人员无病种{disease}的门诊慢特病资格或资格已失效[opspRegBO_212]",
            "该人员没有{disease}病种认定信息",
        ),
        Reason.DISEASE_ENDED: (
            "FSI-病种{disease}的慢特病资格已于{day}到期[opspRegBO_213]",
            "门诊慢特病{disease}认定已过期({day})，请复审",
        ),
        Reason.DISEASE_NOT_COVERED: (
            "FSI-病种{disease}不在门诊慢特病跨省直接结算范围内[opspRegBO_231]",
            "参保地未开通病种{disease}的异地直接结算",
        ),
        Reason.CHRONIC_NOT_OPEN: (
            "FSI-参保地未开通门诊慢特病费用跨省直接结算[opspRegBO_241]",
            "门诊慢特病暂不支持跨省直接结算，参保地开通日期为{day}",
        ),
    }
)
