"""Where the sentences of an authored Markdown text begin and end.

Rules rather than a model: an author's texts are short, and a mark after a sentence must stand where
a reader would set it. A full stop ends no sentence after an abbreviation, in a figure, after an
ordinal, or where the next word goes on in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""From the first character to the one after the last."""

# Begins a block of its own, even without an empty line before it.
_BLOCK = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|#{1,6}[ \t]+|>[ \t]*|\|[ \t]*)*")
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}$|[ \t]*(?:```|~~~).*$|[ \t]*\|[ \t|:-]*$")
_END = re.compile(r"(?<!\s)[.!?…]+[»«”\"'’)\]*_]*(?=\s)")
# Marks of Markdown, of links and of quotations can stand before the first letter.
_NEXT = re.compile(r"\s+[^\w\s]*(\w)?")
_WORD_BEFORE = re.compile(r"[^\s(\[»“\"*_]*$")
_ORDINAL = re.compile(r"\d+\.$")
_INITIAL = re.compile(r"[A-ZÆØÅ]\.$")

# Never the last word of a sentence, in Danish and English.
_GOES_ON = re.compile(
    r"(ca|nr|kl|kap|stk|pkt|f\.eks|feks|bl\.a|dvs|d\.v\.s|evt|hhv|inkl|ekskl|iht|ift|jf|jvf|mht"
    r"|m\.h\.t|pga|p\.g\.a|vedr|vha|v\.h\.a|tlf|dr|hr|e\.g|i\.e|cf|vs|viz|approx|fig|mr|mrs|ms"
    r"|prof|incl|excl)\."
)
_BEFORE_A_NUMBER = re.compile(r"(s|p|pp|no|nos|art|par|vol)\.")
# The letter that follows these names something and is no initial of a name.
_NAMED_BY_LETTER = re.compile(
    r"bilag|indikator|punkt|del|tabel|gruppe|figur|område|annex|appendix|part|table|group|figure"
    r"|area|indicator"
)


def sentence_spans(markdown: str) -> list[Span]:
    """Every sentence of a Markdown text, in order, without the marks of its block before it.

    A heading, an item of a list, a row of a table and a paragraph end the sentence in them. The
    spans do not overlap, and what is outside of them is white space and marks of blocks.
    """
    return [span for block in _blocks(markdown) for span in _sentences(markdown, *block)]


def _blocks(markdown: str) -> Iterator[Span]:
    """Paragraphs, headings and items of lists, as far as they are text."""
    start = end = place = 0
    fenced = False
    for line in markdown.splitlines(keepends=True):
        head = _BLOCK.match(line)
        assert head is not None
        bare = line.rstrip()
        stands_apart = not bare.strip() or _RULE.match(bare) is not None
        fenced ^= bare.lstrip().startswith(("```", "~~~"))
        if stands_apart or fenced or head.group().strip():
            if end > start:
                yield start, end
            start = end = place + (len(head.group()) if not stands_apart and not fenced else 0)
        if not stands_apart and not fenced:
            start = start if end > start else place + len(head.group())
            end = place + len(bare.rstrip(" \t|") if "|" in head.group() else bare)
        place += len(line)
        if "#" in head.group() or (end > start and "|" in head.group()):
            yield start, end
            start = end = place
    if end > start:
        yield start, end


def _sentences(markdown: str, start: int, end: int) -> Iterator[Span]:
    text = markdown[start:end]
    begun = 0
    for found in _END.finditer(text):
        after = _NEXT.match(text, found.end())
        if after is None or not _ends(text, found.start(), after.group(1)):
            continue
        yield start + begun, start + found.end()
        begun = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if text[begun:].strip():
        yield start + begun, start + len(text.rstrip())


def _ends(text: str, mark: int, following: str | None) -> bool:
    """Whether the full stop (or other mark) at a place ends a sentence that another follows."""
    if following is not None and following.islower():
        return False
    if text[mark] != "." or text.startswith("..", mark):
        return True
    before = _WORD_BEFORE.search(text, 0, mark)
    word = f"{before.group() if before else ''}."
    # A name in capitals is no abbreviation: only the first letter can be one.
    uncapitalised = word[:1].lower() + word[1:]
    numbered = following is not None and following.isdigit()
    if _GOES_ON.fullmatch(uncapitalised):
        return False
    if numbered and (_BEFORE_A_NUMBER.fullmatch(uncapitalised) or _ORDINAL.fullmatch(word)):
        return False  # "s. 5" and "den 3. 5." are no two sentences; "i 2014. Det" are
    if _INITIAL.fullmatch(word):
        named = text[:mark].split()
        return len(named) > 1 and _NAMED_BY_LETTER.fullmatch(named[-2].lower()) is not None
    return True
