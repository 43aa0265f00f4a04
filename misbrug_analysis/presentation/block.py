"""What all blocks of a page have in common: checked data that a notebook can show."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, ClassVar

from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation.cells import NOTHING_ELSE

VENDOR_TYPE = "application/vnd.misbrug.v1+json"


@dataclass(frozen=True)
class Block:
    """What all blocks have in common: a name, and how a notebook shows them."""

    name: ClassVar[str]
    __pydantic_config__: ClassVar[dict[str, str]] = NOTHING_ELSE
    # A picture travels beside the JSON as an output of its own type, not inside it a second time.
    pictures: ClassVar[dict[str, str]] = {}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        # Only a notebook needs HTML: blocks stay free of Jinja.
        from misbrug_analysis.presentation.html import notebook_copy
        from misbrug_analysis.presentation.passages import unmarked

        data = dataclasses.asdict(self)
        pictures = {mime: printable(data.pop(name)) for name, mime in self.pictures.items()}
        # A notebook file cannot hold every character that a broken form can.
        data = json.loads(printable(json.dumps(data, ensure_ascii=False)))
        return {
            VENDOR_TYPE: {"kind": self.name, "data": data},
            **pictures,
            "text/html": notebook_copy(self),
            "text/plain": printable(unmarked(str(self))),
        }

    def set_checked(self, **values: object) -> None:
        """Set fields to their checked forms while the block is made."""
        for name, value in values.items():
            object.__setattr__(self, name, value)


def checked_level(level: int, what: str) -> None:
    """Raise ValueError unless a heading can have the level."""
    if level not in (2, 3, 4):
        raise ValueError(f"{what} has level {level!r}; use 2, 3 or 4 (the page's title is 1)")
