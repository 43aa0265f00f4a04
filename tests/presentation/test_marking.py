"""What in a filled-in text is live, under which condition it stands, and which counts it read."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from jinja2 import UndefinedError

from misbrug_analysis.presentation.live.markdown import Markdown
from misbrug_analysis.presentation.live.marking import Filled, filled, remembering, unfailing
from misbrug_analysis.presentation.live.rendering import template_environment

SHARES = {"a": 0.25, "b": 0.75}


class Counted:
    """Expressions that note which share they read."""

    def __init__(self) -> None:
        self.read: list[Hashable] = []
        self.calls = 0

    def share(self, name: str) -> float:
        self.read.append(name)
        return SHARES[name]

    def told(self, name: str) -> str:
        self.calls += 1
        return f"*{self.share(name)}*"

    def greeting(self) -> str:
        self.calls += 1
        return "Hej"

    def holds(self, condition: bool) -> str:
        if not condition:
            raise ValueError("it does not")
        return ""

    def expressions(self):
        names = ("share", "told", "greeting", "holds")
        return {name: getattr(self, name) for name in names}


def fill(source: str, *, failing: bool = True) -> Filled:
    counted = Counted()
    expressions = counted.expressions() if failing else unfailing(counted.expressions())
    return filled(source, expressions, counted.read)


@pytest.mark.parametrize(
    "source",
    [
        "Ren tekst.\n",
        "{{ told('a') }} og {{ greeting() }}.\n",
        "{% if share('a') < 0.5 %}Få{% else %}Mange{% endif %} svarer.",
        "A\n{% if share('b') < 0.5 -%}\n Få\n{%- elif share('a') < 0.5 %}\nNogle\n{% endif -%}\n B",
        "{% for name in ['a', 'b'] %}{% if share(name) < 0.5 %}{{ name }}{% endif %}{% endfor %}",
        "{% set half = share('a') * 2 %}{% if half == 0.5 %}Halvt{% endif %} {{ half }}",
        "{{ 'x' if share('a') else 'y' }}{# intet #}{{ '' }}",
        "{% filter upper %}{{ told('a') }} og {% if share('b') %}nogle{% endif %}{% endfilter %}.",
        "{% filter replace('v', 'w') | capitalize %}Et {{ told('a') }} v{% endfilter %}",
        "{% macro m(x) %}*{{ told(x) }}*{% endmacro %}{{ m('a') | length }} {{ m('b') }}",
        "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ told('a') }}{% endcall %}",
        "{% set x %}*{{ told('a') }}*{% endset %}{{ x | length }} {{ x }}",
        "{% with x = share('a') %}{% if x > 0 %}{{ x }}{% endif %}{% endwith %}",
        "{% for x in ['a', 'b'] if share(x) > 1 %}{{ x }}{% else %}Ingen{% endfor %}.",
        "{{ '\\ufdd4' | length }}{% set a, b = 1, share('a') %}{{ b }}",
    ],
)
def test_the_text_is_that_of_a_plain_rendering(source: str) -> None:
    plain = template_environment(Counted().expressions()).from_string(source).render()
    assert fill(source).text == plain


def test_what_is_live_stands_where_it_says_and_names_what_it_read() -> None:
    text = fill("Her: {{ told('a') }}, {{ greeting() }} og {{ told('b') }}.")
    parts = [(text.text[one.start : one.end], set(one.reads)) for one in text.live]
    assert parts == [("\\*0.25\\*", {"a"}), ("Hej", set()), ("\\*0.75\\*", {"b"})]


def test_a_condition_names_its_branch_and_all_that_decided_it() -> None:
    text = fill(
        "{% if share('b') < 0.5 %}Få{% elif share('a') < 0.5 %}Nogle{% else %}Alle{% endif %}."
    )
    (one,) = text.conditions
    assert (text.text[one.start : one.end], one.branch) == ("Nogle", 1)
    assert one.reads == {"a", "b"}


def test_the_last_branch_comes_after_all_others() -> None:
    text = fill("{% if share('b') < 0 %}A{% elif share('b') < 0.5 %}B{% else %}C{% endif %}")
    assert [(one.branch, one.start, one.end) for one in text.conditions] == [(2, 0, 1)]


def test_a_condition_that_puts_out_nothing_is_still_told_of() -> None:
    text = fill("Det er {% if share('a') > 0.5 %}ikke {% endif %}godt.")
    assert text.text == "Det er godt."
    assert [(one.start, one.end, one.branch) for one in text.conditions] == [(7, 7, None)]
    assert text.conditions[0].reads == {"a"}


def test_conditions_in_conditions_come_after_the_outer_ones() -> None:
    text = fill("{% if share('a') %}{% if share('b') %}x{% endif %}{% endif %}")
    assert [one.number for one in text.conditions] == [0, 1]
    assert [set(one.reads) for one in text.conditions] == [{"a"}, {"b"}]


def test_an_expression_that_fails_raises_unless_it_is_let_off() -> None:
    source = "Først. {{ holds(share('a') > 0.5) }}Det gælder."
    with pytest.raises(ValueError, match="it does not"):
        fill(source)
    text = fill(source, failing=False)
    assert text.text == "Først. Det gælder."
    assert [(one.start, one.end, one.broken, set(one.reads)) for one in text.live] == [
        (7, 7, True, {"a"})
    ]


def test_an_unknown_name_is_an_error_either_way() -> None:
    with pytest.raises(UndefinedError):
        fill("{{ nothing }}", failing=False)


def test_an_expression_that_read_no_count_is_called_once() -> None:
    counted = Counted()
    known: dict[Hashable, object] = {}
    for _ in range(2):
        expressions = remembering(counted.expressions(), counted.read, known, "da")
        text = filled("{{ greeting() }} {{ told('a') }}", expressions, counted.read)
        assert text.text == "Hej \\*0.25\\*"
        assert [set(one.reads) for one in text.live] == [set(), {"a"}]
    assert counted.calls == 1 + 2
    filled("{{ greeting() }}", remembering(counted.expressions(), counted.read, known, "en"), [])
    assert counted.calls == 4


def test_what_failed_is_not_remembered() -> None:
    counted = Counted()
    known: dict[Hashable, object] = {}
    lenient = remembering(unfailing(counted.expressions()), counted.read, known, "da")
    lenient["holds"](False)
    with pytest.raises(ValueError, match="it does not"):
        remembering(counted.expressions(), counted.read, known, "da")["holds"](False)


def test_markdown_of_an_expression_stays_markdown() -> None:
    text = filled("{{ rows() }}", {"rows": lambda: Markdown("- *a*")}, [])
    assert text.text == "- *a*"


def reads_of(text: Filled) -> list[set[Hashable]]:
    return [set(one.reads) for one in text.conditions]


def test_each_time_of_a_loop_is_a_branch_of_its_own() -> None:
    text = fill("{% for x in ['a', 'b'] %}{% if share(x) < 0.5 %}Få{% endif %}.{% endfor %}")
    assert text.text == "Få.."
    found = [(one.number, one.start, one.end, one.branch) for one in text.conditions]
    assert found == [(0, 0, 3, 0), (1, 0, 2, 0), (0, 3, 4, 1), (1, 3, 3, None)]
    assert reads_of(text) == [set(), {"a"}, set(), {"b"}]


def test_a_loop_rests_on_what_it_goes_through() -> None:
    text = fill("{% for x in ['a', 'b'] if share(x) < 0.5 %}{{ x }}{% else %}Ingen{% endfor %}")
    assert [(one.branch, one.reads) for one in text.conditions] == [(0, {"a", "b"})]
    nothing = fill("{% for x in ['a'] if share(x) > 1 %}{{ x }}{% else %}Ingen{% endfor %}")
    assert (nothing.text, [one.branch for one in nothing.conditions]) == ("Ingen", [-1])


def test_what_is_given_a_name_rests_on_what_was_read_for_it() -> None:
    text = fill("{% set x = share('a') %}{% set y = x %}{% if y < 0.5 %}Få{% endif %} {{ 1 - y }}")
    assert reads_of(text) == [{"a"}]
    assert [set(one.reads) for one in text.live] == [{"a"}]
    block = fill("{% set x %}{{ told('a') }}{% endset %}Før. {{ x }}")
    assert [(one.start, set(one.reads)) for one in block.live] == [(5, {"a"})]
    scoped = fill("{% with x = share('b') %}{{ x }}{% endwith %}")
    assert [set(one.reads) for one in scoped.live] == [{"b"}]


def test_a_name_that_is_given_under_a_condition_rests_on_it() -> None:
    source = "{% set x = 'Få' %}{% if share('a') > SOME %}{% set x = 'Alle' %}{% endif %}{{ x }}"
    for some, said in (("0.1", "Alle"), ("0.9", "Få")):
        text = fill(source.replace("SOME", some))
        assert text.text == said
        assert [set(one.reads) for one in text.live] == [{"a"}]


def test_a_macro_rests_on_the_names_in_it() -> None:
    text = fill(
        "{% set x = share('a') %}{% macro n() %}{{ x }}{% endmacro %}"
        "{% macro m() %}{{ n() }}{% endmacro %}{{ m() }}"
    )
    assert [set(one.reads) for one in text.live] == [{"a"}]


def test_what_a_filter_is_put_on_is_one_part() -> None:
    text = fill("A {% filter upper %}ja {{ told('a') }}. {{ told('b') }} nej{% endfilter %}.")
    (one,) = text.live
    assert text.text[one.start : one.end] == "JA \\*0.25\\*. \\*0.75\\* NEJ"
    assert one.reads == {"a", "b"}


def test_a_filter_shows_that_something_in_it_failed() -> None:
    text = fill("{% filter upper %}ja{{ holds(share('a') > 1) }}{% endfilter %}", failing=False)
    assert (text.text, [one.broken for one in text.live]) == ("JA", [True])
