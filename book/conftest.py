"""Leave out the cells that need torch where nbval checks notebooks without it."""

from importlib.util import find_spec

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the cells tagged needs-torch, unless torch can be imported."""
    if find_spec("torch") is None:
        skip = pytest.mark.skip(reason="torch is not installed: pip install torch")
        for item in items:
            cell = getattr(item, "cell", None)
            if cell is not None and "needs-torch" in cell.metadata.get("tags", []):
                item.add_marker(skip)
