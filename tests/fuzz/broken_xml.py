"""What goes wrong in the XML of a workbook's parts: in elements, attributes and the text itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from hypothesis import strategies as st

from tests.fuzz.archives import Parts, sheet_parts

PartBreaker = Callable[[st.DrawFn, Parts], None]

_TOKEN = re.compile(r"(<[^>]*>)")
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"

ADDRESSES = ["", "A0", "a1", "C9:C10", "$C$9", "XFE1", "ZZZ9", "C99999999", "9C", "C", "B4", "-1"]
SAID = ["", "0", "1", "-1", "1.5", "1e9", "NaN", "99999999999", "x", "true", "s", "n", "e", "d"]
MARKUP = [
    "<!-- ja -->",
    "<![CDATA[ja]]>",
    "<![CDATA[",
    "<?xml-stylesheet href='http://x.example/'?>",
    "&amp;",
    "&ja;",
    "&#0;",
    "&#x1F600;",
    "&#106;a",
    "\ufffe",
    "<c r='C9'><v>1</v></c>",
    "<x/>",
    "</row>",
    "<row>",
]
DOCTYPES = [
    '<!DOCTYPE x [<!ENTITY ja "ja">]>',
    '<!DOCTYPE x [<!ENTITY ja SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY ja "&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE x SYSTEM "http://x.example/x.dtd">',
]


def _a_part(draw: st.DrawFn, parts: Parts) -> str:
    """Sheets more often than what is beside them."""
    xml = [name for name in parts if name.endswith((".xml", ".rels"))]
    return draw(st.sampled_from(sheet_parts(parts) * 2 + xml))


def _tokens(content: bytes) -> list[str]:
    return [one for one in _TOKEN.split(content.decode("utf-8", "replace")) if one]


def _element(tokens: list[str], start: int) -> int:
    """Where the element that begins at a token ends, as far as it is well-formed."""
    depth = 0
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token.startswith("</"):
            depth -= 1
        elif token.startswith("<") and not token.endswith("/>") and token[1] not in "?!":
            depth += 1
        if depth <= 0:
            return at + 1
    return len(tokens)


def _starts(tokens: list[str]) -> list[int]:
    return [at for at, one in enumerate(tokens) if one[0] == "<" and one[1:2] not in "/?!"]


def _with_tokens(change: Callable[[st.DrawFn, list[str], int], list[str]]) -> PartBreaker:
    """A breaker of a part from one of its tokens, given where an element begins."""

    def breaker(draw: st.DrawFn, parts: Parts) -> None:
        name = _a_part(draw, parts)
        tokens = _tokens(parts[name])
        starts = _starts(tokens)
        if starts:
            at = draw(st.sampled_from(starts))
            parts[name] = "".join(change(draw, tokens, at)).encode()

    breaker.__name__ = change.__name__.strip("_")
    return breaker


@_with_tokens
def element_deleted(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    return tokens[:at] + tokens[_element(tokens, at) :]


@_with_tokens
def element_duplicated(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    end = _element(tokens, at)
    return tokens[:end] + tokens[at:end] + tokens[end:]


@_with_tokens
def element_moved(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    end = _element(tokens, at)
    rest, moved = tokens[:at] + tokens[end:], tokens[at:end]
    to = draw(st.integers(0, len(rest)))
    return rest[:to] + moved + rest[to:]


@_with_tokens
def element_truncated(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    end = draw(st.integers(at + 1, _element(tokens, at)))
    return tokens[:end] if draw(st.booleans()) else tokens[:at] + tokens[end:]


@_with_tokens
def element_renamed(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    name = draw(st.sampled_from(["x", "v", "c", "f", "is", "row", "t", "ns:v", "mergeCell", "1"]))
    tokens[at] = re.sub(r"^<[\w:]+", f"<{name}", tokens[at])
    return tokens


@_with_tokens
def attribute_changed(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    """Another value: a likely one, or that of another element of the part."""
    there = [value for one in tokens[at : at + 60] for _, value in _ATTRIBUTE.findall(one)]
    value = draw(st.sampled_from([*SAID, *ADDRESSES, "../../x.xml", "é<", *there]))
    return _attribute(draw, tokens, at, lambda name, _: f' {name}="{value}"')


@_with_tokens
def attribute_deleted(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    return _attribute(draw, tokens, at, lambda *_: "")


@_with_tokens
def attribute_duplicated(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    return _attribute(draw, tokens, at, lambda name, value: f' {name}="{value}" {name}="{value}"')


def _attribute(
    draw: st.DrawFn, tokens: list[str], at: int, change: Callable[[str, str], str]
) -> list[str]:
    found = list(_ATTRIBUTE.finditer(tokens[at]))
    if found:
        one = draw(st.sampled_from(found))
        new = change(one[1], one[2])
        tokens[at] = tokens[at][: one.start()] + new + tokens[at][one.end() :]
    return tokens


@_with_tokens
def wrong_address(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    """A cell or a row that says that it is somewhere else."""
    cells = [one for one, token in enumerate(tokens) if re.match(r"<(c|row) ", token)]
    if cells:
        cell = draw(st.sampled_from(cells))
        said = [*ADDRESSES, *SAID, *(f"{c}{r}" for c in "ABCDE" for r in (4, 9, 10, 12))]
        address = draw(st.sampled_from(said))
        tokens[cell] = re.sub(r' r="[^"]*"', f' r="{address}"', tokens[cell])
    return tokens


@_with_tokens
def wrong_value(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    """A cell with another index into the shared texts, or another kind."""
    values = [one for one, token in enumerate(tokens) if re.match(r"<(v|c)[ >]", token)]
    if values:
        value = draw(st.sampled_from(values))
        said = draw(st.sampled_from([*SAID, "2", "3", "str", "inlineStr", "b"]))
        if tokens[value] == "<v>" and value + 1 < len(tokens):
            tokens[value + 1] = said
        else:
            tokens[value] = re.sub(r' t="[^"]*"', f' t="{said}"', tokens[value])
    return tokens


@_with_tokens
def markup_inserted(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    place = draw(st.integers(0, len(tokens)))
    return [*tokens[:place], draw(st.sampled_from(MARKUP)), *tokens[place:]]


@_with_tokens
def entity(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    """A document type with an entity, which the text then uses."""
    texts = [place for place, token in enumerate(tokens) if token[0] != "<"]
    if texts:
        tokens[draw(st.sampled_from(texts))] = "&ja;"
    after = 1 if tokens[0].startswith("<?xml") else 0
    return [*tokens[:after], draw(st.sampled_from(DOCTYPES)), *tokens[after:]]


@_with_tokens
def other_namespace(draw: st.DrawFn, tokens: list[str], at: int) -> list[str]:
    other = draw(st.sampled_from([_STRICT, "", "urn:x"]))
    return [token.replace(f'"{_MAIN}"', f'"{other}"') for token in tokens]


XML_BREAKERS: tuple[PartBreaker, ...] = (
    element_deleted,
    element_duplicated,
    element_moved,
    element_truncated,
    element_renamed,
    attribute_changed,
    attribute_deleted,
    attribute_duplicated,
    wrong_address,
    wrong_value,
    markup_inserted,
    entity,
    other_namespace,
)
