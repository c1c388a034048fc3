//! Computing on all cores at once: for the many small pieces of a first sync.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Pieces that are worth a thread of their own: checking a signature costs as much as a thread,
/// merging an item many times that.
const WORTH_A_THREAD: usize = 4;

/// What `of` makes of each piece, in their order. Pieces may be of very different size: each core
/// takes the next one. A panic in `of` goes on here.
pub(crate) fn on_all_cores<T: Send, R: Send>(pieces: Vec<T>, of: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(pieces.len() / WORTH_A_THREAD);
    if threads < 2 {
        return pieces.into_iter().map(of).collect();
    }
    let left = Mutex::new(pieces.into_iter().enumerate());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut made = Vec::new();
        while let Some((n, piece)) = next() {
            made.push((n, of(piece)));
        }
        made
    };
    let mut made: Vec<(usize, R)> = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(n, _)| *n);
    made.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::on_all_cores;
    use std::panic::catch_unwind;

    #[test]
    fn pieces_come_back_in_their_order() {
        for count in [0, 1, 15, 32, 1_000] {
            let pieces: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = pieces.iter().map(|n| n * 2).collect();
            assert_eq!(on_all_cores(pieces, |n| n * 2), doubled, "{count}");
        }
    }

    #[test]
    fn a_panic_on_any_core_is_a_panic_here() {
        for bad in [0, 499, 999] {
            let pieces: Vec<usize> = (0..1_000).collect();
            let came = catch_unwind(|| on_all_cores(pieces, |n| assert_ne!(n, bad)));
            assert!(came.is_err(), "{bad}");
        }
    }
}
