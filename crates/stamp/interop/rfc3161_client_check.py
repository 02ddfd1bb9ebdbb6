"""Checks drill tokens, and those OpenSSL vectors that it can read, with PyPI rfc3161-client (tried: 1.0.9).

Usage: pip install rfc3161-client && python3 rfc3161_client_check.py
Prints "N passed, N failed".
"""

import pathlib
import subprocess
import tempfile
import time

from cryptography import x509
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

HERE = pathlib.Path(__file__).parent
VECTORS = HERE.parent / "tests" / "vectors"
passed = failed = 0


def say(ok, text):
    global passed, failed
    passed, failed = passed + ok, failed + (not ok)
    print("ok  " if ok else "FAIL", text)


def accepts(reply, data, root):
    verifier = VerifierBuilder().add_root_certificate(root).build()
    try:
        return verifier.verify_message(decode_timestamp_response(reply), data)
    except VerificationError as why:
        print("     ", why)
        return False


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    subprocess.run(
        ["cargo", "run", "--quiet", "--package", "stamp", "--features", "issue", "--example",
         "issue_drill", "--", name, str(int(time.time()))],
        cwd=HERE, check=True)
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    reply, data = (folder / "reply.tsr").read_bytes(), (folder / "data").read_bytes()
    say(accepts(reply, data, root), "our drill token")
    say(not accepts(reply, data + b".", root), "our drill token refuses other data")
    other = x509.load_der_x509_certificate((VECTORS / "p256.root.der").read_bytes())
    say(not accepts(reply, data, other), "our drill token refuses another root")

for vector in sorted(VECTORS.glob("*.tsr")):
    root = x509.load_der_x509_certificate(vector.with_suffix(".root.der").read_bytes())
    data = (VECTORS / "data.txt").read_bytes()
    try:
        say(accepts(vector.read_bytes(), data, root), f"vector {vector.name}, as we do")
    except ValueError as why:
        # It insists on certificates in DER's order of sets; OpenSSL writes them as given.
        print("skip", f"vector {vector.name}:", str(why)[:70])

print(f"{passed} passed, {failed} failed")
raise SystemExit(failed != 0)
