//! Ranges that may extend beyond the end of a list.

use std::ops::Range;

/// Returns the entries of `list` in the part of `range` that is within the list.
pub(super) fn entries_in<T>(list: &[T], range: Range<usize>) -> &[T] {
    let end = range.end.min(list.len());
    &list[range.start.min(end)..end]
}
