"""The project's own files agree with each other and with its rules."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.presentation.language import Language
from tests.projects import ROOT, command

SHOWN = {"output_type": "stream", "name": "stdout", "text": ["Hej\n"]}
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# What conda-forge calls a package where it differs; the split ones leave out Qt and LaTeX.
CONDA_NAMES = {
    "matplotlib": "matplotlib-base",
    "nbconvert": "nbconvert-core",
    "seaborn": "seaborn-base",
}


def test_conda_users_get_the_packages_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    wanted = {f"python{project['requires-python']}", "pip"}
    # conda-forge brings Pango along, so PDFs work there without more ado.
    for requirement in project["dependencies"] + project["optional-dependencies"]["pdf"]:
        name, version = re.fullmatch(r"([a-z0-9-]+)(?:\[[a-z,]+\])?(>=.+)", requirement).groups()
        wanted.add(CONDA_NAMES.get(name, name) + version)
    assert {entry for entry in environment["dependencies"] if isinstance(entry, str)} == wanted
    # conda gives these lines to pip as a requirements file, in which few options may stand.
    assert [entry for entry in environment["dependencies"] if isinstance(entry, dict)] == [
        {"pip": ["-e ."]}
    ]


def test_the_lock_pins_every_package_with_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    for requirement in [*project["dependencies"], *(entry for extra in extras for entry in extra)]:
        name = re.match(r"[a-z0-9-]+", requirement)[0]
        assert re.search(rf"^{name}==\S+.*\\\n    --hash=sha256:", lock, re.M), name
    assert "://" not in lock


def test_the_build_backend_is_pinned() -> None:
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"][
        "requires"
    ]
    assert all("==" in requirement for requirement in requires)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path) -> None:
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_what_jupyterlab_adds_to_a_notebook_is_not_committed(tmp_path: Path) -> None:
    source = ROOT / "notebooks" / "need.ipynb"
    notebook = json.loads(source.read_text("utf-8"))
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["metadata"] |= {"collapsed": True, "jupyter": {"source_hidden": True}}
    code |= {"execution_count": 7, "outputs": [SHOWN]}
    notebook["metadata"]["language_info"] |= {"version": "3.99", "codemirror_mode": {"version": 3}}
    saved = tmp_path / "need.ipynb"
    saved.write_text(json.dumps(notebook), "utf-8")
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]
    words = shlex.split(hooks["hooks"][0]["entry"])[1:]  # as pre-commit splits them
    assert command("jupyter", *words, str(saved), cwd=ROOT)[0] == 0
    assert saved.read_text("utf-8") == source.read_text("utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_cells_load_call_or_show(path) -> None:
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert not re.search(r"^\s*(for|while|if|def|class|import pandas)\b", source, re.M)


def test_the_library_knows_no_recommendation_and_no_cluster() -> None:
    library = ROOT / "misbrug_analysis"
    organisation = (ROOT / "data/raw/2014-sjaelland/organisation.yaml").read_text("utf-8")
    places = re.findall(r"label: ([A-ZÆØÅ]\w+)", organisation)
    names = [
        "KL",
        "kl12",
        "[Kk]lynge",
        "Sjælland",
        "[Aa]nbefaling",
        r"Syd\b",
        r"Øst\b",
        r"Vest\b",
        *places,
    ]
    forbidden = re.compile(rf"\b({'|'.join(names)})")
    for path in [*library.rglob("*.py"), *library.rglob("*.yaml"), *library.rglob("*.j2")]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert not forbidden.search(line), f"{path}:{number}: {line}"


PLAIN = {
    "da": r"\b(siger|sagde|sagt|svarer|svaret) »?(ja|nej|delvis)\b|\b(et|som|til) (ja|nej)\b",
    "en": r"\b(says?|said|answer(s|ed)?) “?(yes|no|partly)\b(?! q)|\b(a|as|is) (yes|a no)\b",
}
PARTLY = {"da": r"\bdelvis[et]? svar", "en": r"\bpartly\b"}
OF_ONE_FIELD = r"kommun|klynge|\bregion|municipal|cluster|anbefaling|recommendation"


@pytest.mark.parametrize("code", ["da", "en"])
def test_no_text_of_the_pages_calls_the_answers_by_a_name_of_its_own(code: str) -> None:
    """What an answer is called comes from the instrument, as ``{standing.…}``."""
    where_it_may = ("standing_words.plain.", "answer.plain.")
    named = re.compile(f"{PLAIN[code]}|{PARTLY[code]}", re.IGNORECASE)
    texts = {key: re.sub(r"\{[^}]*\}", "", text) for key, text in Language.load(code).texts.items()}
    assert {
        key: text
        for key, text in texts.items()
        if named.search(text) and not key.startswith(where_it_may)
    } == {}


@pytest.mark.parametrize("code", ["da", "en"])
def test_no_text_of_the_pages_names_the_units_groups_or_topics_of_one_field(code: str) -> None:
    texts = Language.load(code).texts.items()
    named = re.compile(OF_ONE_FIELD, re.IGNORECASE)
    assert {key: text for key, text in texts if named.search(text)} == {}


def test_modules_stay_small() -> None:
    for path in (ROOT / "misbrug_analysis").rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 320, path
