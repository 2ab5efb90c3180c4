"""A finished volume as other programs read it: text and places by MuPDF, links, bookmarks and page labels by qpdf."""
import re
from typing import NamedTuple

import judge
from judge import MM, ask, bare, near, need, same

HEAD = 30.0  # mm: above it stands the running head, which bears the part's title on every page
GAP = 1.0    # mm: less between two glyphs of a number


class Link(NamedTuple):
    page: int       # from 0
    box: tuple      # left, top, right, bottom in mm
    target: int
    top: float      # mm below the head of the target


class Entry(NamedTuple):
    """A line, or more, of the contents."""
    title: str
    number: str
    target: int
    top: float


class Bookmark(NamedTuple):
    title: str
    depth: int
    page: int
    top: float
    count: int  # /Count: above 0 open, below 0 closed, 0 nothing below


class Volume:
    def __init__(self, pdf):
        self.pdf = pdf
        need("No syntax or stream encoding errors" in ask("qpdf", "--check", pdf), f"qpdf --check {pdf}")
        self.objects = judge.Objects(pdf)
        self.sheets = list(self._sheets(self.objects.root["/Pages"]))
        self.place = {reference: index for index, reference in enumerate(self.sheets)}
        self.glyphs = judge.pages(pdf)
        same("pages that MuPDF finds", len(self.glyphs), len(self.sheets))
        self.labels = self._labels()
        self.links = [link for index in range(len(self.sheets)) for link in self._links(index)]
        self.bookmarks = list(self._bookmarks(self.objects.root.get("/Outlines"), 1))

    # ------------------------------------------------------------ pages

    def _sheets(self, reference):
        node = self.objects.follow(reference)
        if node["/Type"] == "/Page":
            yield reference
        for kid in node.get("/Kids", []):
            yield from self._sheets(kid)

    def sheet(self, index):
        return self.objects.follow(self.sheets[index])

    def is_outside(self, index):
        return list(self.objects.follow(self.sheet(index)["/Resources"]).get("/XObject", {})) == ["/P"]

    def height(self, index):
        box = self.objects.follow(self.sheet(index)["/MediaBox"])
        return (box[3] - box[1]) * MM

    def text(self, index):
        """Without the running head of our pages."""
        outside = self.is_outside(index)
        return bare("".join(g.char for g in self.glyphs[index] if outside or g.baseline > HEAD))

    def is_blank(self, index):
        return not self.glyphs[index]

    def printed_number(self, index):
        """At the foot: — 3 —; None where there is none."""
        foot = [bare(judge.text(row)) for row in judge.lines(self.glyphs[index], foot=True)]
        found = [re.fullmatch("—([0-9ivxlc-]+)—", row) for row in foot]
        return next((one[1] for one in found if one), None)

    # ------------------------------------------------------------ labels

    def _labels(self):
        """As viewers work them out (ISO 32000-1 12.4.2)."""
        found, entries = [], self.objects.labels
        same("first page with a label", entries[0]["index"], 0)
        for entry, after in zip(entries, [*entries[1:], {"index": len(self.sheets)}]):
            label = entry["label"]
            prefix = label.get("/P", "u:")[2:]
            for index in range(entry["index"], after["index"]):
                number = label.get("/St", 1) + index - entry["index"]
                found.append(prefix + {None: "", "/D": str(number), "/r": roman(number)}[label.get("/S")])
        return found

    # ------------------------------------------------------------ places that lead on

    def _target(self, place):
        """-> page from 0, mm below its head"""
        place = self.objects.follow(place)
        same("kind of a target", place[1], "/XYZ")
        need(place[0] in self.place, f"a target is no page: {place}")
        index = self.place[place[0]]
        if self.is_outside(index):
            return index, 0.0
        if self.sheet(index).get("/Rotate", 0):
            return index, place[2] * MM
        return index, self.height(index) - place[3] * MM

    def _links(self, index):
        height = self.height(index)
        for reference in self.objects.follow(self.sheet(index).get("/Annots", [])):
            link = self.objects.follow(reference)
            same("kind of an annotation", link["/Subtype"], "/Link")
            if link.get("/Border") != [0, 0, 0]:
                continue  # of an outside page
            same("flags of a link", link["/F"], 4)
            left, bottom, right, top = (number * MM for number in self.objects.follow(link["/Rect"]))
            yield Link(index, (left, height - top, right, height - bottom), *self._target(link["/Dest"]))

    def _bookmarks(self, reference, depth):
        item = self.objects.follow(reference or {})
        child = item.get("/First")
        while child:
            one = self.objects.follow(child)
            need(one["/Title"].startswith("u:"), f"title of a bookmark: {one['/Title']}")
            yield Bookmark(one["/Title"][2:], depth, *self._target(one["/Dest"]), one.get("/Count", 0))
            yield from self._bookmarks(child, depth + 1)
            child = one.get("/Next")

    # ------------------------------------------------------------ contents

    def contents(self):
        """-> entries, by the glyphs that stand in the links"""
        entries, title = [], ""
        for link, after in zip(self.links, [*self.links[1:], None]):
            left, top, right, bottom = link.box
            row = sorted((g for g in self.glyphs[link.page] if left - GAP < g.x < right and top < g.baseline < bottom),
                         key=lambda g: g.x)
            need(row, f"nothing stands in the link {link}")
            at = len(row)
            while at > 0 and (at == len(row) or row[at].x - judge.right(row[at - 1]) < GAP):
                at -= 1
            number = judge.text(row[at:]) if judge.right(row[-1]) > right - GAP and at > 0 else ""
            title += judge.text(row[:at] if number else row)
            if number or not after or after[2:] != link[2:]:  # a line of its own target has more below it
                entries.append(Entry(bare(title), number, link.target, link.top))
                title = ""
        return entries


def roman(number):
    text = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text, number = text + letters * (number // value), number % value
    return text


# ---------------------------------------------------------------- facts of every volume

def stands_at(volume, what, title, page, top, called=None):
    """The page, from that height on, says the title; `called`: what an outside page says instead."""
    wanted = bare((called or {}).get(title, title)).removesuffix("。")
    text = volume.text(page)
    need(wanted in text, f"{what} “{title}” leads to page {page + 1}, which says “{text[:60]}”")
    if top > 1:
        below = [bare(judge.text(row)) for row in judge.lines(volume.glyphs[page]) if row[0].baseline > top]
        some = min(len(below[0]), 4) if below else 1  # 附件1 stands on a line of its own
        need(below and below[0][:some] == wanted[:some], f"{what} “{title}”: below its place stands “{''.join(below[:1])}”")


def judge_contents(volume, wanted, called=None):
    """`wanted`: how many entries, or None. Each leads to the page that it names, by the number that is printed."""
    entries = volume.contents()
    if wanted is not None:
        same("entries of the contents", len(entries), wanted)
    for entry in entries:
        stands_at(volume, "the entry", entry.title, entry.target, entry.top, called)
        same(f"number of “{entry.title}”, beside the label of its page", entry.number, volume.labels[entry.target])
    targets = [(entry.target, entry.top) for entry in entries]
    same("order of the entries", targets, sorted(targets))
    return entries


def judge_labels(volume, by_parts):
    """What is printed is the label; cover and the blanks before the body have none; the count leaves nothing out."""
    body = next((i for i, label in enumerate(volume.labels) if re.fullmatch("[0-9]+|[0-9]+-1", label)), None)
    need(body is not None, "no page has a number for its label")
    front = [label for label in volume.labels[:body] if label]
    same("labels of the contents", front, [roman(i + 1) for i in range(len(front))])
    same("label of the cover", volume.labels[0], "")
    printed = 0
    for index, label in enumerate(volume.labels):
        number = None if volume.is_outside(index) else volume.printed_number(index)
        printed += number is not None
        same(f"number on page {index + 1}, beside its label", number or label, label)
    need(printed > 0, "no page has a number")
    if not by_parts:
        same("labels of the body", volume.labels[body:], [str(i + 1) for i in range(len(volume.labels) - body)])
    return body


def judge_bookmarks(volume, called=None, own=("封面", "目录")):
    for one in volume.bookmarks:
        if one.title not in own:
            stands_at(volume, "the bookmark", one.title, one.page, one.top, called)
        below = [other for other in volume.bookmarks if other.depth == one.depth + 1]
        need(one.count == 0 or below, f"“{one.title}” counts {one.count} below it")
        need(one.count >= 0 if one.depth == 1 else one.count <= 0, f"“{one.title}” at depth {one.depth} has /Count {one.count}")
    places = [(one.page, one.top) for one in volume.bookmarks]
    for before, after in zip(places, places[1:]):
        need(after[0] > before[0] or (after[0] == before[0] and after[1] >= before[1] - 0.1),
             f"bookmarks are not in the order of the pages: {before} before {after}")
    same("way of opening", volume.objects.root.get("/PageMode"), "/UseOutlines")


def counts_below(volume):
    """/Count is the number of those right below; those are closed."""
    for index, one in enumerate(volume.bookmarks):
        below = 0
        for other in volume.bookmarks[index + 1:]:
            if other.depth <= one.depth:
                break
            below += other.depth == one.depth + 1
        same(f"bookmarks right below “{one.title}”", abs(one.count), below)


def judge_entries_are_bookmarks(volume, entries):
    marked = {(bare(one.title).removesuffix("。"), one.page) for one in volume.bookmarks}
    for entry in entries:
        need((entry.title, entry.target) in marked, f"“{entry.title}” on page {entry.target + 1} has no bookmark")


def fonts_stand_once(pdf):
    rows = [row.split() for row in ask("pdffonts", pdf).splitlines()[2:]]
    names = [(row[0].split("+")[-1], row[1]) for row in rows]
    same("fonts that are embedded twice", sorted({name for name in names if names.count(name) > 1}), [])
    for row in rows:
        same(f"emb, sub, uni of {row[0]}", row[-5:-2], ["yes", "yes", "yes"])


def judge_volume(pdf, entries=None, by_parts=False, called=None):
    volume = Volume(pdf)
    body = judge_labels(volume, by_parts)
    found = judge_contents(volume, entries, called)
    judge_bookmarks(volume, called)
    counts_below(volume)
    judge_entries_are_bookmarks(volume, found)
    near("turn of the body to a right-hand page", body % 2, 0, 0)
    return volume
