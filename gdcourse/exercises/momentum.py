"""The exercises of chapter 08, momentum."""

# Answers are written as learners write them, without types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gdcourse.exercises.schema import Chapter, Counted, Exercise, Mistake

Inputs = Iterator[tuple[Any, ...]]

CHAPTER = Chapter(
    "08",
    "Momentum",
    "08-momentum",
    sections={
        "by-hand": "A step that keeps nine tenths of the last",
        "velocity-rule": "A step that keeps nine tenths of the last",
        "two-forms": "What the velocity remembers",
        "regimes-derived": "Creeping, swinging, and the middle",
        "looking-first": "Nesterov: look before you step",
        "valley-rules": "What momentum does not promise",
    },
)


# Three steps, each with more blanks ---------------------------------------------------


def three_steps(slope, x, alpha, beta):
    """Return the points after one, two and three updates."""
    # Step 1, from rest.
    g1 = slope(x)
    v1 = g1
    x1 = x - alpha * v1
    # Step 2.
    g2 = slope(x1)
    v2 = beta * v1 + g2
    x2 = x1 - alpha * v2
    # Step 3.
    g3 = slope(x2)
    v3 = beta * v2 + g3
    x3 = x2 - alpha * v3
    return x1, x2, x3


def _draw_slopes(rng: np.random.Generator) -> Inputs:
    """Yield the parabola of the text, a shifted one, a quartic, and any others."""
    parabola = Counted(lambda x: 2 * x, "2*x")
    yield parabola, 4.0, 0.1, 0.9
    yield Counted(lambda x: 6 * (x - 1), "6*(x - 1)"), -2.0, 0.05, 0.5
    yield Counted(lambda x: x**3, "x**3"), 1.5, 0.2, 0.8
    yield parabola, -3.0, 0.3, 0.0
    for _ in range(4):
        start, rate = float(rng.uniform(-2, 2)), float(rng.uniform(0.05, 0.3))
        beta = float(rng.uniform(0.3, 0.95))
        yield Counted(lambda x: x**3 + x, "x**3 + x"), start, rate, beta


def _three(
    velocity: Callable[..., Any] = lambda v, g, alpha, beta: beta * v + g,
    move: Callable[..., Any] = lambda x, v, g, alpha, beta: x - alpha * v,
    first: Callable[..., Any] = lambda g, alpha, beta: g,
    look: Callable[..., Any] = lambda points: points[-1],
) -> Callable[..., Any]:
    """Return three steps with one of their parts exchanged."""

    def answer(slope, x, alpha, beta):
        points, v = [x], None
        for _ in range(3):
            g = slope(look(points))
            v = first(g, alpha, beta) if v is None else velocity(v, g, alpha, beta)
            points.append(move(points[-1], v, g, alpha, beta))
        return tuple(points[1:])

    return answer


def _three_without_velocity(slope, x, alpha, beta):
    """Repeat Polyak's form, which needs the last two points and no velocity."""
    points = [x, x]
    for _ in range(3):
        now, before = points[-1], points[-2]
        points.append(now + beta * (now - before) - alpha * slope(now))
    return points[2:]


def _three_by_sums(slope, x, alpha, beta):
    """Weight each earlier slope by a power of beta."""
    slopes, points = [], [x]
    for t in range(3):
        slopes.append(slope(points[-1]))
        velocity = sum(beta ** (t - k) * g for k, g in enumerate(slopes))
        points.append(points[-1] - alpha * velocity)
    return dict(zip(("x1", "x2", "x3"), points[1:], strict=True))


def _three_with_rate_inside(slope, x, alpha, beta):
    v, points = 0.0, []
    for _ in range(3):
        v = beta * v - alpha * slope(x)
        x = x + v
        points.append(x)
    return np.array(points)


def _three_restarted(slope, x, alpha, beta):
    x1, x2, _ = three_steps(slope, x, alpha, beta)
    return x1, x2, x2 - alpha * (beta * slope(x) + slope(x2))


def _three_lagging(slope, x, alpha, beta):
    x1, x2, _ = three_steps(slope, x, alpha, beta)
    v2 = beta * slope(x) + slope(x1)
    return x1, x2, x2 - alpha * (beta * v2 + slope(x1))


def _three_from(pick: Callable[..., Any]) -> Callable[..., Any]:
    """Return three steps of which the last begins at ``pick(x, x1)``."""

    def answer(slope, x, alpha, beta):
        x1, x2, x3 = three_steps(slope, x, alpha, beta)
        return x1, x2, x3 - x2 + pick(x, x1)

    return answer


def _third(velocity: Callable[..., Any], rate: bool = True) -> Callable[..., Any]:
    """Return three steps of which the last has ``velocity(v1, v2, g3, beta)``."""

    def answer(slope, x, alpha, beta):
        g1 = slope(x)
        x1, x2, _ = three_steps(slope, x, alpha, beta)
        v2 = beta * g1 + slope(x1)
        v3 = velocity(g1, v2, slope(x2), beta)
        return x1, x2, x2 - (alpha if rate else 1) * v3

    return answer


def _three_looking_ahead(slope, x, alpha, beta):
    v, points = 0.0, []
    for _ in range(3):
        v = beta * v + slope(x - alpha * beta * v)
        x = x - alpha * v
        points.append(x)
    return points


def _three_velocities(slope, x, alpha, beta):
    x1, x2, x3 = three_steps(slope, x, alpha, beta)
    return (x - x1) / alpha, (x1 - x2) / alpha, (x2 - x3) / alpha


STEPS = Exercise(
    id="momentum.three-steps",
    chapter=CHAPTER,
    title="Three steps, fading",
    prompt=(
        "Complete three_steps(slope, x, alpha, beta): three updates of momentum from "
        "rest, v = beta*v + gradient, then x = x - alpha*v. Step 1 is worked out. Step "
        "2 has one blank, and of step 3 only the names are left. slope(x) is the "
        "derivative of the loss. Return (x1, x2, x3)."
    ),
    reference=three_steps,
    starter="""
def three_steps(slope, x, alpha, beta):
    # Step 1, worked out: the velocity starts at zero.
    g1 = slope(x)
    v1 = g1
    x1 = x - alpha * v1
    # Step 2: one blank.
    g2 = slope(x1)
    v2 = ...
    x2 = x1 - alpha * v2
    # Step 3: differentiate, accumulate, move.
    g3 = ...
    v3 = ...
    x3 = ...
    return x1, x2, x3
""",
    returns=("x1", "x2", "x3"),
    draw=_draw_slopes,
    mistakes=(
        Mistake(
            "no memory",
            _three(velocity=lambda v, g, alpha, beta: g),
            "Your velocity is the newest slope alone, so this is plain descent: "
            "nothing of the step before is kept.",
            "by-hand",
        ),
        Mistake(
            "average",
            (
                _three(velocity=lambda v, g, alpha, beta: beta * v + (1 - beta) * g),
                _three(
                    first=lambda g, alpha, beta: (1 - beta) * g,
                    velocity=lambda v, g, alpha, beta: beta * v + (1 - beta) * g,
                ),
            ),
            "You weight the new slope with 1 - beta: that is the averaging form. Here "
            "the new slope enters in full, as it does in step 1.",
            "two-forms",
        ),
        Mistake(
            "beta on both",
            _three(velocity=lambda v, g, alpha, beta: beta * (v + g)),
            "You multiply the new slope by beta too. Only the old velocity fades.",
            "by-hand",
        ),
        Mistake(
            "beta on the slope",
            _three(velocity=lambda v, g, alpha, beta: v + beta * g),
            "You multiply the new slope by beta and keep the whole old velocity, so "
            "nothing is ever lost to friction.",
            "by-hand",
        ),
        Mistake(
            "no friction",
            _three(velocity=lambda v, g, alpha, beta: v + g),
            "Your velocity adds up all slopes and forgets none: beta is not used. Such "
            "a ball never comes to rest.",
            "by-hand",
        ),
        Mistake(
            "brake",
            _three(velocity=lambda v, g, alpha, beta: g - beta * v),
            "The old velocity enters with a minus, so it works against the ball's "
            "motion instead of carrying it on.",
            "by-hand",
        ),
        Mistake(
            "rate inside too",
            _three(velocity=lambda v, g, alpha, beta: beta * v + alpha * g),
            "The slope is multiplied by the rate in the velocity, and then once more "
            "in the move: after step 1 you hardly feel it.",
            "two-forms",
        ),
        Mistake(
            "uphill",
            _three(move=lambda x, v, g, alpha, beta: x + alpha * v),
            "You add the velocity. It is made of slopes, which point uphill.",
            "by-hand",
        ),
        Mistake(
            "last step from rest",
            _three_restarted,
            "In step 3 you take beta times the velocity of step 1. It must be the "
            "newest one, which already holds the older ones.",
            "by-hand",
        ),
        Mistake(
            "stale slope",
            (
                _three(look=lambda points: points[0]),
                _three(look=lambda points: points[max(len(points) - 2, 0)]),
                _three_lagging,
            ),
            "You use a slope from a point that the ball has already left. In each step "
            "it is taken where the ball is now.",
            "by-hand",
        ),
        Mistake(
            "from an older point",
            (_three_from(lambda x, x1: x1), _three_from(lambda x, x1: x)),
            "Your third step is the right one, but it starts from an older point. The "
            "ball is at x2 by then.",
            "by-hand",
        ),
        Mistake(
            "third step without memory",
            _third(lambda v1, v2, g3, beta: g3),
            "Steps 1 and 2 are right. In step 3 the ball moves along its slope alone: "
            "the velocity of step 2 is lost.",
            "by-hand",
        ),
        Mistake(
            "third step without the rate",
            _third(lambda v1, v2, g3, beta: beta * v2 + g3, rate=False),
            "Steps 1 and 2 are right. The third moves by the whole velocity: the rate "
            "is missing.",
            "by-hand",
        ),
        Mistake(
            "the first counted twice",
            (
                _third(lambda v1, v2, g3, beta: beta * (v1 + v2) + g3),
                _third(lambda v1, v2, g3, beta: beta**2 * v1 + beta * v2 + g3),
            ),
            "Steps 1 and 2 are right. In step 3 you add the velocity of step 1 once "
            "more, which the velocity of step 2 already holds.",
            "by-hand",
        ),
        Mistake(
            "third step fades twice",
            (
                _third(lambda v1, v2, g3, beta: beta**2 * v2 + g3),
                _third(lambda v1, v2, g3, beta: beta**3 * v2 + g3),
            ),
            "Steps 1 and 2 are right. In step 3 a power of beta stands before the old "
            "velocity. It fades by one beta a step; the powers come by themselves.",
            "by-hand",
        ),
        Mistake(
            "third step averages",
            _third(lambda v1, v2, g3, beta: beta * v2 + (1 - beta) * g3),
            "Steps 1 and 2 are right. In step 3 you weight the new slope with 1 - "
            "beta, as the averaging form does. Here it enters in full.",
            "two-forms",
        ),
        Mistake(
            "new slope left out",
            _three(velocity=lambda v, g, alpha, beta: beta * v),
            "From step 2 on your velocity only fades: the new slope is not added.",
            "by-hand",
        ),
        Mistake(
            "Nesterov",
            _three_looking_ahead,
            "You ask for the slope where the old velocity would lead: that is "
            "Nesterov's form. This ball asks where it stands.",
            "looking-first",
        ),
        Mistake(
            "velocities for points",
            _three_velocities,
            "These are the three velocities. Asked for is where the ball is after each "
            "step.",
            "by-hand",
        ),
        Mistake(
            "slope subtracted",
            _three(velocity=lambda v, g, alpha, beta: beta * v - g),
            "From step 2 on the new slope is subtracted in the velocity, and the "
            "velocity from x: two minus signs, so the slope pushes uphill.",
            "by-hand",
        ),
        Mistake(
            "the part that is lost",
            _three(velocity=lambda v, g, alpha, beta: (1 - beta) * v + g),
            "You keep the part 1 - beta of the old velocity. That is the part which "
            "friction takes.",
            "by-hand",
        ),
        Mistake(
            "numbers of the example",
            (
                _three(velocity=lambda v, g, alpha, beta: 0.9 * v + g),
                lambda slope, x, alpha, beta: three_steps(
                    lambda z: 2 * z, x, alpha, beta
                ),
            ),
            "The example of the text comes out right, and others do not: a number of "
            "the example stands in your code, where beta or slope(…) belongs.",
            "by-hand",
        ),
    ),
    also_right={
        "two points and no velocity": _three_without_velocity,
        "weighted sums of slopes, as a dictionary": _three_by_sums,
        "the rate inside the velocity, with its sign": _three_with_rate_inside,
        "a loop": _three(),
    },
    hints=(
        "Step 1 shows the three lines. What is new in step 2 is that there is an old "
        "velocity; which part of it is kept?",
        "The velocity becomes beta times the old velocity plus the slope where the "
        "ball is now. Each step uses the numbers of the step before.",
        "Fill the blanks:\n\n    v2 = beta * ____ + ____\n"
        "    g3 = slope(____)\n    v3 = ____ * v2 + ____\n    x3 = ____ - alpha * ____",
    ),
    explanation=(
        "All steps are the same three lines; step 1 only looks simpler because there "
        "is no velocity yet. Written out, v3 is g3 + beta*g2 + beta**2*g1: each slope "
        "fades by beta at every step, and none is lost at once."
    ),
)


# One update of many parameters --------------------------------------------------------


def step(x, velocity, gradient, learning_rate, beta):
    """Return the new parameters and the new velocity."""
    velocity = beta * velocity + gradient
    x = x - learning_rate * velocity
    return x, velocity


def _draw_steps(rng: np.random.Generator) -> Inputs:
    """Yield one number, arrays at rest and moving, zero slopes and no memory."""
    yield 3.2, 8.0, 6.4, 0.1, 0.9
    yield 1.0, -2.0, 0.5, 0.3, 0.6
    yield np.array([1.0, -2.0]), np.zeros(2), np.array([4.0, 1.0]), 0.05, 0.9
    yield np.array([1.0, 2.0]), np.array([3.0, -1.0]), np.zeros(2), 0.1, 0.5
    yield np.array([2.0, 0.5]), np.array([1.0, 4.0]), np.array([0.3, -2.0]), 0.2, 0.0
    for shape in ((3,), (5,), (2, 3), (40,)):
        x, velocity, gradient = rng.normal(0, 2, (3, *shape))
        rate, beta = rng.uniform(0.01, 0.3), rng.uniform(0.2, 0.99)
        yield x, velocity, gradient, float(rate), float(beta)


def _one(
    velocity: Callable[..., Any] = lambda v, g, alpha, beta: beta * v + g,
    move: Callable[..., Any] = lambda x, new, old, g, alpha: x - alpha * new,
    give: Callable[..., Any] = lambda x, v: (x, v),
) -> Callable[..., Any]:
    """Return the update with one of its parts exchanged."""

    def answer(x, v, g, alpha, beta):
        new = velocity(v, g, alpha, beta)
        return give(move(x, new, v, g, alpha), new)

    return answer


def _step_in_place(x, velocity, gradient, learning_rate, beta):
    velocity *= beta
    velocity += gradient
    x = x - learning_rate * velocity
    return x, velocity


def _step_all_in_place(x, velocity, gradient, learning_rate, beta):
    velocity *= beta
    velocity += gradient
    x -= learning_rate * velocity
    return x, velocity


def _step_by_loops(x, v, g, alpha, beta):
    shape = np.shape(x)
    flat = zip(np.ravel(x), np.ravel(v), np.ravel(g), strict=True)
    pairs = [(p - alpha * (beta * u + s), beta * u + s) for p, u, s in flat]
    return tuple(np.reshape(column, shape) for column in zip(*pairs, strict=True))


def _step_by_copies(x, velocity, gradient, learning_rate, beta):
    new = np.array(velocity, dtype=float)
    new *= beta
    new += gradient
    return {"x": x - learning_rate * new, "velocity": new}


def _step_in_parts(x, v, g, alpha, beta):
    return np.array([x - alpha * beta * v - alpha * g, beta * v + g])


ONE = Exercise(
    id="momentum.step",
    chapter=CHAPTER,
    title="One update with momentum",
    prompt=(
        "Write step(x, velocity, gradient, learning_rate, beta): one update in the "
        "form of PyTorch, v = beta*v + g, then x = x - alpha*v. x, velocity and "
        "gradient are numbers or arrays of one shape, which stay as they are. Return "
        "(x, velocity), both new."
    ),
    reference=step,
    starter="""
def step(x, velocity, gradient, learning_rate, beta):
    velocity = ...
    x = ...
    return x, velocity
""",
    returns=("x", "velocity"),
    draw=_draw_steps,
    mistakes=(
        Mistake(
            "old velocity moves",
            _one(move=lambda x, new, old, g, alpha: x - alpha * old),
            "Your velocity is right, but x moves with the one from before: this "
            "gradient has no effect until the next update. First the velocity, then x.",
            "velocity-rule",
        ),
        Mistake(
            "average",
            _one(velocity=lambda v, g, alpha, beta: beta * v + (1 - beta) * g),
            "You weight the gradient with 1 - beta. That averaging form is a rule of "
            "its own: at the same learning rate its steps become 1/(1 - beta) times "
            "smaller.",
            "two-forms",
        ),
        Mistake(
            "swapped weights",
            _one(velocity=lambda v, g, alpha, beta: (1 - beta) * v + g),
            "You keep the part 1 - beta of the old velocity. With beta = {beta} that "
            "would be the part that is lost.",
            "velocity-rule",
        ),
        Mistake(
            "rate inside too",
            _one(velocity=lambda v, g, alpha, beta: beta * v + alpha * g),
            "The gradient meets the learning rate twice: in the velocity and again "
            "when x moves.",
            "two-forms",
        ),
        Mistake(
            "rate inside",
            _one(
                velocity=lambda v, g, alpha, beta: beta * v + alpha * g,
                move=lambda x, new, old, g, alpha: x - new,
            ),
            "You put the learning rate into the velocity. Many texts do, and at a "
            "constant rate the points agree with a velocity kept in that form. The "
            "velocity that you are given here is free of the rate.",
            "two-forms",
        ),
        Mistake(
            "uphill",
            _one(move=lambda x, new, old, g, alpha: x + alpha * new),
            "Your velocity is right, but x moves along it, and it is made of "
            "gradients, which point uphill.",
            "velocity-rule",
        ),
        Mistake(
            "negative velocity",
            (
                _one(
                    velocity=lambda v, g, alpha, beta: beta * v - g,
                    move=lambda x, new, old, g, alpha: x + alpha * new,
                ),
                _one(
                    velocity=lambda v, g, alpha, beta: beta * v - alpha * g,
                    move=lambda x, new, old, g, alpha: x + new,
                ),
            ),
            "You subtract the gradient in the velocity and add the velocity to x. From "
            "rest that is the same path. But here the velocity that comes in is a sum "
            "of gradients with their own sign, and yours works against it.",
            "velocity-rule",
        ),
        Mistake(
            "no memory",
            _one(move=lambda x, new, old, g, alpha: x - alpha * g),
            "Your velocity is right, but x moves along the gradient alone, as in "
            "plain descent.",
            "velocity-rule",
        ),
        Mistake(
            "no friction",
            _one(velocity=lambda v, g, alpha, beta: v + g),
            "beta is not used: your velocity keeps all of the past.",
            "velocity-rule",
        ),
        Mistake(
            "beta on the gradient",
            _one(velocity=lambda v, g, alpha, beta: v + beta * g),
            "The gradient is multiplied by beta, and the whole old velocity is kept: "
            "the two have changed places.",
            "velocity-rule",
        ),
        Mistake(
            "no rate",
            _one(move=lambda x, new, old, g, alpha: x - new),
            "Your velocity is right, but x moves by the whole of it: the learning rate "
            "is missing.",
            "velocity-rule",
        ),
        Mistake(
            "gradient twice",
            _one(move=lambda x, new, old, g, alpha: x - alpha * new - alpha * g),
            "Your velocity is right, but x moves by the gradient once more, which the "
            "velocity already holds.",
            "velocity-rule",
        ),
        Mistake(
            "old velocity returned",
            lambda x, v, g, alpha, beta: (x - alpha * (beta * v + g), v),
            "Your x is right, but the velocity that you return is the old one, so the "
            "next update would know nothing of this gradient.",
            "velocity-rule",
        ),
        Mistake(
            "average with its own rate",
            lambda x, v, g, alpha, beta: (
                x - alpha / (1 - beta) * (beta * v + (1 - beta) * g),
                beta * v + (1 - beta) * g,
            ),
            "That is the averaging form with its converted rate. From rest it takes "
            "the same path. But the velocity that comes in here is a sum, and yours "
            "is a mean.",
            "two-forms",
        ),
        Mistake(
            "beta on both",
            _one(velocity=lambda v, g, alpha, beta: beta * (v + g)),
            "The new gradient is multiplied by beta too. Only the old velocity fades.",
            "velocity-rule",
        ),
        Mistake(
            "both weights exchanged",
            _one(velocity=lambda v, g, alpha, beta: (1 - beta) * v + beta * g),
            "In your velocity the new gradient has the weight beta and the past 1 - "
            "beta. beta belongs to the past; and in this form the gradient enters in "
            "full.",
            "two-forms",
        ),
        Mistake(
            "gradient left out",
            _one(velocity=lambda v, g, alpha, beta: beta * v),
            "Your velocity only fades: the gradient is never added.",
            "velocity-rule",
        ),
        Mistake(
            "old part moves",
            _one(move=lambda x, new, old, g, alpha: x - alpha * (new - g)),
            "Your velocity is right, but x moves by its old part alone: this gradient "
            "is missing there.",
            "velocity-rule",
        ),
        Mistake(
            "beta in the move",
            lambda x, v, g, alpha, beta: (
                x - alpha * beta * (beta * v + g),
                beta * v + g,
            ),
            "Your velocity is right, but x moves by beta times it. beta has done its "
            "work in the velocity; the move has only the rate.",
            "velocity-rule",
        ),
        Mistake(
            "rate converted",
            (
                lambda x, v, g, alpha, beta: (
                    x - alpha / (1 - beta) * (beta * v + g),
                    beta * v + g,
                ),
                lambda x, v, g, alpha, beta: (
                    x - alpha * (1 - beta) * (beta * v + g),
                    beta * v + g,
                ),
            ),
            "Your velocity is right, but 1 - beta has come into the move. It converts "
            "a rate from one form to the other; this rate fits this form already.",
            "two-forms",
        ),
        Mistake(
            "gradient with a minus",
            (
                _one(velocity=lambda v, g, alpha, beta: beta * v - g),
                _one(
                    velocity=lambda v, g, alpha, beta: beta * v - alpha * g,
                    move=lambda x, new, old, g, alpha: x - new,
                ),
            ),
            "The gradient is subtracted in the velocity, and the velocity from x: two "
            "minus signs, so the gradient pushes uphill.",
            "velocity-rule",
        ),
        Mistake(
            "the step for x",
            (
                _one(move=lambda x, new, old, g, alpha: -alpha * new),
                _one(move=lambda x, new, old, g, alpha: alpha * new),
            ),
            "Your velocity is right. Your x is the step alone; asked for is the place "
            "to which it leads from the old x.",
            "velocity-rule",
        ),
        Mistake(
            "the step for the velocity",
            (
                lambda x, v, g, alpha, beta: (
                    x - alpha * (beta * v + g),
                    -alpha * (beta * v + g),
                ),
                lambda x, v, g, alpha, beta: (
                    x - alpha * (beta * v + g),
                    alpha * (beta * v + g),
                ),
            ),
            "Your x is right. As velocity you return the step, in which the rate is "
            "contained; the velocity of this form is free of the rate.",
            "velocity-rule",
        ),
        Mistake(
            "velocity changed in place",
            _step_in_place,
            "With `velocity *= beta` or `+=` you change the caller's array, so a state "
            "that was kept for later is no longer what it was. Make a new array.",
            "velocity-rule",
        ),
        Mistake(
            "everything changed in place",
            _step_all_in_place,
            "Both arrays of the caller are changed: a recorded path would hold the "
            "same last point in every row. Make new arrays.",
            "velocity-rule",
        ),
        Mistake(
            "Nesterov",
            lambda x, v, g, alpha, beta: (
                x - alpha * (g + beta * (beta * v + g)),
                beta * v + g,
            ),
            "Your velocity is right, and x moves by the gradient plus beta times the "
            "new velocity: that is Nesterov's update. Asked for is the plain one.",
            "looking-first",
        ),
        Mistake(
            "swapped",
            _one(give=lambda x, v: (v, x)),
            "The two are in the wrong order: first x, then the velocity.",
            "velocity-rule",
        ),
    ),
    also_right={
        "a loop over coordinates": _step_by_loops,
        "copies and a dictionary": _step_by_copies,
        "written out, as one array": _step_in_parts,
    },
    hints=(
        "Two lines. Which of the two results is needed for the other?",
        "The new velocity is the old one, faded by beta, plus the gradient. x then "
        "moves by the learning rate times the new velocity.",
        "Fill the blanks:\n\n    velocity = ____ * velocity + ____\n"
        "    x = x - ____ * ____",
    ),
    explanation=(
        "The velocity comes first, because x moves along the new one. Both lines make "
        "new arrays; nothing of the caller's is touched. It is rule `momentum` of the "
        "library and `torch.optim.SGD(momentum=beta)`, letter by letter."
    ),
)


# Critical damping ---------------------------------------------------------------------


def critical(curvature, learning_rate):
    """Return the critical beta, and the factor per step."""
    root = np.sqrt(learning_rate * curvature)
    factor = 1 - root
    beta = factor**2
    return beta, factor


def _draw_parabolas(rng: np.random.Generator) -> Inputs:
    """Yield the parabola of the text, a steep, a flat one, and others."""
    yield 2.0, 0.02
    yield 1.0, 0.25
    yield 100.0, 0.0036
    yield 0.01, 0.5
    for _ in range(5):
        curvature, product = 10 ** rng.uniform(-1, 2), rng.uniform(0.01, 0.9)
        yield float(curvature), float(product / curvature)


def _damped(
    beta: Callable[..., Any] = lambda s: (1 - s) ** 2,
    factor: Callable[..., Any] = lambda s: 1 - s,
    root: Callable[..., Any] = lambda alpha, curvature: np.sqrt(alpha * curvature),
) -> Callable[..., Any]:
    """Return both numbers by formulas of the root of rate times curvature."""

    def answer(curvature, learning_rate):
        s = root(learning_rate, curvature)
        return beta(s), factor(s)

    return answer


def _critical_by_halving(curvature, learning_rate):
    """Halve the interval between creeping and swinging."""
    low, high = 0.0, 1.0
    for _ in range(60):
        beta = (low + high) / 2
        middle = 1 + beta - learning_rate * curvature
        low, high = (beta, high) if middle**2 > 4 * beta else (low, beta)
    return {"beta": low, "factor": low**0.5}


def _critical_by_the_equation(curvature, learning_rate):
    """Solve beta**2 - 2*(1 + p)*beta + (1 - p)**2 = 0 for the smaller root."""
    p = learning_rate * curvature
    beta = (1 + p) - ((1 + p) ** 2 - (1 - p) ** 2) ** 0.5
    return [beta, (1 + beta - p) / 2]


CRITICAL = Exercise(
    id="momentum.critical",
    chapter=CHAPTER,
    title="Choose beta: critical damping",
    prompt=(
        "Write critical(curvature, learning_rate) for momentum on a parabola whose "
        "second derivative is `curvature`, at a rate below 1/curvature. Return (beta, "
        "factor): the largest beta with which the ball does not swing, and the factor "
        "by which its distance from the minimum shrinks per step in the long run."
    ),
    reference=critical,
    returns=("beta", "factor"),
    draw=_draw_parabolas,
    mistakes=(
        Mistake(
            "not squared",
            _damped(beta=lambda s: 1 - s),
            "With beta = {got_beta} the ball still swings. Where its two modes meet, "
            "their common size is the *root* of beta.",
            "regimes-derived",
        ),
        Mistake(
            "no root",
            (
                _damped(root=lambda alpha, curvature: alpha * curvature),
                _damped(
                    root=lambda alpha, curvature: alpha * curvature,
                    beta=lambda s: 1 - s,
                ),
            ),
            "You use rate times curvature where its root belongs. 1 minus that product "
            "is the factor of *plain* descent, without any momentum.",
            "regimes-derived",
        ),
        Mistake(
            "beta of plain descent",
            _damped(beta=lambda s: 1 - s**2),
            "Your factor is right. Your beta is 1 minus rate times curvature, which "
            "is what plain descent leaves of the distance. Beta is the square of the "
            "factor.",
            "regimes-derived",
        ),
        Mistake(
            "root of the wrong thing",
            _damped(factor=lambda s: np.sqrt(1 - s)),
            "Your beta is right. The factor is the root of *beta*; yours is the root "
            "of something larger.",
            "regimes-derived",
        ),
        Mistake(
            "small steps",
            _damped(beta=lambda s: 1 - 2 * s),
            "That is the friction of physics, which holds in the limit of small steps. "
            "It leaves out the square of the root, and here the steps are not small.",
            "regimes-derived",
        ),
        Mistake(
            "factor is beta",
            _damped(factor=lambda s: (1 - s) ** 2),
            "Your beta is right. But the distance does not shrink by beta in each "
            "step: the product of *two* modes is beta, and here they are equal.",
            "regimes-derived",
        ),
        Mistake(
            "factor of plain descent",
            _damped(factor=lambda s: 1 - s**2),
            "Your beta is right. Your factor is that of plain descent, {got_factor}, "
            "as if the velocity brought nothing.",
            "regimes-derived",
        ),
        Mistake(
            "the part that is lost",
            _damped(factor=lambda s: s),
            "Your beta is right. Your factor is the part of the distance that is "
            "*lost* in a step; asked for is what remains.",
            "regimes-derived",
        ),
        Mistake(
            "what is lost, twice",
            _damped(beta=lambda s: s**2, factor=lambda s: s),
            "Your factor is the part of the distance that is *lost* in a step, and "
            "your beta is its square. Asked for is what remains.",
            "regimes-derived",
        ),
        Mistake(
            "root for square",
            _damped(beta=lambda s: np.sqrt(1 - s)),
            "Your factor is right. Your beta is its root, and beta is its square: the "
            "product of two modes that are equal.",
            "regimes-derived",
        ),
        Mistake(
            "of two directions",
            _damped(
                beta=lambda s: ((1 - s) / (1 + s)) ** 2,
                factor=lambda s: (1 - s) / (1 + s),
            ),
            "That is the formula for two directions, at a rate that is tuned for both. "
            "Here is one direction, and its rate is given.",
            "regimes-derived",
        ),
        Mistake(
            "the other solution",
            _damped(beta=lambda s: (1 + s) ** 2, factor=lambda s: 1 + s),
            "Your beta is above 1: with it the ball gains speed by itself. The "
            "equation has two solutions; take the other.",
            "regimes-derived",
        ),
        Mistake(
            "Nesterov's",
            _damped(beta=lambda s: (1 - s) / (1 + s)),
            "That beta is critical for Nesterov's rule, whose look-ahead damps in "
            "addition. The plain ball swings with it.",
            "looking-first",
        ),
        Mistake(
            "swapped",
            _damped(beta=lambda s: 1 - s, factor=lambda s: (1 - s) ** 2),
            "These two are in the wrong order: first beta, then the factor.",
            "regimes-derived",
        ),
        Mistake(
            "root of the rate alone",
            (
                _damped(root=lambda alpha, curvature: np.sqrt(alpha) * curvature),
                _damped(root=lambda alpha, curvature: np.sqrt(alpha)),
                _damped(root=lambda alpha, curvature: np.sqrt(curvature / alpha)),
            ),
            "Rate and curvature only count as a product: halve one, double the other, "
            "and the run is the same. In your formula it is not.",
            "regimes-derived",
        ),
        Mistake(
            "curvature off by two",
            (
                _damped(root=lambda alpha, curvature: np.sqrt(2 * alpha * curvature)),
                _damped(root=lambda alpha, curvature: np.sqrt(alpha * curvature / 2)),
            ),
            "You are off by a factor of two in the curvature: it is the second "
            "derivative, which for x**2 is 2, and for x**2/2 is 1.",
            "regimes-derived",
        ),
    ),
    also_right={
        "halving between the regimes": _critical_by_halving,
        "the quadratic equation": _critical_by_the_equation,
        "an array": lambda c, a: (1 - np.sqrt(a * c)) ** np.array([2, 1]),
    },
    hints=(
        "Swinging begins where z**2 - (1 + beta - p)*z + beta = 0, with p the rate "
        "times the curvature, stops having real solutions.",
        "There the discriminant is zero: (1 + beta - p)**2 = 4*beta. Take roots on "
        "both sides and solve for the root of beta. The double solution z is the "
        "factor.",
        "Fill the blanks:\n\n    root = np.sqrt(____)\n    factor = 1 - ____\n"
        "    beta = ____\n    return beta, factor",
    ),
    explanation=(
        "From 1 + beta - p = 2*sqrt(beta) follows (1 - sqrt(beta))**2 = p, so "
        "sqrt(beta) = 1 - sqrt(p). The double solution is z = sqrt(beta), and its size "
        "is the factor per step.\n\nPlain descent at the same rate shrinks by 1 - p. "
        "For p = 0.01 that is 0.99 against 0.9: more than ten times as many steps."
    ),
)


# Nesterov's look-ahead ----------------------------------------------------------------


def nesterov_step(slope, x, velocity, alpha, beta):
    """Take the slope where the velocity alone would lead."""
    ahead = x - beta * velocity
    velocity = beta * velocity + alpha * slope(ahead)
    x = x - velocity
    return x, velocity


BOWL = np.array([2.0, 8.0])


def _draw_looks(rng: np.random.Generator) -> Inputs:
    """Yield a parabola, from rest and moving, a curve that is none, and a bowl."""
    yield Counted(lambda x: 2 * x, "2*x"), 2.0, 0.5, 0.1, 0.9
    yield Counted(lambda x: 4 * x**3, "4*x**3"), 1.0, 0.0, 0.05, 0.8
    yield Counted(lambda x: 4 * x**3, "4*x**3"), 1.5, -0.4, 0.02, 0.5
    for _ in range(5):
        slope = Counted(lambda x: BOWL * x + x**3, "[2, 8]*x + x**3")
        x, velocity = rng.normal(0, [[2.0], [0.5]], (2, 2))
        rate, beta = rng.uniform(0.01, 0.1), rng.uniform(0.3, 0.95)
        yield slope, x, velocity, float(rate), float(beta)


def _look(
    ahead: Callable[..., Any] = lambda x, v, alpha, beta: x - beta * v,
    velocity: Callable[..., Any] = lambda v, g, alpha, beta: beta * v + alpha * g,
    move: Callable[..., Any] = lambda x, new, ahead, alpha: x - new,
    trial: bool = False,
) -> Callable[..., Any]:
    """Return the look-ahead step with one of its parts exchanged."""

    def answer(slope, x, v, alpha, beta):
        point = ahead(x, v, alpha, beta)
        if trial:
            point = x - beta * v - alpha * slope(x)
        new = velocity(v, slope(point), alpha, beta)
        return move(x, new, point, alpha), new

    return answer


def _look_twice(slope, x, v, alpha, beta):
    new = beta * v + alpha * slope(x)
    new = beta * v + alpha * slope(x - beta * new)
    return x - new, new


def _look_after(slope, x, v, alpha, beta):
    x = x - beta * v
    v = alpha * slope(x)
    return x - v, v


def _look_from_ahead(slope, x, v, alpha, beta):
    ahead = x - beta * v
    new = ahead - alpha * slope(ahead)
    return [new, x - new]


def _look_by_arrays(slope, x, v, alpha, beta):
    x, v = np.asarray(x, dtype=float), np.asarray(v, dtype=float)
    push = alpha * np.asarray(slope(x - beta * v))
    return np.stack([x - beta * v - push, beta * v + push])


def _look_with_sign(slope, x, v, alpha, beta):
    back = -np.asarray(v)
    back = beta * back - alpha * slope(x + beta * back)
    return {"x": x + back, "velocity": -back}


LOOK = Exercise(
    id="momentum.nesterov",
    chapter=CHAPTER,
    title="The look-ahead of Nesterov",
    prompt=(
        "Write nesterov_step(slope, x, velocity, alpha, beta): one update in the "
        "original form, with the rate inside the velocity. With g the slope at the "
        "point to which beta times the old velocity would lead, v = beta*v + alpha*g "
        "and x = x - v. slope(x) is a function. Return (x, velocity)."
    ),
    reference=nesterov_step,
    starter="""
def nesterov_step(slope, x, velocity, alpha, beta):
    ahead = ...
    velocity = ...
    x = ...
    return x, velocity
""",
    returns=("x", "velocity"),
    draw=_draw_looks,
    mistakes=(
        Mistake(
            "no look-ahead",
            _look(ahead=lambda x, v, alpha, beta: x),
            "You take the slope at x itself: that is the heavy ball, which looks first "
            "and then rolls on.",
            "looking-first",
        ),
        Mistake(
            "backwards",
            _look(ahead=lambda x, v, alpha, beta: x + beta * v),
            "You look behind: x moves by *minus* the velocity, and so must the point "
            "at which you look.",
            "looking-first",
        ),
        Mistake(
            "too far ahead",
            _look(ahead=lambda x, v, alpha, beta: x - v),
            "You look at x - velocity. The old velocity will have faded by beta before "
            "it moves anything.",
            "looking-first",
        ),
        Mistake(
            "rate in the look",
            (
                _look(ahead=lambda x, v, alpha, beta: x - alpha * beta * v),
                _look(ahead=lambda x, v, alpha, beta: x - alpha * v),
            ),
            "You look too near: this velocity already contains the rate, and you "
            "multiply by it once more.",
            "two-forms",
        ),
        Mistake(
            "rate twice",
            _look(move=lambda x, new, ahead, alpha: x - alpha * new),
            "Your velocity is right, but x moves by the rate times it. The rate is "
            "inside the velocity already.",
            "two-forms",
        ),
        Mistake(
            "no rate",
            (
                _look(
                    velocity=lambda v, g, alpha, beta: beta * v + g,
                    move=lambda x, new, ahead, alpha: x - alpha * new,
                ),
                _look(velocity=lambda v, g, alpha, beta: beta * v + g),
            ),
            "Your velocity lacks the rate. In PyTorch's form it does, but there the "
            "look-ahead is another, and so is the velocity that comes in.",
            "two-forms",
        ),
        Mistake(
            "from the point ahead",
            _look(move=lambda x, new, ahead, alpha: ahead - new),
            "Your velocity is right, but you subtract it from the point ahead, to "
            "which the old velocity has already led: it moves you twice.",
            "looking-first",
        ),
        Mistake(
            "uphill",
            _look(velocity=lambda v, g, alpha, beta: beta * v - alpha * g),
            "The new slope is subtracted in the velocity, and the velocity from x: two "
            "minus signs, so the slope pushes uphill.",
            "looking-first",
        ),
        Mistake(
            "velocity added",
            _look(move=lambda x, new, ahead, alpha: x + new),
            "Your velocity is right, but you add it to x. It is made of slopes, which "
            "point uphill.",
            "looking-first",
        ),
        Mistake(
            "old velocity moves",
            lambda slope, x, v, alpha, beta: (
                x - v,
                beta * v + alpha * slope(x - beta * v),
            ),
            "Your velocity is right, but x moves by the one from before. First the "
            "velocity, then x.",
            "looking-first",
        ),
        Mistake(
            "no friction",
            _look(velocity=lambda v, g, alpha, beta: v + alpha * g),
            "Your look-ahead fades the velocity by beta, but the new velocity keeps "
            "all of the old one.",
            "looking-first",
        ),
        Mistake(
            "beta on both",
            _look(velocity=lambda v, g, alpha, beta: beta * (v + alpha * g)),
            "The new slope is multiplied by beta too. Only the old velocity fades.",
            "looking-first",
        ),
        Mistake(
            "point for slope",
            lambda slope, x, v, alpha, beta: (
                x - beta * v - alpha * (x - beta * v),
                beta * v + alpha * (x - beta * v),
            ),
            "The point ahead itself has come into your velocity, where its slope "
            "belongs: ask slope for it.",
            "looking-first",
        ),
        Mistake(
            "ahead of zero",
            (
                _look(ahead=lambda x, v, alpha, beta: beta * v),
                _look(ahead=lambda x, v, alpha, beta: -beta * v),
            ),
            "You look at beta times the velocity as if x were zero. That is how far "
            "the look goes, and it starts at x.",
            "looking-first",
        ),
        Mistake(
            "ahead with the new velocity",
            _look_twice,
            "You look ahead with the *new* velocity of a plain step, which asks for "
            "two slopes. The look-ahead needs the old velocity, and one slope.",
            "looking-first",
        ),
        Mistake(
            "PyTorch's form",
            lambda slope, x, v, alpha, beta: (
                x - alpha * (slope(x) + beta * (beta * v + slope(x))),
                beta * v + slope(x),
            ),
            "That is the second form, PyTorch's: it takes the slope at x, has the rate "
            "outside, and follows another point. Asked for is the original one.",
            "looking-first",
        ),
        Mistake(
            "point ahead returned",
            _look(move=lambda x, new, ahead, alpha: ahead),
            "Your velocity is right, but as x you return the point where you looked. "
            "From there the new slope has to act too.",
            "looking-first",
        ),
        Mistake(
            "old velocity dropped",
            _look(velocity=lambda v, g, alpha, beta: alpha * g),
            "Your new velocity holds the last push alone, and x moves by that: the old "
            "velocity served to look, and is then forgotten.",
            "looking-first",
        ),
        Mistake(
            "other sign",
            lambda slope, x, v, alpha, beta: (
                x + beta * v - alpha * slope(x + beta * v),
                beta * v - alpha * slope(x + beta * v),
            ),
            "You add the velocity to x, as texts do whose velocity points downhill. "
            "Here it points uphill, made of slopes, and is subtracted.",
            "looking-first",
        ),
        Mistake(
            "slope after a trial step",
            _look(trial=True),
            "You look at the point to which a whole plain step leads, and ask for the "
            "slope twice. The look-ahead uses the old velocity alone.",
            "looking-first",
        ),
        Mistake(
            "swapped",
            lambda slope, x, v, alpha, beta: nesterov_step(slope, x, v, alpha, beta)[
                ::-1
            ],
            "The two are in the wrong order: first x, then the velocity.",
            "looking-first",
        ),
        Mistake(
            "velocity lost",
            _look_after,
            "Your x is right, but the velocity that you return holds the last push "
            "alone: from the next step on the past is forgotten.",
            "looking-first",
        ),
        Mistake(
            "average",
            _look(velocity=lambda v, g, alpha, beta: beta * v + (1 - beta) * alpha * g),
            "You weight the new slope with 1 - beta, as an average does. Here it "
            "enters in full.",
            "two-forms",
        ),
    ),
    also_right={
        "a step from the point ahead": _look_from_ahead,
        "arrays": _look_by_arrays,
        "a velocity with the other sign inside": _look_with_sign,
    },
    hints=(
        "Only one line differs from momentum: where the slope is asked for.",
        "Before the slope is known, the velocity would carry x to x - beta*velocity. "
        "Ask there; then velocity and x as usual, from where x was.",
        "Fill the blanks:\n\n    ahead = x - ____\n"
        "    velocity = beta * velocity + alpha * slope(____)\n    x = ____ - velocity",
    ),
    explanation=(
        "The part beta*velocity of the next move is already certain, so the slope is "
        "taken at the end of it. If it has become steep there, the correction comes a "
        "step earlier than the heavy ball's. It costs one slope, as before."
    ),
)


# Any rule through Rosenbrock's valley -------------------------------------------------

BUDGET = 499
NEAR = 0.01


class Valley(Counted):
    """The slope of Rosenbrock's valley, moved, with a limit on how often it is asked.

    >>> Valley((0.0, 0.0))(np.array([-1.5, 2.0]))
    array([-155.,  -50.])
    """

    def __init__(self, shift: tuple[float, float]) -> None:
        self.minimum = np.array(shift) + 1

        def slope(x: Any) -> Any:
            x = np.asarray(x, dtype=float)
            a, b = x[..., 0] - shift[0], x[..., 1] - shift[1]
            wall = 200 * (b - a**2)
            return np.stack([-2 * (1 - a) - 2 * a * wall, wall], axis=-1)

        where = "moved to another place" if any(shift) else "where it always is"
        super().__init__(slope, f"the slope of Rosenbrock's valley, {where}", BUDGET)

    def off(self, point: Any) -> float:
        """Return how far a point is from the minimum."""
        return float(np.linalg.norm(point - self.minimum))

    def wall(self, point: Any) -> float:
        """Return how far a point is above or below the floor of the valley."""
        a, b = point - (self.minimum - 1)
        return float(abs(b - a**2))


def reach(slope, start):
    """Return a point near the minimum, with under 500 slopes."""
    x, velocity = np.array(start), np.zeros(2)
    for _ in range(499):
        velocity = 0.95 * velocity + slope(x)
        x = x - 0.002 * velocity
    return x


def _draw_valleys(rng: np.random.Generator) -> Inputs:
    """Yield three starts in the valley, and the same three in a moved one."""
    for shift in ((0.0, 0.0), (0.6, -0.4)):
        for start in ((-1.5, 2.0), (-1.2, 1.0), (0.0, 0.0)):
            yield Valley(shift), np.array(start) + shift


def _walk(
    update: Callable[..., Any],
    steps: int = BUDGET,
    give: Callable[..., Any] | None = None,
) -> Callable[..., Any]:
    """Return a walk by ``update(x, g, memory, t)`` for so many steps."""

    def answer(slope, start):
        x, memory = np.array(start), np.zeros((2, 2))
        with np.errstate(all="ignore"):
            for t in range(1, steps + 1):
                x, memory = update(x, slope(x), memory, t)
        return give(slope, x) if give else x

    return answer


def _heavy(alpha: float, beta: float) -> Callable[..., Any]:
    def update(x, g, memory, t):
        memory = beta * memory + g
        return x - alpha * memory[0], memory

    return update


def _quick_adam(x, g, memory, t):
    m, s = 0.9 * memory[0] + 0.1 * g, 0.9 * memory[1] + 0.1 * g**2
    move = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.9**t)) + 1e-8)
    return x - 0.02 * move, np.array([m, s])


def _newton_walk(slope, start):
    """Newton's steps, with second derivatives from differences of slopes."""
    x = start.copy()
    while np.linalg.norm(g := slope(x)) > 1e-6:
        columns = [(slope(x + h) - g) / 1e-6 for h in 1e-6 * np.eye(2)]
        x = x - np.linalg.solve(np.array(columns).T, g)
    return x


def _walk_that_stops_early(slope, start):
    x, velocity, asked = np.array(start, dtype=float), 0.0, 0
    while asked < BUDGET:
        g, asked = slope(x), asked + 1
        if np.linalg.norm(g) < 1e-5:
            break
        velocity = 0.95 * velocity + 0.0015 * g
        x = x - velocity
    return [list(x)]


def _walk_without_end(slope, start):
    x = np.array(start)
    while np.linalg.norm(g := slope(x)) > 1e-6:
        x = x - 0.001 * g
    return x


def _arrived(inputs, point) -> bool:
    return bool(np.size(point) == 2 and inputs["slope"].off(np.ravel(point)) <= NEAR)


def _on_the_floor(inputs, got, right) -> bool:
    point = np.ravel(got[0])
    near = np.size(point) == 2 and np.abs(point).max() < 5
    return bool(near and inputs["slope"].wall(point) < 0.05)


def _one_step(inputs, got, right) -> bool:
    """Tell whether the way from the start to the point runs along its first slope."""
    if np.size(got[0]) != 2:
        return False
    way = np.ravel(got[0]) - inputs["start"]
    along = inputs["slope"].function(inputs["start"])
    across = abs(way[0] * along[1] - way[1] * along[0])
    size = np.linalg.norm(way) * np.linalg.norm(along)
    return bool(np.isfinite(size) and size > 0 and across <= 1e-9 * size)


def _somewhere(inputs, got, right) -> bool:
    return bool(np.size(got[0]) == 2 and np.abs(got[0]).max() < 100)


REACH = Exercise(
    id="momentum.valley",
    chapter=CHAPTER,
    title="Through the valley, in under 500 slopes",
    prompt=(
        "Write reach(slope, start): ask slope(x) fewer than 500 times and return a "
        "point within 0.01 of the minimum of Rosenbrock's valley. Any rule and any "
        "settings will do, the same for all starts: (-1.5, 2), (-1.2, 1) and (0, 0), "
        "and these three again in a valley that was moved, so that its minimum is "
        "somewhere else. start is an array, which stays as it is."
    ),
    reference=reach,
    starter="""
def reach(slope, start):
    x = np.array(start)
    ...
    return x
""",
    returns=("point",),
    draw=_draw_valleys,
    holds=lambda slope, start, point: slope.off(point) <= NEAR,
    seconds=10.0,  # an answer may use PyTorch, whose first optimizer loads slowly
    mistakes=(
        Mistake(
            "by heart",
            lambda slope, start: np.array([1.0, 1.0]),
            "You return the minimum that you know by heart. This valley was moved, "
            "and only its slopes can say where to.",
            "valley-rules",
            like=lambda inputs, got, right: (
                _arrived(inputs, got[0]) == (inputs["slope"].minimum[0] == 1)
            ),
        ),
        Mistake(
            "stands still",
            lambda slope, start: start,
            "You return the start: in your loop x is never replaced by a new point.",
            "valley-rules",
        ),
        Mistake(
            "slope for a point",
            _walk(_heavy(0.002, 0.95), 400, lambda slope, x: slope(x)),
            "All that you return is next to zero. It looks like the slope at the end, "
            "where the point is asked for.",
            "valley-rules",
            like=lambda inputs, got, right: bool(np.abs(got[0]).max() < 0.1),
        ),
        Mistake(
            "loop without end",
            _walk_without_end,
            "Fewer than 500 are allowed, in all: a loop over range(500) asks once too "
            "often. A test on the slope's size is fine, "
            "but it is met too late or never: count the slopes too, and find a rule "
            "that is quicker along the floor.",
            "valley-rules",
        ),
        Mistake(
            "one step",
            (_walk(_heavy(0.002, 0.95), 1), _walk(_heavy(0.0005, 0.9), 1)),
            "You return the point after a single step. Perhaps the return stands "
            "inside the loop; move it to the left, below the loop.",
            "valley-rules",
            like=_one_step,
        ),
        Mistake(
            "creeping along the floor",
            (
                _walk(_heavy(0.0015, 0.0)),
                _walk(_heavy(0.0008, 0.5)),
                _walk(_heavy(0.002, 0.95), 40),
            ),
            "At the end you are on the floor of the valley, but not at its lowest "
            "point. The walls limit the rate, and at that rate the gentle slope along "
            "the floor needs more steps, or a longer memory.",
            "valley-rules",
            like=lambda inputs, got, right: (
                _arrived(inputs, got[0]) or _on_the_floor(inputs, got, right)
            ),
        ),
        Mistake(
            "still swinging",
            (
                _walk(_heavy(0.0005, 0.999)),
                _walk(_quick_adam, give=lambda slope, x: x + 0.5),
            ),
            "You end beside the floor of the valley: the run has neither arrived nor "
            "blown up. It still swings, with too long a memory or too large a step "
            "for the end.",
            "regimes-derived",
            like=_somewhere,
        ),
        Mistake(
            "blown up",
            (_walk(_heavy(0.005, 0.9)), _walk(_heavy(-0.001, 0.9))),
            "This run leaves the valley for good. Either the rate is too large for the "
            "steep walls, or a sign is wrong and you walk uphill.",
            "regimes-derived",
            like=lambda inputs, got, right: np.size(got[0]) == 2,
        ),
    ),
    also_right={
        "momentum that stops by itself": _walk_that_stops_early,
        "Adam with a short memory": _walk(_quick_adam),
        "Newton's steps from differences": _newton_walk,
        "a shorter memory at a larger rate": _walk(_heavy(0.0018, 0.95)),
    },
    hints=(
        "Begin with the rule of this chapter and a loop of a fixed length. Print the "
        "last point for each start.",
        "The walls have a curvature of about 1,000 near the minimum and 2,000 at the "
        "first start; the floor there less than 1. Choose the rate by the walls, then "
        "beta by what is left to do along the floor.",
        "Fill the blanks:\n\n    velocity = np.zeros(2)\n    for _ in range(____):\n"
        "        velocity = ____ * velocity + slope(____)\n"
        "        x = x - ____ * velocity",
    ),
    explanation=(
        "This is one answer of many. The walls allow rates up to about 0.001 for plain "
        "descent and nearly twice as much with this beta; 0.95 makes the steps along "
        "the floor 20 times as long. Adam with a short memory arrives too, and so do "
        "Newton's steps, with two dozen slopes. That they all pass says nothing about "
        "which rule is better elsewhere."
    ),
)

EXERCISES = (STEPS, ONE, CRITICAL, LOOK, REACH)
