<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
    <context>
        <name>BrokenFilesPage</name>
        <message>
            <source>有误的收费文件</source>
            <translation>Charges files with faults</translation>
        </message>
        <message>
            <source>这些文件没有被采用。请在医院系统改正后重新导出，改好的会自动从这里消失</source>
            <translation>None of these files is used. Correct them in the hospital's system and export again; what is mended disappears from here.</translation>
        </message>
    </context>
    <context>
        <name>BusyStrip</name>
        <message>
            <source>已用 {0} 秒</source>
            <translation>{0} s so far</translation>
        </message>
    </context>
    <context>
        <name>CashPad</name>
        <message>
            <source>实收</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>实收现金（元）</source>
            <translation>Cash received (yuan)</translation>
        </message>
        <message>
            <source>找零</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>还差</source>
            <translation>Still missing</translation>
        </message>
    </context>
    <context>
        <name>CashPage</name>
        <message>
            <source>已结算</source>
            <translation>Settled</translation>
        </message>
        <message>
            <source>已结算，请收款</source>
            <translation>Settled: take the cash</translation>
        </message>
        <message>
            <source>已结算，请退还押金余款</source>
            <translation>Settled, give the rest back</translation>
        </message>
        <message>
            <source>已结算，金额有变</source>
            <translation>Settled, other amounts</translation>
        </message>
        <message>
            <source>收款完成</source>
            <translation>Paid</translation>
        </message>
        <message>
            <source>结算单</source>
            <translation>Settlement slip</translation>
        </message>
        <message>
            <source>这次费用</source>
            <translation>This bill</translation>
        </message>
    </context>
    <context>
        <name>Cashier</name>
        <message>
            <source>0123456789,.−=—元个人现金医保</source>
            <translation>0123456789,.−=—yuan</translation>
        </message>
        <message>
            <source>2204 明细不符</source>
            <translation>the lines of 2204 do not match</translation>
        </message>
        <message>
            <source>HTTP 状态异常</source>
            <translation>HTTP status</translation>
        </message>
        <message>
            <source>PSAM 被取走</source>
            <translation>the PSAM was taken out</translation>
        </message>
        <message>
            <source>[printers] 里写明的一台打印机</source>
            <translation>a printer that stands under [printers]</translation>
        </message>
        <message>
            <source>http:// 或 https:// 的地址</source>
            <translation>an address with http:// or https://</translation>
        </message>
        <message>
            <source>{0} 不是 PNG 或 JPEG 图片</source>
            <translation>{0} is no PNG or JPEG picture</translation>
        </message>
        <message>
            <source>{0} 个收费文件有误，共 {1} 处</source>
            <translation>Charges files with faults: {0}, faults: {1}</translation>
        </message>
        <message>
            <source>{0} 个收费文件有误，按 F6 查看</source>
            <translation>Charges files with faults: {0} (F6 shows them)</translation>
        </message>
        <message>
            <source>{0} 份</source>
            <translation>{0} copies</translation>
        </message>
        <message>
            <source>{0} 份里打出 {1} 份</source>
            <translation>{1} of {0} copies printed</translation>
        </message>
        <message>
            <source>{0} 岁</source>
            <translation>{0} years</translation>
        </message>
        <message>
            <source>{0} 次</source>
            <translation>{0} times</translation>
        </message>
        <message>
            <source>{0} 笔结果待确认</source>
            <translation>Outcome unknown: {0}</translation>
        </message>
        <message>
            <source>{0} 项待办</source>
            <translation>{0} to do</translation>
        </message>
        <message>
            <source>{0}。{1}</source>
            <translation>{0}. {1}.</translation>
        </message>
        <message>
            <source>{0}。处理后请关闭窗口，再打开</source>
            <translation>{0}. Then close the window and open it again</translation>
        </message>
        <message>
            <source>{0}按{1}%由统筹基金支付{2}元{3}。</source>
            <translation>{0}the pooled fund pays {2} yuan, at {1}%{3}.</translation>
        </message>
        <message>
            <source>{0}支付{1}元</source>
            <translation>{0} pays {1} yuan</translation>
        </message>
        <message>
            <source>{0}支付比例{1}%，但统筹基金的限额只剩{2}元，支付{2}元{3}。</source>
            <translation>{0}the ratio is {1}%, but only {2} yuan are left of the pooled fund's limit: it pays {2} yuan{3}.</translation>
        </message>
        <message>
            <source>{0}支付比例{1}%，统筹基金另按参保地的限额等规定支付{2}元{3}。</source>
            <translation>{0}the ratio is {1}%; by limits or other rules of the insured area the pooled fund pays {2} yuan{3}.</translation>
        </message>
        <message>
            <source>{0}本次统筹基金支付0元{1}。</source>
            <translation>{0}the pooled fund pays 0 yuan this time{1}.</translation>
        </message>
        <message>
            <source>{0}由统筹基金支付{2}元{3}。</source>
            <translation>{0}the pooled fund pays {2} yuan{3}.</translation>
        </message>
        <message>
            <source>{0}统筹基金按参保地的限额等规定，本次支付0元{1}。</source>
            <translation>{0}by limits or other rules of the insured area the pooled fund pays 0 yuan this time{1}.</translation>
        </message>
        <message>
            <source>{0}起付标准{1}元{2}，本次不用再付，</source>
            <translation>The {0}deductible is {1} yuan{2}, nothing more of it is due; </translation>
        </message>
        <message>
            <source>{0}起付标准{1}元{2}，本次付{3}元，</source>
            <translation>The {0}deductible is {1} yuan{2}, this bill pays {3} yuan of it; </translation>
        </message>
        <message>
            <source>{0}起付标准{1}元{2}，本次付{3}元；其余{4}元</source>
            <translation>The {0}deductible is {1} yuan{2}, this bill pays {3} yuan of it; of the other {4} yuan, </translation>
        </message>
        <message>
            <source>{0}起付标准{1}元、此前已付{2}元{3}，本次再付{4}元；其余{5}元</source>
            <translation>Of the {0}deductible of {1} yuan {2} yuan were paid before{3}, this bill pays {4} yuan more; of the other {5} yuan, </translation>
        </message>
        <message>
            <source>{0}（患者同意的是 {1}）</source>
            <translation>{0} (patient agreed to {1})</translation>
        </message>
        <message>
            <source>{0}，{1} 起</source>
            <translation>{0}, since {1}</translation>
        </message>
        <message>
            <source>{0}，医保基金共支付{1}元</source>
            <translation>{0}; all insurance funds pay {1} yuan</translation>
        </message>
        <message>
            <source>{0}：{1}</source>
            <translation>{0}: {1}</translation>
        </message>
        <message>
            <source>{0}：患者同意的是 {1} 元，实际结算 {2} 元</source>
            <translation>{0}: the patient agreed to {1} yuan, {2} yuan is booked</translation>
        </message>
        <message>
            <source>、</source>
            <translation>, </translation>
        </message>
        <message>
            <source>一</source>
            <translation>1</translation>
        </message>
        <message>
            <source>一个符号（不能是字母或数字），或 F1 到 F24</source>
            <translation>one sign (no letter, no digit), or F1 to F24</translation>
        </message>
        <message>
            <source>一节</source>
            <translation>a section</translation>
        </message>
        <message>
            <source>三</source>
            <translation>3</translation>
        </message>
        <message>
            <source>上一张结算单没有打好：请看打印机，在待办（F3）里接着办</source>
            <translation>The last slip did not print well: look at the printer, then go on in the list (F3)</translation>
        </message>
        <message>
            <source>上下键选，回车确定</source>
            <translation>Choose with Up and Down, confirm with Enter</translation>
        </message>
        <message>
            <source>上传留下的明细</source>
            <translation>Upload the kept lines</translation>
        </message>
        <message>
            <source>上传试算</source>
            <translation>Upload, preview</translation>
        </message>
        <message>
            <source>上次结果</source>
            <translation>Last result</translation>
        </message>
        <message>
            <source>上次结果：{0}</source>
            <translation>Last result: {0}</translation>
        </message>
        <message>
            <source>下一位</source>
            <translation>Next patient</translation>
        </message>
        <message>
            <source>下一步</source>
            <translation>Next step</translation>
        </message>
        <message>
            <source>下一步 {0}</source>
            <translation>next step {0}</translation>
        </message>
        <message>
            <source>下一步：{0}（{1}）</source>
            <translation>Next step: {0} ({1})</translation>
        </message>
        <message>
            <source>下次</source>
            <translation>Next try</translation>
        </message>
        <message>
            <source>不一致</source>
            <translation>Differs</translation>
        </message>
        <message>
            <source>不再打印</source>
            <translation>Given up</translation>
        </message>
        <message>
            <source>不勾选就是全部退；只退几项时按空格勾选。请先核对：药已收回，项目没有做</source>
            <translation>Nothing marked gives back everything; press Space to mark single lines. Check first that medicines are back and items were not done</translation>
        </message>
        <message>
            <source>不同</source>
            <translation>Differs</translation>
        </message>
        <message>
            <source>不对，或是参保人本人的，请核对</source>
            <translation>wrong, or the insured person's own: please check</translation>
        </message>
        <message>
            <source>不打了</source>
            <translation>Do not print</translation>
        </message>
        <message>
            <source>不是 UTF-8 编码的文字</source>
            <translation>no text in UTF-8</translation>
        </message>
        <message>
            <source>不是单价 × 数量，应为 {0}</source>
            <translation>is not price × quantity, should be {0}</translation>
        </message>
        <message>
            <source>不是表单：应当是 F1 到 F10 或 {0}</source>
            <translation>is no form: should be F1 to F10 or {0}</translation>
        </message>
        <message>
            <source>不用个人账户</source>
            <translation>Account not used</translation>
        </message>
        <message>
            <source>不用再撤销；请重新上传明细</source>
            <translation>Nothing to take back; upload the lines again</translation>
        </message>
        <message>
            <source>不用再撤销；请重新办理这次就诊</source>
            <translation>Nothing to take back; begin this visit again</translation>
        </message>
        <message>
            <source>不结算</source>
            <translation>Do not settle</translation>
        </message>
        <message>
            <source>不能与 {0} 是同一个串口</source>
            <translation>cannot be the same serial port as {0}</translation>
        </message>
        <message>
            <source>不能为空，请填写</source>
            <translation>must not be empty</translation>
        </message>
        <message>
            <source>不能使用 {0}</source>
            <translation>{0} cannot be used</translation>
        </message>
        <message>
            <source>不能直接结算</source>
            <translation>Cannot be settled here</translation>
        </message>
        <message>
            <source>不要了，关闭窗口</source>
            <translation>Discard and close</translation>
        </message>
        <message>
            <source>与 {0} 只能填一个</source>
            <translation>or {0}: only one of them can be filled in</translation>
        </message>
        <message>
            <source>与{0}的行号相同，行号不能重复</source>
            <translation>has the line number of {0}; each may stand once only</translation>
        </message>
        <message>
            <source>与前一条接不上</source>
            <translation>does not follow the one before</translation>
        </message>
        <message>
            <source>丙类</source>
            <translation>Class C</translation>
        </message>
        <message>
            <source>两次不一致</source>
            <translation>the two entries differ</translation>
        </message>
        <message>
            <source>个人现金</source>
            <translation>Cash</translation>
        </message>
        <message>
            <source>个人现金 {0} 元</source>
            <translation>Cash {0} yuan</translation>
        </message>
        <message>
            <source>个人现金与患者看到的不同，没有结算</source>
            <translation>The cash differs from what the patient saw; nothing was settled</translation>
        </message>
        <message>
            <source>个人现金支付</source>
            <translation>Cash to pay</translation>
        </message>
        <message>
            <source>个人负担</source>
            <translation>Personal part</translation>
        </message>
        <message>
            <source>个人负担 = 个人账户 + 个人现金</source>
            <translation>personal part = account + cash</translation>
        </message>
        <message>
            <source>个人账户</source>
            <translation>Personal account</translation>
        </message>
        <message>
            <source>个人账户支付</source>
            <translation>Personal account pays</translation>
        </message>
        <message>
            <source>串口名（如 COM3）或完整路径</source>
            <translation>the name of a serial port (like COM3) or a whole path</translation>
        </message>
        <message>
            <source>串口名（如 COM3）或完整路径（如 /dev/ttyUSB0）</source>
            <translation>the name of a serial port (like COM3) or a whole path (like /dev/ttyUSB0)</translation>
        </message>
        <message>
            <source>临时外出首先自付{0}元，最多应为{1}元。请向参保地核实。</source>
            <translation>The first pay of a temporary stay is {0} yuan, it should be {1} yuan at most. Ask the insured area.</translation>
        </message>
        <message>
            <source>为什么补打</source>
            <translation>Why is it printed again?</translation>
        </message>
        <message>
            <source>主机:端口，如 192.168.1.60:9100</source>
            <translation>host:port, like 192.168.1.60:9100</translation>
        </message>
        <message>
            <source>主管核对无误</source>
            <translation>Supervisor accepts</translation>
        </message>
        <message>
            <source>之一</source>
            <translation>(one of them)</translation>
        </message>
        <message>
            <source>乙类</source>
            <translation>Class B</translation>
        </message>
        <message>
            <source>二</source>
            <translation>2</translation>
        </message>
        <message>
            <source>交医保办</source>
            <translation>Hand to office</translation>
        </message>
        <message>
            <source>人工登记</source>
            <translation>entered by a person</translation>
        </message>
        <message>
            <source>人脸不是参保人或代办人的</source>
            <translation>The face is neither the insured person's nor the representative's</translation>
        </message>
        <message>
            <source>人脸已认证 {0}</source>
            <translation>Face verified {0}</translation>
        </message>
        <message>
            <source>人脸核对</source>
            <translation>Face check</translation>
        </message>
        <message>
            <source>人脸认证没有通过</source>
            <translation>The face was not verified</translation>
        </message>
        <message>
            <source>人证不符</source>
            <translation>Not this person</translation>
        </message>
        <message>
            <source>人证不符，不能直接结算</source>
            <translation>The person does not match the credential: no direct settlement</translation>
        </message>
        <message>
            <source>人证不符：哪里不符</source>
            <translation>Not this person: what does not match</translation>
        </message>
        <message>
            <source>人证已核对 {0}</source>
            <translation>Identity checked {0}</translation>
        </message>
        <message>
            <source>人证未核对</source>
            <translation>Person not checked</translation>
        </message>
        <message>
            <source>人证未核对，按 F8</source>
            <translation>Person not checked, press F8</translation>
        </message>
        <message>
            <source>人证核对</source>
            <translation>Identity check</translation>
        </message>
        <message>
            <source>人证核对没有记进账本，请再按 F8</source>
            <translation>The identity check was not written down: please press F8 again</translation>
        </message>
        <message>
            <source>人证相符</source>
            <translation>Identity checked</translation>
        </message>
        <message>
            <source>今年起付还差</source>
            <translation>Deductible still due this year</translation>
        </message>
        <message>
            <source>今年还可报</source>
            <translation>Left this year</translation>
        </message>
        <message>
            <source>从</source>
            <translation>Since</translation>
        </message>
        <message>
            <source>从 {0}</source>
            <translation>since {0}</translation>
        </message>
        <message>
            <source>从根或盘符写起的完整路径</source>
            <translation>a whole path, from the root or the drive on</translation>
        </message>
        <message>
            <source>代办</source>
            <translation>Representative</translation>
        </message>
        <message>
            <source>代办人</source>
            <translation>Representative</translation>
        </message>
        <message>
            <source>代办人已核对 {0}</source>
            <translation>Representative checked {0}</translation>
        </message>
        <message>
            <source>代办人的信息不全</source>
            <translation>The representative's details are not complete</translation>
        </message>
        <message>
            <source>代办未核对</source>
            <translation>Representative not checked</translation>
        </message>
        <message>
            <source>代办未核对，按 F8</source>
            <translation>Representative unchecked, F8</translation>
        </message>
        <message>
            <source>份数</source>
            <translation>Copies</translation>
        </message>
        <message>
            <source>企业补充</source>
            <translation>Company supplement</translation>
        </message>
        <message>
            <source>企业补充医疗保险</source>
            <translation>Company supplementary insurance</translation>
        </message>
        <message>
            <source>伤残人员保障</source>
            <translation>Cover of the disabled</translation>
        </message>
        <message>
            <source>伤残人员医疗保障</source>
            <translation>Medical cover for disabled persons</translation>
        </message>
        <message>
            <source>估算</source>
            <translation>Estimate</translation>
        </message>
        <message>
            <source>估算：与参保地公布的规定不一样，先问清再结算；金额以平台为准。</source>
            <translation>Estimate: this is not what the insured area's published rule yields. Ask first, then settle; the platform's amounts hold.</translation>
        </message>
        <message>
            <source>估算：同样费用今天在一级医院，统筹基金可支付{0}。</source>
            <translation>Estimate: for the same costs at a level 1 hospital today the pooled fund would pay {0}.</translation>
        </message>
        <message>
            <source>估算：同样费用今天在一级医院，统筹基金至少可支付{0}。</source>
            <translation>Estimate: for the same costs at a level 1 hospital today the pooled fund would pay at least {0}.</translation>
        </message>
        <message>
            <source>位十六进制数</source>
            <translation>hexadecimal digits</translation>
        </message>
        <message>
            <source>位字母数字</source>
            <translation>letters or digits</translation>
        </message>
        <message>
            <source>位数不对</source>
            <translation>wrong number of digits</translation>
        </message>
        <message>
            <source>位数字</source>
            <translation>digits</translation>
        </message>
        <message>
            <source>像是云闪付付款码或银行卡号</source>
            <translation>looks like a UnionPay payment code or a bank card number</translation>
        </message>
        <message>
            <source>像是健康码或网页</source>
            <translation>looks like a health code or a web page</translation>
        </message>
        <message>
            <source>像是医保码，但没有扫全</source>
            <translation>looks like an e-voucher, not scanned whole</translation>
        </message>
        <message>
            <source>像是微信付款码</source>
            <translation>looks like a WeChat payment code</translation>
        </message>
        <message>
            <source>像是支付宝付款码</source>
            <translation>looks like an Alipay payment code</translation>
        </message>
        <message>
            <source>像是电子健康卡</source>
            <translation>looks like an electronic health card</translation>
        </message>
        <message>
            <source>像是社会保障卡号</source>
            <translation>looks like the number of a social security card</translation>
        </message>
        <message>
            <source>像是身份证号</source>
            <translation>looks like an ID number</translation>
        </message>
        <message>
            <source>像是银行卡号</source>
            <translation>looks like a bank card number</translation>
        </message>
        <message>
            <source>元</source>
            <translation>yuan</translation>
        </message>
        <message>
            <source>先收回普通票据和未结算告知单，再结算：付过的钱算已收，只留个人部分，其余退还</source>
            <translation>First take back the ordinary receipt and the claim sheet, then settle: what was paid counts, only the own part stays, the rest is returned</translation>
        </message>
        <message>
            <source>先用卡号查询；请信息科检查安全模块</source>
            <translation>Ask by the card number first; have IT check the security module</translation>
        </message>
        <message>
            <source>先行自付</source>
            <translation>First share</translation>
        </message>
        <message>
            <source>先行自付 {0}%</source>
            <translation>First share {0}%</translation>
        </message>
        <message>
            <source>先行自付{0}元</source>
            <translation>first share {0}</translation>
        </message>
        <message>
            <source>全自费</source>
            <translation>Self-paid</translation>
        </message>
        <message>
            <source>全自费{0}元</source>
            <translation>not covered {0}</translation>
        </message>
        <message>
            <source>公务员医疗补助</source>
            <translation>Civil servants' medical subsidy</translation>
        </message>
        <message>
            <source>公务员补助</source>
            <translation>Civil servants’ supplement</translation>
        </message>
        <message>
            <source>共 {0} 份，有 {1} 份不清楚</source>
            <translation>{0} copies, {1} in doubt</translation>
        </message>
        <message>
            <source>共 {0} 份，正在打印</source>
            <translation>{0} copies, printing</translation>
        </message>
        <message>
            <source>共 {0} 项</source>
            <translation>Items: {0}</translation>
        </message>
        <message>
            <source>关闭窗口就没有了，要重新录入。按 Esc 回去接着录；不要了，按 F12 关闭窗口</source>
            <translation>Closing the window loses it, and it has to be typed anew. Esc: back to the bill. F12: discard it and close the window</translation>
        </message>
        <message>
            <source>其中 临时外出首先自付</source>
            <translation>of it temporary-stay share</translation>
        </message>
        <message>
            <source>其中 乙类先行自付</source>
            <translation>of it class B share</translation>
        </message>
        <message>
            <source>其中 家庭共济</source>
            <translation>of it family account</translation>
        </message>
        <message>
            <source>其他</source>
            <translation>Other</translation>
        </message>
        <message>
            <source>其他临时外出就医人员</source>
            <translation>Other temporary stay</translation>
        </message>
        <message>
            <source>其他亲属</source>
            <translation>Relative</translation>
        </message>
        <message>
            <source>其他单据</source>
            <translation>Other papers</translation>
        </message>
        <message>
            <source>其他基金</source>
            <translation>Other funds</translation>
        </message>
        <message>
            <source>其他证件</source>
            <translation>Another document</translation>
        </message>
        <message>
            <source>内容被改过</source>
            <translation>was changed</translation>
        </message>
        <message>
            <source>内部认证</source>
            <translation>internal authentication</translation>
        </message>
        <message>
            <source>内部认证没有结果</source>
            <translation>internal authentication without a result</translation>
        </message>
        <message>
            <source>写了两次，请只留一个</source>
            <translation>stands there twice, keep one</translation>
        </message>
        <message>
            <source>写出了缓冲区</source>
            <translation>wrote beyond its buffer</translation>
        </message>
        <message>
            <source>写法不同</source>
            <translation>Spelt differently</translation>
        </message>
        <message>
            <source>几个读卡器里都有社会保障卡</source>
            <translation>There are social security cards in several readers</translation>
        </message>
        <message>
            <source>凭证上的人与医院系统里的患者不是同一人</source>
            <translation>The credential's person is not the patient in the hospital's system</translation>
        </message>
        <message>
            <source>凭证上的人与参保地登记的不是同一人</source>
            <translation>The person of the credential is not the one registered at the insured place</translation>
        </message>
        <message>
            <source>凭证上的出生日期</source>
            <translation>Date of birth on the credential</translation>
        </message>
        <message>
            <source>凭证上的姓名</source>
            <translation>Name on the credential</translation>
        </message>
        <message>
            <source>凭证上的性别</source>
            <translation>Sex on the credential</translation>
        </message>
        <message>
            <source>凭这张卡查不到参保信息</source>
            <translation>No insurance is found by this card</translation>
        </message>
        <message>
            <source>出生日期</source>
            <translation>Date of birth</translation>
        </message>
        <message>
            <source>出生日期不存在</source>
            <translation>the date of birth does not exist</translation>
        </message>
        <message>
            <source>切刀</source>
            <translation>cutter</translation>
        </message>
        <message>
            <source>刚才 {patient}：{news}</source>
            <translation>Just now, {patient}: {news}</translation>
        </message>
        <message>
            <source>删除明细</source>
            <translation>Remove line</translation>
        </message>
        <message>
            <source>到 {0} 的整数</source>
            <translation>to {0}, a whole number</translation>
        </message>
        <message>
            <source>到 {0} 的整数（秒）</source>
            <translation>to {0}, a whole number of seconds</translation>
        </message>
        <message>
            <source>前一天</source>
            <translation>Day before</translation>
        </message>
        <message>
            <source>办理</source>
            <translation>Finish</translation>
        </message>
        <message>
            <source>助手程序是第 {0} 版，应为第 {1} 版</source>
            <translation>the helper program is version {0}, should be {1}</translation>
        </message>
        <message>
            <source>助手程序起不来 {0}</source>
            <translation>the helper program does not start {0}</translation>
        </message>
        <message>
            <source>医保办交接单</source>
            <translation>Case sheet for the office</translation>
        </message>
        <message>
            <source>医保基金</source>
            <translation>Insurance funds</translation>
        </message>
        <message>
            <source>医保基金支付</source>
            <translation>Insurance funds pay</translation>
        </message>
        <message>
            <source>医保码</source>
            <translation>Insurance code</translation>
        </message>
        <message>
            <source>医保码没有被接受</source>
            <translation>The e-voucher was not accepted</translation>
        </message>
        <message>
            <source>医师</source>
            <translation>Doctor</translation>
        </message>
        <message>
            <source>医师编码</source>
            <translation>Doctor code</translation>
        </message>
        <message>
            <source>医生已确认</source>
            <translation>Confirmed by the doctor</translation>
        </message>
        <message>
            <source>医疗救助</source>
            <translation>Medical aid</translation>
        </message>
        <message>
            <source>医疗类别要填代码，例如 11 普通门诊、13 急诊、14 慢特病</source>
            <translation>kind of visit is a code: 11 ordinary, 13 emergency, 14 chronic</translation>
        </message>
        <message>
            <source>医疗费总额</source>
            <translation>Total charges</translation>
        </message>
        <message>
            <source>医院单据上的姓名</source>
            <translation>Name on the hospital’s bill</translation>
        </message>
        <message>
            <source>医院存档用</source>
            <translation>For the hospital's files</translation>
        </message>
        <message>
            <source>医院审批</source>
            <translation>Hospital approval</translation>
        </message>
        <message>
            <source>医院已审批</source>
            <translation>Approved by the hospital</translation>
        </message>
        <message>
            <source>医院改了单据，正在重新试算</source>
            <translation>The hospital changed the bill; asking for the split again</translation>
        </message>
        <message>
            <source>医院改了这张单据，已按新单据重新试算，请再核对金额</source>
            <translation>The hospital changed this bill. The new one has been uploaded and split: please check the amounts again</translation>
        </message>
        <message>
            <source>医院的收费目录读不出来</source>
            <translation>The hospital's catalogue cannot be read</translation>
        </message>
        <message>
            <source>医院系统导出后自动出现；也可以按 F4 录入</source>
            <translation>It appears when the hospital's system exports it; or press F4 to type it</translation>
        </message>
        <message>
            <source>医院自己的单据版式有误，这张单据没有打印</source>
            <translation>The hospital's own layout of this paper has a fault; the paper was not printed</translation>
        </message>
        <message>
            <source>医院负担</source>
            <translation>Hospital's share</translation>
        </message>
        <message>
            <source>单价</source>
            <translation>Price</translation>
        </message>
        <message>
            <source>单价最多十位整数、六位小数，例如 12.500000，不能为负</source>
            <translation>a price has at most ten digits and six decimals, as 12.500000, and is not negative</translation>
        </message>
        <message>
            <source>单元格比列名多，请检查逗号和引号</source>
            <translation>more cells than column names, check commas and quotation marks</translation>
        </message>
        <message>
            <source>单据</source>
            <translation>Papers</translation>
        </message>
        <message>
            <source>单据 {0}</source>
            <translation>bill {0}</translation>
        </message>
        <message>
            <source>单据 {0}，共 {1} 项</source>
            <translation>Bill {0}, {1} lines</translation>
        </message>
        <message>
            <source>单据 {0}，结算单号 {1}</source>
            <translation>bill {0}, settlement {1}</translation>
        </message>
        <message>
            <source>单据号</source>
            <translation>Bill</translation>
        </message>
        <message>
            <source>单据索引缺失</source>
            <translation>is missing in the index of bills</translation>
        </message>
        <message>
            <source>单据里没有这一行</source>
            <translation>The bill has no such line</translation>
        </message>
        <message>
            <source>卡上的社保应用已锁定</source>
            <translation>The card's social security application is locked</translation>
        </message>
        <message>
            <source>卡内有一项数据不可信，未采用</source>
            <translation>One value on the card cannot be trusted and is not used</translation>
        </message>
        <message>
            <source>卡没有回应</source>
            <translation>The card does not answer</translation>
        </message>
        <message>
            <source>卡没有应答，可能插反了</source>
            <translation>The card does not answer; it may be the wrong side up</translation>
        </message>
        <message>
            <source>卡的真伪认证没有通过</source>
            <translation>The card did not pass the check of its genuineness</translation>
        </message>
        <message>
            <source>卡读不出来</source>
            <translation>The card cannot be read</translation>
        </message>
        <message>
            <source>厂商动态库失灵</source>
            <translation>the vendor's library failed</translation>
        </message>
        <message>
            <source>厂商动态库失灵，会自动重启</source>
            <translation>The vendor's library failed; it will be started again by itself</translation>
        </message>
        <message>
            <source>厂商动态库用不了</source>
            <translation>The vendor's library cannot be used</translation>
        </message>
        <message>
            <source>原个人现金</source>
            <translation>Cash as settled</translation>
        </message>
        <message>
            <source>原结算已经撤销。按 F9 接着重新结算，或者改为全部退</source>
            <translation>The settlement is taken back. F9 goes on with settling the rest, or gives back everything</translation>
        </message>
        <message>
            <source>原结算已经撤销，留下的项目已重新试算。患者同意按 F9 重新结算；不同意按 F8 全部退</source>
            <translation>The settlement is taken back and the kept lines are priced anew. F9 settles them if the patient agrees; F8 gives back everything if not</translation>
        </message>
        <message>
            <source>原结算已经撤销，留下的项目还没有结算。按 F5 继续，或按 F8 改为全部退</source>
            <translation>The settlement is taken back, the kept lines are not settled yet. F5 goes on, F8 gives back everything</translation>
        </message>
        <message>
            <source>原话</source>
            <translation>Their words</translation>
        </message>
        <message>
            <source>参保地</source>
            <translation>Insured at</translation>
        </message>
        <message>
            <source>参保地查不到这个人</source>
            <translation>The insured area does not know this person</translation>
        </message>
        <message>
            <source>参保地没有门诊统筹，仅可使用个人账户</source>
            <translation>The insured area has no pooled fund for outpatients; only the personal account can be used</translation>
        </message>
        <message>
            <source>参保地表示这次不能享受待遇</source>
            <translation>The insured area says that there is no benefit this time</translation>
        </message>
        <message>
            <source>参保地还没有开通跨省门诊直接结算</source>
            <translation>The insured area has not opened outpatient settlement across provinces</translation>
        </message>
        <message>
            <source>参保状态不正常，不能直接结算</source>
            <translation>The insurance is not active; it cannot be settled here</translation>
        </message>
        <message>
            <source>取出卡住的纸，按 F11 接着打；打印不影响结算，不要重新结算</source>
            <translation>Take out the jammed paper and press F11 to go on; printing changes no settlement, do not settle again</translation>
        </message>
        <message>
            <source>取随机数</source>
            <translation>get challenge</translation>
        </message>
        <message>
            <source>取随机数长度不对</source>
            <translation>challenge of a wrong length</translation>
        </message>
        <message>
            <source>受托人</source>
            <translation>Agent</translation>
        </message>
        <message>
            <source>只出来一份</source>
            <translation>Only one came out</translation>
        </message>
        <message>
            <source>只有慢特病（kind 14）才填病种编码，请清空或改 kind</source>
            <translation>a disease code goes with chronic care (kind 14) only: clear it or change kind</translation>
        </message>
        <message>
            <source>只能在窗口里打印</source>
            <translation>prints only from the window</translation>
        </message>
        <message>
            <source>只能是字母、数字和符号</source>
            <translation>may have letters, digits and signs only</translation>
        </message>
        <message>
            <source>只能有数字，最后一位可以是X</source>
            <translation>may have digits only, and X in the last place</translation>
        </message>
        <message>
            <source>可以结算（留下记录、用账户），也可以自费</source>
            <translation>Settle all the same (keeps the record, uses the account), or let the patient pay</translation>
        </message>
        <message>
            <source>可能磁盘已满</source>
            <translation>the disk may be full</translation>
        </message>
        <message>
            <source>合上盖子，按 F11 接着打；打印不影响结算，不要重新结算</source>
            <translation>Close the cover and press F11 to go on; printing changes no settlement, do not settle again</translation>
        </message>
        <message>
            <source>同意退费</source>
            <translation>Agreed</translation>
        </message>
        <message>
            <source>同样费用，一级医院报</source>
            <translation>The same at a level 1 hospital</translation>
        </message>
        <message>
            <source>同样费用，一级医院至少报</source>
            <translation>The same at a level 1 hospital, at least</translation>
        </message>
        <message>
            <source>名称</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>后一天</source>
            <translation>Day after</translation>
        </message>
        <message>
            <source>和</source>
            <translation>and</translation>
        </message>
        <message>
            <source>回答的不是这笔</source>
            <translation>the answer is of another request</translation>
        </message>
        <message>
            <source>回答读不懂</source>
            <translation>unreadable answer</translation>
        </message>
        <message>
            <source>回答过长</source>
            <translation>answer too long</translation>
        </message>
        <message>
            <source>国家编码</source>
            <translation>National code</translation>
        </message>
        <message>
            <source>地址有误</source>
            <translation>wrong address</translation>
        </message>
        <message>
            <source>基金分项与合计不一致</source>
            <translation>The funds do not add up to their sum</translation>
        </message>
        <message>
            <source>基金分项之和 = 基金支付 + 账户 + 医院负担</source>
            <translation>sum of the fund parts = funds + account + hospital part</translation>
        </message>
        <message>
            <source>基金支付 = 各项基金之和</source>
            <translation>funds = sum of all funds</translation>
        </message>
        <message>
            <source>基金支付总额</source>
            <translation>Funds in all</translation>
        </message>
        <message>
            <source>备案</source>
            <translation>Filing</translation>
        </message>
        <message>
            <source>备案是长期居住，却先行自付了临时外出的{0}元。备案可能已失效或被改动，请向参保地核实。</source>
            <translation>The filing is for a long stay, yet {0} yuan were paid first as for a temporary one. The filing may have ended or been changed: ask the insured area.</translation>
        </message>
        <message>
            <source>备案的就医地不是这里</source>
            <translation>The filing is for another place</translation>
        </message>
        <message>
            <source>备案采集单</source>
            <translation>Filing data sheet</translation>
        </message>
        <message>
            <source>复制案由</source>
            <translation>Copy case</translation>
        </message>
        <message>
            <source>外伤</source>
            <translation>Trauma</translation>
        </message>
        <message>
            <source>外伤承诺书</source>
            <translation>Trauma letter</translation>
        </message>
        <message>
            <source>外伤无第三方责任，还缺承诺书</source>
            <translation>Injury without a third party: the signed statement is missing</translation>
        </message>
        <message>
            <source>外伤涉及第三方责任，不能直接结算</source>
            <translation>Injury with a liable third party: it cannot be settled here</translation>
        </message>
        <message>
            <source>外伤请填 none、no-third-party 或 third-party</source>
            <translation>injury is none, no-third-party or third-party</translation>
        </message>
        <message>
            <source>外部认证 {0}</source>
            <translation>external authentication {0}</translation>
        </message>
        <message>
            <source>大于 0、不超过 {0} 的数（秒）</source>
            <translation>a number above 0 and not above {0} (seconds)</translation>
        </message>
        <message>
            <source>大病保险</source>
            <translation>Critical illness insurance</translation>
        </message>
        <message>
            <source>大额补助</source>
            <translation>Large amounts supplement</translation>
        </message>
        <message>
            <source>太多，最多 {0} 项，请分开结算</source>
            <translation>too many, {0} at most: settle them apart</translation>
        </message>
        <message>
            <source>太长，最多 {0} 个字</source>
            <translation>too long, {0} characters at most</translation>
        </message>
        <message>
            <source>女</source>
            <translation>Female</translation>
        </message>
        <message>
            <source>姓名 {0} / {1}</source>
            <translation>name {0} / {1}</translation>
        </message>
        <message>
            <source>子女</source>
            <translation>Child</translation>
        </message>
        <message>
            <source>存档的单据与账本不符</source>
            <translation>the archived paper does not match the journal</translation>
        </message>
        <message>
            <source>安全模块没有打开这张三代卡</source>
            <translation>The security module did not open this card of the third generation</translation>
        </message>
        <message>
            <source>安全模块的回答长度不对</source>
            <translation>answer of the security module of a wrong length</translation>
        </message>
        <message>
            <source>实收</source>
            <translation>Received</translation>
        </message>
        <message>
            <source>家庭共济</source>
            <translation>Family account</translation>
        </message>
        <message>
            <source>密码机回答 {0}</source>
            <translation>the security module answers {0}</translation>
        </message>
        <message>
            <source>密码机没有回答（{0}）</source>
            <translation>the security module does not answer ({0})</translation>
        </message>
        <message>
            <source>密码机的回答不合格式</source>
            <translation>the answer of the security module is malformed</translation>
        </message>
        <message>
            <source>密码机的回答太慢</source>
            <translation>the security module answers too slowly</translation>
        </message>
        <message>
            <source>密码机的回答太长或太慢</source>
            <translation>the answer of the security module is too long or too slow</translation>
        </message>
        <message>
            <source>密钥不是 {0} 字节</source>
            <translation>the key has not {0} bytes</translation>
        </message>
        <message>
            <source>密钥文件不能读写：{0}</source>
            <translation>the key file cannot be read or written: {0}</translation>
        </message>
        <message>
            <source>密钥环中没有网关密钥</source>
            <translation>The keyring has no gateway token</translation>
        </message>
        <message>
            <source>密钥环没有保存密钥</source>
            <translation>the keyring did not keep the key</translation>
        </message>
        <message>
            <source>密钥环里没有本机账本的密钥</source>
            <translation>the keyring has no key of this journal</translation>
        </message>
        <message>
            <source>密钥的格式不对</source>
            <translation>the key is malformed</translation>
        </message>
        <message>
            <source>密钥的长度不对</source>
            <translation>the key has a wrong length</translation>
        </message>
        <message>
            <source>将用卡号向参保地查询；查询不到请改用身份证或医保码</source>
            <translation>The insured area is asked by the card number; if it does not know it, use the ID card or e-voucher</translation>
        </message>
        <message>
            <source>就诊 {0}</source>
            <translation>visit {0}</translation>
        </message>
        <message>
            <source>就诊凭证</source>
            <translation>Shown by</translation>
        </message>
        <message>
            <source>就诊时间</source>
            <translation>Visit time</translation>
        </message>
        <message>
            <source>就诊记录前后不符</source>
            <translation>the entries of a visit do not follow from each other</translation>
        </message>
        <message>
            <source>居民医保</source>
            <translation>Residents</translation>
        </message>
        <message>
            <source>居民医保统筹基金</source>
            <translation>Residents' pooled fund</translation>
        </message>
        <message>
            <source>居民大病保险</source>
            <translation>Residents' critical illness insurance</translation>
        </message>
        <message>
            <source>已交医保办</source>
            <translation>With the office</translation>
        </message>
        <message>
            <source>已交医保办，本机仍在继续查询</source>
            <translation>The insurance office has it; this desk goes on looking</translation>
        </message>
        <message>
            <source>已付 {0} 元</source>
            <translation>{0} yuan paid</translation>
        </message>
        <message>
            <source>已入账</source>
            <translation>booked</translation>
        </message>
        <message>
            <source>已关闭</source>
            <translation>closed</translation>
        </message>
        <message>
            <source>已发出的冲正还没有回答，可能随后把它冲掉</source>
            <translation>A reversal that was sent has no answer yet and may still undo it</translation>
        </message>
        <message>
            <source>已取消</source>
            <translation>cancelled</translation>
        </message>
        <message>
            <source>已复制，可以粘贴给医保办</source>
            <translation>Copied; paste it for the insurance office</translation>
        </message>
        <message>
            <source>已存档</source>
            <translation>Archived</translation>
        </message>
        <message>
            <source>已完成</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>已撤销</source>
            <translation>taken back</translation>
        </message>
        <message>
            <source>已撤销结算</source>
            <translation>Settlement taken back</translation>
        </message>
        <message>
            <source>已撤销，没有结算</source>
            <translation>Taken back, nothing was settled</translation>
        </message>
        <message>
            <source>已收押金</source>
            <translation>Deposit held</translation>
        </message>
        <message>
            <source>已收押金 {0} 元，结算后多退少补</source>
            <translation>Deposit held: {0} yuan; what is over goes back after settling</translation>
        </message>
        <message>
            <source>已收现金</source>
            <translation>Cash held</translation>
        </message>
        <message>
            <source>已放弃人脸核对，请人工核对后按 F8</source>
            <translation>Face check given up: look yourself, then press F8</translation>
        </message>
        <message>
            <source>已放弃查询</source>
            <translation>Question given up</translation>
        </message>
        <message>
            <source>已放弃查询，没有结算；平台上的登记由待办（F3）继续撤</source>
            <translation>Question given up, nothing is settled; open work (F3) takes the registration back</translation>
        </message>
        <message>
            <source>已查 {0} 次，{1} 秒后再查</source>
            <translation>Looked {0} times, again in {1} s</translation>
        </message>
        <message>
            <source>已查清，正在打开</source>
            <translation>Found out, opening</translation>
        </message>
        <message>
            <source>已查清，请按页面继续</source>
            <translation>Found out; go on with the page</translation>
        </message>
        <message>
            <source>已查清：平台上的结算已经冲正</source>
            <translation>Found out: the settlement is reversed at the platform</translation>
        </message>
        <message>
            <source>已查清：平台没有记账</source>
            <translation>Found out: nothing is booked at the platform</translation>
        </message>
        <message>
            <source>已登记暂缓结算：线路恢复后在待办（F3）里补办</source>
            <translation>Deferred; finish it from the list (F3) when the line is back</translation>
        </message>
        <message>
            <source>已登记未收款：在待办（F3）里可以随时补收或撤销</source>
            <translation>Noted as unpaid; collect it or take it back from the list (F3)</translation>
        </message>
        <message>
            <source>已登记自费：已收的押金抵费用，多退少补，提醒患者保留票据手工报销</source>
            <translation>Noted as self-pay: the deposit counts, take or return the difference; the patient keeps the papers for a manual claim</translation>
        </message>
        <message>
            <source>已登记自费：请按全额收费，提醒患者保留票据手工报销</source>
            <translation>Noted as self-paid: charge the full amount; the patient keeps the papers and claims by hand</translation>
        </message>
        <message>
            <source>已登记：结果查清后请联系患者，现在不收款</source>
            <translation>Noted: call the patient once the outcome is known; take no money now</translation>
        </message>
        <message>
            <source>已看到下一张卡，做完当前患者后自动读取</source>
            <translation>The next card is in; it is read when this patient is done</translation>
        </message>
        <message>
            <source>已经退过第 {0} 行</source>
            <translation>line {0} was given back already</translation>
        </message>
        <message>
            <source>已结算，待核对</source>
            <translation>Settled, to be checked</translation>
        </message>
        <message>
            <source>已结算，没有收款</source>
            <translation>Settled, cash not taken</translation>
        </message>
        <message>
            <source>已结算，金额待核对</source>
            <translation>Settled, sums to be checked</translation>
        </message>
        <message>
            <source>已记入账本，稍后自动补做，不影响患者</source>
            <translation>It is noted and will be done later by itself; the patient is not affected</translation>
        </message>
        <message>
            <source>已试</source>
            <translation>Tried</translation>
        </message>
        <message>
            <source>已试 {0} 次，下次 {1}</source>
            <translation>tried {0} times, next {1}</translation>
        </message>
        <message>
            <source>已过最后期限，不能再补办。请患者改自费（F11），退还多收的押金，回参保地手工报销</source>
            <translation>Past its last day: self-pay only (F11); return what was paid too much, the patient claims by hand</translation>
        </message>
        <message>
            <source>已送打印</source>
            <translation>Sent to printer</translation>
        </message>
        <message>
            <source>常驻异地工作人员</source>
            <translation>Posted worker</translation>
        </message>
        <message>
            <source>平台上多出一笔本机没有采用的结算。请交医保办，由平台撤销</source>
            <translation>The platform holds a settlement that this desk does not stand on. Hand it to the office, to be undone by the platform</translation>
        </message>
        <message>
            <source>平台上已经办完。按 F9 把该退的现金退还患者并登记</source>
            <translation>The platform is done. F9 gives the cash that is due back and notes it</translation>
        </message>
        <message>
            <source>平台上没有这批未结算的明细</source>
            <translation>The platform has no such unsettled lines</translation>
        </message>
        <message>
            <source>平台上的挂号已经撤销</source>
            <translation>The registration is already cancelled at the platform</translation>
        </message>
        <message>
            <source>平台上的挂号或明细还没有撤销</source>
            <translation>The registration or the lines are still at the platform</translation>
        </message>
        <message>
            <source>平台上的登记待撤销</source>
            <translation>Registration to be taken back</translation>
        </message>
        <message>
            <source>平台上的这个结算单号不是这笔报文的</source>
            <translation>That settlement at the platform is not of this message</translation>
        </message>
        <message>
            <source>平台上的这笔结算没有撤销，仍然有效</source>
            <translation>The platform has not taken this settlement back: it still stands</translation>
        </message>
        <message>
            <source>平台不受理</source>
            <translation>not accepted by the platform</translation>
        </message>
        <message>
            <source>平台不接受本机构的结算</source>
            <translation>The platform does not accept settlements of this hospital</translation>
        </message>
        <message>
            <source>平台不接受这种查询或冲正</source>
            <translation>The platform does not take this query or reversal</translation>
        </message>
        <message>
            <source>平台多记了一笔结算</source>
            <translation>One settlement too many at the platform</translation>
        </message>
        <message>
            <source>平台少返回了金额，有的等式无法核对</source>
            <translation>The platform left amounts out; some sums cannot be checked</translation>
        </message>
        <message>
            <source>平台已撤销</source>
            <translation>undone at the platform</translation>
        </message>
        <message>
            <source>平台已记账</source>
            <translation>booked at the platform</translation>
        </message>
        <message>
            <source>平台已连通</source>
            <translation>Line is up</translation>
        </message>
        <message>
            <source>平台把同一笔报文记了两次账</source>
            <translation>The platform booked one message twice</translation>
        </message>
        <message>
            <source>平台把同一笔记了两次</source>
            <translation>booked twice by the platform</translation>
        </message>
        <message>
            <source>平台没有告知</source>
            <translation>Not told</translation>
        </message>
        <message>
            <source>平台没有回答</source>
            <translation>no answer from the platform</translation>
        </message>
        <message>
            <source>平台没有开通这项交易</source>
            <translation>The platform has not opened this transaction</translation>
        </message>
        <message>
            <source>平台没有接受</source>
            <translation>The platform did not accept it</translation>
        </message>
        <message>
            <source>平台没有给出可用的回答</source>
            <translation>The platform gave no usable answer</translation>
        </message>
        <message>
            <source>平台没有返回个人现金金额</source>
            <translation>The platform did not tell the cash amount</translation>
        </message>
        <message>
            <source>平台没有返回医疗费总额</source>
            <translation>The platform did not tell the total charges</translation>
        </message>
        <message>
            <source>平台的回答不够估算应退金额，撤销后重新试算才知道，请先告诉患者</source>
            <translation>The answer tells too little for an estimate; the sum is known after taking it back. Tell the patient first</translation>
        </message>
        <message>
            <source>平台的回答不足以估算应退金额</source>
            <translation>The platform's answer is not enough to estimate what goes back</translation>
        </message>
        <message>
            <source>平台要求先签到</source>
            <translation>The platform wants a sign-in first</translation>
        </message>
        <message>
            <source>平台返回金额不平</source>
            <translation>The platform's amounts do not add up</translation>
        </message>
        <message>
            <source>平台还没有查到这笔</source>
            <translation>not found at the platform so far</translation>
        </message>
        <message>
            <source>应为 {0}</source>
            <translation>should be {0}</translation>
        </message>
        <message>
            <source>应为18位</source>
            <translation>should have 18 characters</translation>
        </message>
        <message>
            <source>应为列表，例如 []</source>
            <translation>should be a list, like []</translation>
        </message>
        <message>
            <source>应为列表，至少要有一项</source>
            <translation>should be a list with one entry at least</translation>
        </message>
        <message>
            <source>应当写成</source>
            <translation>should be written</translation>
        </message>
        <message>
            <source>应当是</source>
            <translation>should be</translation>
        </message>
        <message>
            <source>应收现金</source>
            <translation>Cash due</translation>
        </message>
        <message>
            <source>应补收现金</source>
            <translation>Cash still due</translation>
        </message>
        <message>
            <source>应退患者</source>
            <translation>To give back</translation>
        </message>
        <message>
            <source>应退现金</source>
            <translation>Cash back</translation>
        </message>
        <message>
            <source>应退金额与患者看到的不同，没有重新结算</source>
            <translation>What goes back is not what the patient saw; not settled anew</translation>
        </message>
        <message>
            <source>应退金额是估算，撤销后重新试算才准确，届时再请患者确认</source>
            <translation>The sum is an estimate; the true one is known after taking it back, and is agreed to again</translation>
        </message>
        <message>
            <source>延后结算单</source>
            <translation>Deferral slip</translation>
        </message>
        <message>
            <source>异地安置退休人员</source>
            <translation>Retired and settled elsewhere</translation>
        </message>
        <message>
            <source>异地急诊抢救人员</source>
            <translation>Emergency away from home</translation>
        </message>
        <message>
            <source>异地转诊人员</source>
            <translation>Referred</translation>
        </message>
        <message>
            <source>异地长期居住人员</source>
            <translation>Long-term resident</translation>
        </message>
        <message>
            <source>异常退出</source>
            <translation>ended unexpectedly</translation>
        </message>
        <message>
            <source>引号或换行不成对，从这一行起读不下去</source>
            <translation>a quotation mark or line break without its partner: unreadable from this line on</translation>
        </message>
        <message>
            <source>录入收费</source>
            <translation>Type charges</translation>
        </message>
        <message>
            <source>录完试算</source>
            <translation>Done, preview</translation>
        </message>
        <message>
            <source>待办</source>
            <translation>To do</translation>
        </message>
        <message>
            <source>待办没有做完，稍后再试</source>
            <translation>The queue did not finish; it tries again later</translation>
        </message>
        <message>
            <source>待办里没有这一条</source>
            <translation>No such item in the queue</translation>
        </message>
        <message>
            <source>待确认单</source>
            <translation>Unconfirmed slip</translation>
        </message>
        <message>
            <source>待遇备案</source>
            <translation>Benefits</translation>
        </message>
        <message>
            <source>必须是文本</source>
            <translation>must be text</translation>
        </message>
        <message>
            <source>必须是文本，请加上引号</source>
            <translation>must be text, in quotes</translation>
        </message>
        <message>
            <source>急诊</source>
            <translation>Emergency</translation>
        </message>
        <message>
            <source>急诊就诊还缺医生的急诊标志</source>
            <translation>The doctor's emergency mark is missing</translation>
        </message>
        <message>
            <source>急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算。</source>
            <translation>An emergency without a filing counts as filed; it settles as a temporary stay.</translation>
        </message>
        <message>
            <source>急诊抢救未备案的视同已备案，按临时外出就医人员待遇标准结算（以参保地规定为准）。</source>
            <translation>An emergency without a filing counts as filed; it settles as a temporary stay (as the insured area has it).</translation>
        </message>
        <message>
            <source>急诊标志</source>
            <translation>Emergency mark</translation>
        </message>
        <message>
            <source>性别 / 年龄</source>
            <translation>Sex / age</translation>
        </message>
        <message>
            <source>性别请填 1（男）或 2（女）</source>
            <translation>sex is 1 (male) or 2 (female)</translation>
        </message>
        <message>
            <source>总费用{0}元，其中{1}不在统筹支付范围，符合政策范围{2}元。</source>
            <translation>Of {0} yuan, outside the pooled fund's scope: {1}; within scope {2} yuan.</translation>
        </message>
        <message>
            <source>总费用{0}元，符合政策范围{1}元。</source>
            <translation>Of {0} yuan, {1} yuan are within scope.</translation>
        </message>
        <message>
            <source>总额 = 上传明细之和</source>
            <translation>total = sum of the charges sent</translation>
        </message>
        <message>
            <source>总额 = 全自费 + 超限价 + 先行自付 + 符合政策范围</source>
            <translation>total = full self-pay + over limit + first pay + in scope</translation>
        </message>
        <message>
            <source>总额 = 基金支付 + 个人负担 + 医院负担</source>
            <translation>total = funds + personal part + hospital part</translation>
        </message>
        <message>
            <source>患者</source>
            <translation>Patient</translation>
        </message>
        <message>
            <source>患者不等了</source>
            <translation>Patient leaves</translation>
        </message>
        <message>
            <source>患者付全额，开普通收据，带发票、费用清单和病历回参保地手工报销</source>
            <translation>The patient pays in full, gets an ordinary receipt, and claims by hand at home with invoice, list of charges and record</translation>
        </message>
        <message>
            <source>患者先付全额 {0} 元作押金。线路恢复后带凭证来补办，退还医保支付的部分；{1} 前有效</source>
            <translation>The patient pays the full {0} yuan as a deposit, comes back with the credential when the line stands, and gets the insured part back; until {1}</translation>
        </message>
        <message>
            <source>患者号</source>
            <translation>Patient number</translation>
        </message>
        <message>
            <source>患者同意后用个人账户结算</source>
            <translation>Settle with the personal account if the patient agrees</translation>
        </message>
        <message>
            <source>患者同意新金额</source>
            <translation>New amounts agreed</translation>
        </message>
        <message>
            <source>患者同意时可按普通门诊结算</source>
            <translation>If the patient agrees, settle as an ordinary visit</translation>
        </message>
        <message>
            <source>患者已同意新金额：{0} 于 {1} 登记</source>
            <translation>The patient agreed to the new amounts: noted by {0}, {1}</translation>
        </message>
        <message>
            <source>患者正在住院，门诊不能直接结算</source>
            <translation>The patient is in hospital; an outpatient visit cannot be settled</translation>
        </message>
        <message>
            <source>患者等线路恢复。没有结算，也没有扣款；恢复后按 F5 接着办</source>
            <translation>The patient waits for the line. Nothing is settled or charged; F5 goes on when it is back</translation>
        </message>
        <message>
            <source>患者签字，现在不付钱。线路恢复后带凭证来补办，只付个人部分；{1} 前有效</source>
            <translation>The patient signs and pays nothing now, comes back with the credential when the line stands, and pays the personal part only; until {1}</translation>
        </message>
        <message>
            <source>患者要再打一份</source>
            <translation>The patient wants another</translation>
        </message>
        <message>
            <source>患者还没有同意</source>
            <translation>The patient has not agreed yet</translation>
        </message>
        <message>
            <source>患者这一笔还没有办完，窗口没有关：请先办完；再关一次就关，下次打开接着办</source>
            <translation>This patient's visit is not finished, so the window did not close: finish it; closed again it closes, and the next start goes on with it</translation>
        </message>
        <message>
            <source>患者遗失</source>
            <translation>Lost by the patient</translation>
        </message>
        <message>
            <source>慢特病</source>
            <translation>Chronic</translation>
        </message>
        <message>
            <source>慢特病（kind 14）要填病种编码，例如 M03900</source>
            <translation>chronic care (kind 14) needs its disease code, like M03900</translation>
        </message>
        <message>
            <source>或</source>
            <translation>or</translation>
        </message>
        <message>
            <source>打不开</source>
            <translation>cannot be opened</translation>
        </message>
        <message>
            <source>打印</source>
            <translation>Printing</translation>
        </message>
        <message>
            <source>打印不影响结算，不要重新结算；检查打印机后接着打</source>
            <translation>Printing changes no settlement, do not settle again; check the printer and go on printing</translation>
        </message>
        <message>
            <source>打印中断过，纸可能已经出来。按 F9 打开，看一眼打印机再选</source>
            <translation>Printing broke off, paper may have come out. Press F9 to open it, look at the printer, then choose</translation>
        </message>
        <message>
            <source>打印中断，纸可能已经出来了</source>
            <translation>Printing broke off; paper may have come out</translation>
        </message>
        <message>
            <source>打印哪一种单据</source>
            <translation>Which paper to print</translation>
        </message>
        <message>
            <source>打印服务不收这份任务</source>
            <translation>the print service does not take this job</translation>
        </message>
        <message>
            <source>打印服务不收这台打印机的任务</source>
            <translation>the print service takes no job for this printer</translation>
        </message>
        <message>
            <source>打印服务没有回答</source>
            <translation>the print service does not answer</translation>
        </message>
        <message>
            <source>打印服务没有运行</source>
            <translation>the print service is not running</translation>
        </message>
        <message>
            <source>打印机</source>
            <translation>Printer</translation>
        </message>
        <message>
            <source>打印机卡纸</source>
            <translation>Paper jam in the printer</translation>
        </message>
        <message>
            <source>打印机已暂停</source>
            <translation>the printer is paused</translation>
        </message>
        <message>
            <source>打印机没有开机，或者连不上</source>
            <translation>The printer is off, or cannot be reached</translation>
        </message>
        <message>
            <source>打印机没有打出单据</source>
            <translation>The printer did not print the paper</translation>
        </message>
        <message>
            <source>打印机盖子开着</source>
            <translation>The printer's cover is open</translation>
        </message>
        <message>
            <source>打印机缺纸</source>
            <translation>The printer is out of paper</translation>
        </message>
        <message>
            <source>打坏了，原件已作废</source>
            <translation>Spoiled; the first sheet is void</translation>
        </message>
        <message>
            <source>打断</source>
            <translation>Broken off by</translation>
        </message>
        <message>
            <source>扣除本次起付{0}元后，</source>
            <translation>After a deductible of {0} yuan, </translation>
        </message>
        <message>
            <source>扫码器没有连上</source>
            <translation>The scanner is not connected</translation>
        </message>
        <message>
            <source>扫码摄像头没有连上</source>
            <translation>The scanning camera is not connected</translation>
        </message>
        <message>
            <source>找不到收费文件，请核对路径</source>
            <translation>the charges file is not there, check the path</translation>
        </message>
        <message>
            <source>找零</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>找零很多，请核对实收；没有输错就再按 F10</source>
            <translation>A lot of change: check the cash received; if it is right, press F10 again</translation>
        </message>
        <message>
            <source>报文</source>
            <translation>Message</translation>
        </message>
        <message>
            <source>报文 {0}</source>
            <translation>message {0}</translation>
        </message>
        <message>
            <source>括号嵌套太深，不是收费文件</source>
            <translation>brackets nested too deep, no charges file</translation>
        </message>
        <message>
            <source>拿别人的凭证来办</source>
            <translation>Somebody else's credential</translation>
        </message>
        <message>
            <source>按 F9 打开收款页补收现金；患者不来时可以撤销结算</source>
            <translation>F9 opens the cash page; if the patient does not come, the settlement can be taken back</translation>
        </message>
        <message>
            <source>按临时外出就医人员待遇结算，个人先多付一部分（首先自付或降低支付比例）。</source>
            <translation>Settles as a temporary stay: the patient pays more (a first pay, or a lower ratio).</translation>
        </message>
        <message>
            <source>按键</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>接着打</source>
            <translation>Go on printing</translation>
        </message>
        <message>
            <source>摄像头的编号（如 0）、完整路径或网址</source>
            <translation>the number of a camera (like 0), a whole path or an address</translation>
        </message>
        <message>
            <source>撤销原明细</source>
            <translation>Take back the old lines</translation>
        </message>
        <message>
            <source>撤销原结算</source>
            <translation>Take back the settlement</translation>
        </message>
        <message>
            <source>撤销后重新试算才知道；请先告诉患者</source>
            <translation>It is known after the settlement is taken back; tell the patient first</translation>
        </message>
        <message>
            <source>撤销结果待确认</source>
            <translation>Refund outcome unknown</translation>
        </message>
        <message>
            <source>撤销结果待确认，正在向平台查询</source>
            <translation>Refund outcome unknown, asking the platform</translation>
        </message>
        <message>
            <source>撤销结算</source>
            <translation>Take back</translation>
        </message>
        <message>
            <source>支付上限 {0} 元</source>
            <translation>Price limit {0} yuan</translation>
        </message>
        <message>
            <source>收到的现金不够</source>
            <translation>The cash is not enough</translation>
        </message>
        <message>
            <source>收押金暂缓</source>
            <translation>Deposit</translation>
        </message>
        <message>
            <source>收押金，暂缓结算</source>
            <translation>Deposit, settle later</translation>
        </message>
        <message>
            <source>收款并打印</source>
            <translation>Take cash and print</translation>
        </message>
        <message>
            <source>收款打印</source>
            <translation>Cash, slip</translation>
        </message>
        <message>
            <source>收费</source>
            <translation>Charges</translation>
        </message>
        <message>
            <source>收费员 {0}</source>
            <translation>Cashier {0}</translation>
        </message>
        <message>
            <source>收费员放弃了</source>
            <translation>the cashier gave it up</translation>
        </message>
        <message>
            <source>收费文件夹又能读了，新单据会自动出现</source>
            <translation>The charges folder can be read again, new bills appear by themselves</translation>
        </message>
        <message>
            <source>收费文件夹打不开：{0}。新单据暂时收不到，已读到的还在。请检查网络，或请信息科看共享；恢复后自动接着读</source>
            <translation>The charges folder cannot be opened: {0}. New bills do not come in for now, those read before are kept. Check the network, or ask IT about the share; reading goes on by itself</translation>
        </message>
        <message>
            <source>收费文件打不开，请核对路径和权限</source>
            <translation>the charges file cannot be opened, check path and rights</translation>
        </message>
        <message>
            <source>收费文件有误</source>
            <translation>The charges file has faults</translation>
        </message>
        <message>
            <source>收费时间</source>
            <translation>Charge time</translation>
        </message>
        <message>
            <source>收费项目类别要填两位代码 01 到 14，例如 09 西药</source>
            <translation>class of charge is a code from 01 to 14, as 09 for western medicine</translation>
        </message>
        <message>
            <source>改为全部退</source>
            <translation>Give back all</translation>
        </message>
        <message>
            <source>改自费</source>
            <translation>Self-pay</translation>
        </message>
        <message>
            <source>放大结算单</source>
            <translation>Enlarge slip</translation>
        </message>
        <message>
            <source>放弃</source>
            <translation>Give up</translation>
        </message>
        <message>
            <source>放弃查询</source>
            <translation>Give the question up</translation>
        </message>
        <message>
            <source>数量</source>
            <translation>Quantity</translation>
        </message>
        <message>
            <source>数量要大于零，最多四位小数，例如 2.0000；退费请走整单退费</source>
            <translation>a quantity is above zero with at most four decimals, as 2.0000; refund whole bills instead</translation>
        </message>
        <message>
            <source>整个文件</source>
            <translation>Whole file</translation>
        </message>
        <message>
            <source>文件太大，最多 {0} MB</source>
            <translation>the file is too large, {0} MB at most</translation>
        </message>
        <message>
            <source>文件头</source>
            <translation>head of the file</translation>
        </message>
        <message>
            <source>文件夹不见了</source>
            <translation>the folder is gone</translation>
        </message>
        <message>
            <source>文字</source>
            <translation>a text</translation>
        </message>
        <message>
            <source>文字的列表</source>
            <translation>a list of texts</translation>
        </message>
        <message>
            <source>断因</source>
            <translation>Outage</translation>
        </message>
        <message>
            <source>新金额</source>
            <translation>New amounts</translation>
        </message>
        <message>
            <source>无</source>
            <translation>None</translation>
        </message>
        <message>
            <source>无第三方</source>
            <translation>No third party</translation>
        </message>
        <message>
            <source>日期要写成 2023-05-02 的样子，并且真有这一天</source>
            <translation>a date reads like 2023-05-02, and exists</translation>
        </message>
        <message>
            <source>时间要写成 2023-05-02T09:20:00 的样子（北京时间）</source>
            <translation>a time reads like 2023-05-02T09:20:00 (Beijing time)</translation>
        </message>
        <message>
            <source>普通门诊</source>
            <translation>Ordinary</translation>
        </message>
        <message>
            <source>暂不能直接结算</source>
            <translation>Cannot be settled here for now</translation>
        </message>
        <message>
            <source>暂停参保</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>暂缓结算，等待补办</source>
            <translation>Deferred, to be settled</translation>
        </message>
        <message>
            <source>最后一位校验码不符</source>
            <translation>the check digit in the last place is wrong</translation>
        </message>
        <message>
            <source>最后期限</source>
            <translation>Last day</translation>
        </message>
        <message>
            <source>最外层应为对象 {…}，含 version、patient、visit、bill、lines</source>
            <translation>the whole should be an object {…} of version, patient, visit, bill, lines</translation>
        </message>
        <message>
            <source>最多 {0}</source>
            <translation>at most {0}</translation>
        </message>
        <message>
            <source>有一张单据没有打好：请看打印机，在待办（F3）里接着打</source>
            <translation>A paper did not come out: look at the printer, and go on in the list (F3)</translation>
        </message>
        <message>
            <source>有字没有可用的字形，已用编码注明</source>
            <translation>Some characters have no glyph and are printed by code</translation>
        </message>
        <message>
            <source>有控制字符、换行或乱码，请改正</source>
            <translation>has control characters, line breaks or garbage</translation>
        </message>
        <message>
            <source>有收费明细没有被接受</source>
            <translation>A line of the bill was not accepted</translation>
        </message>
        <message>
            <source>有第三方</source>
            <translation>Third party</translation>
        </message>
        <message>
            <source>有误</source>
            <translation>Faulty</translation>
        </message>
        <message>
            <source>有误的文件</source>
            <translation>Faulty files</translation>
        </message>
        <message>
            <source>未审批</source>
            <translation>Not approved</translation>
        </message>
        <message>
            <source>未打印</source>
            <translation>Not printed</translation>
        </message>
        <message>
            <source>未能结算说明</source>
            <translation>Not-settled sheet</translation>
        </message>
        <message>
            <source>本人与登记的性别或年龄不符</source>
            <translation>Sex or age differ from the register</translation>
        </message>
        <message>
            <source>本人与证件照片不像</source>
            <translation>The person does not look like the photo</translation>
        </message>
        <message>
            <source>本人来办</source>
            <translation>Patient in person</translation>
        </message>
        <message>
            <source>本年</source>
            <translation>annual </translation>
        </message>
        <message>
            <source>本年度统筹基金的限额到此用完。</source>
            <translation>With this the pooled fund's limit of the year is used up.</translation>
        </message>
        <message>
            <source>本年度统筹基金还可支付{0}元。</source>
            <translation>This year the pooled fund can still pay {0} yuan.</translation>
        </message>
        <message>
            <source>本年度额度已用完，本次基金支付0元</source>
            <translation>This year's quota is used up; the fund pays 0 yuan</translation>
        </message>
        <message>
            <source>本机</source>
            <translation>this desk</translation>
        </message>
        <message>
            <source>本机记录读不出来</source>
            <translation>A record here cannot be read</translation>
        </message>
        <message>
            <source>本机账本写不进去</source>
            <translation>The journal cannot be written</translation>
        </message>
        <message>
            <source>本机账本打不开</source>
            <translation>The journal cannot be opened</translation>
        </message>
        <message>
            <source>本机账本损坏，读出的与写入的不符</source>
            <translation>The journal is damaged: it does not read as it was written</translation>
        </message>
        <message>
            <source>本机账本里有一笔就诊记录读不出来，可能就是这位患者的这些费用，没有结算</source>
            <translation>A visit in this desk's journal cannot be read, and may be these very charges of this patient: nothing was settled</translation>
        </message>
        <message>
            <source>本次由{0}。</source>
            <translation>This time {0}.</translation>
        </message>
        <message>
            <source>本次起付</source>
            <translation>Deductible</translation>
        </message>
        <message>
            <source>本窗口这一天的结算，最新的在上面。上下键选，回车确定；F6、F7 换日子</source>
            <translation>Settlements of this desk on the day, newest first. Up and Down choose, Enter takes; F6 and F7 change the day</translation>
        </message>
        <message>
            <source>查询中</source>
            <translation>looking</translation>
        </message>
        <message>
            <source>核对身份</source>
            <translation>Identity</translation>
        </message>
        <message>
            <source>核对过，仍要结算</source>
            <translation>Checked; settle</translation>
        </message>
        <message>
            <source>检查电源和连线，按 F11 接着打；打印不影响结算，不要重新结算</source>
            <translation>Check power and cable and press F11 to go on; printing changes no settlement, do not settle again</translation>
        </message>
        <message>
            <source>正在上传明细并试算</source>
            <translation>Uploading the lines, asking for the split</translation>
        </message>
        <message>
            <source>正在准备结算单</source>
            <translation>Preparing the slip</translation>
        </message>
        <message>
            <source>正在打印</source>
            <translation>Printing</translation>
        </message>
        <message>
            <source>正在打印结算单</source>
            <translation>Printing the slip</translation>
        </message>
        <message>
            <source>正在打开</source>
            <translation>Opening</translation>
        </message>
        <message>
            <source>正在撤销</source>
            <translation>Taking back</translation>
        </message>
        <message>
            <source>正在撤销原结算</source>
            <translation>Taking back the settlement</translation>
        </message>
        <message>
            <source>正在改为全部退费</source>
            <translation>Giving back everything</translation>
        </message>
        <message>
            <source>正在显示结算单</source>
            <translation>The slip is being drawn</translation>
        </message>
        <message>
            <source>正在查找结算</source>
            <translation>Looking for settlements</translation>
        </message>
        <message>
            <source>正在查询待遇和备案</source>
            <translation>Asking for benefits and filing</translation>
        </message>
        <message>
            <source>正在查询（第 {0} 次）</source>
            <translation>Looking (try {0})</translation>
        </message>
        <message>
            <source>正在核对单据</source>
            <translation>Checking the bill</translation>
        </message>
        <message>
            <source>正在核对身份</source>
            <translation>Asking who this is</translation>
        </message>
        <message>
            <source>正在清理上一次</source>
            <translation>Clearing the last attempt</translation>
        </message>
        <message>
            <source>正在登记</source>
            <translation>Noting</translation>
        </message>
        <message>
            <source>正在登记并打印</source>
            <translation>Noting and printing</translation>
        </message>
        <message>
            <source>正在登记收款</source>
            <translation>Noting the cash</translation>
        </message>
        <message>
            <source>正在登记退款</source>
            <translation>Noting the refund</translation>
        </message>
        <message>
            <source>正在移交医保办</source>
            <translation>Handing over to the office</translation>
        </message>
        <message>
            <source>正在等平台回答，随后关闭窗口</source>
            <translation>Waiting for the platform's answer; the window closes after it</translation>
        </message>
        <message>
            <source>正在等打印机，随后关闭窗口</source>
            <translation>Waiting for the printer; the window closes then</translation>
        </message>
        <message>
            <source>正在结束上一个查询，随后继续</source>
            <translation>Ending the question before, then going on</translation>
        </message>
        <message>
            <source>正在结算，请不要关闭窗口</source>
            <translation>Settling, please do not close the window</translation>
        </message>
        <message>
            <source>正在补打</source>
            <translation>Printing again</translation>
        </message>
        <message>
            <source>正在读取代办人的证件</source>
            <translation>Reading the representative's document</translation>
        </message>
        <message>
            <source>正在读取收费目录…</source>
            <translation>Reading the catalogue…</translation>
        </message>
        <message>
            <source>正在重新上传并试算</source>
            <translation>Uploading and pricing again</translation>
        </message>
        <message>
            <source>正在重新查询</source>
            <translation>Asking again</translation>
        </message>
        <message>
            <source>正在重新结算，请不要关闭窗口</source>
            <translation>Settling anew, do not close the window</translation>
        </message>
        <message>
            <source>正在重新试算</source>
            <translation>Asking for the split again</translation>
        </message>
        <message>
            <source>正在重试</source>
            <translation>Trying again</translation>
        </message>
        <message>
            <source>正常参保</source>
            <translation>Insured</translation>
        </message>
        <message>
            <source>正式环境不能把就诊凭证写在命令行里</source>
            <translation>Outside practice a credential must not be on the command line</translation>
        </message>
        <message>
            <source>每次就诊起付</source>
            <translation>Deductible of each visit</translation>
        </message>
        <message>
            <source>没收款就走</source>
            <translation>Left unpaid</translation>
        </message>
        <message>
            <source>没有{0}</source>
            <translation>without {0}</translation>
        </message>
        <message>
            <source>没有中文字体</source>
            <translation>there is no Chinese font</translation>
        </message>
        <message>
            <source>没有做完</source>
            <translation>Not finished</translation>
        </message>
        <message>
            <source>没有做完就停下了，没有任何扣款</source>
            <translation>It stopped halfway; nothing was charged</translation>
        </message>
        <message>
            <source>没有再次发送；请用原结算单</source>
            <translation>Nothing was sent again; use the first slip</translation>
        </message>
        <message>
            <source>没有写入的权限</source>
            <translation>no right to write</translation>
        </message>
        <message>
            <source>没有出来，再打</source>
            <translation>None came out, print again</translation>
        </message>
        <message>
            <source>没有加密的 SQLite</source>
            <translation>there is no SQLite with encryption</translation>
        </message>
        <message>
            <source>没有医保码标记的密钥</source>
            <translation>the key for marks of e-vouchers is missing</translation>
        </message>
        <message>
            <source>没有医院的收费目录，不能在这里录入收费</source>
            <translation>There is no hospital catalogue, so charges cannot be typed here</translation>
        </message>
        <message>
            <source>没有单据存档的密钥</source>
            <translation>the key of the archive is missing</translation>
        </message>
        <message>
            <source>没有发出去</source>
            <translation>not sent</translation>
        </message>
        <message>
            <source>没有可以撤销的结算</source>
            <translation>There is no settlement to cancel</translation>
        </message>
        <message>
            <source>没有可用的回答</source>
            <translation>no usable answer</translation>
        </message>
        <message>
            <source>没有启用加密</source>
            <translation>encryption is not switched on</translation>
        </message>
        <message>
            <source>没有告知</source>
            <translation>Not told</translation>
        </message>
        <message>
            <source>没有回应</source>
            <translation>does not respond</translation>
        </message>
        <message>
            <source>没有回答</source>
            <translation>no answer</translation>
        </message>
        <message>
            <source>没有在键盘上输入密码</source>
            <translation>No PIN was entered on the pad</translation>
        </message>
        <message>
            <source>没有填写</source>
            <translation>is not filled in</translation>
        </message>
        <message>
            <source>没有安装 opencv-python-headless</source>
            <translation>opencv-python-headless is not installed</translation>
        </message>
        <message>
            <source>没有密码键盘</source>
            <translation>has no PIN pad</translation>
        </message>
        <message>
            <source>没有急诊标志</source>
            <translation>No emergency mark</translation>
        </message>
        <message>
            <source>没有打印机，已存入账本</source>
            <translation>No printer; kept in the journal</translation>
        </message>
        <message>
            <source>没有打开</source>
            <translation>Not open</translation>
        </message>
        <message>
            <source>没有扣款。按 F9 重新结算，这是一次新的结算</source>
            <translation>Nothing was charged. F9 settles anew, as a new settlement</translation>
        </message>
        <message>
            <source>没有找到。可输入拼音首字母、编码或名称，几个词之间用空格分开</source>
            <translation>Nothing found. Type pinyin initials, a code or a name; put spaces between words</translation>
        </message>
        <message>
            <source>没有找到读卡器</source>
            <translation>No card reader was found</translation>
        </message>
        <message>
            <source>没有指明的那项参保</source>
            <translation>There is no such insurance</translation>
        </message>
        <message>
            <source>没有有效备案</source>
            <translation>no valid filing</translation>
        </message>
        <message>
            <source>没有查到</source>
            <translation>not found</translation>
        </message>
        <message>
            <source>没有查到有效的异地就医备案</source>
            <translation>No valid filing for care away from home was found</translation>
        </message>
        <message>
            <source>没有现金要经手，按 F10 登记办完</source>
            <translation>No cash changes hands, record it with F10</translation>
        </message>
        <message>
            <source>没有结算，也没有扣款。线路好了自动撤销，不用做什么</source>
            <translation>Nothing is settled or charged. It is taken back by itself when the line stands; nothing to do</translation>
        </message>
        <message>
            <source>没有结算，也没有扣款。请和患者商量，选一种办法</source>
            <translation>Nothing is settled or charged. Choose one way with the patient</translation>
        </message>
        <message>
            <source>没有结算；平台上的登记还没撤掉，由待办（F3）继续撤</source>
            <translation>Not settled. The registration at the platform is not taken back yet; the list (F3) goes on with it</translation>
        </message>
        <message>
            <source>没有说明患者看到的个人现金金额</source>
            <translation>It was not said which cash amount the patient saw</translation>
        </message>
        <message>
            <source>没有说明患者看到的应退金额</source>
            <translation>The sum that the patient saw is missing</translation>
        </message>
        <message>
            <source>没有说明由谁核对过人证</source>
            <translation>It was not said who checked the identity</translation>
        </message>
        <message>
            <source>没有这种门诊慢特病的认定，或本地不能直接结算这种病</source>
            <translation>This chronic disease is not recognised, or cannot be settled here</translation>
        </message>
        <message>
            <source>没有链尾</source>
            <translation>the end of the chain is missing</translation>
        </message>
        <message>
            <source>没有随装 {0} 位助手程序</source>
            <translation>the {0}-bit helper program was not installed</translation>
        </message>
        <message>
            <source>演练平台没有启动成功</source>
            <translation>The practice platform did not start</translation>
        </message>
        <message>
            <source>演练平台没有给出收费目录</source>
            <translation>The practice platform gave no catalogue</translation>
        </message>
        <message>
            <source>演练模式只能连接本机的演练平台</source>
            <translation>Practice mode reaches the practice platform of this machine only</translation>
        </message>
        <message>
            <source>演练账本的密钥文件不见了</source>
            <translation>the key file of the practice journal is gone</translation>
        </message>
        <message>
            <source>父母</source>
            <translation>Parent</translation>
        </message>
        <message>
            <source>状态{0}</source>
            <translation>status {0}</translation>
        </message>
        <message>
            <source>现在重试</source>
            <translation>Try now</translation>
        </message>
        <message>
            <source>现有{0}位</source>
            <translation>has {0} so far</translation>
        </message>
        <message>
            <source>现金不退不补</source>
            <translation>No cash either way</translation>
        </message>
        <message>
            <source>现金已结清</source>
            <translation>Cash is settled</translation>
        </message>
        <message>
            <source>现金当面点清后按 F10 登记</source>
            <translation>Count the cash with the patient, then press F10</translation>
        </message>
        <message>
            <source>现金是医院收费处收的：差额请患者到收费处退补，本窗口不收不付</source>
            <translation>The hospital's till took the cash: the difference changes hands there, not at this window</translation>
        </message>
        <message>
            <source>用本人和家人账户</source>
            <translation>Own and family account</translation>
        </message>
        <message>
            <source>用本人账户</source>
            <translation>Own account</translation>
        </message>
        <message>
            <source>由更新版本的程序写成（{0}）</source>
            <translation>written by a newer version of the program ({0})</translation>
        </message>
        <message>
            <source>甲类</source>
            <translation>Class A</translation>
        </message>
        <message>
            <source>电子凭证请患者刷新后重扫；也可读卡或输身份证号</source>
            <translation>Scan a fresh code, read a card or type the ID number</translation>
        </message>
        <message>
            <source>电子票据信息</source>
            <translation>E-invoice block</translation>
        </message>
        <message>
            <source>电脑时间与平台相差超过两分钟</source>
            <translation>The PC's clock is more than two minutes off</translation>
        </message>
        <message>
            <source>男</source>
            <translation>Male</translation>
        </message>
        <message>
            <source>画面没有显示全，请不要凭它办理：按 Esc 或 F2 离开，没办完的在待办（F3）里</source>
            <translation>This page is not shown in full: do not act on it. Leave by Esc or F2; what is not done is in the list (F3)</translation>
        </message>
        <message>
            <source>留</source>
            <translation>keep</translation>
        </message>
        <message>
            <source>病种编码</source>
            <translation>Disease code</translation>
        </message>
        <message>
            <source>登记代办</source>
            <translation>Register</translation>
        </message>
        <message>
            <source>登记代办人</source>
            <translation>Register the representative</translation>
        </message>
        <message>
            <source>的内容读不出来</source>
            <translation>cannot be read</translation>
        </message>
        <message>
            <source>目录中有 {0} 行有误，没有采用，请信息科检查 catalogue.csv</source>
            <translation>Catalogue lines with faults, not used: {0}. Ask IT to check catalogue.csv</translation>
        </message>
        <message>
            <source>省内参保</source>
            <translation>Insured in this province</translation>
        </message>
        <message>
            <source>磁盘已满</source>
            <translation>the disk is full</translation>
        </message>
        <message>
            <source>磁盘是只读的</source>
            <translation>the disk is read-only</translation>
        </message>
        <message>
            <source>磁盘读写出错</source>
            <translation>the disk cannot be read or written</translation>
        </message>
        <message>
            <source>磁盘配额已用完</source>
            <translation>the quota of the disk is used up</translation>
        </message>
        <message>
            <source>社会保障卡</source>
            <translation>Social security card</translation>
        </message>
        <message>
            <source>社会保障卡密码不对</source>
            <translation>The PIN of the social security card is wrong</translation>
        </message>
        <message>
            <source>社会保障卡密码已锁定</source>
            <translation>The PIN of the social security card is locked</translation>
        </message>
        <message>
            <source>社会保障卡已过有效期</source>
            <translation>The social security card has expired</translation>
        </message>
        <message>
            <source>社保卡</source>
            <translation>Social security card</translation>
        </message>
        <message>
            <source>科别要填国家诊疗科目代码，例如 A03 内科、A03.01 呼吸内科、A20 急诊医学科</source>
            <translation>The specialty is a national code, such as A03 internal medicine, A03.01 respiratory medicine, A20 emergency medicine</translation>
        </message>
        <message>
            <source>科室</source>
            <translation>Department</translation>
        </message>
        <message>
            <source>科室编码</source>
            <translation>Department code</translation>
        </message>
        <message>
            <source>秒内没有就绪</source>
            <translation>seconds, and not ready</translation>
        </message>
        <message>
            <source>程序中断</source>
            <translation>the program ended</translation>
        </message>
        <message>
            <source>程序出错，画面可能不全：请按 F2 重来，把时间告诉信息科；钱以待办（F3）为准</source>
            <translation>The program made a fault, the window may not show everything: press F2 to start again and tell IT the time; for money, the list (F3) is right</translation>
        </message>
        <message>
            <source>程序看不懂这一笔的记录。请信息科查看账本；查清前不要重新结算，也不要收款</source>
            <translation>The program cannot follow this record. Have IT look at the journal; until then settle nothing anew and take no cash</translation>
        </message>
        <message>
            <source>窗口正在关闭，没有再办这一步：请等它关好，重新打开后再办</source>
            <translation>The window is closing, this step was not done: wait until it has closed, open it again and do it then</translation>
        </message>
        <message>
            <source>符合政策范围</source>
            <translation>Within scope</translation>
        </message>
        <message>
            <source>第 {0} 条</source>
            <translation>entry {0}</translation>
        </message>
        <message>
            <source>第 {0} 次</source>
            <translation>No. {0}</translation>
        </message>
        <message>
            <source>第 {0} 版，结算单号 {1}</source>
            <translation>revision {0}, settlement {1}</translation>
        </message>
        <message>
            <source>第 {0} 行</source>
            <translation>line {0}</translation>
        </message>
        <message>
            <source>第{0}列起不是合法的 JSON</source>
            <translation>no valid JSON from column {0} on</translation>
        </message>
        <message>
            <source>第{0}条明细</source>
            <translation>charge {0}</translation>
        </message>
        <message>
            <source>第{0}行</source>
            <translation>line {0}</translation>
        </message>
        <message>
            <source>第三代社会保障卡，本机只能读到卡号，读不到姓名和证件号</source>
            <translation>A third-generation card: only its number can be read here</translation>
        </message>
        <message>
            <source>等人办</source>
            <translation>for a person</translation>
        </message>
        <message>
            <source>等待</source>
            <translation>Wait</translation>
        </message>
        <message>
            <source>等待凭证</source>
            <translation>Waiting for a credential</translation>
        </message>
        <message>
            <source>等待单据</source>
            <translation>Waiting for the bill</translation>
        </message>
        <message>
            <source>签字暂缓</source>
            <translation>Sign</translation>
        </message>
        <message>
            <source>签字，暂缓结算</source>
            <translation>Sign, settle later</translation>
        </message>
        <message>
            <source>系统不让写文件</source>
            <translation>the system does not let us write the file</translation>
        </message>
        <message>
            <source>系统密钥环不可用，无法安全保存密钥</source>
            <translation>The system keyring cannot be used to keep keys safe</translation>
        </message>
        <message>
            <source>系统没有默认打印机</source>
            <translation>the system has no default printer</translation>
        </message>
        <message>
            <source>系统里打印队列的名字</source>
            <translation>the name of a print queue of the system</translation>
        </message>
        <message>
            <source>系统里没有这台打印机</source>
            <translation>The system has no such printer</translation>
        </message>
        <message>
            <source>纸出来了</source>
            <translation>Paper came out</translation>
        </message>
        <message>
            <source>线路中断</source>
            <translation>Line is down</translation>
        </message>
        <message>
            <source>线路中断，从 {0}</source>
            <translation>Line down since {0}</translation>
        </message>
        <message>
            <source>终止参保</source>
            <translation>Ended</translation>
        </message>
        <message>
            <source>经办</source>
            <translation>With</translation>
        </message>
        <message>
            <source>结算</source>
            <translation>Settle</translation>
        </message>
        <message>
            <source>结算单</source>
            <translation>Settlement slip</translation>
        </message>
        <message>
            <source>结算单可能已经打出</source>
            <translation>Slip may have been printed</translation>
        </message>
        <message>
            <source>结算单号</source>
            <translation>Settlement no.</translation>
        </message>
        <message>
            <source>结算单显示不出来，文件是好的</source>
            <translation>The slip cannot be shown; its file is there</translation>
        </message>
        <message>
            <source>结算单没有写出来</source>
            <translation>The slip was not written</translation>
        </message>
        <message>
            <source>结算单没有打印</source>
            <translation>Slip not printed</translation>
        </message>
        <message>
            <source>结算单，共 {0} 页</source>
            <translation>Settlement slip, pages: {0}</translation>
        </message>
        <message>
            <source>结算后今年还可报</source>
            <translation>Left this year, after this</translation>
        </message>
        <message>
            <source>结算小票</source>
            <translation>Roll slip</translation>
        </message>
        <message>
            <source>结算已成功，请不要重新结算；补打即可</source>
            <translation>It is settled: do not settle again; just print again</translation>
        </message>
        <message>
            <source>结算或撤销已经发给平台，不能放弃：请等它回答</source>
            <translation>The platform is booking and cannot be stopped: please wait for its answer</translation>
        </message>
        <message>
            <source>结算结果待确认</source>
            <translation>Outcome unknown</translation>
        </message>
        <message>
            <source>结算结果待确认，正在向平台查询</source>
            <translation>Settlement outcome unknown, asking the platform</translation>
        </message>
        <message>
            <source>结算结果待确认：请求已发出，没有收到可用的回答</source>
            <translation>Outcome unknown: the request was sent and no usable answer came</translation>
        </message>
        <message>
            <source>结算金额与预结算不同</source>
            <translation>The settled amounts differ from the preview</translation>
        </message>
        <message>
            <source>统筹基金</source>
            <translation>Pooled fund</translation>
        </message>
        <message>
            <source>统筹基金支付{0}元，按人员类别应为{1}元。请核对在职、退休等人员类别。</source>
            <translation>The pooled fund pays {0} yuan; for this class of people it should be {1} yuan. Check whether the person is in work or retired.</translation>
        </message>
        <message>
            <source>统筹基金支付{0}元，按起付和比例应为{1}元。请核对医院等级和人员类别。</source>
            <translation>The pooled fund pays {0} yuan; by deductible and ratio it should be {1} yuan. Check the hospital's level and the class of the person.</translation>
        </message>
        <message>
            <source>统筹基金支付{0}元，是{1}级医院的算法；本院是{2}级，应为{3}元。请核对医院等级。</source>
            <translation>The pooled fund pays {0} yuan, as at a level {1} hospital; this one is level {2}, where it should be {3} yuan. Check the hospital's level.</translation>
        </message>
        <message>
            <source>统筹基金的限额已用完，本次支付0元{1}。</source>
            <translation>The pooled fund's limit is used up: it pays 0 yuan this time{1}.</translation>
        </message>
        <message>
            <source>继续重新结算</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>编码不对，JSON 请存为 UTF-8</source>
            <translation>wrong encoding, save JSON as UTF-8</translation>
        </message>
        <message>
            <source>编码认不准，请存为带 BOM 的 UTF-8</source>
            <translation>doubtful encoding, save it as UTF-8 with BOM</translation>
        </message>
        <message>
            <source>缺失</source>
            <translation>is missing</translation>
        </message>
        <message>
            <source>缺少函数 {0}</source>
            <translation>function {0} is missing</translation>
        </message>
        <message>
            <source>缺少这一列</source>
            <translation>this column is missing</translation>
        </message>
        <message>
            <source>缺少这一段，应为对象 {…}</source>
            <translation>this section is missing, should be an object {…}</translation>
        </message>
        <message>
            <source>缺少这一项，请填写</source>
            <translation>is missing, fill it in</translation>
        </message>
        <message>
            <source>网关出错</source>
            <translation>gateway failed</translation>
        </message>
        <message>
            <source>网关没有放行，请求没有到达平台</source>
            <translation>The gateway did not let it through; the platform was not reached</translation>
        </message>
        <message>
            <source>职工医保</source>
            <translation>Employees</translation>
        </message>
        <message>
            <source>职工医保统筹基金</source>
            <translation>Employees' pooled fund</translation>
        </message>
        <message>
            <source>职工大额医疗费用补助</source>
            <translation>Employees' large expense subsidy</translation>
        </message>
        <message>
            <source>自动</source>
            <translation>by itself</translation>
        </message>
        <message>
            <source>自动查询，不会再发一次撤销。查清前不要退现金</source>
            <translation>Looked for by itself; never sent a second time. Give no cash back before it is known</translation>
        </message>
        <message>
            <source>自动查询，不用重做。患者在场时按 F9 打开等候页；查清前不要收款，也不要重新结算</source>
            <translation>Looked for by itself. With the patient here, F9 opens the waiting page; take no money and do not settle again before it is known</translation>
        </message>
        <message>
            <source>自费</source>
            <translation>Self-paid</translation>
        </message>
        <message>
            <source>自费告知书</source>
            <translation>Self-pay notice</translation>
        </message>
        <message>
            <source>范围内 {0}，本院报</source>
            <translation>Of {0} in scope, paid here</translation>
        </message>
        <message>
            <source>范围内 {0}，本院至少报</source>
            <translation>Of {0} in scope, paid here at least</translation>
        </message>
        <message>
            <source>行号</source>
            <translation>Line number</translation>
        </message>
        <message>
            <source>行号{0}</source>
            <translation>line number {0}</translation>
        </message>
        <message>
            <source>补打</source>
            <translation>Print again</translation>
        </message>
        <message>
            <source>装好纸，按 F11 接着打；打印不影响结算，不要重新结算</source>
            <translation>Load paper and press F11 to go on; printing changes no settlement, do not settle again</translation>
        </message>
        <message>
            <source>装载失败（{0} 位）{1}</source>
            <translation>cannot be loaded ({0} bits) {1}</translation>
        </message>
        <message>
            <source>要用的文件名被一个文件夹占着</source>
            <translation>a folder has the name of the file</translation>
        </message>
        <message>
            <source>要用的文件夹名被一个文件占着</source>
            <translation>a file has the name of the folder</translation>
        </message>
        <message>
            <source>计算</source>
            <translation>calculation</translation>
        </message>
        <message>
            <source>记了两次账</source>
            <translation>booked twice</translation>
        </message>
        <message>
            <source>记录时间读不出来</source>
            <translation>the time of the record cannot be read</translation>
        </message>
        <message>
            <source>记录的先后不可能发生</source>
            <translation>has records in an impossible order</translation>
        </message>
        <message>
            <source>设置 {0} 不成立</source>
            <translation>setting {0} does not hold</translation>
        </message>
        <message>
            <source>设置文件有误</source>
            <translation>The settings file has faults</translation>
        </message>
        <message>
            <source>证件可疑</source>
            <translation>The document is doubtful</translation>
        </message>
        <message>
            <source>证件号</source>
            <translation>ID number</translation>
        </message>
        <message>
            <source>证件号不同</source>
            <translation>different document numbers</translation>
        </message>
        <message>
            <source>证件号相同，凭证上的姓名与参保登记写法不同</source>
            <translation>Same ID number, but the credential spells the name differently</translation>
        </message>
        <message>
            <source>证件号相同，凭证上的性别或出生日期与参保登记不一致</source>
            <translation>Same ID number, but sex or date of birth on the credential differ from the register</translation>
        </message>
        <message>
            <source>诊断</source>
            <translation>Diagnosis</translation>
        </message>
        <message>
            <source>诊断是外伤，请医生确认有无第三方责任并在医院系统标明。</source>
            <translation>The diagnosis is an injury: a doctor confirms whether a third party is liable, and marks it in the hospital system.</translation>
        </message>
        <message>
            <source>诊断编码</source>
            <translation>Diagnosis code</translation>
        </message>
        <message>
            <source>该码已使用，请刷新</source>
            <translation>This code was used already, refresh it</translation>
        </message>
        <message>
            <source>该退的现金没有退</source>
            <translation>Cash due back, not returned</translation>
        </message>
        <message>
            <source>详情</source>
            <translation>Detail</translation>
        </message>
        <message>
            <source>请不要删除账本文件，联系信息科；账本密钥可能与文件不符</source>
            <translation>Do not delete the journal, call IT; its key may not fit the file</translation>
        </message>
        <message>
            <source>请不要打印结算单，联系医保办核实</source>
            <translation>Do not print the slip; ask the insurance office to check</translation>
        </message>
        <message>
            <source>请不要收款，联系医保办核实</source>
            <translation>Take no cash; ask the insurance office to check</translation>
        </message>
        <message>
            <source>请不要重复结算，也不要收款；等待核实</source>
            <translation>Do not settle again and take no cash; wait until it is resolved</translation>
        </message>
        <message>
            <source>请与医保经办机构核对报文和结算单号</source>
            <translation>Check message and settlement number with the insurance agency</translation>
        </message>
        <message>
            <source>请与医保经办机构核对；确实撤销后再登记</source>
            <translation>Check with the insurance agency; enter it once it is really taken back</translation>
        </message>
        <message>
            <source>请主管核对金额：按 F9 打开，接受或者撤销。没有核对前不要打印结算单</source>
            <translation>A supervisor checks the sums: F9 opens it, to accept or take back. Print no slip before</translation>
        </message>
        <message>
            <source>请人工核对本人与证件，再按 F8</source>
            <translation>Please compare the person with the document yourself, then press F8</translation>
        </message>
        <message>
            <source>请以平台返回的信息为准</source>
            <translation>What the platform tells counts</translation>
        </message>
        <message>
            <source>请信息科把目录存成这个 catalogue.csv，再按 F5 重读；也可以由医院系统导出收费文件</source>
            <translation>Ask IT to save the catalogue as this catalogue.csv, then press F5; or export the charges from the hospital's system</translation>
        </message>
        <message>
            <source>请信息科按提示改好版式文件（或把它移走，用自带的版式），再打一次；钱和结算都不变</source>
            <translation>Have IT correct the layout file as told (or move it away, so that the built-in layout is used), then print again; money and settlement stay as they are</translation>
        </message>
        <message>
            <source>请信息科核对网关编号、密钥和电脑时间</source>
            <translation>Ask IT to check the gateway's number, its token and the PC's clock</translation>
        </message>
        <message>
            <source>请信息科核对设置 [printers] 和系统的打印机名</source>
            <translation>Have the IT department check the setting [printers] and the system's printer names</translation>
        </message>
        <message>
            <source>请信息科核对设置和厂商驱动</source>
            <translation>IT: check the settings and the vendor's driver</translation>
        </message>
        <message>
            <source>请信息科检查 catalogue.csv 的列名（code、name 等）、编码和读取权限，再按 F5 重读</source>
            <translation>Ask IT to check column names (code, name …), encoding and permissions of catalogue.csv, then press F5</translation>
        </message>
        <message>
            <source>请信息科用 kuasheng journal verify 查看、kuasheng journal recover 找回，查清后再结算</source>
            <translation>Have IT look with kuasheng journal verify and bring it back with kuasheng journal recover; settle once that is clear</translation>
        </message>
        <message>
            <source>请停止使用并联系信息科运行 kuasheng journal recover：损坏的账本另存，未完的结算会找回</source>
            <translation>Stop working and have IT run kuasheng journal recover: the damaged journal is kept aside, unfinished settlements are found again</translation>
        </message>
        <message>
            <source>请先做完当前患者，再办这一项</source>
            <translation>Finish the present patient first</translation>
        </message>
        <message>
            <source>请先做完当前患者，再换下一位</source>
            <translation>Finish this patient before the next one</translation>
        </message>
        <message>
            <source>请先处理上次的记录，再重新结算</source>
            <translation>Resolve the last record first, then settle again</translation>
        </message>
        <message>
            <source>请先把那一笔退费，再结算这一版；两版都该收的，请医院系统另给单号</source>
            <translation>Refund that one first, then settle this revision; if both are due, have the hospital system give this one a number of its own</translation>
        </message>
        <message>
            <source>请先核对人证（F8），再结算</source>
            <translation>Check the identity (F8) before settling</translation>
        </message>
        <message>
            <source>请先用 --preview 看应退金额，患者同意后加上 --expect-back 金额</source>
            <translation>Look at the sum with --preview first; add --expect-back once the patient agreed</translation>
        </message>
        <message>
            <source>请先自费，保留票据、清单和病历，回参保地报销</source>
            <translation>Let the patient pay and keep receipt, list and records for a claim at home</translation>
        </message>
        <message>
            <source>请先输入核对主管的工号</source>
            <translation>Type the supervisor's number first</translation>
        </message>
        <message>
            <source>请关闭占用读卡器的程序后重试</source>
            <translation>Close the program that holds the reader, then try again</translation>
        </message>
        <message>
            <source>请关闭那个程序，或用 --profile 指定另一个目录</source>
            <translation>Close that program, or name another folder with --profile</translation>
        </message>
        <message>
            <source>请写 1（不加引号）；本程序只认得第 1 版收费文件</source>
            <translation>write 1 without quotes: only version 1 of charges files is known</translation>
        </message>
        <message>
            <source>请写从 1 开始的整数（不加引号）</source>
            <translation>a whole number from 1 on, without quotes</translation>
        </message>
        <message>
            <source>请写明姓名、证件号和关系</source>
            <translation>Please give name, document number and relation</translation>
        </message>
        <message>
            <source>请到那个窗口办完，或等它释放后再办</source>
            <translation>Finish it at that window, or wait until it is let go</translation>
        </message>
        <message>
            <source>请加上 --expect-cash 金额</source>
            <translation>Add --expect-cash with the amount</translation>
        </message>
        <message>
            <source>请加上 --identity-checked-by 操作员编号</source>
            <translation>Add --identity-checked-by with the operator's number</translation>
        </message>
        <message>
            <source>请医保办联系平台核实；不要再次结算</source>
            <translation>The office asks the platform; do not settle again</translation>
        </message>
        <message>
            <source>请医生确认急诊，在医院系统标明后重新导出</source>
            <translation>Ask the doctor to confirm and mark it in the hospital's system, then export again</translation>
        </message>
        <message>
            <source>请医生确认是急诊，再选医生已确认</source>
            <translation>Ask the doctor whether it is an emergency, then choose: confirmed by the doctor</translation>
        </message>
        <message>
            <source>请只留下患者的那一张</source>
            <translation>Leave only the patient's card in</translation>
        </message>
        <message>
            <source>请启动智能卡服务后重试</source>
            <translation>Start the smart card service, then try again</translation>
        </message>
        <message>
            <source>请启用系统密钥环（Windows 凭据管理器或 Secret Service）后重试</source>
            <translation>Enable the system keyring (Windows Credential Manager or Secret Service), then try again</translation>
        </message>
        <message>
            <source>请告知医保办</source>
            <translation>Tell the insurance office</translation>
        </message>
        <message>
            <source>请在医院系统改正后重新导出，原文件未被采用</source>
            <translation>Correct it in the hospital's system and export again; this file was not used</translation>
        </message>
        <message>
            <source>请填 true 或 false</source>
            <translation>true or false</translation>
        </message>
        <message>
            <source>请填写</source>
            <translation>please fill in</translation>
        </message>
        <message>
            <source>请患者先签承诺书，再填编号</source>
            <translation>Have the patient sign the statement, then type its number</translation>
        </message>
        <message>
            <source>请患者出示凭证，按 F9 补办：这是一次新的结算，费用日期不变</source>
            <translation>Ask for the credential and press F9: a new settlement, the fee date stays</translation>
        </message>
        <message>
            <source>请患者出示凭证，补办这张单据</source>
            <translation>Ask for the credential to settle this bill</translation>
        </message>
        <message>
            <source>请患者刷新医保码后重扫</source>
            <translation>Ask the patient to refresh the e-voucher, then scan again</translation>
        </message>
        <message>
            <source>请患者向参保地变更备案，完成后重新查询</source>
            <translation>Ask the patient to change the filing at home, then ask again</translation>
        </message>
        <message>
            <source>请患者在国家医保服务平台APP或向参保地电话备案，完成后重新查询</source>
            <translation>Ask the patient to file in the national insurance app or by phone, then ask again</translation>
        </message>
        <message>
            <source>请患者在手机上刷新医保码，再扫新码</source>
            <translation>Ask the patient to refresh the code on the phone, then scan the new one</translation>
        </message>
        <message>
            <source>请患者看人脸终端</source>
            <translation>The patient looks at the face terminal</translation>
        </message>
        <message>
            <source>请患者确认应补收的现金</source>
            <translation>Have the patient confirm the cash still to be paid</translation>
        </message>
        <message>
            <source>请患者确认应退的现金</source>
            <translation>Agree on the cash to give back</translation>
        </message>
        <message>
            <source>请患者确认，现金不退不补</source>
            <translation>Have the patient confirm: no cash either way</translation>
        </message>
        <message>
            <source>请患者稍等：不要收款，也不要重新结算；查清后页面会自己往下走</source>
            <translation>Ask the patient to wait: take no money, do not settle again; the page goes on by itself</translation>
        </message>
        <message>
            <source>请患者稍等：不要退现金，也不要再撤销一次；查清后页面会自己往下走</source>
            <translation>Ask the patient to wait: give no cash back, do not take back again; the page goes on by itself</translation>
        </message>
        <message>
            <source>请患者签《外伤无第三方责任承诺书》，在收费文件写上编号</source>
            <translation>Have the patient sign the no-third-party statement and put its number into the charges file</translation>
        </message>
        <message>
            <source>请患者联系参保地医保部门</source>
            <translation>Ask the patient to call the insurance office at home</translation>
        </message>
        <message>
            <source>请患者联系参保地医保部门；可先自费，保留票据</source>
            <translation>Ask the patient to call the insurance office at home; they may pay now and keep the receipt</translation>
        </message>
        <message>
            <source>请患者重新出示凭证</source>
            <translation>Show the credential again</translation>
        </message>
        <message>
            <source>请患者重新出示凭证，重新结算这张单据</source>
            <translation>Ask for the credential again to settle this bill anew</translation>
        </message>
        <message>
            <source>请患者重新插卡后再输，或改用别的凭证</source>
            <translation>The patient puts the card in again and re-enters it, or uses another credential</translation>
        </message>
        <message>
            <source>请打开国家医保服务平台、微信或支付宝的医保码后重扫</source>
            <translation>Open the e-voucher in the national insurance app, WeChat or Alipay, then scan again</translation>
        </message>
        <message>
            <source>请把两次金额都告诉患者：同意按 F5，不同意按 F12 撤销结算</source>
            <translation>Tell the patient both amounts: agreed F5, not agreed F12 cancels the settlement</translation>
        </message>
        <message>
            <source>请把两次金额都告诉患者；患者不同意时撤销结算</source>
            <translation>Tell the patient both amounts; cancel the settlement if they disagree</translation>
        </message>
        <message>
            <source>请把卡取出来再插一次</source>
            <translation>Take the card out and put it in again</translation>
        </message>
        <message>
            <source>请把新的金额告诉患者，同意后再结算</source>
            <translation>Tell the patient the new amount; settle when they agree</translation>
        </message>
        <message>
            <source>请把新的金额告诉患者，同意后再继续</source>
            <translation>Tell the patient the new sum; go on once they agree</translation>
        </message>
        <message>
            <source>请拿开再放一次，或输入身份证号</source>
            <translation>Take it away and put it back, or type the ID number</translation>
        </message>
        <message>
            <source>请按 F5 重读；仍不行请关闭窗口重新打开</source>
            <translation>Press F5; if that does not help, close the window and open it again</translation>
        </message>
        <message>
            <source>请按外院检查流程处理，或出院后再结算</source>
            <translation>Treat it as an examination for the other hospital, or settle after discharge</translation>
        </message>
        <message>
            <source>请按平台的原话在医院系统改正后重新导出</source>
            <translation>Correct it in the hospital's system as the platform says, then export again</translation>
        </message>
        <message>
            <source>请按提示修改 settings.toml 后重试</source>
            <translation>Change settings.toml as told, then try again</translation>
        </message>
        <message>
            <source>请按自费处理，由责任方承担</source>
            <translation>Let the patient pay; the liable party bears it</translation>
        </message>
        <message>
            <source>请换社会保障卡，或改用身份证、医保码</source>
            <translation>Use the social security card, the ID card or the e-voucher</translation>
        </message>
        <message>
            <source>请换社会保障卡，注意插卡方向，或改用身份证、医保码</source>
            <translation>Use the social security card, the right way round, or the ID card or e-voucher</translation>
        </message>
        <message>
            <source>请插入社会保障卡，芯片朝上</source>
            <translation>Insert the social security card, chip up</translation>
        </message>
        <message>
            <source>请擦净芯片再试，或改用身份证、医保码</source>
            <translation>Wipe the chip and try again, or use the ID card or e-voucher</translation>
        </message>
        <message>
            <source>请收款</source>
            <translation>Take the cash</translation>
        </message>
        <message>
            <source>请改用 --credential-stdin</source>
            <translation>Use --credential-stdin instead</translation>
        </message>
        <message>
            <source>请改用本机地址，或先在设置中配置正式平台</source>
            <translation>Use an address of this machine, or configure the real platform first</translation>
        </message>
        <message>
            <source>请改用社会保障卡或医保码</source>
            <translation>Use the social security card or e-voucher</translation>
        </message>
        <message>
            <source>请改用身份证或医保码</source>
            <translation>Use the ID card or the e-voucher</translation>
        </message>
        <message>
            <source>请改用身份证或医保码，并提醒换卡</source>
            <translation>Use the ID card or the e-voucher, and remind the patient to renew the card</translation>
        </message>
        <message>
            <source>请放上身份证；已放着的拿开再放一次</source>
            <translation>Put the ID card on; one that lies there, take away and put back</translation>
        </message>
        <message>
            <source>请校准电脑时间后再结算</source>
            <translation>Set the PC's clock, then settle</translation>
        </message>
        <message>
            <source>请核对后在医院系统改正患者信息，或停止结算</source>
            <translation>Check, and correct the patient in the hospital's system, or do not settle</translation>
        </message>
        <message>
            <source>请核对后重新输入</source>
            <translation>Check it and type it again</translation>
        </message>
        <message>
            <source>请核对姓名用字</source>
            <translation>Check how the name is written</translation>
        </message>
        <message>
            <source>请核对就诊；能打的单据用 kuasheng print forms 查看</source>
            <translation>Check the visit; kuasheng print forms lists the papers that can be printed</translation>
        </message>
        <message>
            <source>请核对平台上的就诊号</source>
            <translation>Check the visit number at the platform</translation>
        </message>
        <message>
            <source>请核对是不是同一次收费：是就不要结算，确实是另一次才结算</source>
            <translation>Check whether these are the same charges: if so do not settle; settle only what is another bill</translation>
        </message>
        <message>
            <source>请核对结算单号</source>
            <translation>Check the settlement number</translation>
        </message>
        <message>
            <source>请核对要退的行号</source>
            <translation>Check the line numbers</translation>
        </message>
        <message>
            <source>请核对证件，或换一种凭证再试</source>
            <translation>Check the document, or try another credential</translation>
        </message>
        <message>
            <source>请核对金额</source>
            <translation>Check the amounts</translation>
        </message>
        <message>
            <source>请核对险种和参保地</source>
            <translation>Check insurance and insured area</translation>
        </message>
        <message>
            <source>请检查扫码器的连线和设置的串口</source>
            <translation>Check the scanner's cable, and its port in the settings</translation>
        </message>
        <message>
            <source>请检查摄像头的连线和设置</source>
            <translation>Check the camera's cable, and the camera in the settings</translation>
        </message>
        <message>
            <source>请检查目录和读写权限，或用 --profile 指定另一个目录</source>
            <translation>Check the folder and its permissions, or name another one with --profile</translation>
        </message>
        <message>
            <source>请检查磁盘空间后重试；没有写进账本的事不会去做</source>
            <translation>Check the disk space, then try again; what is not written down is not done</translation>
        </message>
        <message>
            <source>请检查网络后重试，没有任何扣款</source>
            <translation>Check the network, then try again; nothing was charged</translation>
        </message>
        <message>
            <source>请检查读卡器的连线，或改用身份证、医保码</source>
            <translation>Check the reader's cable, or use the ID card or e-voucher</translation>
        </message>
        <message>
            <source>请检查阅读机的连线，以及设置中的串口；也可以输入身份证号</source>
            <translation>Check the reader's cable, and its port in the settings; or type the ID number</translation>
        </message>
        <message>
            <source>请求发出还不够久，平台还可能记账，现在不能登记为未记账</source>
            <translation>The request is too recent: the platform may still book it</translation>
        </message>
        <message>
            <source>请用 --insurance 险种@参保地 指明</source>
            <translation>Name it with --insurance kind@area</translation>
        </message>
        <message>
            <source>请用 kuasheng queue list 核对编号</source>
            <translation>Check the number with kuasheng queue list</translation>
        </message>
        <message>
            <source>请用 kuasheng queue show 查看它在等什么</source>
            <translation>See with kuasheng queue show what it waits for</translation>
        </message>
        <message>
            <source>请由信息科用系统密钥环保存 kuasheng-desk / gateway-token</source>
            <translation>Ask IT to keep kuasheng-desk / gateway-token in the system keyring</translation>
        </message>
        <message>
            <source>请看一眼打印机：纸出来了按 F9，没有出来按 F11</source>
            <translation>Look at the printer: F9 if paper came out, F11 if not</translation>
        </message>
        <message>
            <source>请看参保地的原话，由人决定是否自费</source>
            <translation>Read the insured area's words; a person decides whether the patient pays</translation>
        </message>
        <message>
            <source>请看平台的原话</source>
            <translation>Read the platform's words</translation>
        </message>
        <message>
            <source>请看打印机</source>
            <translation>Look at the printer</translation>
        </message>
        <message>
            <source>请看清是谁的凭证；确是本人的，请参保地更正登记，现在不能结算</source>
            <translation>Look whose credential it is; if it is the patient's own, the insured place must correct its register; it cannot be settled now</translation>
        </message>
        <message>
            <source>请看清是谁，有疑问按 F12</source>
            <translation>Look who it is; if in doubt, press F12</translation>
        </message>
        <message>
            <source>请看清本人；多为生僻字，提醒患者到参保地更正登记</source>
            <translation>Look at the person; mostly a rare character: remind the patient to have the register corrected</translation>
        </message>
        <message>
            <source>请看清本人；确是本人的，提醒患者到参保地更正登记，有疑问按 F12</source>
            <translation>Look at the person; if it is they, have them correct the register at their insured place; in doubt press F12</translation>
        </message>
        <message>
            <source>请礼貌地说明需要核实身份，联系医保办；已登记，没有扣款</source>
            <translation>Explain politely that the identity must be verified and call the insurance office; it is on record, nothing was charged</translation>
        </message>
        <message>
            <source>请稍候</source>
            <translation>Please wait</translation>
        </message>
        <message>
            <source>请稍后重试</source>
            <translation>Try again in a moment</translation>
        </message>
        <message>
            <source>请稍等再试，或找信息科</source>
            <translation>Wait a moment and try again, or call IT</translation>
        </message>
        <message>
            <source>请等冲正有了回答，或过后再登记</source>
            <translation>Wait for the reversal's answer, or note it later</translation>
        </message>
        <message>
            <source>请继续重新结算，或改为全部退费</source>
            <translation>Go on settling the rest, or give back everything</translation>
        </message>
        <message>
            <source>请联系医保办核对开通的交易</source>
            <translation>Ask the insurance office which transactions are open</translation>
        </message>
        <message>
            <source>请联系医保办核对机构编码、状态和科室医师编码</source>
            <translation>Ask the insurance office to check the codes of hospital, department and doctor</translation>
        </message>
        <message>
            <source>请芯片朝上、插到底再试，或擦净芯片</source>
            <translation>Put it in with the chip up, all the way, or clean the chip</translation>
        </message>
        <message>
            <source>请补收现金</source>
            <translation>Take the rest in cash</translation>
        </message>
        <message>
            <source>请走本地或省内异地的结算流程</source>
            <translation>Settle as a local or in-province visit</translation>
        </message>
        <message>
            <source>请过后再登记；期间本机继续自动查询</source>
            <translation>Note it later; this desk goes on looking meanwhile</translation>
        </message>
        <message>
            <source>请退还现金</source>
            <translation>Give back the cash</translation>
        </message>
        <message>
            <source>请选参保</source>
            <translation>Choose the insurance</translation>
        </message>
        <message>
            <source>请重新插卡，再请患者输入</source>
            <translation>Put the card in again and have the patient enter it</translation>
        </message>
        <message>
            <source>请重新插卡，读完再取</source>
            <translation>Insert the card again and leave it until it is read</translation>
        </message>
        <message>
            <source>请重新签到后重试</source>
            <translation>Sign in again, then try again</translation>
        </message>
        <message>
            <source>请重新运行；仍不行请联系信息科</source>
            <translation>Run it again; if that does not help, call IT</translation>
        </message>
        <message>
            <source>请重试；仍不行请联系信息科</source>
            <translation>Try again; if that does not help, call IT</translation>
        </message>
        <message>
            <source>请问清楚用哪一项，上下键选，回车确定</source>
            <translation>Ask which one to use; Up and Down choose, Enter takes it</translation>
        </message>
        <message>
            <source>读不出来</source>
            <translation>cannot be read</translation>
        </message>
        <message>
            <source>读卡器正被别的程序占用</source>
            <translation>Another program holds the card reader</translation>
        </message>
        <message>
            <source>读卡器缺少安全模块，读不出持卡人</source>
            <translation>The reader lacks its security module (PSAM), so the holder cannot be read</translation>
        </message>
        <message>
            <source>读卡器里没有卡</source>
            <translation>There is no card in the reader</translation>
        </message>
        <message>
            <source>读卡时卡被取走</source>
            <translation>The card was taken out while it was read</translation>
        </message>
        <message>
            <source>读卡服务没有运行</source>
            <translation>The card service is not running</translation>
        </message>
        <message>
            <source>账户</source>
            <translation>Account</translation>
        </message>
        <message>
            <source>账户余额</source>
            <translation>Account balance</translation>
        </message>
        <message>
            <source>账本损坏，这笔记录不全，请查平台</source>
            <translation>the journal is damaged and this record incomplete: look it up on the platform</translation>
        </message>
        <message>
            <source>账本文件不完整</source>
            <translation>the journal file is incomplete</translation>
        </message>
        <message>
            <source>账本文件打不开，但密钥是对的</source>
            <translation>the journal file cannot be opened although the key is right</translation>
        </message>
        <message>
            <source>账本没有写完整</source>
            <translation>the journal was not written completely</translation>
        </message>
        <message>
            <source>账本版本 {0}</source>
            <translation>journal version {0}</translation>
        </message>
        <message>
            <source>起付{0}元，最多应为{1}元。请核对医院等级。</source>
            <translation>The deductible is {0} yuan, it should be {1} yuan at most. Check the hospital's level.</translation>
        </message>
        <message>
            <source>起付标准{0}元是{1}级医院的；本院是{2}级，应为{3}元。请核对医院等级。</source>
            <translation>A deductible of {0} yuan is that of a level {1} hospital; this one is level {2}, where it should be {3} yuan. Check the hospital's level.</translation>
        </message>
        <message>
            <source>起付线不超过符合政策范围，且没有负数</source>
            <translation>the deductible is not above what is in scope, and nothing is negative</translation>
        </message>
        <message>
            <source>超时</source>
            <translation>timed out</translation>
        </message>
        <message>
            <source>超限</source>
            <translation>Over limit</translation>
        </message>
        <message>
            <source>超限价</source>
            <translation>Over limit</translation>
        </message>
        <message>
            <source>超限价{0}元</source>
            <translation>over the price limit {0}</translation>
        </message>
        <message>
            <source>跨省直结前台</source>
            <translation>Kuasheng Desk</translation>
        </message>
        <message>
            <source>身份证</source>
            <translation>ID card</translation>
        </message>
        <message>
            <source>身份证号</source>
            <translation>ID number</translation>
        </message>
        <message>
            <source>身份证号不对（18 位、校验位、出生日期），请核对；没有身份证的人留空</source>
            <translation>not an ID number (18 digits, check digit, birthday); leave it empty for people without one</translation>
        </message>
        <message>
            <source>身份证号不对（校验位或出生日期不符）</source>
            <translation>The ID number is wrong (check digit or birth date)</translation>
        </message>
        <message>
            <source>身份证已过有效期</source>
            <translation>The ID card has expired</translation>
        </message>
        <message>
            <source>身份证读不出来</source>
            <translation>The ID card cannot be read</translation>
        </message>
        <message>
            <source>身份证阅读机没有连上</source>
            <translation>The ID card reader is not connected</translation>
        </message>
        <message>
            <source>返回</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>返回 {0}，应为</source>
            <translation>came back as {0}, should be</translation>
        </message>
        <message>
            <source>返回的内容不是卡信息</source>
            <translation>what came back is no card data</translation>
        </message>
        <message>
            <source>还可输 {0} 次</source>
            <translation>{0} tries left</translation>
        </message>
        <message>
            <source>还应收</source>
            <translation>Still to be taken</translation>
        </message>
        <message>
            <source>还有一张收费单据录了一半，没有结算</source>
            <translation>A bill is half typed and not settled</translation>
        </message>
        <message>
            <source>还没有明细，请先加入收费项目</source>
            <translation>No lines yet; add an item first</translation>
        </message>
        <message>
            <source>还没有查过</source>
            <translation>not looked for yet</translation>
        </message>
        <message>
            <source>还没有联系平台</source>
            <translation>Platform not asked yet</translation>
        </message>
        <message>
            <source>还没有这个人的收费单据</source>
            <translation>No bill of this person yet</translation>
        </message>
        <message>
            <source>这一列写了两次，请只留一个</source>
            <translation>this column stands there twice, keep one</translation>
        </message>
        <message>
            <source>这一条不等人核实结果</source>
            <translation>This item waits for nobody's ruling</translation>
        </message>
        <message>
            <source>这一步不能中途放弃，请等它做完</source>
            <translation>This step cannot be given up half-way: please wait</translation>
        </message>
        <message>
            <source>这一轮时间已到</source>
            <translation>this try's time was up</translation>
        </message>
        <message>
            <source>这不是医保码</source>
            <translation>This is no e-voucher</translation>
        </message>
        <message>
            <source>这不是社会保障卡</source>
            <translation>This is no social security card</translation>
        </message>
        <message>
            <source>这个人有几张收费单据</source>
            <translation>This person has several bills</translation>
        </message>
        <message>
            <source>这个人有几项参保</source>
            <translation>This person has several insurances</translation>
        </message>
        <message>
            <source>这个人有几项参保，需要选一项</source>
            <translation>This person has several insurances; one must be chosen</translation>
        </message>
        <message>
            <source>这个就诊号是另一次就诊的，不能撤销</source>
            <translation>This visit number belongs to another visit: it cannot be withdrawn</translation>
        </message>
        <message>
            <source>这个系统没有打印队列</source>
            <translation>this system has no print queues</translation>
        </message>
        <message>
            <source>这个配置目录正被另一个程序使用</source>
            <translation>Another program uses this profile</translation>
        </message>
        <message>
            <source>这个配置目录用不了</source>
            <translation>This profile cannot be used</translation>
        </message>
        <message>
            <source>这位患者已有一笔相近的结算，那一笔还有效</source>
            <translation>This patient has a similar settlement, which stands</translation>
        </message>
        <message>
            <source>这位患者的这次就诊正在别处办理</source>
            <translation>This patient's visit is open elsewhere</translation>
        </message>
        <message>
            <source>这张单据上次没有做完</source>
            <translation>This bill was not finished last time</translation>
        </message>
        <message>
            <source>这张单据已经结算过</source>
            <translation>This bill has been settled before</translation>
        </message>
        <message>
            <source>这张单据患者已按自费付清</source>
            <translation>The patient has paid this bill in full as self-pay</translation>
        </message>
        <message>
            <source>这张单据没有 80 毫米的样式</source>
            <translation>this paper has no layout of 80 mm</translation>
        </message>
        <message>
            <source>这张单据没有这一项</source>
            <translation>this paper has no such entry</translation>
        </message>
        <message>
            <source>这张单据的另一版已经结算，那一笔还有效</source>
            <translation>Another revision of this bill is settled, and that settlement stands</translation>
        </message>
        <message>
            <source>这张卡拒绝过本机的安全模块</source>
            <translation>this card has refused the security module of this desk</translation>
        </message>
        <message>
            <source>这是银行卡，不是社会保障卡</source>
            <translation>This is a bank card, not a social security card</translation>
        </message>
        <message>
            <source>这笔就诊现在没有别的单据可打</source>
            <translation>There is no other paper of this visit now</translation>
        </message>
        <message>
            <source>这笔就诊现在没有这种单据</source>
            <translation>This visit has no such paper now</translation>
        </message>
        <message>
            <source>这笔结算是往年的：累计额度按往年计算，请先问医保办</source>
            <translation>This settlement is of another year, with that year's sums: ask the office first</translation>
        </message>
        <message>
            <source>进程 {0}</source>
            <translation>process {0}</translation>
        </message>
        <message>
            <source>连不上</source>
            <translation>not connected</translation>
        </message>
        <message>
            <source>连不上平台，请求没有发出去</source>
            <translation>The platform cannot be reached; nothing was sent</translation>
        </message>
        <message>
            <source>连接中断</source>
            <translation>connection broken</translation>
        </message>
        <message>
            <source>连接超时</source>
            <translation>connecting timed out</translation>
        </message>
        <message>
            <source>退</source>
            <translation>back</translation>
        </message>
        <message>
            <source>退什么</source>
            <translation>What goes back</translation>
        </message>
        <message>
            <source>退哪一笔结算</source>
            <translation>Which settlement goes back</translation>
        </message>
        <message>
            <source>退第 {0} 行，下一步 {1}</source>
            <translation>gives back line {0}, next step {1}</translation>
        </message>
        <message>
            <source>退费</source>
            <translation>Refund</translation>
        </message>
        <message>
            <source>退费凭证</source>
            <translation>Refund voucher</translation>
        </message>
        <message>
            <source>退费没有做完，在待办（F3）里继续</source>
            <translation>The refund is not finished; go on from the list (F3)</translation>
        </message>
        <message>
            <source>选一项按回车就打印；打过的会标补打；按 Esc 返回</source>
            <translation>Choose one and press Enter to print it; what was printed before is marked a reprint; Esc goes back</translation>
        </message>
        <message>
            <source>选一项按回车：不结算，记入账本，请联系医保办；按 Esc 返回</source>
            <translation>Choose and press Enter: nothing is settled, it goes on record, call the insurance office; Esc goes back</translation>
        </message>
        <message>
            <source>选一项按回车：纸上印补打和次数，原因记入账本；按 Esc 返回</source>
            <translation>Choose one and press Enter: the paper says that it is a reprint and its number, the reason goes into the journal; Esc goes back</translation>
        </message>
        <message>
            <source>选密钥</source>
            <translation>choice of the key</translation>
        </message>
        <message>
            <source>选择应用</source>
            <translation>choice of the application</translation>
        </message>
        <message>
            <source>选择目录</source>
            <translation>choice of the directory</translation>
        </message>
        <message>
            <source>部分退费停在半路</source>
            <translation>Partial refund stopped half-way</translation>
        </message>
        <message>
            <source>部分退费停在半路，原结算已撤销</source>
            <translation>Partial refund stopped half-way; the settlement is taken back</translation>
        </message>
        <message>
            <source>部分退费要把留下的项目重新结算，需要可用的凭证：刷新后扫医保码，或插卡、输身份证号</source>
            <translation>The kept lines are settled anew, which needs a usable credential: a fresh code, a card, or the ID number</translation>
        </message>
        <message>
            <source>部分退费要重新结算，需要可用的就诊凭证</source>
            <translation>A partial refund settles anew and needs a usable credential</translation>
        </message>
        <message>
            <source>配偶</source>
            <translation>Spouse</translation>
        </message>
        <message>
            <source>里没有 PSAM</source>
            <translation>has no PSAM</translation>
        </message>
        <message>
            <source>重新查询</source>
            <translation>Ask again</translation>
        </message>
        <message>
            <source>重新结算</source>
            <translation>Settle anew</translation>
        </message>
        <message>
            <source>重新结算后个人现金</source>
            <translation>Cash after settling anew</translation>
        </message>
        <message>
            <source>重新结算的金额有变，请患者确认</source>
            <translation>The new settlement has other amounts: ask the patient</translation>
        </message>
        <message>
            <source>重新试算</source>
            <translation>Price anew</translation>
        </message>
        <message>
            <source>重读目录</source>
            <translation>Read catalogue again</translation>
        </message>
        <message>
            <source>金额</source>
            <translation>Amount</translation>
        </message>
        <message>
            <source>金额以平台合计为准，请告知医保办</source>
            <translation>The platform's total counts; tell the insurance office</translation>
        </message>
        <message>
            <source>金额有变：患者同意按 F5，不同意按 F12 撤销</source>
            <translation>Other amounts: agreed F5, not agreed F12 cancels</translation>
        </message>
        <message>
            <source>金额要写成两位小数的元，例如 25.00，不能为负</source>
            <translation>an amount is in yuan with two decimals, as 25.00, and is not negative</translation>
        </message>
        <message>
            <source>钱和账都没有问题。按 F9 接着打；不用打了按 F11</source>
            <translation>Money and books are well. F9 goes on printing; F11 if nobody wants it</translation>
        </message>
        <message>
            <source>链完好，但文件有损坏的页</source>
            <translation>the chain is whole, but pages of the file are damaged</translation>
        </message>
        <message>
            <source>长期备案下第一次结算后，在{0}之前（备案满{1}个月）不能变更或取消这项备案，以参保地规定为准。</source>
            <translation>After the first settlement under this long filing it cannot be changed or cancelled before {0} ({1} months from its start), as the insured area has it.</translation>
        </message>
        <message>
            <source>长期备案下第一次结算后，在{0}之前（备案满{1}个月）不能变更或取消这项备案，以参保地规定为准。备案期间回参保地就医，不用取消备案。</source>
            <translation>After the first settlement under this long filing it cannot be changed or cancelled before {0} ({1} months from its start), as the insured area has it. Care at home meanwhile needs no cancellation.</translation>
        </message>
        <message>
            <source>门诊号</source>
            <translation>Visit number</translation>
        </message>
        <message>
            <source>阅读机没有读到身份证</source>
            <translation>No ID card was read</translation>
        </message>
        <message>
            <source>限制使用</source>
            <translation>Restricted</translation>
        </message>
        <message>
            <source>限制使用，未经医院审批，全自费</source>
            <translation>Restricted and not approved: not covered</translation>
        </message>
        <message>
            <source>院内编码</source>
            <translation>Hospital code</translation>
        </message>
        <message>
            <source>险种</source>
            <translation>Insurance</translation>
        </message>
        <message>
            <source>需要人工处理</source>
            <translation>A person must decide</translation>
        </message>
        <message>
            <source>需要备案</source>
            <translation>Filing needed</translation>
        </message>
        <message>
            <source>预结算 {0} 元，患者看到 {1} 元</source>
            <translation>estimated {0} yuan, the patient saw {1} yuan</translation>
        </message>
        <message>
            <source>预览结算单</source>
            <translation>Preview slip</translation>
        </message>
        <message>
            <source>（估算）</source>
            <translation> (estimate)</translation>
        </message>
        <message>
            <source>（其中临时外出首先自付{0}元）</source>
            <translation> (of it temporary-stay share {0})</translation>
        </message>
        <message>
            <source>；另由{0}</source>
            <translation>; besides, {0}</translation>
        </message>
    </context>
    <context>
        <name>CashierWindow</name>
        <message>
            <source>演练 · 人都是虚构的</source>
            <translation>Practice · invented people</translation>
        </message>
    </context>
    <context>
        <name>ChargesPage</name>
        <message>
            <source>合计（元）</source>
            <translation>Total (yuan)</translation>
        </message>
        <message>
            <source>拼音首字母、编码或名称</source>
            <translation>Pinyin initials, code or name</translation>
        </message>
        <message>
            <source>收费明细</source>
            <translation>Lines</translation>
        </message>
        <message>
            <source>检索收费项目</source>
            <translation>Search an item</translation>
        </message>
        <message>
            <source>还没有明细：检索一个项目，填单价和数量，回车加入</source>
            <translation>No lines yet: search an item, type price and quantity, Enter adds it</translation>
        </message>
    </context>
    <context>
        <name>ChoiceList</name>
        <message>
            <source>可选项</source>
            <translation>Choices</translation>
        </message>
    </context>
    <context>
        <name>ChoosePage</name>
        <message>
            <source>收费单据</source>
            <translation>Bills</translation>
        </message>
    </context>
    <context>
        <name>HaltedPage</name>
        <message>
            <source>问题和办法</source>
            <translation>Problem and ways on</translation>
        </message>
    </context>
    <context>
        <name>Hero</name>
        <message>
            <source>估算</source>
            <translation>Estimate</translation>
        </message>
    </context>
    <context>
        <name>KeyBar</name>
        <message>
            <source>按键</source>
            <translation>Keys</translation>
        </message>
    </context>
    <context>
        <name>KeyCard</name>
        <message>
            <source>按键一览</source>
            <translation>All keys</translation>
        </message>
        <message>
            <source>知道了</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>随时可以扫医保码、插社保卡；扫码枪的回车不会按下任何按钮</source>
            <translation>Scan a code or insert a card at any time; a scanner's Enter presses no button</translation>
        </message>
    </context>
    <context>
        <name>LineStrip</name>
        <message>
            <source>医院审批</source>
            <translation>Hospital's approval</translation>
        </message>
        <message>
            <source>单价</source>
            <translation>Price</translation>
        </message>
        <message>
            <source>单价（元）</source>
            <translation>Price (yuan)</translation>
        </message>
        <message>
            <source>数量</source>
            <translation>Qty</translation>
        </message>
    </context>
    <context>
        <name>LineTable</name>
        <message>
            <source>先行自付</source>
            <translation>First share</translation>
        </message>
        <message>
            <source>全自费</source>
            <translation>Self-paid</translation>
        </message>
        <message>
            <source>单价</source>
            <translation>Price</translation>
        </message>
        <message>
            <source>数量</source>
            <translation>Qty</translation>
        </message>
        <message>
            <source>类别</source>
            <translation>Class</translation>
        </message>
        <message>
            <source>费用明细</source>
            <translation>Lines of the bill</translation>
        </message>
        <message>
            <source>超限价</source>
            <translation>Over limit</translation>
        </message>
        <message>
            <source>金额</source>
            <translation>Amount</translation>
        </message>
        <message>
            <source>项目</source>
            <translation>Item</translation>
        </message>
    </context>
    <context>
        <name>MoneyInput</name>
        <message>
            <source>金额（元）</source>
            <translation>Amount (yuan)</translation>
        </message>
    </context>
    <context>
        <name>OfferPage</name>
        <message>
            <source>基金支付</source>
            <translation>Funds</translation>
        </message>
        <message>
            <source>费用划分</source>
            <translation>How it divides</translation>
        </message>
    </context>
    <context>
        <name>PersonPanel</name>
        <message>
            <source>参保人</source>
            <translation>Insured person</translation>
        </message>
        <message>
            <source>缺字，按编码核对</source>
            <translation>Check the name by its number</translation>
        </message>
    </context>
    <context>
        <name>PinDesk</name>
        <message>
            <source>请患者在读卡器的键盘上输入密码</source>
            <translation>Please have the patient enter the PIN on the reader</translation>
        </message>
    </context>
    <context>
        <name>PinPrompt</name>
        <message>
            <source>不输</source>
            <translation>Do not enter</translation>
        </message>
        <message>
            <source>扫到的码不是密码，没有送给卡：请按键输入</source>
            <translation>That was a scan, no PIN: the card was not asked</translation>
        </message>
        <message>
            <source>确定</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>社会保障卡密码</source>
            <translation>PIN of the social security card</translation>
        </message>
        <message>
            <source>请患者输入社会保障卡密码</source>
            <translation>The patient enters the PIN of the social security card</translation>
        </message>
    </context>
    <context>
        <name>ProblemPanel</name>
        <message>
            <source>下一步</source>
            <translation>Next step</translation>
        </message>
        <message>
            <source>问题代码 {0}</source>
            <translation>Problem code {0}</translation>
        </message>
    </context>
    <context>
        <name>QueuePage</name>
        <message>
            <source>待办</source>
            <translation>To do</translation>
        </message>
        <message>
            <source>所有结算都已查清，现金和单据都已办完</source>
            <translation>Every outcome is known, cash and papers are done</translation>
        </message>
        <message>
            <source>没有待办</source>
            <translation>Nothing to do</translation>
        </message>
        <message>
            <source>线路好时自动重试。上下键选，回车或 F9 办理；没办完的不会丢，下次开机还在</source>
            <translation>Tried by itself while the line stands. Up and Down choose, Enter or F9 finishes; nothing is dropped, it is here after a restart</translation>
        </message>
    </context>
    <context>
        <name>ReadyPage</name>
        <message>
            <source>对准扫码枪，哪个页面都可以</source>
            <translation>Hold it to the scanner, on any page</translation>
        </message>
        <message>
            <source>居民身份证号</source>
            <translation>ID number</translation>
        </message>
        <message>
            <source>扫医保码</source>
            <translation>Scan the e-voucher</translation>
        </message>
        <message>
            <source>插社会保障卡</source>
            <translation>Insert the card</translation>
        </message>
        <message>
            <source>没有卡和码时，输完按回车</source>
            <translation>Without card and code; then Enter</translation>
        </message>
        <message>
            <source>芯片朝上插入读卡器，自动读取</source>
            <translation>Chip up; it is read by itself</translation>
        </message>
        <message>
            <source>补办单据 {0}，请出示凭证</source>
            <translation>For bill {0}: show a credential</translation>
        </message>
        <message>
            <source>请出示医保凭证</source>
            <translation>Show an insurance credential</translation>
        </message>
        <message>
            <source>输入十八位号码后按回车</source>
            <translation>Type the eighteen digits, then press Enter</translation>
        </message>
        <message>
            <source>输入身份证号</source>
            <translation>Type the ID number</translation>
        </message>
    </context>
    <context>
        <name>RefundPage</name>
        <message>
            <source>可以退的</source>
            <translation>What can be given back</translation>
        </message>
        <message>
            <source>按 F6 看前一天</source>
            <translation>F6 shows the day before</translation>
        </message>
        <message>
            <source>这一天没有可以退的结算</source>
            <translation>No settlement of that day can be given back</translation>
        </message>
        <message>
            <source>这笔退费</source>
            <translation>This refund</translation>
        </message>
        <message>
            <source>退费</source>
            <translation>Refund</translation>
        </message>
    </context>
    <context>
        <name>SearchBox</name>
        <message>
            <source>找到的项目</source>
            <translation>Found items</translation>
        </message>
    </context>
    <context>
        <name>StandInPage</name>
        <message>
            <source>与患者关系</source>
            <translation>Relation to the patient</translation>
        </message>
        <message>
            <source>代办人</source>
            <translation>Representative</translation>
        </message>
        <message>
            <source>代办人姓名</source>
            <translation>Representative's name</translation>
        </message>
        <message>
            <source>代办人是患者的</source>
            <translation>The representative is the patient's</translation>
        </message>
        <message>
            <source>代办人证件号</source>
            <translation>Representative's document number</translation>
        </message>
        <message>
            <source>刷代办人的身份证或社保卡，或者输入；结算的仍是参保人</source>
            <translation>Read the representative's ID or social security card, or type; the insured person is settled all the same</translation>
        </message>
        <message>
            <source>身份证、社保卡或其他证件</source>
            <translation>ID card, social security card or another document</translation>
        </message>
    </context>
    <context>
        <name>StepTrail</name>
        <message>
            <source>全部完成</source>
            <translation>all done</translation>
        </message>
        <message>
            <source>第 {0} 步，共 {1} 步：{2}</source>
            <translation>Step {0} of {1}: {2}</translation>
        </message>
    </context>
    <context>
        <name>VisitForm</name>
        <message>
            <source>医生</source>
            <translation>Doctor</translation>
        </message>
        <message>
            <source>医疗类别</source>
            <translation>Kind of visit</translation>
        </message>
        <message>
            <source>单据号</source>
            <translation>Bill no.</translation>
        </message>
        <message>
            <source>名称</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>外伤</source>
            <translation>Injury</translation>
        </message>
        <message>
            <source>姓名</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>就诊信息</source>
            <translation>Visit</translation>
        </message>
        <message>
            <source>急诊标志</source>
            <translation>Emergency mark</translation>
        </message>
        <message>
            <source>承诺书</source>
            <translation>Statement</translation>
        </message>
        <message>
            <source>承诺书编号</source>
            <translation>Statement no.</translation>
        </message>
        <message>
            <source>病种编码</source>
            <translation>Disease code</translation>
        </message>
        <message>
            <source>科室</source>
            <translation>Department</translation>
        </message>
        <message>
            <source>空着同单据号</source>
            <translation>Empty: as the bill no.</translation>
        </message>
        <message>
            <source>编码</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>诊断</source>
            <translation>Diagnosis</translation>
        </message>
        <message>
            <source>门诊号</source>
            <translation>Visit no.</translation>
        </message>
    </context>
    <context>
        <name>_Case</name>
        <message>
            <source>给医保办的案由，按 F7 复制</source>
            <translation>Case for the insurance office, F7 copies it</translation>
        </message>
    </context>
    <context>
        <name>_Quote</name>
        <message>
            <source>平台的原话</source>
            <translation>The platform's words</translation>
        </message>
    </context>
    <context>
        <name>_Row</name>
        <message>
            <source>这一项</source>
            <translation>This item</translation>
        </message>
    </context>
    <context>
        <name>_Supervisor</name>
        <message>
            <source>主管工号</source>
            <translation>Supervisor no.</translation>
        </message>
        <message>
            <source>主管核对后输入工号，按 F9 接受，再收款</source>
            <translation>The supervisor checks, types a number, F9 accepts; then take the cash</translation>
        </message>
        <message>
            <source>核对主管的工号</source>
            <translation>Number of the supervisor who checked</translation>
        </message>
    </context>
</TS>
