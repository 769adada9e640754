"""The chapters' notebooks: canonical form, receipts, numbers with a source, shape."""

import json
import sys
from pathlib import Path

import nbformat
import pytest

import notebooks
import prose
import shape
from draft import read_draft

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

ROWS = tomllib.loads((Path(__file__).parent / "plain_numbers.toml").read_text("utf-8"))
CHAPTERS = pytest.mark.parametrize("path", notebooks.chapters(), ids=lambda p: p.stem)


def read(path):
    return nbformat.read(path, as_version=4)


@CHAPTERS
def test_the_file_is_in_canonical_form(path):
    assert not list(notebooks.faults(path))


@CHAPTERS
def test_every_number_in_the_prose_has_a_source(path):
    left = prose.unexplained(read(path), ROWS.get(path.stem, []))
    said = [f"{number} in cell {cell!r}: “{text}”" for cell, number, text in left]
    if said:
        advice = "Print it, cite it, or give it a row in tests/plain_numbers.toml."
        pytest.fail("\n".join([*said, advice]), pytrace=False)


@CHAPTERS
def test_every_row_of_plain_numbers_is_used_and_gives_a_reason(path):
    bare = {(stated.cell, stated.number) for stated in prose.unexplained(read(path))}
    for row in ROWS.get(path.stem, []):
        assert (row["cell"], row["number"]) in bare, f"{row} excuses nothing: remove it"
        assert len(row["reason"].split()) > 1


def test_plain_numbers_speaks_only_of_chapters_that_exist():
    assert set(ROWS) <= {path.stem for path in notebooks.chapters()}


@CHAPTERS
def test_receipts_compute_what_they_quote(path):
    calls = list(prose.receipts(read(path)))
    assert calls, f"{path.stem} has no receipts"
    found = [prose.receipt_fault(call) for _, call in calls]
    assert not any(found), "\n".join(filter(None, found))


@CHAPTERS
def test_receipts_quote_numbers_that_the_chapter_states(path):
    stale = prose.stale_receipts(read(path))
    assert not stale, f"{path.stem}: no sentence states {', '.join(stale)}"


@CHAPTERS
def test_the_cells_have_the_shape_of_a_chapter(path):
    assert not list(shape.faults(read(path)))


def executed(*cells):
    """Build a notebook from (source, outputs) pairs, as if it had been run."""
    draft = "".join(f"%% id=cell-{'abcdef'[n]}\n{c[0]}\n" for n, c in enumerate(cells))
    notebook = read_draft(draft)
    for cell, (_, outputs) in zip(notebook.cells, cells, strict=True):
        cell.outputs = [nbformat.from_dict(output) for output in outputs]
    return notebook


def out(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def shown(**data):
    data = {kind.replace("_", "/"): value for kind, value in data.items()}
    return {"output_type": "display_data", "metadata": {"a": 1}, "data": data}


def test_the_canonical_form_is_stable_and_counts_the_cells():
    notebook = executed(("print(1)", [out("1"), out("\n")]), ("x = 2\n\n", []))
    once = notebooks.text(notebooks.canonical(notebook))
    assert once == notebooks.text(notebooks.canonical(nbformat.reads(once, 4)))
    cells = json.loads(once)["cells"]
    assert [cell["execution_count"] for cell in cells] == [1, 2]
    assert cells[0]["outputs"][0]["text"] == ["1\n"]
    assert cells[1]["source"] == ["x = 2"]
    assert once.endswith("}\n")


def test_the_canonical_form_keeps_latex_and_drops_pictures():
    picture = shown(text_plain="<Figure size 1x1 with 1 Axes>", image_png="AAAA")
    latex = shown(text_plain="x", text_latex="$x$")
    first, second = notebooks.canonical(
        executed(("draw()", [picture]), ("formula()", [latex]))
    ).cells
    assert first.outputs[0].data == {"text/plain": "<Figure size 1x1 with 1 Axes>"}
    assert second.outputs[0].data == {"text/plain": "x", "text/latex": "$x$"}
    assert second.outputs[0].metadata == {}


def test_a_cell_that_shows_html_keeps_no_output_and_is_not_compared():
    figure = shown(text_plain="a figure", text_html="<figure></figure>")
    (cell,) = notebooks.canonical(executed(("Curve()", [figure]))).cells
    assert cell.outputs == []
    assert cell.metadata["tags"] == ["nbval-ignore-output"]


def test_a_cell_that_shows_html_and_prints_is_refused():
    figure = shown(text_html="<figure></figure>")
    with pytest.raises(ValueError, match="'cell-a' shows HTML and prints too"):
        notebooks.canonical(executed(("Curve()", [out("1"), figure])))


def test_a_cell_that_warns_is_refused():
    warning = {"output_type": "stream", "name": "stderr", "text": "careful"}
    with pytest.raises(ValueError, match="'cell-a' warns: 'careful'"):
        notebooks.canonical(executed(("warn()", [warning])))


@pytest.mark.parametrize(
    ("name", "good"),
    [("one-step", True), ("first-loop-2", True), ("2-loops", False), ("One", False),
     ("one_step", False), ("deadbeef", False), ("0a1b2c3d", False), ("", False)],
)  # fmt: skip
def test_cell_ids_are_words(name, good):
    assert notebooks.is_name(name) is good


SHORT = (
    "%% id=setup\nimport gdcourse\n%% id=first\nx = 1\n%% [markdown] id=why\nText.\n"
)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (SHORT + "%% id=a\n1\n%% id=b\n2", "cell 'b': say a sentence between"),
        ("%% id=a\n" + "x = 1\n" * 13, "13 lines of code"),
        ("%% id=a\n" + "x" * 69, "has 69 columns"),
        ("%% id=a\nplot(x);", "final ';'"),
        ("%% id=a\nimport torch", "the tag 'needs-torch'"),
        ("%% id=a tags=hide-cell\n1", "hide-cell"),
        ("%% [markdown] id=a\n```{note}\nx\n```", "is MyST"),
        ("%% [markdown] id=a\nSee {ref}`here`.", "is MyST"),
        ("%% [markdown] id=a\n(label)=\n# Title", "is MyST"),
        ("%% [markdown] id=a\n", "it is empty"),
    ],
)
def test_a_misshapen_cell_is_named(draft, words):
    assert not list(shape.faults(read_draft(SHORT)))
    (fault,) = shape.faults(read_draft(draft))
    assert words in fault


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (out("loss 0.12345\n"), "it prints 0.12345"),
        (shown(text_plain="np.float64(0.5)"), "how Python stores"),
        (shown(text_plain="<Figure size 1x1 with 1 Axes>"), "picture needs words"),
    ],
)
def test_an_output_for_machines_is_named(output, words):
    (fault,) = shape.faults(executed(("x = 1", [output])))
    assert words in fault


def test_integers_and_four_digits_may_be_printed():
    assert not list(shape.faults(executed(("x", [out("12,345 sales, 0.1234, 1e-7")]))))


def test_a_cell_that_needs_torch_keeps_its_output_where_there_is_none(
    tmp_path, monkeypatch
):
    notebook = read_draft("%% id=torch-step tags=needs-torch\nprint('none')\n")
    notebook.cells[0].outputs = [nbformat.from_dict(out("0.636\n"))]
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook, path)
    monkeypatch.setattr(notebooks, "find_spec", lambda name: None)
    assert notebooks.executed(path).cells[1].outputs[0].text == "0.636\n"
    monkeypatch.setattr(notebooks, "find_spec", lambda name: "found")
    assert notebooks.executed(path).cells[1].outputs[0].text == "none\n"


def test_no_progress_bar_gets_into_an_output(tmp_path):
    path = tmp_path / "one.ipynb"
    draft = "%% id=a\nfrom tqdm import tqdm\nfor _ in tqdm([1]): print('done')\n"
    nbformat.write(read_draft(draft), path)
    (output,) = notebooks.executed(path).cells[1].outputs
    assert output.text == "done\n"


def test_a_run_leaves_the_cells_as_they_are_so_that_the_cache_finds_them(tmp_path):
    path = tmp_path / "one.ipynb"
    nbformat.write(read_draft("%% id=a tags=nbval-ignore-output\nx = 1\n"), path)
    (_, cell) = notebooks.executed(path).cells
    assert cell.metadata == {"tags": ["nbval-ignore-output"]}
    assert notebooks.rewrite(path)
    (_, cell) = nbformat.read(path, as_version=4).cells
    assert cell.metadata == {}


@CHAPTERS
def test_without_torch_no_cell_of_a_chapter_fails(path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "torch", None)  # its import raises ImportError
    cells = [
        cell.source
        for cell in read(path).cells
        if notebooks.TORCH in cell.metadata.get("tags", [])
    ]
    space = {}
    for source in cells:
        exec(source, space)
    assert capsys.readouterr().out.count("PyTorch is not installed here") == bool(cells)
