"""1301, 1302, 1305, 1306, 1307, 1309: catalogue downloads as files of the ``plc`` keeping (1.5).

The answer names a file; 9102 with ``fixmedins_code`` ``plc`` fetches it.
"""

from __future__ import annotations

from typing import Final

from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.wire import Node, NumberText

NO_VERSION: Final = "v0000"
"""``ver`` of a desk that has nothing yet."""
CATALOGUE_KEEPING: Final = "plc"
"""``fixmedins_code`` of 9102 for catalogue files."""


class CatalogueQuery(Node, frozen=True, kw_only=True):
    """``data``: the highest version that the desk has; only later rows come."""

    ver: str


class CatalogueDownloadInput(Node, frozen=True, kw_only=True):
    data: CatalogueQuery


class CatalogueDownloadOutput(Node, frozen=True, kw_only=True):
    """Without a node. Note ``dld_end_time``, spelled otherwise than in 9101 and 3202."""

    file_qury_no: str
    filename: str
    dld_end_time: str | None = None
    data_cnt: NumberText | None = None


def _download(infno: str) -> Transaction[CatalogueDownloadInput, CatalogueDownloadOutput]:
    return Transaction(
        infno,
        f"catalogdownservice/downCatalog{infno}",
        CatalogueDownloadInput,
        CatalogueDownloadOutput,
    )


DRUG_FILE = _download("1301")
HERB_FILE = _download("1302")
SERVICE_FILE = _download("1305")
MATERIAL_FILE = _download("1306")
DIAGNOSIS_FILE = _download("1307")
CHRONIC_FILE = _download("1309")
