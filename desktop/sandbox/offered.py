"""Which transactions the platform offers, and which it only knows by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from desktop.nhsa.messages.wire import Node
from desktop.sandbox.calls import Call
from desktop.sandbox.transactions import (
    benefits,
    catalogue_files,
    catalogue_pages,
    charges,
    designations,
    dictionary,
    fee_details,
    files,
    lookup,
    people,
    reconciliation,
    reversal,
    settle,
    sign_in,
    visit,
)

Handler = Callable[[Call, Any], Node | None]

HANDLERS: Final[Mapping[str, Handler]] = MappingProxyType(
    {
        "9001": sign_in.sign_in,
        "9002": sign_in.sign_out,
        "1101": people.query_person,
        "1201": people.query_institution,
        "2001": benefits.check_benefits,
        "2201": visit.register,
        "2202": visit.withdraw,
        "2203": visit.upload_visit,
        "2204": charges.upload_lines,
        "2205": charges.remove_lines,
        "2206": settle.preview,
        "2207": settle.settle,
        "2208": settle.cancel,
        "2601": reversal.reverse,
        "3201": reconciliation.compare_totals,
        "3202": reconciliation.compare_rows,
        "5201": lookup.query_visits,
        "5203": lookup.query_settlement,
        "5206": benefits.query_sums,
        "5301": people.query_chronic,
        "9101": files.upload,
        "9102": files.download,
        "1301": catalogue_files.drugs,
        "1302": catalogue_files.herbs,
        "1305": catalogue_files.services,
        "1306": catalogue_files.materials,
        "1307": catalogue_files.diagnoses,
        "1309": catalogue_files.chronic,
        "1312": catalogue_pages.query_items,
        "1317": catalogue_pages.query_matches,
        "1318": catalogue_pages.query_limits,
        "1319": catalogue_pages.query_shares,
        "1901": dictionary.query_dictionary,
        "2505": designations.designate,
        "5204": fee_details.query_lines,
        "5302": designations.query_designations,
    }
)
"""What the platform offers now."""

KNOWN: Final = frozenset(
    (
        *("1161", "1162", "1303", "1304", "1308", "1310", "1311", "1313", "1314", "1315", "1316"),
        *("1306A", "1320", "1321", "1322", "1323", "1324", "1325", "1326", "1327"),
        *("2101", "2102", "2103", "2181", "2203A", "2206A", "2207A"),
        *("2302", "2303", "2304", "2305", "2401", "2501", "2502", "2503", "2504", "2506"),
        *("3203", "3203A", "3204", "3260", "3261", "3262", "3301", "3302"),
        *("3501", "3501A", "3502", "3502A", "3503", "3503A", "3504", "3504A", "3505", "3505A"),
        *("3506", "3506A", "3507", "3507A", "3508", "3509", "3510", "3511", "3512", "3513"),
        *("3592B", "4101", "4101A", "4301", "5101", "5102", "5261", "5303", "5360", "6101"),
        *("9601", "100001"),
    )
)
"""Transactions of the interface that are refused as not offered, by their number."""

NUMBERS: Final = KNOWN.union(HANDLERS)
"""Every transaction of the interface that the platform knows by its number."""
