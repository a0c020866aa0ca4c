"""A deterministic hospital: the real services and journal code in a world made of one seed."""
