"""One YAML file of content: checked against its model, and called what it holds."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError


class ContentFault(ValueError):
    """A file that breaks its model: says the file, the field and what is expected."""

    def __init__(self, path: Path, field: str, expected: str) -> None:
        super().__init__(f"{path.name}: {field}: {expected}")


class Content(BaseModel):
    """What one file holds; its name is its id."""

    id: str


Model = TypeVar("Model", bound=Content)


def load_content(path: Path, model: type[Model]) -> Model:
    """The content of a file. Raises ContentFault for the first field that breaks the model."""
    facts: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    try:
        content = model.model_validate(facts)
    except ValidationError as error:
        fault = error.errors()[0]
        raise ContentFault(path, ".".join(map(str, fault["loc"])) or "file", fault["msg"]) from error
    if path.stem != content.id:
        raise ContentFault(path, "id", f"expected the name of the file, {path.stem}")
    return content
