"""Vendor libraries (``SSCardDriver.dll``, ``NationECCode.dll``), each in a helper process of its own.

A library that crashes or hangs takes its helper with it, never the desk.
"""
