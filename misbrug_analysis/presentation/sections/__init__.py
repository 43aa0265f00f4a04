"""The sections of the pages: each takes a Report and gives the blocks that a notebook shows.

A section computes nothing: figures come from the report's tables, words from the catalogue, prose
from the study's texts.
"""

from misbrug_analysis.presentation.sections.actions import (
    links,
    recommended_actions,
    themes,
)
from misbrug_analysis.presentation.sections.areas import areas_summary, cooperation_areas
from misbrug_analysis.presentation.sections.cooperation import (
    cooperation_status,
    feedback,
    focus_areas,
)
from misbrug_analysis.presentation.sections.decided import cell_decisions
from misbrug_analysis.presentation.sections.inhabitants import group_map, inhabitants
from misbrug_analysis.presentation.sections.instrument import (
    instrument_origin,
    instrument_overview,
    question_kinds,
    questions,
)
from misbrug_analysis.presentation.sections.need import (
    estimated_need,
    need_lead,
    need_sources,
    typical_need,
)
from misbrug_analysis.presentation.sections.opening import page, text_section
from misbrug_analysis.presentation.sections.organisation import duties, members, roles
from misbrug_analysis.presentation.sections.overview import (
    annexes,
    conclusions,
    key_figures,
    overview,
    regional_overview,
)
from misbrug_analysis.presentation.sections.participation import asked_and_answered, missing
from misbrug_analysis.presentation.sections.priorities import (
    priority_answer,
    priority_comparison,
    priority_criteria,
    priority_order,
)
from misbrug_analysis.presentation.sections.provenance import possible_counts, possible_note
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
from misbrug_analysis.presentation.sections.standing import answer_matrix, standing
from misbrug_analysis.presentation.sections.topics import group_topics, region_topics

__all__ = [
    "annexes",
    "answer_matrix",
    "areas_summary",
    "asked_and_answered",
    "blank_answers",
    "cell_decisions",
    "conclusions",
    "cooperation_areas",
    "cooperation_status",
    "duties",
    "estimated_need",
    "feedback",
    "focus_areas",
    "group_map",
    "group_topics",
    "inhabitants",
    "instrument_origin",
    "instrument_overview",
    "key_figures",
    "ledger_sum",
    "links",
    "members",
    "method",
    "missing",
    "need_lead",
    "need_sources",
    "overview",
    "page",
    "partly_answers",
    "possible_counts",
    "possible_note",
    "priority_answer",
    "priority_comparison",
    "priority_criteria",
    "priority_order",
    "question_kinds",
    "questions",
    "recommended_actions",
    "region_topics",
    "regional_overview",
    "roles",
    "rulings",
    "settled_answers",
    "split_answers",
    "standing",
    "text_section",
    "themes",
    "typical_need",
    "who_answered",
]
