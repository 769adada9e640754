"""Training on batches, against loops written out, PyTorch, and itself continued."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdcourse import OPTIMIZERS, SURFACES, descend
from gdcourse.data import digits, split, standardise
from gdcourse.network import mlp
from gdcourse.optimizers import adam, gradient_descent, momentum
from gdcourse.schedules import warmup
from gdcourse.training import (
    Callback,
    batches,
    checkpoint,
    early_stopping,
    reduce_on_plateau,
    resume,
    train,
)

DATA = np.random.default_rng(7)
X, Y = DATA.normal(size=(24, 3)), DATA.integers(2, size=24)
LOST = np.where(np.arange(24) < 3, 0, np.inf)
NET = mlp([3, 5, 2], activation="tanh")


def fresh(seed=0):
    return np.random.default_rng(seed)


PLAIN = gradient_descent(0.1)


def fit(rule=PLAIN, epochs=3, size=6, model=NET, **settings):
    start = settings.pop("start", None) or model.init(fresh(1))
    settings = {"rng": fresh(2)} | settings
    return train(model, start, X, Y, rule, epochs, size, **settings)


def same(one, other):
    return all(np.all(one[name] == other[name]) for name in one.keys() | other.keys())


def close(one, other):
    return all(np.allclose(one[n], other[n], rtol=0, atol=1e-13) for n in one)


# Batches


# V19
@pytest.mark.parametrize(("drop_last", "count"), [(False, 313), (True, 312)])
@pytest.mark.parametrize("replace", [False, True])
def test_an_epoch_has_as_many_batches_as_the_samples_fill(drop_last, replace, count):
    found = list(batches(10_000, 32, fresh(), replace, drop_last))
    assert len(found) == count
    assert {len(rows) for rows in found[:-1]} == {32}


@given(n=st.integers(1, 60), size=st.integers(1, 60), drop_last=st.booleans())
def test_without_replacement_each_sample_comes_once(n, size, drop_last):
    size = min(size, n)
    found = np.concatenate(list(batches(n, size, fresh(n), drop_last=drop_last)))
    assert len(found) == (n // size * size if drop_last else n)
    assert len(set(found)) == len(found)
    ordered = np.concatenate(list(batches(n, size, None)))
    assert ordered.tolist() == list(range(n))


# K154
def test_the_batches_of_an_epoch_have_the_full_gradient_as_their_mean():
    start = NET.init(fresh())
    full = NET.gradients(start, X, Y)[1]
    parts = [NET.gradients(start, X[r], Y[r])[1] for r in batches(24, 6, fresh())]
    assert close(full, {n: np.mean([g[n] for g in parts], axis=0) for n in full})


# V16
def test_the_scatter_of_a_batchs_mean_falls_like_its_size():
    samples = fresh(3).normal(size=200)
    for size in (1, 4, 16, 64):
        drawn = (next(batches(200, size, fresh(i), replace=True)) for i in range(2000))
        means = np.array([samples[each].mean() for each in drawn])
        assert means.var() == pytest.approx(samples.var() / size, rel=0.15)


def test_with_replacement_each_draw_is_a_sample_of_all():
    drawn = [np.concatenate(list(batches(10, 4, fresh(s), True))) for s in range(2000)]
    assert {len(rows) for rows in drawn} == {12}  # three full batches
    for place in range(12):
        counts = np.bincount([rows[place] for rows in drawn], minlength=10)
        assert abs(counts - 200).max() < 5 * math.sqrt(200)
    assert any(len(set(rows[:4])) < 4 for rows in drawn)


# The loop


class OnSurface:
    """A surface as a model: the samples do not matter."""

    def __init__(self, surface):
        self.surface = surface

    def gradients(self, parameters, x, y, rng):
        (point,) = parameters.values()
        return self.surface(point), {"w": self.surface.gradient(point)}, {}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_on_a_surface_is_descending_it(name):
    rule, start = OPTIMIZERS[name](learning_rate=0.01), np.array([-4.0, 2.5])
    path = descend(SURFACES["bowl"], rule, start, steps=40)
    run = fit(rule, 10, model=OnSurface(SURFACES["bowl"]), start={"w": start})
    assert np.allclose(run.parameters["w"], path.x[-1], rtol=0, atol=1e-12)
    assert np.allclose(run.gradient_norm, np.linalg.norm(path.gradient, axis=1))
    if rule.probe is None:
        assert np.allclose(run.loss, path.loss[:-1])


def test_training_is_the_loop_written_out():
    parameters, rng = NET.init(fresh(1)), fresh(2)
    for _epoch in range(3):
        order = rng.permutation(24)
        for first in range(0, 24, 5):
            rows = order[first : first + 5]
            gradients = NET.gradients(parameters, X[rows], Y[rows])[1]
            parameters = {n: parameters[n] - 0.1 * g for n, g in gradients.items()}
    assert same(fit(size=5).parameters, parameters)


def test_training_follows_torch():
    torch = pytest.importorskip("torch", reason="torch is not installed")
    start = NET.init(fresh(1))
    theirs = {n: torch.tensor(v, requires_grad=True) for n, v in start.items()}
    w1, b1, w2, b2 = theirs.values()
    optimizer = torch.optim.Adam(theirs.values(), lr=0.01)
    x, y = torch.tensor(X), torch.tensor(Y)
    for _epoch in range(3):
        for first in range(0, 24, 5):
            rows = slice(first, first + 5)
            out = torch.tanh(x[rows] @ w1 + b1) @ w2 + b2
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(out, y[rows]).backward()
            torch.nn.utils.clip_grad_norm_(theirs.values(), 0.1)
            optimizer.step()
    run = fit(adam(0.01), size=5, shuffle=False, clip=0.1)
    for name, value in theirs.items():  # torch adds 1e-6 to the norm
        assert np.allclose(run.parameters[name], value.detach(), atol=1e-6)


# K48, with a last group of fewer and smaller batches
@pytest.mark.parametrize(("size", "accumulate"), [(6, 2), (3, 8), (5, 2)])
def test_accumulation_is_a_large_batch(size, accumulate):
    small = fit(adam(0.01), 4, size, accumulate=accumulate)
    large = fit(adam(0.01), 4, size * accumulate)
    assert len(small.updates) == len(large.updates)
    assert close(small.parameters, large.parameters)


def test_accumulation_is_not_a_large_batch_where_samples_meet():
    net = mlp([3, 5, 2], batch_norm=True)
    small = fit(adam(0.01), 1, 6, net, accumulate=2)
    large = fit(adam(0.01), 1, 12, net)
    assert not close(small.parameters, large.parameters)


# K115
def test_the_batches_that_are_left_over_make_an_update_too():
    assert len(fit(epochs=2, size=3, accumulate=3).updates) == 2 * 3


def test_clipping_bounds_the_norm_over_all_parameters():
    rule = gradient_descent(1)
    free, clipped = fit(rule, 1, 24), fit(rule, 1, 24, clip=0.05)
    start = NET.init(fresh(1))
    moved = np.concatenate([np.ravel(clipped.parameters[n] - start[n]) for n in start])
    assert np.linalg.norm(moved) == pytest.approx(0.05)
    assert clipped.gradient_norm == pytest.approx(free.gradient_norm)
    assert free.gradient_norm[0] > 0.05


class Counting(OnSurface):
    """A model with a running statistic: how many batches it has seen."""

    def gradients(self, parameters, x, y, rng):
        loss, gradients, _ = super().gradients({"w": parameters["w"]}, x, y, rng)
        return loss, gradients, {"seen": parameters["seen"] + 1}


def test_running_statistics_are_kept_and_not_stepped():
    start = {"w": np.ones(2), "seen": np.zeros(1)}
    model = Counting(SURFACES["bowl"])
    run = fit(adam(0.1), 2, model=model, start=start, accumulate=2)
    assert run.parameters["seen"] == 8
    assert start["seen"] == 0


def test_the_history_has_a_row_for_each_update_and_epoch():
    rule = gradient_descent(lambda step: 0.1 / (step + 1))
    run = fit(rule, 3, 5, validation=(X, Y))
    assert run.loss.shape == run.gradient_norm.shape == run.learning_rate.shape == (15,)
    assert np.allclose(run.learning_rate, 0.1 / np.arange(1, 16))
    assert np.allclose(run.training_loss, run.loss.reshape(3, 5).mean(axis=1))
    assert run.validation_loss[-1] == NET.loss(run.parameters, X, Y)
    right = NET.predict(run.parameters, X).argmax(axis=1) == Y
    assert run.accuracy[-1] == right.mean()
    assert repr(run) == "<Run: 3 epochs, 15 updates, epoch limit>"
    assert np.isnan(fit().validation_loss).all()


def test_a_limit_on_updates_ends_the_run_within_an_epoch():
    run = fit(epochs=5, updates=6)
    assert (len(run.updates), len(run.epochs), run.stopped) == (6, 1, "update limit")
    assert same(fit(epochs=0).parameters, NET.init(fresh(1)))


def test_a_run_that_diverges_stops_and_says_so():
    model = OnSurface(SURFACES["bowl"])
    run = fit(gradient_descent(1), 50, model=model, start={"w": np.array([-4, 2.5])})
    path = descend(SURFACES["bowl"], gradient_descent(1), [-4, 2.5], 50)
    assert run.stopped == path.stopped == "diverged"
    assert run.loss[-1] == pytest.approx(path.loss[-1])
    assert np.isfinite(run.parameters["w"]).all()
    lost = fit(gradient_descent(1e200), 5, clip=1e200)
    assert lost.stopped == "diverged"


class Interrupted(OnSurface):
    """A model in which someone presses Ctrl-C at the tenth batch."""

    asked = 0

    def gradients(self, *given):
        self.asked += 1
        if self.asked == 10:
            raise KeyboardInterrupt
        return super().gradients(*given)


def test_ctrl_c_returns_what_was_reached():
    start, bowl = {"w": np.array([-4, 2.5])}, SURFACES["bowl"]
    run = fit(epochs=5, model=Interrupted(bowl), start=start)
    assert (run.stopped, len(run.updates), len(run.epochs)) == ("interrupted", 9, 2)
    path = descend(bowl, gradient_descent(0.1), [-4, 2.5], 9)
    assert np.allclose(run.parameters["w"], path.x[-1])


def test_training_learns_the_digits():
    rng = fresh()
    training, held = split(*digits(), 0.25, rng)
    scale = standardise(training.x)
    run = train(
        *(model := mlp([64, 32, 10]), model.init(rng), scale(training.x), training.y),
        *(adam(0.01), 10, 32, rng),
        validation=(scale(held.x), held.y),
    )
    assert run.accuracy[-1] > 0.95
    assert run.accuracy[-1] > run.accuracy[0]


# Callbacks


def shown(callback, losses):
    """Show losses of epochs to a callback, and return what it answers."""
    run = fit(epochs=0)
    answers = []
    for epoch, loss in enumerate(losses):
        run.parameters = {"epoch": epoch}
        run.epochs.append(type("E", (), {"watched": loss}))
        answers.append(callback.after_epoch(run))
    return run, answers


@pytest.mark.parametrize(
    ("patience", "change", "losses", "stop", "best"),
    [
        (1, 0, [3, 2, 2], 2, 1),
        (2, 0, [3, 2, 5, 1, 1, 1], 5, 3),
        (3, 0, [3, 2, 5, 4, 3], 4, 1),
        (2, 0.5, [3, 2.6, 2.4, 2.2, 2.0], 4, 2),
        (2, 0.5, [3, 2.6, 2.6, 2.0], 2, 0),
    ],
)
def test_early_stopping_restores_the_best_epoch(patience, change, losses, stop, best):
    run, answers = shown(early_stopping(patience, change), losses[: stop + 1])
    assert answers == [""] * stop + ["no improvement"]
    assert run.parameters == {"epoch": best}


def test_a_run_stops_early_with_its_best_parameters():
    rule, held = gradient_descent(2.0), (X[::-1] + 1, Y)
    run = fit(rule, 500, 24, validation=held, callbacks=[early_stopping(4)])
    assert run.stopped == "no improvement"
    assert run.validation_loss.argmin() == len(run.epochs) - 5
    assert NET.loss(run.parameters, *held) == run.validation_loss.min()


# K107: the cut comes after patience + 1 epochs without progress
@pytest.mark.parametrize(
    ("settings", "losses", "rates"),
    [
        ({"patience": 2}, [1, 1, 1, 1, 1], [1, 1, 1, 0.5, 0.5]),
        ({"patience": 0}, [1, 2, 0.5, 0.6], [1, 0.5, 0.5, 0.25]),
        ({"patience": 0, "threshold": 0.1}, [1, 0.95, 0.8], [1, 0.5, 0.5]),
        ({"patience": 0, "cooldown": 1}, [1, 1, 1, 1], [1, 0.5, 0.5, 0.25]),
        ({"patience": 0, "floor": 0.3}, [1, 1, 1, 1], [1, 0.5, 0.3, 0.3]),
    ],
)
def test_the_rate_falls_on_a_plateau(settings, losses, rates):
    plateau, found = reduce_on_plateau(1.0, factor=0.5, **settings), []
    for loss in losses:
        plateau.observe(loss)
        found.append(plateau(0))
    assert found == rates


@given(
    losses=st.lists(st.sampled_from([1.0, 0.99995, 0.999, 0.9, 0.5, 2.0]), max_size=60),
    patience=st.integers(0, 4),
    cooldown=st.integers(0, 3),
    floor=st.sampled_from([0.0, 0.01]),
)
def test_the_plateau_is_that_of_torch(losses, patience, cooldown, floor):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.3)
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(
        optimizer, factor=0.2, patience=patience, cooldown=cooldown, min_lr=floor
    )
    ours = reduce_on_plateau(0.3, 0.2, patience, cooldown=cooldown, floor=floor)
    for loss in losses:
        theirs.step(loss)
        ours.observe(loss)
        assert ours(0) == optimizer.param_groups[0]["lr"]


@pytest.mark.parametrize("inside", [False, True])
def test_a_plateau_reaches_the_rate_of_the_rule(inside):
    rate = reduce_on_plateau(1e-9, factor=0.5, patience=1, threshold=0.5)
    rate.now["rate"] = 7.0  # forgotten when a run begins
    rule = gradient_descent(warmup(rate, 1) if inside else rate)
    run = fit(rule, 4, 24, callbacks=[rate] if inside else [])
    assert run.learning_rate.tolist() == [1e-9] * 4  # a cut below 1e-8 is none
    rate = reduce_on_plateau(1e-3, factor=0.5, patience=1, threshold=0.5)
    run = fit(momentum(warmup(rate, 1) if inside else rate), 5, 24, callbacks=[rate])
    assert run.learning_rate.tolist() == [1e-3] * 3 + [5e-4] * 2


# Checkpoints


DROPPING = mlp([3, 5, 2], batch_norm=True, dropout=0.2)


def long_run(epochs, start=None, **settings):
    rate = reduce_on_plateau(0.02, factor=0.5, patience=0, threshold=0.02)
    settings = {"callbacks": [early_stopping(50)], "validation": (X, Y)} | settings
    settings = {"rng": None if start else fresh(3)} | settings
    return fit(adam(rate), epochs, 5, DROPPING, start=start, **settings)


def test_a_resumed_run_is_the_run_that_was_never_interrupted(tmp_path):
    straight = long_run(10)
    checkpoint(long_run(4), tmp_path / "run.npz")
    start = resume(tmp_path / "run.npz", adam())
    resumed = long_run(10, start)
    assert same(straight.parameters, resumed.parameters)
    assert straight.updates == resumed.updates
    assert straight.epochs == resumed.epochs
    assert len(set(straight.learning_rate)) > 2  # the plateau was at work
    for name, state in straight.states.items():
        assert same(state._asdict(), resumed.states[name]._asdict())
    assert straight.rng.random() == resumed.rng.random()
    assert same(*(run.callbacks[0]["parameters"] for run in (straight, resumed)))
    assert straight.callbacks[1] == resumed.callbacks[1]


def test_going_on_leaves_the_earlier_run_alone():
    rng = fresh(3)
    half = long_run(4, rng=rng)
    rng.random()  # of no concern to the run
    first, second = long_run(10, half), long_run(10, half)
    assert same(first.parameters, long_run(10).parameters)
    assert same(first.parameters, second.parameters)
    assert (len(half.epochs), len(half.updates)) == (4, 20)


def test_a_run_saves_itself_after_each_epoch(tmp_path):
    path = tmp_path / "run.npz"
    run = long_run(3, save=path)
    saved = resume(path, adam())
    assert saved.epochs == run.epochs
    assert same(saved.parameters, run.parameters)
    assert [file.name for file in tmp_path.iterdir()] == ["run.npz"]
    with np.load(path, allow_pickle=False) as file:
        assert "/parameters/dense1.bias" in file


@pytest.mark.parametrize("kind", ["PCG64", "MT19937", "Philox", "SFC64"])
def test_every_kind_of_random_numbers_goes_on(kind, tmp_path):
    run = fit(rng=np.random.Generator(getattr(np.random, kind)(5)))
    checkpoint(run, tmp_path / "run.npz")
    again = resume(tmp_path / "run.npz", gradient_descent()).rng
    assert (again.random(9) == run.rng.random(9)).all()


def test_a_failed_write_leaves_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "run.npz"
    checkpoint(fit(epochs=1), path)
    before = path.read_bytes()

    def fails(file, **arrays):
        file.write(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez", fails)
    with pytest.raises(OSError, match="disk full"):
        checkpoint(fit(epochs=2), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# The bar


class Bar:
    """What tqdm is asked to show."""

    def __init__(self, total, initial, **look):
        Bar.shown, Bar.total = initial, total

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def update(self):
        Bar.shown += 1


def test_nobody_watching_sees_no_bar(capfd):
    fit(epochs=20)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("size", [5, 6, 7])
@pytest.mark.parametrize("drop_last", [False, True])
def test_a_terminal_sees_a_bar_that_fills(monkeypatch, size, drop_last):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr("tqdm.tqdm", Bar)
    run = fit(epochs=4, size=size, accumulate=3, drop_last=drop_last)
    assert Bar.shown == Bar.total == len(run.updates)
    fit(epochs=6, size=size, accumulate=3, drop_last=drop_last, start=run)
    assert Bar.shown == Bar.total == len(run.updates) * 6 / 4


# Bad input


def bad(**settings):
    return lambda: fit(**settings)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bad(size=0), "batch_size = 0 must be at least 1"),
        (bad(size=25), "A batch of size = 25 exceeds the 24 samples"),
        (bad(epochs=-1), "epochs = -1 must be at least 0"),
        (bad(epochs=1.5), "epochs = 1.5 must be a whole number"),
        (bad(accumulate=0), "accumulate = 0 must be at least 1"),
        (bad(updates=-1), "updates = -1 must be at least 0"),
        (bad(clip=0), "clip = 0 must be above zero"),
        (bad(rng=None), "rng = None must be a generator: np.random"),
        (bad(start=[1.0]), r"start = \[1.0\] must be model.init"),
        (bad(rule=adam), "adam takes 0 argument"),
        (bad(rule=0.1), "0.1 is not a rule"),
        (bad(callbacks=[3]), "3 is no callback"),
        (bad(validation=(X, Y[1:])), r"x has shape \(24, 3\) and y \(23,\)"),
        (bad(validation=(X * np.nan, Y)), r"x\[0, 0\] is nan: replace"),
        (lambda: train(NET, {}, X[:0], Y[:0], adam(), 1, 1), r"x has shape \(0, 3\)"),
        (
            lambda: train(NET, {}, X, LOST, adam(), 1, 1),
            r"y\[3\] is inf: replace",
        ),
        (lambda: fit(adam(), start=fit()), "GradientDescentState, which Adam cannot"),
        (lambda: long_run(9, long_run(1), callbacks=[]), r"had 2 callback\(s\), but"),
        (lambda: batches(0, 1, fresh()), "n = 0 must be at least 1"),
        (lambda: batches(9, 2, None, replace=True), "replace=True are random"),
        (lambda: early_stopping(-1), "patience = -1 must be at least 1"),
        (lambda: early_stopping(5, -0.1), "minimum_change = -0.1 must be zero or more"),
        (lambda: reduce_on_plateau(0.1, patience=-1), "patience = -1 must be at least"),
        (lambda: reduce_on_plateau(0.0), "rate = 0.0 must be above zero"),
        (lambda: reduce_on_plateau(0.1, factor=1.5), "factor = 1.5 must be below 1"),
        (lambda: resume("no.npz", adam()), "There is no checkpoint 'no.npz'"),
    ],
)
def test_bad_input_gets_one_sentence_with_its_value(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_what_is_no_checkpoint_is_refused(tmp_path):
    path = tmp_path / "run.npz"
    for write in (
        lambda: path.write_bytes(b"text"),
        lambda: path.write_bytes(b""),
        lambda: np.savez(path, x=X),
        lambda: path.write_bytes(b"PK\x03\x04 half a file"),
    ):
        write()
        with pytest.raises(ValueError, match=r"run.npz' holds no run: pass a file"):
            resume(path, adam())


def test_a_checkpoint_wants_its_own_rule_and_plain_values(tmp_path):
    path = tmp_path / "run.npz"
    checkpoint(fit(momentum(0.1)), path)
    with pytest.raises(ValueError, match="states of velocity, t, but Adam keeps m, v"):
        resume(path, adam())
    callback = Callback(secret=object())
    callback.after_epoch = lambda run: ""
    with pytest.raises(ValueError, match=r"secret = <object .* cannot be saved"):
        checkpoint(fit(callbacks=[callback]), path)
