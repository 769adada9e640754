"""Eight questions on chapter 09, adaptive optimizers."""

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

LARGEST = Number(
    id="largest",
    question=(
        "Adam with learning rate 0.01, beta1 = 0.9 and beta2 = 0.99. The gradient of a "
        "parameter was 0 for thousands of steps; now one gradient of size 250 comes. "
        "How far does the parameter move at this step?"
    ),
    answer=0.01,
    tolerance=0.0004,
    feedback=(
        "m takes in a tenth of the gradient, 25. v takes in a hundredth of its square, "
        "and the root of that is a tenth: 25 again. So the step is one learning rate, "
        "0.01, and the 250 cancels. With the default beta2 = 0.999 it would be 3.16 "
        "times as long."
    ),
    otherwise="Divide (1 - beta1) by the root of 1 - beta2, then times the rate.",
    mistakes=(
        Mistake(
            0.0316,
            "That is the answer for the default beta2 = 0.999. Here it is 0.99.",
        ),
        Mistake(2.5, "That is what plain gradient descent would do: rate times 250."),
        Mistake(25, "That is m. It still has to be divided, and multiplied by 0.01."),
        Mistake(0.1, "That would be without m's own share: RMSProp's step."),
        Mistake(0.001, "m takes in a tenth, but the root of v does so too."),
        Mistake(1, "That is the step as a multiple of the learning rate."),
    ),
)

BIAS = Choice(
    id="bias",
    question="Adam without its bias correction, default betas. The first steps are",
    options=(
        Option(
            "too short, since both moments begin at zero",
            "m is too small, which shortens the step. But v is too small as well, and "
            "it is in the denominator.",
        ),
        Option(
            "too long, since v lags behind more than m",
            "Yes: 3.16 times at first, 6.57 times at step 12 on a steady slope.",
            right=True,
        ),
        Option(
            "right, since the two errors cancel",
            "They would, if v were corrected by its root and both had the same "
            "memory. v's is a hundred times longer.",
        ),
        Option(
            "random, since there is no gradient yet",
            "The first gradient is there, and is all that both moments know of.",
        ),
    ),
)

DECAY = Choice(
    id="decay",
    question=(
        "Two weights are both 1. One gets noisy gradients of size 10, the other of "
        "size 0.1. You train with `torch.optim.Adam(…, weight_decay=0.1)`. What does "
        "the decay do?"
    ),
    options=(
        Option(
            "It shrinks both at the same pace",
            "That is what AdamW does. Here the pull goes through the division by the "
            "root of v.",
        ),
        Option(
            "It shrinks the quiet one much faster",
            "Yes. The pull is divided by the size of the gradients, which is a hundred "
            "times smaller there.",
            right=True,
        ),
        Option(
            "It shrinks the loud one much faster",
            "The other way round: its root of v is large, and the pull is divided by "
            "it.",
        ),
        Option(
            "Nothing: Adam implements weight decay incorrectly",
            "It does act. It is L2 regularisation, and as such exact.",
        ),
    ),
)

EPSILON = Number(
    id="epsilon",
    question=(
        "A script uses RMSProp with epsilon = 0.0001 inside the root. You move it to "
        "a library that adds epsilon outside. Which value sets the same floor?"
    ),
    answer=0.01,
    tolerance=1e-5,
    feedback=(
        "Inside, epsilon is compared with squared gradients. Its root, 0.01, is what a "
        "gradient is compared with."
    ),
    otherwise="Inside it is compared with squares; outside with gradients.",
    mistakes=(
        Mistake(
            1e-4,
            "Then gradients between 0.0001 and 0.01 would make far longer steps than "
            "before.",
        ),
        Mistake(
            1e-8,
            "The square is for the other way, from outside to inside.",
        ),
        Mistake(5e-5, "Squares and gradients differ by a root, not by a half."),
    ),
)

STEP = Parsons(
    id="step",
    question=(
        "Put one update of AdamW in order. t, m and v come from the update before. Two "
        "lines are wrong and stay out."
    ),
    lines=(
        "t = t + 1",
        "m = beta1 * m + (1 - beta1) * g",
        "v = beta2 * v + (1 - beta2) * g**2",
        "m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)",
        "u = m_hat / (np.sqrt(v_hat) + epsilon)",
        "x = x - alpha * (u + decay * x)",
    ),
    distractors=(
        Distractor(
            "g = g + decay * x",
            "The line that adds the decay to the gradient stays out. That would be L2: "
            "the pull enters both moments, and is divided away with the rest.",
        ),
        Distractor(
            "u = m_hat / np.sqrt(v_hat) + epsilon",
            "The line without brackets stays out: there epsilon is added to the step, "
            "not to the root.",
        ),
    ),
    orders=(
        Order(0, 3, "The correction needs the count of this update, not the last."),
        Order(1, 3, "m has to take in this gradient before it is corrected."),
        Order(2, 3, "v has to take in this gradient before it is corrected."),
        Order(3, 4, "The fraction is made of the corrected moments."),
        Order(4, 5, "The step needs the fraction."),
    ),
    shuffled=(4, 6, 1, 5, 0, 7, 3, 2),
    feedback=(
        "The counter and both moments, in any order; their corrections; the fraction; "
        "and the move, with the decay beside the fraction."
    ),
    missing="A line that the update needs is still left out.",
)

MEMORY = Choices(
    id="memory",
    question=(
        "Which of these rules keep two numbers per parameter between updates? Tick "
        "everything that does."
    ),
    options=(
        Option("Adam", "It keeps two: m and v, both as long as x.", right=True),
        Option(
            "AdamW", "It keeps two, as Adam does: the decay needs none.", right=True
        ),
        Option("Lion", "It keeps one, the mean of gradients; it has no v."),
        Option("RMSProp", "It keeps one, the running mean of squares."),
        Option("Momentum", "It keeps one, the velocity, just as Lion does."),
        Option(
            "Sophia",
            "It keeps two: averages of the gradient and of the curvature.",
            right=True,
        ),
    ),
)

SPEED = Choice(
    id="speed",
    question=(
        "“Rule X is twice as fast as AdamW.” Which question would most likely bring "
        "the factor down?"
    ),
    options=(
        Option(
            "Was AdamW tuned on this model with as many tries as X?",
            "Yes. Under equal tuning, claims of 1.4 to 2 came down to 1.1 to 1.4 in "
            "one large study.",
            right=True,
        ),
        Option(
            "Does X use second derivatives?",
            "How it works does not say how fairly it was compared.",
        ),
        Option(
            "Was X published at a good conference?",
            "Reviewers seldom have the machines to repeat the tuning.",
        ),
        Option(
            "Was single precision used?",
            "Both rules would have run with it. Ask what was different for the two.",
        ),
    ),
)

CHOOSE = Choice(
    id="choose",
    question=(
        "You have one afternoon to train a small transformer on data that nobody has "
        "trained on before. Where do you begin?"
    ),
    options=(
        Option(
            "AdamW, three or four rates around 3e-4, then a schedule",
            "Yes. It arrives over a wide range of rates, and the rate is what to tune "
            "first.",
            right=True,
        ),
        Option(
            "SGD with momentum: it generalises better",
            "Found on some image classifiers, and not when all were tuned. On "
            "transformers it falls behind.",
        ),
        Option(
            "Adam at its default rate, without tuning: it adapts by itself",
            "It adapts the scale *between* parameters. The rate is still yours to "
            "choose.",
        ),
        Option(
            "The newest rule: it is twice as fast",
            "Perhaps 1.1 times, once tuned, which takes longer than an afternoon.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (
    LARGEST,
    BIAS,
    DECAY,
    EPSILON,
    STEP,
    MEMORY,
    SPEED,
    CHOOSE,
)
