//! The names under which the types of this crate ask a source for themselves.

/// An enumeration of [`internally_tagged`](crate::internally_tagged).
pub(crate) const TAGGED: &str = "dcc::Tagged";
/// Key of the variant in such an enumeration.
pub(crate) const TAG: &str = "type";

/// How the name of a [`KeyOr`](crate::key_or::KeyOr) starts; the key follows.
#[doc(hidden)]
#[macro_export]
macro_rules! key_or_name {
    ($key:literal) => {
        concat!("dcc::KeyOr:", $key)
    };
}

/// The key of a value that asks for itself under `name`.
pub(crate) fn key_of(name: &'static str) -> Option<&'static str> {
    name.strip_prefix(key_or_name!(""))
}
