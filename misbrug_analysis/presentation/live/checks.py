"""What an expression in a text is held against: the names there are, and what the data say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from misbrug_analysis.model.errors import hint, name_list
from misbrug_analysis.model.instrument import Item

Where = Mapping[str, str] | None
"""The units that are meant, by what the study says of them: ``{"own_service": "yes"}``."""

ANSWERS = ("yes", "partly", "no")
"""The answers to a question that has no options of its own."""

NOBODY = "nobody answered; put it under a condition that says so"


def known(kind: str, name: str, valid: Iterable[str]) -> str:
    """The name; raises ValueError with the near and the valid names when it is none of them."""
    names = list(valid)
    if name not in names:
        near = hint(name, names)
        raise ValueError(f"there is no {kind} {name!r}; there are {name_list(names)}.{near}")
    return name


def chosen(item: Item, option: str) -> str:
    """An option of a question as it is stored; raises ValueError with the options there are."""
    if item.type == "yes_no":
        return known(f"answer to {item.id}", option, ANSWERS)
    options = [next(iter(texts.values())) for texts in item.options]
    return known(f"option of {item.id}", option, options)


def holds(condition: object) -> str:
    """Nothing, where the condition holds: what the sentence says is what the data say.

    Raises ValueError where it does not hold, for the sentence would contradict them.
    """
    if not isinstance(condition, bool):
        raise ValueError(f"holds takes a condition that is true or false, not {condition!r}")
    if not condition:
        raise ValueError(
            "the data no longer say what this sentence rests on; write it anew, or put it under a"
            " condition"
        )
    return ""
