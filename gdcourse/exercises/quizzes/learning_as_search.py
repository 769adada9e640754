"""Six questions on chapter 01, learning as search."""

from gdcourse.exercises.quizzes.items import (
    Choice,
    Choices,
    Item,
    Mistake,
    Number,
    Option,
)

LEARN = Choice(
    id="learn",
    question="What does it mean that the line learns the prices of houses?",
    options=(
        Option(
            "It stores the prices that it has seen.",
            "A line has room for two numbers, however many prices it sees. What it "
            "keeps are its parameters.",
        ),
        Option(
            "Its parameters are changed until its loss is low.",
            "A search for good parameters, judged by one number.",
            right=True,
        ),
        Option(
            "It finds the true law behind the prices.",
            "It finds the parameters that fit these houses best. Whether a law stands "
            "behind them, the search cannot tell.",
        ),
    ),
)

LOSS = Number(
    id="loss",
    question=(
        "A line guesses 120, 170 and 220 where the prices are 130, 180 and 200 (in "
        "thousands). What is its mean squared error?"
    ),
    answer=200.0,
    tolerance=0.5,
    feedback="The errors are −10, −10 and 20: (100 + 100 + 400)/3 = 200.",
    otherwise="Guess minus price, squared, three times; then the mean of the three.",
    mistakes=(
        Mistake(600.0, "That is the sum of the squares. The loss is their mean."),
        Mistake(
            0.0,
            "The errors cancel in the mean, which is why they are squared first.",
        ),
        Mistake(
            40 / 3,
            "That is the mean of the absolute errors, another loss: nothing was "
            "squared.",
        ),
    ),
)

GRID = Number(
    id="grid",
    question=(
        "A model has 6 parameters, and you want to try 10 values of each. How many "
        "losses does the grid need?"
    ),
    answer=1_000_000,
    tolerance=0.5,
    feedback="Ten for the first, times ten for the second, and so on: 10⁶.",
    otherwise="Every value of one parameter meets every value of all the others.",
    mistakes=(
        Mistake(60.0, "That would be one parameter at a time, with the others fixed."),
    ),
)

SOLVE = Choice(
    id="solve",
    question="Why is a network not trained by solving for the zero of its gradient?",
    options=(
        Option(
            "Its matrix would have too many entries to store.",
            "That is said often, but there is no such matrix equation: the derivatives "
            "of a network's loss are not linear in its parameters.",
        ),
        Option(
            "The equations are not linear, and no formula solves them.",
            "A closed form exists for linear least squares and little else.",
            right=True,
        ),
        Option(
            "A computer cannot invert large matrices exactly.",
            "Nobody inverts them, even where a formula exists: a factorisation solves "
            "the equations. For a network there is no linear system to begin with.",
        ),
    ),
)

DIMENSIONS = Choice(
    id="dimensions",
    question=(
        "A bowl has two parameters, another of the same steepness has two thousand. "
        "How many more steps does descent need on the second?"
    ),
    options=(
        Option(
            "About a thousand times more.",
            "Each step moves all parameters at once. A step costs more there, but "
            "their number stays about the same.",
        ),
        Option(
            "10¹⁹⁹⁸ times more.",
            "That is how a grid with ten values grows. Descent does not look at "
            "combinations.",
        ),
        Option(
            "Hardly any.",
            "What counts is how much steeper the bowl is one way than another, and "
            "that is the same.",
            right=True,
        ),
    ),
)

FAIR = Choices(
    id="fair",
    question="What does a fine grid have that descent has not? Mark all that are true.",
    options=(
        Option(
            "It looks into every valley.",
            "Descent ends in the valley in which it began.",
            right=True,
        ),
        Option(
            "It needs no derivative.",
            "Heights are enough for it, so it works on cliffs and stairs too.",
            right=True,
        ),
        Option(
            "It finds the minimum exactly.",
            "Only up to the distance between two points of the grid.",
        ),
        Option(
            "Its cost does not depend on the number of parameters.",
            "It depends on it more than on anything else: each one multiplies it.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (LEARN, LOSS, GRID, SOLVE, DIMENSIONS, FAIR)
