"""Seven questions on chapter 08, momentum."""

from gdcourse.exercises.quizzes.items import (
    Choice,
    Choices,
    Distractor,
    Item,
    Mistake,
    Number,
    Option,
    Order,
    Parsons,
)

LENGTH = Number(
    id="length",
    question=(
        "Momentum in PyTorch's form, learning rate 0.02, β = 0.95, and a slope that "
        "stays at 3 for hundreds of steps. How long is each step in the end?"
    ),
    answer=1.2,
    tolerance=0.001,
    feedback=(
        "The velocity grows to 3/(1 − 0.95) = 60, and 0.02 times 60 is 1.2. The "
        "effective rate is 0.4."
    ),
    otherwise="What does the velocity grow to, if it keeps 95 % and gains 3 each time?",
    mistakes=(
        Mistake(0.06, "That is a step of plain descent, or of the averaging form."),
        Mistake(0.4, "That is the effective rate. Now multiply it by the slope."),
        Mistake(60, "That is the velocity. The learning rate is still missing."),
        Mistake(0.6, "That would be β = 0.9. Here 1/(1 − β) is 20."),
        Mistake(0.057, "You multiplied by β once; the memory adds up over many steps."),
    ),
)

CONVERT = Number(
    id="convert",
    question=(
        "A course uses v = βv + (1 − β)g with rate 0.2 and β = 0.9. Which learning "
        "rate do you give `torch.optim.SGD(momentum=0.9)` for the same path?"
    ),
    answer=0.02,
    tolerance=0.0001,
    feedback=(
        "The sum is 1/(1 − β) = 10 times the mean, so its rate is ten times smaller."
    ),
    otherwise="Which of the two velocities is larger, and how many times?",
    mistakes=(
        Mistake(
            2,
            "The wrong way round: torch's velocity is the larger one, so it needs the "
            "smaller rate. With 2 the run would diverge soon.",
        ),
        Mistake(0.2, "Then torch's steps would be ten times as long."),
        Mistake(0.18, "That is 0.2 times β. It is 1 − β that tells the two apart."),
    ),
)

SWING = Choice(
    id="swing",
    question=(
        "A parabola, rate times curvature is 0.04, and β = 0.9. What does the ball do?"
    ),
    options=(
        Option(
            "It creeps down on one side and never crosses the minimum",
            "That needs β below the critical 0.64. Here the memory is longer.",
        ),
        Option(
            "It swings from side to side, and the swings shrink by about 0.95 per step",
            "Yes. Critical is (1 − 0.2)² = 0.64; above it each step shrinks by the "
            "root of β.",
            right=True,
        ),
        Option(
            "It swings, and a smaller rate would make the swings shrink faster",
            "While it swings the factor is the root of β, whatever the rate. A smaller "
            "rate only makes the swings slower.",
        ),
        Option(
            "It diverges: momentum makes the rate ten times larger",
            "On a level slope it does. On a parabola it is stable up to a product of "
            "2(1 + β) = 3.8.",
        ),
    ),
)

AVERAGE = Choice(
    id="average",
    question=(
        "What is the idea of an exponential moving average of gradients with β = 0.9?"
    ),
    options=(
        Option(
            "The mean of the last ten gradients, all with equal weight",
            "Older ones count too, and newer ones count more: about 65 % of the weight "
            "lies on the last ten.",
        ),
        Option(
            "A mean in which each gradient counts 0.9 times as much as the next newer "
            "one",
            "Yes. It reaches back about ten steps, and what agrees adds up while what "
            "alternates cancels.",
            right=True,
        ),
        Option(
            "90 % of the newest gradient and 10 % of the past",
            "The other way round: 90 % of the past and 10 % of the newest.",
        ),
        Option(
            "A sum that makes the steps ten times as long",
            "That is the sum form. The weights of a mean add up to 1.",
        ),
    ),
)

PROMISES = Choices(
    id="promises",
    question="Which of these are true of momentum? Tick all.",
    options=(
        Option(
            "On a bowl, well tuned, it replaces the condition number by its root",
            "From 709 steps to 95, in the text.",
            right=True,
        ),
        Option(
            "It leaves the neighbourhood of a strict saddle in fewer steps",
            "67 instead of 188, in the text.",
            right=True,
        ),
        Option(
            "It carries a run out of a point where the gradient is exactly zero",
            "From rest, a memory of zeros is zero.",
        ),
        Option(
            "It lowers the noise floor at the same effective rate",
            "The floor stays where it is: each noisy gradient still moves the run by "
            "the same total.",
        ),
        Option(
            "It cannot make a loss rise that plain descent would lower",
            "It rolls through the minimum and up the other side, at rates at which "
            "plain descent falls steadily.",
        ),
        Option(
            "Tuned for it, the heavy ball converges on every smooth convex loss",
            "There is a convex curve on which it goes round three points for ever.",
        ),
    ),
)

SADDLE = Choice(
    id="saddle",
    question=(
        "“At a saddle point, flat in some directions and downward in others, full "
        "batches get stuck; the noise of mini-batches gets a run out.” What is the "
        "fairest comment?"
    ),
    options=(
        Option(
            "All of it is right",
            "A saddle goes up in some directions and down in others, and plain descent "
            "is slow there and not stuck, for nearly every start.",
        ),
        Option(
            "Up in some and down in others; descent slows down there and leaves; noise "
            "makes it leave sooner, even from the one line where it would stay",
            "Yes. Near a strict saddle the distance grows by a constant factor per "
            "step, so the logarithm of the start decides.",
            right=True,
        ),
        Option(
            "Noise is no help; only momentum is",
            "From a place without slope momentum has nothing to remember. Noise pushes "
            "from anywhere.",
        ),
        Option(
            "Saddles are rare in high dimensions, so it does not matter",
            "Random landscapes have far more saddles than minima in high dimensions.",
        ),
    ),
)

CODE = Parsons(
    id="code",
    question=(
        "Put the lines in order: Nesterov's original form, with the rate inside the "
        "velocity. `slope` is the derivative of the loss. One line is wrong and stays "
        "out."
    ),
    lines=(
        "v = 0.0",
        "for step in range(100):",
        "    ahead = x - beta * v",
        "    g = slope(ahead)",
        "    v = beta * v + alpha * g",
        "    x = x - v",
    ),
    distractors=(
        Distractor(
            "    g = slope(x)",
            "The line that takes the slope at `x` stays out: with it this would be the "
            "heavy ball, and `ahead` would be good for nothing.",
        ),
    ),
    orders=(
        Order(0, 1, "The velocity needs its first value before the loop begins."),
        *(
            Order(1, line, "The indented lines are the loop: they stand below `for`.")
            for line in (2, 3, 4, 5)
        ),
        Order(2, 3, "The slope is taken at `ahead`, which has to be known by then."),
        Order(2, 4, "`ahead` uses the *old* velocity: look before you change it."),
        Order(3, 4, "The velocity takes up `g`, so `g` stands above it."),
        Order(4, 5, "`x` moves by the *new* velocity."),
    ),
    shuffled=(4, 2, 6, 0, 5, 1, 3),
    feedback=(
        "Look where the old velocity leads, take the slope there, renew the velocity, "
        "move."
    ),
    missing="A line is missing: the loop looks, asks, remembers and moves.",
)

ITEMS: tuple[Item, ...] = (LENGTH, CONVERT, AVERAGE, SWING, CODE, SADDLE, PROMISES)
