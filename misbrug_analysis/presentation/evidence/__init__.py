"""The pages that tell how every single answer came about: rule, forms, peers and source cells.

Each topic with questions has one. Every count and every answer that other pages show has a row
there, with an anchor that does not change from run to run.
"""

from misbrug_analysis.presentation.evidence.page import evidence_pages

__all__ = ["evidence_pages"]
