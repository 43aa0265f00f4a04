"""Tasks that are done in the project of a bundle, as a worker of a cluster does them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from misbrug_analysis.execution.bundles import bundle_of
from misbrug_analysis.execution.elsewhere import make_elsewhere, makings, moved, unfit
from misbrug_analysis.execution.tasks import Outcome, Task
from misbrug_analysis.execution.warm_start import ORDINARY
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.short_runs import answer, short_study
from tests.small import STUDY

seen: list[Path] = []


@pytest.fixture(autouse=True)
def ordinary_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ORDINARY, "1")
    seen.clear()


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load_study(Project.find(short_study(tmp_path / "project")), STUDY)


def look(project: str) -> Outcome:
    """What unit b answers in the project, as a file of its outputs."""
    seen.append(Path(project))
    [form] = Path(project).rglob("b.csv")
    path = Path(project, "outputs", STUDY, "page.html")
    path.parent.mkdir(parents=True)
    path.write_bytes(form.read_bytes())
    return Outcome("a", (str(path),))


def begin(project: str) -> Outcome:
    seen.append(Path(tempfile.mkdtemp()))
    return Outcome("a")


def fail(project: str) -> Outcome:
    raise FileNotFoundError(2, "No such file or directory", f"{project}/nothing")


def done(study: Study, task: Task) -> tuple[Outcome, dict[str, bytes]]:
    made = make_elsewhere(task, str(study.project.root), bundle_of(study), 1.0)
    return made.outcome, dict(made.contents)


def test_what_is_made_comes_back_and_is_not_left(study: Study) -> None:
    task = Task("a", {}, look, (str(study.project.root),))
    for said in ("ja", "nej"):
        answer(study.project.root, "b", said)
        outcome, contents = done(study, task)
        name = f"outputs/{STUDY}/page.html"
        assert outcome.files == (name,)
        assert contents == {name: (study.folder / "forms" / "b.csv").read_bytes()}
        assert not (seen[-1] / "outputs").exists()
    assert not study.project.outputs(STUDY).exists()


def test_only_the_project_of_the_last_bundle_is_kept(study: Study) -> None:
    task = Task("a", {}, look, (str(study.project.root),))
    done(study, task)
    done(study, task)
    answer(study.project.root, "b", "nej")
    done(study, task)
    first, again, other = seen
    assert first == again != other
    assert (first.exists(), other.exists()) == (False, True)


def test_what_lies_about_meanwhile_goes_with_the_worker(study: Study) -> None:
    done(study, Task("a", {}, begin, (str(study.project.root),)))
    done(study, Task("a", {}, look, (str(study.project.root),)))
    begun, project = seen
    assert begun.parent == project.parent  # the folder that ``remove_abandoned`` knows
    assert tempfile.gettempdir() != str(begun.parent)


def test_a_task_that_cannot_be_done_there_has_ended_so(study: Study) -> None:
    outcome, contents = done(study, Task("a", {}, fail, (str(study.project.root),)))
    assert [problem.code for problem in outcome.problems] == ["not_written"]
    assert contents == {}


def test_a_worker_with_another_version_is_refused_with_both_named() -> None:
    problem = unfit("tcp://w", 1, {**makings(), "numpy": "0.1"})
    assert problem
    assert problem.code == "worker_differs"
    assert all(word in str(problem) for word in ("tcp://w", "numpy", "0.1", makings()["numpy"]))


def test_a_worker_with_other_code_is_refused_though_its_version_is_the_same() -> None:
    version, _ = makings()["misbrug-analysis"].split()
    problem = unfit("tcp://w", 1, makings() | {"misbrug-analysis": f"{version} (0123456789ab)"})
    assert problem
    assert problem.code == "worker_differs"


def test_a_worker_that_does_several_things_at_once_is_refused() -> None:
    problem = unfit("tcp://w", 2, makings())
    assert problem
    assert problem.code == "worker_threads"


def test_one_that_is_alike_and_does_one_thing_is_taken() -> None:
    assert unfit("tcp://w", 1, makings()) is None


def test_paths_in_the_project_are_those_of_the_workers_folder(tmp_path: Path) -> None:
    here, there = str(tmp_path / "study"), str(tmp_path / "worker")
    assert moved(here, here, there) == there
    page = str(Path("outputs", "a"))
    assert moved(str(Path(here, page)), here, there) == str(Path(there, page))
    beside = str(tmp_path / "study-2" / "a")
    for other in (beside, "en/regional", "tables", "", 7, frozenset({here})):
        assert moved(other, here, there) == other
