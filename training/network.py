"""The network in torch. `scrapeclean.score` runs the same in numpy; `export` writes its arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from attrs import frozen
from torch import Tensor, nn

from scrapeclean.network import FEW

GAP = 8
"""Empty rows between two pages of a batch, so that convolutions do not look across."""


@frozen
class Sample:
    """One page as arrays; token ids are those of a vocabulary."""

    dense: np.ndarray
    heading: np.ndarray
    own: np.ndarray
    boxes: np.ndarray
    first: np.ndarray
    last: np.ndarray
    words: np.ndarray
    word_rows: np.ndarray
    names: np.ndarray
    name_rows: np.ndarray
    target: np.ndarray
    weight: np.ndarray
    size: np.ndarray
    """Words of each row, for the soft F1."""


@frozen
class Batch:
    dense: Tensor
    mask: Tensor
    heading: Tensor
    own: Tensor
    boxes: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    word_rows: Tensor
    names: Tensor
    name_rows: Tensor
    target: Tensor
    weight: Tensor
    size: Tensor
    page: Tensor
    start: Tensor
    end: Tensor
    """For each row where its page begins and ends."""
    pages: int


def collate(samples: Sequence[Sample]) -> Batch:
    """Several pages as one long page with gaps."""
    starts, box_starts, row, box = [], [], GAP, 0
    for sample in samples:
        starts.append(row)
        box_starts.append(box)
        row += len(sample.dense) + GAP
        box += len(sample.boxes)
    total = row

    def spread(name: str, width: int = 0) -> np.ndarray:
        first = getattr(samples[0], name)
        out = np.zeros((total, *first.shape[1:]), np.float32)
        for start, sample in zip(starts, samples, strict=True):
            out[start : start + len(sample.dense)] = getattr(sample, name)
        return out

    def joined(name: str, offsets: list[int]) -> Tensor:
        return torch.from_numpy(
            np.concatenate([getattr(s, name) + o for s, o in zip(samples, offsets, strict=True)]).astype(np.int64)
        )

    mask = np.zeros((total, 1), np.float32)
    page = np.full(total, -1)
    heading = np.full(total, total - 1)
    own = np.full(total, box)
    edges = np.zeros((2, total), np.int64)
    for i, (start, box_start, sample) in enumerate(zip(starts, box_starts, samples, strict=True)):
        rows = slice(start, start + len(sample.dense))
        mask[rows] = 1
        page[rows] = i
        edges[:, rows] = [[rows.start], [rows.stop]]
        heading[rows] = np.where(sample.heading >= 0, sample.heading + start, total - 1)
        own[rows] = sample.own + box_start
    zero = [0] * len(samples)
    return Batch(
        torch.from_numpy(spread("dense")), torch.from_numpy(mask), torch.from_numpy(heading), torch.from_numpy(own),
        torch.from_numpy(np.concatenate([s.boxes for s in samples])), joined("first", starts), joined("last", starts),
        joined("words", zero), joined("word_rows", starts), joined("names", zero), joined("name_rows", box_starts),
        torch.from_numpy(spread("target")), torch.from_numpy(spread("weight")), torch.from_numpy(spread("size")),
        torch.from_numpy(page), *torch.from_numpy(edges), len(samples),
    )  # fmt: skip


@frozen
class Shape:
    """How wide the layers are."""

    dense: int
    boxes: int
    words: int
    names: int
    name_width: int = 24
    word_width: int = 12
    heading_width: int = 8
    box_width: int = 32
    around: int = 16
    width: int = 48


class Dropout(nn.Module):
    """Dropout that takes its noise from a store, from a random place: drawing it anew took a fifth of the time."""

    def __init__(self, share: float, store: int = 4_000_037) -> None:
        super().__init__()
        self.share = share
        self.store = (torch.rand(store, generator=torch.Generator().manual_seed(3)) >= share).float() / (1 - share)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        if x.numel() >= len(self.store):
            return nn.functional.dropout(x, self.share)
        at = int(torch.randint(len(self.store) - x.numel(), (1,)))
        return x * self.store[at : at + x.numel()].view_as(x)


class Network(nn.Module):
    """Token vectors and dense features, convolutions over blocks, pooling over boxes, convolutions again."""

    def __init__(
        self, shape: Shape, dropout: float = 0.35, token_dropout: float = 0.5, page_dropout: float = 0.4,
        noise: float = 0.3,
    ) -> None:  # fmt: skip
        super().__init__()
        s = self.shape = shape
        self.token_dropout = token_dropout
        self.page_dropout = page_dropout
        self.noise = noise
        self.names = nn.Parameter(torch.randn(s.names, s.name_width) * 0.05)
        self.words = nn.Parameter(torch.randn(s.words, s.word_width) * 0.05)
        self.headings = nn.Parameter(torch.randn(s.words, s.heading_width) * 0.05)
        self.box = nn.Linear(s.name_width + s.boxes, s.box_width)
        self.down = nn.Linear(s.box_width, s.box_width, bias=False)
        self.enter = nn.Linear(s.dense + s.word_width + s.heading_width + 2 * s.box_width, s.width)
        self.conv1 = nn.Conv1d(s.width, s.width, 3, padding=1)
        self.conv2 = nn.Conv1d(s.width, s.width, 3, padding=2, dilation=2)
        self.pool = nn.Linear(2 * s.width + s.box_width, s.box_width)
        self.around = nn.Linear(s.width, s.around)
        self.merge = nn.Linear(s.width + s.box_width + 2 * s.around, s.width)
        self.conv3 = nn.Conv1d(s.width, s.width, 3, padding=1)
        self.conv4 = nn.Conv1d(s.width, s.width, 3, padding=4, dilation=4)
        self.out = nn.Linear(s.width, 1)
        self.dropout = Dropout(dropout)

    def bag(self, table: Tensor, ids: Tensor, rows: Tensor, pages: Tensor) -> Tensor:
        """The sum of the vectors of each row's tokens. In training single tokens are left out, and now and then all
        tokens of a page, so that no page hangs on a word that means something else on its site."""
        vectors = table.index_select(0, ids)
        if self.training:
            keep = (torch.rand(len(ids)) >= self.token_dropout).float() / (1 - self.token_dropout)
            spared = (torch.rand(int(pages.max()) + 2) >= self.page_dropout).float()
            vectors = vectors * (keep * spared[pages[rows]])[:, None]
        return torch.zeros(len(pages), table.shape[1]).index_add(0, rows, vectors)

    def forward(self, b: Batch) -> Tensor:
        rows = len(b.dense)
        names = self.bag(self.names, b.names, b.name_rows, b.page[b.first])
        dense, boxes = self.blurred(b.dense), self.blurred(b.boxes)
        box = torch.relu(self.box(torch.cat([names, boxes], 1)))
        above = _spread(self.down(box), b.first, b.last, rows) * 0.2
        own = torch.cat([box, torch.zeros(1, box.shape[1])]).index_select(0, b.own)
        words = self.bag(self.words, b.words, b.word_rows, b.page)
        headings = self.bag(self.headings, b.words, b.word_rows, b.page).index_select(0, b.heading)
        x = self.dropout(torch.relu(self.enter(torch.cat([dense, words, headings, own, above], 1)))) * b.mask
        x = self.convolve(self.conv1, x, b.mask)
        x = self.convolve(self.conv2, x, b.mask)
        wide = torch.nonzero(b.last - b.first > 1)[:, 0]
        first, last, box = b.first[wide], b.last[wide], box[wide]
        pooled = torch.cat([_mean(x, b.mask, first, last), _mean(x, b.size[:, None], first, last), box], 1)
        below = _spread(torch.relu(self.pool(self.dropout(pooled))), first, last, rows) * 0.2
        around = _around(torch.relu(self.around(self.dropout(x))), b)
        x = self.dropout(torch.relu(self.merge(torch.cat([x, below, *around], 1)))) * b.mask
        x = self.convolve(self.conv3, x, b.mask)
        x = self.convolve(self.conv4, x, b.mask)
        return self.out(x)[:, 0]

    def blurred(self, x: Tensor) -> Tensor:
        """Features with a little noise in training, so that no page is known by its exact numbers."""
        return x + self.noise * torch.randn_like(x) if self.training and self.noise else x

    def convolve(self, conv: nn.Conv1d, x: Tensor, mask: Tensor) -> Tensor:
        y = torch.relu(conv(x.t()[None])[0].t())
        return (x + self.dropout(y)) * mask


def _spread(values: Tensor, first: Tensor, last: Tensor, rows: int) -> Tensor:
    """For each row the sum over the boxes that it stands in."""
    edges = torch.zeros(rows + 1, values.shape[1]).index_add(0, first, values).index_add(0, last, -values)
    return torch.cumsum(edges, 0)[:-1]


def _around(x: Tensor, b: Batch) -> tuple[Tensor, Tensor]:
    """For each row the means over all rows of its page that come before, and over all that come after, by their words;
    where there are few words, they are drawn towards nothing."""
    size = b.size[:, None]
    total = torch.cat([torch.zeros(1, x.shape[1] + 1), torch.cumsum(torch.cat([x * size, size], 1), 0)])
    before = total[:-1] - total.index_select(0, b.start)
    after = total.index_select(0, b.end) - total[1:]
    return tuple(part[:, :-1] / (part[:, -1:] + FEW) * b.mask for part in (before, after))  # type: ignore[return-value]


def _mean(x: Tensor, weight: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """For each box the weighted mean over its rows."""
    total = torch.cat([torch.zeros(1, x.shape[1] + 1), torch.cumsum(torch.cat([x * weight, weight], 1), 0)])
    held = total.index_select(0, last) - total.index_select(0, first)
    return held[:, :-1] / (held[:, -1:] + 1e-3)
