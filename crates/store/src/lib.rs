//! The journal and the projections in SQL: the only room with SQL.
//!
//! [`Journal`] is the one door through which events enter: it decides commands, appends their
//! events, the Merkle tree and the projections in one transaction, and acknowledges only what is
//! durable. [`Reader`] answers the questions that pages ask. [`fsck`] looks whether everything
//! still is as it was.
//!
//! SQL is kept to what PostgreSQL accepts too, with parameters numbered in the order of their
//! first use.

mod anchors;
mod apply;
pub mod bench;
mod erase;
mod error;
mod facts;
pub mod fsck;
mod journal;
mod open;
mod peers;
pub mod read;
mod record;
mod sessions;
mod sight;
mod tree;

pub use anchors::{add_anchor, add_stamp};
pub use erase::{erase_keys, erase_rows, erase_rows_only, erasing_done};
pub use error::StoreError;
pub use journal::{Config, Failure, Journal, Receipt, Wish};
pub use open::{FILE, exists, snapshot};
pub use peers::{KeptReceipt, note_looked, note_peer};
pub use read::Reader;
pub use record::Record;
pub use sessions::{Ending, begin_session, end_sessions, touch_session};
pub use sight::Sight;
pub use tree::SqlHashes;
