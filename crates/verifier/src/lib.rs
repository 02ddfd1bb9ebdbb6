//! The verifier for the browser page inside each dossier: a small C interface over
//! [`evidence::verify`], built as WebAssembly without JavaScript glue.
//!
//! `cargo xtask wasm` builds it into the dossier's assets, and CI builds it again and compares the
//! bytes, so that a reader can do the same.
//!
//! One instance verifies one dossier at a time. The page asks for *room*, writes bytes there and
//! says how many; so no address from outside is ever followed, and there is nothing to free.
//!
//! ```text
//! midun_room(n) → address    write the verifier's own keys (may be empty)    midun_new(n, now) → 0
//! midun_room(n) → address    write the next bytes of the dossier             midun_feed(n)      …
//! midun_finish() → length    read the verdict as JSON at midun_answer()
//! ```

// An exported name needs an attribute that counts as unsafe; nothing else here is. Each name
// starts with `midun_`, so that it replaces no function of a library it is linked with.
#![allow(unsafe_code)]

use std::cell::RefCell;

use evidence::verify::{Options, Verifier};

/// More than the page ever asks for at once; a larger wish gets no room.
pub const ROOM_BYTES_MAX: usize = 64 << 20;

/// What an instance holds.
#[derive(Default)]
struct Page {
    room: Vec<u8>,
    verifier: Option<Verifier>,
    answer: Vec<u8>,
}

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

impl Page {
    /// The first `len` bytes of the room; fewer when there is less room.
    fn written(&self, len: usize) -> &[u8] {
        &self.room[..len.min(self.room.len())]
    }
}

/// Makes room for `len` bytes and returns where it is, or null when there is none. The address
/// holds until the next call of any function here.
#[unsafe(no_mangle)]
pub extern "C" fn midun_room(len: usize) -> *mut u8 {
    PAGE.with_borrow_mut(|page| {
        if len > ROOM_BYTES_MAX {
            return std::ptr::null_mut();
        }
        if page.room.len() < len {
            page.room.resize(len, 0);
        }
        page.room.as_mut_ptr()
    })
}

/// Begins. In the room stand `len` bytes of text: the verifier's own policy (C2SP tlog-policy) and
/// root certificates (PEM), in any mixture; or nothing.
///
/// `now` is seconds since 1970, negative when not known. Returns 0, or 1 when the text can't be
/// read.
#[unsafe(no_mangle)]
pub extern "C" fn midun_new(len: usize, now: f64) -> u32 {
    PAGE.with_borrow_mut(|page| {
        let now = (now >= 0.0).then_some(now as i64);
        let text = std::str::from_utf8(page.written(len)).ok();
        let options = text.and_then(|text| Options::from_text(text, now).ok());
        page.verifier = options.map(Verifier::new);
        u32::from(page.verifier.is_none())
    })
}

/// Takes the next `len` bytes of the dossier from the room. Before [`midun_new`] it does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn midun_feed(len: usize) {
    PAGE.with_borrow_mut(|page| {
        if let Some(mut verifier) = page.verifier.take() {
            verifier.feed(page.written(len));
            page.verifier = Some(verifier);
        }
    });
}

/// Ends: returns the length of the verdict, which stands as JSON at [`midun_answer`]. 0 before
/// [`midun_new`].
#[unsafe(no_mangle)]
pub extern "C" fn midun_finish() -> usize {
    PAGE.with_borrow_mut(|page| {
        let verdict = page.verifier.take().map(Verifier::finish);
        page.answer = verdict.map(|verdict| verdict.to_json().into_bytes()).unwrap_or_default();
        page.answer.len()
    })
}

/// Where the verdict stands. The address holds until the next call of [`midun_finish`].
#[unsafe(no_mangle)]
pub extern "C" fn midun_answer() -> *const u8 {
    PAGE.with_borrow(|page| page.answer.as_ptr())
}
