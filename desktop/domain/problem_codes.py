"""The closed set of problems: code, what happened, what to do next, in Chinese (house rule 6)."""

from __future__ import annotations

from enum import Enum, unique


@unique
class ProblemCode(Enum):
    """Name → (what happened, what to do next); other programs read the code, as contracts.md has it."""

    # the desk itself
    PROFILE_IN_USE = (
        "这个配置目录正被另一个程序使用",
        "请关闭那个程序，或用 --profile 指定另一个目录",
    )
    PROFILE_UNUSABLE = ("这个配置目录用不了", "请检查目录和读写权限，或用 --profile 指定另一个目录")
    SETTINGS_INVALID = ("设置文件有误", "请按提示修改 settings.toml 后重试")
    KEYRING_UNUSABLE = (
        "系统密钥环不可用，无法安全保存密钥",
        "请启用系统密钥环（Windows 凭据管理器或 Secret Service）后重试",
    )
    GATEWAY_TOKEN_MISSING = (
        "密钥环中没有网关密钥",
        "请由信息科用系统密钥环保存 kuasheng-desk / gateway-token",
    )
    JOURNAL_UNREADABLE = (
        "本机账本打不开",
        "请不要删除账本文件，联系信息科；账本密钥可能与文件不符",
    )
    JOURNAL_WRITE_FAILED = ("本机账本写不进去", "请检查磁盘空间后重试；没有写进账本的事不会去做")
    JOURNAL_DAMAGED = (
        "本机账本损坏，读出的与写入的不符",
        "请停止使用并联系信息科运行 kuasheng journal recover：损坏的账本另存，未完的结算会找回",
    )
    VISIT_DAMAGED = (
        "本机账本里有一笔就诊记录读不出来，可能就是这位患者的这些费用，没有结算",
        "请信息科用 kuasheng journal verify 查看、kuasheng journal recover 找回，查清后再结算",
    )
    NOT_LOOPBACK = ("演练模式只能连接本机的演练平台", "请改用本机地址，或先在设置中配置正式平台")
    PRACTICE_UNAVAILABLE = ("演练平台没有启动成功", "请重新运行；仍不行请联系信息科")
    IDENTITY_CHECK_MISSING = ("没有说明由谁核对过人证", "请加上 --identity-checked-by 操作员编号")
    EXPECTED_CASH_MISSING = ("没有说明患者看到的个人现金金额", "请加上 --expect-cash 金额")
    EXPECTED_BACK_MISSING = (
        "没有说明患者看到的应退金额",
        "请先用 --preview 看应退金额，患者同意后加上 --expect-back 金额",
    )
    CREDENTIAL_ON_COMMAND_LINE = ("正式环境不能把就诊凭证写在命令行里", "请改用 --credential-stdin")

    # what the hospital's system handed over
    CHARGES_INVALID = ("收费文件有误", "请在医院系统改正后重新导出，原文件未被采用")
    CATALOGUE_MISSING = (
        "没有医院的收费目录，不能在这里录入收费",
        "请信息科把目录存成这个 catalogue.csv，再按 F5 重读；也可以由医院系统导出收费文件",
    )
    CATALOGUE_UNREADABLE = (
        "医院的收费目录读不出来",
        "请信息科检查 catalogue.csv 的列名（code、name 等）、编码和读取权限，再按 F5 重读",
    )
    PRACTICE_CATALOGUE_MISSING = (
        "演练平台没有给出收费目录",
        "请按 F5 重读；仍不行请关闭窗口重新打开",
    )
    BILL_IN_PROGRESS = ("这张单据上次没有做完", "请先处理上次的记录，再重新结算")

    # cards and readers
    READER_SERVICE_DOWN = ("读卡服务没有运行", "请启动智能卡服务后重试")
    NO_READER = ("没有找到读卡器", "请检查读卡器的连线，或改用身份证、医保码")
    READER_BUSY = ("读卡器正被别的程序占用", "请关闭占用读卡器的程序后重试")
    NO_CARD = ("读卡器里没有卡", "请插入社会保障卡，芯片朝上")
    CARD_REMOVED = ("读卡时卡被取走", "请重新插卡，读完再取")
    CARD_UNREADABLE = ("卡读不出来", "请擦净芯片再试，或改用身份证、医保码")
    CARD_MUTE = ("卡没有应答，可能插反了", "请芯片朝上、插到底再试，或擦净芯片")
    CARD_LOCKED = ("卡上的社保应用已锁定", "请改用身份证或医保码")
    SEVERAL_CARDS = ("几个读卡器里都有社会保障卡", "请只留下患者的那一张")
    CARD_HUNG = ("卡没有回应", "请把卡取出来再插一次")
    NOT_SOCIAL_SECURITY_CARD = (
        "这不是社会保障卡",
        "请换社会保障卡，注意插卡方向，或改用身份证、医保码",
    )
    BANK_CARD = ("这是银行卡，不是社会保障卡", "请换社会保障卡，或改用身份证、医保码")
    CARD_PARTIAL = (
        "第三代社会保障卡，本机只能读到卡号，读不到姓名和证件号",
        "将用卡号向参保地查询；查询不到请改用身份证或医保码",
    )
    CARD_RECORD_FALSE = ("卡内有一项数据不可信，未采用", "请以平台返回的信息为准")
    CARD_NOT_GENUINE = ("卡的真伪认证没有通过", "请改用身份证或医保码")
    CARD_NOT_OPENED = ("安全模块没有打开这张三代卡", "先用卡号查询；请信息科检查安全模块")
    PSAM_NEEDED = ("读卡器缺少安全模块，读不出持卡人", "请改用身份证或医保码")
    PIN_WRONG = ("社会保障卡密码不对", "请患者重新插卡后再输，或改用别的凭证")
    PIN_LOCKED = ("社会保障卡密码已锁定", "请改用身份证或医保码")
    PIN_NOT_ENTERED = ("没有在键盘上输入密码", "请重新插卡，再请患者输入")
    LIBRARY_UNUSABLE = ("厂商动态库用不了", "请信息科核对设置和厂商驱动")
    LIBRARY_FAILED = ("厂商动态库失灵，会自动重启", "请稍等再试，或找信息科")
    CARD_EXPIRED = ("社会保障卡已过有效期", "请改用身份证或医保码，并提醒换卡")

    # what else stands on the counter
    ID_READER_LOST = (
        "身份证阅读机没有连上",
        "请检查阅读机的连线，以及设置中的串口；也可以输入身份证号",
    )
    NO_ID_CARD = ("阅读机没有读到身份证", "请放上身份证；已放着的拿开再放一次")
    ID_CARD_UNREADABLE = ("身份证读不出来", "请拿开再放一次，或输入身份证号")
    ID_CARD_EXPIRED = ("身份证已过有效期", "请改用社会保障卡或医保码")
    SCANNER_LOST = ("扫码器没有连上", "请检查扫码器的连线和设置的串口")
    CAMERA_LOST = ("扫码摄像头没有连上", "请检查摄像头的连线和设置")

    # who it is
    NOT_A_VOUCHER = ("这不是医保码", "请打开国家医保服务平台、微信或支付宝的医保码后重扫")
    VOUCHER_REFUSED = ("医保码没有被接受", "请患者刷新医保码后重扫")
    VOUCHER_USED = ("该码已使用，请刷新", "请患者在手机上刷新医保码，再扫新码")
    ID_NUMBER_INVALID = ("身份证号不对（校验位或出生日期不符）", "请核对后重新输入")
    PERSON_UNKNOWN = ("参保地查不到这个人", "请核对证件，或换一种凭证再试")
    OTHER_CREDENTIAL_NEEDED = ("凭这张卡查不到参保信息", "请改用身份证或医保码")
    PATIENT_MISMATCH = (
        "凭证上的人与医院系统里的患者不是同一人",
        "请核对后在医院系统改正患者信息，或停止结算",
    )
    CREDENTIAL_MISMATCH = (
        "凭证上的人与参保地登记的不是同一人",
        "请看清是谁的凭证；确是本人的，请参保地更正登记，现在不能结算",
    )
    NAME_WRITTEN_DIFFERENTLY = (
        "证件号相同，凭证上的姓名与参保登记写法不同",
        "请看清本人；多为生僻字，提醒患者到参保地更正登记",
    )
    SEX_OR_BIRTH_DIFFERS = (
        "证件号相同，凭证上的性别或出生日期与参保登记不一致",
        "请看清本人；确是本人的，提醒患者到参保地更正登记，有疑问按 F12",
    )
    IDENTITY_DOUBTED = (
        "人证不符，不能直接结算",
        "请礼貌地说明需要核实身份，联系医保办；已登记，没有扣款",
    )
    FACE_REFUSED = ("人脸认证没有通过", "请人工核对本人与证件，再按 F8")
    FACE_OF_ANOTHER = ("人脸不是参保人或代办人的", "请看清是谁，有疑问按 F12")
    STAND_IN_INVALID = ("代办人的信息不全", "请写明姓名、证件号和关系")
    CHOOSE_INSURANCE = ("这个人有几项参保，需要选一项", "请用 --insurance 险种@参保地 指明")
    INSURANCE_NOT_FOUND = ("没有指明的那项参保", "请核对险种和参保地")
    INSURANCE_INACTIVE = (
        "参保状态不正常，不能直接结算",
        "请患者联系参保地医保部门；可先自费，保留票据",
    )
    IN_PROVINCE = ("省内参保", "请走本地或省内异地的结算流程")

    # will the funds pay
    AREA_NOT_CONNECTED = (
        "参保地还没有开通跨省门诊直接结算",
        "请先自费，保留票据、清单和病历，回参保地报销",
    )
    NOT_FILED = (
        "没有查到有效的异地就医备案",
        "请患者在国家医保服务平台APP或向参保地电话备案，完成后重新查询",
    )
    FILED_ELSEWHERE = ("备案的就医地不是这里", "请患者向参保地变更备案，完成后重新查询")
    INPATIENT = ("患者正在住院，门诊不能直接结算", "请按外院检查流程处理，或出院后再结算")
    SUSPENDED = ("暂不能直接结算", "请患者联系参保地医保部门")
    NOT_RECOGNISED = (
        "没有这种门诊慢特病的认定，或本地不能直接结算这种病",
        "患者同意时可按普通门诊结算",
    )
    THIRD_PARTY = ("外伤涉及第三方责任，不能直接结算", "请按自费处理，由责任方承担")
    TRAUMA_LETTER_NEEDED = (
        "外伤无第三方责任，还缺承诺书",
        "请患者签《外伤无第三方责任承诺书》，在收费文件写上编号",
    )
    EMERGENCY_MARK_NEEDED = (
        "急诊就诊还缺医生的急诊标志",
        "请医生确认急诊，在医院系统标明后重新导出",
    )
    NO_BENEFIT = ("参保地表示这次不能享受待遇", "请看参保地的原话，由人决定是否自费")
    QUOTA_USED = ("本年度额度已用完，本次基金支付0元", "可以结算（留下记录、用账户），也可以自费")
    ACCOUNT_ONLY = ("参保地没有门诊统筹，仅可使用个人账户", "患者同意后用个人账户结算")
    SIGN_IN_NEEDED = ("平台要求先签到", "请重新签到后重试")
    NOT_OFFERED = ("平台没有开通这项交易", "请联系医保办核对开通的交易")
    INSTITUTION_REFUSED = ("平台不接受本机构的结算", "请联系医保办核对机构编码、状态和科室医师编码")
    LINE_REFUSED = ("有收费明细没有被接受", "请按平台的原话在医院系统改正后重新导出")
    LINES_GONE = ("平台上没有这批未结算的明细", "不用再撤销；请重新上传明细")
    VISIT_WITHDRAWN = ("平台上的挂号已经撤销", "不用再撤销；请重新办理这次就诊")
    REFUSED = ("平台没有接受", "请看平台的原话")

    # the line
    NOT_CONNECTED = ("连不上平台，请求没有发出去", "请检查网络后重试，没有任何扣款")
    GATEWAY_REFUSED = ("网关没有放行，请求没有到达平台", "请信息科核对网关编号、密钥和电脑时间")
    NO_USABLE_ANSWER = ("平台没有给出可用的回答", "请稍后重试")
    CLOCK_WRONG = ("电脑时间与平台相差超过两分钟", "请校准电脑时间后再结算")
    OUTCOME_UNKNOWN = (
        "结算结果待确认：请求已发出，没有收到可用的回答",
        "请不要重复结算，也不要收款；等待核实",
    )

    OPEN_ELSEWHERE = ("这位患者的这次就诊正在别处办理", "请到那个窗口办完，或等它释放后再办")

    # the answer
    REVISION_SETTLED = (
        "这张单据的另一版已经结算，那一笔还有效",
        "请先把那一笔退费，再结算这一版；两版都该收的，请医院系统另给单号",
    )
    PAID_BY_SELF = (
        "这张单据患者已按自费付清",
        "先收回普通票据和未结算告知单，再结算：付过的钱算已收，只留个人部分，其余退还",
    )
    SETTLED_ALIKE = (
        "这位患者已有一笔相近的结算，那一笔还有效",
        "请核对是不是同一次收费：是就不要结算，确实是另一次才结算",
    )
    ALREADY_SETTLED = ("这张单据已经结算过", "没有再次发送；请用原结算单")
    AMOUNTS_CHANGED = ("结算金额与预结算不同", "请把两次金额都告诉患者；患者不同意时撤销结算")
    SPLIT_DOES_NOT_ADD_UP = ("平台返回金额不平", "请不要打印结算单，联系医保办核实")
    TOTAL_NOT_TOLD = ("平台没有返回医疗费总额", "请不要打印结算单，联系医保办核实")
    CASH_NOT_TOLD = ("平台没有返回个人现金金额", "请不要收款，联系医保办核实")
    IDENTITY_WARNING = ("基金分项与合计不一致", "金额以平台合计为准，请告知医保办")
    IDENTITY_UNCHECKED = ("平台少返回了金额，有的等式无法核对", "请告知医保办")
    CASH_DIFFERS = ("个人现金与患者看到的不同，没有结算", "请把新的金额告诉患者，同意后再结算")
    BOOKED_TWICE = ("平台把同一笔报文记了两次账", "请医保办联系平台核实；不要再次结算")
    CREDENTIAL_NEEDED = (
        "部分退费要重新结算，需要可用的就诊凭证",
        "电子凭证请患者刷新后重扫；也可读卡或输身份证号",
    )
    LINE_NOT_IN_BILL = ("单据里没有这一行", "请核对要退的行号")
    REFUND_HALF_DONE = ("部分退费停在半路，原结算已撤销", "请继续重新结算，或改为全部退费")
    BACK_DIFFERS = ("应退金额与患者看到的不同，没有重新结算", "请把新的金额告诉患者，同意后再继续")
    BACK_NOT_TOLD = ("平台的回答不足以估算应退金额", "撤销后重新试算才知道；请先告诉患者")
    NO_SUCH_ITEM = ("待办里没有这一条", "请用 kuasheng queue list 核对编号")
    NO_VERDICT_NEEDED = ("这一条不等人核实结果", "请用 kuasheng queue show 查看它在等什么")
    HORIZON_NOT_OVER = (
        "请求发出还不够久，平台还可能记账，现在不能登记为未记账",
        "请过后再登记；期间本机继续自动查询",
    )
    OTHER_SETTLEMENT = ("平台上的这个结算单号不是这笔报文的", "请与医保经办机构核对报文和结算单号")
    STILL_STANDING = (
        "平台上的这笔结算没有撤销，仍然有效",
        "请与医保经办机构核对；确实撤销后再登记",
    )
    OTHER_VISITS_REGISTRATION = ("这个就诊号是另一次就诊的，不能撤销", "请核对平台上的就诊号")
    REVERSAL_ON_ITS_WAY = (
        "已发出的冲正还没有回答，可能随后把它冲掉",
        "请等冲正有了回答，或过后再登记",
    )
    NOTHING_TO_CANCEL = ("没有可以撤销的结算", "请核对结算单号")
    UNDO_PENDING = ("平台上的挂号或明细还没有撤销", "已记入账本，稍后自动补做，不影响患者")
    FAILED = ("没有做完就停下了，没有任何扣款", "请重试；仍不行请联系信息科")

    # paper
    RECEIPT_NOT_PRINTED = ("结算单没有写出来", "结算已成功，请不要重新结算；补打即可")
    LAYOUT_UNUSABLE = (
        "医院自己的单据版式有误，这张单据没有打印",
        "请信息科按提示改好版式文件（或把它移走，用自带的版式），再打一次；钱和结算都不变",
    )
    NO_SUCH_FORM = (
        "这笔就诊现在没有这种单据",
        "请核对就诊；能打的单据用 kuasheng print forms 查看",
    )
    PRINTER_FAILED = ("打印机没有打出单据", "打印不影响结算，不要重新结算；检查打印机后接着打")
    PRINTER_OUT_OF_PAPER = ("打印机缺纸", "装好纸，按 F11 接着打；打印不影响结算，不要重新结算")
    PRINTER_JAM = ("打印机卡纸", "取出卡住的纸，按 F11 接着打；打印不影响结算，不要重新结算")
    PRINTER_COVER_OPEN = ("打印机盖子开着", "合上盖子，按 F11 接着打；打印不影响结算，不要重新结算")
    PRINTER_OFF = (
        "打印机没有开机，或者连不上",
        "检查电源和连线，按 F11 接着打；打印不影响结算，不要重新结算",
    )
    PRINTER_UNKNOWN = ("系统里没有这台打印机", "请信息科核对设置 [printers] 和系统的打印机名")
    PRINT_DOUBTED = ("打印中断，纸可能已经出来了", "请看一眼打印机：纸出来了按 F9，没有出来按 F11")
    GLYPH_MISSING = ("有字没有可用的字形，已用编码注明", "请核对姓名用字")

    def __init__(self, message: str, next_step: str) -> None:
        self.code = self.name.lower().replace("_", "-")
        self.message = message
        self.next_step = next_step

    @classmethod
    def of(cls, code: str) -> ProblemCode | None:
        """The problem that programs and the journal call so; None: none is called so any more."""
        return next((kind for kind in cls if kind.code == code), None)
