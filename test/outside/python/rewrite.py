"""Equal spellings of scalar texts, by SymPy. Names are real numbers."""

import sympy as sp

from read import Unreadable, read

FUNCTIONS = {
    "exp": sp.exp, "log": sp.log, "sqrt": sp.sqrt, "abs": sp.Abs, "sign": sp.sign,
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "sec": sp.sec, "csc": sp.csc, "cot": sp.cot,
    "asin": sp.asin, "acos": sp.acos, "atan": sp.atan,
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh,
    "erf": sp.erf, "erfc": sp.erfc, "gamma": sp.gamma,
}
SPELLED = {f.__name__: name for name, f in FUNCTIONS.items() if isinstance(f, type)}
OPAQUE = ["sigmoid", "softplus", "relu", "step", "lgamma", "digamma", "cbrt", "sech", "csch", "coth"]

WAYS = {
    "expand": sp.expand,
    "factor": sp.factor,
    "together": sp.together,
    "cancel": sp.cancel,
    "apart": lambda e: sp.apart(e, sorted(e.free_symbols, key=str)[0]),
    "horner": lambda e: sp.horner(e),
    "trigonometric": lambda e: sp.expand_trig(e),
    "exponential": lambda e: e.rewrite(sp.exp),
    "powers": sp.powsimp,
    "simplify": sp.simplify,
}


def expression(node, names):
    """A tree of scalar arithmetic as SymPy has it."""
    parts = lambda: [expression(p, names) for p in node.parts]
    if node.kind == "number":
        return sp.Rational(node.value)
    if node.kind == "name":
        if node.value in names:
            return names[node.value]
        return {"pi": sp.pi, "e": sp.E}.get(node.value) or sp.Symbol(node.value, real=True)
    if node.kind == "op":
        combine = {
            "+": lambda a, b: a + b, "-": lambda a, b: a - b, "neg": lambda a: -a,
            "*": lambda a, b: a * b, ".*": lambda a, b: a * b, "/": lambda a, b: a / b, "./": lambda a, b: a / b,
            "^": lambda a, b: a**b, ".^": lambda a, b: a**b,
        }.get(node.value)
        if combine:
            return combine(*parts())
    if node.kind == "call" and len(node.parts) == 1:
        if node.value in FUNCTIONS:
            return FUNCTIONS[node.value](*parts())
        if node.value in OPAQUE:
            return sp.Function(node.value, real=True)(*parts())
    raise Unreadable("no scalar arithmetic")


def text(e):
    """What SymPy has, in the language."""
    if e.is_Rational:
        return str(e.p) if e.q == 1 else f"({e.p}/{e.q})"
    if e is sp.pi:
        return "pi"
    if e is sp.E:
        return "e"
    if e.is_Symbol:
        return e.name
    if e.is_Add:
        return "(" + " + ".join(text(a) for a in e.args) + ")"
    if e.is_Mul:
        above, below = e.as_numer_denom()
        if below != 1 and not below.has(sp.zoo):
            return f"{text(above)}/{text(below)}"
        return "(" + "*".join(f"({text(a)})" for a in e.args) + ")"
    if e.is_Pow:
        return f"sqrt({text(e.base)})" if e.exp == sp.Rational(1, 2) else f"({text(e.base)})^({text(e.exp)})"
    if isinstance(e, sp.exp):
        return f"exp({text(e.args[0])})"
    name = SPELLED.get(type(e).__name__, type(e).__name__)
    if name in FUNCTIONS or name in OPAQUE:
        return f"{name}({', '.join(text(a) for a in e.args)})"
    raise Unreadable(f"{type(e).__name__} has no spelling")


def rewritings(source, within, late):
    """[way, text] for every way that changes something."""
    names = {}
    e = None
    for s in read(source):
        if s.kind not in ("definition", "objective"):
            raise Unreadable("no scalar arithmetic")
        e = expression(s.value, names)
        if s.kind == "definition":
            names[s.name] = e
    found, seen = [], set()
    for way, f in WAYS.items():
        try:
            spelled = text(within(lambda: f(e)))
        except late:
            continue
        except Unreadable:
            continue
        except (sp.PolynomialError, NotImplementedError, IndexError, ValueError, TypeError, AttributeError, ZeroDivisionError):
            continue
        if spelled not in seen:
            seen.add(spelled)
            found.append([way, spelled])
    return found
