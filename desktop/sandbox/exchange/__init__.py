"""The national exchange: the way from the care place to the insured area, and the e-vouchers."""
