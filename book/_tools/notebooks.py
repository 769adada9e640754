"""Run the chapters and keep their notebooks in one canonical form.

    python book/_tools/notebooks.py [--check] [NOTEBOOK …]

The form: cell ids in words, execution counts 1, 2, 3, …, printed text and LaTeX kept,
pictures and error traces left out.  A cell that shows HTML or a widget keeps no output
and carries the tag nbval-ignore-output, which no other cell may carry.  A cell tagged
needs-torch keeps its stored output where torch cannot be imported.  The first code cell
makes gdcourse importable.  ``--check`` runs nothing: it only compares the form.
"""

from __future__ import annotations

import argparse
import copy
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat

from draft import KERNEL, WORDS
from setup_cell import write_setup
from site_execution import cache_folder  # from book/_ext: setup_cell knows the way

ROOT = Path(__file__).resolve().parents[2]
IGNORE = "nbval-ignore-output"
TORCH = "needs-torch"
RICH = {
    "application/javascript",
    "application/vnd.jupyter.widget-view+json",
    "text/html",
}


def chapters() -> list[Path]:
    """List the notebooks of the book in reading order."""
    return sorted((ROOT / "book").glob("*.ipynb"))


def canonical(notebook: Any) -> Any:
    """Return the notebook in canonical form; doing it twice changes nothing more."""
    notebook = copy.deepcopy(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    count = 0
    for cell in notebook.cells:
        cell.source = cell.source.strip("\n")
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            _tidy_outputs(cell)
        cell.metadata = _kept_metadata(cell.metadata)
    return notebook


def _tidy_outputs(cell: Any) -> None:
    """Keep what nbval can compare; hand the rest to the tag nbval-ignore-output."""
    if any(RICH & set(output.get("data", {})) for output in cell.outputs):
        if len(cell.outputs) > 1:
            raise ValueError(f"Cell {cell.id!r} shows HTML and prints too: split it.")
        cell.metadata.setdefault("tags", []).append(IGNORE)
        cell.outputs = []
    kept: list[Any] = []
    for output in cell.outputs:
        tidied = _tidy_output(output, cell)
        if kept and tidied.output_type == kept[-1].output_type == "stream":
            kept[-1].text += tidied.text
        else:
            kept.append(tidied)
    cell.outputs = kept


def _tidy_output(output: Any, cell: Any) -> Any:
    output = copy.deepcopy(output)
    if output.output_type == "stream" and output.name != "stdout":
        raise ValueError(f"Cell {cell.id!r} warns: {output.text.strip()!r}. Mend it.")
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]
    if output.output_type == "execute_result":
        output.execution_count = cell.execution_count
    if "data" in output:
        output.metadata = {}
        output.data = {
            kind: value
            for kind, value in output.data.items()
            if not kind.startswith("image/")
        }
    return output


def _kept_metadata(metadata: Any) -> dict[str, Any]:
    kept = {key: metadata[key] for key in ("mystnb",) if key in metadata}
    if tags := metadata.get("tags"):
        kept["tags"] = sorted(set(tags))
    return kept


def executed(path: Path) -> Any:
    """Run a notebook from top to bottom and return it with its fresh outputs."""
    notebook = nbformat.read(path, as_version=4)
    write_setup(notebook)
    for cell in notebook.cells:
        _take_name(cell)
    stored = copy.deepcopy(notebook.cells)
    _run(notebook, path.parent)
    for cell, before in zip(notebook.cells, stored, strict=True):
        if _lacks_torch(cell) and before.outputs:
            cell.outputs = before.outputs
    return notebook


def _run(notebook: Any, folder: Path) -> None:
    from nbclient import NotebookClient

    NotebookClient(
        notebook,
        timeout=300,
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
        extra_arguments=["--log-level=40"],  # else each kernel warns of its transport
    ).execute(env=os.environ | {"TQDM_DISABLE": "1"})  # nobody watches a bar here


def _lacks_torch(cell: Any) -> bool:
    return TORCH in cell.metadata.get("tags", []) and find_spec("torch") is None


def _take_name(cell: Any) -> None:
    """Use an id in words from the metadata, where an editor wrote it, as the cell's."""
    name = cell.metadata.pop("id", "")
    if WORDS.fullmatch(name):
        cell.id = name
    if not is_name(cell.id):
        raise ValueError(
            f"Cell {cell.id!r} ({cell.source[:40]!r} …) needs an id in words, such as "
            f"'first-loop'."
        )


def is_name(name: str) -> bool:
    """Say whether a cell id is in words, not the eight hex digits editors make up."""
    made_up = len(name) == 8 and not set(name) - set("0123456789abcdef")
    return bool(WORDS.fullmatch(name)) and not made_up


def text(notebook: Any) -> str:
    """Write a notebook as text: sorted keys, one final newline."""
    written: str = nbformat.writes(notebook)
    return written.rstrip("\n") + "\n"


def rewrite(path: Path) -> bool:
    """Run a notebook, write its canonical form, and say whether the file changed."""
    before, notebook = path.read_text("utf-8"), executed(path)
    for cell in notebook.cells:
        if IGNORE in cell.metadata.get("tags", []):  # stale, unless it earns it again
            cell.metadata.tags = [tag for tag in cell.metadata.tags if tag != IGNORE]
    after = text(canonical(notebook))
    path.write_text(after, "utf-8", newline="\n")
    return after != before


def faults(path: Path) -> Iterator[str]:
    """Say what keeps a notebook's file from being canonical."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if not is_name(cell.id):
            yield f"{path.name}: cell {cell.id!r} needs an id in words."
    fresh = copy.deepcopy(notebook)
    write_setup(fresh)
    if text(canonical(fresh)) != path.read_text("utf-8"):
        yield f"{path.name} is not in canonical form: run `make notebooks`."


def fill_cache() -> None:
    """Run the chapters that the site's cache lacks, several at a time."""
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    cache = get_cache(cache_folder())
    missing = []
    for path in chapters():
        try:
            cache.match_cache_file(str(path))
        except KeyError:
            missing.append(path)
    for path, notebook in each(executed, missing):
        bundle = CacheBundleIn(notebook, str(path))
        cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def each(work: Any, paths: Sequence[Path]) -> Iterator[tuple[Path, Any]]:
    """Do ``work`` on every notebook in parallel and say how far it is."""
    start = time.monotonic()
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for number, (path, result) in enumerate(
            zip(paths, pool.map(work, paths), strict=True), start=1
        ):
            seconds = time.monotonic() - start
            said = f"[notebook {number}/{len(paths)}] {path.name}: {seconds:.0f} s"
            print(said, flush=True)
            yield path, result


def main() -> int:
    """Rewrite or check the notebooks named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, run nothing")
    parser.add_argument("notebooks", nargs="*", type=Path)
    options = parser.parse_args()
    paths = options.notebooks or chapters()
    if options.check:
        found = [fault for path in paths for fault in faults(path)]
        print(*found, sep="\n", end="\n" if found else "")
        return len(found)
    for path, changed in each(rewrite, paths):
        print(f"{path}: {'rewritten' if changed else 'as it was'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
