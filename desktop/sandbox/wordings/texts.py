"""The texts of the refusals, in the style of the interface document's section 5.2."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from desktop.sandbox.reasons import Reason
from desktop.sandbox.wordings.charges import CHARGE_WORDINGS
from desktop.sandbox.wordings.people import PEOPLE_WORDINGS

WORDINGS: Final[Mapping[Reason, tuple[str, ...]]] = MappingProxyType(
    {
        **PEOPLE_WORDINGS,
        **CHARGE_WORDINGS,
        Reason.FIELD_MISSING: (
            "FSI-{field}不能为空[fsiParamCheckBO_1001]",
            "FSI-交易输入校验不通过：必填项{field}为空[fsiParamCheckBO_1002]",
        ),
        Reason.FIELD_WRONG: (
            "FSI-{field}格式不正确[fsiParamCheckBO_1011]",
            "FSI-交易输入校验不通过：{field}取值不合法[fsiParamCheckBO_1012]",
        ),
        Reason.UNKNOWN_TRANSACTION: (
            "FSI-FSI-交易报文不正确：未知交易编号！({infno})",
            "FSI-交易编号[{infno}]不存在[fsiRouteBO_2001]",
        ),
        Reason.NOT_OFFERED: (
            "FSI-本平台暂未开放交易[{infno}][fsiRouteBO_2010]",
            "FSI-交易{infno}未对该定点医药机构开通[fsiRouteBO_2011]",
        ),
        Reason.NOT_SIGNED_IN: (
            "FSI-操作员未签到，请先签到[signInSignOutBO_11]",
            "FSI-签到流水号为空，签到之后才能调用其他交易[signInSignOutBO_12]",
        ),
        Reason.SIGN_NUMBER_UNKNOWN: (
            "FSI-签到编号不存在或已签退[signInSignOutBO_21]",
            "FSI-签到信息已失效，请重新签到[signInSignOutBO_22]",
        ),
        Reason.INSTITUTION_UNKNOWN: (
            "FSI-定点医药机构[{code}]不存在[fixMedInsBO_101]",
            "FSI-未查询到定点医药机构信息[fixMedInsBO_102]",
        ),
        Reason.INSTITUTION_ELSEWHERE: (
            "FSI-就医地医保区划与定点医药机构所属区划不一致[fixMedInsBO_111]",
            "FSI-mdtrtarea_admvs与机构注册区划不符[fixMedInsBO_112]",
        ),
        Reason.INSTITUTION_SUSPENDED: (
            "FSI-该定点医药机构已被暂停医保结算[fixMedInsBO_121]",
            "FSI-定点机构服务协议已中止，不能办理结算[fixMedInsBO_122]",
            "FSI-本机构已暂停跨省直接结算，请联系经办机构[fixMedInsBO_123]",
        ),
        Reason.INSTITUTION_NOT_OPEN: (
            "FSI-该机构未开通跨省异地门诊直接结算[fixMedInsBO_131]",
            "FSI-定点医药机构未上线异地普通门诊业务[fixMedInsBO_132]",
        ),
        Reason.INSTITUTION_NOT_CHRONIC: (
            "FSI-该机构未开通跨省门诊慢特病直接结算[fixMedInsBO_141]",
            "FSI-定点医药机构不具备门诊慢特病异地结算资格[fixMedInsBO_142]",
        ),
        Reason.PERSON_UNKNOWN: (
            (
                "MBS-cn.hsa.ais.common.exception.HygeiaException: "
                "请求失败,错误原因：本地查询错误:该参保人的基本信息为空null"
            ),
            "FSI-未查询到人员基本信息[psnInfoQueryBO_1101]",
            "FSI-参保人信息不存在，请核实证件信息[psnInfoQueryBO_1103]",
        ),
        Reason.CREDENTIAL_KIND_UNKNOWN: (
            "FSI-就诊凭证类型[{kind}]不支持[psnCertBO_301]",
            "FSI-不识别的就诊凭证类型{kind}[psnCertBO_302]",
        ),
        Reason.CREDENTIAL_OF_ANOTHER: (
            "FSI-就诊凭证与人员编号不一致[psnCertBO_311]",
            "FSI-凭证信息与参保人不符，请核对[psnCertBO_312]",
        ),
        Reason.CARD_MISMATCH: (
            "FSI-社会保障卡卡识别码校验不通过[psnCertBO_321]",
            "FSI-卡号与卡识别码不匹配[psnCertBO_322]",
        ),
        Reason.TOKEN_UNKNOWN: (
            "FSI-电子凭证令牌无效[ecTokenBO_401]",
            "FSI-医保电子凭证校验失败：令牌不存在[ecTokenBO_402]",
        ),
        Reason.TOKEN_EXPIRED: (
            "FSI-电子凭证令牌已过期，请重新扫码[ecTokenBO_411]",
            "FSI-医保电子凭证令牌失效，请刷新医保码[ecTokenBO_412]",
        ),
        Reason.TOKEN_USED: (
            "FSI-电子凭证令牌已使用[ecTokenBO_421]",
            "FSI-该医保码已完成结算，请重新出示[ecTokenBO_422]",
        ),
        Reason.INSURED_AREA_MISSING: (
            "FSI-参保地医保区划insuplc_admdvs不能为空[fsiRouteBO_2101]",
            "FSI-异地业务未传入参保地医保区划(insuplc_admdvs)[fsiRouteBO_2102]",
        ),
        Reason.INSURED_AREA_WRONG: (
            "FSI-参保地医保区划与人员参保信息不一致[fsiRouteBO_2111]",
            "FSI-人员在该参保地[{area}]无参保信息[fsiRouteBO_2112]",
        ),
        Reason.INSURED_HERE: (
            "FSI-省内参保人员请通过本地结算通道办理[fsiRouteBO_2121]",
            "FSI-参保地与就医地同属一省，不属于跨省异地就医[fsiRouteBO_2122]",
        ),
        Reason.INSURANCE_NOT_HELD: (
            "FSI-人员无险种[{insutype}]参保信息[psnInsuBO_601]",
            "FSI-未查询到该险种的参保记录[psnInsuBO_602]",
        ),
        Reason.VISIT_UNKNOWN: (
            "FSI-未查询到就诊登记信息[outpatientDocInfoBO_11]",
            "FSI-就诊ID[{mdtrt_id}]不存在[outpatientDocInfoBO_12]",
        ),
        Reason.VISIT_WITHDRAWN: (
            "FSI-该就诊登记已撤销[outpatientDocInfoBO_21]",
            "FSI-挂号信息已作废，不能继续办理[outpatientDocInfoBO_22]",
        ),
        Reason.VISIT_OF_ANOTHER: (
            "FSI-就诊信息与人员编号不一致[outpatientDocInfoBO_31]",
            "FSI-就诊登记不属于该参保人或该机构[outpatientDocInfoBO_32]",
        ),
        Reason.VISIT_NUMBER_WRONG: (
            "FSI-门诊号与就诊登记不一致[outpatientDocInfoBO_43]",
            "FSI-ipt_otp_no与挂号记录不符[outpatientDocInfoBO_44]",
        ),
        Reason.VISIT_HAS_LINES: (
            "FSI-该就诊存在费用明细，不能撤销挂号[outpatientDocInfoBO_51]",
            "FSI-请先撤销费用明细再撤销挂号[outpatientDocInfoBO_52]",
        ),
        Reason.VISIT_DATA_MISSING: (
            "FSI-未上传门诊就诊信息，请先上传就诊信息[outpatientDocInfoBO_61]",
            "FSI-就诊信息不存在，不能结算[outpatientDocInfoBO_62]",
        ),
        Reason.VISIT_SETTLED: (
            "FSI-该就诊已结算，不能修改就诊信息[outpatientDocInfoBO_71]",
            "FSI-存在有效结算，就诊信息不允许变更[outpatientDocInfoBO_72]",
        ),
        Reason.VISIT_IN_FUTURE: (
            "FSI-就诊时间begntime不能晚于当前日期[outpatientDocInfoBO_73]",
            "FSI-开始时间{begntime}晚于系统当前日期[outpatientDocInfoBO_74]",
        ),
        Reason.CARE_KIND_CHANGED: (
            "FSI-同一次就诊只能有一种医疗类别[outpatientDocInfoBO_81]",
            "FSI-医疗类别与就诊信息不一致[outpatientDocInfoBO_82]",
        ),
        Reason.CARE_KIND_NOT_OFFERED: (
            "FSI-医疗类别[{med_type}]不支持门诊直接结算[outpatientDocInfoBO_83]",
            "FSI-不支持的医疗类别med_type={med_type}[outpatientDocInfoBO_84]",
        ),
        Reason.DIAGNOSIS_MISSING: (
            "FSI-诊断信息不能为空[outpatientDocInfoBO_91]",
            "FSI-无有效的诊断信息(diseinfo)[outpatientDocInfoBO_92]",
        ),
        Reason.DISEASES_DIFFER: (
            "FSI-同一收费批次号病种编号必须一致[outpatientFeeListBO_301]",
            "FSI-费用明细的病种编码与就诊信息不一致[outpatientFeeListBO_302]",
        ),
        Reason.LINE_REPEATED: (
            "FSI-费用明细流水号[{feedetl_sn}]重复[outpatientFeeListBO_311]",
            "FSI-单次就诊内费用明细流水号必须唯一：{feedetl_sn}[outpatientFeeListBO_312]",
        ),
        Reason.ITEM_UNKNOWN: (
            "FSI-医疗目录编码[{code}]不存在[outpatientFeeListBO_321]",
            "FSI-明细{feedetl_sn}的医保目录编码{code}未查询到有效目录[outpatientFeeListBO_322]",
        ),
        Reason.LINE_BEFORE_VISIT: (
            "FSI-明细{feedetl_sn}费用发生时间早于就诊时间[outpatientFeeListBO_331]",
            "FSI-费用发生时间不能早于就诊开始时间[{feedetl_sn}][outpatientFeeListBO_332]",
        ),
        Reason.LINE_OTHER_YEAR: (
            "FSI-明细{feedetl_sn}费用发生时间与就诊不在同一年度[outpatientFeeListBO_341]",
            "FSI-不允许跨年度上传费用明细[{feedetl_sn}][outpatientFeeListBO_342]",
        ),
        Reason.LINE_IN_FUTURE: (
            "FSI-明细{feedetl_sn}费用发生时间晚于当前日期[outpatientFeeListBO_343]",
            "FSI-费用发生时间不能晚于系统当前日期[{feedetl_sn}][outpatientFeeListBO_344]",
        ),
        Reason.LINE_AMOUNT_WRONG: (
            "FSI-明细{feedetl_sn}的金额不等于单价乘以数量[outpatientFeeListBO_351]",
            "FSI-det_item_fee_sumamt与cnt*pric不一致[{feedetl_sn}][outpatientFeeListBO_352]",
        ),
        Reason.LINE_QUANTITY_WRONG: (
            "FSI-明细{feedetl_sn}的数量必须大于0，单价不能小于0[outpatientFeeListBO_361]",
            "FSI-明细{feedetl_sn}数量或单价不合法[outpatientFeeListBO_362]",
        ),
        Reason.BATCH_RESERVED: (
            "FSI-收费批次号不能为0000[outpatientFeeListBO_371]",
            "FSI-0000为保留的收费批次号[outpatientFeeListBO_372]",
        ),
        Reason.BATCH_REPEATED: (
            "FSI-收费批次号[{batch}]的明细已上传[outpatientFeeListBO_381]",
            "FSI-同一收费批次号必须一次上传：{batch}[outpatientFeeListBO_382]",
        ),
        Reason.BATCH_UNKNOWN: (
            "FSI-未查询到收费批次[{batch}]的费用明细[outpatientFeeListBO_391]",
            "FSI-收费批次号{batch}下没有未结算的费用明细[outpatientFeeListBO_392]",
        ),
        Reason.BATCH_SETTLED: (
            "FSI-收费批次[{batch}]已结算[outpatientSettleBO_401]",
            "FSI-该批费用已结算，不能重复办理[{batch}][outpatientSettleBO_402]",
        ),
        Reason.TOTAL_WRONG: (
            "FSI-医疗费总额与费用明细合计不一致[outpatientSettleBO_411]",
            "FSI-medfee_sumamt应为{sum}[outpatientSettleBO_412]",
        ),
        Reason.PREVIEW_MISSING: (
            "FSI-未查询到预结算信息，请先进行预结算[outpatientSettleBO_421]",
            "FSI-费用明细已变化或未预结算，请重新预结算[outpatientSettleBO_422]",
        ),
        Reason.AMOUNTS_DIFFER: (
            "FSI-结算金额与预结算金额不一致({field})[outpatientSettleBO_431]",
            "FSI-{field}与最近一次预结算结果不符，请重新预结算[outpatientSettleBO_432]",
        ),
        Reason.SETTLEMENT_UNKNOWN: (
            "FSI-未查询到结算信息[outpatientSettleBO_441]",
            "FSI-结算ID[{setl_id}]不存在[outpatientSettleBO_442]",
        ),
        Reason.SETTLEMENT_UNDONE: (
            "FSI-结算信息退费结算标志不为未退费，不能撤销[outpatientSettleBO_451]",
            "FSI-该结算已撤销，不能重复撤销[outpatientSettleBO_452]",
        ),
        Reason.REVERSAL_UNKNOWN: (
            "FSI-调用业务基础子系统冲正失败:未查询到原交易[{omsgid}][revsMethodBO_11]",
            "FSI-冲正失败：被冲正的交易报文不存在[revsMethodBO_12]",
        ),
        Reason.REVERSAL_REFUNDED: (
            (
                "FSI-调用业务基础子系统冲正失败:冲正的结算信息退费结算标志不为未退费，"
                "不能办理冲正交易[iptPsnSetlMgtBO_4412][outpatientSettleBO_40]"
            ),
            "FSI-原结算已撤销退费，不允许冲正[revsMethodBO_22]",
        ),
        Reason.REVERSAL_REPEATED: (
            "FSI-该交易已冲正，不能重复办理[revsMethodBO_31]",
            "FSI-原交易已被冲正，请勿重复提交[revsMethodBO_32]",
        ),
        Reason.REVERSAL_NOT_OPEN: (
            "FSI-参保地{area}暂未开放交易[2601][revsMethodBO_41]",
            "MBS-冲正交易在参保区划{area}未开通[revsMethodBO_42]",
        ),
        Reason.REVERSAL_NOT_POSSIBLE: (
            "FSI-原交易[{infno}]不支持冲正[revsMethodBO_51]",
            "FSI-仅2102、2207、2304、2401可以冲正[revsMethodBO_52]",
        ),
        Reason.FILE_UNKNOWN: (
            "FSI-文件查询号[{number}]无对应文件[fileUploadBO_11]",
            "FSI-未查询到文件信息[fileUploadBO_12]",
        ),
        Reason.FILE_EXPIRED: (
            "FSI-文件[{number}]已超过下载截止时间[fileUploadBO_21]",
            "FSI-文件已清理，请重新生成[fileUploadBO_22]",
        ),
        Reason.FILE_UNREADABLE: (
            "FSI-对账文件格式不正确({where})[ybSettlementStmtBO_31]",
            "FSI-解析对账文件失败({where})[ybSettlementStmtBO_32]",
        ),
    }
)
