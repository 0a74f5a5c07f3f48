//! A part of a list by its range.

use std::ops::Range;

/// The entries of `list` in `range`. What lies beyond the end of the list is left out.
pub(super) fn entries_in<T>(list: &[T], range: Range<usize>) -> &[T] {
    let end = range.end.min(list.len());
    &list[range.start.min(end)..end]
}
