#!/usr/bin/env python3
"""Repeats a tracing report of midun without midun: python3 tracing_check.py REPORT.json

Written from docs/tracing.md alone, with the standard library. It checks that the seed opens the
commitment, draws biases and words anew, computes for every copy the exact chance of agreeing as
well and the e-value, and says whether the copies named are those that the bound allows.
Ends with 0 when all agrees, 1 when something does not, 2 when the file is no report.
"""
import hashlib
import hmac
import json
import math
import sys


def mac(key, *fields):
    text = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    return hmac.new(key, text, hashlib.sha256).digest()


def stream(key, length):
    blocks = (hmac.new(key, n.to_bytes(4, "big"), hashlib.sha256).digest() for n in range(-(-length // 32)))
    return b"".join(blocks)[:length]


def biases(seed, plan, sites):
    drawn = stream(mac(seed, b"bias", plan), sites)
    if sites < 400:
        return [128] * sites
    return [128 if b < 96 else 54 if b < 176 else 202 for b in drawn]


def word(seed, plan, copy, bias):
    field = lambda name: bytes.fromhex(copy.get(name) or "")
    key = mac(seed, b"copy", plan, copy["no"].encode(), field("nonce"), field("beacon"))
    return [int(byte < k) for byte, k in zip(stream(key, len(bias)), bias)]


class Batch:
    def __init__(self, part, method):
        self.part, self.method = part, method
        self.seed, self.plan = bytes.fromhex(part["seed"]), bytes.fromhex(part["plan"])
        self.seen = [None if c == "-" else int(c) for c in part["seen"]]
        self.error = [method["grades"][int(c)] for c in part["grades"]]
        self.bias = biases(self.seed, self.plan, len(self.seen))
        self.words = {c["no"]: word(self.seed, self.plan, c, self.bias) for c in part["copies"]}
        self.live = [i for i, y in enumerate(self.seen) if y is not None]

    def commitment(self):
        return hashlib.sha256(b"midun trace seed 1\n" + self.seed).hexdigest()

    def weight(self, i):
        """The chance that an innocent copy agrees at site i, and what agreeing counts."""
        p = self.bias[i] / 256
        agree = p if self.seen[i] else 1 - p
        error = max(self.error[i], self.method["error"])
        ratio = math.log2((1 - error) / agree * (1 - agree) / error)
        return agree, max(0, math.floor(self.method["steps"] * ratio + 0.5))

    def tail(self, sites):
        """The probability of each weighted count or more, for an innocent copy."""
        chances = {0: 1.0}
        for i in sites:
            agree, count = self.weight(i)
            after = {}
            for t, chance in chances.items():
                after[t] = after.get(t, 0.0) + chance * (1 - agree)
                after[t + count] = after.get(t + count, 0.0) + chance * agree
            chances = after
        tail, total = {}, 0.0
        for t in sorted(chances, reverse=True):
            total += chances[t]
            tail[t] = total
        return tail

    def chance(self, tail, sites, copy):
        count = sum(self.weight(i)[1] for i in sites if self.words[copy][i] == self.seen[i])
        return min(tail[count], 1.0)

    def bits(self, copy, given):
        """log2 of the e-value of a copy, given that others are sources."""
        known = [self.words[other] for other in given]
        fitting = [h for h in self.method["hypotheses"] if len(h["rule"]) - 1 > len(given)]
        total = sum(h["weight"] for h in fitting)
        logs = []
        for h in fitting:
            log, cache = math.log2(h["weight"] / total), {}
            for i in self.live:
                ones = sum(w[i] for w in known)
                case = (self.bias[i], self.seen[i], self.error[i], ones, self.words[copy][i])
                if case not in cache:
                    cache[case] = math.log2(ratio(h, len(given), *case))
                log += cache[case]
            logs.append(log)
        most = max(logs)
        return most + math.log2(sum(2 ** (log - most) for log in logs))


def ratio(h, known, k, seen, error, ones, own):
    p, error, others = k / 256, max(error, h["error"]), len(h["rule"]) - 2 - known

    def likely(bit):
        made = sum(
            math.comb(others, u) * p**u * (1 - p) ** (others - u) * h["rule"][bit + ones + u]
            for u in range(others + 1)
        )
        one = made * (1 - 2 * error) + error
        return one if seen else 1 - one

    return likely(own) / (p * likely(1) + (1 - p) * likely(0))


def check(report):
    faults, method = [], report["method"]
    epsilon, among = report["epsilon"], report["among"]
    batches = [Batch(part, method) for part in report["batches"]]
    if among != sum(len(batch.words) for batch in batches):
        faults.append("the number of copies is not the one stated")
    if abs(method["whole"] + method["pieces"] + method["joint"] - 1) > 1e-9:
        faults.append("the shares of the tests are not 1 together")
    if abs(sum(h["weight"] for h in method["hypotheses"]) - 1) > 1e-9:
        faults.append("the weights of the hypotheses are not 1 together")
    for batch in batches:
        name = batch.part["batch"]
        if batch.commitment() != batch.part["commitment"]:
            faults.append(f"{name}: the seed does not open the commitment")
        if batch.bias != batch.part["biases"]:
            faults.append(f"{name}: the biases are not those of the seed")
        pieces = []
        size = len(batch.live) // 2
        while size >= method["smallest_piece"]:
            pieces += [batch.live[s : s + size] for s in range(0, len(batch.live) - size + 1, size // 2)]
            size //= 2
        whole = batch.tail(batch.live)
        should = {c for c in batch.words if batch.chance(whole, batch.live, c) * among <= epsilon * method["whole"]}
        for copy in sorted(should - {named["copy"] for named in batch.part["named"]}):
            faults.append(f"{name}: {copy} should be named and is not")
        for named in batch.part["named"]:
            copy = named["copy"]
            if named["test"] == "single":
                sites = [i for i in batch.live if named["from"] <= i < named["to"]]
                if sites != batch.live and sites not in pieces:
                    faults.append(f"{name}: {copy} was tested on a piece that is none")
                chance = batch.chance(batch.tail(sites), sites, copy)
                whole_one = sites == batch.live
                tries = among * (1 if whole_one else len(pieces))
                enough = chance * tries <= epsilon * method["whole" if whole_one else "pieces"]
                print(f"{name} {copy}: chance {chance:.3e}, stated {named['chance']:.3e}")
                same = math.isclose(chance, named["chance"], rel_tol=1e-6)
            else:
                given = named["given"]
                bits = batch.bits(copy, given)
                tests = among * math.prod(max(among / (a + 1), 1) for a in range(len(given)))
                enough = bits >= math.log2(tests / (epsilon * method["joint"] / method["levels"]))
                print(f"{name} {copy}: {bits:.3f} bits, stated {named['bits']:.3f}")
                same = math.isclose(bits, named["bits"], abs_tol=1e-6)
            if not same:
                faults.append(f"{name}: {copy} has other evidence than stated")
            if not enough:
                faults.append(f"{name}: {copy} is named without enough evidence")
        for rank in batch.part["ranks"]:
            if not math.isclose(batch.bits(rank["copy"], []), rank["bits"], abs_tol=1e-6):
                faults.append(f"{name}: {rank['copy']} has another rank than stated")
    return faults


def main():
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            text = file.read()
        report = json.loads(text)
        assert report["format"] == "midun tracing 1"
    except (OSError, ValueError, KeyError, IndexError, AssertionError) as trouble:
        print(f"no report: {trouble}", file=sys.stderr)
        return 2
    print("SHA-256", hashlib.sha256(text.encode()).hexdigest())
    faults = check(report)
    for fault in faults:
        print("differs:", fault)
    print("differs" if faults else "agrees")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
