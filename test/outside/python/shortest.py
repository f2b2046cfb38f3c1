"""The forms that SymPy gives to the derivatives of test/simplify/shortest, as JSON on standard output.

    python shortest.py ../../simplify/shortest/*.json

All distinct forms of a derivative are kept that are not much longer than the shortest of them; which of them counts is
decided where they are measured, and only if the judge finds it right.
"""

import json
import re
import signal
import sys
from concurrent.futures import ProcessPoolExecutor

import sympy as sp

LIMIT = 4
KEPT = 5


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong


FUNCTIONS = {
    "abs": sp.Abs,
    "cbrt": lambda u: u ** sp.Rational(1, 3),
    "log2": lambda u: sp.log(u, 2),
    "log10": lambda u: sp.log(u, 10),
    "σ": lambda u: 1 / (1 + sp.exp(-u)),
    "softplus": lambda u: sp.log(1 + sp.exp(u)),
    "max": sp.Max,
    "where": lambda c, a, b: sp.Piecewise((a, c), (b, True)),
}
for name in "exp log sqrt sign diff atan2 sin cos tan cot sec csc asin acos atan asec acot sinh cosh tanh asinh acosh atanh".split():
    FUNCTIONS[name] = getattr(sp, name)

WAYS = {
    "diff": lambda e: e,
    "simplify": sp.simplify,
    "factor": sp.factor,
    "together": sp.together,
    "expand": sp.expand,
    "cancel": sp.cancel,
    "apart": sp.apart,
    "trigsimp": sp.trigsimp,
    "powsimp": sp.powsimp,
    "radsimp": sp.radsimp,
    "ratsimp": sp.ratsimp,
    "logcombine": sp.logcombine,
    "expand_trig": sp.expand_trig,
    "factor terms": sp.factor_terms,
    "simplify, factor": lambda e: sp.factor(sp.simplify(e)),
    "factor, simplify": lambda e: sp.simplify(sp.factor(e)),
    "together, factor": lambda e: sp.factor(sp.together(e)),
    "expand, simplify": lambda e: sp.simplify(sp.expand(e)),
    "simplify, trigsimp, factor": lambda e: sp.factor(sp.trigsimp(sp.simplify(e))),
    "simplify, expand": lambda e: sp.expand(sp.simplify(e)),
    "in tangents": lambda e: sp.simplify(e.rewrite(sp.tan)),
    "in cosines": lambda e: sp.simplify(e.rewrite(sp.cos)),
    "in sines": lambda e: sp.simplify(e.rewrite(sp.sin)),
    "in hyperbolic tangents": lambda e: sp.simplify(e.rewrite(sp.tanh)),
    "cse-free collect": lambda e: sp.collect(sp.expand(e), sorted(e.free_symbols, key=str)),
}


def read(text, assumptions):
    names = set(re.findall(r"(?<![\w])[A-Za-z]\w*", text)) - FUNCTIONS.keys() - {"pi"}
    safe = {name: f"{name}_" for name in names}
    text = re.sub(r"(?<![\w])[A-Za-z]\w*", lambda m: safe.get(m[0], m[0]), text)
    scope = {**FUNCTIONS, "pi": sp.pi, **{s: sp.Symbol(s, **assumptions) for s in safe.values()}}
    return sp.parse_expr(text.replace("^", "**"), local_dict=scope)


def write(expression):
    text = sp.sstr(expression).replace("**", "^").replace("Abs(", "abs(").replace("log(E)", "1")
    text = re.sub(r"(\w)_\b", r"\1", text)
    return text


def forms(question):
    source, wrt = question
    signal.signal(signal.SIGALRM, stop)
    found = set()
    for assumptions in ({"real": True}, {"positive": True}):
        try:
            derivative = sp.diff(read(source, assumptions), read(wrt, assumptions))
        except Exception as error:
            print(source, type(error).__name__, error, file=sys.stderr)
            continue
        for way in WAYS.values():
            signal.alarm(LIMIT)
            try:
                found.add(write(way(derivative)))
            except Exception:
                pass
            finally:
                signal.alarm(0)
    found = sorted((f for f in found if not re.search(r"Piecewise|Heaviside|DiracDelta|Derivative|\bI\b|zoo|nan", f)), key=lambda f: (len(f), f))
    return [f"{source} by {wrt}", found[:KEPT]]


def main(paths):
    questions = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for group in json.load(file).values():
                questions += [(case[0], case[1]) for case in group if len(case) == 3]
    with ProcessPoolExecutor(2) as pool:
        answers = dict(pool.map(forms, questions))
    json.dump({key: list for key, list in answers.items() if list}, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
