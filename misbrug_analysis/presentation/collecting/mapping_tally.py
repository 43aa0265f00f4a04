"""What a draft of ``mapping.yaml`` ties and what it leaves open, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.intake.exports.drafting import Draft
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.words import plain_line
from misbrug_analysis.presentation.language import Language


def mapping_tally(drafts: Sequence[Draft], study: Study, language: Language) -> list[str]:
    """A few lines for each export."""
    return [line for draft in drafts for line in _tally(draft, study, language)]


def _tally(draft: Draft, study: Study, language: Language) -> Iterator[str]:
    total = len(study.instrument.items)
    layout = language.text(f"mapping.layout.{draft.parts.layout}")
    yield plain_line(f"{draft.parts.file} ({layout})")
    tied = total - len(draft.missing)
    yield f"  {language.plural('mapping.tied', tied, total=language.number(total))}"
    counts = {
        "look": len(draft.ties.doubts) + sum(map(len, draft.proposed.values())),
        "missing": len(draft.missing),
        "codes": len(draft.codes),
        "unused": len(draft.ties.rest),
    }
    for key, number in counts.items():
        if number:
            yield f"  {language.plural(f'mapping.tally.{key}', number)}"
    if needed := draft.needed(study):
        yield f"  {language.text('mapping.fill_in', fields=language.join(needed))}"
