"""Is this a brotli stream? Brotli has no magic number, so the head of its first block is read and checked (RFC 7932).

Prefix codes must be complete to be valid, which bytes that are something else hardly ever are. Nothing is unpacked;
only the first 16 kB are looked at.
"""

from __future__ import annotations

_ORDER = (1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15)
_LENGTH_BITS = (2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4)
_LENGTH_VALUE = (0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5)
_COUNT_BITS = (2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 8, 9, 10, 11, 12, 13, 24)
_MOST_BYTES = 16_384
_Codes = dict[tuple[int, int], int]
"""(length, bits) to symbol."""


class _InvalidError(Exception):
    """These bits are no brotli."""


class _Bits:
    def __init__(self, raw: bytes) -> None:
        self.value = int.from_bytes(raw, "little")
        self.left = len(raw) * 8

    def read(self, count: int) -> int:
        if count > self.left:
            raise _InvalidError
        bits = self.value & ((1 << count) - 1)
        self.value >>= count
        self.left -= count
        return bits

    def number(self) -> int:
        """The variable-length code for 1 to 256."""
        if not self.read(1):
            return 1
        extra = self.read(3)
        return 1 + (1 << extra) + self.read(extra)


def looks_like_brotli(raw: bytes) -> bool:
    """Whether bytes begin as a brotli stream does: window size, block length and the first prefix codes are valid.

    >>> looks_like_brotli(b"<!DOCTYPE html><p>A page.</p>")
    False
    """
    bits = _Bits(raw[:_MOST_BYTES])
    try:
        _window(bits)
        last = bits.read(1)
        if last and bits.read(1):
            return False
        length = _block_length(bits)
        # One byte that unpacks to more than ten thousand is rarer than other bytes that look like a header.
        if length < 16 or length > 10_000 * len(raw):
            return False
        if not last and bits.read(1):
            return not bits.read(bits.left % 8) and length <= len(raw)
        _trees(bits)
    except _InvalidError:
        return False
    return True


def _window(bits: _Bits) -> None:
    if bits.read(1) and not bits.read(3) and bits.read(3) == 1:
        raise _InvalidError


def _block_length(bits: _Bits) -> int:
    nibbles = bits.read(2) + 4
    if nibbles == 7:
        raise _InvalidError  # a block of metadata: allowed, but no server sends one
    length = 0
    for place in range(nibbles):
        nibble = bits.read(4)
        length |= nibble << (4 * place)
    if nibbles > 4 and not nibble:
        raise _InvalidError
    return length + 1


def _trees(bits: _Bits) -> None:
    types = []
    for _ in range(3):
        types.append(bits.number())
        if types[-1] > 1:
            _prefix_code(bits, types[-1] + 2)
            count = _symbol(bits, _prefix_code(bits, 26))
            bits.read(_COUNT_BITS[count])
    postfix = bits.read(2)
    direct = bits.read(4) << postfix
    bits.read(2 * types[0])
    literal_trees = _context_map(bits, 64 * types[0])
    distance_trees = _context_map(bits, 4 * types[2])
    alphabets = ((literal_trees, 256), (types[1], 704), (distance_trees, 16 + direct + (48 << postfix)))
    for trees, alphabet in alphabets:
        for _ in range(trees):
            _prefix_code(bits, alphabet)


def _context_map(bits: _Bits, size: int) -> int:
    trees = bits.number()
    if trees == 1:
        return 1
    longest_run = bits.read(4) + 1 if bits.read(1) else 0
    codes = _prefix_code(bits, trees + longest_run)
    filled = 0
    while filled < size:
        symbol = _symbol(bits, codes)
        filled += (1 << symbol) + bits.read(symbol) if 0 < symbol <= longest_run else 1
    if filled > size:
        raise _InvalidError
    bits.read(1)
    return trees


def _prefix_code(bits: _Bits, alphabet: int) -> _Codes:
    skip = bits.read(2)
    if skip != 1:
        return _complex_code(bits, alphabet, skip)
    count = bits.read(2) + 1
    width = (alphabet - 1).bit_length()
    symbols = [bits.read(width) for _ in range(count)]
    if len(set(symbols)) < count or max(symbols) >= alphabet:
        raise _InvalidError
    deep = bits.read(1) if count == 4 else 0
    shape = ((0,), (1, 1), (1, 2, 2), (1, 2, 3, 3) if deep else (2, 2, 2, 2))[count - 1]
    return _decoder(dict(zip(symbols, shape, strict=True)))


def _complex_code(bits: _Bits, alphabet: int, skip: int) -> _Codes:
    lengths: dict[int, int] = {}
    space = 32
    for place in range(skip, 18):
        peek = bits.value & 15
        bits.read(_LENGTH_BITS[peek])
        if length := _LENGTH_VALUE[peek]:
            lengths[_ORDER[place]] = length
            space -= 32 >> length
            if space <= 0:
                break
    if not lengths or (space != 0 and len(lengths) > 1):
        raise _InvalidError
    if len(lengths) == 1:
        lengths = dict.fromkeys(lengths, 0)
    return _decoder(_symbol_lengths(bits, alphabet, _decoder(lengths)))


def _decoder(lengths: dict[int, int]) -> _Codes:
    codes: _Codes = {}
    code = 0
    for length in range(16):
        for symbol in sorted(symbol for symbol, its in lengths.items() if its == length):
            codes[length, code] = symbol
            code += 1
        code <<= 1
    return codes


def _symbol(bits: _Bits, codes: _Codes) -> int:
    code = length = 0
    while (length, code) not in codes:
        if length > 15:
            raise _InvalidError
        code = code << 1 | bits.read(1)
        length += 1
    return codes[length, code]


def _symbol_lengths(bits: _Bits, alphabet: int, codes: _Codes) -> dict[int, int]:
    lengths: dict[int, int] = {}
    space, symbols, previous, repeat, repeated = 32_768, 0, 8, 0, -1
    while space > 0 and symbols < alphabet:
        symbol = _symbol(bits, codes)
        if symbol < 16:
            repeat = 0
            if symbol:
                lengths[symbols] = previous = symbol
                space -= 32_768 >> symbol
            symbols += 1
            continue
        extra, value = (2, previous) if symbol == 16 else (3, 0)
        if repeated != value:
            repeat, repeated = 0, value
        before = repeat
        repeat = ((repeat - 2) << extra if repeat else 0) + bits.read(extra) + 3
        if symbols + repeat - before > alphabet:
            raise _InvalidError
        if value:
            lengths.update((place, value) for place in range(symbols, symbols + repeat - before))
            space -= (repeat - before) * (32_768 >> value)
        symbols += repeat - before
    if space:
        raise _InvalidError
    return lengths
