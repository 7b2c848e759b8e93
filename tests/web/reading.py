"""Reading a page as a browser does: its text, its links, its elements."""

from html.parser import HTMLParser

VOID = {"base", "meta", "link", "br", "input"}


class Element:
    """One element: its name, attributes, and the text within it."""

    def __init__(self, name, attributes):
        self.name = name
        self.attributes = dict(attributes)
        self.parts = []

    @property
    def text(self):
        return " ".join("".join(self.parts).split())


class Page(HTMLParser):
    """A page; `elements` in the order in which they begin.

    `bare` is the text of the body that no element isolates from what is around it.
    """

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.open = []
        self.bare = ""
        self.feed(html)
        self.close()
        assert not self.open, f"never closed: {[one.name for one in self.open]}"

    def handle_starttag(self, name, attributes):
        element = Element(name, attributes)
        self.elements.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_endtag(self, name):
        assert self.open and self.open[-1].name == name, f"</{name}> closes another"
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1].name == "script":
            self.open[-1].parts.append(data)
            return
        for element in self.open:
            element.parts.append(data)
        if not any(map(isolates, self.open)):
            self.bare += data

    def all(self, element, **attributes):
        """The elements of a name; `cls` stands for the attribute `class`."""
        if "cls" in attributes:
            attributes["class"] = attributes.pop("cls")
        return [
            one
            for one in self.elements
            if one.name == element and attributes.items() <= one.attributes.items()
        ]

    def one(self, element, **attributes):
        (found,) = self.all(element, **attributes)
        return found

    def texts(self, element, **attributes):
        return [one.text for one in self.all(element, **attributes)]

    @property
    def main(self):
        return self.one("main").text

    @property
    def links(self):
        """The addresses that readers can follow, by what the links say."""
        return {one.text: one.attributes["href"] for one in self.all("a")}

    @property
    def addresses(self):
        """Every address that the page names in its elements."""
        return [
            one.attributes[name]
            for one in self.elements
            for name in ("href", "src", "action")
            if name in one.attributes
        ]


def isolates(element):
    """Whether what is in an element cannot turn the direction of what is around it."""
    apart = element.name in ("bdi", "title", "text")
    return apart or element.attributes.get("dir") == "auto"


def read(response):
    """The page of an answer."""
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return Page(response.content.decode())
