//! How the levels of other assessors compare with those of the headline assessor.

use std::cmp::Ordering;

use super::assessor::Assessor;
use super::level::Standing;
use super::selection::Selection;

/// How another assessor's levels compare with those of the headline assessor, over the commitments to
/// which both give a level.
#[derive(Debug)]
pub struct Agreement<'p> {
    pub assessor: &'p Assessor,
    pub same: usize,
    pub lower: usize,
    pub higher: usize,
}

impl Agreement<'_> {
    /// The number of commitments to which both give a level.
    pub fn total(&self) -> usize {
        self.same + self.lower + self.higher
    }
}

impl<'p> Selection<'p> {
    /// Compares each other assessor that gives levels with `headline`, in the order in which the
    /// commitments name them.
    pub fn agreements(&self, headline: &Assessor) -> Vec<Agreement<'p>> {
        let mut agreements: Vec<Agreement<'p>> = Vec::new();
        for commitment in self.iter().filter(|commitment| commitment.standing.level().is_some()) {
            let own = commitment.newest_assessment(headline);
            let Some(own) = own.and_then(|own| Standing::from(own.level).level()) else { continue };
            for track in commitment.tracks(headline).into_iter().skip(1) {
                let Some(level) = Standing::from(track.newest.level).level() else { continue };
                let assessor = &track.newest.report.assessor;
                let known = agreements.iter().position(|known| known.assessor.id == assessor.id);
                let index = known.unwrap_or_else(|| {
                    agreements.push(Agreement { assessor, same: 0, lower: 0, higher: 0 });
                    agreements.len() - 1
                });
                let agreement = &mut agreements[index];
                match level.cmp(&own) {
                    Ordering::Less => agreement.lower += 1,
                    Ordering::Equal => agreement.same += 1,
                    Ordering::Greater => agreement.higher += 1,
                }
            }
        }
        agreements
    }
}
