"""LAMB and Muon by hand, against singular values and against what resembles them."""

import numpy as np
import pytest

from gdcourse.optimizers import adamw, lamb, muon, newton_schulz
from gdcourse.optimizers.layerwise import QUINTIC
from recorded import close, gradients, replay


def test_two_steps_of_lamb_worked_by_hand():
    rule = lamb(0.5, beta1=0.5, beta2=0.75, epsilon=0.0, weight_decay=0.5)
    x, state = np.array([2.0, -2.0]), rule.init(np.ones(2))
    # m_hat / sqrt(v_hat) = (1, -1), so u = (2, -2) and the norms are equal.
    x, state = rule.step(x, np.array([4.0, -8.0]), state)
    assert x.tolist() == [1.0, -1.0]
    # m = (1, -2), v = (3, 12): m_hat / sqrt(v_hat) = (4/3, -4/3) / sqrt(3 / 0.4375).
    x, state = rule.step(x, np.zeros(2), state)
    assert (state.m.tolist(), state.v.tolist(), state.t) == ([1, -2], [3, 12], 2)
    assert x == pytest.approx([0.5, -0.5])  # half the length of x, whatever u's


def test_lambs_steps_are_a_share_of_the_weights_and_go_where_adamws_go():
    rows = gradients(2, 6).reshape(-1, 2, 3)
    x = replay(lamb(0.03, epsilon=1e-8), np.ones((2, 3)), rows)
    shares = np.linalg.norm(np.diff(x, axis=0), axis=(1, 2))
    assert np.allclose(shares / np.linalg.norm(x[:-1], axis=(1, 2)), 0.03)
    first = replay(adamw(0.03), np.ones((2, 3)), rows[:1])[1] - 1
    assert np.allclose(x[1] - 1, first * 0.03 * 6**0.5 / np.linalg.norm(first))


def test_lamb_trusts_fully_where_a_norm_is_zero():
    rule, zero = lamb(0.1), np.zeros(2)
    at_rest, _ = rule.step(zero, zero, rule.init(zero))  # and no warning of 0 / 0
    away, _ = rule.step(zero, np.array([3.0, -4.0]), rule.init(zero))
    assert at_rest.tolist() == [0, 0]
    assert away == pytest.approx([-0.1, 0.1])


@pytest.mark.parametrize("shape", [(3, 3), (5, 2), (2, 5), (1, 4)])
def test_newton_schulz_applies_its_polynomial_to_the_singular_values(shape):
    matrix = np.random.default_rng(3).normal(size=shape)
    left, s, right = np.linalg.svd(matrix, full_matrices=False)
    a, b, c = QUINTIC
    s = s / np.linalg.norm(matrix)
    for _ in range(5):
        s = a * s + b * s**3 + c * s**5
    close(newton_schulz(matrix, epsilon=0.0), left * s @ right)
    assert ((s > 0.68) & (s < 1.14)).all()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: newton_schulz([1.0, 2.0]), r"shape \(2,\): reshape it to"),
        (lambda: newton_schulz(np.eye(2), rounds=1.5), "rounds = 1.5 must be a whole"),
        (lambda: replay(muon(), np.ones((2, 3, 4)), [1.0]), r"shape \(2, 3, 4\)"),
    ],
)
def test_what_is_no_matrix_gets_one_sentence(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_two_steps_of_muon_worked_by_hand():
    rule = muon(learning_rate=0.5, beta=0.5, epsilon=0.0, weight_decay=0.25)
    x, state = np.array([4.0, 0.0]), rule.init(np.ones(2))
    length = newton_schulz(np.ones((1, 1)), epsilon=0.0)[0, 0]
    assert length == pytest.approx(0.69644, abs=5e-6)
    x, state = rule.step(x, np.array([3.0, 4.0]), state)  # g + 0.5 B = (4.5, 6)
    assert x == pytest.approx([4 - 0.5 * (0.6 * length + 1), -0.5 * 0.8 * length])
    before = x
    x, state = rule.step(x, np.array([-1.75, -2.0]), state)  # B = (-0.25, 0)
    assert (state.B.tolist(), state.t) == ([-0.25, 0.0], 2)
    way = np.array([-1.875, -2.0])  # g + 0.5 B
    assert x == pytest.approx(before * 0.875 - length * way / np.linalg.norm(way) / 2)


def test_muon_steps_further_in_a_tall_matrix_and_takes_a_vector_as_a_row():
    g = np.random.default_rng(4).normal(size=(8, 2))
    tall = replay(muon(0.1, weight_decay=0), np.zeros((8, 2)), [g])[1]
    wide = replay(muon(0.1, weight_decay=0), np.zeros((2, 8)), [g.T])[1]
    close(tall, 2 * wide.T)
    row = replay(muon(0.1), np.zeros((1, 8)), [g[:, :1].T])[1]
    close(replay(muon(0.1), np.zeros(8), [g[:, 0]])[1], row[0])


def test_muon_rests_where_there_is_no_gradient():
    x = replay(muon(0.1, weight_decay=0), np.ones((2, 2)), np.zeros((3, 2, 2)))
    assert (x == 1).all()


def test_muon_stays_near_that_of_torch_which_rounds_to_16_bits():
    torch = pytest.importorskip("torch", reason="torch is missing: pip install torch")
    rows = gradients(1, 12).reshape(-1, 4, 3)
    theirs = torch.ones(4, 3, dtype=torch.float64, requires_grad=True)
    made = torch.optim.Muon([theirs], lr=0.1, weight_decay=0.2)
    for row in rows:
        theirs.grad = torch.from_numpy(row)
        made.step()
    ours = replay(muon(0.1, weight_decay=0.2), np.ones((4, 3)), rows)[-1]
    close(ours, theirs.detach().numpy(), digits=0.03)
