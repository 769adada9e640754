"""Quizzes: questions as data, one module per chapter."""

from collections.abc import Sequence

from gdcourse.exercises.quizzes import (
    adaptive_optimizers,
    backpropagation,
    batch_variants,
    landscapes,
    learning_as_search,
    learning_rates,
    momentum,
    partial_derivatives,
    start_here,
    update_rule,
)
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

QUIZZES: dict[str, Sequence[Item]] = {
    "start-here": start_here.ITEMS,
    "learning-as-search": learning_as_search.ITEMS,
    "loss-landscapes": landscapes.ITEMS,
    "partial-derivatives": partial_derivatives.ITEMS,
    "update-rule": update_rule.ITEMS,
    "learning-rates": learning_rates.ITEMS,
    "batch-variants": batch_variants.ITEMS,
    "backpropagation": backpropagation.ITEMS,
    "momentum": momentum.ITEMS,
    "adaptive-optimizers": adaptive_optimizers.ITEMS,
}

__all__ = [
    "QUIZZES",
    "Choice",
    "Choices",
    "Distractor",
    "Item",
    "Mistake",
    "Number",
    "Option",
    "Order",
    "Parsons",
]
