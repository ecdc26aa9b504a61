#!/usr/bin/env python3
"""The chunkers `gear` and `fixed`, written a second time from their definition: slow, plain, and without sharing a thought
with the Java code. It prints the vectors of GearChunkerTest and FixedChunkerTest.

The data are SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014) from a seed,
its 64-bit outputs in little-endian order. Keys are the bytes 0, 1, 2, ... 31.
"""
import hashlib
import hmac
import struct

MASK = (1 << 64) - 1


def splitmix(seed, length):
    out = bytearray()
    while len(out) < length:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        out += struct.pack("<Q", z ^ (z >> 31))
    return bytes(out[:length])


def table(key):
    blocks = [hmac.new(key, b"obnam gear" + bytes([n]), hashlib.sha256).digest() for n in range(64)]
    return struct.unpack(">256Q", b"".join(blocks))


def gear_cuts(key, data, minimum, normal, maximum):
    g = table(key)
    bits = normal.bit_length() - 1
    cuts, start, h = [], 0, 0
    for p, byte in enumerate(data, 1):
        h = (2 * h + g[byte]) & MASK
        length = p - start
        zeros = bits + 2 if length < normal else bits - 2
        if length >= minimum and h >> (64 - zeros) == 0 or length == maximum or p == len(data):
            cuts.append(p)
            start = p
    return cuts


def fixed_cuts(data, size):
    return [min(p + size, len(data)) for p in range(0, len(data), size)]


def show(title, cuts):
    digest = hashlib.sha256(b"".join(struct.pack(">I", cut) for cut in cuts)).hexdigest()
    print(f"{title}\n  {len(cuts)} cuts, SHA-256 of all as big-endian u32: {digest}\n  first: {cuts[:12]}")


if __name__ == "__main__":
    key = bytes(range(32))
    g = table(key)
    print(f"G[0] {g[0]:016x}  G[1] {g[1]:016x}  G[255] {g[255]:016x}")
    data = splitmix(1, 8 << 20)
    show("gear 16Ki/64Ki/256Ki", gear_cuts(key, data, 16 << 10, 64 << 10, 256 << 10))
    show("gear 1000/3000/9000, 1 MiB", gear_cuts(key, data[: 1 << 20], 1000, 3000, 9000))
    show("gear 64/64/256, 64 KiB", gear_cuts(key, data[: 64 << 10], 64, 64, 256))
    show("gear 16Ki/64Ki/256Ki, 1 MiB of zeros", gear_cuts(key, bytes(1 << 20), 16 << 10, 64 << 10, 256 << 10))
    show("fixed 100000, 1 MiB", fixed_cuts(data[: 1 << 20], 100000))
