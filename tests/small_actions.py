"""The small study with bodies, members and recommended actions."""

from __future__ import annotations

from pathlib import Path

from tests.small import make_project

ACTIONS = """\
origins:
  report: {label: {da: kilden}, explains: {da: Kilden anbefaler det.}}
  ours: {label: {da: vores}, explains: {da: Det er vores.}}
actors:
  - {id: sites, label: {da: stederne}, role: {da: Behandler.}}
  - {id: board, label: {da: rådet}, body: council}
  - {id: state, label: {da: staten}, role: {da: Betaler.}, partner: true}
themes:
  - {id: young, label: {da: Unge}}
actions:
  - {topic: t, actors: [sites], text: {da: Følg op.}, origin: report}
  - {topic: t, actors: [sites, board], text: {da: Mål det.}, origin: ours}
  - {topic: later, actors: [state], text: {da: Giv penge.}, origin: report}
  - {theme: young, actors: [sites], text: {da: Spørg de unge.}, origin: ours}
  - {actors: [board], text: {da: Mødes.}, origin: report}
links:
  - {topics: [t, later], reason: {da: Det ene kræver det andet.}}
"""
_BODIES = """\
bodies:
  - id: council
    label: {da: Rådet}
    role: {da: Bestemmer.}
    appointed_by: {da: ministeren}
    members: [aa, bb, cc]
levels:
"""
_NORTH = """\
label: {da: Nord}
        lead: bb
        members: [{id: aa, label: Aa}, {id: bb, label: Bb}]
"""
_SOUTH = """\
label: {da: Syd}
        members: [{id: cc, label: Cc}, {id: dd, label: Dd}]
"""


def with_actions(root: Path) -> Path:
    """A project with the small study, its organisation named in full; the study's folder."""
    folder = make_project(root, actions="actions.yaml")
    path = folder / "organisation.yaml"
    text = path.read_text(encoding="utf-8").replace("levels:\n", _BODIES)
    for group, label, members in (("north", "Nord", _NORTH), ("south", "Syd", _SOUTH)):
        flow = f"- {{id: {group}, label: {{da: {label}}}}}\n"
        assert flow in text
        text = text.replace(flow, f"- id: {group}\n        {members}")
    path.write_text(text, encoding="utf-8")
    (folder / "actions.yaml").write_text(ACTIONS, encoding="utf-8")
    return folder
