"""Six questions that tell whether a reader is ready for chapter 01."""

from gdcourse.exercises.quizzes.items import (
    Choice,
    Choices,
    Item,
    Mistake,
    Number,
    Option,
)

KEEP = Choice(
    id="keep",
    question=(
        "You solved two exercises in Colab and close the tab for the night, without "
        "saving a copy. What is there tomorrow?"
    ),
    options=(
        Option(
            "Everything: it is my account.",
            "The account is yours, the computer was lent. What was not saved as a copy "
            "goes with it.",
        ),
        Option(
            "Nothing of it: the computer that ran the notebook is gone.",
            "Save a copy in Drive, or download the notebook, before you leave.",
            right=True,
        ),
        Option(
            "The solved exercises, but not my text.",
            "Both were on the lent computer, and both are gone.",
        ),
    ),
)

MEAN = Number(
    id="mean-square",
    question="The errors of a model are −1, 2 and −3. What is their mean square?",
    answer=14 / 3,
    tolerance=0.05,
    feedback="(1 + 4 + 9)/3 = 14/3, about 4.67.",
    otherwise=(
        "Square each error, add them up, divide by three. The refresher on sums in the "
        "toolbox does so with four errors."
    ),
    mistakes=(
        Mistake(14.0, "That is the sum of the squares. Divide by how many there are."),
        Mistake(
            4 / 9,
            "You squared the mean. The mean of these errors is −2/3, because they "
            "partly cancel; square first.",
        ),
        Mistake(2.0, "That is the mean of the absolute values: nothing was squared."),
    ),
)

SHAPE = Choice(
    id="shape",
    question=(
        "`points` has the shape (1000, 2). What is the shape of "
        "`points.mean(axis=0)`, and what does it hold?"
    ),
    options=(
        Option(
            "(2,): the middle of all points.",
            "Axis 0 goes down the rows and is added up, so the two coordinates remain.",
            right=True,
        ),
        Option(
            "(1000,): one mean for each point.",
            "That is axis 1, which goes across. Axis 0 counts the points, and it is "
            "the one that disappears.",
        ),
        Option(
            "(): a single number.",
            "Without an axis, `points.mean()` gives that.",
        ),
    ),
)

POWER = Number(
    id="power",
    question="What is the derivative of 4x² + 5x at x = 1?",
    answer=13.0,
    tolerance=0.01,
    feedback="The derivative is 8x + 5, and at x = 1 it is 13.",
    otherwise=(
        "Differentiate term by term: the exponent comes down as a factor, and 5x "
        "leaves 5."
    ),
    mistakes=(
        Mistake(9.0, "That is the height at x = 1, not the slope."),
        Mistake(8.0, "The term 5x has the slope 5 everywhere: add it."),
        Mistake(18.0, "5x has the slope 5, not 10: the exponent 1 comes down."),
    ),
)

CHAIN = Choice(
    id="chain",
    question="What is the derivative of (2w − 6)² by w?",
    options=(
        Option(
            "2(2w − 6)",
            "The outer square is done, but the inside 2w − 6 has a derivative too: "
            "multiply by it. The toolbox has the chain rule with a picture.",
        ),
        Option(
            "4(2w − 6)",
            "Outer derivative 2(2w − 6), inner derivative 2.",
            right=True,
        ),
        Option(
            "2w − 6",
            "The exponent 2 must come down as a factor, and the inside brings another.",
        ),
        Option(
            "4w",
            "The −6 stays inside the bracket: the outer derivative is taken where the "
            "inside is, at 2w − 6.",
        ),
    ),
)

SIGN = Choices(
    id="sign",
    question=(
        "At some point the derivative of a loss is −0.5. What follows? Mark all that "
        "do."
    ),
    options=(
        Option(
            "A small step to the right lowers the loss.",
            "A negative slope: the ground falls to the right.",
            right=True,
        ),
        Option(
            "The loss there is negative.",
            "The derivative is the slope, not the height. A loss of 100 can have any "
            "slope.",
        ),
        Option(
            "A step of 0.01 to the right lowers the loss by about 0.005.",
            "Slope times step is −0.5 × 0.01, for a step so small.",
            right=True,
        ),
        Option(
            "The minimum lies to the right.",
            "The nearest way down does. Whether that valley holds the minimum, one "
            "slope cannot tell.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (KEEP, MEAN, SHAPE, POWER, CHAIN, SIGN)
