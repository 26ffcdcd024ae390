"""What a JupyterHub is told of the course, without a hub."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.hub import ngshare, server
from autograder.hub.settings import configure
from autograder.trouble import Trouble


def laid_out(folder: Path) -> tuple[Path, Path]:
    """A course and a bundle, as far as the hub looks at them."""
    course, bundle = folder / "course", folder / "class"
    (course / "solutions").mkdir(parents=True)
    for place in (course, bundle):
        (place / ".venv" / "bin").mkdir(parents=True)
        (place / ".venv" / "bin" / "python").touch()
    (bundle / "cohort-bundle.json").touch()
    return course, bundle


def spawner(name: str) -> Any:
    return SimpleNamespace(
        user=SimpleNamespace(name=name), cmd=[], default_url="", notebook_dir="", environment={"LANG": "C"}
    )


def configured(course: Path, bundle: Path, **more: Any) -> Any:
    c = SimpleNamespace(Spawner=SimpleNamespace())
    configure(c, course=course, bundle=bundle, instructors={"grace"}, **more)
    return c


def test_learners_run_the_bundle_and_instructors_the_course(tmp_path: Path) -> None:
    course, bundle = laid_out(tmp_path)
    choose = configured(course, bundle).Spawner.pre_spawn_hook
    choose(ada := spawner("ada"))
    choose(grace := spawner("grace"))
    assert ada.cmd[0] == str(bundle / ".venv" / "bin" / "python")
    assert ada.cmd[-2:] == ["learner", str(course / "exchange")]
    assert grace.cmd[0] == str(course / ".venv" / "bin" / "python")
    assert (grace.notebook_dir, ada.notebook_dir) == (str(course), "")


def test_everybody_may_write_in_the_exchange(tmp_path: Path) -> None:
    course, bundle = laid_out(tmp_path)
    configured(course, bundle, exchange=tmp_path / "hand")
    assert (tmp_path / "hand").stat().st_mode & 0o777 == 0o777


def test_a_folder_with_solutions_is_never_given_to_learners(tmp_path: Path) -> None:
    course, bundle = laid_out(tmp_path)
    (bundle / "solutions").mkdir()
    with pytest.raises(Trouble, match="is no bundle"):
        configured(course, bundle)
    with pytest.raises(Trouble, match="is no bundle"):
        configured(course, course)


def test_what_is_not_set_up_is_named_with_its_remedy(tmp_path: Path) -> None:
    course, bundle = laid_out(tmp_path)
    (bundle / ".venv" / "bin" / "python").unlink()
    with pytest.raises(Trouble, match=r"class is not set up.*start\.py setup --with hub"):
        configured(course, bundle)


def test_a_learners_home_has_lessons_no_labs_and_the_hubs_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    home = tmp_path / "ada"
    variables = server.learner(home, tmp_path / "hand")
    assert (home / "course" / "00-start-here.ipynb").is_file()
    assert list((home / "labs").iterdir()) == []
    told = json.loads(Path(variables["JUPYTER_CONFIG_DIR"], "nbgrader_config.json").read_text(encoding="utf-8"))
    assert told["CourseDirectory"] == {"course_id": "fargate-course", "student_id": "ada"}
    assert told["Exchange"]["assignment_dir"] == str(home / "labs")
    assert variables["JUPYTER_CONFIG_PATH"].split(":")[0].endswith("autograder/hub/jupyter")


def test_ngshare_takes_the_place_of_the_folder_on_every_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course, bundle = laid_out(tmp_path)
    choose = configured(course, bundle, ngshare="http://127.0.0.1:1/services/ngshare").Spawner.pre_spawn_hook
    for name in ("ada", "grace"):
        choose(one := spawner(name))
        assert one.environment == {"LANG": "C", ngshare.VARIABLE: "http://127.0.0.1:1/services/ngshare"}
    assert not (course / "exchange").exists()
    monkeypatch.setenv(ngshare.VARIABLE, "http://127.0.0.1:1/services/ngshare")
    told = server.exchanging(tmp_path / "ada", course / "exchange", "ada")
    assert told["CourseDirectory"] == {"course_id": "fargate-course"}  # it refuses a name
    assert told["ExchangeFactory"]["submit"] == "ngshare_exchange.ExchangeSubmit"
    assert told["Exchange"] == {
        "_ngshare_url": "http://127.0.0.1:1/services/ngshare",
        "assignment_dir": str(tmp_path / "ada" / "labs"),
    }
