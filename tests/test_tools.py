"""The commands behind make: what they count, skip and repeat."""

import json
import sys

import pytest

import checks
import environment
import make_site


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("== 12 passed, 2 skipped in 3.20s ==", {"passed": 12, "skipped": 2}),
        ("1 failed, 3 passed in 61.02s (0:01:01)", {"failed": 1, "passed": 3}),
        ("2 errors in 0.10s", {"error": 2}),
        ("ℹ pass 41", {"passed": 41}),
        ("# fail 1", {"failed": 1}),
        ("The run passed in spirit", {}),
        ("built in 12.0s", {}),
    ],
)
def test_summary_lines_are_counted(line, counts):
    assert checks.tally(line) == counts


def test_the_first_step_that_fails_ends_the_run_with_its_name(capsys):
    step = (sys.executable, "-c")
    code = checks.run(
        [
            checks.Step("Fine", "a second", (*step, "print('3 passed in 0.1s')")),
            checks.Step("Broken", "a second", (*step, "raise SystemExit(3)")),
            checks.Step("Never", "a second", (*step, "print('9 passed in 0.1s')")),
        ]
    )
    said = capsys.readouterr().out
    assert code == 3
    assert "[1/3] Fine" in said
    assert "step 2, 'Broken', failed" in said
    assert "\n3 passed, 1 failed, 0 skipped" in said


def test_the_environment_is_set_up_once(tmp_path, monkeypatch, capsys):
    done = []
    monkeypatch.setattr(environment, "FOLDER", tmp_path)
    for name in ("BOOK_STEPS", "TEST_STEPS"):
        work = (name, lambda name=name: done.append(name))
        monkeypatch.setattr(environment, name, (work,))
    environment.prepare("book")
    environment.prepare("test")
    environment.prepare("test")
    assert done == ["BOOK_STEPS", "TEST_STEPS"]
    monkeypatch.setattr(environment, "fingerprint", lambda: "changed")
    environment.prepare("book")
    assert done[2:] == ["BOOK_STEPS"]
    assert "[set-up 1/1] BOOK_STEPS" in capsys.readouterr().out


@pytest.fixture
def small_project(tmp_path, monkeypatch):
    for name in ("book/_ext/a.py", "book/one.md", "gdcourse/b.py", "_config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_text(name)
    build = tmp_path / "_build"
    monkeypatch.setattr(make_site, "ROOT", tmp_path)
    monkeypatch.setattr(make_site, "BUILD", build)
    monkeypatch.setattr(make_site, "HOME", build / "html" / "index.html")
    monkeypatch.setattr(make_site, "STAMP", build / "made-from.json")
    monkeypatch.setattr(make_site, "fill_cache", lambda: None)
    return tmp_path


def test_the_site_is_built_again_only_when_something_changed(
    small_project, monkeypatch, capsys
):
    built = []

    def jupyter_book(options):
        built.append((options, make_site.HOME.is_file()))
        make_site.HOME.parent.mkdir(parents=True, exist_ok=True)
        make_site.HOME.write_text("page")

    monkeypatch.setattr(make_site, "_jupyter_book", jupyter_book)
    make_site.build()
    make_site.build()
    assert "Nothing has changed" in capsys.readouterr().out
    (small_project / "book/one.md").write_text("new text")
    make_site.build()  # over the old pages
    (small_project / "gdcourse/b.py").write_text("new formula")
    make_site.build()  # from clean
    make_site.build(strict=True)
    strict = ["-W", "-n", "--keep-going"]
    assert built == [([], False), ([], True), ([], False), (strict, False)]
    assert json.loads(make_site.STAMP.read_text()) == make_site.fingerprints()
