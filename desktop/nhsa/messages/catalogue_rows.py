"""The lines of the catalogue files: of each form's columns those that a desk can use."""

from __future__ import annotations

from typing import Annotated, Final

from desktop.nhsa.messages.column_file import Column, FileForm
from desktop.nhsa.messages.wire import Node


class DrugLine(Node, frozen=True, kw_only=True):
    """1301 西药中成药."""

    code: Annotated[str, Column(1, "医疗目录编码")]
    generic_name: Annotated[str | None, Column(4, "药品通用名")] = None
    name: Annotated[str, Column(8, "注册名称")]
    is_chinese: Annotated[str | None, Column(24, "中成药标志")] = None
    package: Annotated[str | None, Column(32, "包装规格")] = None
    begins: Annotated[str | None, Column(37, "开始/结束日期")] = None
    ends: Annotated[str | None, Column(38, "开始/结束日期")] = None
    restriction: Annotated[str | None, Column(57, "限制使用范围")] = None
    restricted: Annotated[str | None, Column(58, "限制使用标志")] = None
    valid: Annotated[str | None, Column(79, "有效标志")] = None
    record: Annotated[str | None, Column(80, "唯一记录号")] = None
    updated: Annotated[str | None, Column(82, "数据更新时间")] = None
    version: Annotated[str | None, Column(83, "版本号/版本名称")] = None
    version_name: Annotated[str | None, Column(84, "版本号/版本名称")] = None
    item_class: Annotated[str | None, Column(92, "国家医保药品目录甲乙类标识")] = None


class HerbLine(Node, frozen=True, kw_only=True):
    """1302 中药饮片."""

    code: Annotated[str, Column(1, "编码")]
    name: Annotated[str, Column(2, "单味药名称")]
    begins: Annotated[str | None, Column(12, "起止")] = None
    ends: Annotated[str | None, Column(13, "起止")] = None
    valid: Annotated[str | None, Column(14, "有效标志")] = None
    record: Annotated[str | None, Column(15, "唯一记录号")] = None
    version: Annotated[str | None, Column(18, "版本")] = None
    version_name: Annotated[str | None, Column(19, "版本")] = None


class ServiceLine(Node, frozen=True, kw_only=True):
    """1305 医疗服务项目."""

    code: Annotated[str, Column(1, "编码")]
    valid: Annotated[str | None, Column(7, "有效标志")] = None
    kind: Annotated[str | None, Column(9, "服务项目类别")] = None
    name: Annotated[str, Column(10, "医疗服务项目名称")]
    begins: Annotated[str | None, Column(12, "起止")] = None
    ends: Annotated[str | None, Column(13, "起止")] = None
    record: Annotated[str | None, Column(14, "唯一记录号")] = None
    version: Annotated[str | None, Column(15, "版本")] = None
    version_name: Annotated[str | None, Column(16, "版本")] = None


class MaterialLine(Node, frozen=True, kw_only=True):
    """1306 医用耗材."""

    code: Annotated[str, Column(1, "编码")]
    name: Annotated[str, Column(2, "耗材名称")]
    restriction: Annotated[str | None, Column(34, "限制使用")] = None
    restricted: Annotated[str | None, Column(35, "限制使用")] = None
    valid: Annotated[str | None, Column(68, "有效标志")] = None
    record: Annotated[str | None, Column(69, "唯一记录号")] = None
    version: Annotated[str | None, Column(70, "版本")] = None
    version_name: Annotated[str | None, Column(71, "版本")] = None


class DiagnosisLine(Node, frozen=True, kw_only=True):
    """1307 疾病与诊断."""

    code: Annotated[str, Column(11, "诊断代码")]
    name: Annotated[str, Column(12, "诊断名称")]
    valid: Annotated[str | None, Column(19, "有效标志")] = None
    record: Annotated[str | None, Column(20, "唯一记录号")] = None
    version: Annotated[str | None, Column(23, "版本")] = None
    version_name: Annotated[str | None, Column(24, "版本")] = None


class ChronicLine(Node, frozen=True, kw_only=True):
    """1309 门诊慢特病种."""

    code: Annotated[str, Column(1, "门慢门特病种目录代码")]
    area: Annotated[str | None, Column(4, "医保区划")] = None
    valid: Annotated[str | None, Column(6, "有效标志")] = None
    record: Annotated[str | None, Column(7, "唯一记录号")] = None
    version: Annotated[str | None, Column(10, "版本号")] = None
    version_name: Annotated[str | None, Column(12, "版本名称")] = None
    name: Annotated[str, Column(15, "病种名称")]


DRUGS: Final = FileForm(DrugLine, 97)
HERBS: Final = FileForm(HerbLine, 33)
SERVICES: Final = FileForm(ServiceLine, 19)
MATERIALS: Final = FileForm(MaterialLine, 71)
DIAGNOSES: Final = FileForm(DiagnosisLine, 24)
CHRONIC: Final = FileForm(ChronicLine, 16)
