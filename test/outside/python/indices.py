"""Indices: what runs over them, how far they run, entries and blocks of arrays."""

from itertools import product

from mpmath import mpf

from arrays import Array, NoValue, entrywise, pick, shape_of
from functions import ALONG, REDUCTIONS, whole
from read import Unreadable


class Indices:
    """The part of a scope that runs indices."""

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
                lengths = {n for body in bodies for n in self.lengths(index.name, body, found)}
                if len(lengths) > 1:
                    raise NoValue(f"{index.name} stands for axes of lengths {sorted(lengths)}")
                if lengths:
                    found[index.name] = range(1, lengths.pop() + 1)
                else:
                    left.append(index)
            if len(left) == len(todo):
                raise NoValue(f"no range for {left[0].name}")
            todo = left
        return [(i.name, found[i.name]) for i in indices]

    def lengths(self, name, node, known):
        """The lengths of the axes that the index stands for alone, as far as they can be found yet."""
        if name not in node.free:
            return
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
                    yield shape[axis]
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
            yield from self.lengths(name, part, inner)

    def of_at(self, node):
        target = node.parts[0]
        if target.kind == "name" and target.value not in self.indices:
            owner = self.owner(target.value)
            if owner and owner.recurs(target.value):
                try:
                    return self.cell_at(owner, target.value, node.value)
                except NoValue:
                    if self.padding and self.indices:
                        return mpf(0)
                    raise
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
