"""目录类别 ``list_type``: of which list an item is, told from its kind of charge."""

from __future__ import annotations

from enum import StrEnum

from desktop.sandbox.catalogue_model import Item


class ListType(StrEnum):
    DRUG = "101"
    HERB = "102"
    SERVICE = "201"
    MATERIAL = "301"


_OF_KIND = {
    "08": ListType.MATERIAL,
    "09": ListType.DRUG,
    "10": ListType.HERB,
    "11": ListType.DRUG,
}


def list_type(item: Item) -> ListType:
    """Whatever is neither drug, herb nor material is a service."""
    return _OF_KIND.get(item.kind, ListType.SERVICE)
