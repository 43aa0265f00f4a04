"""Charts as SVG texts: few kinds, one style, the same bytes from run to run."""

from misbrug_analysis.presentation.figures.bars import Panel, count_bars
from misbrug_analysis.presentation.figures.changes import change_dumbbells, change_slopes
from misbrug_analysis.presentation.figures.dots import SIGNS, value_dots
from misbrug_analysis.presentation.figures.estimates import estimate_columns
from misbrug_analysis.presentation.figures.maps import Shape, group_map
from misbrug_analysis.presentation.figures.matrix import answer_matrix
from misbrug_analysis.presentation.figures.own import as_svg
from misbrug_analysis.presentation.figures.ranks import rank_intervals
from misbrug_analysis.presentation.figures.specification import specification
from misbrug_analysis.presentation.figures.standing import standing_bars
from misbrug_analysis.presentation.figures.strips import Strip, value_strips
from misbrug_analysis.presentation.figures.style import ANSWERS
from misbrug_analysis.presentation.figures.tinted_map import tinted_map
from misbrug_analysis.presentation.figures.values import value_bars
from misbrug_analysis.presentation.figures.warm import warm_up

__all__ = [
    "ANSWERS",
    "SIGNS",
    "Panel",
    "Shape",
    "Strip",
    "answer_matrix",
    "as_svg",
    "change_dumbbells",
    "change_slopes",
    "count_bars",
    "estimate_columns",
    "group_map",
    "rank_intervals",
    "specification",
    "standing_bars",
    "tinted_map",
    "value_bars",
    "value_dots",
    "value_strips",
    "warm_up",
]
