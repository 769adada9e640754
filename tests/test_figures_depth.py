"""A deep network's lengths by layer, as Python declares and JavaScript runs them."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from gdcourse import plots
from gdcourse.figures import Depth
from gdcourse.figures.build import node_command
from gdcourse.figures.deep import KINDS, Deep, pool, weights_of

PURE = Path(__file__).parents[1] / "gdcourse" / "figures" / "js" / "pure"
POOL = pool(0)


def rates(width, activation, scale, depth=6, draws=20):
    """What an error is multiplied by a layer, on average, in many draws of weights."""
    deep = [Deep(depth, width, activation, scale, draw) for draw in range(draws)]
    errors = [each.sizes(POOL).errors for each in deep]
    return [(e[0] / e[-1]) ** (1 / (depth - 1)) for e in errors]


def in_javascript(figures):
    """Return lengths, bounds and first weights as the browser computes them."""
    script = f"""
        import * as depth from "{PURE.as_uri()}/depth.js";
        import * as deep from "{PURE.as_uri()}/deep.js";
        import {{ weightsOf }} from "{PURE.as_uri()}/network.js";
        const all = {json.dumps([figure.now for figure in figures])};
        console.log(JSON.stringify(all.map((settings) => {{
          const state = depth.begin(settings);
          const {{ activations, errors, gradients }} = deep.resultOf(state);
          const weights = [...weightsOf(state.world.pool, state.plan, 1)];
          const bounds = deep.boundsOf(state);
          return {{ activations, errors, gradients, bounds, weights }};
        }})));
    """
    node = [*node_command(), "--input-type=module"]
    run = subprocess.run(node, input=script, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


@pytest.mark.skipif(node_command() is None, reason="needs Node")
def test_python_and_javascript_run_the_same_network():
    figures = [
        Depth(depth=depth, width=width, activation=activation, scale=scale, seed=3)
        for activation in KINDS
        for depth, width, scale in [(6, 1, 1), (20, 3, 0.8), (5, 16, 0.3), (2, 256, 1)]
    ]
    figures[1].draw = 999
    for figure, theirs in zip(figures, in_javascript(figures), strict=True):
        ours, width = figure.sizes, figure.width
        for name in ("activations", "errors", "gradients"):
            assert theirs[name] == pytest.approx(getattr(ours, name), rel=1e-9), name
        assert theirs["bounds"] == pytest.approx(ours.bounds, rel=0.05)
        wanted = weights_of(figure.pool, figure.draw, 1, width)
        assert np.array_equal(np.reshape(theirs["weights"], (width, width)), wanted)


def test_the_pool_makes_normal_weights():
    weights = np.array([weights_of(POOL, 0, layer, 256) for layer in range(20)])
    assert weights.std() == pytest.approx(1, abs=2e-3)
    assert np.mean(np.abs(weights) < 1) == pytest.approx(0.683, abs=0.02)
    flat = weights.reshape(20, -1)
    assert np.abs(np.corrcoef(flat) - np.eye(20)).max() < 0.02
    assert np.linalg.norm(weights[0] / 16, 2) == pytest.approx(2, abs=0.05)


def test_a_chain_of_sigmoids_loses_about_a_quarter_a_layer():
    sizes = Deep(6, 1, "sigmoid", 1.0).sizes(POOL)
    factors = sizes.errors[:-1] / sizes.errors[1:]
    assert factors == pytest.approx([0.235, 0.227, 0.225, 0.225, 0.225], abs=5e-4)
    assert 0 < sizes.gradients[0] / sizes.gradients[-1] < 0.25**5 < 1e-3


@pytest.mark.parametrize("width", [2, 3, 4, 8, 16])
@pytest.mark.parametrize("scale", [1, 3, 8])
def test_small_sigmoid_networks_vanish_at_every_scale(width, scale):
    assert np.median(rates(width, "sigmoid", scale)) < 1


@pytest.mark.parametrize(
    ("width", "activation", "scale", "rate"),
    [
        (8, "sigmoid", 3, 0.65),
        (64, "sigmoid", 1, 0.89),
        (64, "sigmoid", 2, 1.17),
        (64, "sigmoid", 3, 1.4),
        (64, "tanh", 0.5, 1.55),
        (64, "relu", 1, 6),
        (64, "linear", 1, 8),
        (64, "tanh", 1 / 8, 0.92),
        (64, "relu", np.sqrt(2) / 8, 1),
        (64, "linear", 1 / 8, 1),
    ],
)
def test_wide_networks_explode_and_one_over_root_width_is_level(
    width, activation, scale, rate
):
    found = np.median(rates(width, activation, scale, depth=12, draws=10))
    assert found == pytest.approx(rate, rel=0.1)


@pytest.mark.parametrize("activation", KINDS)
def test_no_gradient_is_longer_than_its_bound(activation):
    for scale in (0.3, 1, 4):
        sizes = Deep(8, 4, activation, scale).sizes(POOL)
        assert (sizes.gradients <= sizes.bounds * (1 + 1e-9)).all()


def test_its_settings_are_small_and_may_be_set():
    figure = Depth(width=256)
    assert len(json.dumps(figure.settings)) < 5000
    figure.scale, figure.depth, figure.activation, figure.width = 0.5, 3, "relu", 4
    figure.moved = {"draw": 7}
    assert figure.sizes.gradients.shape == (3,)
    assert figure.now["draw"] == 7
    assert figure.alt.startswith(
        "A network of 3 layers with 4 units each, activation relu"
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"depth": 21}, "depth = 21 is too many here: pass at most 20"),
        ({"width": 5}, "width = 5 is not drawn: pass one of"),
        ({"width": 1.5}, "width = 1.5 is not drawn"),
        ({"activation": "softmax"}, "softmax"),
        ({"scale": 9}, "scale = 9 must lie between 0.02 and 8.0"),
        ({"scale": 0}, "scale = 0"),
        ({"seed": -1}, "seed = -1"),
    ],
)
def test_wrong_settings_are_refused(wrong, words):
    with pytest.raises(ValueError, match=words.replace("(", r"\(")):
        Depth(**wrong)


@pytest.mark.parametrize("settings", [{"depth": 1}, {"width": 64, "depth": 20}])
def test_its_still_says_what_it_shows(settings):
    figure = Depth(**settings)
    html = plots.still("depth", figure.settings, figure.alt)
    picture = ElementTree.fromstring(f"<div>{html}</div>").find(".//*[@role='img']")
    assert picture[0].text == figure.alt
