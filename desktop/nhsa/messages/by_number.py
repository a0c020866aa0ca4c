"""Every transaction by its number: for the platform's side. A desk imports what it asks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from desktop.nhsa.messages.benefit_check import BENEFIT_CHECK
from desktop.nhsa.messages.catalogue_download import (
    CHRONIC_FILE,
    DIAGNOSIS_FILE,
    DRUG_FILE,
    HERB_FILE,
    MATERIAL_FILE,
    SERVICE_FILE,
)
from desktop.nhsa.messages.catalogue_query import ITEMS, LIMITS, MATCHES, SHARES
from desktop.nhsa.messages.charges import CHARGES, CHARGES_CANCEL
from desktop.nhsa.messages.chronic import CHRONIC_RECOGNITIONS
from desktop.nhsa.messages.designation import DESIGNATION, DESIGNATIONS
from desktop.nhsa.messages.dictionary import DICTIONARY
from desktop.nhsa.messages.fee_details import FEE_DETAILS
from desktop.nhsa.messages.files import DOWNLOAD, UPLOAD
from desktop.nhsa.messages.institution import INSTITUTION
from desktop.nhsa.messages.lookup import SETTLEMENT_QUERY, VISIT_QUERY
from desktop.nhsa.messages.person import PERSON
from desktop.nhsa.messages.reconciliation import DETAIL, TOTALS
from desktop.nhsa.messages.registration import REGISTRATION, REGISTRATION_CANCEL
from desktop.nhsa.messages.reversal import REVERSAL
from desktop.nhsa.messages.settlement import CANCEL, PREVIEW, SETTLE
from desktop.nhsa.messages.sign_in import SIGN_IN, SIGN_OUT
from desktop.nhsa.messages.transaction import Transaction
from desktop.nhsa.messages.visit import VISIT
from desktop.nhsa.messages.year_sums import YEAR_SUMS

TRANSACTIONS: Mapping[str, Transaction[Any, Any]] = MappingProxyType(
    {
        transaction.infno: transaction
        for transaction in (
            SIGN_IN,
            SIGN_OUT,
            PERSON,
            INSTITUTION,
            BENEFIT_CHECK,
            CHRONIC_RECOGNITIONS,
            YEAR_SUMS,
            REGISTRATION,
            REGISTRATION_CANCEL,
            VISIT,
            CHARGES,
            CHARGES_CANCEL,
            PREVIEW,
            SETTLE,
            CANCEL,
            REVERSAL,
            TOTALS,
            DETAIL,
            UPLOAD,
            DOWNLOAD,
            VISIT_QUERY,
            SETTLEMENT_QUERY,
            FEE_DETAILS,
            DESIGNATION,
            DESIGNATIONS,
            DICTIONARY,
            DRUG_FILE,
            HERB_FILE,
            SERVICE_FILE,
            MATERIAL_FILE,
            DIAGNOSIS_FILE,
            CHRONIC_FILE,
            ITEMS,
            MATCHES,
            LIMITS,
            SHARES,
        )
    }
)
"""Every transaction of which both sides know the types."""

__all__ = ["TRANSACTIONS", "Transaction"]
