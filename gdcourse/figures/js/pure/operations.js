// Written by gdcourse/trace/operations.py from its table: do not edit.

/** A run diverges where its loss passes this many times its first loss. */
export const DIVERGED_FACTOR = 1e+06;

/** Templates for one coordinate; $0, $1, $2 are the arguments. */
/** @type {Record<string, string>} */
export const ELEMENTWISE = {
  "add": "$0 + $1",
  "subtract": "$0 - $1",
  "multiply": "$0 * $1",
  "divide": "$0 / $1",
  "power": "$0 ** $1",
  "negative": "-$0",
  "reciprocal": "1 / $0",
  "square": "$0 * $0",
  "sqrt": "Math.sqrt($0)",
  "absolute": "Math.abs($0)",
  "sign": "Math.sign($0)",
  "exp": "Math.exp($0)",
  "expm1": "Math.expm1($0)",
  "log": "Math.log($0)",
  "log1p": "Math.log1p($0)",
  "sin": "Math.sin($0)",
  "cos": "Math.cos($0)",
  "tan": "Math.tan($0)",
  "arctan": "Math.atan($0)",
  "sinh": "Math.sinh($0)",
  "cosh": "Math.cosh($0)",
  "tanh": "Math.tanh($0)",
  "floor": "Math.floor($0)",
  "ceil": "Math.ceil($0)",
  "floor_divide": "Math.floor($0 / $1)",
  "remainder": "$0 - $1 * Math.floor($0 / $1)",
  "minimum": "Math.min($0, $1)",
  "maximum": "Math.max($0, $1)",
  "clip": "Math.min(Math.max($0, $1), $2)",
  "where": "$0 ? $1 : $2",
  "greater": "$0 > $1 ? 1 : 0",
  "greater_equal": "$0 >= $1 ? 1 : 0",
  "less": "$0 < $1 ? 1 : 0",
  "less_equal": "$0 <= $1 ? 1 : 0",
  "equal": "$0 === $1 ? 1 : 0",
  "not_equal": "$0 !== $1 ? 1 : 0",
  "logical_and": "$0 && $1 ? 1 : 0",
  "logical_or": "$0 || $1 ? 1 : 0",
  "logical_not": "$0 ? 0 : 1"
};

/** Templates over all coordinates: each, joined, then the whole. */
/** @type {Record<string, {each: string, join: string, whole: string}>} */
export const REDUCTIONS = {
  "sum": {
    "each": "$0",
    "join": " + ",
    "whole": "$0"
  },
  "mean": {
    "each": "$0",
    "join": " + ",
    "whole": "($0) / $d"
  },
  "max": {
    "each": "$0",
    "join": ", ",
    "whole": "Math.max($0)"
  },
  "min": {
    "each": "$0",
    "join": ", ",
    "whole": "Math.min($0)"
  },
  "norm": {
    "each": "$0 * $0",
    "join": " + ",
    "whole": "Math.sqrt($0)"
  },
  "dot": {
    "each": "$0 * $1",
    "join": " + ",
    "whole": "$0"
  }
};

/** What typed formulas may use, and their limits. */
/** @type {Record<string, string>} */
export const FUNCTIONS = {
  "sin": "sin",
  "cos": "cos",
  "tan": "tan",
  "exp": "exp",
  "log": "log",
  "sqrt": "sqrt",
  "tanh": "tanh",
  "sinh": "sinh",
  "cosh": "cosh",
  "abs": "absolute",
  "sign": "sign"
};
/** @type {Record<string, number>} */
export const CONSTANTS = {"pi": 3.141592653589793, "e": 2.718281828459045};
export const LONGEST = 2000; // characters
export const LARGEST = 1000; // as an exponent
