"""Asks two witnesses the same questions: ours, and that of the PyPI package witness-log.

usage: witness.py PATH-OF-THE-EXAMPLE-interop

The expected status of each case is that of the table in C2SP tlog-witness v1.0.0, whatever either
witness answers; a body that is not of the form of a request is 400. Where an answer differs, the
case must be listed in DEVIATIONS with its reason, and differ in just that way; ours never may.
Requests are made here, with a tree, notes and Ed25519 (package cryptography) that share no code
with either witness. Exits 1 on any surprise.
"""

import base64
import hashlib
import subprocess
import sys

import witness_log
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "log.example/statuses"
SIZE_TYPE = "text/x.tlog.size"
MAX = 2**63 - 1


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


class Key:
    """A log's key: Ed25519 over the text, type 0x01."""

    def __init__(self, name, seed):
        self.name = name
        self.secret = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        public = self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.blob = b"\x01" + public
        self.id = sha256(name.encode() + b"\n" + self.blob)[:4]

    def vkey(self):
        return f"{self.name}+{self.id.hex()}+{b64(self.blob)}"

    def line(self, text, flip=False):
        signature = bytearray(self.secret.sign(text.encode()))
        signature[5] ^= flip
        return f"— {self.name} {b64(self.id + bytes(signature))}\n"


LOG = Key(ORIGIN, 1)
STRANGER = Key(ORIGIN, 2)
OTHER = Key("other.example/log", 3)
LEAVES = [sha256(b"\0" + str(i).encode()) for i in range(300)]


def split(count):
    return 1 << (count - 1).bit_length() - 1


def root(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def subproof(old, leaves, whole):
    """RFC 6962, section 2.1.2."""
    if old == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if old <= k:
        return subproof(old, leaves[:k], whole) + [root(leaves[k:])]
    return subproof(old - k, leaves[k:], False) + [root(leaves[:k])]


def proof(old, new):
    return subproof(old, LEAVES[:new], True) if old else []


def text(size, root_hash=None, origin=ORIGIN, extra=""):
    hash_text = b64(root(LEAVES[:size]) if root_hash is None else root_hash)
    return f"{origin}\n{size}\n{hash_text}\n{extra}"


def note(body, *lines):
    return body + "\n" + "".join(lines)


def signed(size, root_hash=None, **more):
    body = text(size, root_hash, **more)
    return note(body, LOG.line(body))


def request(old, hashes, checkpoint):
    return f"old {old}\n" + "".join(b64(h) + "\n" for h in hashes) + "\n" + checkpoint


def good(old, new):
    return request(old, proof(old, new), signed(new))


def changed(hashes, at, flip=1):
    hashes = [bytearray(h) for h in hashes]
    hashes[at][0] ^= flip
    return [bytes(h) for h in hashes]


def cases():
    """Name, expected status, size last cosigned (None: never), body."""
    any_hash, empty = b"\2" * 32, sha256(b"")
    five, nine = text(5), text(9)

    # 200
    yield "first of size 0", 200, None, good(0, 0)
    yield "first of size 1", 200, None, good(0, 1)
    yield "first of size 300", 200, None, good(0, 300)
    yield "grows 1 to 2", 200, 1, good(1, 2)
    yield "grows 5 to 9", 200, 5, good(5, 9)
    yield "grows 8 to 9", 200, 8, good(8, 9)
    yield "grows 7 to 300", 200, 7, good(7, 300)
    yield "grows 256 to 300", 200, 256, good(256, 300)
    yield "grows 299 to 300", 200, 299, good(299, 300)
    yield "same size again", 200, 9, good(9, 9)
    yield "size 0 again", 200, 0, good(0, 0)
    yield "grows from a cosigned size 0", 200, 0, good(0, 5)
    yield "extension lines", 200, None, request(0, [], signed(5, extra="more\nand more\n"))
    yield "unknown signature beside", 200, None, request(
        0, [], note(five, STRANGER.line(five), LOG.line(five), OTHER.line(five))
    )
    yield "same signature twice", 200, None, request(0, [], note(five, LOG.line(five) * 2))
    yield "16 signatures", 200, None, request(
        0, [], note(five, OTHER.line(five) * 15, LOG.line(five))
    )

    # 404
    unknown = text(5, origin="unknown.example/log")
    yield "unknown origin", 404, None, request(0, [], note(unknown, LOG.line(unknown)))
    yield "unknown origin, else wrong too", 404, 9, request(
        99, [any_hash], note(unknown, OTHER.line(unknown, flip=True))
    )
    yield "origin in other letters", 404, None, request(
        0, [], signed(5, origin=ORIGIN.upper())
    )

    # 403
    yield "signature changed", 403, None, request(0, [], note(five, LOG.line(five, flip=True)))
    yield "signature of another text", 403, None, request(0, [], note(five, LOG.line(nine)))
    yield "unknown key of that name", 403, None, request(0, [], note(five, STRANGER.line(five)))
    yield "known key of another log", 403, None, request(0, [], note(five, OTHER.line(five)))
    yield "right signature, then a wrong one", 403, None, request(
        0, [], note(five, LOG.line(five), LOG.line(five, flip=True))
    )
    yield "wrong signature, then a right one", 403, None, request(
        0, [], note(five, LOG.line(five, flip=True), LOG.line(five))
    )
    yield "wrong signature, and old too large", 403, None, request(
        9, [], note(five, LOG.line(five, flip=True))
    )
    yield "wrong signature, and a conflict", 403, 9, request(
        5, [], note(five, LOG.line(five, flip=True))
    )

    # 400 by the table
    yield "old larger than the checkpoint", 400, None, request(9, [], signed(5))
    yield "old larger, and a conflict", 400, 7, request(9, [], signed(5))
    yield "old larger, and that is the latest", 400, 9, request(9, [], signed(5))

    # 400: not of the form of a request
    yield "nothing", 400, None, ""
    yield "garbage", 400, None, "hello"
    yield "no checkpoint", 400, None, "old 0\n\n"
    yield "no old line", 400, None, signed(5)
    yield "old with leading zero", 400, 5, good(5, 9).replace("old 5", "old 05")
    yield "old 00", 400, None, good(0, 5).replace("old 0", "old 00")
    yield "old with plus", 400, 5, good(5, 9).replace("old 5", "old +5")
    yield "old negative", 400, 5, good(5, 9).replace("old 5", "old -5")
    yield "old not a number", 400, 5, good(5, 9).replace("old 5", "old five")
    yield "old with two spaces", 400, 5, good(5, 9).replace("old 5", "old  5")
    yield "old with a space after", 400, 5, good(5, 9).replace("old 5\n", "old 5 \n")
    yield "old above 64 bits", 400, 5, good(5, 9).replace("old 5", f"old {2**64}")
    yield "64 proof lines", 400, 5, request(5, [any_hash] * 64, signed(9))
    yield "proof line of 31 bytes", 400, 5, request(5, [any_hash[:31]], signed(9))
    yield "proof line of 33 bytes", 400, 5, request(5, [any_hash + b"\0"], signed(9))
    yield "proof line without padding", 400, 5, good(5, 9).replace("=\n", "\n", 1)
    yield "proof line in hex", 400, 5, good(5, 9).replace(b64(proof(5, 9)[0]), "02" * 32)
    yield "line ends of DOS", 400, 5, good(5, 9).replace("\n", "\r\n")
    yield "no blank line before the checkpoint", 400, 5, good(5, 9).replace("\n\n", "\n", 1)
    yield "no line end at the end", 400, 5, good(5, 9)[:-1]
    yield "no signature", 400, None, request(0, [], note(five))
    yield "signature line with a hyphen", 400, None, good(0, 5).replace("—", "-")
    yield "checkpoint size with leading zero", 400, None, bad_text("05")
    yield "checkpoint size negative", 400, None, bad_text("-5")
    yield "checkpoint without root", 400, None, raw(f"{ORIGIN}\n5\n")
    yield "root of 31 bytes", 400, None, raw(f"{ORIGIN}\n5\n{b64(any_hash[:31])}\n")
    yield "empty extension line", 400, None, raw(text(5) + "\nmore\n")
    yield "control character in the note", 400, None, raw(text(5) + "a\tb\n")
    yield "bytes that are not UTF-8", 400, None, good(0, 5).encode() + b"\xff\n"

    # 409
    yield "never cosigned, old 5", 409, None, good(5, 9)
    yield "old 0 to learn the size", 409, 5, good(0, 9)
    yield "old behind", 409, 7, good(5, 9)
    yield "old ahead", 409, 5, good(7, 9)
    yield "old behind, proof missing", 409, 7, request(5, [], signed(9))
    yield "rolled back", 409, 9, good(0, 5)
    yield "rolled back from its old size", 409, 9, good(5, 7)
    yield "old 0 with a proof, cosigned before", 409, 5, request(0, [any_hash], signed(9))

    # 422
    yield "size 0 with another root", 422, None, request(0, [], signed(0, any_hash))
    yield "proof from nothing", 422, None, request(0, [any_hash], signed(5))
    yield "proof from nothing to nothing", 422, None, request(0, [empty], signed(0))
    yield "proof missing", 422, 5, request(5, [], signed(9))
    yield "proof too short", 422, 5, request(5, proof(5, 9)[:-1], signed(9))
    yield "proof too long", 422, 5, request(5, proof(5, 9) + [any_hash], signed(9))
    yield "63 proof lines", 422, 5, request(5, [any_hash] * 63, signed(9))
    yield "first hash changed", 422, 5, request(5, changed(proof(5, 9), 0), signed(9))
    yield "last hash changed", 422, 5, request(5, changed(proof(5, 9), -1), signed(9))
    yield "hashes in the other order", 422, 5, request(5, proof(5, 9)[::-1], signed(9))
    yield "proof of other sizes", 422, 5, request(5, proof(6, 9), signed(9))
    yield "another tree", 422, 5, request(5, proof(5, 9), signed(9, any_hash))
    yield "same size, another root", 422, 9, request(9, [], signed(9, any_hash))
    yield "same size with a proof", 422, 9, request(9, [any_hash], signed(9))
    yield "size 0 again with another root", 422, 0, request(0, [], signed(0, any_hash))


def raw(body):
    return request(0, [], note(body, LOG.line(body)))


def bad_text(size):
    return raw(f"{ORIGIN}\n{size}\n{b64(root(LEAVES[:5]))}\n")


# Where witness-log 0.6.1 answers otherwise, and why; None: it cannot be asked.
_UNREAD = "a signed text that is no checkpoint; the specification names no status for it"
DEVIATIONS = {
    "no line end at the end": (200, "the specification: each line MUST end with a newline"),
    "checkpoint size with leading zero": (403, _UNREAD),
    "checkpoint size negative": (403, _UNREAD),
    "checkpoint without root": (403, _UNREAD),
    "root of 31 bytes": (403, _UNREAD),
    "empty extension line": (403, _UNREAD),
    "bytes that are not UTF-8": (None, "its Python interface takes text only"),
}


class Ours:
    name = "ours"

    def __init__(self, program):
        self.program = program

    def ask(self, latest, body):
        state = "-" if latest is None else f"{latest}:{b64(root(LEAVES[:latest]))}"
        answer = subprocess.run(
            [self.program, "witness", state, LOG.vkey(), OTHER.vkey()],
            input=body if isinstance(body, bytes) else body.encode(),
            capture_output=True,
            check=True,
        )
        status, content_type, body = answer.stdout.decode().split("\n", 2)
        return int(status), content_type, body

    def vkey(self):
        # The seed of examples/interop.rs.
        secret = Ed25519PrivateKey.from_private_bytes(b"\2" * 32)
        public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return "witness.example/interop", b"\x04" + public


class Theirs:
    name = "witness-log"

    def ask(self, latest, body):
        self.service = witness_log.WitnessService.new("witness.example/theirs", b"\5" * 32)
        self.service.add_log(ORIGIN, LOG.vkey())
        self.service.add_log(OTHER.name, OTHER.vkey())
        if latest is not None:
            before = self.service.handle_add_checkpoint_http(good(0, latest))
            assert before[0] == 200, before
        return self.service.handle_add_checkpoint_http(body)

    def vkey(self):
        name, _, blob = self.service.vkey().split("+", 2)
        return name, base64.b64decode(blob)


def check_answer(witness, name, status, content_type, answer, latest, body):
    """What must hold of an answer besides its status."""
    if status == 409:
        assert content_type == SIZE_TYPE, (name, content_type)
        assert answer == f"{latest or 0}\n", (name, answer)
    if status == 200:
        key, blob = witness.vkey()
        assert blob[0] == 4
        prefix, encoded = answer.rstrip("\n").rsplit(" ", 1)
        assert prefix == f"— {key}" and answer.count("\n") == 1, (name, answer)
        line = base64.b64decode(encoded, validate=True)
        assert line[:4] == sha256(key.encode() + b"\n" + blob)[:4], name
        time = int.from_bytes(line[4:12], "big")
        assert 0 < time <= MAX, (name, time)
        checkpoint = body.split("\n\n", 1)[1].rsplit("\n\n", 1)[0] + "\n"
        message = f"cosignature/v1\ntime {time}\n{checkpoint}".encode()
        try:
            Ed25519PublicKey.from_public_bytes(blob[1:]).verify(line[12:], message)
        except InvalidSignature:
            raise AssertionError(f"{witness.name}: cosignature of «{name}» does not verify")


def main():
    ours, theirs = Ours(sys.argv[1]), Theirs()
    surprises, agreed, count, names = [], 0, {}, set()
    for name, expected, latest, body in cases():
        assert name not in names, name
        names.add(name)
        count[expected] = count.get(expected, 0) + 1
        statuses = {}
        for witness in (ours, theirs):
            wanted = DEVIATIONS[name][0] if witness is theirs and name in DEVIATIONS else expected
            if wanted is None:
                continue
            status, content_type, answer = witness.ask(latest, body)
            statuses[witness] = status
            if status != wanted:
                surprises.append(f"{witness.name}: «{name}»: {status} and not {wanted}: {answer!r}")
            if witness is ours or status == expected:
                check_answer(witness, name, status, content_type, answer, latest, body)
        agreed += statuses.get(ours) == statuses.get(theirs) == expected
    for name in DEVIATIONS.keys() - names:
        surprises.append(f"no case is called «{name}»")
    for surprise in surprises:
        print("FAIL", surprise)
    total = sum(count.values())
    by_status = ", ".join(f"{n} of {status}" for status, n in sorted(count.items()))
    print(f"{total} cases ({by_status}): in {agreed} both witnesses answer as specified")
    for name, (status, why) in DEVIATIONS.items():
        print(f"  witness-log, «{name}»: {status or 'not asked'} ({why})")
    sys.exit(1 if surprises else 0)


if __name__ == "__main__":
    main()
