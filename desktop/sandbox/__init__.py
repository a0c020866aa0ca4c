"""The practice platform: plays 就医地, the national exchange and the 参保地 over HTTP.

A pure core (:mod:`desktop.sandbox.platform`) under a thin HTTP shell
(:mod:`desktop.sandbox.server`). The desk reaches it over HTTP only; a simulation may play
against the core directly.
"""
