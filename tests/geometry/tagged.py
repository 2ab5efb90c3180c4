"""The structure of a tagged PDF as a reading program meets it: the tree on one side, the marked content of the pages on the
other. Reads qpdf's objects; shares no code with what writes them."""
import re

from judge import Objects, need, same

TOKEN = re.compile(rb"/[^\s<>\[\]()/%]*|<<|>>|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|[\[\]]|[^\s<>\[\]()/%]+", re.DOTALL)
NUMBER = re.compile(rb"[-+.0-9]+$")
SHOWS = (b"Tj", b"TJ", b"'", b'"')
PAINTS = SHOWS + (b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI")
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def string(token):
    """A string operand -> its bytes"""
    if token.startswith(b"<"):
        return bytes.fromhex("".join(token[1:-1].decode().split()))
    return re.sub(rb"\\([0-7]{1,3}|.)", lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else ESCAPES.get(m[1], m[1]),
                  token[1:-1], flags=re.DOTALL)


class Font:
    """Codes to characters, by the font's ToUnicode map."""

    def __init__(self, objects, font):
        self.width = 2 if font["/Subtype"] == "/Type0" else 1
        self.characters = {}
        cmap = objects.stream(font["/ToUnicode"])
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
            for code, text in re.findall(rb"<(\w+)>\s*<(\w+)>", block):
                self.characters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
            for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                for i in range(int(first, 16), int(last, 16) + 1):
                    self.characters[i] = chr(int(text, 16) + i - int(first, 16))

    def text(self, codes):
        step = self.width
        return "".join(self.characters[int.from_bytes(codes[i:i + step], "big")] for i in range(0, len(codes), step))


class Element:
    def __init__(self, kind, entry, parent):
        self.kind, self.entry, self.parent = kind, entry, parent
        self.kids, self.contents = [], []  # (page, MCID)
        self.annotations = []  # references

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    def attribute(self, name, missing=None):
        return (self.entry.get("/A") or {}).get(name, missing)


class Tagged:
    def __init__(self, pdf):
        self.objects = Objects(pdf)
        self.pages = self._list_pages(self.objects.root["/Pages"])
        self.fonts = {}
        self.pieces = []  # (page, MCID or None for an artifact, text: a line each time it is shown)
        for number, reference in enumerate(self.pages):
            self._read_page(number, self.objects.follow(reference))
        self.tree = self.objects.follow(self.objects.root["/StructTreeRoot"])
        self.elements = {}  # by their reference
        kids = self.tree["/K"]
        self.root = self._element((kids if isinstance(kids, list) else [kids])[0], None)

    def _list_pages(self, reference):
        node = self.objects.follow(reference)
        if node["/Type"] == "/Page":
            return [reference]
        return [page for kid in self.objects.follow(node["/Kids"]) for page in self._list_pages(kid)]

    # ---- content

    def _font(self, page, name):
        resources = self.objects.follow(page["/Resources"])
        reference = self.objects.follow(resources["/Font"])[name]
        if reference not in self.fonts:
            self.fonts[reference] = Font(self.objects, self.objects.follow(reference))
        return self.fonts[reference]

    def _read_page(self, number, page):
        """Every operator that paints must stand in one marked content, which has a number or is an artifact."""
        open_parts, operands, font = [], [], None
        for token in TOKEN.findall(self.objects.stream(page["/Contents"])):
            if token[:1] in b"/<([" or token[:1] in b">]" or NUMBER.match(token):
                operands.append(token)
                continue
            if token in (b"BMC", b"BDC"):
                self._open(number, open_parts, operands)
            elif token == b"EMC":
                need(open_parts, f"page {number + 1}: EMC without its beginning")
                open_parts.pop()
            elif token == b"Tf":
                font = self._font(page, operands[0].decode())
            elif token in PAINTS:
                outer = [part for part in open_parts if part != "span"]
                same(f"page {number + 1}: marked contents about {token.decode()}", len(outer), 1)
                if token in SHOWS and not (open_parts and open_parts[-1] == "span"):
                    self._say("".join(font.text(string(o)) for o in operands if o[:1] in b"<(") + "\n")
            operands = []
        same(f"page {number + 1}: marked contents left open", open_parts, [])

    def _open(self, number, open_parts, operands):
        kind = operands[0]
        if kind == b"/Span" and b"/ActualText" in operands:
            need(open_parts, f"page {number + 1}: text outside of all tags")
            open_parts.append("span")
            self._say(string(operands[operands.index(b"/ActualText") + 1]).decode("utf-16") + "\n")
            return
        need(not open_parts, f"page {number + 1}: a tag within a tag")
        mcid = int(operands[operands.index(b"/MCID") + 1]) if b"/MCID" in operands else None
        need((mcid is None) == (kind == b"/Artifact"), f"page {number + 1}: {operands}")
        open_parts.append(kind)
        self.pieces.append([number, mcid, ""])

    def _say(self, text):
        self.pieces[-1][2] += text

    # ---- tree

    def _element(self, reference, parent):
        need(reference not in self.elements, f"{reference} stands twice in the tree")
        entry = self.objects.follow(reference)
        element = Element(entry["/S"][1:], entry, parent)
        self.elements[reference] = element
        kids = entry.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, int):
                element.contents.append((self.pages.index(entry["/Pg"]), kid))
            elif isinstance(kid, dict) and kid["/Type"] == "/OBJR":
                element.annotations.append(kid["/Obj"])
            elif isinstance(kid, dict):
                same("kind of a reference", kid["/Type"], "/MCR")
                element.contents.append((self.pages.index(kid["/Pg"]), kid["/MCID"]))
            else:
                same("/P of a part", self.objects.follow(kid)["/P"], reference)
                element.kids.append(self._element(kid, element))
        return element

    # ---- what it says

    def text_of(self, element):
        """Its own text and that of its parts, in the order of the tree"""
        words = {(page, mcid): text for page, mcid, text in self.pieces if mcid is not None}
        return "".join(words[place] for one in element.all() for place in one.contents).replace("\n", "")

    def artifacts(self):
        """Each as it was shown"""
        return [text for _, mcid, shown in self.pieces if mcid is None for text in shown.split("\n") if text]
