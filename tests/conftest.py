"""What all tests share."""

from pathlib import Path

from hypothesis import settings

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

# The same examples in every run: a failure is a failure for everybody.
settings.register_profile("gdcourse", derandomize=True, deadline=None)
settings.load_profile("gdcourse")

COVERAGE = Path(__file__).with_name("coverage.toml")


def pytest_terminal_summary(terminalreporter):
    """Say what the course still lacks of the items in coverage.toml."""
    ran = terminalreporter.getreports("passed")
    if any("test_coverage.py" in report.nodeid for report in ran):
        table = tomllib.loads(COVERAGE.read_text("utf-8"))
        terminalreporter.write_line("Open in tests/coverage.toml:")
        for section in table.values():
            still = [name for name, place in section.items() if not place]
            terminalreporter.write_line(
                f"  {len(still)} of {len(section)}: {shortened(still)}"
            )


def shortened(names):
    """Write D1, D2, D3, D5 as D1-D3 D5."""
    runs = []
    for name in names:
        number = int(name[1:])
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    letter = names[0][0] if names else ""
    return " ".join(
        f"{letter}{first}" + (f"-{letter}{last}" if last > first else "")
        for first, last in runs
    )
