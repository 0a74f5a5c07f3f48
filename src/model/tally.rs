//! The number of commitments with each standing, from which every chart is drawn.

use super::level::Standing;

/// A share in whole percent. A few are never "0 %", and nearly all are never "100 %".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    LessThanOne,
    Percent(usize),
    MoreThanNinetyNine,
}

/// The number of commitments with each standing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    counts: [usize; Standing::ALL.len()],
}

impl Tally {
    /// Counts one more commitment, unless it was merged into another, which counts for both.
    pub fn add(&mut self, standing: Standing) {
        if standing != Standing::Merged {
            self.counts[standing as usize] += 1;
        }
    }

    pub fn count(&self, standing: Standing) -> usize {
        self.counts[standing as usize]
    }

    /// Returns the number of all commitments, including the withdrawn ones.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Returns the share of a standing, rounded as a calculator does.
    pub fn share(&self, standing: Standing) -> Share {
        let (count, total) = (self.count(standing), self.total());
        match (count * 200 + total) / (total * 2).max(1) {
            0 if count > 0 => Share::LessThanOne,
            100 if count < total => Share::MoreThanNinetyNine,
            percent => Share::Percent(percent),
        }
    }

    /// Returns the sum of the rounded shares in percent. It may differ from 100.
    pub fn rounded_shares(&self) -> usize {
        let rounded = |standing| match self.share(standing) {
            Share::LessThanOne => 1,
            Share::Percent(percent) => percent,
            Share::MoreThanNinetyNine => 99,
        };
        Standing::ALL.into_iter().map(rounded).sum()
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

    #[test]
    fn a_share_is_rounded_and_the_ends_are_exact() {
        let share = |count: usize, total: usize| {
            let others = std::iter::repeat_n(Standing::Limited, total - count);
            let all = std::iter::repeat_n(Standing::Completed, count).chain(others);
            all.collect::<Tally>().share(Standing::Completed)
        };
        assert_eq!(share(10, 21), Share::Percent(48));
        assert_eq!(share(1, 8), Share::Percent(13));
        assert_eq!(share(1, 250), Share::LessThanOne);
        assert_eq!(share(249, 250), Share::MoreThanNinetyNine);
        assert_eq!(share(0, 250), Share::Percent(0));
        assert_eq!(share(250, 250), Share::Percent(100));
        assert_eq!(Tally::default().share(Standing::Completed), Share::Percent(0));
    }
}
