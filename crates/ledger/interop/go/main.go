// Command interop checks logs written by `cargo run --example interop -- write` with
// golang.org/x/mod/sumdb/{note,tlog}, and writes the same things for our side to check.
//
//	interop FOLDER SIZE...
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8
const time = 1764000001

func main() {
	if len(os.Args) < 3 {
		fail("interop FOLDER SIZE...")
	}
	for _, arg := range os.Args[2:] {
		size, err := strconv.ParseInt(arg, 10, 64)
		must(err)
		checkLog(filepath.Join(os.Args[1], arg), size)
	}
}

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "FAIL "+format+"\n", args...)
	os.Exit(1)
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func read(parts ...string) []byte {
	data, err := os.ReadFile(filepath.Join(parts...))
	must(err)
	return data
}

func write(data []byte, parts ...string) {
	path := filepath.Join(parts...)
	must(os.MkdirAll(filepath.Dir(path), 0o777))
	must(os.WriteFile(path, data, 0o666))
}

// cosigner is a key of type 0x04 (C2SP tlog-cosignature), which x/mod does not know.
type cosigner struct {
	name   string
	id     uint32
	public ed25519.PublicKey
	secret ed25519.PrivateKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.id }

func cosigned(time uint64, text []byte) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", time), text...)
}

func (c *cosigner) Verify(text, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	message := cosigned(binary.BigEndian.Uint64(sig), text)
	return ed25519.Verify(c.public, message, sig[8:])
}

func (c *cosigner) Sign(text []byte) ([]byte, error) {
	sig := binary.BigEndian.AppendUint64(nil, time)
	return append(sig, ed25519.Sign(c.secret, cosigned(time, text))...), nil
}

// newCosigner reads a verifier key of type 0x04, and the private key that goes with it.
func newCosigner(vkey, skey string) *cosigner {
	name, rest, _ := strings.Cut(vkey, "+")
	hexID, encoded, _ := strings.Cut(rest, "+")
	id, err := strconv.ParseUint(hexID, 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(encoded)
	must(err)
	sum := sha256.Sum256(append([]byte(name+"\n"), key...))
	if len(key) != 33 || key[0] != 4 || binary.BigEndian.Uint32(sum[:]) != uint32(id) {
		fail("the witness's key %q is not sound", vkey)
	}
	parts := strings.SplitN(skey, "+", 5)
	seed, err := base64.StdEncoding.DecodeString(parts[4])
	must(err)
	if len(seed) != 33 || seed[0] != 4 || parts[2] != name || parts[3] != hexID {
		fail("the witness's private key is not sound")
	}
	secret := ed25519.NewKeyFromSeed(seed[1:])
	if !bytes.Equal(secret.Public().(ed25519.PublicKey), key[1:]) {
		fail("the witness's private key is not that of its verifier key")
	}
	return &cosigner{name, uint32(id), key[1:], secret}
}

// tiles reads the tiles of a log from its folder.
type tiles struct{ folder string }

func (t tiles) Height() int { return height }

func path(tile tlog.Tile) string {
	// C2SP leaves out the height, which Go's checksum database names.
	return strings.Replace(tile.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		data = append(data, read(t.folder, path(tile)))
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func parseCheckpoint(text string) (string, tlog.Tree) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		fail("a checkpoint has three lines: %q", text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return lines[0], tlog.Tree{N: size, Hash: root}
}

func checkLog(folder string, size int64) {
	log, err := note.NewVerifier(string(read(folder, "log.vkey")))
	must(err)
	witness := newCosigner(string(read(folder, "witness.vkey")), string(read(folder, "witness.skey")))
	known := note.VerifierList(log, witness)

	opened, err := note.Open(read(folder, "checkpoint"), known)
	must(err)
	origin, tree := parseCheckpoint(opened.Text)
	if len(opened.Sigs) != 2 || len(opened.UnverifiedSigs) != 0 || origin != log.Name() || tree.N != size {
		fail("checkpoint of size %d: %+v", size, opened)
	}
	wrong := checkWrong(folder, known)

	// Signed again with the same keys, by Go: our side reads it.
	signer, err := note.NewSigner(string(read(folder, "log.skey")))
	must(err)
	signed, err := note.Sign(&note.Note{Text: opened.Text}, signer, witness)
	must(err)
	write(signed, folder, "go/checkpoint")
	ours := read(folder, "checkpoint")
	if !bytes.Equal(firstSignature(signed), firstSignature(ours)) {
		fail("the log's signature differs from Go's over the same text")
	}
	if size == 0 {
		fmt.Printf("size 0: checkpoint and %d wrong notes as expected\n", wrong)
		return
	}
	// The reader compares what it reads with the root, so every tile used is authenticated.
	hashes := tlog.TileHashReader(tree, tiles{folder})
	published := checkTiles(folder, size, hashes)
	checkEntries(folder, size, hashes)
	proofs := checkProofs(folder, tree, hashes, signed, known)
	proofs += checkConsistency(folder, tree, hashes)
	fmt.Printf("size %d: %d tiles, %d entries, %d proofs, %d wrong notes as expected\n",
		size, published, size, proofs, wrong)
}

func firstSignature(signed []byte) []byte {
	_, sigs, _ := bytes.Cut(signed, []byte("\n\n"))
	first, _, _ := bytes.Cut(sigs, []byte("\n"))
	return first
}

func checkWrong(folder string, known note.Verifiers) int {
	entries, err := os.ReadDir(filepath.Join(folder, "wrong"))
	must(err)
	for _, entry := range entries {
		if _, err := note.Open(read(folder, "wrong", entry.Name()), known); err == nil {
			fail("wrong note %s is accepted", entry.Name())
		}
	}
	if len(entries) < 9 {
		fail("there are %d wrong notes only", len(entries))
	}
	return len(entries)
}

// checkTiles checks that exactly the tiles that Go would publish are there, with the same bytes.
func checkTiles(folder string, size int64, hashes tlog.HashReader) int {
	wanted := map[string]bool{}
	for _, step := range [][2]int64{{0, size / 3}, {size / 3, size}} {
		for _, tile := range tlog.NewTiles(height, step[0], step[1]) {
			data, err := tlog.ReadTileData(tile, hashes)
			must(err)
			if !bytes.Equal(data, read(folder, path(tile))) {
				fail("tile %s differs", path(tile))
			}
			wanted[path(tile)] = true
		}
	}
	found := 0
	must(filepath.WalkDir(filepath.Join(folder, "tile"), func(p string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, p)
		if !strings.HasPrefix(name, "tile/entries/") {
			found++
			if !wanted[name] {
				return errors.New("a tile that Go would not publish: " + name)
			}
		}
		return err
	}))
	if found != len(wanted) {
		fail("%d tiles, Go would publish %d", found, len(wanted))
	}
	return found
}

// checkEntries reads all entry bundles and compares each entry with its leaf hash in the tree.
func checkEntries(folder string, size int64, hashes tlog.HashReader) {
	for start := int64(0); start < size; start += 256 {
		width := min(256, size-start)
		tile := tlog.Tile{H: height, L: -1, N: start / 256, W: int(width)}
		name := strings.Replace(path(tile), "tile/data/", "tile/entries/", 1)
		data := read(folder, name)
		var indexes []int64
		for i := start; i < start+width; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, i))
		}
		leaves, err := hashes.ReadHashes(indexes)
		must(err)
		for i := range width {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				fail("bundle %s is cut short", name)
			}
			length := int(binary.BigEndian.Uint16(data))
			if tlog.RecordHash(data[2:2+length]) != leaves[i] {
				fail("entry %d is not that of the tree", start+i)
			}
			data = data[2+length:]
		}
		if len(data) != 0 {
			fail("bundle %s has bytes left over", name)
		}
	}
}

func parseHashes(lines []string) []tlog.Hash {
	hashes := []tlog.Hash{}
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		must(err)
		hashes = append(hashes, hash)
	}
	return hashes
}

func equal(a, b []tlog.Hash) bool {
	return fmt.Sprint(a) == fmt.Sprint(b)
}

// checkProofs reads our tlog-proofs, compares them with Go's own, and writes Go's.
func checkProofs(folder string, tree tlog.Tree, hashes tlog.HashReader, signed []byte, known note.Verifiers) int {
	entries, err := os.ReadDir(filepath.Join(folder, "proofs"))
	must(err)
	for _, entry := range entries {
		head, checkpoint, _ := strings.Cut(string(read(folder, "proofs", entry.Name())), "\n\n")
		lines := strings.Split(head, "\n")
		number, isIndex := strings.CutPrefix(lines[1], "index ")
		if lines[0] != "c2sp.org/tlog-proof@v1" || !isIndex {
			fail("proof %s: %q", entry.Name(), head)
		}
		index, err := strconv.ParseInt(number, 10, 64)
		must(err)
		opened, err := note.Open([]byte(checkpoint), known)
		must(err)
		if _, stated := parseCheckpoint(opened.Text); stated != tree || len(opened.Sigs) != 2 {
			fail("proof %s has another checkpoint", entry.Name())
		}
		ours := parseHashes(lines[2:])
		theirs, err := tlog.ProveRecord(tree.N, index, hashes)
		must(err)
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		must(err)
		must(tlog.CheckRecord(ours, tree.N, tree.Hash, index, leaf[0]))
		if !equal(ours, theirs) {
			fail("proof %s differs from Go's", entry.Name())
		}
		text := fmt.Sprintf("c2sp.org/tlog-proof@v1\nindex %d\n", index)
		for _, hash := range theirs {
			text += hash.String() + "\n"
		}
		write([]byte(text+"\n"+string(signed)), folder, "go/proofs", entry.Name())
	}
	return len(entries)
}

// checkConsistency does the same with consistency proofs.
func checkConsistency(folder string, tree tlog.Tree, hashes tlog.HashReader) int {
	entries, err := os.ReadDir(filepath.Join(folder, "consistency"))
	must(err)
	for _, entry := range entries {
		old, err := strconv.ParseInt(entry.Name(), 10, 64)
		must(err)
		lines := strings.Split(strings.TrimSuffix(string(read(folder, "consistency", entry.Name())), "\n"), "\n")
		ours := parseHashes(lines)
		oldRoot, err := tlog.TreeHash(old, hashes)
		must(err)
		theirs, err := tlog.ProveTree(tree.N, old, hashes)
		must(err)
		must(tlog.CheckTree(ours[1:], tree.N, tree.Hash, old, oldRoot))
		if ours[0] != oldRoot || !equal(ours[1:], theirs) {
			fail("consistency proof from %d differs from Go's", old)
		}
		text := oldRoot.String() + "\n"
		for _, hash := range theirs {
			text += hash.String() + "\n"
		}
		write([]byte(text), folder, "go/consistency", entry.Name())
	}
	return len(entries)
}
