"""Seven questions on chapter 02, loss landscapes."""

from gdcourse.exercises.quizzes.items import (
    Choice,
    Choices,
    Item,
    Mistake,
    Number,
    Option,
)

FLAT = Choice(
    id="flat",
    question=(
        "A run reports: gradient norm below 0.000001, loss no longer falling. What do "
        "you know?"
    ),
    options=(
        Option(
            "It has found the minimum of the loss.",
            "On x⁴ − 3x³ + 2 a run can stop like this at x = 0 with loss 2, while the "
            "minimum, at 2.25, has loss −6.54. Nothing in the report says which it is.",
        ),
        Option(
            "It has found a minimum, perhaps not the lowest one.",
            "Minima are not the only flat places. Inflections, saddles and plateaus "
            "are flat as well.",
        ),
        Option(
            "The ground is flat there, and more is not known.",
            "Right. Curvature, a small push aside or other starts tell you more.",
            right=True,
        ),
        Option(
            "It is stuck at a saddle and needs noise.",
            "Possible, but a report of one number cannot tell a saddle from a minimum. "
            "Push it a little: from a saddle it rolls away, into a minimum it returns.",
        ),
    ),
)

SADDLE = Choice(
    id="saddle",
    question=(
        "Gradient descent with learning rate 0.1 starts beside a saddle, on "
        "(x² − y²)/2 + y⁴/4 at x = 1, y = 0.00000001. What happens?"
    ),
    options=(
        Option(
            "It is stuck: at a saddle the gradient is zero.",
            "Zero only at the saddle itself. Beside it, each step multiplies y by "
            "about 1.1, and that adds up: after 188 steps abs(y) is above 0.5.",
        ),
        Option(
            "It lingers, then leaves, after 188 steps.",
            "Yes. The distance grows by a tenth with every step. From y = 0.001 it "
            "takes 67 steps: a start that is 100,000 times further away saves two "
            "thirds.",
            right=True,
        ),
        Option(
            "It leaves only thanks to rounding errors.",
            "Rounding is not needed: the slope along y is not zero and points away "
            "from the saddle. From y = 0 exactly, rounding does not help either: on "
            "this surface the run stays for ever.",
        ),
        Option(
            "It goes to the saddle and comes to rest there.",
            "Along x it does approach 0. But along y the ground falls away on both "
            "sides, so what is left of y grows.",
        ),
    ),
)

DIAGONAL = Number(
    id="diagonal",
    question=(
        "L(x, y) = x² + y² − 3xy has zero slope at (0, 0), and along both axes its "
        "second derivative there is 2. Walk along the diagonal instead: after a true "
        "distance t you are at (t/√2, t/√2). What is the second derivative of the "
        "loss by t?"
    ),
    answer=-1,
    tolerance=0.01,
    feedback=(
        "The loss along the diagonal is t²/2 + t²/2 − 3t²/2 = −t²/2, with second "
        "derivative −1: a saddle, although both axes curve up. Axes are not enough "
        "where there is a mixed term."
    ),
    otherwise="Put x = y = t/√2 into the formula, add up, and differentiate twice.",
    mistakes=(
        Mistake(
            2, "That is the curvature along an axis. On the diagonal −3xy takes part."
        ),
        Mistake(
            -0.5, "That is the coefficient of t². Its second derivative is twice that."
        ),
        Mistake(
            -2,
            "You put x = y = t. That point is a distance of √2·t away, so the slope "
            "looks steeper than it is.",
        ),
        Mistake(
            5,
            "That is the other diagonal, x = −y, where the mixed term adds to it.",
        ),
        Mistake(
            1, "The sign: t² from the two squares less 3t²/2 leaves something negative."
        ),
    ),
)

CONVEX = Choices(
    id="convex",
    question="A loss is convex. Tick everything that follows.",
    options=(
        Option(
            "Every local minimum is a global one.",
            "Yes: from a higher valley the chord to a lower place would run downhill "
            "at once, and the loss may not lie above it.",
            right=True,
        ),
        Option(
            "There is exactly one minimum.",
            "No: with two columns of data that are copies of each other a whole line "
            "of parameters fits equally well.",
        ),
        Option(
            "There is at least one minimum.",
            "No: exp(−x) is convex and falls for ever. Logistic regression does the "
            "same on data that a line separates.",
        ),
        Option(
            "Gradient descent with any learning rate converges.",
            "No: with 0.3 it diverges on the bowl w² + 4b², whose limit is 0.25.",
        ),
        Option(
            "Where the gradient is zero, the loss is as low as it can be.",
            "Yes, and this is what convexity is prized for: flat is finished.",
            right=True,
        ),
    ),
)

VALLEYS = Choice(
    id="valleys",
    question=(
        "On (x² − 4)²/8 + x/2 gradient descent with a small learning rate starts at "
        "x = 0.3. The deeper valley is at −2.11, the other at 1.86, and the crest at "
        "0.254. Where does it end?"
    ),
    options=(
        Option(
            "At −2.11, since that valley is deeper.",
            "The rule never sees how deep a valley is. It follows the slope where it "
            "stands, and at 0.3 the ground falls to the right.",
        ),
        Option(
            "At 1.86.",
            "Yes: 0.3 lies right of the crest. From 0.2 it would have ended at −2.11. "
            "The crest divides the two basins.",
            right=True,
        ),
        Option(
            "At 0.254, where the slope is zero.",
            "That is the crest. Descent moves away from it on both sides.",
        ),
        Option(
            "It depends on chance.",
            "There is no chance in it: the same start and rate give the same path "
            "every time. Noisy gradients would be another matter.",
        ),
    ),
)

PLATEAU = Choice(
    id="plateau",
    question=(
        "On 1/(1 + exp(−x)) a run starts far out on the plateau, at x = 10, with "
        "learning rate 0.1. What brings it past x = 0 within 100 steps?"
    ),
    options=(
        Option(
            "Patience, with the same rule.",
            "Gradient descent is not there after 200,000 steps: at x = 10 the slope is "
            "about 0.000045.",
        ),
        Option(
            "A learning rate that decays.",
            "Smaller steps on flat ground are slower still. Decay helps near a "
            "minimum, not here.",
        ),
        Option(
            "Momentum 0.9.",
            "It helps, but by a factor of about ten: 22,128 steps. A memory of tiny "
            "slopes is still tiny.",
        ),
        Option(
            "A rule that divides by the size of the slope, such as Adam.",
            "Yes: 72 steps. Its step hardly depends on how flat the ground is.",
            right=True,
        ),
    ),
)

SHARP = Choice(
    id="sharp",
    question=(
        "Flat minima are said to generalise better than sharp ones, because a small "
        "shift between training and new data changes the loss less. How well is that "
        "established?"
    ),
    options=(
        Option(
            "It is a theorem.",
            "No general theorem says so. The curvature even depends on how the "
            "parameters are written: the same function can have a flat and a sharp "
            "minimum.",
        ),
        Option(
            "It is a hypothesis, with evidence on both sides.",
            "Yes. Some measures of sharpness go along with generalisation in some "
            "experiments, and in others they do not; and rescaling weights changes "
            "sharpness without changing one prediction.",
            right=True,
        ),
        Option(
            "It has been refuted.",
            "Too strong. That curvature can be changed at will by rescaling refutes "
            "the plainest version. Other measures of sharpness are still studied.",
        ),
        Option(
            "It is true by definition: flat means that it generalises.",
            "Flatness is about the training loss around a point. Generalisation is "
            "about the loss on other data at that point.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (FLAT, VALLEYS, SADDLE, DIAGONAL, CONVEX, PLATEAU, SHARP)
