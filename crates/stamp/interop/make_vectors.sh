#!/bin/sh
# Makes tests/vectors/ anew with OpenSSL 3: three authorities that do not exist, one token each.
# Usage: interop/make_vectors.sh  (writes beside itself, into ../tests/vectors)
set -eu
out=$(cd "$(dirname "$0")/../tests/vectors" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
printf 'Fictional data for tests of time-stamps.\n' > data.txt

# authority NAME DIGEST ESS KEY...: root, issuing authority, signer; then a token over data.txt
authority() {
    name=$1 digest=$2 ess=$3; shift 3
    ca='basicConstraints=critical,CA:TRUE'
    openssl req -x509 -newkey "$@" -nodes -keyout "$name-root.key" -out "$name-root.pem" \
        -subj "/O=Fictional/CN=$name root" -days 36500 -addext keyUsage=critical,keyCertSign
    printf '%s,pathlen:0\nkeyUsage=critical,keyCertSign\n' "$ca" > ca.ext
    printf 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n' > tsa.ext
    openssl req -newkey "$@" -nodes -keyout "$name-ca.key" -out ca.csr \
        -subj "/O=Fictional/CN=$name issuing"
    openssl x509 -req -in ca.csr -CA "$name-root.pem" -CAkey "$name-root.key" -CAcreateserial \
        -extfile ca.ext -days 36500 -"$digest" -out "$name-ca.pem"
    openssl req -newkey "$@" -nodes -keyout "$name.key" -out tsa.csr \
        -subj "/O=Fictional/CN=$name signer"
    openssl x509 -req -in tsa.csr -CA "$name-ca.pem" -CAkey "$name-ca.key" -CAcreateserial \
        -extfile tsa.ext -days 36500 -"$digest" -out "$name.pem"
    cat "$name-ca.pem" "$name-root.pem" > chain.pem
    cat > ts.cnf <<EOF
[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = $digest
default_policy = 2.999.1
digests = sha256
accuracy = secs:1, millisecs:500, microsecs:100
clock_precision_digits = 3
ess_cert_id_alg = $ess
EOF
    openssl ts -query -data data.txt -sha256 -cert -out "$name.tsq"
    openssl ts -reply -config ts.cnf -queryfile "$name.tsq" -signer "$name.pem" \
        -inkey "$name.key" -chain chain.pem -out "$out/$name.tsr"
    openssl x509 -in "$name-root.pem" -outform DER -out "$out/$name.root.der"
}

authority p256 sha256 sha256 ec -pkeyopt ec_paramgen_curve:P-256
authority p384 sha512 sha1 ec -pkeyopt ec_paramgen_curve:P-384
authority rsa sha384 sha384 rsa:2048
cp data.txt "$out/data.txt"
