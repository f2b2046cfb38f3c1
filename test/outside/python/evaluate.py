"""The value of a tree where names have values: by the meaning of each construct, every index run through."""

from collections import Counter
from itertools import product

from mpmath import mp, mpf

from arrays import Array, NoValue, along, array, blocks, data_of, entrywise, identity, matrix, multiply, pick, reduce, shape_of, size, transpose
from functions import ALONG, ARRAYS, ENTRYWISE, NAN, REDUCTIONS, kron, matrix_power, solve, whole
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


class Scope:
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

    # --- indices

    def of_over(self, node):
        (name, indices), (body, *rest) = node.value, node.parts
        if rest:
            raise Unreadable("one argument is expected")
        with_ranges = self.ranges(indices, [body])
        entries = self.run(with_ranges, body)
        if name in ALONG:
            # Softmax keeps its index, which then runs outside: its place tells which entry is meant.
            values = ALONG[name](entries)
            return values[[tuple(p) for p in product(*(r for _, r in with_ranges))].index(tuple(self.indices[n] for n, _ in with_ranges))]
        if name not in REDUCTIONS:
            raise Unreadable(f"{name} does not reduce")
        if not entries:
            return mpf(1 if name == "prod" else 0)
        if any(isinstance(e, Array) for e in entries):
            return entrywise(lambda *xs: REDUCTIONS[name](xs), *entries)
        return REDUCTIONS[name](entries)

    def run(self, ranges, body):
        kept = self.indices
        found = []
        names = [n for n, _ in ranges]
        try:
            for place in product(*(r for _, r in ranges)):
                self.indices = {**kept, **dict(zip(names, place))}
                found.append(self.value(body))
        finally:
            self.indices = kept
        return found

    def ranges(self, indices, bodies):
        """The numbers that each index runs through: as written, or along the axis that it alone stands for."""
        found = {}
        todo = list(indices)
        while todo:
            left = []
            for index in todo:
                if index.colon:
                    low, high = whole(self.value(index.low)), whole(self.value(index.high))
                    found[index.name] = range(low, high + 1)
                    continue
                length = next((n for body in bodies if (n := self.length(index.name, body, found))), None)
                if length is None:
                    left.append(index)
                else:
                    found[index.name] = range(1, length + 1)
            if len(left) == len(todo):
                raise NoValue(f"no range for {left[0].name}")
            todo = left
        return [(i.name, found[i.name]) for i in indices]

    def length(self, name, node, known):
        """The length of the first axis that the index stands for alone, where it can be found yet."""
        if name not in node.free:
            return None
        if node.kind == "at":
            for axis, s in enumerate(node.value):
                if s.colon or s.low is None or s.low.kind != "name" or s.low.value != name:
                    continue
                target = node.parts[0]
                if target.kind == "name" and self.unfinished(target.value):
                    continue
                kept = self.indices
                self.indices = {**kept, **{n: r[0] for n, r in known.items() if len(r)}}
                try:
                    shape = shape_of(self.value(target))
                    shape += (1,) * (axis + 1 - len(shape))
                    return shape[axis]
                except Unreadable:
                    pass
                finally:
                    self.indices = kept
        inner = known
        if node.kind == "over":
            inner = {**known, **{i.name: range(1, 2) for i in node.value[1]}}
        parts = list(node.parts)
        if node.kind == "at":
            parts += [p for s in node.value for p in (s.low, s.high) if p]
        for part in parts:
            if (n := self.length(name, part, inner)) is not None:
                return n
        return None

    def of_at(self, node):
        target = node.parts[0]
        if target.kind == "name" and target.value not in self.indices:
            owner = self.owner(target.value)
            if owner and owner.recurs(target.value):
                return self.cell_at(owner, target.value, node.value)
        value = self.value(target)
        shape = shape_of(value)
        if len(node.value) > len(shape):
            shape += (1,) * (len(node.value) - len(shape))
        try:
            return pick(value, [self.place(s, d) for s, d in zip(node.value, shape)])
        except NoValue:
            if self.padding and self.indices:
                return mpf(0)
            raise

    def place(self, s, length):
        if not s.colon:
            return whole(self.value(s.low)) - 1
        low = whole(self.value(s.low)) if s.low else 1
        high = whole(self.value(s.high)) if s.high else length
        return range(low - 1, high)

    # --- arrays by their entries, recurrences among them

    def owner(self, name):
        """The scope in which a name means something."""
        if name in self.values or name in self.definitions or name in self.entries:
            return self
        return self.outer.owner(name) if self.outer else None

    def recurs(self, name):
        """Is it found entry by entry: from entries of its own, or with first ones that are written out?"""
        rules = self.entries.get(name)
        if not rules or name in self.values:
            return False
        if len(rules) > 1 or any(not s.name for s in rules[0].places):
            return True
        return name in self.reach(name)

    def reach(self, name):
        """The arrays by entries that an array by entries depends on."""
        if name not in self.reached:
            reached, todo = set(), [name]
            while todo:
                for rule in self.entries.get(todo.pop(), []):
                    fresh = (rule.value.free & self.entries.keys()) - reached
                    reached |= fresh
                    todo += fresh
            self.reached[name] = reached
        return self.reached[name]

    def unfinished(self, name):
        """Is it, or what it depends on, just being found?"""
        return self.recurs(name) and not self.busy.keys().isdisjoint(self.reach(name) | {name})

    def split(self, rule):
        """The indices that a rule introduces, by their place."""
        return [(k, s) for k, s in enumerate(rule.places) if s.name]

    def whole_array(self, name):
        rules = self.entries[name]
        if not self.recurs(name):
            ranges = self.ranges([s for _, s in self.split(rules[0])], [rules[0].value])
            cells = self.run(ranges, rules[0].value)
            if not cells:
                raise NoValue(f"{name} has no entries")
            inner = shape_of(cells[0])
            if any(shape_of(c) != inner for c in cells):
                raise NoValue("entries of different shapes")
            return array([len(r) for _, r in ranges] + list(inner), [x for c in cells for x in data_of(c)])
        last = 0
        for rule in rules:
            first = rule.places[0]
            if first.name:
                ((_, r),) = self.ranges([first], [rule.value])
                last = max(last, r[-1] if len(r) else 0)
        # From 1 on: what stands before or behind starts the recurrence and is no part of it.
        cells = [self.cell(name, (t,)) for t in range(1, last + 1)]
        if not cells:
            raise NoValue(f"{name} has no entries")
        width = max((shape_of(c) for c in cells), key=len)
        return array([len(cells), *width], [x for c in cells for x in data_of(c)])

    def cell_at(self, owner, name, subscripts):
        first, *rest = subscripts
        if first.colon:
            whole_array = owner.outside(name)
            return pick(whole_array, [self.place(s, d) for s, d in zip(subscripts, shape_of(whole_array))])
        value = owner.cell(name, (whole(self.value(first.low)),))
        if not rest:
            return value
        shape = shape_of(value)
        return pick(value, [self.place(s, d) for s, d in zip(rest, shape + (1,) * len(rest))])

    def cell(self, name, key):
        """Entry t of what may refer to its own entries; found once."""
        if (name, key) in self.cells:
            found = self.cells[name, key]
            if found is None:
                raise NoValue(f"{name} goes round in a circle")
            return found
        (t,) = key
        kept, self.indices = self.indices, {}
        kept_padding, self.padding = self.padding, 0
        self.cells[name, key] = None
        self.busy[name] += 1
        try:
            for rule in self.entries[name]:
                first, rest = rule.places[0], rule.places[1:]
                if not first.name:
                    if whole(self.value(first.low)) != t:
                        continue
                elif first.colon and not whole(self.value(first.low)) <= t <= whole(self.value(first.high)):
                    continue
                else:
                    self.indices = {first.name: t}
                if rest:
                    ranges = self.ranges([s for s in rest if s.name], [rule.value])
                    cells = self.run(ranges, rule.value)
                    value = array([len(r) for _, r in ranges], [x for c in cells for x in data_of(c)])
                else:
                    value = self.value(rule.value)
                self.cells[name, key] = value
                return value
        finally:
            self.indices, self.padding = kept, kept_padding
            self.busy[name] -= 1
            self.busy += Counter()
            if self.cells[name, key] is None:
                del self.cells[name, key]
        raise NoValue(f"{name}[{t}] is not defined")
