"""The documented stream philox4x32-10/1, written a second time from its description. Run: python make_stream.py > stream.json"""
import json
import math
import sys

MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def hashed_key(key, text, domain):
    units = [int.from_bytes(text.encode("utf-16-le")[i:i + 2], "little") for i in range(0, 2 * len(text), 2)]
    state = [0, 0, int.from_bytes(domain.encode(), "big"), len(units)]
    units += [0] * (-len(units) % 4)
    for i in range(0, len(units), 4):
        state[0] ^= units[i] | units[i + 1] << 16
        state[1] ^= units[i + 2] | units[i + 3] << 16
        state = philox(state, key)
    return philox(state, key)[:2]


class Stream:
    def __init__(self, key):
        self.key, self.block, self.words, self.spare = key, 0, [], None

    def uint32(self):
        if not self.words:
            self.words = philox([self.block & MASK, self.block >> 32, 0, 0], self.key)
            self.block += 1
        return self.words.pop(0)

    def uniform(self):
        return ((self.uint32() >> 5) * 2**26 + (self.uint32() >> 6)) / 2**53

    def integer(self, below):
        if below >= 2**32:
            while True:
                value = int(self.uniform() * 2**53)
                if value < 2**53 - 2**53 % below:
                    return value % below
        while True:
            product = self.uint32() * below
            if product & MASK >= 2**32 % below:
                return product >> 32

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        r = math.sqrt(-2 * math.log(1 - self.uniform()))
        angle = 2 * math.pi * self.uniform()
        self.spare = r * math.sin(angle)
        return r * math.cos(angle)

    def categorical(self, logits):
        masses = [math.exp(x - max(logits)) for x in logits]
        target, total = self.uniform() * sum(masses), 0.0
        for state, mass in enumerate(masses):
            total += mass
            if target < total:
                return state


def draws(key):
    rng = Stream(key)
    return {"key": key, "uint32": rng.uint32(), "uniform": rng.uniform(), "integers": [rng.integer(3 * 2**30) for _ in range(9)],
            "large": rng.integer(2**52 + 1), "normals": [rng.normal() for _ in range(3)],
            "categorical": [rng.categorical([0, 1, 2]) for _ in range(9)]}


seven = [7, 0]
golden = hashed_key([0, 0], "golden", "seed")
print(json.dumps({
    "provenance": {"tool": f"Python {sys.version.split()[0]}", "script": "make_stream.py", "licence": "MIT"},
    "7": draws(seven),
    "golden": draws(golden),
    "golden/chain-0": draws(hashed_key(golden, "chain-0", "fork")),
    "golden/σ": draws(hashed_key(golden, "σ", "fork")),
    "golden/": draws(hashed_key(golden, "", "fork")),
}, indent=1))
