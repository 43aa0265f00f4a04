"""Exports: files with the answers of many respondents, from survey systems and spreadsheets.

From file to answers: ``incoming`` finds the exports among what came in (``recognising`` those that
need no mapping), ``source_files`` and ``tables`` open them, ``answer_sheets`` and ``columns`` find
what stands where, ``layouts`` (``wide``, ``long``, ``surveyxact``, with ``meanings`` for codes)
makes one shape of them (``exported``), and ``reading`` makes forms, answers and a ledger of that
(``heads``, ``understanding``, ``given``, ``faulty``, ``cells``).

From file to a draft of ``mapping.yaml``: ``sent``, ``variables``, ``naming``, ``drafting``.
"""
