//! The kinds of supportive care: the one table of the value set
//! JDV_SoinsOncoDeSupport_CISIS.

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident = $code:literal;)*) => {
        /// A kind of supportive care.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum SupportKind {
            $( $(#[$meta])* $name, )*
        }

        impl SupportKind {
            /// Every kind, in the order of the value set.
            pub const ALL: &'static [SupportKind] = &[$(SupportKind::$name),*];

            /// Code of JDV_SoinsOncoDeSupport_CISIS (TA_ASIP).
            pub const fn code(self) -> &'static str {
                match self { $( SupportKind::$name => $code, )* }
            }
        }
    };
}

kinds! {
    /// *Traitement de la douleur*.
    Pain = "ORG-035";
    /// *Prise en charge diététique et nutritionnelle*.
    Nutrition = "ORG-036";
    /// *Continuité de la scolarité*.
    Schooling = "ORG-174";
    /// *Activité physique adaptée*.
    PhysicalActivity = "ORG-175";
    /// *Conseil d'hygiène de vie*.
    Lifestyle = "ORG-176";
    /// *Soutien psychologique des proches et des aidants*.
    Relatives = "ORG-037";
    /// *Soutien à la mise en œuvre de la préservation de la fertilité*: counted by an indicator of annex 2.
    FertilityPreservation = "MED-051";
    /// *Soutien au sevrage tabagique*.
    TobaccoWithdrawal = "MED-562";
    /// *Soutien au sevrage alcoolique*.
    AlcoholWithdrawal = "MED-563";
    /// *Soutien au sevrage (autre addiction)*.
    OtherWithdrawal = "MED-564";
    /// *Autre soins de support*: told in words.
    Other = "GEN-092.04.07";
}

impl SupportKind {
    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminology::{Jdv, Terminology};

    #[test]
    fn the_table_is_the_value_set() {
        let set = Terminology::embedded().set(Jdv::SoinsOncoDeSupport);
        assert!(
            set.iter()
                .map(|c| &*c.code)
                .eq(SupportKind::ALL.iter().map(|k| k.code()))
        );
        assert_eq!(SupportKind::ALL.len(), 11);
        for kind in SupportKind::ALL {
            assert_eq!(SupportKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(SupportKind::from_code("C15747"), None);
    }
}
