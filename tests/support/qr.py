"""Reads a QR code back out of its modules, by ISO/IEC 18004: an own reading of what the program only writes.

Takes undamaged codes in byte mode; the error correction is left aside, since nothing is printed and scanned here.
"""

from collections.abc import Sequence

_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, _c: r % 2,
    lambda _r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)
# For levels M, L, H, Q (their two bits 0-3) and versions 1-10: blocks as (count, data codewords of each).
_BLOCKS = {
    0: [[(1, 16)], [(1, 28)], [(1, 44)], [(2, 32)], [(2, 43)], [(4, 27)], [(4, 31)], [(2, 38), (2, 39)],
        [(3, 36), (2, 37)], [(4, 43), (1, 44)]],
    1: [[(1, 19)], [(1, 34)], [(1, 55)], [(1, 80)], [(1, 108)], [(2, 68)], [(2, 78)], [(2, 97)], [(2, 116)],
        [(2, 68), (2, 69)]],
    2: [[(1, 9)], [(1, 16)], [(2, 13)], [(4, 9)], [(2, 11), (2, 12)], [(4, 15)], [(4, 13), (1, 14)],
        [(4, 14), (2, 15)], [(4, 12), (4, 13)], [(6, 15), (2, 16)]],
    3: [[(1, 13)], [(1, 22)], [(2, 17)], [(2, 24)], [(2, 15), (2, 16)], [(4, 19)], [(2, 14), (4, 15)],
        [(4, 18), (2, 19)], [(4, 16), (4, 17)], [(6, 19), (2, 20)]],
}  # fmt: skip
_ALIGNMENT = {2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42],
    9: [6, 26, 46], 10: [6, 28, 50]}  # fmt: skip


def read_qr(modules: Sequence[Sequence[int]]) -> str:
    """Return the text of a QR code from its modules without the quiet zone, 1 for dark ones."""
    size = len(modules)
    version = (size - 17) // 4
    bits = [modules[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [modules[r][8] for r in (7, 5, 4, 3, 2, 1, 0)]
    form = int("".join(map(str, bits)), 2) ^ 0b101010000010010
    level, mask = form >> 13, _MASKS[form >> 10 & 7]
    words = _codewords(modules, size, version, mask)
    data = _deinterleaved(words, _BLOCKS[level][version - 1])
    stream = "".join(f"{word:08b}" for word in data)
    if stream[:4] != "0100":
        raise ValueError(f"not in byte mode: {stream[:4]}")
    width = 8 if version < 10 else 16
    length = int(stream[4 : 4 + width], 2)
    start = 4 + width
    return bytes(int(stream[start + 8 * n : start + 8 * n + 8], 2) for n in range(length)).decode()


def _codewords(modules, size, version, mask):
    bits, upward = [], True
    for start in range(size - 1, 0, -2):
        right = start - 1 if start <= 6 else start
        rows = range(size - 1, -1, -1) if upward else range(size)
        bits += [
            modules[row][column] ^ (mask(row, column) == 0)
            for row in rows
            for column in (right, right - 1)
            if not _is_function(row, column, size, version)
        ]
        upward = not upward
    return [int("".join(map(str, bits[n : n + 8])), 2) for n in range(0, len(bits) - 7, 8)]


def _is_function(row, column, size, version):
    if (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9):
        return True
    if row == 6 or column == 6:
        return True
    if version >= 7 and ((row < 6 and column >= size - 11) or (column < 6 and row >= size - 11)):
        return True
    places = _ALIGNMENT.get(version, [])
    corners = {(6, 6), (6, places[-1]), (places[-1], 6)} if places else set()
    centres = [(r, c) for r in places for c in places if (r, c) not in corners]
    return any(abs(row - r) <= 2 and abs(column - c) <= 2 for r, c in centres)


def _deinterleaved(words, blocks):
    lengths = [length for count, length in blocks for _ in range(count)]
    found = [[] for _ in lengths]
    source = iter(words)
    for place in range(max(lengths)):
        for block, length in zip(found, lengths, strict=True):
            if place < length:
                block.append(next(source))
    return [word for block in found for word in block]
