//! `Debug` without the values of a patient.

/// `Debug` that shows the name of the type alone: what it holds belongs to a patient.
macro_rules! opaque {
    ($($name:ident),* $(,)?) => {
        $(
            impl std::fmt::Debug for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }
        )*
    };
}
pub(crate) use opaque;
