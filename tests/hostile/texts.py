"""Text files that are far more, or far deeper, than anybody writes."""

from __future__ import annotations

from tests.hostile.workbook import Case

_UNITS = b"id,label,team\n"
NEEDS_MAPPING = "export_needs_mapping"


FORMS = tuple(
    Case(name, code, make, small, large, "forms/a.csv")
    for name, code, make, small, large in (
        ("one long line", "file_too_large", lambda size: b"a" * size, 1_100_000, 4_900_000),
        ("separators alone", "file_too_large", lambda size: b";" * size, 1_100_000, 4_900_000),
        ("lines alone", "file_too_large", lambda size: b"\n" * size, 2_100_000, 4_900_000),
        ("cells", NEEDS_MAPPING, lambda size: b"a;" * 99 + b"a\n" * size, 50_000, 2_400_000),
        ("filled rows", NEEDS_MAPPING, lambda size: (b"a;" * 199 + b"a\n") * size, 300, 12_000),
        ("long text", "file_too_large", lambda size: b"a" * size + b"\n", 32_768, 130_000),
        ("quote without an end", "stray_quote", lambda size: b'"' + b"a\n" * size, 10, 2_400_000),
        ("zeros", "not_text", lambda size: bytes(size), 10, 4_900_000),
        ("too large", NEEDS_MAPPING, lambda size: b"a\n" * size, 2_500_001, 50_000_000),
    )
)

DEFINITIONS = (
    Case(
        "columns of units",
        "file_too_large",
        lambda size: b",".join(b"%d" % number for number in range(size)) + b"\n",
        1_001,
        140_000,
        "units.csv",
    ),
    Case(
        "one line of units",
        "file_too_large",
        lambda size: b"," * size,
        1_000_001,
        9_500_000,
        "units.csv",
    ),
    Case(
        "units",
        "file_too_large",
        lambda size: _UNITS + b"a,A,north\n" * size,
        50_001,
        900_000,
        "units.csv",
    ),
    Case(
        "faulty units",
        "bad_value",
        lambda size: _UNITS + b"".join(b"A%d,,north\n" % number for number in range(size)),
        3,
        50_000,
        "units.csv",
    ),
    Case(
        "decisions",
        "file_too_large",
        lambda size: (
            b"source,locator,found,reads_as,reason,decided_by,date\n"
            + b"forms/a.csv,row 1,a,blank,b,c,2024-01-01\n" * size
        ),
        50_001,
        200_000,
        "decisions.csv",
    ),
    Case(
        "deep YAML",
        "file_too_large",
        lambda size: b"a: " + b"[" * size,
        101,
        900_000,
        "study.yaml",
    ),
    Case(
        "deep YAML by indents",
        "file_too_large",
        lambda size: b"\n".join(b" " * level + b"a:" for level in range(size)),
        102,
        1_900,
        "study.yaml",
    ),
    Case(
        "wide YAML",
        "file_too_large",
        lambda size: b"a: [" + b"0," * size + b"]",
        100_000,
        990_000,
        "study.yaml",
    ),
    Case(
        "YAML bomb",
        "yaml_alias",
        lambda _: b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        place="study.yaml",
    ),
    Case(
        "YAML that makes objects",
        "yaml_syntax",
        lambda _: b"a: !!python/object/apply:os.system ['touch evil']\n",
        place="study.yaml",
    ),
    Case(
        "unknown settings",
        "unknown_field",
        lambda size: b"".join(b"a%d: 0\n" % number for number in range(size)),
        3,
        40_000,
        "study.yaml",
    ),
)
