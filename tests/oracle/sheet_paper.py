"""A shipped template, set by the oracle: which of its blocks stand, what they say, and every value in the order of reading."""
import re
import xml.etree.ElementTree as ElementTree
from collections import namedtuple

import language
import periods
import values
from rows import percent, plain
from tables import Book
from values import Column, Context, Frame, Rows, evaluate, in_cell, one, prose, rows_of, truth

# kind: number, ratio, rank, text, date; log: (table, column, rows) that it was worked out from; where: its context
Figure = namedtuple("Figure", "source value printed kind log where")
UNITS = {"月": 1, "季": 3, "半年": 6, "年": 12}
NUMERALS = "零一二三四五六七八九十"
ORDERED = ("首先", "其次", "再次", "第四", "最后")
SKIPPED = {"data", "style", "include", "pagebreak"}
WORDS = {"masthead", "issue", "imprint", "sign", "annotation"}
HEADS = {"title", "subtitle", "byline", "date", "to", "salutation", "h1", "h2", "h3", "h4", "p"}


def kind_of(value):
    if value.kind != "number":
        return "date" if value.kind in ("date", "period") else value.kind
    return "rank" if value.rank else "ratio" if value.ratio else "number"


def squeezed(text):
    return re.sub(r"\s*\n\s*", "", text)


def label(kind, index, count):
    if kind == "无" or count == 1:
        return ""
    if kind == "首先":
        return ("最后" if index == count - 1 and count > 2 else ORDERED[index]) + "，"
    return NUMERALS[index + 1] + kind[1:] if kind in ("一是", "一要") else ""


class Paper:
    """lines: what the blocks say, tables as tuples of cells; figures: in the order of reading; said: months at an axis and the shares of a
    pie, which the chart works out of its figures."""

    def __init__(self, root, ctx):
        self.root, self.ctx = root, ctx
        self.lines, self.figures, self.numbers, self.said = [], [], {}, []
        self.counts = {"table": 0, "chart": 0, "attachment": 0}

    # ---- values in prose

    def figure(self, source, value, printed, ctx):
        self.figures.append(Figure(source, value.value, printed, kind_of(value), list(self.ctx.book.log), ctx))
        return printed

    def value(self, source, ctx):
        self.ctx.book.log.clear()
        found = one(language.value(source), ctx)
        return self.figure(source, found, prose(found), ctx)

    def text(self, text, ctx):
        return "".join(self.value(piece, ctx) if is_value else piece for is_value, piece in language.split(squeezed(text or "")))

    # ---- what stands

    def has_figures(self, element, ctx):
        """有数: every figure directly in it is there and not zero."""
        texts = [element.text] + [child.tail for child in element]
        for child in element:
            if child.tag in ("b", "list") or child.tag == "item" and "when" not in child.attrib:
                if not self.has_figures(child, ctx):
                    return False
        for is_value, piece in (pair for text in texts for pair in language.split(text or "")):
            if is_value:
                found = one(language.value(piece), ctx)
                if found.kind == "missing" or found.kind == "number" and found.value == 0:
                    return False
        return True

    def stands(self, element, test, ctx):
        if test is None:
            return True
        return self.has_figures(element, ctx) if test == "有数" else truth(language.condition(test), ctx)

    def branch(self, element, ctx):
        """Of an if: (text, children) that stand."""
        inner = [child for child in element if child.tag != "else"]
        others = [child for child in element if child.tag == "else"]
        if self.stands(element, element.get("test"), ctx):
            return element.text, inner
        for other in others:
            if self.stands(other, other.get("test"), ctx):
                return other.text, list(other)
        return None, []

    # ---- inline

    def inline(self, text, children, ctx):
        said = self.text(text, ctx)
        for child in children:
            said += self.inline_element(child, ctx) + self.text(child.tail, ctx)
        return said

    def inline_element(self, element, ctx):
        if element.tag == "if":
            return self.inline(*self.branch(element, ctx), ctx)
        if element.tag == "each":
            groups = self.groups(element, ctx)
            return element.get("join", "").join(self.inline(element.text, element, inner) for inner in groups) + \
                (element.get("end", "") if groups else "")
        if element.tag == "list":
            return "".join(self.items(element, ctx, True))
        if element.tag == "ref":
            return f"\0{element.get('to')}\0"
        return "" if element.tag == "br" else self.inline(element.text, element, ctx)

    # ---- lists

    def item_places(self, element, ctx):
        for child in element:
            if child.tag == "each":
                for inner in self.groups(child, ctx):
                    yield from ((item, inner) for item in child)
            elif self.stands(child, child.get("when"), ctx):
                yield child, ctx

    def items(self, element, ctx, inline):
        places = list(self.item_places(element, ctx))
        kind, said = element.get("kind"), []
        for index, (item, inner) in enumerate(places):
            text = self.inline(item.text, item, inner).strip()
            mark = element.get("end", "。") if index == len(places) - 1 else element.get("sep", "；")
            text += "" if text.endswith(tuple("。；！？")) else mark
            said.append((label(kind, index, len(places)) if inline else "") + text)
        return said

    # ---- groups

    def frames(self, of, by, ctx):
        """(frame, period) of each group before sorting."""
        book, rows = ctx.book, one_rows(of, ctx)
        table = book.tables[rows.table]
        if by in UNITS:
            return self.by_period(rows, UNITS[by], ctx)
        found = rows_of(rows, ctx)
        if by is None:
            return [(Frame(rows.table, {key: frozenset([row.cells[key]]) for key in table.key}, row=row,
                           rows=rows._replace(moves=(), widen=None)), None) for row in found]
        columns = by.split(",")
        keys = list(dict.fromkeys(tuple(values.key_of(book, table, row, column) for column in columns) for row in found))
        if columns[-1] in table.key and columns[-1] == table.unit == "村" and book.roster:
            named = {key[-1] for key in keys}
            keys += [tuple(name if column == "村" else book.roster.above[name].get(column) for column in columns)
                     for name in book.roster.villages() if name not in named]
        order = book.roster.order if book.roster else {}
        if all(column == table.unit or book.level_of(table, column) for column in columns):
            keys.sort(key=lambda key: [order.get(name, len(order)) for name in key])
        return [(Frame(rows.table, {column: frozenset([name]) for column, name in zip(columns, key)}, rows=rows), None) for key in keys]

    def by_period(self, rows, length, ctx):
        book, table = ctx.book, ctx.book.tables[rows.table]
        days = [row.day(rows.dated or table.period) for row in rows_of(rows, ctx)]
        if not days:
            return []
        found, at = [], periods.months(min(days).year, (min(days).month - 1) // length * length + 1, length)
        years = min(days).year != max(days).year
        while at.first <= max(days):
            name = f"{at.first.year}年{periods.short(at)}" if years else periods.short(at)
            self.said.append(name)
            found.append((Frame(rows.table, {"月": frozenset([name])}, rows=Rows(rows.table, rows.conditions)), at))
            at = periods.shift(at, length)
        return found

    def groups(self, element, ctx):
        """The contexts of the groups as they are printed."""
        pairs = self.frames(element.get("of"), element.get("by"), ctx)
        everyone = tuple(frame for frame, _ in pairs)
        order = language.sort(element.get("sort")) if element.get("sort") else []
        keep = []
        for frame, period in pairs:
            inner = ctx.within(frame._replace(siblings=everyone), period)
            keep.append(([one(tree, inner).value for tree, _ in order], frame, period))
        for index, (_, down) in reversed(list(enumerate(order))):  # what is missing comes last
            keep.sort(key=lambda entry: (entry[0][index] is None, (entry[0][index] or 0) * (-1 if down else 1)))
        top = element.get("top")
        if top:
            most = int(top.split()[0])
            if len(keep) > most:
                last = keep[most - 1][0]
                keep = [entry for i, entry in enumerate(keep) if i < most or "并列" in top and entry[0] == last]
        return [ctx.within(frame._replace(siblings=everyone, index=i + 1), period) for i, (_, frame, period) in enumerate(keep)]

    # ---- tables and charts

    def caption(self, element, ctx, what):
        caption = element.get("caption")
        if caption is not None:
            self.counts[what] += 1
            if element.get("id"):
                self.numbers[element.get("id")] = ("表" if what == "table" else "图") + str(self.counts[what])
            self.lines.append(("caption", self.text(caption, ctx)))

    def cell(self, source, ctx):
        self.ctx.book.log.clear()
        found = one(language.value(source), ctx)
        return self.figure(source, found, in_cell(found), ctx), found

    def table(self, element, ctx):
        if element.get("of") is None:
            self.caption(element, ctx, "table")
            for tr in element.iter("tr"):
                self.lines.append(tuple(self.static_cell(td, ctx) for td in tr))
            return
        groups = self.groups(element, ctx)
        if not groups:
            return
        self.caption(element, ctx, "table")
        columns = [column.get("value") for column in element.iter("col")]
        sums = [False] * len(columns)
        subtotal, total = element.find("subtotal"), element.find("total")
        run = []
        for index, inner in enumerate(groups):
            row = [self.cell(column, inner) for column in columns]
            sums = [was or found.kind in ("number", "missing") and not found.rank and column != "序号"
                    for was, column, (_, found) in zip(sums, columns, row)]
            self.lines.append(tuple(text for text, _ in row))
            run.append(inner)
            if subtotal is not None:
                mine, after = self.run_key(subtotal, inner), groups[index + 1:index + 2]
                if not after or self.run_key(subtotal, after[0]) != mine:
                    self.foot(element, subtotal.get("label", "小计"), columns, sums, run, ctx, {subtotal.get("by"): frozenset([mine])})
                    run = []
        if total is not None:
            self.foot(element, total.get("label", "合计"), columns, sums, groups, ctx, {})

    def run_key(self, subtotal, inner):
        return next(iter(inner.frames[-1].keys[subtotal.get("by")]))

    def foot(self, element, text, columns, sums, groups, ctx, more):
        """A total: the columns once more over all the groups together."""
        frames, keys = [inner.frames[-1] for inner in groups], {}
        period = None
        if element.get("by") in UNITS:
            period = periods.Period(groups[0].period.first, groups[-1].period.last, 0)
            period = ctx.period if period[:2] == ctx.period[:2] else period
        else:
            for column in element.get("by").split(","):
                keys[column] = frozenset().union(*(frame.keys[column] for frame in frames))
        inner = ctx.within(Frame(frames[0].table, {**keys, **more}, rows=frames[0].rows), period)
        said = [text]
        for source, adds in zip(columns, sums):
            if adds:
                said.append(self.cell(source, inner)[0])
        self.lines.append(tuple(said))

    def static_cell(self, td, ctx):
        said = ""
        for is_value, piece in language.split(squeezed(td.text or "")):
            said += self.cell(piece, ctx)[0] if is_value else piece
        return said

    def chart(self, element, ctx):
        self.caption(element, ctx, "chart")
        groups = self.groups(element, ctx)
        points = []
        for source in element.get("value").split(","):
            for inner in groups:
                self.ctx.book.log.clear()
                found = one(language.value(source), inner)
                points.append(self.figure(source, found, plain(found.value) if found.kind == "number" else "", inner))
        self.lines.append(("series",) + tuple(points))
        whole = sum(figure.value or 0 for figure in self.figures[-len(points):]) if points else 0
        if element.get("kind") in ("饼", "环形") and whole:
            self.said += [percent(figure.value / whole) for figure in self.figures[-len(points):]]

    def words(self, element, ctx):
        """What the attributes of a head or foot say."""
        self.lines += [self.text(text, ctx) for text in (element.text or "", *element.attrib.values()) if "{" in text]

    # ---- blocks

    def block(self, element, ctx):
        tag = element.tag
        if tag in SKIPPED or not self.stands(element, element.get("when"), ctx):
            return
        if tag in HEADS:
            self.lines.append(self.inline(element.text, element, ctx).strip())
        elif tag == "if":
            self.blocks(self.branch(element, ctx)[1], ctx)
        elif tag == "list":
            self.lines += self.items(element, ctx, False)
        elif tag == "table":
            self.table(element, ctx)
        elif tag == "chart":
            self.chart(element, ctx)
        elif tag == "attendance":
            self.lines.append(self.inline(element.text, element, ctx).strip())
        elif tag == "photos":
            self.lines += [("caption", self.text(element.get("caption"), inner)) for inner in self.groups(element, ctx)]
        elif tag in WORDS:
            self.words(element, ctx)
        elif tag in ("attachment", "slip"):
            if tag == "attachment":
                self.counts[tag] += 1
                self.numbers[element.get("id")] = self.counts[tag]
            self.lines.append(self.text(element.get("title"), ctx))
            self.blocks(element, ctx)
        elif tag == "landscape":
            self.blocks(element, ctx)
        else:
            raise ValueError(f"<{tag}> is not known to the oracle")

    def blocks(self, elements, ctx):
        for element in elements:
            self.block(element, ctx)

    def referred(self, text):
        def number(match):
            found = self.numbers[match[1]]
            return found if isinstance(found, str) else "附件" + (str(found) if self.counts["attachment"] > 1 else "")
        return re.sub("\0(.*?)\0", number, text)

    def set(self):
        self.blocks(self.root, self.ctx)
        self.lines = [self.referred(line) if isinstance(line, str) else line for line in self.lines]
        return self


def one_rows(of, ctx):
    found = evaluate(language.value(of), ctx)
    return found.rows if isinstance(found, Column) else found


class Template:
    """A template's declarations: what tables it reads, its params and sets."""

    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        data = self.root.find("data")
        self.declared = {csv.get("id"): (csv.get("files"), csv.get("period"), tuple((csv.get("key") or "").split(",")))
                         for csv in data.iter("csv")}
        self.roster, self.targets = data.get("roster"), data.get("targets")
        self.names = {param.get("name"): ("param", param.get("default")) for param in data.iter("param")}
        self.names.update({set_.get("name"): ("set", language.value(set_.get("value"))) for set_ in data.iter("set")})

    def book(self, folder):
        return Book(folder, self.declared, self.roster, self.targets)

    def paper(self, book, period, unit=None, **params):
        """Of one unit (each=): that of its 村."""
        names = {**self.names, **{name: ("param", text) for name, text in params.items()}}
        span = periods.parse(period)
        ctx = Context(book, names, span, span.last)
        if not unit:
            return Paper(self.root, ctx).set()
        units = [name for name, level in book.roster.level.items() if level in ("村", "社区")]
        papers = [ctx.within(Frame(None, {"村": frozenset({name})})) for name in units]
        papers = [inner for inner in papers if self.root.get("when") is None or truth(language.condition(self.root.get("when")), inner)]
        for index, inner in enumerate(papers):
            if unit in inner.frames[0].keys["村"]:
                frame = inner.frames[0]._replace(index=index + 1)
                return Paper(self.root, ctx.within(frame)).set()
        raise ValueError(f"{unit} has no paper")
