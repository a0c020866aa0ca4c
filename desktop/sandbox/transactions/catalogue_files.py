"""1301, 1302, 1305, 1306, 1307, 1309: the catalogues as files that 9102 fetches with ``plc``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from desktop.nhsa.messages.catalogue_download import (
    CATALOGUE_KEEPING,
    CatalogueDownloadInput,
    CatalogueDownloadOutput,
)
from desktop.nhsa.messages.catalogue_rows import (
    CHRONIC,
    DIAGNOSES,
    DRUGS,
    HERBS,
    MATERIALS,
    SERVICES,
    ChronicLine,
    DiagnosisLine,
    DrugLine,
    HerbLine,
    MaterialLine,
    ServiceLine,
)
from desktop.nhsa.messages.column_file import FileForm, L, pack
from desktop.nhsa.messages.wire import NumberText
from desktop.sandbox.calls import Call, time_text
from desktop.sandbox.care_place.diagnoses import read_diagnoses, read_in_province
from desktop.sandbox.care_place.institutions import institution
from desktop.sandbox.care_place.list_types import ListType, list_type
from desktop.sandbox.catalogue_model import Item, ItemClass
from desktop.sandbox.insured_place.diseases import CHRONIC as CHRONIC_NAMES
from desktop.sandbox.refusals import Reason, Refused
from desktop.sandbox.transactions.files import keep

FIRST: Final = 1
"""Version of what never changes."""
_VERSION: Final = re.compile(r"[vV]?(\d{1,9})", re.ASCII)
_YES_NO: Final = {True: "1", False: "0"}


def drugs(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    items = _items(call, asked, ListType.DRUG)
    return _kept(call, DRUGS, [_drug(call, item) for item in items])


def _drug(call: Call, item: Item) -> DrugLine:
    name, _, package = item.name.partition(" ")
    return DrugLine(
        **_named(call, item),
        **_dates(item),
        generic_name=name,
        is_chinese=_YES_NO[item.kind == "11"],
        package=package or None,
        restricted=_YES_NO[item.restricted],
        updated=item.updated.isoformat(),
        item_class=_CLASSES[item.item_class],
    )


_CLASSES: Final = {ItemClass.A: "甲", ItemClass.B: "乙", ItemClass.C: None}


def herbs(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    items = _items(call, asked, ListType.HERB)
    return _kept(call, HERBS, [HerbLine(**_named(call, item), **_dates(item)) for item in items])


def services(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    items = _items(call, asked, ListType.SERVICE)
    return _kept(call, SERVICES, [_service(call, item) for item in items])


def _service(call: Call, item: Item) -> ServiceLine:
    return ServiceLine(**_named(call, item), **_dates(item), kind=item.kind)


def materials(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    items = _items(call, asked, ListType.MATERIAL)
    return _kept(call, MATERIALS, [_material(call, item) for item in items])


def _material(call: Call, item: Item) -> MaterialLine:
    return MaterialLine(**_named(call, item), restricted=_YES_NO[item.restricted])


def _named(call: Call, item: Item) -> dict[str, Any]:
    """What every file says of an item: its name, whether it is valid, its record."""
    valid = item.ends is None or call.business_now.date() <= item.ends
    return {
        "code": item.code,
        "name": item.name,
        "valid": _YES_NO[valid],
        "record": f"{item.code}-{item.version}",
        **_versioned(call, item.version),
    }


def _dates(item: Item) -> dict[str, Any]:
    ends = item.ends.isoformat() if item.ends else None
    return {"begins": item.begins.isoformat(), "ends": ends}


def diagnoses(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    rows = [
        DiagnosisLine(
            code=code,
            name=name,
            valid="1",
            record=f"1307-{code}",
            **_versioned(call, FIRST),
        )
        for code, name in (read_diagnoses() if _version(asked) < FIRST else ())
    ]
    return _kept(call, DIAGNOSES, rows)


def chronic(call: Call, asked: CatalogueDownloadInput) -> CatalogueDownloadOutput:
    """The national list without an area, then what the province settles within itself (S2-13)."""
    province = _province(call)
    national = ((None, *row) for row in CHRONIC_NAMES.items())
    provincial = ((province, *row) for row in read_in_province(province))
    listed = (*national, *provincial) if _version(asked) < FIRST else ()
    return _kept(call, CHRONIC, [_disease(call, *row) for row in listed])


def _disease(call: Call, area: str | None, code: str, name: str) -> ChronicLine:
    return ChronicLine(
        code=code,
        area=area,
        valid="1",
        record=f"1309-{code}",
        name=name,
        **_versioned(call, FIRST),
    )


def _items(call: Call, asked: CatalogueDownloadInput, kind: ListType) -> Iterator[Item]:
    version = _version(asked)
    return (
        item for item in call.state.catalogue if list_type(item) is kind and item.version > version
    )


def _province(call: Call) -> str:
    return f"{institution(call).area[:2]}0000"


def _versioned(call: Call, version: int) -> dict[str, Any]:
    """Each province has a catalogue of its own (S4-23)."""
    return {"version": f"v{version:04d}", "version_name": f"{_province(call)}演练目录"}


def _version(asked: CatalogueDownloadInput) -> int:
    """``v0000`` and ``0`` alike; raises :class:`Refused`."""
    match = _VERSION.fullmatch(asked.data.ver)
    if match is None:
        raise Refused(Reason.FIELD_WRONG, field="ver")
    return int(match[1])


def _kept(call: Call, form: FileForm[L], rows: list[L]) -> CatalogueDownloadOutput:
    name = f"{call.head.infno}_{call.state.options.serial + 1:08d}"
    content = pack(f"{name}.txt", form, rows)
    stored = keep(call, f"{name}.zip", content, CATALOGUE_KEEPING)
    return CatalogueDownloadOutput(
        file_qury_no=stored.number,
        filename=stored.filename,
        dld_end_time=time_text(stored.ends),
        data_cnt=NumberText(str(len(rows))),
    )
