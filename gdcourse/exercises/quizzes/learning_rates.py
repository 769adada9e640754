"""Seven questions on chapter 05, learning rates."""

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

REGIMES = Choice(
    id="regimes",
    question=(
        "Gradient descent runs on L(x) = x² from x = 7 with learning rate 0.9. Which "
        "positions does it visit?"
    ),
    options=(
        Option(
            "7, 5.6, 4.48 and so on: slowly down one side",
            "That is the run with rate 0.1, whose factor is 1 − 2·0.1 = 0.8. Here the "
            "factor is negative.",
        ),
        Option(
            "7, 0: there in one step",
            "One step is enough where the factor 1 − 2α is zero, so at rate 0.5.",
        ),
        Option(
            "7, −5.6, 4.48 and so on: across the valley each time, but nearer",
            "The factor is 1 − 2·0.9 = −0.8. The minus makes it cross, and a size "
            "below 1 makes it come nearer: exactly as fast as with rate 0.1.",
            right=True,
        ),
        Option(
            "7, −8.4, 10.08 and so on: across and further away",
            "That is the run with rate 1.1, whose factor is −1.2. At 0.9 the size of "
            "the factor is still below 1.",
        ),
    ),
)

LIMIT = Number(
    id="limit",
    question=(
        "A bowl has the formula 3w² + b²/2. Above which learning rate does gradient "
        "descent diverge on it? Give three decimals."
    ),
    answer=0.333,
    tolerance=0.001,
    feedback=(
        "The second derivatives are 6 along w and 1 along b. The steepest direction "
        "decides: 2/6 = 0.333."
    ),
    otherwise=(
        "Differentiate twice along each axis, take the larger result, and divide 2 "
        "by it."
    ),
    mistakes=(
        Mistake(
            2,
            "That is 2/1, the limit of the flattest direction. Long before it the "
            "steep direction diverges.",
        ),
        Mistake(
            0.667,
            "You divided by the coefficient 3. The curvature is the second "
            "derivative, and the square brings down another factor 2.",
        ),
        Mistake(
            0.167,
            "That is 1/6, at which the steep direction lands in one step. It diverges "
            "only at twice that rate.",
        ),
        Mistake(
            0.286,
            "That is 2/(1 + 6), the best rate for the two directions together. The "
            "question asks for the limit.",
        ),
        Mistake(
            0.571,
            "You took the mean of the two curvatures. There is no average here: one "
            "direction is enough to diverge.",
        ),
    ),
)

STUCK = Choice(
    id="stuck",
    question=(
        "On x⁴ − 3x³ + 2 a ball starts at x = −0.5 with learning rate 0.012. The "
        "minimum is at 2.25, but after 1,000 steps the ball is at −0.009. What takes "
        "it to the minimum?"
    ),
    options=(
        Option(
            "100 times as many steps",
            "After 100,000 steps it is at −0.00009. The slope near 0 shrinks with the "
            "square of the distance, so the ball comes closer to 0 for ever and never "
            "passes.",
        ),
        Option(
            "A learning rate of 0.05",
            "Larger steps, the same end: it approaches 0 from the left and stops "
            "there, because the slope vanishes at 0.",
        ),
        Option(
            "A learning rate of 0.2",
            "That does jump over 0, from −0.5 to 0.05. But around 2.25 the curve is "
            "so steep that rates above 0.099 are unstable, and the ball never settles.",
        ),
        Option(
            "The same learning rate, with momentum 0.9",
            "A rule that remembers earlier slopes rolls over the flat place: after "
            "100 steps it is at 2.25. From −0.5 no learning rate below 1 can do that, "
            "and 1 only by a lucky first step.",
            right=True,
        ),
    ),
)

RANGE_TEST = Choices(
    id="range-test",
    question="A learning-rate range test: tick everything that is true.",
    options=(
        Option(
            "If each rate gets more steps, the rate where the loss falls most steeply "
            "moves.",
            "Yes. On the bowl w² + 4b² it moves from 0.069 with one step to 0.0040 "
            "with twenty.",
            right=True,
        ),
        Option(
            "In a single run with a rising rate, the lowest loss can lie at a rate "
            "that diverges in the long run.",
            "Yes. Divergence needs steps to show. On the bowl w² + 4b² the lowest "
            "loss of such a sweep is at 0.57, and the limit is 0.25.",
            right=True,
        ),
        Option(
            "The steepest point is provably the best learning rate.",
            "No: it is a rule of thumb, one of at least four in use, and they differ "
            "from each other by more than a factor of ten.",
        ),
        Option(
            "It saves you from ever trying two rates on full runs.",
            "No: it says where to look. Which of two candidates is better for a whole "
            "run, only whole runs can tell.",
        ),
    ),
)

LOOP = Parsons(
    id="scheduler",
    question=(
        "A PyTorch run over 100 epochs. `scheduler` has been made for `optimizer` and "
        "counts epochs. Put the lines in order, so that each printed rate is the one "
        "that the epoch used. One line is wrong and stays out."
    ),
    lines=(
        "for epoch in range(100):",
        "    train_one_epoch(model, optimizer)",
        "    rate = scheduler.get_last_lr()[0]",
        '    print(f"epoch {epoch} used the rate {rate}")',
        "    scheduler.step()",
    ),
    distractors=(
        Distractor(
            "    scheduler = CosineAnnealingLR(optimizer, T_max=100)",
            "The line that makes a scheduler stays out. Made anew in each epoch, it "
            "never comes further than its first step.",
        ),
    ),
    orders=(
        *(
            Order(0, line, "The indented lines are the loop: they stand below `for`.")
            for line in (1, 2, 3, 4)
        ),
        Order(
            1,
            4,
            "Here the scheduler moves on before the epoch has trained, so the first "
            "rate is never used. Train first, then step the scheduler.",
        ),
        Order(2, 3, "`rate` has to be read before it is printed."),
        Order(
            2,
            4,
            "After `scheduler.step()`, `get_last_lr` already tells the next epoch's "
            "rate. Read it before.",
        ),
    ),
    shuffled=(4, 2, 5, 0, 3, 1),
    feedback=(
        "Train, note the rate that was used, then move the schedule on: once per "
        "epoch, because this scheduler counts epochs."
    ),
    missing="A line that the loop needs is still left out.",
)

HALFWAY = Number(
    id="halfway",
    question=(
        "A schedule warms up for 2,000 steps to 3e-4 and then falls along half a "
        "cosine wave to 3e-5 at step 100,000. At which step has it fallen halfway, to "
        "1.65e-4?"
    ),
    answer=51_000,
    tolerance=0.5,
    feedback=(
        "The decay lasts from step 2,000 to step 100,000. Half of its 98,000 steps "
        "are over at 2,000 + 49,000 = 51,000."
    ),
    otherwise=(
        "Half a cosine wave has fallen halfway in the middle of its own steps. Where "
        "does it begin, and where does it end?"
    ),
    mistakes=(
        Mistake(
            50_000,
            "That is the middle of the whole run, where the rate is still 1.69e-4: the "
            "wave begins only after the warm-up.",
        ),
        Mistake(
            49_000,
            "That is half of the wave's length. It begins at step 2,000: add that.",
        ),
        Mistake(
            52_000,
            "You added the whole warm-up to half of the run. The wave is 98,000 steps "
            "long, not 100,000.",
        ),
    ),
)

WARMUP = Choice(
    id="warm-up",
    question=(
        "“Adam needs a warm-up because its averages begin at zero, which makes the "
        "first updates wrong.” What is the trouble with this explanation?"
    ),
    options=(
        Option(
            "None: it is the established reason.",
            "It is often repeated, but Adam divides by 1 − βᵗ for exactly this reason: "
            "the zeros are corrected away.",
        ),
        Option(
            "Adam's bias correction removes that effect; the first step has the "
            "length of the learning rate, for any gradient.",
            "Yes. What a warm-up really helps against is still discussed: the noise "
            "of the second average with few samples, large early gradients in some "
            "architectures, and high curvature at the start are all proposed.",
            right=True,
        ),
        Option(
            "Adam's first updates are too small, so they do no harm.",
            "Without the correction they would be about three times too long, because "
            "the second average begins with only 1 − β₂ of the squared gradient. With "
            "it they have the length of the learning rate.",
        ),
        Option(
            "Transformers always train without a warm-up.",
            "Not all: with the normalisation after each block they often diverge "
            "without one. With it before each block they can do without.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (REGIMES, LIMIT, STUCK, RANGE_TEST, LOOP, HALFWAY, WARMUP)
