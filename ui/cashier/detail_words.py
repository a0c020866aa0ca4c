"""What the desk itself puts into the details of problems, for a window in another language.

The floors below say it in Chinese, often with a value in it: ``报文 4301…``. A detail is read here
word by word; one with a word that is none of ours is the platform's, and stays as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from desktop.domain.balance import Identity
from desktop.domain.scanned import ScannedKind
from desktop.domain.split import AMOUNT_WORDS
from ui.cashier.translate import tr
from ui.input.credential_text import IdFault

WORDS = (
    "2204 明细不符",
    "PSAM 被取走",
    "[printers] 里写明的一台打印机",
    "http:// 或 https:// 的地址",
    "{0} 不是 PNG 或 JPEG 图片",
    "一个符号（不能是字母或数字），或 F1 到 F24",
    "一节",
    "下一步 {0}",
    "不是 UTF-8 编码的文字",
    "不是单价 × 数量，应为 {0}",
    "不是表单：应当是 F1 到 F10 或 {0}",
    "不能与 {0} 是同一个串口",
    "不能为空，请填写",
    "不能使用 {0}",
    "与 {0} 只能填一个",
    "与{0}的行号相同，行号不能重复",
    "与前一条接不上",
    "两次不一致",
    "串口名（如 COM3）或完整路径",
    "串口名（如 COM3）或完整路径（如 /dev/ttyUSB0）",
    "主机:端口，如 192.168.1.60:9100",
    "之一",
    "从根或盘符写起的完整路径",
    "位十六进制数",
    "位字母数字",
    "位数不对",
    "位数字",
    "元",
    "内容被改过",
    "内部认证",
    "内部认证没有结果",
    "写了两次，请只留一个",
    "写出了缓冲区",
    "切刀",
    "到 {0} 的整数",
    "到 {0} 的整数（秒）",
    "助手程序是第 {0} 版，应为第 {1} 版",
    "助手程序起不来 {0}",
    "医疗类别要填代码，例如 11 普通门诊、13 急诊、14 慢特病",
    "单价最多十位整数、六位小数，例如 12.500000，不能为负",
    "单元格比列名多，请检查逗号和引号",
    "单据 {0}",
    "单据索引缺失",
    "取随机数",
    "取随机数长度不对",
    "只有慢特病（kind 14）才填病种编码，请清空或改 kind",
    "只能在窗口里打印",
    "只能是字母、数字和符号",
    "可能磁盘已满",
    "和",
    "外伤请填 none、no-third-party 或 third-party",
    "外部认证 {0}",
    "大于 0、不超过 {0} 的数（秒）",
    "太多，最多 {0} 项，请分开结算",
    "太长，最多 {0} 个字",
    "姓名 {0} / {1}",
    "存档的单据与账本不符",
    "安全模块的回答长度不对",
    "密码机回答 {0}",
    "密码机没有回答（{0}）",
    "密码机的回答不合格式",
    "密码机的回答太长或太慢",
    "密码机的回答太慢",
    "密钥不是 {0} 字节",
    "密钥文件不能读写：{0}",
    "密钥环没有保存密钥",
    "密钥环里没有本机账本的密钥",
    "密钥的格式不对",
    "密钥的长度不对",
    "已关闭",
    "已取消",
    "应为 {0}",
    "应为列表，例如 []",
    "应为列表，至少要有一项",
    "应当写成",
    "应当是",
    "异常退出",
    "引号或换行不成对，从这一行起读不下去",
    "必须是文本",
    "必须是文本，请加上引号",
    "性别请填 1（男）或 2（女）",
    "慢特病（kind 14）要填病种编码，例如 M03900",
    "或",
    "打不开",
    "打印服务不收这份任务",
    "打印服务不收这台打印机的任务",
    "打印服务没有回答",
    "打印服务没有运行",
    "打印机已暂停",
    "找不到收费文件，请核对路径",
    "报文 {0}",
    "括号嵌套太深，不是收费文件",
    "摄像头的编号（如 0）、完整路径或网址",
    "收费文件打不开，请核对路径和权限",
    "收费项目类别要填两位代码 01 到 14，例如 09 西药",
    "数量要大于零，最多四位小数，例如 2.0000；退费请走整单退费",
    "文件太大，最多 {0} MB",
    "文件头",
    "文件夹不见了",
    "文字",
    "文字的列表",
    "日期要写成 2023-05-02 的样子，并且真有这一天",
    "时间要写成 2023-05-02T09:20:00 的样子（北京时间）",
    "最外层应为对象 {…}，含 version、patient、visit、bill、lines",
    "有控制字符、换行或乱码，请改正",
    "没有{0}",
    "没有中文字体",
    "没有写入的权限",
    "没有加密的 SQLite",
    "没有医保码标记的密钥",
    "没有单据存档的密钥",
    "没有启用加密",
    "没有回应",
    "没有填写",
    "没有安装 opencv-python-headless",
    "没有密码键盘",
    "没有链尾",
    "没有随装 {0} 位助手程序",
    "演练账本的密钥文件不见了",
    "状态{0}",
    "现有{0}位",
    "由更新版本的程序写成（{0}）",
    "的内容读不出来",
    "磁盘已满",
    "磁盘是只读的",
    "磁盘读写出错",
    "磁盘配额已用完",
    "秒内没有就绪",
    "第 {0} 条",
    "第 {0} 版，结算单号 {1}",
    "单据 {0}，结算单号 {1}",
    "已付 {0} 元",
    "第 {0} 行",
    "第{0}列起不是合法的 JSON",
    "第{0}条明细",
    "第{0}行",
    "系统不让写文件",
    "系统没有默认打印机",
    "系统里打印队列的名字",
    "编码不对，JSON 请存为 UTF-8",
    "编码认不准，请存为带 BOM 的 UTF-8",
    "缺失",
    "缺少函数 {0}",
    "缺少这一列",
    "缺少这一段，应为对象 {…}",
    "缺少这一项，请填写",
    "行号{0}",
    "装载失败（{0} 位）{1}",
    "要用的文件名被一个文件夹占着",
    "要用的文件夹名被一个文件占着",
    "计算",
    "记录时间读不出来",
    "记录的先后不可能发生",
    "设置 {0} 不成立",
    "证件号不同",
    "请写 1（不加引号）；本程序只认得第 1 版收费文件",
    "请写从 1 开始的整数（不加引号）",
    "请填 true 或 false",
    "读不出来",
    "账本文件不完整",
    "账本文件打不开，但密钥是对的",
    "账本没有写完整",
    "账本版本 {0}",
    "超时",
    "身份证号不对（18 位、校验位、出生日期），请核对；没有身份证的人留空",
    "返回 {0}，应为",
    "返回的内容不是卡信息",
    "还可输 {0} 次",
    "这一列写了两次，请只留一个",
    "这个系统没有打印队列",
    "这张单据没有 80 毫米的样式",
    "这张单据没有这一项",
    "这张卡拒绝过本机的安全模块",
    "进程 {0}",
    "退第 {0} 行，下一步 {1}",
    "选密钥",
    "选择应用",
    "选择目录",
    "里没有 PSAM",
    "就诊记录前后不符",
    "金额要写成两位小数的元，例如 25.00，不能为负",
    "链完好，但文件有损坏的页",
    "预结算 {0} 元，患者看到 {1} 元",
    "就诊 {0}",
    "已经退过第 {0} 行",
)
"""``{0}`` stands for a value. Whatever is not here (``tests/rig/details.py`` looks) fails a test."""
_NAMES = "姓名 {0} / {1}"
"""The one whose values are somebody's names."""
_SIGNS = {"，": ", ", "：": ": ", "；": "; ", "、": ", ", "。": ". ", "（": " (", "）": ") "}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_GAP = "([^，。；：、（）]*?)"
_LAST_GAP = "([^，。；：、（）]*)"
_PROBE = WORDS[0]


def told(detail: str) -> str:
    """The detail in the language of the window, or as it came."""
    if tr(_PROBE) == _PROBE or not _CHINESE.search(detail):
        return detail
    return _translated(detail) or detail


def known_words() -> tuple[str, ...]:
    """Every word that a detail of ours is made of."""
    ours = (*AMOUNT_WORDS.values(), *(one.words for one in Identity), _NAMES)
    credentials = (
        *(one.words for one in ScannedKind if one.words),
        *(one.value for one in IdFault),
    )
    return (*WORDS, *ours, *credentials)


def _translated(detail: str) -> str:
    """ "" where any of it is no word of ours."""
    if (whole := tr(detail)) != detail:
        return whole
    read = [*_read(detail)]
    return " ".join("".join(read).split()).replace(" ,", ",") if all(read) else ""


def _read(detail: str) -> Iterator[str]:
    """Word for word, each with a space around; "" for one that is not ours."""
    at = 0
    while at < len(detail):
        found, at = _word_at(detail, at)
        yield found


def _word_at(detail: str, at: int) -> tuple[str, int]:
    for template, pattern in _patterns(detail[at]):
        match = pattern.match(detail, at)
        if match is None:
            continue
        values = [value if template == _NAMES else _value(value) for value in match.groups()]
        if None not in values:
            return f" {_filled(tr(template), values)} ", match.end()
    sign = detail[at]
    return ("" if _CHINESE.match(sign) else _SIGNS.get(sign, sign)), at + 1


def _filled(template: str, values: list[str | None]) -> str:
    for at, value in enumerate(values):
        template = template.replace(f"{{{at}}}", value or "")
    return template


def _value(text: str) -> str | None:
    """What is put in, in the language of the window; None where it is nobody's word of us."""
    return _translated(text) or None if _CHINESE.search(text) else text


@cache
def _patterns(sign: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Of those that can begin with the sign, the longest first: it says more.

    To make all of them took 50 ms, and each place of a detail asked every one.
    """
    begin = (template for template in known_words() if template[0] in (sign, "{"))
    longest = sorted(begin, key=len, reverse=True)
    return tuple((template, _pattern(template)) for template in longest)


def _pattern(template: str) -> re.Pattern[str]:
    *inner, last = re.split(r"\\\{\d\\\}", re.escape(template))
    gap = _GAP if last else _LAST_GAP
    return re.compile(_GAP.join(inner) + gap + last if inner else last)
