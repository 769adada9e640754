"""Chapter 04 in a real JupyterLab: every cell runs, and its figures can be dragged."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from .conftest import ROOT

CHAPTER = ROOT / "book" / "04-the-update-rule.ipynb"
SETTINGS = {  # every cell stays in the page, and nothing is asked of the network
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
CELLS = "jupyterapp.shell.currentWidget.content.model.sharedModel.cells"
RUN = "() => jupyterapp.commands.execute('notebook:run-all-cells')"
READY = """() => jupyterapp.shell.currentWidget?.context?.isReady &&
  jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === "idle" """
OUTPUTS = f"""() => {CELLS}.filter((c) => c.cell_type === "code").map((cell) => ({{
  id: cell.id,
  tags: cell.getMetadata("tags") ?? [],
  count: cell.execution_count,
  errors: cell.outputs.filter((output) => output.output_type === "error")
    .map((output) => output.evalue),
}}))"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab that holds a copy of the chapter."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copy(CHAPTER, home)
    for name, values in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home / "log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options(home, port)],
        stdout=log,
        stderr=log,
        env=os.environ | folders(home),
    )
    try:
        yield answering(f"http://127.0.0.1:{port}", home / "log")
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def options(home, port):
    return [
        "--no-browser",
        "--allow-root",
        "--expose-app-in-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={home}",
        "--IdentityProvider.token=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]


def folders(home):
    """Nothing of the user's own configuration is read or changed."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")
    own = {name: str(home / name.lower()) for name in (*names, "IPYTHONDIR")}
    lab = {
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    return own | lab


def answering(address, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=5):
                return address
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not answer:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def notebook(browser, lab):
    """The chapter after all of its cells have run."""
    if not CHAPTER.exists():
        pytest.skip("there is no chapter 04 in book/")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)
    page.goto(f"{lab}/lab/tree/{CHAPTER.name}")
    page.wait_for_function("() => window.jupyterapp")
    page.wait_for_function(READY)
    page.evaluate(RUN)
    page.wait_for_function(READY)
    yield page
    page.close()


def test_every_cell_runs(notebook):
    outputs = notebook.evaluate(OUTPUTS)
    assert len(outputs) > 10
    for cell in outputs:
        assert cell["count"], f"{cell['id']} did not run"
        if "raises-exception" not in cell["tags"]:
            assert cell["errors"] == [], cell["id"]


@pytest.mark.parametrize("kind", ["curve", "line", "contours"])
def test_the_figure_can_be_dragged(notebook, kind):
    label = {"curve": "Ball", "line": "Intercept", "contours": "Start"}[kind]
    handle = notebook.get_by_label(label).and_(notebook.locator(".gd-handle")).first
    handle.scroll_into_view_if_needed()
    figure = notebook.locator(".gd-root").filter(has=handle).first
    before = figure.locator(".gd-status").inner_text()
    box = handle.locator(".gd-ball").bounding_box()
    notebook.mouse.move(box["x"] + 10, box["y"] + 10)
    notebook.mouse.down()
    notebook.mouse.move(box["x"] - 20, box["y"] - 20, steps=4)
    notebook.mouse.up()
    assert figure.locator(".gd-status").inner_text() != before


def test_the_quiz_answers_in_the_notebook(notebook):
    quiz = notebook.locator(".gd-quiz")
    quiz.get_by_label("It is caught in a local minimum.").check()
    quiz.locator("form").last.get_by_role("button", name="Check").click()
    assert "Not yet." in quiz.locator("form").last.inner_text()
