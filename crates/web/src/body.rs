//! Streams between threads that may block and those that must not.

use std::io::{Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::sync::mpsc;

/// How much is handed over at once.
const PIECE_BYTES: usize = 64 << 10;
/// Pieces that may wait: the reader stops when the browser is slow.
const WAITING: usize = 8;

struct Pieces(mpsc::Receiver<std::io::Result<Bytes>>);

impl Stream for Pieces {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

/// A body that is read on a thread of its own while it is sent. An error cuts the answer off, so
/// that the browser does not take a part for the whole.
pub(crate) fn from_reader(mut reader: impl Read + Send + 'static) -> Body {
    let (send, receive) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            let read = match reader.read(&mut piece) {
                Ok(0) => return,
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return drop(send.blocking_send(Err(error))),
            };
            piece.truncate(read);
            if send.blocking_send(Ok(piece.into())).is_err() {
                return; // nobody listens any more
            }
        }
    });
    Body::from_stream(Pieces(receive))
}

/// The sending end of a reader that another thread reads from.
pub(crate) struct PieceSender(mpsc::Sender<Bytes>);

/// A reader of what is sent.
pub(crate) struct PieceReader {
    from: mpsc::Receiver<Bytes>,
    piece: Bytes,
    ended: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

/// Makes a pair. The reader reports an end only after [`PieceSender::end`]: when the sender is
/// dropped before that, the upload was cut off and reading fails.
pub(crate) fn pipe() -> (PieceSender, PieceReader, PieceEnd) {
    let (send, from) = mpsc::channel(WAITING);
    let ended = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let reader = PieceReader { from, piece: Bytes::new(), ended: ended.clone() };
    (PieceSender(send), reader, PieceEnd(ended))
}

/// Says that the end was reached in order.
pub(crate) struct PieceEnd(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl PieceSender {
    /// Sends a piece; `false` when nobody reads any more.
    pub(crate) async fn send(&self, piece: Bytes) -> bool {
        piece.is_empty() || self.0.send(piece).await.is_ok()
    }

    /// The same end for a thread that may block.
    pub(crate) fn writer(self) -> PieceWriter {
        PieceWriter { to: self, piece: Vec::with_capacity(PIECE_BYTES), nobody_reads: false }
    }

    /// Ends in order.
    pub(crate) fn end(self, end: &PieceEnd) {
        end.0.store(true, std::sync::atomic::Ordering::Release);
    }
}

/// Sends what is written, piece by piece, and waits while the reader is slow.
pub(crate) struct PieceWriter {
    to: PieceSender,
    piece: Vec<u8>,
    nobody_reads: bool,
}

impl PieceWriter {
    /// Whether writing failed because the reader is gone.
    pub(crate) fn nobody_reads(&self) -> bool {
        self.nobody_reads
    }

    /// Ends in order, with what was not sent yet. A reader that is gone knows why.
    pub(crate) fn end(mut self, end: &PieceEnd) {
        if self.flush().is_ok() {
            self.to.end(end);
        }
    }
}

impl Write for PieceWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.piece.len() >= PIECE_BYTES {
            self.flush()?;
        }
        let count = bytes.len().min(PIECE_BYTES - self.piece.len());
        self.piece.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        self.to.0.blocking_send(piece.into()).map_err(|_| {
            self.nobody_reads = true;
            std::io::Error::from(std::io::ErrorKind::BrokenPipe)
        })
    }
}

impl Read for PieceReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.piece.is_empty() {
            match self.from.blocking_recv() {
                Some(piece) => self.piece = piece,
                None if self.ended.load(std::sync::atomic::Ordering::Acquire) => return Ok(0),
                None => return Err(std::io::ErrorKind::ConnectionAborted.into()),
            }
        }
        let count = out.len().min(self.piece.len());
        out[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}
