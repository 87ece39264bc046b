"""The chat page as a browser without JavaScript has it: what can be read, and what can be pressed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Form:
    """One form: where it goes, what it sends of itself, and its buttons by what stands on them."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)  # a list where several boxes of one name are ticked
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """The forms and the text of an HTML page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.tags: set[str] = set()
        self.text = ""
        self._button: tuple[str, dict[str, str]] | None = None
        self._open = ""  # the name of the textarea or select we are in
        self.feed(html)

    @property
    def buttons(self) -> list[str]:
        return [label for form in self.forms for label in form.buttons]

    def writing(self, text: str) -> Form:
        """The form to write in, filled."""
        form = next(form for form in self.forms if "text" in form.fields)
        return Form(form.action, {**form.fields, "text": text})

    def pressing(self, label: str) -> Form:
        """The form of the button that says this, as pressing it sends it."""
        form = next(form for form in self.forms if label in form.buttons)
        return Form(form.action, {**form.fields, **form.buttons[label]})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and "name" in given:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self._send(given["name"], given.get("value", ""), is_one_of_several=given.get("type") == "checkbox")
        elif tag in ("textarea", "select") and "name" in given:
            self.forms[-1].fields[given["name"]] = ""
            self._open = given["name"]
        elif tag == "option" and "selected" in given:
            self.forms[-1].fields[self._open] = given.get("value", "")
        elif tag == "button":
            self._button = ("", {given["name"]: given.get("value", "")} if "name" in given else {})

    def _send(self, name: str, value: str, *, is_one_of_several: bool) -> None:
        fields = self.forms[-1].fields
        earlier = fields.get(name) if is_one_of_several else None
        fields[name] = value if earlier is None else [*(earlier if isinstance(earlier, list) else [earlier]), value]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._open = ""
        if tag == "button" and self._button:
            label, sent = self._button
            self.forms[-1].buttons[label.strip()] = sent
            self._button = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.lasttag == "textarea" and self._open:
            self.forms[-1].fields[self._open] += data.removeprefix("\n")
        if self._button:
            self._button = (self._button[0] + data, self._button[1])
