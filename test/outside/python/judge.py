"""Are two texts equal where both have values? Decided by values in many digits, at several points."""

from mpmath import isfinite, mp, mpf

from arrays import Array, NoValue, array, data_of, shape_of
from evaluate import Scope
from points import at_whole_numbers, Problem
from read import Unreadable, read

DIGITS = 60
# What differs by rounding alone differs less with more digits.
MORE_DIGITS = 130
AGREE = mpf(10) ** -35
# Scalars have branches in every corner, and cost little.
POINTS, TRIALS = 24, 60
POINTS_OF_SCALARS, TRIALS_OF_SCALARS = 48, 120


class Misprint(Exception):
    """The derivative cannot be read, though its source can."""


def finite(value):
    return all(isfinite(x) for x in data_of(value))


class Place:
    """A point given by its numbers: nested lists by name, and the lengths of axes."""

    def __init__(self, numbers, sizes):
        self.numbers, self.sizes = numbers, sizes

    def __str__(self):
        return "given"

    def values(self, problem):
        values = problem.draw(0, 0, True)
        values.update({name: mpf(n) for name, n in self.sizes.items()})
        values.update({name: given(x) for name, x in self.numbers.items()})
        return values


def given(x):
    if not isinstance(x, list):
        return mpf(x)
    shape, level = [], [x]
    while isinstance(level[0], list):
        shape.append(len(level[0]))
        level = [entry for part in level for entry in part]
    return array(shape, [mpf(entry) for entry in level])


class Case:
    """A source, what it is derived by, the derivative as it is said to be: values are found once."""

    def __init__(self, source, shapes, name, derivative, seed):
        self.problem = Problem(source, shapes)
        self.statements = [s for s in self.problem.statements if s.kind != "declaration"]
        try:
            self.derivative = read(derivative)
        except Unreadable as e:
            raise Misprint(str(e))
        self.name, self.seed = name, seed
        self.known = {}
        arrays = self.problem.shapes
        self.points, self.trials = (POINTS, TRIALS) if arrays else (POINTS_OF_SCALARS, TRIALS_OF_SCALARS)
        has_data = any(s.role != "param" and s.value is not None for s in self.problem.declared.values())
        self.modes = [True, False] if has_data else [False]

    def point(self, mode, trial, digits=DIGITS):
        """The scope of the source there and the derivative's value; None where either has none."""
        key = mode, trial, digits
        if key not in self.known:
            with mp.workdps(digits):
                self.known[key] = self.at(mode, trial)
        return self.known[key]

    def at(self, mode, trial):
        try:
            values = trial.values(self.problem) if isinstance(trial, Place) else self.problem.draw(self.seed, trial, mode)
            scope = Scope(self.statements, values)
            try:
                if not finite(scope.value(scope.objective)):
                    return None
            except Unreadable as e:
                # A source that derives: then the derivative alone says where there is something to compare.
                if not any(word in str(e) for word in ("diff", "grad", "jacobian", "hessian", "hvp", "jvp", "vjp")):
                    raise
            try:
                found = self.of(self.derivative, scope)
            except Unreadable as e:
                raise Misprint(str(e))
            return (scope, found) if finite(found) else None
        except NoValue:
            return None

    def of(self, statements, scope):
        own = Scope(statements, {}, scope)
        return own.value(own.objective)

    def judge(self, text):
        """equal, unequal, misfit (its shapes fit nowhere), nowhere (no common point), data (equal for the given data only)."""
        claim = read(text)
        verdicts = [self.judge_in(mode, claim) for mode in self.modes]
        if len({v for v, _ in verdicts}) == 1:
            return verdicts[0]
        told = [v for v in verdicts if v[0] not in ("nowhere", "misfit")]
        return told[0] if len(told) == 1 else ("data", "equal for the data that are given only")

    def judge_in(self, mode, claim):
        compared = tried = misfits = anywhere = absent = 0
        apart = None
        for trial in range(self.trials):
            there = self.point(mode, trial)
            if there is None:
                continue
            tried += 1
            try:
                answer = self.compare(mode, trial, claim)
            except NoValue as e:
                misfits, why = misfits + 1, str(e)
                if misfits == tried == self.points:
                    break
                continue
            if answer is None:
                absent += 1
                continue
            # At whole numbers branches meet: what differs there alone is a border.
            if answer and not at_whole_numbers(trial):
                return "unequal", answer
            apart = apart or answer
            anywhere += not at_whole_numbers(trial)
            compared += not answer
            if compared == self.points:
                break
        if misfits and misfits == tried:
            return "misfit", why
        if apart and not anywhere:
            return "unequal", apart
        of_some_lengths = self.problem.sizes and absent > compared
        if compared and (misfits or apart or of_some_lengths or not anywhere):
            return "data", "equal for some lengths or numbers only"
        return ("equal", f"{compared} points") if compared else ("nowhere", "")

    def judge_at(self, text, place):
        """How the two differ at a point that somebody else has found; '' if they do not."""
        try:
            return self.compare(True, place, read(text)) or ""
        except NoValue:
            return ""

    def compare(self, mode, trial, claim):
        """None where the claim has no value, '' where they agree, and how they differ."""
        for digits in (DIGITS, MORE_DIGITS):
            there = self.point(mode, trial, digits)
            if there is None:
                return None
            scope, truth = there
            with mp.workdps(digits):
                value = self.of(claim, scope)
                if shape_of(value) != shape_of(truth):
                    return f"shape {shape_of(value)} for {shape_of(truth)}"
                if not finite(value):
                    return None
                gaps = [abs(a - b) for a, b in zip(data_of(value), data_of(truth))]
                sizes = [max(abs(a), abs(b)) for a, b in zip(data_of(value), data_of(truth))]
                # What cancels leaves noise beside the largest entry.
                noise = max(sizes, default=mpf(0)) * mpf(10) ** (20 - digits)
                if all(g <= max(AGREE * s, noise) for g, s in zip(gaps, sizes)):
                    return ""
            if digits == DIGITS:
                first = gaps
        # Rounding changes with the digits, where all entries are 0 too; a difference stays what it is.
        real = [k for k, (g, f) in enumerate(zip(gaps, first)) if g and abs(g - f) <= mpf(10) ** -6 * g]
        if not real:
            return ""
        at = max(real, key=lambda k: gaps[k] / sizes[k] if sizes[k] else 0)
        a, b = data_of(value)[at], data_of(truth)[at]
        return f"trial {trial}, entry {at + 1}: {mp.nstr(a, 12)} for {mp.nstr(b, 12)}"

    # --- the derivative itself, against differences of the source

    def differences(self):
        """right, wrong, or unknown, with a word why; at the first points that have no kink."""
        for trial in range(self.trials):
            for mode in self.modes:
                there = self.point(mode, trial)
                if there is None:
                    continue
                with mp.workdps(DIGITS):
                    try:
                        answer = self.difference(*there)
                    except (NoValue, Unreadable) as e:
                        return "unknown", str(e)
                if answer is not None:
                    return answer
        return "unknown", "no point"

    def difference(self, scope, truth):
        own = scope.values[self.name]
        middle = data_of(scope.value(scope.objective))
        x = data_of(own)
        columns = []
        for k, entry in enumerate(x):
            h = mpf(10) ** -20 * max(abs(entry), mpf(10) ** -3)
            sides = []
            for step in (h, -h):
                moved = x[:k] + [entry + step] + x[k + 1 :]
                values = {**scope.values, self.name: Array(own.shape, moved) if isinstance(own, Array) else moved[0]}
                there = Scope(self.statements, values)
                sides.append(data_of(there.value(there.objective)))
            right = [(a - b) / h for a, b in zip(sides[0], middle)]
            left = [(b - a) / h for a, b in zip(sides[1], middle)]
            if any(not isfinite(a + b) or abs(a - b) > mpf(10) ** -8 * (1 + abs(a)) for a, b in zip(left, right)):
                return None
            columns.append([(a + b) / 2 for a, b in zip(left, right)])
        found = [column[f] for f in range(len(middle)) for column in columns]
        if "symmetric" in (self.problem.declared[self.name].facts if self.name in self.problem.declared else []):
            n = own.shape[0]
            found = [(found[f + i * n + j] + found[f + j * n + i]) / 2 for f in range(0, len(found), n * n) for i in range(n) for j in range(n)]
        told = data_of(truth)
        if len(told) != len(found):
            return "wrong", f"{len(told)} entries for {len(found)}"
        scale = max(map(abs, found + told + [mpf(10) ** -12 * max(map(abs, middle)), mpf(10) ** -300]))
        worst = max(abs(a - b) for a, b in zip(found, told)) / scale
        return ("right", "") if worst < mpf(10) ** -12 else ("wrong", f"off by {mp.nstr(worst, 3)}")
