//! The structs of the facts, from the table.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::session::SessionFactStatus;

/// The Rust type of a kind of field.
macro_rules! kind {
    (id) => { String };
    (key) => { String };
    (text) => { Option<String> };
    (dimension) => { Option<String> };
    (version) => { u32 };
    (number) => { Option<u32> };
    (day) => { NaiveDate };
    (maybe_day) => { Option<NaiveDate> };
    (status) => { SessionFactStatus };
    (yes_no) => { bool };
    (flag) => { bool };
    (answer) => { Option<bool> };
    (list) => { Vec<String> };
}

/// A struct whose fields have the JSON and the schema of their kind: `flat!{
/// [head of the struct] {fields done} fields to do }`.
macro_rules! flat {
    ([$($head:tt)*] { $($done:tt)* }) => {
        $($head)* { $($done)* }
    };
    ($head:tt { $($done:tt)* } $(#[$doc:meta])* $name:ident: $kind:ident $(in $names:ident)? $($label:literal)?, $($rest:tt)*) => {
        flat! { @$kind $head { $($done)* } [$(#[$doc])*] $name; $($rest)* }
    };
    ($head:tt { $($done:tt)* } @many [$($doc:tt)*] $name:ident: $Item:ident) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub $name: Vec<$Item>,
        } }
    };
    (@id $($rest:tt)*) => { flat! { @key $($rest)* } };
    (@key $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
            pub $name: String,
        } $($rest)* }
    };
    (@dimension $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::NOT_TOTAL)))]
            pub $name: Option<String>,
        } $($rest)* }
    };
    (@day $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[cfg_attr(feature = "schema", schemars(with = "crate::model::pattern::Day"))]
            pub $name: NaiveDate,
        } $($rest)* }
    };
    (@maybe_day $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(with = "Option<crate::model::pattern::Day>"))]
            pub $name: Option<NaiveDate>,
        } $($rest)* }
    };
    (@flag $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default)]
            pub $name: bool,
        } $($rest)* }
    };
    (@list $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub $name: Vec<String>,
        } $($rest)* }
    };
    (@text $($rest:tt)*) => { flat! { @optional text $($rest)* } };
    (@number $($rest:tt)*) => { flat! { @optional number $($rest)* } };
    (@answer $($rest:tt)*) => { flat! { @optional answer $($rest)* } };
    (@optional $kind:ident $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $name: kind!($kind),
        } $($rest)* }
    };
    (@version $($rest:tt)*) => { flat! { @required version $($rest)* } };
    (@status $($rest:tt)*) => { flat! { @required status $($rest)* } };
    (@yes_no $($rest:tt)*) => { flat! { @required yes_no $($rest)* } };
    (@required $kind:ident $head:tt { $($done:tt)* } [$($doc:tt)*] $name:ident; $($rest:tt)*) => {
        flat! { $head { $($done)* $($doc)*
            pub $name: kind!($kind),
        } $($rest)* }
    };
}

macro_rules! define {
    ($(
        $(#[$doc:meta])*
        $fact:ident as $row:ident { $($fields:tt)* }
        $( with { $(#[$edoc:meta])* $embed:ident: $Embed:ident { $($inner:tt)* } } )?
        $( list { $(#[$ldoc:meta])* $many:ident: $Item:ident } )?
        ;
    )*) => { $(
        define! { @one [$(#[$doc])*] $fact { $($fields)* }
            $( with [$(#[$edoc])*] $embed: $Embed { $($inner)* } )?
            $( list [$(#[$ldoc])*] $many: $Item )? }
    )* };

    // a fact of plain fields, and perhaps of several of something
    (@one [$($doc:tt)*] $fact:ident { $($fields:tt)* } $( list [$($ldoc:tt)*] $many:ident: $Item:ident )?) => {
        flat! {
            [
                $($doc)*
                #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
                #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
                #[serde(deny_unknown_fields)]
                #[non_exhaustive]
                pub struct $fact
            ]
            { }
            $($fields)*
            $( @many [$($ldoc)*] $many: $Item )?
        }
    };

    // a fact with another struct inside, flat in JSON
    (@one [$($doc:tt)*] $fact:ident { $($fields:tt)* } with [$($edoc:tt)*] $embed:ident: $Embed:ident { $($inner:tt)* }) => {
        mod $embed {
            use super::*;

            flat! {
                [
                    $($doc)*
                    #[derive(Serialize, Deserialize)]
                    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
                    #[serde(deny_unknown_fields)]
                    pub(super) struct $fact
                ]
                { }
                $($fields)*
                $($inner)*
            }
        }
        define! { @embed [$($doc)*] $fact { $($fields)* } [$($edoc)*] $embed: $Embed { $($inner)* } }
    };
    (@embed
        [$($doc:tt)*] $fact:ident { $( $(#[$fdoc:meta])* $field:ident: $kind:ident $(in $names:ident)? $($label:literal)?, )* }
        [$($edoc:tt)*] $embed:ident: $Embed:ident { $( $(#[$bdoc:meta])* $flag:ident: $fkind:ident $(in $fnames:ident)? $($flabel:literal)?, )* }
    ) => {
        $($edoc)*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct $Embed {
            $( $(#[$bdoc])* pub $flag: kind!($fkind), )*
        }

        $($doc)*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $fact {
            $( $(#[$fdoc])* pub $field: kind!($kind), )*
            $($edoc)*
            pub $embed: $Embed,
        }

        impl Serialize for $fact {
            fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
                let fact = self.clone();
                let flat = $embed::$fact {
                    $( $field: fact.$field, )*
                    $( $flag: fact.$embed.$flag, )*
                };
                flat.serialize(sink)
            }
        }

        impl<'de> Deserialize<'de> for $fact {
            fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
                let flat = $embed::$fact::deserialize(source)?;
                Ok($fact {
                    $( $field: flat.$field, )*
                    $embed: $Embed { $( $flag: flat.$flag, )* },
                })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $fact {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$embed::$fact as schemars::JsonSchema>::schema_name()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                <$embed::$fact as schemars::JsonSchema>::json_schema(generator)
            }
        }
    };
}

crate::facts!(define);

/// One professional present at a session (*présence*), inside a [`SessionFact`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Attendance"))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SessionAttendance {
    /// Opaque key of the professional (*professionnel*), for example the RPPS.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = crate::model::pattern::STATED)))]
    pub professional: String,
    /// Code of the specialty exercised (*spécialité*, value set J01), if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty: Option<String>,
}

impl SessionAttendance {
    /// A professional present, in a specialty when it is known.
    pub fn new(professional: impl Into<String>, specialty: Option<&str>) -> Self {
        SessionAttendance {
            professional: professional.into(),
            specialty: specialty.map(str::to_owned),
        }
    }
}

impl SessionFact {
    /// A session with this status, every optional field absent.
    pub fn new(
        id: impl Into<String>,
        rcp: impl Into<String>,
        date: NaiveDate,
        status: SessionFactStatus,
    ) -> Self {
        SessionFact {
            id: id.into(),
            rcp: rcp.into(),
            date,
            status,
            establishment: None,
            centre_3c: None,
            theme: None,
            quorum_reached: None,
            attendances: Vec::new(),
        }
    }

    /// A session held, every optional field absent.
    pub fn held(id: impl Into<String>, rcp: impl Into<String>, date: NaiveDate) -> Self {
        Self::new(id, rcp, date, SessionFactStatus::Held)
    }

    /// The same session, its quorum stated.
    #[must_use]
    pub fn quorum(mut self, reached: bool) -> Self {
        self.quorum_reached = Some(reached);
        self
    }
}

impl AttendanceFact {
    /// A professional present at a session, in a specialty when it is known.
    pub fn new(
        session: impl Into<String>,
        professional: impl Into<String>,
        specialty: Option<&str>,
    ) -> Self {
        AttendanceFact {
            session: session.into(),
            professional: professional.into(),
            specialty: specialty.map(str::to_owned),
        }
    }
}

impl FicheFact {
    /// A validated fiche, every optional field absent.
    pub fn validated(
        id: impl Into<String>,
        version: u32,
        session: impl Into<String>,
        patient: impl Into<String>,
    ) -> Self {
        FicheFact {
            id: id.into(),
            version,
            session: session.into(),
            patient: patient.into(),
            validated: true,
            flags: FicheFlags::default(),
        }
    }

    /// The same fiche with these flags.
    #[must_use]
    pub fn with_flags(mut self, flags: FicheFlags) -> Self {
        self.flags = flags;
        self
    }
}

impl PpsFact {
    /// A PPS that is not validated, every optional field absent.
    pub fn new(id: impl Into<String>, version: u32, patient: impl Into<String>) -> Self {
        PpsFact {
            id: id.into(),
            version,
            patient: patient.into(),
            validated_on: None,
            establishment: None,
            centre_3c: None,
            theme: None,
        }
    }
}

impl OfferFact {
    /// An RCP, every optional field absent.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        OfferFact {
            id: id.into(),
            name: name.into(),
            local_ids: Vec::new(),
            theme: None,
            organ_systems: Vec::new(),
            establishments: Vec::new(),
            centre_3c: None,
            place: None,
            video_link: None,
            coordinators: Vec::new(),
            secretariat: None,
            recurrence: None,
            capacity: None,
            enrolment_deadline: None,
            quorum_rule: None,
            recourse: false,
            closed_on: None,
        }
    }
}
