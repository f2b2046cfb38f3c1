"""Random points: sizes that differ, values in a few regions, what is declared of a name kept."""

import random

from mpmath import mpf

from arrays import array, entrywise, shape_of, size, transpose
from evaluate import CONSTANTS, Scope
from functions import whole
from read import Unreadable, read

REGIONS = [(0.1, 0.9), (-2, 2), (1.1, 3), (-0.9, 0.9), (0.2, 1.8), (-3, 5), (2, 6), (-12, 12)]
BITS = 220


def uniform(rng, low, high):
    return mpf(low) + (mpf(high) - low) * rng.getrandbits(BITS) / mpf(2) ** BITS


class Problem:
    """A source with the shapes of its names: what it needs to have a value."""

    def __init__(self, source, shapes):
        self.statements = read(source)
        self.declared = {s.name: s for s in self.statements if s.kind == "declaration"}
        self.shapes = {name: [dimension(d) for d in shape] for name, shape in shapes.items()}
        for name, s in self.declared.items():
            self.shapes[name] = list(s.places)
            if {"distribution", "onehot"} & set(s.facts):
                raise Unreadable("a distribution is not drawn")
        sizes = frozenset().union(*(d.free for shape in self.shapes.values() for d in shape))
        known = {s.name for s in self.statements if s.kind in ("definition", "entries")} | set(self.declared) | sizes
        free = frozenset().union(*(free_names(s) for s in self.statements))
        self.scalars = sorted(free - known - set(self.shapes) - set(CONSTANTS))
        self.sizes = sorted(sizes)
        if self.declared and self.scalars:
            raise Unreadable(f"{self.scalars[0]} is not declared")

    def draw(self, seed, trial, data_as_given):
        """Values of all names at a point, among them those of the sizes."""
        rng = random.Random(f"{seed}/{trial}")
        numbers = [3, 4, 5, 2, 6, 7, 8, 9, 10][: max(3 + trial % 2, len(self.sizes))]
        rng.shuffle(numbers)
        values = {name: mpf(n) for name, n in zip(self.sizes, numbers)}
        region = REGIONS[trial % len(REGIONS)]
        given = Scope(self.statements, values)
        if data_as_given:
            for name, s in self.declared.items():
                if s.role != "param" and s.value is not None:
                    value = given.value(s.value)
                    self.bind(values, name, value)
                    values[name] = value
        for name in sorted(self.shapes):
            if name not in values:
                values[name] = self.value(rng, region, name, [whole(Scope([], values).value(d)) for d in self.shapes[name]])
        whole_numbers = at_whole_numbers(trial)
        for name in self.scalars:
            values[name] = mpf(rng.randint(1, 5)) if whole_numbers and rng.random() < 0.7 else uniform(rng, *region)
        return values

    def bind(self, values, name, value):
        shape = list(shape_of(value))
        declared = self.shapes[name]
        shape += [1] * (len(declared) - len(shape))
        for d, length in zip(declared, shape):
            if d.kind == "name":
                values[d.value] = mpf(length)

    def value(self, rng, region, name, shape):
        facts = self.declared[name].facts if name in self.declared else []
        if "positive" in facts:
            region = (0.1, max(1.5, region[1]))
        if "in" in facts:
            region = (0, 1)
        if "int" in facts:
            entries = [mpf(rng.randint(1, 6)) for _ in range(size(shape))]
        else:
            entries = [uniform(rng, *region) for _ in range(size(shape))]
        drawn = array(shape, entries) if shape else entries[0]
        return entrywise(lambda a, b: (a + b) / 2, drawn, transpose(drawn)) if "symmetric" in facts else drawn


def at_whole_numbers(trial):
    """Some functions of an exponent have values at whole numbers only."""
    return trial % 5 == 4


def dimension(d):
    return read(str(d))[0].value


def free_names(s):
    """What a statement takes from outside."""
    if s.kind == "declaration":
        return frozenset()
    free = s.value.free
    if s.kind == "function":
        return free - set(s.places)
    if s.kind == "entries":
        free = free - {i.name for i in s.places if i.name}
        for i in s.places:
            for part in (i.low, i.high) if i.colon or not i.name else ():
                free = free | part.free if part else free
    return free
