"""What the chapters say about PyTorch, tried where PyTorch is installed."""

import pytest

torch = pytest.importorskip(
    "torch", reason="PyTorch is not installed: pip install torch"
)


def slope_of_a_square():
    theta = torch.tensor([3.0], requires_grad=True)
    (theta**2).sum().backward()
    return theta


def test_a_parameter_refuses_the_plain_update_in_place():
    theta = slope_of_a_square()
    with pytest.raises(RuntimeError, match="leaf Variable"):
        theta -= 0.01 * theta.grad


def test_without_gradients_the_same_line_is_allowed():
    theta = slope_of_a_square()
    with torch.no_grad():
        theta -= 0.01 * theta.grad
    assert theta.item() == pytest.approx(3 - 0.01 * 6)


def test_backward_adds_to_the_gradients_that_are_there():
    theta = slope_of_a_square()
    (theta**2).sum().backward()
    assert theta.grad.item() == 2 * 6
