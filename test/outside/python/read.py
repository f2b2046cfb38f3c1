"""Reads a source of the language: text to a tree. Written from the description of the language, not from its parser.

A tree is made of Node(kind, value, parts):
  number text · name text · call name args · op sign operands · at target subscripts · over name args (value: name, indices)
  bracket rows · where c a b
Subscripts and indices are Index(name, low, high, colon): a place (low alone), a range, the whole axis, or a named index.
"""

import re
import unicodedata
from dataclasses import dataclass, field


class Unreadable(Exception):
    pass


@dataclass(eq=False)
class Node:
    kind: str
    value: object = None
    parts: list = field(default_factory=list)
    free: frozenset = frozenset()


@dataclass(eq=False)
class Index:
    name: str = None
    low: Node = None
    high: Node = None
    colon: bool = False


@dataclass(eq=False)
class Statement:
    kind: str  # declaration, definition, entries, function, objective
    name: str = None
    value: Node = None
    places: list = None  # subscripts, parameters or dimensions
    role: str = None
    facts: list = None
    random: str = None


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n")
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑᵢₖₙₜ", "0123456789aeiknt")
SPELLINGS = {"·": "*", "−": "-", "⊙": ".*", "⊘": "./", "≤": "<=", "≥": ">=", "≠": "!=", "ᵀ": "'", "′": "'", "×": "*", "∘": "", "**": "^"}
NAMES = {"σ": "sigmoid", "Σ": "sum", "∑": "sum", "Π": "prod", "∏": "prod", "ln": "log", "trace": "tr", "√": "sqrt"}
for long in "sin cos tan sec csc cot sinh cosh tanh sech csch coth".split():
    for spelled in ("arc", "ar"):
        NAMES[spelled + long] = "a" + long

TOKEN = re.compile(
    r"(?P<space>[^\S\n]+)|(?P<comment>#[^\n]*)|(?P<newline>\n)"
    r"|(?P<number>(?:\d+(?:\.(?![*/^])\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>π|(?![π⁰¹²³⁴-⁹ⁿᵀ])[^\W\d](?:(?![π⁰¹²³⁴-⁹ⁿᵀ])[\w₀-₉])*)"
    r"|(?P<raised>∘?⁻?[⁰¹²³⁴-⁹ⁿ]+)"
    r"|(?P<op>\.\*|\./|\.\^|\*\*|<=|>=|==|!=|[-+*/\\^'<>=≤≥≠·−⊙⊘⊗×ᵀ′?:,;()\[\]|~√∘])"
)
BINARY = {"+", "-", "*", "/", ".*", "./", "\\", "⊗", "^", ".^", "<", ">", "<=", ">=", "==", "!=", "=", ",", "?", ":", "and", "or"}
AXES = ("rows", "cols")
WORDS = {"and", "or", "not"}


def tokens(text):
    """(kind, text, whether a space stands before it); newlines where a statement ends."""
    found, at, depth, space = [], 0, 0, False
    text = unicodedata.normalize("NFC", text)
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Unreadable(f"{text[at]!r} at {at}")
        kind, word, at = match.lastgroup, match.group(), match.end()
        if kind in ("space", "comment"):
            space = True
            continue
        if kind == "newline":
            if depth == 0 and found and not (found[-1][0] == "op" and found[-1][1] in BINARY):
                found.append(("end", "\n", False))
            space = True
            continue
        if kind == "name":
            word = word.translate(LOWERED)
            if word in WORDS:
                kind = "op"
        if kind == "op":
            word = SPELLINGS.get(word, word)
            depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(word, 0)
            if word == ";" and depth == 0:
                kind = "end"
            # A line that begins with an operator goes on with the one before.
            elif word in BINARY - {"-"} and found and found[-1][0] == "end" and found[-1][1] == "\n":
                found.pop()
        found.append((kind, word, space))
        space = False
    return found


class Parser:
    def __init__(self, text):
        self.list = tokens(text) + [("end", "", False)]
        self.at = 0

    # --- the list of tokens

    def next(self, ahead=0):
        return self.list[min(self.at + ahead, len(self.list) - 1)]

    def sees(self, *words):
        kind, word, _ = self.next()
        return kind == "op" and word in words

    def take(self, word):
        if not self.sees(word):
            raise Unreadable(f"{word!r} expected, {self.next()[1]!r} found")
        self.at += 1

    def accept(self, *words):
        if self.sees(*words):
            self.at += 1
            return self.list[self.at - 1][1]
        return None

    def name(self):
        kind, word, _ = self.next()
        if kind != "name":
            raise Unreadable(f"a name expected, {word!r} found")
        self.at += 1
        return word

    # --- statements

    def source(self):
        statements = []
        while self.at < len(self.list):
            if self.next()[0] == "end":
                self.at += 1
                continue
            statements += self.statement()
            if self.at < len(self.list) and self.next()[0] != "end":
                raise Unreadable(f"{self.next()[1]!r} follows what is complete")
        return statements

    def statement(self):
        kind, word, _ = self.next()
        if kind == "name" and word in ("data", "param", "const", "metric") and self.next(1)[0] == "name":
            self.at += 1
            if word == "metric":
                self.name(), self.take("="), self.expression()
                return []
            found = [self.declaration(word)]
            while self.accept(","):
                found.append(self.declaration(word))
            return found
        if kind == "name" and word in ("minimize", "maximize"):
            self.at += 1
            if self.next()[0] == "name" and self.next(1)[1] == "=":
                name = self.name()
                self.take("=")
                return [Statement("objective", name, self.expression())]
            return [Statement("objective", None, self.expression())]
        value = self.expression()
        if not self.accept("="):
            return [Statement("objective", None, value)]
        right = self.expression()
        if value.kind == "name":
            return [Statement("definition", value.value, right)]
        if value.kind == "call":
            return [Statement("function", value.value, right, [p.value for p in value.parts])]
        if value.kind == "at" and value.parts[0].kind == "name":
            return [Statement("entries", value.parts[0].value, right, value.value)]
        raise Unreadable("only a name can be defined")

    def declaration(self, role):
        name = self.name()
        shape, facts, value, chance = [], [], None, None
        if self.accept(":"):
            self.take("[")
            shape.append(self.expression())
            while self.accept(","):
                shape.append(self.expression())
            self.take("]")
        while self.next()[0] == "name":
            facts.append(self.name())
            if facts[-1] == "in":
                self.expression()
        if self.accept("="):
            value = self.expression()
        elif self.accept("~"):
            chance = self.expression().value
        return Statement("declaration", name, value, shape, role, facts, chance)

    # --- expressions, loosest first

    def expression(self):
        condition = self.either()
        if not self.accept("?"):
            return condition
        yes = self.expression()
        self.take(":")
        return make("where", None, [condition, yes, self.expression()])

    def either(self):
        left = self.both()
        while self.accept("or"):
            left = make("op", "or", [left, self.both()])
        return left

    def both(self):
        left = self.negated()
        while self.accept("and"):
            left = make("op", "and", [left, self.negated()])
        return left

    def negated(self):
        return make("op", "not", [self.negated()]) if self.accept("not") else self.compared()

    def compared(self):
        left = self.summed()
        while sign := self.accept("<", ">", "<=", ">=", "==", "!="):
            left = make("op", sign, [left, self.summed()])
        return left

    def summed(self):
        left = self.multiplied()
        while sign := self.accept("+", "-"):
            left = make("op", sign, [left, self.multiplied()])
        return left

    def multiplied(self):
        left = self.signed()
        while True:
            if sign := self.accept("*", "/", ".*", "./", "\\", "⊗"):
                left = make("op", sign, [left, self.signed()])
            elif self.next()[0] in ("number", "name") or self.sees("(", "√"):
                left = make("op", "*", [left, self.power()])
            else:
                return left

    def signed(self):
        if self.accept("-"):
            return make("op", "neg", [self.signed()])
        if self.accept("+"):
            return self.signed()
        return self.power()

    def power(self):
        base = self.postfixed()
        if sign := self.accept("^", ".^"):
            if self.next()[1] == "T" and self.next()[0] == "name":
                self.at += 1
                return make("op", "'", [base])
            return make("op", sign, [base, self.signed()])
        return base

    def postfixed(self):
        value = self.operand()
        while True:
            if self.accept("'"):
                value = make("op", "'", [value])
            elif self.sees("[") and not self.next()[2]:
                value = make("at", self.subscripts(), [value])
            elif self.next()[0] == "raised":
                word = self.next()[1]
                self.at += 1
                exponent = word.lstrip("∘").translate(RAISED)
                node = make("number", exponent) if exponent.lstrip("-").isdigit() else make("name", exponent)
                value = make("op", ".^" if word[0] == "∘" else "^", [value, node])
            else:
                return value

    def subscripts(self):
        self.take("[")
        found = [self.subscript()]
        while self.accept(","):
            found.append(self.subscript())
        self.take("]")
        return found

    def subscript(self):
        if self.next()[0] == "name" and self.next(1)[1] == "=":
            name = self.name()
            self.take("=")
            low = self.expression()
            self.take(":")
            return Index(name, low, self.expression(), True)
        low = None if self.sees(":") else self.expression()
        if not self.accept(":"):
            return Index(low.value if low.kind == "name" else None, low)
        high = None if self.sees(",", "]") else self.expression()
        return Index(None, low, high, True)

    def operand(self):
        kind, word, _ = self.next()
        if kind == "number":
            self.at += 1
            return make("number", word)
        if self.accept("("):
            value = self.expression()
            self.take(")")
            return value
        if self.accept("|"):
            value = self.expression()
            self.take("|")
            return make("call", "abs", [value])
        if self.accept("√"):
            return make("call", "sqrt", [self.postfixed()])
        if self.sees("["):
            return self.bracket()
        if kind != "name":
            raise Unreadable(f"an operand expected, {word!r} found")
        self.at += 1
        if self.sees("("):
            return make("call", NAMES.get(word, word), self.arguments())
        if self.sees("[") and not self.next()[2]:
            start = self.at
            subscripts = self.subscripts()
            if self.sees("(") and not self.next()[2] and all(s.name for s in subscripts):
                return make("over", (NAMES.get(word, word), subscripts), self.arguments())
            self.at = start
        return make("name", {"π": "pi"}.get(word, word))

    def arguments(self):
        self.take("(")
        found = []
        while not self.accept(")"):
            if found:
                self.take(",")
            found.append(self.expression())
        return found

    def bracket(self):
        self.take("[")
        rows = [[self.expression()]]
        while not self.accept("]"):
            if self.accept(","):
                rows[-1].append(self.expression())
            else:
                # A semicolon within brackets is no end.
                if not self.accept(";"):
                    raise Unreadable(f"{self.next()[1]!r} in a bracket")
                rows.append([self.expression()])
        return make("bracket", [len(row) for row in rows], [e for row in rows for e in row])


def make(kind, value, parts=()):
    """A node that knows the names it depends on."""
    free = frozenset().union(*(p.free for p in parts)) if parts else frozenset()
    if kind == "name":
        free = frozenset([value])
    if kind == "call" and len(parts) > 1 and parts[-1].kind == "name" and parts[-1].value in AXES:
        free = frozenset().union(*(p.free for p in parts[:-1]))
    if kind == "at":
        free |= names_of(value)
    if kind == "over":
        bound = {i.name for i in value[1]}
        ranges = frozenset().union(*(part.free for i in value[1] if i.colon for part in (i.low, i.high) if part))
        # Softmax keeps its index: which entry is meant depends on it.
        free = (free if value[0] in ("softmax", "log_softmax") else free - bound) | ranges
    return Node(kind, value, list(parts), free)


def names_of(subscripts):
    parts = [part for s in subscripts for part in (s.low, s.high) if part]
    return frozenset().union(*(p.free for p in parts)) if parts else frozenset()


def read(text):
    return Parser(text).source()
