"""The value language, worked out over rows in Python. Exact decimals; what a figure was worked out from goes into the book's log."""
import datetime
import re
from collections import namedtuple
from decimal import Decimal, getcontext

import language
import periods
from rows import digits, grouped, percent, plain

getcontext().prec = 50

V = namedtuple("V", "kind value text ratio quotient decimals change delta rank", defaults=(None, False, False, None, False, False, False))
Rows = namedtuple("Rows", "table conditions moves widen dated everywhere", defaults=((), (), None, None, False))
Column = namedtuple("Column", "rows name")
Frame = namedtuple("Frame", "table keys siblings index row rows", defaults=((), None, None, None))
PERIOD_STEPS = {"本期", "上期", "同期", "累计", "至今", "全部", "近"}
DERIVED = {"已整改", "已销号", "超期", "临期", "立行立改", "整改用时"}
NONE = V("missing", None)


def numeric(value, **more):
    return V("number", value, **more)


class Context:
    """Where a value is worked out: the report's period, 截至, and the groups round it, outermost first."""

    def __init__(self, book, names, period, as_of, frames=(), row=None):
        self.book, self.names, self.period, self.as_of, self.frames, self.row = book, names, period, as_of, frames, row

    def within(self, frame, period=None):
        return Context(self.book, self.names, period or self.period, self.as_of, self.frames + (frame,), self.row)

    def moved(self, step):
        period = periods.MOVES[step](self.period)
        return Context(self.book, self.names, period, period.last, self.frames, self.row)

    def under(self, table, row):
        return Context(self.book, self.names, self.period, self.as_of, self.frames, (table, row))


# ---- rows

def span(rows, ctx):
    """The days that the rows lie in; None: all."""
    table = ctx.book.tables[rows.table]
    if rows.widen == ("全部",) or not (rows.dated or table.period):
        return None
    period = ctx.period
    for move in rows.moves:
        period = periods.MOVES[move](period)
    return periods.widened(period, *rows.widen) if rows.widen else period


def key_of(book, table, row, column):
    """A row's unit, or the level of the roster that it lies in."""
    if column in table.columns:
        return row.cells[column]
    return book.roster.above.get(row.cells[table.unit], {}).get(column)


def limits(rows, ctx):
    """What the groups round the place say of the table's rows."""
    table, found = ctx.book.tables[rows.table], {}
    for frame in () if rows.everywhere else ctx.frames:
        for column, allowed in frame.keys.items():
            if column in table.columns or ctx.book.level_of(table, column):
                found[column] = found[column] & allowed if column in found else allowed
    return found


def base_rows(rows, ctx):
    book, table = ctx.book, ctx.book.tables[rows.table]
    period = span(rows, ctx)
    dated = rows.dated or table.period
    keys = limits(rows, ctx)
    key = (rows.table, dated if period else None, period and period[:2], tuple(sorted(keys.items())))
    if key not in book.cache:
        found = table.rows
        if period:
            whole = (rows.table, dated, period[:2], ())
            if whole not in book.cache:
                first, last = period.first, period.last
                book.cache[whole] = [row for row in found if row.day(dated) and first <= row.day(dated) <= last]
            found = book.cache[whole]
        for column, allowed in keys.items():
            found = [row for row in found if key_of(book, table, row, column) in allowed]
        book.cache[key] = found
    return book.cache[key]


def rows_of(rows, ctx):
    found = base_rows(rows, ctx)
    for tree in rows.conditions:
        found = [row for row in found if truth(tree, ctx.under(rows.table, row))]
    return found


def derived(row, name, as_of):
    found, due = row.day("发现日期"), row.day("整改时限")
    done, closed = row.day("整改完成日期"), row.day("销号日期")
    is_done = done is not None and done <= as_of
    if name == "已整改":
        return is_done
    if name == "已销号":
        return closed is not None and closed <= as_of
    if name == "超期":
        return not is_done and due is not None and due < as_of
    if name == "临期":
        return not is_done and due is not None and 0 <= (due - as_of).days <= 3
    if name == "立行立改":
        return is_done and done == found
    return Decimal((done - found).days) if is_done else None  # 整改用时


def cell(book, table, row, name, ctx):
    """One row's own value."""
    if name in DERIVED and name not in table.columns:
        worked = derived(row, name, ctx.as_of)
        if name == "整改用时":
            return numeric(worked, decimals=0) if worked is not None else NONE
        return V("bool", worked)
    if name not in table.columns:
        above = key_of(book, table, row, name)
        return V("text", above, above) if above else NONE
    column, text = table.columns[name], row.cells[name]
    if not text:
        return NONE
    if column.kind in ("date", "month"):
        return V("date", row.day(name))
    if column.kind in ("number", "ratio"):
        value = row.number(name)
        return numeric(value / 100, ratio=True) if column.kind == "ratio" else numeric(value, decimals=column.decimals)
    return V("text", text, text)


def numbers(table, found, name, ctx):
    if name == "整改用时" and name not in table.columns:
        values = (derived(row, name, ctx.as_of) for row in found)
    else:
        values = (row.number(name) for row in found)
    return [value for value in values if value is not None]


def note(ctx, rows, name, found):
    """Of a column only the rows that have a value in it."""
    table = ctx.book.tables[rows.table]
    if name is not None:
        found = [row for row in found if cell(ctx.book, table, row, name, ctx).kind != "missing"]
    ctx.book.log.append((rows.table, name, found))


def fold_column(column, step, ctx):
    """合计, 平均 …: a column of rows becomes one value."""
    book, table, name = ctx.book, ctx.book.tables[column.rows.table], column.name
    found = rows_of(column.rows, ctx)
    what = table.columns.get(name)
    note(ctx, column.rows, name, found)
    if what is None and name != "整改用时" or what is not None and what.kind in ("text", "date", "month"):
        values = list(dict.fromkeys(value for value in (cell(book, table, row, name, ctx) for row in found) if value.kind != "missing"))
        if step in ("最新", "首个") and values:
            return (max if step == "最新" else min)(values, key=lambda value: value.value)
        if len(values) > 1:
            raise ValueError(f"{name}: several values")
        return values[0] if values else NONE
    values = numbers(table, found, name, ctx)
    decimals = what.decimals if what else 0
    if not values:
        return NONE
    if step is None and len(found) == 1:
        return cell(book, table, found[0], name, ctx)
    step = step or ("平均" if what.score else "合计")
    if step == "平均":
        return numeric(sum(values) / len(values), quotient=True, decimals=decimals)
    worked = {"合计": sum, "最大": max, "最小": min}[step](values)
    return numeric(worked, decimals=decimals)


def settled(value, ctx):
    return fold_column(value, None, ctx) if isinstance(value, Column) else value


# ---- names

def group_key(frame, name, ctx):
    """The value of a group's key; None when it has no such key."""
    allowed = frame.keys.get(name)
    if allowed is None or len(allowed) != 1:
        return None
    return V("text", next(iter(allowed)), next(iter(allowed)))


def named(name, ctx):
    book = ctx.book
    if name == "期间":
        return V("period", ctx.period)
    if name == "截至":
        return V("date", ctx.as_of)
    if ctx.row:
        table = book.tables[ctx.row[0]]
        if name in table.columns or name in DERIVED or book.level_of(table, name):
            return cell(book, table, ctx.row[1], name, ctx)
    for frame in reversed(ctx.frames):
        if name == "序号" and frame.index is not None:
            return numeric(Decimal(frame.index))
        if frame.table is None:  # the paper of one unit
            if group_key(frame, name, ctx):
                return group_key(frame, name, ctx)
            continue
        table = book.tables[frame.table]
        if frame.row is not None and name in table.columns:
            return cell(book, table, frame.row, name, ctx)
        if group_key(frame, name, ctx):
            return group_key(frame, name, ctx)
        if name == "计数":
            rows = frame.rows
            found = rows_of(rows, ctx)
            note(ctx, rows, None, found)
            return numeric(Decimal(len(found)))
        if name in table.columns:
            return Column(Rows(frame.table), name)
    if name in ctx.names:
        kind, what = ctx.names[name]
        if kind == "set":
            return evaluate(what, Context(book, ctx.names, ctx.period, ctx.as_of, ctx.frames, ctx.row))
        return numeric(Decimal(what)) if re.fullmatch(r"\d+(\.\d+)?", what) else V("text", what, what)
    if name in book.tables:
        return Rows(name)
    return V("text", name, name)  # a bare word


# ---- steps

def target(column, ctx):
    """This year's target of the scope: the town's, or of the one village round it."""
    table, book = ctx.book.targets, ctx.book
    period = span(column.rows, ctx) or ctx.period
    villages = limits(column.rows, ctx).get("村")
    unit = next(iter(villages)) if villages is not None and len(villages) == 1 else "全镇"
    for row in table.rows:
        if (row.cells["指标"], row.cells["年度"], row.cells["范围"]) == (column.name, str(period.last.year), unit):
            book.log.append(("任务", column.name, [row]))
            return row.number("目标值")
    return None


def rank(left, arguments, ctx):
    down = not arguments or arguments[0] != ("name", "升")
    frame = ctx.frames[-1]

    def figure(sibling):
        return one(left, Context(ctx.book, ctx.names, ctx.period, ctx.as_of, ctx.frames[:-1] + (sibling,), ctx.row)).value

    own, log = figure(frame), list(ctx.book.log)
    if own is None:
        return NONE
    others = [value for value in map(figure, frame.siblings) if value is not None]
    ctx.book.log[:] = log  # its source is its own figure
    return numeric(Decimal(1 + sum(value > own if down else value < own for value in others)), rank=True, decimals=0)


def rough(value):
    """约数, after the rules of language.md 5."""
    if value < 1 and value != 0:
        whole = value * 100 // 1
        return f"{whole:f}%" + ("以上" if whole != value * 100 else "")

    def place(number):  # of the first digit
        return Decimal(10) ** number.adjusted()

    def words(number, tail=""):
        for unit, size in (("亿", Decimal(10) ** 8), ("万", Decimal(10000))):
            if number >= size:
                head = number / size
                inner = tail and head == head.to_integral() and head % 10 == 0
                return f"{plain(head)}{tail}{unit}" if inner else f"{plain(head)}{unit}{tail}"
        return plain(number) + tail

    first = place(value)
    kept = first if value < 100 else first / 10  # the last place that may be other than zero
    if value < 20 or value % kept == 0:
        return words(value)
    half = first / 2
    following = (value // half + 1) * half
    if value >= following * Decimal("0.98"):
        return "近" + words(following)
    if value >= 1000 and value % first < first * Decimal("0.15"):
        kept = first
    return words(value // kept * kept, "余")


def rising(value, places, unit):
    """升降."""
    if value.kind == "missing":
        return NONE
    number = value.value
    if value.rank:
        return value._replace(text="持平" if number == 0 else f"{'上升' if number < 0 else '下降'}{plain(abs(number))}位")
    if value.change:
        size, words = percent(abs(number), 1 if places is None else places), ("增长", "下降")
    elif value.ratio:
        size, words = digits(abs(number) * 100, 1 if places is None else places) + "个百分点", ("提高", "下降")
    else:
        size = (plain(abs(number), 2) if places is None else digits(abs(number), places)) + unit
        words = ("增加", "减少")
    if not re.search("[1-9]", size):
        return value._replace(text="持平")
    return value._replace(text=words[number < 0] + size)


def scaled(value, places, unit):
    if value.kind == "missing":
        return NONE
    number = value.value / language.SCALES[unit]
    return value._replace(text=(plain(number, 2) if places is None else digits(number, places)) + unit)


def wording(name, value, arguments):
    if value.kind == "missing":
        return NONE
    places = next((int(tree[1]) for tree in arguments if tree[0] == "number"), None)
    if name == "百分比":
        return value._replace(text=percent(value.value, 1 if places is None else places))
    if name == "位":
        return value._replace(text=percent(value.value, places) if value.ratio else digits(value.value, places))
    if name == "整数":
        return value._replace(text=digits(value.value, 0))
    if name == "千分位":
        return value._replace(text=grouped(value.value))
    if name in ("万", "亿"):
        return scaled(value, places, name)
    if name == "约数":
        return value._replace(text=rough(value.value))
    if name == "升降":
        return rising(value, places, next((tree[1] for tree in arguments if tree[0] == "text"), ""))
    raise ValueError(name)


def of_period(value, name):
    period = value.value
    if name in periods.MOVES:
        return V("period", periods.MOVES[name](period))
    if name == "累计":
        return V("period", periods.widened(period, name))
    if name in ("期初", "期末"):
        return V("date", period.first if name == "期初" else period.last)
    if name == "年份":
        return numeric(Decimal(period.last.year))
    text = {"名称": periods.name, "简称": periods.short, "月份": lambda p: f"{p.first.month}月" if p.kind == 1 else periods.short(p)}[name](period)
    return V("text", text, text)


def of_date(value, name):
    if value.kind == "missing":
        return NONE
    day = value.value
    text = {"年月日": f"{day.year}年{day.month}月{day.day}日", "月日": f"{day.month}月{day.day}日", "年月": f"{day.year}年{day.month}月"}[name]
    return V("date", day, text)


def listed(column, arguments, ctx):
    table, found = ctx.book.tables[column.rows.table], rows_of(column.rows, ctx)
    note(ctx, column.rows, column.name, found)
    names = list(dict.fromkeys(row.cells[column.name] for row in found if row.cells[column.name]))
    order = ctx.book.roster.order
    if column.name == table.unit:
        names.sort(key=lambda name: order.get(name, len(order)))
    most = next((int(tree[1]) for tree in arguments if tree[0] == "number"), None)
    measure = next((tree[1] for tree in arguments if tree[0] == "text"), "个" + column.name)
    if not names:
        return NONE
    if most is None:
        return V("text", "、".join(names), "、".join(names))
    text = "、".join(names[:most]) + ("等" if len(names) > most else "") + f"{len(names)}{measure}"
    return V("list", Decimal(len(names)), text)


def row_step(left, name, arguments, rows):
    if name == "其中":
        return rows._replace(conditions=rows.conditions + (arguments[0],))
    if name == "不限":
        return rows._replace(everywhere=True)
    dated = next((tree[1] for tree in arguments if tree[0] == "name"), rows.dated)
    if name in periods.MOVES:
        return rows._replace(moves=rows.moves + (name,), dated=dated)
    if name == "本期":
        return rows._replace(dated=dated)
    widen = (name, int(arguments[0][1])) if name == "近" else (name,)
    return rows._replace(widen=widen, dated=dated)


def counted(name, left, arguments, ctx):
    rows = left.rows if isinstance(left, Column) else left
    found = rows_of(rows, ctx)
    if name == "计数":
        note(ctx, rows, None, found)
        return numeric(Decimal(len(found)))
    if name == "去重计数":
        column = left.name if isinstance(left, Column) else arguments[0][1]
        note(ctx, rows, column, found)
        return numeric(Decimal(len({row.cells[column] for row in found if row.cells[column]})))
    met = [row for row in found if truth(arguments[0], ctx.under(rows.table, row))]  # 占比
    note(ctx, rows, None, met)
    note(ctx, rows, None, found)
    return numeric(Decimal(len(met)) / len(found), ratio=True) if found else NONE


def again(left, name, arguments, ctx):
    """环比 同比 增减: the figure once more for another period."""
    step = {"环比": "上期", "同比": "同期"}.get(name) or arguments[0][1]
    now, base = one(left, ctx), one(left, ctx.moved(step))
    if now.kind == "missing" or base.kind == "missing":
        return NONE
    if name == "增减":
        return now._replace(value=now.value - base.value, text=None, delta=True)
    return numeric((now.value - base.value) / abs(base.value), ratio=True, change=True) if base.value else NONE


def step(tree, ctx):
    _, left, name, arguments = tree
    if name == "排名":
        return rank(left, arguments, ctx)
    if name in ("环比", "同比", "增减"):
        return again(left, name, arguments, ctx)
    value = evaluate(left, ctx)
    if isinstance(value, V) and value.kind == "period":
        return of_period(value, name)
    rows = value.rows if isinstance(value, Column) else value if isinstance(value, Rows) else None
    if rows is not None and name in PERIOD_STEPS | {"其中", "不限"}:
        changed = row_step(left, name, arguments, rows)
        return Column(changed, value.name) if isinstance(value, Column) else changed
    if name in ("计数", "去重计数", "占比"):
        return counted(name, value, arguments, ctx)
    if name == "列举":
        return listed(value, arguments, ctx)
    if name in ("合计", "平均", "最大", "最小", "最新", "首个"):
        return fold_column(value, name, ctx)
    if name == "目标":
        found = target(value, ctx)
        return numeric(found, decimals=0 if found == found.to_integral() else None) if found is not None else NONE
    if name == "完成率":
        done = fold_column(Column(value.rows._replace(widen=("累计",)), value.name), "合计", ctx)
        whole = target(value, ctx)
        return numeric(done.value / whole, ratio=True) if done.kind != "missing" and whole else NONE
    value = settled(value, ctx)
    if name == "默认":
        return value if value.kind != "missing" else one(arguments[0], ctx)
    if name == "占":
        whole = one(arguments[0], ctx)
        if value.kind == "missing" or whole.kind == "missing" or not whole.value:
            return NONE
        return numeric(value.value / whole.value, ratio=True)
    if name in ("年月日", "月日", "年月"):
        return of_date(value, name)
    return wording(name, value, arguments)


def arithmetic(tree, ctx):
    _, sign, left, right = tree
    left, right = one(left, ctx), one(right, ctx)
    if "missing" in (left.kind, right.kind):
        return NONE
    if left.kind == "date":
        return V("date", left.value + datetime.timedelta(int(right.value) if sign == "+" else -int(right.value)))
    a, b = left.value, right.value
    if sign == "/":
        return numeric(a / b, quotient=True) if b else NONE
    worked = a + b if sign == "+" else a - b if sign == "-" else a * b
    return numeric(worked, quotient=left.quotient or right.quotient, ratio=left.ratio and right.ratio)


def evaluate(tree, ctx):
    kind = tree[0]
    if kind == "name":
        return named(tree[1], ctx)
    if kind == "column":
        return Column(Rows(tree[1]), tree[2]) if not (ctx.row and ctx.row[0] == tree[1]) else \
            cell(ctx.book, ctx.book.tables[tree[1]], ctx.row[1], tree[2], ctx)
    if kind == "step":
        return step(tree, ctx)
    if kind == "number":
        return numeric(tree[1], ratio=tree[2] == "%")
    if kind == "text":
        return V("text", tree[1], tree[1])
    if kind == "date":
        return V("date", tree[1])
    if kind == "negative":
        value = one(tree[1], ctx)
        return value._replace(value=-value.value)
    return arithmetic(tree, ctx)


def one(tree, ctx):
    return settled(evaluate(tree, ctx), ctx)


# ---- conditions

def truth(tree, ctx):
    kind = tree[0]
    if kind == "and":
        return truth(tree[1], ctx) and truth(tree[2], ctx)
    if kind == "or":
        return truth(tree[1], ctx) or truth(tree[2], ctx)
    if kind == "not":
        return not truth(tree[1], ctx)
    if kind == "true":
        value = one(tree[1], ctx)
        return value.kind != "missing" and value.value not in (0, "", "否", "不合格", "×", False)
    _, word, left, right = tree
    left = one(left, ctx)
    if word in ("为空", "不为空"):
        return (left.kind == "missing") == (word == "为空")
    if right[0] == "members":
        return left.kind != "missing" and left.value in {member[1] for member in right[1]}
    right = one(right, ctx)
    if "missing" in (left.kind, right.kind):
        return False
    a, b = left.value, right.value
    return {"大于": lambda: a > b, "小于": lambda: a < b, "不大于": lambda: a <= b, "不小于": lambda: a >= b, "等于": lambda: a == b,
            "不等于": lambda: a != b, "早于": lambda: a < b, "晚于": lambda: a > b, "含": lambda: b in a, "不含": lambda: b not in a}[word]()


# ---- printed

def prose(value):
    if value.kind == "missing":
        raise ValueError("a figure is missing")
    if value.text is not None:
        return value.text
    if value.kind == "date":
        return of_date(value, "年月日").text
    if value.ratio:
        return percent(value.value)
    return plain(value.value, 2 if value.quotient else None)


def in_cell(value):
    if value.kind == "missing":
        return "—"
    if value.text is not None or value.kind != "number" or value.ratio or value.decimals is None:
        return prose(value)
    if value.quotient:
        return plain(value.value, 2)
    return digits(value.value, value.decimals)
