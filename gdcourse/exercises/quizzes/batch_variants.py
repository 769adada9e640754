"""Seven questions on chapter 06, batch variants."""

from gdcourse.exercises.quizzes.items import (
    Choice,
    Choices,
    Item,
    Mistake,
    Number,
    Option,
)

UPDATES = Number(
    id="updates",
    question=(
        "A training set of 50,000 images, batches of 128, 10 epochs. The last batch of "
        "an epoch is used even if it is short. How many updates are made?"
    ),
    answer=3910,
    tolerance=0.4,
    feedback=(
        "50,000/128 is 390.6, so an epoch has 390 full batches and a short one: 391. "
        "Ten epochs have 3,910."
    ),
    otherwise="How many batches does one epoch have, the short one included?",
    mistakes=(
        Mistake(
            3900, "That leaves out the short batch: `drop_last=True` would give this."
        ),
        Mistake(
            3906,
            "You rounded at the end. A batch never reaches over the end of an epoch, "
            "so round up in each epoch.",
        ),
        Mistake(
            3907,
            "You rounded up once, at the end. A batch never reaches over the end of "
            "an epoch, so round up in each epoch.",
        ),
        Mistake(391, "That is one epoch. Ten are asked for."),
        Mistake(500_000, "That is the number of samples read, or of updates at B = 1."),
        Mistake(10, "That would be one update an epoch: the full batch."),
    ),
)

NOISE = Choice(
    id="noise",
    question=(
        "The gradient of a batch of 32 is typically off by 0.4. About how far off is "
        "the gradient of a batch of 128?"
    ),
    options=(
        Option(
            "0.1",
            "The *variance* falls to a quarter, from 0.16 to 0.04. The error is its "
            "root.",
        ),
        Option(
            "0.2",
            "Yes. Four times the samples, a quarter of the variance, half the error.",
            right=True,
        ),
        Option(
            "0.025",
            "You divided by 16. Quadrupling the batch gains only a factor of two.",
        ),
        Option(
            "Still 0.4: the noise comes from the labels",
            "Whatever its source, averaging more samples reduces it. And the labels "
            "are only one source: the inputs differ too.",
        ),
    ),
)

SORTED = Choice(
    id="sorted",
    question=(
        "A colleague's classifier answers “truck” to nearly every image. Its training "
        "loss was close to zero at the end of each epoch. What do you look at first?"
    ),
    options=(
        Option(
            "Whether the data are sorted by class and not shuffled",
            "Yes. Then the last updates of an epoch see trucks only, on which the "
            "loss is soon tiny, and they overwrite the rest.",
            right=True,
        ),
        Option(
            "Whether the learning rate is too small",
            "With too small a rate the loss would stay high. Here it was near zero, on "
            "whatever the last batches held.",
        ),
        Option(
            "Whether the batch is too large",
            "A larger batch of the same class is no cure. What is in the batches "
            "matters here, not how much.",
        ),
        Option(
            "Whether the model overfits",
            "An overfitted model knows all its training images, of every class. This "
            "one would fail on those too.",
        ),
    ),
)

RATE = Number(
    id="rate",
    question=(
        "A loop calls `backward()` on the mean loss of each of 4 equal small batches "
        "without dividing it, then steps with plain SGD at the rate 0.01. Which rate "
        "would make the same update with one large batch?"
    ),
    answer=0.04,
    tolerance=0.001,
    feedback=(
        "Four mean gradients add up to 4 times the gradient of the large batch. So "
        "the step is that of the rate 0.04: divide the loss by 4, or know what you do."
    ),
    otherwise="By which factor is the sum of four means larger than the mean of all?",
    mistakes=(
        Mistake(
            0.01,
            "That would be so if the loss had been divided by 4. `backward()` adds.",
        ),
        Mistake(0.0025, "The other way round: a sum makes the step longer."),
        Mistake(
            0.02,
            "The root belongs to the noise. Here gradients are simply added up.",
        ),
    ),
)

SAME = Choices(
    id="same",
    question=(
        "Eight small batches of 32 are accumulated, the mean of their mean gradients "
        "is taken, and one step follows. When does this differ from one batch of 256 "
        "with the same samples? Tick everything that makes a difference."
    ),
    options=(
        Option(
            "The network has batch normalisation.",
            "It makes a difference: the mean and spread are those of 32 samples then, "
            "not of 256.",
            right=True,
        ),
        Option(
            "The last small batch holds only 8 samples.",
            "It makes a difference: each of the 8 counts four times as much as the "
            "others.",
            right=True,
        ),
        Option(
            "The loss compares each sample with the others in its batch.",
            "It makes a difference: a sample meets 31 others instead of 255.",
            right=True,
        ),
        Option(
            "The network has 30 layers.",
            "No difference: the gradient of a mean is the mean of the gradients, "
            "however deep the network.",
        ),
        Option(
            "The optimizer is Adam.",
            "No difference: it gets the same gradient and steps once. (It would make "
            "one if the optimizer stepped after each small batch.)",
        ),
    ),
)

KEEP = Number(
    id="keep",
    question=(
        "Validation losses after epochs 0, 1, 2 and so on: 9, 7, 5, 6, 5.5, 4.8, 5, 6, "
        "5.2, 4.1. Early stopping has patience 3. The parameters of which epoch are "
        "kept?"
    ),
    answer=5,
    tolerance=0.1,
    feedback=(
        "After 5 come 6 and 5.5, two without progress, and then 4.8 in epoch 5. The "
        "next three, 5, 6 and 5.2, do not beat it: the run stops at epoch 8 and keeps "
        "epoch 5. It never sees the 4.1."
    ),
    otherwise="Mark each new best; then find the first three epochs in a row without.",
    mistakes=(
        Mistake(8, "There the run stops. What is kept is the best epoch so far."),
        Mistake(
            9, "That is the lowest loss of the list, but the run has ended before it."
        ),
        Mistake(
            2,
            "After epoch 2 only two epochs bring no new best: the patience is three.",
        ),
        Mistake(4, "5.5 is lower than the loss before it, but not than the best, 5."),
        Mistake(6, "You counted epochs from 1; the list begins with epoch 0."),
    ),
)

LARGE = Choice(
    id="large",
    question=(
        "A run with batches of 2,048 ends with worse test accuracy than one with 64, "
        "after 30 epochs each, both with the rate 0.1. What follows?"
    ),
    options=(
        Option(
            "Large batches find sharp minima, which generalise badly",
            "That is one hypothesis, and disputed. This comparison cannot tell, "
            "because the two runs differ in more than the batch.",
        ),
        Option(
            "Little: the large batch made 32 times fewer steps, at a rate that was not "
            "tuned for it",
            "Yes. Compare at equal steps and with a tuned rate, over several seeds; "
            "then most of such gaps have closed in published studies.",
            right=True,
        ),
        Option(
            "The large batch needs a smaller rate",
            "Rather a larger one: it has less noise, and fewer steps to make its way.",
        ),
        Option(
            "64 is the best batch size for this problem",
            "Two sizes were tried, at one rate. 32 or 256 may be better, or 2,048 with "
            "another rate.",
        ),
    ),
)

ITEMS: tuple[Item, ...] = (UPDATES, NOISE, SORTED, RATE, SAME, KEEP, LARGE)
