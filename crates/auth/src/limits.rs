//! How much the library accepts to read, and how far clocks may differ.

/// Greatest difference of clocks that can be admitted, in seconds: tokens of
/// Pro Santé Connect live two minutes.
pub const MAX_SKEW: u32 = 60;

/// Largest inputs accepted (*tailles admises*), in bytes unless said otherwise.
///
/// The defaults are far above what Pro Santé Connect sends (an ID token of 2
/// to 4 KB) and keep a hostile input cheap: reading is linear in its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// ID token, compact form.
    pub token: usize,
    /// UserInfo response, JSON or signed.
    pub user_info: usize,
    /// JWK Set.
    pub jwks: usize,
    /// Number of keys of a JWK Set.
    pub keys: usize,
    /// CPS certificate, DER.
    pub certificate: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            token: 32 * 1024,
            user_info: 512 * 1024,
            jwks: 256 * 1024,
            keys: 64,
            certificate: 32 * 1024,
        }
    }
}
