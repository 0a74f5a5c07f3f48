//! The closed lists of values that files can contain. To add a list, add one line to [`terms`].

use strum::VariantArray;

use super::agency::SuccessionKind;
use super::assessment::Challenge;
use super::assessor::AssessorKind;
use super::irm::{
    EarlyResults, OpenedGovernment, PotentialForResults, PotentialImpact, Specificity,
};
use super::level::{AssessedLevel, CompletionLevel};
use super::ogp::{OgpValue, POLICY_AREAS, PolicyArea};
use super::report::ReportKind;
use super::site::{ContactField, LevelOfGovernment, LinkStyle};

/// A value of a closed list.
pub trait Term: Copy {
    const VOCABULARY: Vocabulary;

    /// Returns the values that files can contain, in the order of the list.
    fn written() -> Vec<Self>;

    /// Returns the name in files and data.
    fn name(self) -> &'static str;
}

macro_rules! terms {
    ($($term:ident: $written:expr;)*) => {
        /// A closed list of values, named after the type of its values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Vocabulary {
            $($term,)*
        }

        impl Vocabulary {
            /// Returns the names of the values that files can contain.
            pub fn names(self) -> Vec<&'static str> {
                match self {
                    $(Vocabulary::$term => {
                        $term::written().into_iter().map(|term| term.name()).collect()
                    })*
                }
            }
        }

        $(impl Term for $term {
            const VOCABULARY: Vocabulary = Vocabulary::$term;

            fn written() -> Vec<Self> {
                $written
            }

            fn name(self) -> &'static str {
                self.name()
            }
        })*
    };
}

terms! {
    CompletionLevel: CompletionLevel::ALL.to_vec();
    // *Not reported* is not written: the key is left out.
    AssessedLevel: {
        let levels = CompletionLevel::ALL.into_iter().map(AssessedLevel::Level);
        levels.chain([AssessedLevel::NoEvidence]).collect()
    };
    AssessorKind: AssessorKind::VARIANTS.to_vec();
    SuccessionKind: SuccessionKind::VARIANTS.to_vec();
    LevelOfGovernment: LevelOfGovernment::VARIANTS.to_vec();
    ReportKind: ReportKind::VARIANTS.to_vec();
    Challenge: Challenge::VARIANTS.to_vec();
    OgpValue: OgpValue::ALL.to_vec();
    PolicyArea: POLICY_AREAS.iter().map(|name| PolicyArea(name)).collect();
    Specificity: Specificity::VARIANTS.to_vec();
    PotentialImpact: PotentialImpact::VARIANTS.to_vec();
    PotentialForResults: PotentialForResults::VARIANTS.to_vec();
    OpenedGovernment: OpenedGovernment::VARIANTS.to_vec();
    EarlyResults: EarlyResults::VARIANTS.to_vec();
    ContactField: ContactField::ALL.to_vec();
    LinkStyle: LinkStyle::VARIANTS.to_vec();
}
