"""A real browser, the built site over HTTP and from disk, what must never happen."""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("GDCOURSE_SITE", ROOT / "_build" / "html")).resolve()
PAGES = sorted(page.name for page in SITE.glob("*.html"))
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--enable-precise-memory-info --js-flags=--expose-gc "
    "--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"  # for WebGL
).split()
# Whatever a page asks for elsewhere fails, also where there is a network.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_generate_tests(metafunc):
    """Run every test that takes ``name`` on every page."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", PAGES or ["index.html"])


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium, or a skip that says how to get one."""
    found = filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), *NAMES)))
    path = next(found, None)
    if path is None:
        pytest.skip(
            "there is no Chromium: `sudo apt-get install chromium` brings one, or set "
            "CHROMIUM to the path of yours"
        )
    return path


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=[*FLAGS, ALONE]
        )
        yield browser
        browser.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line in the log for each."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def bases():
    """Where the site stands: {"http": address, "file": address}."""
    if not PAGES:
        pytest.skip("there is no site in _build/html: run `make book`")
    handler = functools.partial(Quiet, directory=SITE)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {"http": f"http://127.0.0.1:{server.server_port}", "file": SITE.as_uri()}
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser, bases):
    """Open a page; at the end, fail if any page complained or called elsewhere."""
    contexts, problems = [], []

    def open_page(name, base="http", width=1280, height=900, **options):
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        watch(page, problems)
        page.goto(f"{bases[base]}/{name}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def wake(figures):
    """Scroll to each figure, as a reader does: it comes to life before it is seen."""
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        figure.locator(".gd-status").wait_for()
    return figures


def watch(page, problems):
    """Collect errors, warnings and requests that leave this computer."""

    def heard(message):
        if "GL Driver Message" in message.text:  # WebGL without a graphics card is slow
            return
        if message.type in ("error", "warning"):
            problems.append(f"console: {message.text}")

    def asked(request):
        parts = urlsplit(request.url)
        if parts.scheme not in ("file", "data", "blob") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            problems.append(f"asked for {request.url}")

    def failed(request):
        if "ERR_ABORTED" not in request.failure:  # left unread by a page that closed
            problems.append(f"failed: {request.url} {request.failure}")

    page.on("console", heard)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("request", asked)
    page.on("requestfailed", failed)


@pytest.fixture
def show(browser, tmp_path):
    """Open a figure as a page of its own and return it."""
    contexts, problems = [], []

    def open_page(figure, width=900, **options):
        from gdcourse.figures.page import standalone

        file = tmp_path / "figure.html"
        file.write_text(standalone(figure), "utf-8")
        viewport = {"width": width, "height": 900}
        contexts.append(browser.new_context(viewport=viewport, **options))
        page = contexts[-1].new_page()
        watch(page, problems)
        page.goto(file.as_uri())
        return wake(page.locator("figure.gd-figure"))

    yield open_page
    for context in contexts:
        context.close()
    assert not problems
