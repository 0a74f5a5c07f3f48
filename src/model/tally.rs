//! The number of commitments with each standing, from which every chart is drawn.

use super::level::Standing;

/// The number of commitments with each standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    counts: [usize; Standing::ALL.len()],
}

impl Tally {
    /// The tally of no commitments.
    pub const EMPTY: Tally = Tally { counts: [0; Standing::ALL.len()] };

    /// Counts one more commitment.
    pub fn add(&mut self, standing: Standing) {
        self.counts[standing as usize] += 1;
    }

    pub fn count(&self, standing: Standing) -> usize {
        self.counts[standing as usize]
    }

    /// Returns the number of all commitments, including the withdrawn ones.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns each standing and its count, including zeros, in the order of [`Standing::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Standing, usize)> {
        Standing::ALL.into_iter().zip(self.counts)
    }
}

impl FromIterator<Standing> for Tally {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut tally = Tally::default();
        for standing in standings {
            tally.add(standing);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_commitment_is_counted_once() {
        let tally: Tally =
            [Standing::Withdrawn, Standing::Completed, Standing::Withdrawn].into_iter().collect();
        assert_eq!(tally.total(), 3);
        assert_eq!(tally.count(Standing::Withdrawn), 2);
        assert_eq!(tally.iter().next(), Some((Standing::Completed, 1)));
    }
}
