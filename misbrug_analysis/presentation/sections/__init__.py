"""The sections of the pages: each takes a Report and gives the blocks that a notebook shows.

A section computes nothing: figures come from the report's tables, words from the catalogue, prose
from the study's texts.
"""

from misbrug_analysis.presentation.judged_pages import judged_pages
from misbrug_analysis.presentation.sections.actions import (
    links,
    recommended_actions,
    themes,
)
from misbrug_analysis.presentation.sections.areas import areas_summary, cooperation_areas
from misbrug_analysis.presentation.sections.change_answers import changes_compared
from misbrug_analysis.presentation.sections.change_details import (
    changed_answers,
    changes_by_group,
    changes_method,
    not_compared,
)
from misbrug_analysis.presentation.sections.change_rules import changes_rules
from misbrug_analysis.presentation.sections.changes import (
    changes_answer,
    changes_charts,
    changes_provenance,
)
from misbrug_analysis.presentation.sections.comparison import comparison
from misbrug_analysis.presentation.sections.cooperation import (
    cooperation_status,
    feedback,
    focus_areas,
)
from misbrug_analysis.presentation.sections.decided import cell_decisions
from misbrug_analysis.presentation.sections.evidence import answer_by_answer
from misbrug_analysis.presentation.sections.inhabitants import group_map, inhabitants
from misbrug_analysis.presentation.sections.instrument import (
    instrument_origin,
    instrument_overview,
    question_kinds,
    questions,
)
from misbrug_analysis.presentation.sections.judged import (
    dependent_statements,
    holding_statements,
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
from misbrug_analysis.presentation.sections.respondents import respondents
from misbrug_analysis.presentation.sections.sensitivity import (
    absence_apart,
    robustness_limits,
    rule_choices,
)
from misbrug_analysis.presentation.sections.settlement import (
    blank_answers,
    method,
    partly_answers,
    rulings,
    split_answers,
    who_answered,
)
from misbrug_analysis.presentation.sections.short_answer import robustness_answer
from misbrug_analysis.presentation.sections.standing import answer_matrix, standing
from misbrug_analysis.presentation.sections.tallies import ledger_sum, settled_answers
from misbrug_analysis.presentation.sections.topics import group_topics, region_topics
from misbrug_analysis.presentation.sections.totals import totals
from misbrug_analysis.presentation.sections.variants import (
    look_first,
    ranges_table,
    variant_charts,
)

__all__ = [
    "absence_apart",
    "annexes",
    "answer_by_answer",
    "answer_matrix",
    "areas_summary",
    "asked_and_answered",
    "blank_answers",
    "cell_decisions",
    "changed_answers",
    "changes_answer",
    "changes_by_group",
    "changes_charts",
    "changes_compared",
    "changes_method",
    "changes_provenance",
    "changes_rules",
    "comparison",
    "conclusions",
    "cooperation_areas",
    "cooperation_status",
    "dependent_statements",
    "duties",
    "estimated_need",
    "feedback",
    "focus_areas",
    "group_map",
    "group_topics",
    "holding_statements",
    "inhabitants",
    "instrument_origin",
    "instrument_overview",
    "judged_pages",
    "key_figures",
    "ledger_sum",
    "links",
    "look_first",
    "members",
    "method",
    "missing",
    "need_lead",
    "need_sources",
    "not_compared",
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
    "ranges_table",
    "recommended_actions",
    "region_topics",
    "regional_overview",
    "respondents",
    "robustness_answer",
    "robustness_limits",
    "roles",
    "rule_choices",
    "rulings",
    "settled_answers",
    "split_answers",
    "standing",
    "text_section",
    "themes",
    "totals",
    "typical_need",
    "variant_charts",
    "who_answered",
]
