"""How the computed order agrees with what the study itself concluded, in words."""

from __future__ import annotations

from misbrug_analysis.analysis.areas import deciding_criteria
from misbrug_analysis.model.areas import Published
from misbrug_analysis.presentation.priorities import Priorities, quoted

MOSTLY = 0.5
"""The share of the weightings above which something holds in most of them."""


AGREE = "agree"
"""The key of the sentence that tells how far the order agrees with the study."""


def comparison(order: Priorities, published: Published) -> dict[str, str]:
    """Where the order at equal weights agrees with what the study itself concluded.

    The first sentence, ``AGREE``, tells how far they agree, those after it where they do not.
    """
    return {
        **agreement(order, published),
        **_firmness(order, published),
        **_deciding(order, published),
    }


def foundations(order: Priorities, published: Published) -> dict[str, str]:
    """How high and how firmly each topic stands that the study calls the foundation, by topic."""
    sentences = {}
    for topic in published.foundation:
        if topic in order.unranked:
            continue
        share = order.number(topic, "leads")
        often = order.how_often(share)
        most = share > 0 and (order.ranking["leads"].drop(topic) < share).all()
        fields = {"topic": order.named([topic]), "rank": order.rank(topic), "often": often}
        key = "areas.leads_most" if most else "areas.leads_often"
        fields["first"] = order.language.text(key, often=often)
        sentences[topic] = order.sentence("foundation_rank", **fields)
    return sentences


def concluded(order: Priorities, published: Published) -> str:
    """What the study itself concluded."""
    source = order.report.say(published.source)
    foundation, others = order.named(published.foundation), order.named(published.others)
    if not published.others:
        return order.sentence("concluded_foundation", source=source, foundation=foundation)
    key = "areas.concluded" if published.foundation else "areas.concluded_others"
    fields = {"source": source, "others": others}
    fields |= {"foundation": foundation} if published.foundation else {}
    text = order.language.plural(key, len(published.others), **fields)
    return order.language.capitalise(text)


def agreement(order: Priorities, published: Published) -> dict[str, str]:
    """Which of the topics that the study chose are among the first, and which others are.

    As the first sentences of ``comparison``.
    """
    language = order.language
    agreed = [topic for topic in published.topics if topic in order.surely_first]
    edge = [topic for topic in published.topics if topic in order.maybe_first]
    down = [topic for topic in published.topics if topic not in [*agreed, *edge, *order.unranked]]
    others = [topic for topic in order.surely_first if topic not in published.topics]
    numeral = language.numeral(order.first)
    if len(agreed) == order.first:
        key, topics = "areas.agree_all", order.named(agreed)
        return {AGREE: language.plural(key, order.first, n=numeral, topics=topics)}
    if agreed:
        n = language.numeral(len(agreed), order.report.topic_noun.gender)
        fields = {"total": numeral, "among": order.among(), "topics": order.named(agreed)}
        told = order.sentence("agree_some", n=n, **fields)
    else:
        topics = order.named(published.topics)
        told = language.plural("areas.agree_none", order.first, among=order.among(), topics=topics)
    parts = (("on_the_edge", edge), ("further_down", down), ("instead", others))
    return {AGREE: told} | {
        key: language.plural(
            f"areas.{key}",
            len(topics),
            topics=order.with_ranks(topics),
            among=order.among(),
        )
        for key, topics in parts
        if topics
    }


def _firmness(order: Priorities, published: Published) -> dict[str, str]:
    """Which of the topics that the study chose are among the first whatever weighs most."""
    chosen = [topic for topic in order.ranking.index if topic in published.topics]
    shares = {topic: order.number(topic, "among_first") for topic in chosen}
    if order.weightings < 2 or not shares:
        return {}
    often = [topic for topic in shares if shares[topic] > MOSTLY]
    seldom = [topic for topic in shares if shares[topic] <= MOSTLY]
    parts = (("chosen_mostly", often), ("chosen_seldom", seldom))
    return {
        key: order.sentence(key, topics=order.with_shares(topics), among=order.among())
        for key, topics in parts
        if topics
    }


def _deciding(order: Priorities, published: Published) -> dict[str, str]:
    """The criteria that by themselves keep the order from agreeing with the study."""
    language = order.language
    agreed = set(published.topics) == set(order.surely_first)
    deciding = deciding_criteria(order.values, published.topics)
    if agreed or not deciding:
        return {}
    told = language.plural(
        "areas.deciding",
        len(deciding),
        criteria=quoted(order, deciding),
        topics=order.named(published.topics),
        among=order.among(),
    )
    return {"deciding": told}
