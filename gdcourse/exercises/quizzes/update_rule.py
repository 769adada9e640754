"""Five questions on chapter 04, the update rule."""

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

SIGN = Choice(
    id="sign",
    question=(
        "Someone fits a line to 100 points with learning rate 0.1. The first loss is "
        "52.1. By a slip the code says `w = w + learning_rate * dw`, and the same for "
        "`b`: it adds the gradient. What do the next printed losses show?"
    ),
    options=(
        Option(
            "They fall as usual, only more slowly.",
            "The gradient points uphill. Whoever adds it climbs, and the loss rises "
            "from the first step on.",
        ),
        Option(
            "They rise at every step, each about 1.4 times the one before: 73.0, "
            "102.5, 144.3 and so on.",
            "Every step climbs, so every loss is larger than the last. A loss that "
            "rises from the very first step is the mark of a wrong sign or of a far "
            "too large learning rate.",
            right=True,
        ),
        Option(
            "They become NaN within a few steps.",
            "Growth by a factor of about 1.4 is fast but not that fast. In this run "
            "the loss leaves the range of floating-point numbers only after 1,844 "
            "updates. Look for a rise, do not wait for NaN.",
        ),
        Option(
            "They jump up and down around 52.",
            "Up and down is the mark of a learning rate that is too large for a step "
            "in the right direction. Here every step goes the wrong way, so the loss "
            "only rises.",
        ),
    ),
)

LOOP = Parsons(
    id="loop",
    question=(
        "Put the lines in order, so that they fit a line to the arrays `x` and `y` by "
        "gradient descent. Both parameters move at once: `dw` and `db` belong to the "
        "same point. One line is wrong and stays out."
    ),
    lines=(
        "w, b = 0.0, 0.0",
        "for step in range(200):",
        "    dw = 2 * np.mean((w * x + b - y) * x)",
        "    db = 2 * np.mean(w * x + b - y)",
        "    w = w - learning_rate * dw",
        "    b = b - learning_rate * db",
    ),
    distractors=(
        Distractor(
            "    db = 2 * np.mean((w * x + b - y) * x)",
            "The line that gives `db` a factor `x` stays out. The slope w acts "
            "through x, and so its derivative has that factor; b is added as it is, "
            "and its derivative has none.",
        ),
    ),
    orders=(
        Order(0, 1, "`w` and `b` need their first values before the loop begins."),
        *(
            Order(1, line, "The indented lines are the loop: they stand below `for`.")
            for line in (2, 3, 4, 5)
        ),
        Order(2, 4, "`w` moves by `dw`, so `dw` has to be worked out above that."),
        Order(3, 5, "`b` moves by `db`, so `db` has to be worked out above that."),
        Order(
            3,
            4,
            "Here `w` has already moved when `db` is worked out, so `db` belongs to a "
            "point where the run never was. Work out both derivatives, then move.",
        ),
        Order(
            2,
            5,
            "Here `b` has already moved when `dw` is worked out, so `dw` belongs to a "
            "point where the run never was. Work out both derivatives, then move.",
        ),
    ),
    shuffled=(4, 1, 6, 3, 0, 5, 2),
    feedback=(
        "First values, then in every step both derivatives at one point, and only "
        "then both moves. The two derivatives may stand in either order, and so "
        "may the two moves."
    ),
    missing="A line that the loop needs is still left out.",
)

STEP = Number(
    id="step",
    question=(
        "By hand: the points are (1, 2), (2, 4) and (3, 6), the loss is the mean of "
        "the squared errors, and the line begins at w = 0.5, b = 0.1. Take one step "
        "with learning rate 0.01, both parameters at once. What is b afterwards? Give "
        "three decimals."
    ),
    answer=0.158,
    tolerance=0.0005,
    feedback=(
        "The errors are −1.4, −2.9 and −4.4, their mean is −2.9, twice that is dL/db "
        "= −5.8, and 0.1 − 0.01 × (−5.8) = 0.158. In the same step w goes to 0.636."
    ),
    otherwise=(
        "Work out the three errors w·x + b − y, take twice their mean as dL/db, and "
        "then b − 0.01 × dL/db."
    ),
    mistakes=(
        Mistake(
            0.042,
            "You added the gradient: dL/db is −5.8, and minus 0.01 times a negative "
            "number moves b up.",
        ),
        Mistake(
            0.129,
            "You have half of the derivative: the square brings down a factor 2. "
            "(With the loss defined as half of the mean, 0.129 would be right.)",
        ),
        Mistake(
            0.1526,
            "You moved w first and used its new value for b. Both derivatives belong "
            "to the old point, w = 0.5, b = 0.1.",
        ),
        Mistake(
            0.274,
            "You took the sum of the three errors where the loss has their mean: "
            "divide by 3.",
        ),
        Mistake(
            0.236,
            "That is 0.1 + 0.01 × 13.6: you used the derivative of w, which has the "
            "factor x. The derivative of b has none.",
        ),
        Mistake(0.636, "That is w after the step. The question asks for b."),
        Mistake(
            -5.8,
            "That is the derivative dL/db. The step itself is b − 0.01 × dL/db.",
        ),
        Mistake(
            5.9,
            "You subtracted the whole derivative. Multiply it by the learning rate, "
            "0.01, first.",
        ),
    ),
)

STOPPING = Choices(
    id="stopping",
    question=(
        "Gradient descent on f(x) = x² begins at x = 10 with learning rate 0.1 and "
        "stops as soon as the gradient's size is at most 0.25. That happens after 20 "
        "steps, at x = 0.1153. Tick everything that is true."
    ),
    options=(
        Option(
            "One more update would move x by at most 0.025.",
            "Yes: plain gradient descent moves by learning rate × gradient, here at "
            "most 0.1 × 0.25.",
            right=True,
        ),
        Option(
            "The loss is 0.0000, to four decimals.",
            "No: 0.1153² is 0.0133. The test looks at the slope and never at the loss. "
            "Print what the run computes, not what you expect of it.",
        ),
        Option(
            "On 0.01·x² the same test would also stop near 0.1.",
            "No: that valley is a hundred times flatter, and its slope is already "
            "below 0.25 at x = 12.49. How close a slope of 0.25 is to the minimum "
            "depends on the curvature.",
        ),
        Option(
            "On x⁴ − 3x³ + 2 the same test can stop far from the minimum at x = 2.25.",
            "Yes: from x = −1, with learning rate 0.01, it stops at x = −0.16 with "
            "loss 2.01, because the curve is flat around 0. The minimum, at 2.25, has "
            "loss −6.54.",
            right=True,
        ),
        Option(
            "A smaller tolerance brings x exactly to 0.",
            "No: every step multiplies x by 0.8, so x comes closer and closer but is "
            "never 0. A smaller tolerance only takes more steps.",
        ),
    ),
)

FIT = Choice(
    id="fit",
    question=(
        "100 points were made from the line y = 3x + 7 with some noise. Gradient "
        "descent on the mean squared error ends at w = 2.928, b = 7.004, where the "
        "gradient is zero to ten decimals. Why not at (3, 7)?"
    ),
    options=(
        Option(
            "It needs more steps: in the end it reaches (3, 7).",
            "The gradient is zero to ten decimals, so further steps change nothing: it "
            "has arrived, only not at (3, 7).",
        ),
        Option(
            "The learning rate is too large to hit (3, 7) exactly.",
            "A smaller rate ends at the same point, only later. Where a run comes to "
            "rest is decided by the loss: its gradient is zero there for every rate.",
        ),
        Option(
            "It is caught in a local minimum.",
            "The mean squared error of a line is a bowl with a single minimum (as "
            "long as the x differ). There is no other valley to be caught in.",
        ),
        Option(
            "The loss of these 100 points is lowest at (2.928, 7.004).",
            "This is the least-squares fit. The loss there is 0.2209, at the true line "
            "(3, 7) it is 0.2252: the noise of these 100 points has moved the "
            "minimum. Other points from the same line would move it elsewhere.",
            right=True,
        ),
    ),
)

ITEMS: tuple[Item, ...] = (SIGN, LOOP, STEP, STOPPING, FIT)
