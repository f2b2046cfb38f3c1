"""The value of a tree where names have values: by the meaning of each construct, every index run through."""

from collections import Counter

from mpmath import mp, mpf

from arrays import Array, NoValue, along, blocks, entrywise, multiply, reduce, shape_of, transpose
from entries import Entries
from functions import ALONG, ARRAYS, ENTRYWISE, REDUCTIONS, kron, matrix_power, solve, whole
from indices import Indices
from read import Unreadable, read

CONSTANTS = {"pi": lambda: +mp.pi, "e": lambda: mp.e + 0, "inf": lambda: mp.inf}

# Predictions come first, targets second; columns are examples.
LOSSES = {
    f"{s.name}/{len(s.places)}": s
    for s in read("""
mse(a, y) = mean((a - y).^2)
mae(a, y) = mean(abs(a - y))
huber(a, y) = huber(a, y, 1)
huber(a, y, delta) = mean(where(abs(a - y) <= delta, (a - y).^2/2, delta*(abs(a - y) - delta/2)))
bce(p, y) = -mean(xlogy(y, p) + xlogy(1 - y, 1 - p))
cross_entropy(p, y) = -mean(sum(xlogy(y, p), rows))
hinge(s, y) = mean(relu(1 - y.*s))
kl(p, q) = sum(xlogy(p, p) - xlogy(p, q))
""")
}


class Scope(Indices, Entries):
    """Names with values, definitions that are evaluated when they are needed, functions, indices that are running."""

    def __init__(self, statements, values, outer=None):
        self.values = dict(values)
        self.outer = outer
        self.definitions, self.entries, self.functions = {}, {}, {}
        self.objective = None
        for s in statements:
            if s.kind == "definition":
                self.definitions[s.name] = s.value
            elif s.kind == "entries":
                self.entries.setdefault(s.name, []).append(s)
            elif s.kind == "function":
                self.functions[f"{s.name}/{len(s.places)}"] = s
            elif s.kind == "objective":
                self.objective = s.value
                if s.name:
                    self.definitions[s.name] = s.value
        self.indices = {}
        self.found = {}
        self.cells = {}
        self.running = set()
        self.reached = {}
        self.padding = 0
        self.busy = Counter()

    # --- names

    def lookup(self, name):
        if name in self.indices:
            return mpf(self.indices[name])
        if name in self.values:
            return self.values[name]
        if name in self.definitions or name in self.entries:
            if name not in self.found:
                if name in self.running:
                    raise NoValue(f"{name} is defined by itself")
                self.running.add(name)
                kept, self.indices = self.indices, {}
                try:
                    if name in self.definitions:
                        self.found[name] = self.value(self.definitions[name])
                    else:
                        self.found[name] = self.whole_array(name)
                finally:
                    self.indices = kept
                    self.running.discard(name)
            return self.found[name]
        if self.outer:
            return self.outer.outside(name)
        if name in CONSTANTS:
            return CONSTANTS[name]()
        raise Unreadable(f"{name} is unknown")

    def outside(self, name):
        """What a name means where no index is running."""
        kept, self.indices = self.indices, {}
        try:
            return self.lookup(name)
        finally:
            self.indices = kept

    def function(self, key):
        return self.functions.get(key) or (self.outer.function(key) if self.outer else LOSSES.get(key))

    # --- trees

    def value(self, node):
        if not self.indices or node.kind in ("number", "name") or not node.free.isdisjoint(self.indices):
            return getattr(self, "of_" + node.kind)(node)
        # The same whatever the indices are.
        if node not in self.found:
            kept, self.indices = self.indices, {}
            try:
                self.found[node] = self.value(node)
            finally:
                self.indices = kept
        return self.found[node]

    def of_number(self, node):
        return mpf(node.value)

    def of_name(self, node):
        return self.lookup(node.value)

    def of_where(self, node):
        condition = self.value(node.parts[0])
        # Beyond an axis there is nothing to choose.
        self.padding += 1
        try:
            if not isinstance(condition, Array):
                taken = self.value(node.parts[1 if condition != 0 else 2])
                other = self.shape_only(node.parts[2 if condition != 0 else 1])
                return entrywise(lambda x, _: x, taken, other) if other is not None else taken
            return entrywise(lambda c, a, b: a if c != 0 else b, condition, *(self.value(p) for p in node.parts[1:]))
        finally:
            self.padding -= 1

    def shape_only(self, node):
        """What is not taken has a say in the shape only."""
        if self.indices:
            return None
        try:
            value = self.value(node)
            return value if isinstance(value, Array) else None
        except NoValue:
            return None

    def of_op(self, node):
        sign = node.value
        values = [self.value(p) for p in node.parts]
        if sign == "'":
            return transpose(values[0])
        if sign == "*":
            return multiply(*values)
        if sign == "/":
            if isinstance(values[1], Array):
                raise NoValue("a division by an array")
            return entrywise(ENTRYWISE["./"], *values)
        if sign == "^":
            if isinstance(values[0], Array):
                return matrix_power(*values)
            return entrywise(ENTRYWISE[".^"], *values)
        if sign == "\\":
            return solve(*values)
        if sign == "⊗":
            return kron(*values)
        return entrywise(ENTRYWISE[sign], *values)

    def of_bracket(self, node):
        nested = all(p.kind == "bracket" for p in node.parts) and len(node.value) == 1
        if nested:
            return blocks([[self.value(e) for e in p.parts] for p in node.parts])
        values = [self.value(p) for p in node.parts]
        rows, at = [], 0
        for length in node.value:
            rows.append(values[at : at + length])
            at += length
        if len(rows) == 1 and not any(isinstance(v, Array) for v in values):
            rows = [[v] for v in values]
        return blocks(rows)

    def of_call(self, node):
        name, args = node.value, node.parts
        own = self.function(f"{name}/{len(args)}")
        if own and f"{name}/{len(args)}" not in LOSSES or name not in ENTRYWISE and own:
            return Scope([], dict(zip(own.places, map(self.value, args))), self).value(own.value)
        axis = None
        if len(args) > 1 and (name in REDUCTIONS or name in ALONG) and args[-1].kind == "name":
            axis = args[-1].value
            first = self.value(args[0])
            axis = self.axis(axis, first, name)
            if axis is not None:
                if name in ALONG:
                    return along(ALONG[name], first, axis)
                return reduce(REDUCTIONS[name], first, axis)
        if name == "where":
            return self.of_where(node)
        if name == "concat":
            if args[-1].kind == "name" and args[-1].value in ("rows", "cols"):
                parts = [self.value(a) for a in args[:-1]]
                return blocks([parts] if args[-1].value == "cols" else [[p] for p in parts])
            return blocks([[self.value(a)] for a in args])
        values = [self.value(a) for a in args]
        if name in ("max", "min") and len(values) > 1:
            return entrywise(lambda *xs: REDUCTIONS[name](xs), *values)
        if name in REDUCTIONS:
            return reduce(REDUCTIONS[name], values[0])
        if name in ALONG:
            if len([d for d in shape_of(values[0]) if d != 1]) > 1:
                raise Unreadable("a softmax needs its axis")
            return along(ALONG[name], values[0])
        if name in ARRAYS:
            try:
                return ARRAYS[name](*values)
            except (ValueError, TypeError, IndexError, ZeroDivisionError) as e:
                raise NoValue(f"{name}: {e}")
        if name in ENTRYWISE:
            return entrywise(ENTRYWISE[name], *values)
        raise Unreadable(f"{name} is no function")

    def axis(self, name, x, function):
        """rows runs down each column; an axis is also told by the name of its size."""
        shape = shape_of(x)
        rank = max(2, len(shape))
        if name == "rows":
            return rank - 2
        if name == "cols":
            return rank - 1
        if function in ("max", "min"):
            return None
        length = whole(self.lookup(name))
        matches = [k for k, d in enumerate(shape) if d == length]
        if len(matches) != 1:
            raise NoValue(f"no axis, or more than one, has the size {name}")
        return matches[0]
