"""The table of wordings: every n of N, N = 1 … 17, in every sentence frame, as readers meet it.

``wordings_da.txt`` and ``wordings_en.txt`` hold the table as it was last reviewed.
After an intended change: ``python -m tests.presentation.wordings``, and read the difference.
"""

from collections.abc import Callable
from pathlib import Path

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.quantifiers import quantifier, short_quantifier
from misbrug_analysis.presentation.wording import (
    Counts,
    answered,
    bounds,
    clause,
    meets,
    says,
    status,
)
from misbrug_analysis.presentation.wording_by_group import by_group

LARGEST = 17

UNIT = {
    "da": Noun(one="kommune", the_one="kommunen", many="kommuner", the_many="kommunerne"),
    "en": Noun(
        one="municipality",
        the_one="the municipality",
        many="municipalities",
        the_many="the municipalities",
    ),
}
SITE = {
    "da": Noun(
        one="behandlingssted",
        the_one="behandlingsstedet",
        many="behandlingssteder",
        the_many="behandlingsstederne",
        gender="neuter",
    ),
    "en": Noun(
        one="treatment site",
        the_one="the treatment site",
        many="treatment sites",
        the_many="the treatment sites",
    ),
}
GROUP = {
    "da": Noun(one="klynge", the_one="klyngen", many="klynger", the_many="klyngerne"),
    "en": Noun(one="cluster", the_one="the cluster", many="clusters", the_many="the clusters"),
}
LABEL = {"da": "Opfølgning", "en": "Follow-up"}
STATEMENT = {"da": "Følger I op?", "en": "There is follow-up."}
GROUPS = {
    "da": ("Klynge Syd", "Klynge Øst", "Klynge Vest"),
    "en": ("Cluster Syd", "Cluster Øst", "Cluster Vest"),
}
TOPIC = {"da": "anbefaling 5", "en": "recommendation 5"}
PLACE = {"da": "i Klynge Øst", "en": "in Cluster Øst"}


def labelled(language: Language, n: int, total: int) -> str:
    return status(language, LABEL[language.code], Counts(n, total), UNIT[language.code])


def labelled_with_missing(language: Language, n: int, total: int) -> str:
    counts = Counts(n, total, missing=1)
    return status(language, LABEL[language.code], counts, UNIT[language.code])


def quoted_with_partly(language: Language, n: int, total: int) -> str:
    counts = Counts(n, total, partly=total - n, missing=2)
    return status(language, STATEMENT[language.code], counts, UNIT[language.code], quoted=True)


def opening_and_turned(language: Language, n: int, total: int) -> str:
    code = language.code
    subject = quantifier(language, n, total, UNIT[code])
    said = meets(language, TOPIC[code])
    return f"{clause(language, subject, said)} | {clause(language, subject, said, PLACE[code])}"


def phrases(language: Language, n: int, total: int) -> str:
    unit, site = UNIT[language.code], SITE[language.code]
    return " | ".join(
        [
            quantifier(language, n, total, unit, first=False),
            quantifier(language, n, total, unit, missing=1, at_end=True),
            short_quantifier(language, n, total, unit),
            quantifier(language, n, total, site),
            quantifier(language, n, total, site, missing=1),
            short_quantifier(language, n, total, site),
        ]
    )


def three_groups(language: Language, n: int, total: int) -> str:
    counts = (Counts(n, total, missing=1), Counts(total - n, total), Counts(n, n))
    groups = dict(zip(GROUPS[language.code], counts, strict=True))
    return by_group(language, groups, UNIT[language.code], GROUP[language.code])


def groups_as_subject(language: Language, n: int, total: int) -> str:
    """As texts say how many groups want something, or answer so."""
    group = GROUP[language.code]
    return " | ".join(
        [
            clause(language, quantifier(language, n, total, group), says(language)),
            short_quantifier(language, n, total, group),
        ]
    )


def in_unison(language: Language, n: int, total: int) -> str:
    """Everyone, where the units stand in n groups."""
    unit, group = UNIT[language.code], GROUP[language.code]
    across = (n, group)
    return " | ".join(
        [
            quantifier(language, total, total, unit, across=across),
            quantifier(language, total, total, unit, across=across, missing=1),
            quantifier(language, total, total, unit, across=across, first=False),
        ]
    )


def participation(language: Language, n: int, total: int) -> str:
    return answered(language, total, total - n, UNIT[language.code])


def what_is_open(language: Language, n: int, total: int) -> str:
    return bounds(language, n, min(n + 2, total), total)


FRAMES: dict[str, Callable[[Language, int, int], str]] = {
    "status by label": labelled,
    "status by label, one more was asked": labelled_with_missing,
    "status by full text, two more were asked, all others say partly": quoted_with_partly,
    "as the subject that opens | after an opening phrase": opening_and_turned,
    "later mention | who answered, at the end | noun just said | neuter (three times)": phrases,
    "n, N - n and all of n in three groups, one more asked in the first": three_groups,
    "n of N groups as the subject | noun just said": groups_as_subject,
    "all N, in n groups | one more was asked | later mention": in_unison,
    "n of N took part": participation,
    "at least n, at most two more": what_is_open,
}


def table(language: Language) -> str:
    """Every wording, a section for each frame and a line for each n of N."""
    lines = []
    for title, frame in FRAMES.items():
        lines.append(f"# {title}")
        for total in range(1, LARGEST + 1):
            for n in range(total + 1):
                if frame is not in_unison or n:
                    lines.append(f"{n}/{total}: {frame(language, n, total)}")
    return "\n".join(lines) + "\n"


def path(code: str) -> Path:
    return Path(__file__).with_name(f"wordings_{code}.txt")


if __name__ == "__main__":
    for code in Language.codes():
        path(code).write_text(table(Language.load(code)), encoding="utf-8")
