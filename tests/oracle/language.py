"""The value language, read: text of `{…}`, `test`, `of` … to a tree of tuples. Only what the shipped templates use; anything else raises."""
import datetime
import re
import unicodedata
from decimal import Decimal

WORDS = {"大于", "小于", "不大于", "不小于", "等于", "不等于", "早于", "晚于", "含", "不含", "属于", "为空", "不为空", "且", "或", "非"}
COMPARISONS = {">": "大于", "<": "小于", "=": "等于", ">=": "不小于", "<=": "不大于", "!=": "不等于"}
SCALES = {"%": Decimal("0.01"), "万": Decimal(10000), "亿": Decimal(10) ** 8, "": Decimal(1)}
HAN = "\u4e00-\u9fff"
TOKEN = re.compile(rf"""\s*(?:
    (?P<text>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”) |
    (?P<date>\d{{4}}-\d\d(?:-\d\d)?)(?![\w]) |
    (?P<number>\d+(?:\.\d+)?)(?P<scale>%|[万亿](?![{HAN}\w])|)(?![{HAN}\w]) |
    (?P<name>[{HAN}\w]+) |
    (?P<sign>>=|<=|!=|[|+*/×÷()=<>,.、-]))""", re.X)


def fold(text):
    """Full-width signs as ASCII, outside quotes; quotes of the Chinese kind stay."""
    return "".join(piece if i % 2 else unicodedata.normalize("NFKC", piece)
                   for i, piece in enumerate(re.split(r"('[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”)", text)))


def tokens(text):
    text, at, found = fold(text).strip(), 0, []
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(f"not of the language: {text!r} at {at}")
        kind, word = match.lastgroup, match[match.lastgroup]
        if kind == "scale":
            found.append(("number", Decimal(match["number"]) * SCALES[match["scale"]], match["scale"]))
        elif kind == "text":
            found.append(("text", word[1:-1]))
        elif kind == "date":
            found.append(("date", datetime.date.fromisoformat(word if len(word) > 7 else word + "-01")))
        elif kind == "name":
            found.append(("word" if word in WORDS else "name", word))
        else:
            found.append(("word", COMPARISONS[word]) if word in COMPARISONS else ("sign", {"×": "*", "÷": "/"}.get(word, word)))
        at = match.end()
    return found + [("end", "")]


class Parser:
    def __init__(self, text):
        self.text, self.tokens, self.at = text, tokens(text), 0

    def peek(self, *wanted):
        return self.tokens[self.at][0] in ("sign", "word") and self.tokens[self.at][1] in wanted

    def take(self, *wanted):
        if self.peek(*wanted):
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def need(self, sign):
        if not self.take(sign):
            raise ValueError(f"{sign} is missing in {self.text!r}")

    # ---- conditions: `pipes` says whether a value may have steps without parentheses

    def either(self, pipes):
        left = self.both(pipes)
        while self.take("或"):
            left = ("or", left, self.both(pipes))
        return left

    def both(self, pipes):
        left = self.negated(pipes)
        while self.take("且"):
            left = ("and", left, self.negated(pipes))
        return left

    def negated(self, pipes):
        if self.take("非"):
            return ("not", self.negated(pipes))
        return self.comparison(pipes)

    def comparison(self, pipes):
        start = self.at
        if self.take("("):  # a condition in brackets, or the first part of a value
            try:
                inner = self.either(True)
                if self.take(")") and self.tokens[self.at][0] in ("end", "word") or self.peek("|", ")"):
                    if inner[0] in ("or", "and", "not", "compare"):
                        return inner
            except ValueError:
                pass
            self.at = start
        left = self.value(pipes)
        if self.tokens[self.at][0] != "word" or self.peek("且", "或", "非"):
            return ("true", left)
        word = self.take(*WORDS)
        if word in ("为空", "不为空"):
            return ("compare", word, left, None)
        return ("compare", word, left, self.members() if word == "属于" else self.value(pipes))

    def members(self):
        self.need("(")
        found = [self.primary()]
        while self.take("、", ","):
            found.append(self.primary())
        self.need(")")
        return ("members", found)

    # ---- values

    def value(self, pipes=True):
        left = self.sum()
        while pipes and self.take("|"):
            left = self.step(left)
        return left

    def sum(self):
        left = self.product()
        while self.peek("+", "-"):
            left = ("arithmetic", self.take("+", "-"), left, self.product())
        return left

    def product(self):
        left = self.unary()
        while self.peek("*", "/"):
            left = ("arithmetic", self.take("*", "/"), left, self.unary())
        return left

    def unary(self):
        return ("negative", self.unary()) if self.take("-") else self.primary()

    def primary(self):
        token = self.tokens[self.at]
        if self.take("("):
            inner = self.value()
            self.need(")")
            return inner
        self.at += 1
        if token[0] == "name":
            if self.take("."):
                self.at += 1
                return ("column", token[1], self.tokens[self.at - 1][1])
            return ("name", token[1])
        if token[0] == "number":
            return ("number", token[1], token[2])
        if token[0] in ("text", "date"):
            return (token[0], token[1])
        raise ValueError(f"{token[1]!r} unexpected in {self.text!r}")

    def step(self, left):
        name = self.tokens[self.at][1]
        self.at += 1
        match = re.fullmatch(r"(\d+)位", name)
        if match:
            return ("step", left, "位", [("number", Decimal(match[1]), "")])
        if name in ("其中", "占比"):
            return ("step", left, name, [self.either(False)])
        arguments = []
        while self.tokens[self.at][0] in ("name", "number", "text", "date") or self.peek("("):
            if self.tokens[self.at][0] == "name" and self.tokens[self.at][1] in ("升", "降") and name != "排名":
                break  # the direction of a sort
            arguments.append(self.primary())
        return ("step", left, name, arguments)

    def end(self, found):
        if self.tokens[self.at][0] != "end":
            raise ValueError(f"{self.tokens[self.at][1]!r} unexpected in {self.text!r}")
        return found


TREES = {}


def read(text, how):
    if (text, how) not in TREES:
        parser = Parser(text)
        TREES[text, how] = parser.end(how(parser))
    return TREES[text, how]


def value(text):
    return read(text, Parser.value)


def condition(text):
    return read(text, whole_condition)


def whole_condition(parser):
    return parser.either(True)


def sort_keys(parser):
    found = []
    while True:
        tree = parser.value()
        token = parser.tokens[parser.at]
        down = token == ("name", "降")
        parser.at += token in (("name", "降"), ("name", "升"))
        found.append((tree, down))
        if not parser.take(","):
            return found


def sort(text):
    return read(text, sort_keys)


def split(text):
    """A text with {…} → its pieces: (False, literal) and (True, value)."""
    pieces = re.split(r"\{([^{}]*)\}", text)
    return [(i % 2 == 1, piece) for i, piece in enumerate(pieces) if piece]
