"""Arrays of mpmath's numbers, as plain as they can be: a shape and a list in row-major order. Scalars are numbers."""

from itertools import product

from mpmath import mp, mpf


class NoValue(Exception):
    """Shapes that do not fit, a subscript beyond its axis: nothing can be said."""


class Array:
    __slots__ = ("shape", "data")

    def __init__(self, shape, data):
        self.shape, self.data = tuple(shape), data


def size(shape):
    n = 1
    for d in shape:
        n *= d
    return n


def shape_of(x):
    return x.shape if isinstance(x, Array) else ()


def data_of(x):
    return x.data if isinstance(x, Array) else [x]


def array(shape, data):
    """[n, 1] is a vector [n]; one entry is a number."""
    shape = tuple(shape)
    if len(shape) == 2 and shape[1] == 1:
        shape = shape[:1]
    if size(shape) == 1 and len(shape) <= 2:
        return data[0]
    return Array(shape, data)


def matrix(x):
    """The two axes of a scalar, a vector (a column) or a matrix."""
    shape = shape_of(x)
    if len(shape) > 2:
        raise NoValue("a matrix is expected")
    return (shape + (1, 1))[:2] if shape else (1, 1)


def places(shape):
    return product(*(range(d) for d in shape))


def entrywise(f, *xs):
    """f entry by entry; axes of length 1 and missing ones stretch."""
    if not any(isinstance(x, Array) for x in xs):
        return f(*xs)
    shapes = [shape_of(x) for x in xs]
    rank = max(len(s) for s in shapes)
    if rank <= 2:
        own = [matrix(x) for x in xs]
        rank = 2
    else:
        own = [(1,) * (rank - len(s)) + s for s in shapes]
    full = []
    for lengths in zip(*own):
        stretched = {d for d in lengths if d != 1}
        if len(stretched) > 1:
            raise NoValue(f"shapes {shapes} do not fit")
        full.append(stretched.pop() if stretched else 1)
    if all(s == tuple(full) for s in own):
        return array(full, [f(*entries) for entries in zip(*(data_of(x) for x in xs))])
    strides = [steps(s) for s in own]
    datas = [data_of(x) for x in xs]
    data = [f(*(d[sum(a * b for a, b in zip(p, s))] for d, s in zip(datas, strides))) for p in places(full)]
    return array(full, data)


def steps(shape):
    """How far apart entries are along each axis; 0 along one that stretches."""
    found, step = [], 1
    for d in reversed(shape):
        found.append(0 if d == 1 else step)
        step *= d
    return found[::-1]


def multiply(a, b):
    """The matrix product of the last two axes; leading ones stretch."""
    if not isinstance(a, Array) or not isinstance(b, Array):
        return entrywise(lambda x, y: x * y, a, b)
    if len(a.shape) <= 2 and len(b.shape) <= 2:
        (m, k), (l, n) = matrix(a), matrix(b)
        if k != l:
            raise NoValue(f"a product of {a.shape} and {b.shape}")
        return array((m, n), product_of(a.data, b.data, m, k, n))
    first = a.shape if len(a.shape) > 1 else a.shape + (1,)
    second = b.shape if len(b.shape) > 1 else b.shape + (1,)
    (m, k), (l, n) = first[-2:], second[-2:]
    if k != l:
        raise NoValue(f"a product of {a.shape} and {b.shape}")
    rank = max(len(first), len(second)) - 2
    heads = [(1,) * (rank - len(s) + 2) + s[:-2] for s in (first, second)]
    head = tuple(max(x, y) for x, y in zip(*heads))
    if any(d not in (1, h) for s in heads for d, h in zip(s, head)):
        raise NoValue(f"a product of {a.shape} and {b.shape}")
    strides = [steps(s) for s in heads]
    data = []
    for p in places(head):
        i, j = (sum(x * y for x, y in zip(p, s)) for s in strides)
        data += product_of(a.data[i * m * k : (i + 1) * m * k], b.data[j * k * n : (j + 1) * k * n], m, k, n)
    shape = head + (m, n)
    return Array(shape if n != 1 or len(second) == len(b.shape) else shape[:-1], data)


def product_of(a, b, m, k, n):
    return [mp.fdot((a[i * k + l], b[l * n + j]) for l in range(k)) for i in range(m) for j in range(n)]


def transpose(x):
    if not isinstance(x, Array):
        return x
    if len(x.shape) > 2:
        m, n = x.shape[-2:]
        data = [x.data[h * m * n + i * n + j] for h in range(size(x.shape[:-2])) for j in range(n) for i in range(m)]
        return Array(x.shape[:-2] + (n, m), data)
    m, n = matrix(x)
    return array((n, m), [x.data[i * n + j] for j in range(n) for i in range(m)])


def pick(x, subscripts):
    """An entry, a row, a block: numbers (from 0) drop their axis, lists of numbers keep it."""
    shape = shape_of(x)
    if len(subscripts) > len(shape):
        shape = shape + (1,) * (len(subscripts) - len(shape))
    chosen = list(subscripts) + [range(d) for d in shape[len(subscripts) :]]
    for c, d in zip(chosen, shape):
        for k in [c] if isinstance(c, int) else c:
            if not 0 <= k < d:
                raise NoValue("a subscript beyond its axis")
    stride, step = [], 1
    for d in reversed(shape):
        stride.append(step)
        step *= d
    stride.reverse()
    source = data_of(x)
    offset = sum(c * s for c, s in zip(chosen, stride) if isinstance(c, int))
    if all(isinstance(c, int) for c in chosen):
        return source[offset]
    kept = [(list(c), s) for c, s in zip(chosen, stride) if not isinstance(c, int)]
    data = [source[offset + sum(k * s for k, (_, s) in zip(p, kept))] for p in product(*(c for c, _ in kept))]
    return array([len(c) for c, _ in kept], data)


def reduce(f, x, axes=None):
    """f of the list of entries along the axes; along all of them without. What is reduced becomes 1, or goes."""
    if not isinstance(x, Array):
        return f([x])
    if axes is None:
        return f(x.data)
    shape = x.shape if len(x.shape) > 1 else matrix(x)
    axis = axes
    outer, d, inner = size(shape[:axis]), shape[axis], size(shape[axis + 1 :])
    data = [f([x.data[(o * d + k) * inner + i] for k in range(d)]) for o in range(outer) for i in range(inner)]
    if len(shape) == 2:
        return array((1, shape[1]) if axis == 0 else (shape[0], 1), data)
    return array(shape[:axis] + shape[axis + 1 :], data)


def along(f, x, axis=None):
    """f from a list to a list, along an axis; over all entries without."""
    if not isinstance(x, Array):
        return f([x])[0]
    if axis is None:
        return Array(x.shape, f(x.data))
    shape = x.shape if len(x.shape) > 1 else matrix(x)
    outer, d, inner = size(shape[:axis]), shape[axis], size(shape[axis + 1 :])
    data = [None] * len(x.data)
    for o in range(outer):
        for i in range(inner):
            at = [(o * d + k) * inner + i for k in range(d)]
            for k, y in zip(at, f([x.data[k] for k in at])):
                data[k] = y
    return Array(x.shape, data)


def blocks(rows):
    """Rows of blocks side by side, one below the other."""
    lines = []
    for row in rows:
        height = matrix(row[0])[0]
        if any(matrix(b)[0] != height for b in row):
            raise NoValue("blocks of different heights")
        for i in range(height):
            lines.append([data_of(b)[i * matrix(b)[1] + j] for b in row for j in range(matrix(b)[1])])
    if len({len(line) for line in lines}) > 1:
        raise NoValue("rows of different lengths")
    return array((len(lines), len(lines[0])), [x for line in lines for x in line])


def to_matrix(x):
    m, n = matrix(x)
    data = data_of(x)
    return mp.matrix([[data[i * n + j] for j in range(n)] for i in range(m)])


def from_matrix(M):
    return array((M.rows, M.cols), [M[i, j] for i in range(M.rows) for j in range(M.cols)])


def identity(n):
    return array((n, n), [mpf(i == j) for i in range(n) for j in range(n)])
