"""Eight questions on chapter 07, backpropagation."""

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

BACK = Number(
    id="back",
    question=(
        "One unit with a ReLU: h = max(0, w1 · x), and the output is w2 · h. Here x = "
        "2, w1 = 3, w2 = −1, the target is 1, and the loss is the squared error. What "
        "is the slope of the loss by w1?"
    ),
    answer=28,
    tolerance=0.4,
    feedback=(
        "Forwards 6, 6, −6; the error is −7. Backwards: −14 by the output, times w2 "
        "makes 14 by h, times the slope 1 of the ReLU, times x makes 28."
    ),
    otherwise="Go forwards first. Then multiply one local slope after the other.",
    mistakes=(
        Mistake(
            14, "That is the slope by h. The last factor, the input x, is missing."
        ),
        Mistake(-28, "The sign: the weight w2 on the way back is −1."),
        Mistake(-84, "That is the slope by w2: −14 times h."),
        Mistake(12, "The square brings down a factor 2, and the error is −7, not −6."),
        Mistake(7, "Two factors are missing, the 2 of the square and the input x."),
    ),
)

JOBS = Choice(
    id="jobs",
    question=(
        "A gradient check of your network passes with a relative error of 1e-9. The "
        "loss does not fall. What can you rule out?"
    ),
    options=(
        Option(
            "Backpropagation",
            "Yes. It computes the gradient, and the gradient is right. What uses it, "
            "the rule, its rate or the data, is still under suspicion.",
            right=True,
        ),
        Option(
            "Gradient descent",
            "The check says nothing about the update: it may have the wrong sign, or a "
            "rate that is far too small.",
        ),
        Option(
            "Vanishing gradients",
            "A gradient can be right and tiny. The check compares it with differences, "
            "which are tiny too.",
        ),
        Option(
            "The data",
            "With shuffled labels the gradient is right as well: that of a senseless "
            "loss.",
        ),
    ),
)

FIRST = Number(
    id="first",
    question=(
        "A new classifier for 1,000 classes has not been trained yet. Near which value "
        "should its first cross-entropy lie?"
    ),
    answer=6.91,
    tolerance=0.06,
    feedback=(
        "Knowing nothing it gives each class 1/1000, and −log(1/1000) is 6.91. Much "
        "more means scores that are too large at the start, or wrong labels."
    ),
    otherwise="Which probability does it give to the right class? Take minus its log.",
    mistakes=(
        Mistake(2.3, "That is the value for ten classes, not a thousand."),
        Mistake(
            3.0, "That is the logarithm to the base 10. The loss takes the natural."
        ),
        Mistake(
            9.97, "That is the logarithm to the base 2. The loss takes the natural."
        ),
        Mistake(0.69, "That is the value for two classes, not a thousand."),
        Mistake(0.0, "Zero would be certain and right, on everything, untrained."),
    ),
)

SCALE = Choice(
    id="scale",
    question=(
        "A chain of 20 sigmoid layers with 4 units each hardly trains: the gradient at "
        "its first layer is 1e-12 of that at its last. Somebody multiplies all first "
        "weights by 10. What happens?"
    ),
    options=(
        Option(
            "The gradient explodes",
            "The product of weights does. But each factor also has the slope of the "
            "sigmoid in it, and with large weights the units saturate.",
        ),
        Option(
            "It vanishes all the same",
            "Yes. Large weights drive the units into their flat ends, where the slope "
            "is nearly 0. Narrow sigmoid layers vanish at every scale.",
            right=True,
        ),
        Option(
            "It becomes about the same at both ends",
            "No scale does that with four sigmoid units a layer: too small, and the "
            "weights shrink the slope; too large, and the flat ends do.",
        ),
    ),
)

REMEDIES = Choices(
    id="remedies",
    question=(
        "In a plain ReLU network of 40 layers with LeCun's first weights the gradient "
        "vanishes. Tick everything that makes it longer at the first layer."
    ),
    options=(
        Option(
            "Residual connections",
            "They help: the slope has a way past each layer.",
            right=True,
        ),
        Option(
            "He's first weights",
            "They help: twice the variance makes up for the silent half of the units.",
            right=True,
        ),
        Option(
            "Clipping the gradient at norm 1",
            "It only shortens what is long. A short gradient passes unchanged.",
        ),
        Option(
            "A learning rate a hundred times larger",
            "It makes steps longer in all layers, and no gradient. The last layers "
            "would be thrown about, and the first would still hardly move.",
        ),
        Option(
            "Sigmoid in place of ReLU",
            "Its slope is at most a quarter, so the gradient gets shorter still.",
        ),
        Option(
            "Batch normalisation in every layer",
            "It makes it longer, in a plain ReLU network even too long: it grows from "
            "layer to layer going back, so combine it with residual connections.",
            right=True,
        ),
    ),
)

CLIPPED = Number(
    id="clipped",
    question=(
        "The gradient of a network is 6 in its only weight and −8 in its only bias. It "
        "is clipped by its global norm at 5. What is the bias part now?"
    ),
    answer=-4,
    tolerance=0.05,
    feedback=(
        "The length is 10, so both are multiplied by a half: 3 and −4. The direction "
        "stays."
    ),
    otherwise="How long are the two together? One factor for both.",
    mistakes=(
        Mistake(-5, "That is clipping per element, or each array by its own length."),
        Mistake(4, "Clipping never changes the sign of a number."),
        Mistake(-0.8, "That has length 1. The limit is 5."),
        Mistake(-8, "The length is 10, which is above the limit."),
        Mistake(-0.4, "You divided by the sum of the squares. Take its root."),
    ),
)

SUDDEN = Choice(
    id="sudden",
    question=(
        "For 8,000 updates the loss falls quietly. At the next one it is NaN. The "
        "loss is computed as −log(p + 1e-8) in half precision. What do you do?"
    ),
    options=(
        Option(
            "Divide the learning rate by 10",
            "A rate that is too large shows: the loss grows before it overflows. Here "
            "it would only take longer until some p is 0.",
        ),
        Option(
            "Use 1e-12 in place of 1e-8",
            "Both are rounded to 0 in half precision, and log(0) is infinite.",
        ),
        Option(
            "Compute the loss from the scores, with log-softmax",
            "Yes. Then no probability is rounded to 0 before its logarithm is taken.",
            right=True,
        ),
        Option(
            "Clip the gradient",
            "A gradient that is NaN has no length that could be clipped.",
        ),
    ),
)

LOOP = Parsons(
    id="loop",
    question=(
        "Put the lines of one PyTorch update in order, with clipping and with the "
        "norm written down. One line stays out."
    ),
    lines=(
        "loss = cross_entropy(model(x), y)",
        "loss.backward()",
        "norm = clip_grad_norm_(model.parameters(), 1.0)",
        "optimizer.step()",
        "optimizer.zero_grad()",
        "print(loss.item(), norm.item())",
    ),
    distractors=(
        Distractor(
            "loss = cross_entropy(softmax(model(x)), y)",
            "The line with the softmax stays out: the loss takes scores, and applies "
            "softmax by itself. Twice is too much.",
        ),
    ),
    orders=(
        Order(0, 1, "Without a loss there is nothing to walk back from."),
        Order(1, 2, "Before `backward()` there are no gradients to clip."),
        Order(2, 3, "After `step()` clipping comes too late: the weights have moved."),
        Order(3, 4, "`zero_grad()` throws the gradients away that `step()` needs."),
        Order(2, 5, "The norm has to be computed before it can be printed."),
    ),
    shuffled=(3, 6, 1, 4, 0, 5, 2),
    feedback=(
        "Evaluate, differentiate, clip, move, set to zero. The norm that clipping "
        "returns is the one before clipping, so it can be printed at any later point."
    ),
    missing="Six of the seven lines belong in: there is one that you left out.",
)

ITEMS: tuple[Item, ...] = (
    BACK,
    JOBS,
    FIRST,
    SCALE,
    REMEDIES,
    CLIPPED,
    SUDDEN,
    LOOP,
)
