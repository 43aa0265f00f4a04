"""What a run keeps, makes, records and removes, with tasks that only write a word to a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from misbrug_analysis.execution import making as module
from misbrug_analysis.execution.clearing import clear_editions, clear_pdfs, clear_reports
from misbrug_analysis.execution.editions import editions_of
from misbrug_analysis.execution.making import Making
from misbrug_analysis.execution.manifest import Recorded, read_manifest
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.execution.read_digests import ReadDigests
from misbrug_analysis.execution.tasks import Outcome, Task
from misbrug_analysis.model.errors import ParameterError, Problem, ReportError
from misbrug_analysis.model.study import Study
from tests.small import load, make_project

PROBLEM = Problem("output_never_run", "here")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load(make_project(tmp_path))


@pytest.fixture
def html(study: Study) -> Path:
    folder = study.project.outputs(study.id) / "html"
    folder.mkdir(parents=True)
    return folder


def making(study: Study, recorded: Recorded | None = None, *, force: bool = False) -> Making:
    found = read_manifest(study) if recorded is None else recorded
    return Making(study, found, ReadDigests(study, settle(study)), 1, force)


def write(id: str, path: str, word: str) -> Outcome:
    Path(path).write_text(word, "utf-8")
    return Outcome(id, (path,))


def refuse(id: str, path: str, word: str) -> Outcome:
    raise ReportError([PROBLEM])


def locked(id: str, path: str, word: str) -> Outcome:
    raise PermissionError(13, "Permission denied", path)


def spoil(id: str, path: str, word: str) -> Outcome:
    Path(path).write_text("an error", "utf-8")
    return Outcome(id, (path,), (PROBLEM,))


def crash(id: str, path: str, word: str) -> Outcome:
    raise KeyError("a fault of the library")


def task(html: Path, name: str, key: str = "k", make: object = write) -> Task:
    arguments = (name, str(html / f"{name}.html"), key)
    return Task(name, {"key": key}, make, arguments)  # type: ignore[arg-type]


def test_what_is_up_to_date_is_kept_and_the_rest_made(study: Study, html: Path) -> None:
    making(study).make([task(html, "a"), task(html, "b")])
    second = making(study)
    second.make([task(html, "a"), task(html, "b", key="new")])
    assert second.summary.states == {"a": "kept", "b": "made"}
    assert (html / "b.html").read_text("utf-8") == "new"


def test_a_file_that_was_changed_or_removed_is_made_again(study: Study, html: Path) -> None:
    making(study).make([task(html, "a"), task(html, "b")])
    (html / "a.html").write_text("by hand", "utf-8")
    (html / "b.html").unlink()
    second = making(study)
    second.make([task(html, "a"), task(html, "b")])
    assert second.summary.states == {"a": "made", "b": "made"}
    assert (html / "a.html").read_text("utf-8") == "k"


def read_text(id: str, path: str, word: str) -> Outcome:
    Path(path).write_text(word, "utf-8")
    return Outcome(id, (path,), read=("text told",))


def test_what_was_read_is_made_again_when_that_changes(study: Study, html: Path) -> None:
    tasks = [task(html, "a", make=read_text), task(html, "b")]
    making(study).make(tasks)
    assert making(study).todo(tasks) == set()
    (study.folder / "texts").mkdir()
    (study.folder / "texts" / "told.md").write_text("Tekst", "utf-8")
    assert making(study).todo(tasks) == {"a"}


def test_force_makes_all(study: Study, html: Path) -> None:
    making(study).make([task(html, "a")])
    second = making(study, force=True)
    second.make([task(html, "a")])
    assert second.summary.states == {"a": "made"}


def test_what_fails_leaves_the_others_to_be_made(study: Study, html: Path) -> None:
    run = making(study)
    run.make([task(html, "a", make=refuse), task(html, "b")])
    assert run.summary.states == {"a": "failed", "b": "made"}
    assert not (html / "a.html").exists()


def test_a_failure_that_leaves_a_page_is_recorded_as_one(study: Study, html: Path) -> None:
    making(study).make([task(html, "a", make=spoil)])
    second = making(study)
    assert second.failed() == {"a"}
    assert second.todo([task(html, "a")]) == {"a"}


def test_a_failure_that_leaves_nothing_leaves_the_record_of_before(
    study: Study, html: Path
) -> None:
    making(study).make([task(html, "a")])
    second = making(study)
    second.make([task(html, "a", key="new", make=refuse)])
    assert second.summary.problems == [PROBLEM]
    assert (html / "a.html").read_text("utf-8") == "k"
    assert (second.failed(), second.fresh([task(html, "a")])) == (set(), {"a"})


def test_a_file_that_is_open_elsewhere_is_one_message_and_the_rest_is_made(
    study: Study, html: Path
) -> None:
    run = making(study)
    run.make([task(html, "a", make=locked), task(html, "b")])
    assert run.summary.states == {"a": "failed", "b": "made"}
    (problem,) = run.summary.problems
    assert "a could not be made" in problem.what
    assert "no permission" in problem.what
    assert "Close the file" in problem.next_step
    assert problem.where.endswith("a.html")


def test_what_was_made_before_a_crash_stays_recorded(study: Study, html: Path) -> None:
    with pytest.raises(KeyError):
        making(study).make([task(html, "a"), task(html, "b", make=crash)])
    assert set(read_manifest(study)) == {"a"}


def test_what_was_made_is_recorded_while_the_run_goes_on(
    study: Study, html: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr(module, "_TIMES_AS_LONG", 0)
    found = []

    def recorded(*_: object, **__: object) -> Iterator[tuple[Task, Outcome]]:
        for one in (task(html, "a"), task(html, "b")):
            yield one, one.make(*one.arguments)
            found.append(set(read_manifest(study)))

    monkeypatch.setattr(module, "side_by_side", recorded)
    making(study).make([task(html, "a"), task(html, "b")])
    assert found == [{"a"}, {"a", "b"}]


def test_a_report_that_the_study_no_longer_lists_is_removed(study: Study, html: Path) -> None:
    run = making(study)
    run.make([task(html, "settled"), task(html, "gone"), task(html, "tables")])
    clear_reports(run)
    assert {path.stem for path in html.iterdir()} == {"settled", "tables"}
    assert run.summary.states["gone"] == "made"  # in the same run; in a later one it is "removed"
    assert set(run.recorded) == {"settled", "tables"}


def pdf_task(html: Path, name: str) -> Task:
    return Task(f"{name}.pdf", {"key": "k"}, write_pdf, (f"{name}.pdf", str(html / f"{name}.html")))


def write_pdf(id: str, page: str) -> Outcome:
    pdf = Path(page).with_suffix(".pdf")
    pdf.write_text("pdf", "utf-8")
    return Outcome(id, (str(pdf), page))


def test_a_pdf_goes_when_its_page_changes_or_nobody_knows_it(study: Study, html: Path) -> None:
    making(study).make([task(html, "a"), task(html, "b")])
    making(study).make([pdf_task(html, "a")])
    making(study).make([pdf_task(html, "b")])
    (html / "b.html").write_text("new", "utf-8")
    (html / "stray.pdf").touch()
    (html / "en").mkdir()
    (html / "en" / "stray.pdf").touch()
    run = making(study)
    clear_pdfs(run)
    assert [path.name for path in html.rglob("*.pdf")] == ["a.pdf"]
    assert run.summary.states == {
        "b.pdf": "removed", "stray.pdf": "removed", "en/stray.pdf": "removed"
    }  # fmt: skip
    assert set(run.recorded) == {"a", "b", "a.pdf"}


def test_a_pdf_that_someone_removed_is_forgotten(study: Study, html: Path) -> None:
    making(study).make([task(html, "a")])
    making(study).make([pdf_task(html, "a")])
    (html / "a.pdf").unlink()
    run = making(study)
    clear_pdfs(run)
    assert set(run.recorded) == {"a"}


@pytest.mark.parametrize(
    ("also_in", "asked", "stays"), [(["en"], [], True), ([], ["en"], True), ([], [], False)]
)
def test_an_edition_stays_while_the_study_names_it_or_the_run_asks_for_it(
    tmp_path: Path, also_in: list[str], asked: list[str], stays: bool
) -> None:
    study = load(make_project(tmp_path, also_in=also_in))
    english = study.project.outputs(study.id) / "html" / "en"
    english.mkdir(parents=True)
    (english / "index.html").touch()
    page = Task(
        "en/settled", {"key": "k"}, write, ("en/settled", str(english / "settled.html"), "k")
    )
    making(study).make([page])
    run = making(study)
    clear_editions(run, editions_of(study, asked))
    assert english.exists() is stays
    assert ("en/settled" in run.recorded) is stays


def test_a_language_without_texts_is_named_with_its_place(tmp_path: Path) -> None:
    study = load(make_project(tmp_path, also_in=["sv", "en"]))
    with pytest.raises(ParameterError) as caught:
        editions_of(study, ())
    (problem,) = caught.value.problems
    assert problem.where == "data/raw/small-study/study.yaml"
    assert "language called “sv”" in problem.what
    assert "da, en" in problem.expected
    with pytest.raises(ParameterError, match=r"^There is no language called “xx”"):
        editions_of(study, ["xx"])
