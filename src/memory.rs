//! What was made of things that did not change.
//!
//! Whoever reads a site again and again makes the same of the same: a [`Memory`] keeps it, by the
//! thing itself (the same allocation, not one that looks the same). What is made is not known here.

use std::sync::Arc;

use fnv::{FnvHashMap, FnvHashSet};
use rayon::prelude::*;

/// What was made of each of the things that were there last, if it is kept at all.
pub enum Memory<In, Out> {
    /// Nothing is kept: everything is made once.
    Forgets,
    /// By the address of the thing, which stays valid because the thing is kept too.
    Keeps(FnvHashMap<usize, (Arc<In>, Out)>),
}

impl<In: Send + Sync, Out: Clone + Send + Sync> Memory<In, Out> {
    /// A memory that keeps what is made from now on.
    pub fn that_keeps() -> Self {
        Memory::Keeps(FnvHashMap::default())
    }

    /// Makes something of each thing and its place, in parallel and in order; of one that was there
    /// last time, what was made then. Where nothing is kept and nobody else has them, the things are
    /// let go one by one, as soon as something is made of them.
    pub fn make_all(
        &mut self,
        things: Vec<Arc<In>>,
        make: impl Fn(usize, Arc<In>) -> Out + Send + Sync,
    ) -> Vec<Out> {
        let make = |(at, thing)| make(at, thing);
        let kept = match self {
            Memory::Forgets => return things.into_par_iter().enumerate().map(make).collect(),
            Memory::Keeps(kept) => kept,
        };
        let address = |thing: &Arc<In>| Arc::as_ptr(thing) as usize;
        let missing: Vec<usize> =
            (0..things.len()).filter(|&at| !kept.contains_key(&address(&things[at]))).collect();
        let make_at = |at: usize| (at, make((at, Arc::clone(&things[at]))));
        let made: Vec<(usize, Out)> = missing.into_par_iter().map(make_at).collect();
        let is_complete = made.is_empty() && kept.len() == things.len();
        for (at, out) in made {
            kept.insert(address(&things[at]), (Arc::clone(&things[at]), out));
        }
        let all = things.iter().map(|thing| kept[&address(thing)].1.clone()).collect();
        if !is_complete && kept.len() > things.len() {
            let now: FnvHashSet<usize> = things.iter().map(address).collect();
            kept.retain(|address, _| now.contains(address));
        }
        all
    }

    /// Forgets what was made, because it depends on something that changed.
    pub fn clear(&mut self) {
        if let Memory::Keeps(kept) = self {
            kept.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn nothing_is_made_twice_of_one_thing() {
        let mut memory = Memory::that_keeps();
        let made = AtomicUsize::new(0);
        let mut make = |things: [&Arc<u32>; 2]| {
            memory.make_all(things.map(Arc::clone).to_vec(), |_, thing| {
                made.fetch_add(1, Ordering::SeqCst);
                *thing * 10
            })
        };
        let [one, two, three] = [1, 2, 3].map(Arc::new);
        assert_eq!(make([&one, &two]), [10, 20]);
        assert_eq!(make([&two, &three]), [20, 30]);
        assert_eq!(made.load(Ordering::SeqCst), 3);
        assert_eq!(make([&one, &three]), [10, 30]);
        assert_eq!(made.load(Ordering::SeqCst), 4);
    }
}
