"""HTML mail to the text that a reader sees, quotations prefixed with "> " as in plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

LARGEST = 2**20  # characters of HTML that are read
NODES = 60_000
NESTED = 2_000  # levels
LONG_TAG = 8_000  # characters, inlined images aside

_DROPPED = frozenset(
    {"script", "style", "head", "title", "template", "noframes", "object", "svg", "meta", "link", "select", "datalist", "textarea"}
)
_BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table tbody tfoot thead tr ul".split()
)
_APART = frozenset({"p", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "table"})  # an empty line stands around these
_QUOTES = re.compile(r"\b(?:gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|gmx-quote|quoteheader)\b")
_REST = re.compile(r"(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|x_divRplyFwdMsg)")
_HIDES = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:^|;)opacity:0(?:\.0+)?(?:;|!|$)|(?:^|;)max-height:0(?:px|pt|em)?(?:;|!|$)"
    r"|(?:^|;)font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)|(?:^|;)font:[^;]{0,40}\b0(?:px|pt)|text-indent:-\d{3,}|(?:^|;)left:-\d{3,}"
    r"|(?:^|;)(?:width|height):0(?:px)?;(?:[^;]*;){0,4}overflow:hidden"
)
_COLOR = re.compile(r"(?:^|;)color:([^;!]{1,30})")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,60})")
_DATA = re.compile(r"data:[^\"'<>\s]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})[^<>]*")
_UNCLOSED = frozenset("br hr img input meta link area base col wbr p li td th tr tbody thead dd dt option".split())
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{0,2000})\}")
_WHITES = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)", "rgba(255,255,255,1)", "#fefefe", "transparent", "rgba(0,0,0,0)"})
_SUSPECT = re.compile(  # each alternative begins with a letter as it is: the search then leaps from one such letter to the next
    r"display\s*:\s*none|visibility\s*:\s*hidden|font(?:-size)?\s*:[^;\"'<>]{0,40}\b0(?:px|pt|em|%|[;\"'\s])|opacity\s*:\s*0|max-height\s*:\s*0"
    r"|height\s*:\s*0(?:px)?\s*[;\"']|mso-hide|hidden\b(?<=\shidden)|:\s*-\d{3}|color(?<!-color)\s*[:=]\s*[\"']?(?:#f[ef]|white|rgba?\(\s*25[45]|transparent)"
)

RULER = "-----Original Message-----"  # written for what is quoted from here on to the end


@dataclass(slots=True)
class Page:
    """`links` holds (target, words) of links outside quotations; `hidden`: words were there that a reader does not see."""

    text: str
    hidden: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """What an element hands down to what it holds."""

    quoted: bool = False
    hidden: bool = False
    pre: bool = False
    color: str = "black"
    ground: str = "white"
    link: str = ""


def suspicious(html: str) -> bool:
    """Whether any of it could be hidden at all."""
    return bool(_SUSPECT.search(html[:LARGEST].lower()))


def page(html: str) -> Page:
    """The text of one HTML document; of one that is built to choke a parser nothing but the warning."""
    html = _DATA.sub("", html[:LARGEST])
    if _monstrous(html):
        return Page("", hidden=True)
    tree = LexborHTMLParser(html)
    root = tree.body or tree.root
    if root is None:
        return Page("")
    writer = _Writer(_hiding_rules(tree) if "<style" in html.lower() else frozenset())
    writer.walk(root)
    return Page(writer.text(), writer.hid, writer.links)


def _monstrous(html: str) -> bool:
    """Whether elements nest, or one tag grows, beyond what a person's mail program makes: both cost square time to parse."""
    if len(html) < LONG_TAG and html.count("<") < NESTED:
        return False
    depth = 0
    for match in _TAG.finditer(html):
        if match.end() - match.start() > LONG_TAG:
            return True
        if match[2].lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if match[1] else depth + 1
            if depth > NESTED:
                return True
    return False


def _hiding_rules(tree: LexborHTMLParser) -> frozenset[str]:
    """Selectors of one class, id or element that style sheets hide outside of media queries."""
    found: set[str] = set()
    for sheet in tree.css("style")[:20]:
        text = re.sub(r"\s+", " ", sheet.text()[:50_000])
        for match in _RULE.finditer(_without_media(text)):
            if _HIDES.search(match[2].lower().replace(" ", "")):
                found.update(part.strip() for part in match[1].split(","))
    return frozenset(selector for selector in found if re.fullmatch(r"[\w-]*[.#]?[\w-]+", selector))


def _without_media(text: str) -> str:
    out: list[str] = []
    depth, at, skip = 0, 0, -1
    for match in re.finditer(r"@media|[{}]", text):
        if match[0] == "@media":
            if skip < 0:
                out.append(text[at : match.start()])
                skip = depth
        elif match[0] == "{":
            depth += 1
        else:
            depth = max(0, depth - 1)
            if skip == depth:
                skip, at = -1, match.end()
    return "".join((*out, text[at:] if skip < 0 else ""))


class _Writer:
    def __init__(self, hiding: frozenset[str]) -> None:
        self.hiding = hiding
        self.lines: list[tuple[bool, str]] = []
        self.line: list[str] = []
        self.line_quoted = False
        self.hid = False
        self.rest = False  # everything from here on is quoted by the mail program's own sign
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []

    def walk(self, root: LexborNode) -> None:
        """Depth first without recursion; a node is left by its entry of None."""
        stack: list[tuple[LexborNode, _State, bool]] = [(root, _State(), False)]
        seen = 0
        while stack and seen < NODES:
            node, state, leaving = stack.pop()
            seen += 1
            if leaving:
                self._leave(node.tag or "", state)
                continue
            if node.is_text_node:
                self._text(node.text_content or "", state)
                continue
            inner = self._enter(node, state)
            if inner is None:
                continue
            stack.append((node, inner, True))
            children: list[LexborNode] = []
            child = node.first_child
            while child is not None and len(children) < NODES:
                children.append(child)
                child = child.next
            stack.extend((one, inner, False) for one in reversed(children))

    def _enter(self, node: LexborNode, state: _State) -> _State | None:
        """The state within the node; None if nothing in it is for a reader."""
        tag = node.tag or ""
        if tag in _DROPPED or not node.is_element_node:
            return None if tag not in ("#document", "-undef") else state
        if tag == "br":
            self._break(state.quoted)
            return None
        if tag == "img":
            return None
        state = _State(state.quoted or self.rest, state.hidden, state.pre or tag == "pre", state.color, state.ground, state.link)
        attributes = node.attributes
        if attributes:
            state = self._styled(node, tag, attributes, state)
        if tag in _BLOCKS:
            self._flush(state.quoted)
            if tag in _APART:
                self._blank(state.quoted)
            if tag == "li":
                self.line.append("- ")
        elif tag in ("td", "th"):
            self.line.append(" ")
        return state

    def _styled(self, node: LexborNode, tag: str, attributes: dict[str, str | None], state: _State) -> _State:
        style = re.sub(r"\s+", "", (attributes.get("style") or "")[:2000].lower())
        names, own = attributes.get("class") or "", attributes.get("id") or ""
        color, ground = _colors(style, attributes, state)
        hidden = state.hidden or "hidden" in attributes or bool(style and _HIDES.search(style)) or self._by_rule(tag, names, own)
        quoted = state.quoted or self._quotes(node, tag, names, own, style, attributes)
        if self.rest and not quoted:
            self._flush(quoted=False)
            self.lines.append((False, RULER))
            quoted = True
        link = state.link
        if tag == "a" and not quoted and not hidden and (attributes.get("href") or "").lower().startswith(("http:", "https:")):
            link = (attributes.get("href") or "")[:2000]
            self.words = []
        return _State(quoted, hidden, state.pre, color, ground, link)

    def _by_rule(self, tag: str, names: str, own: str) -> bool:
        if not self.hiding:
            return False
        one = [f".{name}" for name in names.split()[:20]] + ([f"#{own}"] if own else [])
        return not self.hiding.isdisjoint((tag, *one, *(tag + name for name in one)))

    def _quotes(self, node: LexborNode, tag: str, names: str, own: str, style: str, attributes: dict[str, str | None]) -> bool:
        if tag == "blockquote":
            return "cite" in (attributes.get("type") or "") or "gmail_quote" in names or "cite" in names or "moz" in names
        if tag == "div" and (_REST.search(own) or _outlook(style)):
            self.rest = True
            return False
        if names and _QUOTES.search(names):
            return not node.text()[:40].strip().startswith("---")
        return False

    def _leave(self, tag: str, state: _State) -> None:
        if tag == "a" and state.link:
            self.links.append((state.link, " ".join("".join(self.words).split())))
        if tag in _BLOCKS:
            self._flush(state.quoted)
            if tag in _APART:
                self._blank(state.quoted)

    def _text(self, text: str, state: _State) -> None:
        if not text or (not text.strip() and not self.line):
            return
        if state.hidden or state.color == state.ground:
            self.hid = self.hid or bool(re.search(r"\w", text))
            return
        if state.pre:
            first, *rest = text.split("\n")
            self.line.append(first)
            for more in rest:
                self._break(state.quoted)
                self.line.append(more)
            return
        self.line.append(re.sub(r"[ \t\r\n\f]+", " ", text))
        self.line_quoted = state.quoted or self.rest
        if state.link:
            self.words.append(text)

    def _flush(self, quoted: bool) -> None:
        text = "".join(self.line).strip()
        if text:
            self.lines.append((self.line_quoted or quoted, text))
        self.line = []
        self.line_quoted = False

    def _break(self, quoted: bool) -> None:
        text = "".join(self.line).strip()
        self.lines.append((quoted or self.rest, text))
        self.line = []
        self.line_quoted = False

    def _blank(self, quoted: bool) -> None:
        if self.lines and self.lines[-1][1]:
            self.lines.append((quoted, ""))

    def text(self) -> str:
        self._flush(self.rest)
        return "\n".join(f"> {text}" if quoted else text for quoted, text in self.lines).replace("\xa0", " ").strip("\n")


def _outlook(style: str) -> bool:
    """Outlook rules off what it quotes by the upper border of a division."""
    return "border:none;border-top:solid" in style and ("padding:3.0pt" in style or "padding:3pt" in style)


def _colors(style: str, attributes: dict[str, str | None], state: _State) -> tuple[str, str]:
    """Text and ground; every white is one."""
    color, ground = attributes.get("color") or "", attributes.get("bgcolor") or ""
    if "color:" in style or "background" in style:
        found, behind = _COLOR.search(style), _GROUND.search(style)
        color = found[1] if found else color
        if behind and "url(" not in behind[1]:
            ground = next((word for word in re.findall(r"#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+", behind[1]) if word != "none"), ground)
        elif behind:
            ground = "image"
    return _white(color.lower()) or state.color, _ground(ground.lower()) or state.ground


def _white(color: str) -> str:
    return "white" if color in _WHITES and color != "transparent" else color


def _ground(color: str) -> str:
    return "" if color in ("transparent", "inherit", "initial", "rgba(0,0,0,0)") else _white(color)


_ANCHOR = re.compile(r"<a\s[^<>]{0,2000}?href\s*=\s*[\"'](https?://[^\"'<>]{1,2000})[\"'][^<>]{0,2000}>([^<]{1,200})<", re.IGNORECASE)


def targets(html: str) -> list[tuple[str, str]]:
    """(target, words) of the plain links of an HTML part that is not itself read."""
    return [
        (match[1].replace("&amp;", "&"), " ".join(match[2].split()))
        for _, match in zip(range(200), _ANCHOR.finditer(html[:200_000]), strict=False)
    ]
