"""Blocks out of a notebook's outputs: rebuilt from the vendor JSON, with every check made again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from misbrug_analysis.presentation import blocks
from misbrug_analysis.presentation.block import VENDOR_TYPE, Block

KINDS: dict[str, type[Block]] = {
    block.name: block
    for block in (
        blocks.Page,
        blocks.Heading,
        blocks.Paragraphs,
        blocks.Prose,
        blocks.Bullets,
        blocks.Definitions,
        blocks.KeyFigures,
        blocks.Quotes,
        blocks.Table,
        blocks.Figure,
        blocks.Notice,
    )
}


def block_from_bundle(bundle: Mapping[str, Any]) -> Block:
    """The block that an output was made from, out of the output's data by MIME type.

    Raises ValueError, saying what is wrong with it, when it is not as a block leaves it.
    """
    vendor = bundle[VENDOR_TYPE]
    if not isinstance(vendor, Mapping) or set(vendor) != {"kind", "data"}:
        raise ValueError(f"the output of the type {VENDOR_TYPE} must hold kind and data, no more")
    kind, data = vendor["kind"], vendor["data"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"there is no block {kind!r}; there are: {', '.join(KINDS)}")
    if not isinstance(data, Mapping):
        raise ValueError(f"the block {kind!r} holds no data")
    pictures = {name: bundle[mime] for name, mime in KINDS[kind].pictures.items() if mime in bundle}
    try:
        # JSON may be read strictly and still gives tuples where a block has tuples.
        return _adapter(kind).validate_json(json.dumps({**data, **pictures}), strict=True)
    except (ValidationError, TypeError) as error:
        raise ValueError(
            f"the block {kind!r} was changed after it was made: {_cause(error)}"
        ) from error


@cache
def _adapter(kind: str) -> TypeAdapter[Block]:
    return TypeAdapter(KINDS[kind])


def _cause(error: ValidationError | TypeError) -> str:
    """The first thing that is wrong, those first that our own checks say."""
    if isinstance(error, TypeError):
        return str(error)
    faults = sorted(error.errors(), key=lambda fault: fault["type"] != "value_error")
    place = ".".join(str(part) for part in faults[0]["loc"])
    message = faults[0]["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
