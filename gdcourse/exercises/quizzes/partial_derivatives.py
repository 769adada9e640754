"""Six questions on chapter 03, partial derivatives."""

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

FROZEN = Number(
    id="frozen",
    question="What is the partial derivative of 3x²y by x at x = 2, y = 5?",
    answer=60.0,
    tolerance=0.01,
    feedback="Held still, y is the constant 5: the slope of 15x² is 30x, so 60.",
    otherwise="Put 5 in place of y, differentiate by x, and then put in 2.",
    mistakes=(
        Mistake(12.0, "That is the slope along y, where x is held still."),
        Mistake(30.0, "The exponent 2 comes down as a factor."),
        Mistake(72.0, "You added the two slopes. Each knob has its own."),
    ),
)

STEEPEST = Choice(
    id="steepest",
    question=(
        "At some point the gradient is (3, 4). In which direction is the slope zero, "
        "to first order?"
    ),
    options=(
        Option("(3, 4)", "That is the steepest way up, with the slope 5."),
        Option("(−3, −4)", "That is the steepest way down, with the slope −5."),
        Option(
            "(4, −3)",
            "Its dot product with the gradient is 12 − 12 = 0: along the contour.",
            right=True,
        ),
        Option(
            "None: the gradient is not zero.",
            "In two dimensions there is always a way along the contour, at a right "
            "angle to the gradient.",
        ),
    ),
)

AIM = Choice(
    id="aim",
    question="Where does the negative gradient point?",
    options=(
        Option(
            "At the nearest minimum.",
            "It knows nothing of minima. On an oval bowl it misses the bottom by far.",
        ),
        Option(
            "In the direction in which the loss falls fastest right here.",
            "For short steps, measured by their Euclidean length. No more is promised.",
            right=True,
        ),
        Option(
            "In the direction in which the curve bends most.",
            "Bending is the second derivative, the curvature. The gradient is made of "
            "first derivatives.",
        ),
    ),
)

STEP = Choice(
    id="step",
    question=(
        "You measure a slope with (f(x + h) − f(x))/h in double precision. Which h is "
        "the best of these?"
    ),
    options=(
        Option("0.1", "The curve bends too much over such a step."),
        Option(
            "1e-8",
            "Near the bottom of the U: the bend is small, and round-off is not yet "
            "large.",
            right=True,
        ),
        Option(
            "1e-15",
            "The two values agree in all but the last digit, and you divide the "
            "round-off by a tiny number.",
        ),
        Option(
            "0, or as near to it as the computer can go",
            "The definition takes a limit, but a computer rounds: below some h the "
            "error grows again.",
        ),
    ),
)

CHECK = Choices(
    id="check",
    question="Which of these make a gradient check say less than it seems to?",
    options=(
        Option(
            "It was run at the point (0, 0, 0) only.",
            "At zero many wrong formulas give the right number.",
            right=True,
        ),
        Option(
            "It used single precision.",
            "Then right gradients fail and wrong ones hide in the noise.",
            right=True,
        ),
        Option(
            "It used central differences.",
            "That is the better ruler, and the one to use.",
        ),
        Option(
            "It looked at the absolute difference, and the gradients are tiny.",
            "A difference of 0.001 is small beside 10 and huge beside 0.002.",
            right=True,
        ),
    ),
)

ORDER = Parsons(
    id="order",
    question=(
        "Put the lines in order, so that they measure the gradient of `f` at the array "
        "`x` with central differences. One line is wrong and stays out."
    ),
    lines=(
        "gradient = np.zeros(len(x))",
        "for i in range(len(x)):",
        "    step = np.zeros(len(x))",
        "    step[i] = h",
        "    rise = f(x + step) - f(x - step)",
        "    gradient[i] = rise / (2 * h)",
    ),
    distractors=(
        Distractor(
            "    x[i] = x[i] + h",
            "This line stays out. It moves the point itself and leaves it moved, so "
            "that all later slopes are measured elsewhere.",
        ),
    ),
    orders=(
        Order(0, 1, "The array for the results must exist before the loop fills it."),
        *(
            Order(1, line, "The indented lines are the loop: they stand below `for`.")
            for line in (2, 3, 4, 5)
        ),
        Order(2, 3, "There must be a step before one of its places is set."),
        Order(3, 4, "Set the step before it is used: a step of zero measures nothing."),
        Order(4, 5, "The rise has to be known before it is divided."),
    ),
    shuffled=(4, 6, 1, 3, 0, 5, 2),
    feedback=(
        "An array for the results, then for each knob a step of its own, a rise, and a "
        "slope."
    ),
    missing="A line that the measurement needs is still left out.",
)

ITEMS: tuple[Item, ...] = (FROZEN, STEEPEST, AIM, STEP, CHECK, ORDER)
