"""The platform's protocol: envelope, messages, gateway, transport, and what an answer means.

Names of the platform (``medfee_sumamt``) stay inside this package (house rule 12); its
:mod:`~desktop.nhsa.client` takes and gives values of :mod:`desktop.domain`.
"""
