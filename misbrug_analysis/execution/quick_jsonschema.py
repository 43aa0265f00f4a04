"""What notebooks are read with, without the second that JupyterLab's company adds to its import.

nbformat, and so papermill and nbconvert, import jsonschema. Where JupyterLab is installed too, that
imports ``rfc3987_syntax``, which builds 37 parsers of addresses at once; notebooks hold none.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

_SLOW = "rfc3987_syntax"


def import_jsonschema() -> None:
    """Import jsonschema, so that the parsers are built when an address is first checked.

    To be called before the first import of nbformat; later, it does nothing. Every format is
    checked as ever: for the time of the import, a module stands in that has the one function which
    jsonschema takes.
    """
    if {"jsonschema", _SLOW} & sys.modules.keys() or find_spec(_SLOW) is None:
        return
    standing_in = ModuleType(_SLOW)
    vars(standing_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[_SLOW] = standing_in
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_SLOW]


def _is_valid_syntax(term: str, value: str) -> bool:
    return bool(import_module(_SLOW).is_valid_syntax(term, value))
