"""Mutants of a function: copies of its source with one change each."""

import ast
import copy

OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
NAMES = {
    "min": "max",
    "max": "min",
    "argmin": "argmax",
    "nanargmin": "nanargmax",
    "sum": "mean",
    "mean": "sum",
    "median": "mean",
    "any": "all",
    "all": "any",
    "cos": "sin",
    "zeros_like": "ones_like",
}
WORDS = {"relu": ["sigmoid", "linear"], "he": ["zero", "constant"]}


def mutants(code):
    """Yield the name and the tree of each mutant of a function's source.

    The name is the number of the changed line, and that line after the change.
    """
    tree = ast.parse(code)
    original, seen = ast.unparse(tree), set()
    _mark_indices(tree)
    for place, node in enumerate(ast.walk(tree)):
        for other in _others(node):
            changed = copy.deepcopy(tree)
            _replace(changed, list(ast.walk(changed))[place], other)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text != original and text not in seen:
                seen.add(text)
                yield _named(tree, node, original, text), changed


def _named(tree, node, before, after):
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    number, line = next(
        (i, new.strip()) for i, (old, new) in enumerate(pairs, 1) if old != new
    )
    return f"{number}: {line}"


def _others(node):
    """Return what may stand in the place of a node: see the tables above."""
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)):
        return [_with(node, op=other()) for other in OPERATORS[type(node.op)]] + (
            _signs(node) if isinstance(node, ast.BinOp) else []
        )
    if isinstance(node, ast.Compare):
        others = OPERATORS[type(node.ops[0])]
        return [_with(node, ops=[other(), *node.ops[1:]]) for other in others]
    if isinstance(node, ast.Constant):
        return [ast.Constant(value) for value in _values(node.value)]
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        return [_with(node, attr=NAMES[node.attr])]
    if isinstance(node, ast.Name) and node.id in NAMES:
        return [_with(node, id=NAMES[node.id])]
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.Name) and getattr(node, "is_index", False):
        return [ast.BinOp(node, op(), ast.Constant(1)) for op in (ast.Add, ast.Sub)]
    return []


def _mark_indices(tree):
    """Mark the names that stand in an index, or in the bounds of a loop."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            parts = [node.slice]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range":
            parts = node.args
        else:
            continue
        for name in (name for part in parts for name in ast.walk(part)):
            name.is_index = isinstance(name, ast.Name) and name.id != "len"


def _with(node, **changes):
    return type(node)(**{**dict(ast.iter_fields(node)), **changes})


def _signs(node):
    sides = ("left", "right")
    turned = {side: ast.UnaryOp(ast.USub(), getattr(node, side)) for side in sides}
    return [_with(node, **{side: turned[side]}) for side in sides]


def _values(value):
    """Return other values for a constant; most words, and None, stay."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1, -value]
    if isinstance(value, float):
        return [2 * value, value / 2, value + 1, -value]
    return WORDS.get(value, [])


def _replace(tree, old, new):
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, copy.deepcopy(new))
                return
            if isinstance(value, list) and any(item is old for item in value):
                value[[item is old for item in value].index(True)] = copy.deepcopy(new)
                return


def compiled(tree, name, space):
    """Return the function that a tree defines, among the names of ``space``."""
    space = dict(space)
    exec(compile(tree, "<mutant>", "exec"), space)
    return space[name]
