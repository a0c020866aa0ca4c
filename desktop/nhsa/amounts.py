"""The amounts of a split under the platform's own field names, as other programs read them."""

from __future__ import annotations

from desktop.domain.split import Split

_FIELDS = (
    ("medfee_sumamt", "total"),
    ("fulamt_ownpay_amt", "full_self_pay"),
    ("overlmt_selfpay", "over_limit"),
    ("preselfpay_amt", "pre_self_pay"),
    ("inscp_scp_amt", "in_scope"),
    ("act_pay_dedc", "deductible"),
    ("hifp_pay", "pooled_fund"),
    ("cvlserv_pay", "civil_servant_fund"),
    ("hifes_pay", "company_fund"),
    ("hifmi_pay", "critical_illness_fund"),
    ("hifob_pay", "large_amount_fund"),
    ("hifdm_pay", "disabled_fund"),
    ("maf_pay", "medical_aid"),
    ("oth_pay", "other_funds"),
    ("fund_pay_sumamt", "fund_total"),
    ("psn_part_amt", "personal_part"),
    ("acct_pay", "account"),
    ("acct_mulaid_pay", "family_account"),
    ("psn_cash_pay", "cash"),
    ("hosp_part_amt", "hospital_part"),
    ("balc", "account_balance"),
)


def amounts_of(split: Split) -> dict[str, str]:
    """Yuan text with two decimals; an amount that was not told is not there (contracts)."""
    told = ((wire, getattr(split, name)) for wire, name in _FIELDS)
    return {wire: amount.yuan() for wire, amount in told if amount is not None}
