"""Every question the desk asks, in the house's words, and its answer translated back.

A function here takes values of :mod:`desktop.domain` and returns a
:class:`~desktop.nhsa.questions.question.Question`: what to send, whether an answer is ours, and
how to read it. Nothing is sent; :class:`~desktop.nhsa.client.PlatformClient` does that.
"""
