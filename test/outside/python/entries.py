"""Arrays that are defined by their entries, recurrences among them."""

from collections import Counter

from arrays import NoValue, array, data_of, pick, shape_of, size
from functions import whole


class Entries:
    """The part of a scope that finds such arrays: the whole at once, or entry by entry where one needs another."""

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

    def whole_array(self, name):
        rules = self.entries[name]
        if not self.recurs(name):
            ranges = self.ranges(rules[0].places, [rules[0].value])
            cells = self.run(ranges, rules[0].value)
            if not cells:
                raise NoValue(f"{name} has no entries")
            inner = max((shape_of(c) for c in cells), key=len)
            # A number stands for as many as there are beside it.
            if inner:
                cells = [c if shape_of(c) else array(inner, [c] * size(inner)) for c in cells]
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
        if any(shape_of(c) not in ((), width) for c in cells):
            raise NoValue("entries of different shapes")
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
