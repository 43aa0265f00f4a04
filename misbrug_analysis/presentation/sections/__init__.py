"""The sections of the pages: each takes a Report and gives the blocks that a notebook shows.

A section computes nothing: figures come from the report's tables, words from the catalogue, prose
from the study's texts.
"""

from misbrug_analysis.presentation.sections.cooperation import (
    cooperation_status,
    feedback,
    focus_areas,
)
from misbrug_analysis.presentation.sections.opening import page, text_section
from misbrug_analysis.presentation.sections.overview import (
    conclusions,
    group_pages,
    overview,
    regional_overview,
)
from misbrug_analysis.presentation.sections.participation import asked_and_answered, missing
from misbrug_analysis.presentation.sections.settlement import (
    blank_answers,
    ledger_sum,
    method,
    partly_answers,
    rulings,
    settled_answers,
    split_answers,
    who_answered,
)
from misbrug_analysis.presentation.sections.topics import group_topics, region_topics

__all__ = [
    "asked_and_answered",
    "blank_answers",
    "conclusions",
    "cooperation_status",
    "feedback",
    "focus_areas",
    "group_pages",
    "group_topics",
    "ledger_sum",
    "method",
    "missing",
    "overview",
    "page",
    "partly_answers",
    "region_topics",
    "regional_overview",
    "rulings",
    "settled_answers",
    "split_answers",
    "text_section",
    "who_answered",
]
