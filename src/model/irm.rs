//! What OGP's Independent Reporting Mechanism says about a commitment besides its completion, in OGP's own
//! codes (OGP's commitments dataset).

use strum::{IntoStaticStr, VariantArray};

use super::ogp::OgpValue;

/// The codes that one report gives. A code that it does not give is `None`.
#[derive(Debug, Clone)]
pub struct IrmCodes {
    /// Whether the commitment is written so that its completion can be verified.
    pub verifiable: Option<bool>,
    pub specificity: Option<Specificity>,
    /// The values of open government to which the commitment is relevant.
    pub relevance: Option<Box<[OgpValue]>>,
    pub potential_impact: Option<PotentialImpact>,
    pub potential_for_results: Option<PotentialForResults>,
    pub did_it_open_government: Option<OpenedGovernment>,
    pub early_results: Option<EarlyResults>,
    pub starred: Option<bool>,
}

macro_rules! codes {
    ($($(#[$about:meta])* $name:ident { $($code:ident,)* })*) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
            #[strum(serialize_all = "kebab-case")]
            pub enum $name {
                $($code,)*
            }

            impl $name {
                /// Returns the name in files and data.
                pub fn name(self) -> &'static str {
                    self.into()
                }
            }
        )*
    };
}

codes! {
    /// How specific the text of a commitment is.
    Specificity { None, Low, Medium, High, }
    /// How much a commitment could change, in plans until about 2019.
    PotentialImpact { None, Minor, Moderate, Transformative, }
    /// How much a commitment could change, in plans from 2020.
    PotentialForResults { Unclear, Modest, Substantial, }
    /// How far a commitment changed government practice.
    OpenedGovernment { Worsens, DidNotChange, Marginal, Major, Outstanding, }
    /// What a commitment has changed so far, in plans from 2020.
    EarlyResults { NoNotableResults, Moderate, Significant, }
}
