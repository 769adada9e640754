"""A check in a real Jupyter kernel: shown once, stopped in time, interruptible."""

import os
import time

import pytest
from jupyter_client.manager import KernelManager


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    manager = KernelManager(kernel_name="python3")
    home = str(tmp_path_factory.mktemp("home"))
    manager.start_kernel(env={**os.environ, "GDCOURSE_HOME": home})
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def outputs(client, code):
    """Run one cell and return what it showed: text, HTML or the name of an error."""
    shown = []

    def keep(message):
        content = message["content"]
        if message["msg_type"] == "stream":
            shown.append(content["text"])
        elif "data" in content:
            shown.append(content["data"])
        elif "ename" in content:
            shown.append(content["ename"])

    client.execute_interactive(code, output_hook=keep, timeout=30)
    return shown


IMPORT = "from gdcourse.exercises import check, progress\n"
FOREVER = IMPORT + "def mine(x, g, lr):\n    while True:\n        pass\n"


def test_a_result_that_ends_a_cell_is_shown_once_with_html_and_text(kernel):
    code = IMPORT + "r = check('update-rule.step', lambda x, g, lr: x + lr * g)\nr"
    (shown,) = outputs(kernel[1], code)
    assert "you return 3.6" in shown["text/html"]
    assert "you return 3.6" in shown["text/plain"]
    (later,) = outputs(kernel[1], "r")
    assert later == shown


def test_an_endless_loop_is_stopped_and_the_kernel_goes_on(kernel):
    began = time.monotonic()
    shown, said = outputs(
        kernel[1], FOREVER + "check('update-rule.step', mine)\nprint('still here')"
    )
    assert "had not ended after 2 seconds" in shown["text/plain"]
    assert said == "still here\n"
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("leave", ["exit()", "quit()", "import sys; sys.exit()"])
def test_leaving_python_does_not_leave_the_kernel(kernel, leave):
    code = f"def mine(x, g, lr):\n    {leave}\ncheck('update-rule.step', mine)"
    (shown,) = outputs(kernel[1], IMPORT + code)
    assert "ends the whole program" in shown["text/plain"]
    time.sleep(0.3)  # a kernel that was asked to leave does so a moment later
    assert outputs(kernel[1], "print(6 * 7)") == ["42\n"]


def test_the_learners_line_is_quoted_from_the_cell(kernel):
    code = "def mine(x, g, lr):\n    return x - rate * g\n"
    (shown,) = outputs(kernel[1], IMPORT + code + "check('update-rule.step', mine)")
    assert "in your line `return x - rate * g`" in shown["text/plain"]


def test_interrupting_the_kernel_stops_a_check_at_once(kernel, tmp_path):
    manager, client = kernel
    running = tmp_path / "running"
    mine = f"def mine(x, g, lr):\n    open({str(running)!r}, 'w').close()\n"
    loop = "    while True:\n        pass\ncheck('update-rule.step', mine)"
    # After an error a kernel drops what is sent too soon, unless it is told not to.
    client.execute(IMPORT + mine + loop, stop_on_error=False)
    until = time.monotonic() + 30
    while not running.exists():
        assert time.monotonic() < until, "the check never began"
        time.sleep(0.01)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=10)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert outputs(client, "print(6 * 7)")[-1] == "42\n"


def test_progress_is_a_table_in_the_notebook(kernel):
    (shown,) = outputs(kernel[1], IMPORT + "progress()")
    assert "<progress max=" in shown["text/html"]
