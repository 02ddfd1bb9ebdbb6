hex() { od -An -v -tx1 | tr -d ' \n'; }
bin() { printf "$(tr -d ' \n' | sed 's/../\\x&/g')"; }
sha() { sha256sum | cut -c1-64; }
unbase64() { while read -r line; do printf %s "$line" | base64 -d | hex; echo; done; }
is() { if [ "$2" = "$3" ]; then echo "$YES  $1"; else echo "$NO  $1"; bad=1; fi; }

items() { grep -ohE "\{\"index\":$1,\"items\":\[[^]]*\]" events.json built.json | grep -oE '"[A-Za-z0-9_-]{43,}"' | tr -d '"'; }
decode() { s=$(tr '_-' '/+'); while [ $((${#s} % 4)) -ne 0 ]; do s="$s="; done; printf %s "$s" | base64 -d; echo; }
show() { items "$1" | while read -r i; do case $i in W*) printf %s "$i" | decode;; *) echo "sha256 $i";; esac; done; }
digests() { items "$1" | while read -r i; do case $i in W*) printf %s "$i" | sha;; *) echo "$i";; esac; done; }
entry() { d=$(digests "$1"); n=$(printf %04x $(echo "$d" | wc -l)); { printf 'midun/event/v1\0'; printf %s "$n$d" | bin; } | sha; }
leaf() { { printf '\0'; entry "$1" | bin; } | sha; }

size() { sed -n 2p "$1"; }
root() { sed -n 3p "$1" | unbase64; }
node() { { printf '\1'; printf %s "$1$2" | bin; } | sha; }
up() { fn=$((fn / 2)); sn=$((sn / 2)); }
climb() {
  r=$(leaf "$1"); fn=$1; sn=$(($(size checkpoint) - 1))
  for h in $(sed '1,2d;/^$/,$d' "proofs/$(printf %010d "$1").tlog-proof" | unbase64); do
    if [ $((fn % 2)) = 1 ] || [ $fn = $sn ]; then
      r=$(node $h $r)
      while [ $((fn % 2)) = 0 ] && [ $fn != 0 ]; do up; done
    else
      r=$(node $r $h)
    fi
    up
  done
  if [ $sn = 0 ]; then echo $r; fi
}
consistent() {
  old=$(size anchors/$1/checkpoint); new=$(size checkpoint); fr=$(root anchors/$1/checkpoint)
  path=$(unbase64 < anchors/$1/consistency)
  if [ $old = $new ]; then echo "$fr $fr"; return; fi
  if [ $((old & (old - 1))) = 0 ]; then path="$fr $path"; fi
  set -- $path; fr=$1; sr=$1; shift; fn=$((old - 1)); sn=$((new - 1))
  while [ $((fn % 2)) = 1 ]; do up; done
  for h in "$@"; do
    if [ $((fn % 2)) = 1 ] || [ $fn = $sn ]; then
      fr=$(node $h $fr); sr=$(node $h $sr)
      while [ $((fn % 2)) = 0 ] && [ $fn != 0 ]; do up; done
    else
      sr=$(node $sr $h)
    fi
    up
  done
  if [ $sn = 0 ]; then echo "$fr $sr"; fi
}

text() { sed '/^$/,$d' "$1"; }
signatures() { k=${2#*+}; sed '1,/^$/d' "$1" | grep -F -- "— ${2%%+*} " | cut -d' ' -f3 | unbase64 | grep "^${k%%+*}"; }
pem() { echo '-----BEGIN PUBLIC KEY-----'; { printf 302a300506032b6570032100; printf %s "${1#*+*+}" | base64 -d | hex | cut -c3-66; } | bin | base64; echo '-----END PUBLIC KEY-----'; }
ed25519() {
  pem "$1" > "$T/key.pem"; printf %s "$2" | bin > "$T/signature"
  openssl pkeyutl -verify -rawin -pubin -inkey "$T/key.pem" -in "$T/text" -sigfile "$T/signature" > "$T/answer" 2>&1
}
log_signed() {
  s=$(signatures "$1" "$LOG"); text "$1" > "$T/text"
  ed25519 "$LOG" "${s:8}"; is "$1 <- ${LOG%%+*}" 0 $?
}
cosigned() {
  for s in $(signatures "$1" "$2"); do
    t=$((16#${s:8:16})); { printf 'cosignature/v1\ntime %s\n' $t; text "$1"; } > "$T/text"
    ed25519 "$2" "${s:24}"; is "$1 <- ${2%%+*}, $(date -u -d @$t '+%F %T UTC')" 0 $?
  done
}
stamped() {
  openssl ts -verify $2 -in "$1.tsr" -data "${1%/*}/checkpoint" -CAfile "$1.pem" -untrusted "$1.pem" > "$T/answer" 2>&1
  is "$1.tsr" 0 $?
  openssl ts -reply $2 -in "$1.tsr" -text 2> /dev/null | grep 'Time stamp:'
  sed -n '/BEGIN/h;/BEGIN/!H;${x;p;}' "$1.pem" | openssl x509 -noout -subject -fingerprint -sha256
}
