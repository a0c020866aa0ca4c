"""Texts as other platforms would word them, written by hand: what each means, and near misses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.whys import Why

W = Why

MEANT: Final[Mapping[W, tuple[str, ...]]] = {
    W.NOT_FILED: (
        "未查到该患者的异地就医备案登记，请先备案后再结算",
        "E0023:无跨省备案",
        "参保人员未进行异地就医备案",
        "异地就医 备案信息 不存在",
        "没有有效的备案记录",
        "请先办理异地就医备案",
        "msg=人员未备案;data=null",
        "急诊抢救人员未备案，请先备案",
        "java.lang.RuntimeException: 备案信息为空",
    ),
    W.FILING_NOT_YET: (
        "备案开始时间2023-06-01晚于就诊时间",
        "该人员异地备案尚未生效",
        "费用发生日期早于备案起始日",
    ),
    W.FILING_ENDED: (
        "异地就医备案已过期",
        "该备案信息已注销",
        "异地安置备案已到期，请重新办理",
        "备案结束日期小于就诊日期",
    ),
    W.FILING_OUTSIDE: ("就诊日期不在备案有效期", "本次费用不在异地备案的有效期限内"),
    W.FILING_PENDING: ("该异地备案申请待审核", "异地就医备案审核未通过", "备案变更正在审核中"),
    W.FILED_ELSEWHERE: (
        "备案地与就医地不一致！",
        "就医地430100与备案地440300不符",
        "本次就医不在备案地范围",
        "备案城市:深圳市,与当前就医城市不匹配",
        "超出备案区域",
    ),
    W.FILED_INSTITUTION: (
        "非备案定点医院就诊",
        "本院不是该参保人备案医院",
        "备案医疗机构与就诊医疗机构不一致",
        "选定的医疗机构为H43010000002，不是本次就诊机构",
    ),
    W.CHRONIC_NOT_FILED: (
        "该患者门慢特跨省备案未办理：未查询到慢特病跨省备案",
        "门诊慢特病异地就医尚未备案",
        "缺少慢性病异地就医备案",
        "无特殊病异地备案记录",
    ),
    W.CHRONIC_NOT_RECOGNISED: (
        "患者无门诊慢特病认定",
        "未查询到病种M03900的资格信息",
        "该参保人未通过门诊慢特病鉴定：慢特病未鉴定",
        "没有门慢登记",
        "慢特病备案信息为空",
    ),
    W.CHRONIC_ENDED: ("高血压慢特病资格已到期", "门慢待遇过期", "病种M01600认定已终止"),
    W.CHRONIC_NOT_COVERED: (
        "病种M05300暂不支持跨省直接结算",
        "该慢特病不在异地结算范围",
        "参保地未开展门诊慢特病跨省结算",
    ),
    W.CHRONIC_NOT_HERE: ("本院无门诊慢特病跨省结算资质", "医疗机构未开通门慢异地结算"),
    W.INPATIENT: (
        "病人正在住院中",
        "住院期间不允许发生门诊费用",
        "存在在院登记，请先办理出院",
        "人员处于住院状态",
        "患者尚未出院",
    ),
    W.SUSPENDED: (
        "该参保人已被暂停异地直接结算资格：人员已暂停跨省直接结算",
        "人员被锁定",
        "参保人列入黑名单",
        "人员待遇已冻结",
    ),
    W.INSURANCE_PAUSED: ("人员已停保", "参保状态：暂停", "当前参保关系中断", "psn_insu_stas=2"),
    W.INSURANCE_ENDED: ("参保状态：终止", "已退保人员：人员已终止医保关系", "参保关系注销"),
    W.INSURANCE_UNPAID: ("居民医保本年度未缴费", "单位欠费，待遇暂停", "医疗保险断缴"),
    W.INSURANCE_INVALID: ("无有效参保信息", "未查询到参保记录", "人员未参保"),
    W.BENEFIT_WAITING: ("待遇等待期未满", "待遇起始日期20230701晚于就诊日期", "新参保待遇尚未生效"),
    W.INSURANCE_INACTIVE: ("人员参保状态异常",),
    W.THIRD_PARTY: (
        "存在第三方责任的外伤不予支付",
        "应由第三人承担的费用：第三人负担",
        "涉及第三方",
    ),
    W.TRAUMA_UNSAID: ("请传入第三方标志：未填写第三方责任", "外伤未选择是否涉及第三方"),
    W.TRAUMA_LETTER: ("未上传外伤无第三方责任承诺书", "外伤患者请先签署承诺书"),
    W.EMERGENCY_UNMARKED: ("急诊标志不能为空", "未传入急诊抢救标识", "门诊急诊标识缺失"),
    W.ACCOUNT_ONLY: ("参保地未建立普通门诊统筹制度", "仅能使用个人账户支付", "不享受门诊统筹待遇"),
    W.QUOTA_USED: ("门诊统筹年度支付限额已达上限", "已达到封顶线", "统筹额度已用完"),
    W.AREA_NOT_CONNECTED: ("参保地尚未接入国家平台", "参保地370000未开通跨省门诊"),
    W.AREA_CLOSED: ("参保地年终结转，暂停业务", "参保地系统升级维护中", "参保地暂停服务"),
    W.IN_PROVINCE: ("省内参保人请走省内异地", "参保地与就医地同属一省"),
    W.PERSON_UNKNOWN: ("查无此人", "没有查询到参保人", "未查到参保人员"),
    W.LINE_REFUSED: ("药品追溯码未上传", "费用明细第3行编码有误"),
}

NEAR_MISSES: Final[Mapping[W, tuple[str, ...]]] = {
    W.NOT_FILED: (
        "无需备案即可直接结算",
        "省内临时外出就医免备案",
        "已取消备案手续",
        "医保医师未备案",
        "未查询到护士备案信息",
        "未查询到药品备案信息",
        "人员科室无备案",
        "备案成功",
    ),
    W.CHRONIC_NOT_FILED: ("未查询到该人员的慢特病备案信息", "慢特病异地就医无需备案"),
    W.CHRONIC_NOT_RECOGNISED: ("门诊慢特病异地就医未备案", "本院无门诊慢特病结算资格"),
    W.THIRD_PARTY: ("无第三方责任", "未说明是否涉及第三方", "请签署外伤无第三方责任承诺书"),
    W.INPATIENT: ("未查询到住院登记", "住院号不能为空", "非住院期间费用"),
    W.SUSPENDED: ("该定点医药机构已被暂停医保结算", "参保地暂停业务"),
    W.INSURANCE_UNPAID: ("挂号费未缴费",),
    W.INSURANCE_PAUSED: ("单位欠费，待遇暂停", "参保地暂停服务"),
    W.NOT_OFFERED: ("交易处理失败：参保地370800未开通跨省直接结算", "交易成功，未开通短信"),
    W.FILED_ELSEWHERE: ("备案医疗机构与就诊医疗机构不一致", "凭证信息与备案人不符"),
    W.FILING_ENDED: ("药品备案已过期", "医师备案已到期"),
    W.QUOTA_USED: ("药品数量限额已达到",),
    W.LINES_GONE: ("未查询到有效的异地就医备案信息", "未查询到明细"),
    W.VISIT_WITHDRAWN: ("未查询到就诊登记信息", "结算已撤销"),
    W.SIGN_IN_NEEDED: ("承诺书未签署", "医师未签约"),
}

UNKNOWN: Final = (
    "交易失败",
    "系统繁忙，请稍后再试",
    "ORA-00001: 违反唯一约束条件",
    "java.net.SocketTimeoutException: Read timed out",
    "本月十五日前不予受理，详见鲁医保发〔2023〕7号",
    "参保地返回异常(null)",
    "",
)
"""What no pattern may claim to know: a person reads it."""
