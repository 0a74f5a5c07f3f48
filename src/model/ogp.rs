//! The closed lists of the Open Government Partnership.

/// OGP's four values (OGP Articles of Governance; "values" in its commitments dataset).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OgpValue {
    AccessToInformation,
    CivicParticipation,
    PublicAccountability,
    /// Technology and innovation for openness and accountability.
    Technology,
}

impl OgpValue {
    /// The values in OGP's order.
    pub const ALL: [OgpValue; 4] = [
        OgpValue::AccessToInformation,
        OgpValue::CivicParticipation,
        OgpValue::PublicAccountability,
        OgpValue::Technology,
    ];

    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        match self {
            OgpValue::AccessToInformation => "access-to-information",
            OgpValue::CivicParticipation => "civic-participation",
            OgpValue::PublicAccountability => "public-accountability",
            OgpValue::Technology => "technology",
        }
    }
}

/// One of the policy areas in [`POLICY_AREAS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyArea(pub(super) &'static str);

impl PolicyArea {
    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.0
    }
}

/// The policy areas of OGP's commitments dataset, in its order and in kebab case.
pub(super) const POLICY_AREAS: &[&str] = &[
    "anti-corruption-institutions",
    "anti-corruption-strategies",
    "asset-disclosure",
    "audits",
    "beneficial-ownership",
    "conflicts-of-interest",
    "elections",
    "political-finance",
    "lobbying",
    "open-contracting",
    "public-procurement",
    "right-to-information",
    "whistleblower-protections",
    "freedom-of-assembly",
    "freedom-of-association",
    "freedom-of-expression",
    "digital-participation",
    "mainstreaming-participation",
    "regulatory-governance",
    "social-accountability",
    "automated-decision-making",
    "data-stewardship-and-privacy",
    "digital-inclusion",
    "disinformation",
    "online-civic-space",
    "climate-finance",
    "climate-mitigation-and-adaptation",
    "environmental-regulation",
    "international-environmental-agreements",
    "publication-of-budget-information",
    "public-participation-in-budget",
    "oversight-of-budget",
    "stimulus-and-economic-recovery",
    "tax",
    "debt",
    "gender",
    "gender-based-violence",
    "economic-inclusion",
    "lgbtqia",
    "people-with-disabilities",
    "youth",
    "access-to-justice",
    "open-justice",
    "policing-and-corrections",
    "judiciary",
    "open-parliaments",
    "citizenship-and-immigration",
    "education",
    "health-and-nutrition",
    "infrastructure-and-transport",
    "water-and-sanitation",
    "capacity-building",
    "digital-transformation",
    "legislation",
    "regulation",
    "legislative-oversight",
    "open-data",
    "public-participation",
    "aid",
    "energy",
    "extractive-industries",
    "land-and-spatial-planning",
    "media-and-telecommunications",
    "science-and-technology",
    "security-and-public-safety",
    "labor",
    "private-sector",
    "subnational",
    "human-rights",
    "sustainable-development-goals",
    "public-service-delivery",
    "fiscal-openness",
];
