"""Our witness beside another one, PyPI witness-log (tried: 0.6.1): same requests, same answers.

The log here is written from the C2SP texts, with nothing of ours, and it checks our cosignatures
with PyPI cryptography.
Usage: pip install witness-log cryptography && python3 witness_log_check.py
Prints "N passed, N failed".
"""

import base64
import hashlib
import pathlib
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import witness_log
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = pathlib.Path(__file__).parent
ORIGIN = "log.example/interop"
LEAVES = [str(at).encode() for at in range(20)]


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root(leaves):
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\0" + leaves[0])
    k = split(len(leaves))
    return sha(b"\1" + root(leaves[:k]) + root(leaves[k:]))


def grown(m, leaves, whole=True):
    n = len(leaves)
    if m == n:
        return [] if whole else [root(leaves)]
    k = split(n)
    if m <= k:
        return grown(m, leaves[:k], whole) + [root(leaves[k:])]
    return grown(m - k, leaves[k:], False) + [root(leaves[:k])]


KEY = Ed25519PrivateKey.generate()
PUBLIC = b"\1" + KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
KEY_ID = sha(ORIGIN.encode() + b"\n" + PUBLIC)[:4]
VKEY = f"{ORIGIN}+{KEY_ID.hex()}+{b64(PUBLIC)}"


def checkpoint(size, tree, origin=ORIGIN, broken=False):
    text = f"{origin}\n{size}\n{b64(tree)}\n"
    signature = KEY.sign(text.encode())
    if broken:
        signature = bytes([signature[0] ^ 1]) + signature[1:]
    return f"{text}\n— {origin} {b64(KEY_ID + signature)}\n"


def body(old, proof, note):
    return f"old {old}\n" + "".join(b64(one) + "\n" for one in proof) + "\n" + note


def post(url, text):
    request = urllib.request.Request(url + "/add-checkpoint", text.encode(), method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers["Content-Type"], refused.read().decode()


def cosigned(vkey, note, line):
    """Checks a cosignature by the text of tlog-cosignature; gives its time."""
    name, key_id, key = vkey.split("+", 2)
    public = base64.b64decode(key)
    assert public[0] == 4 and sha(name.encode() + b"\n" + public)[:4].hex() == key_id
    start, who, blob = line.rstrip("\n").split(" ")
    blob = base64.b64decode(blob)
    assert (start, who, blob[:4].hex()) == ("—", name, key_id)
    stamp = int.from_bytes(blob[4:12], "big")
    text = note[: note.rindex("\n\n") + 1]
    message = f"cosignature/v1\ntime {stamp}\n{text}".encode()
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(blob[12:], message)
    return stamp


R5, R9, R20 = root(LEAVES[:5]), root(LEAVES[:9]), root(LEAVES)
X = b"\2" * 32
CASES = [
    ("unknown origin", 404, body(0, [], checkpoint(5, R5, "x.example/l"))),
    ("broken signature", 403, body(0, [], checkpoint(5, R5, broken=True))),
    ("old above size", 400, body(9, [], checkpoint(5, R5))),
    ("no entries, wrong root", 422, body(0, [], checkpoint(0, X))),
    ("proof from nothing", 422, body(0, [X], checkpoint(5, R5))),
    ("first", 200, body(0, [], checkpoint(5, R5))),
    ("lost track", 409, body(0, [], checkpoint(9, R9))),
    ("wrong proof", 422, body(5, [X], checkpoint(9, R9))),
    ("5 to 9", 200, body(5, grown(5, LEAVES[:9]), checkpoint(9, R9))),
    ("9 again", 200, body(9, [], checkpoint(9, R9))),
    ("9 with another root", 422, body(9, [], checkpoint(9, X))),
    ("64 lines of proof", 400, body(9, [X] * 64, checkpoint(20, R20))),
    ("63 lines of proof", 422, body(9, [X] * 63, checkpoint(20, R20))),
    ("a leading zero", 400, body("09", grown(9, LEAVES), checkpoint(20, R20))),
    ("garbage", 400, "hello"),
    ("nothing", 400, ""),
    ("no signature", 400, body(9, [], f"{ORIGIN}\n20\n{b64(R20)}\n")),
    ("9 to 20", 200, body(9, grown(9, LEAVES), checkpoint(20, R20))),
    ("back to 9", 409, body(9, [], checkpoint(9, R9))),
]

passed = failed = 0
with tempfile.TemporaryDirectory() as folder:
    server = subprocess.Popen(
        ["cargo", "run", "--quiet", "--package", "link", "--example", "witness_serve", "--",
         folder, ORIGIN, VKEY],
        cwd=HERE, stdout=subprocess.PIPE, text=True)
    try:
        url = "http://" + server.stdout.readline().strip()
        vkey = server.stdout.readline().strip()
        other = witness_log.WitnessService.new("other.example/w1", b"\7" * 32)
        other.add_log(ORIGIN, VKEY)
        for name, expected, text in CASES:
            status, kind, answer = post(url, text)
            theirs = other.handle_add_checkpoint_http(text)[0]
            ok = status == expected
            if status == 200:
                ok &= abs(cosigned(vkey, text.split("\n\n", 1)[1], answer) - time.time()) < 60
            if status == 409:
                ok &= kind == "text/x.tlog.size" and answer == f"{20 if 'back' in name else 5}\n"
            passed, failed = passed + ok, failed + (not ok)
            same = "" if theirs == status else f"  (the other says {theirs})"
            print("ok  " if ok else "FAIL", status, name + same)
        with urllib.request.urlopen(f"{url}/{sha(ORIGIN.encode()).hex()}/checkpoint") as latest:
            note = latest.read().decode()
        lines = note.splitlines(keepends=True)
        ok = checkpoint(20, R20) in note and cosigned(vkey, note, lines[-1]) > 0
        passed, failed = passed + ok, failed + (not ok)
        print("ok  " if ok else "FAIL", "latest checkpoint")
    finally:
        server.kill()
        server.wait()
print(f"{passed} passed, {failed} failed")
raise SystemExit(failed != 0)
