"""The project's files say the same thing where they speak of the same thing."""

import json
import re
from pathlib import Path

import pytest
import yaml

import addresses
import gdcourse

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def text(name):
    return (ROOT / name).read_text("utf-8")


def requirements():
    return {
        line for line in text("requirements.txt").splitlines() if line[:1].isalpha()
    }


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load(text("CITATION.cff"))
    assert gdcourse.__version__ == PROJECT["version"] == str(citation["version"])
    assert f"## {PROJECT['version']}" in text("CHANGELOG.md")


def test_requirements_hold_the_librarys_own_needs_and_the_pinned_book():
    assert set(PROJECT["dependencies"]) <= requirements()
    assert "jupyter-book==1.0.4.post1" in requirements()


def test_contributing_gives_a_reason_for_each_dependency():
    extras = [
        name for names in PROJECT["optional-dependencies"].values() for name in names
    ]
    package = json.loads(text("gdcourse/figures/package.json"))
    scripts = package["dependencies"] | package["devDependencies"]
    for requirement in [*requirements(), *extras, *scripts]:
        name = re.match(r"@types/d3-|[\w-]+", requirement)[0]
        assert re.search(rf"^\| (.*, )?{name}[^|]* \|", CONTRIBUTING, re.M), name


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CITATION.cff"])
def test_addresses_are_those_of_the_configuration(name):
    slug = addresses.repository().removeprefix("https://github.com/")
    ours = (
        addresses.site(),
        addresses.repository(),
        f"/gh/{slug}/",
        f"/github/{slug}/",
    )
    found = re.findall(r"https://[^\s>)\"]*gdcourse[^\s>)\"]*", text(name))
    assert found
    assert not [link for link in found if not any(our in link for our in ours)]


def test_the_readme_links_each_chapter_three_times():
    readme = text("README.md")
    for chapter in sorted((ROOT / "book").glob("*.ipynb")):
        assert readme.count(f"{chapter.stem}.html") == 1
        assert readme.count(f"/book/{chapter.name}") == 2


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_files_that_are_named_exist(name):
    words = re.findall(r"`((?:book|gdcourse|tests)/[\w./-]*|_\w+\.yml)`", text(name))
    words += re.findall(r"\]\(((?!https:)[^)]+)\)", text(name))
    missing = {word for word in words if "NN" not in word and "NAME" not in word}
    assert not {word for word in missing if not (ROOT / word).exists()}


def test_python_examples_in_the_readme_run(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", text("README.md"), re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out.startswith("12.5 ")
