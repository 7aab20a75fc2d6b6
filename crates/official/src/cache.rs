//! Compiled rules kept between runs.

use std::fmt;
use std::hash::BuildHasher;

use dcc_schematron::{Limits, Schema};

use crate::book::{RuleBook, Set};
use crate::files::Files;
use crate::layout::COMMON;
use crate::release::Release;

/// First bytes of a cache: name and form.
const MAGIC: &[u8; 16] = b"dcc-rulebook\0\0\0\x01";

/// Why a cache is refused. In French.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CacheError {
    /// The files of the release cannot be read.
    Files(String),
    /// The bytes are not a cache, or that of another version of this crate.
    Foreign,
    /// The bytes were altered.
    Damaged,
    /// The rules changed since the cache was made.
    Stale,
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CacheError::Files(why) => write!(f, "règles officielles illisibles : {why}"),
            CacheError::Foreign => f.write_str("cache des règles d'une autre version du logiciel"),
            CacheError::Damaged => f.write_str("cache des règles altéré"),
            CacheError::Stale => f.write_str("cache des règles périmé : les règles ont changé"),
        }
    }
}

impl std::error::Error for CacheError {}

/// A check sum against accidents.
fn sum(bytes: &[u8]) -> u64 {
    foldhash::quality::FixedState::default().hash_one(bytes)
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

fn take<'b>(from: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (len, rest) = from.split_first_chunk::<8>()?;
    let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
    let bytes = rest.get(..len)?;
    *from = &rest[len..];
    Some(bytes)
}

impl RuleBook {
    /// The rule sets compiled so far, as bytes for [`RuleBook::from_cache`]. They hold texts of the ANS: a copy for the
    /// machine that has the rules, not to be passed on.
    pub fn to_cache(&self) -> Vec<u8> {
        let inner = &self.inner;
        let mut body = Vec::new();
        put(&mut body, env!("CARGO_PKG_VERSION").as_bytes());
        put(&mut body, &inner.release.fingerprint.to_le_bytes());
        put(&mut body, inner.digest.as_bytes());
        let common = inner.common.iter();
        for (set, path) in common.zip(COMMON.iter().map(|c| c.1)) {
            put_set(&mut body, set, path);
        }
        for (set, volet) in inner.of_volets.iter().zip(&inner.volets) {
            put_set(&mut body, set, &volet.path);
        }
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&sum(&body).to_le_bytes());
        out.extend_from_slice(&body);
        out
    }

    /// A book from the bytes that [`RuleBook::to_cache`] gave. Names, sizes and stamps of the files are compared first;
    /// when they differ, the contents are, so that a copy of the same rules elsewhere is accepted.
    ///
    /// # Errors
    /// The cache is foreign, damaged or stale, or the files cannot be read: load the rules afresh.
    pub fn from_cache(files: impl Files + 'static, cache: &[u8]) -> Result<Self, CacheError> {
        Self::from_cache_with(files, cache, Limits::default())
    }

    /// [`RuleBook::from_cache`] with other bounds on documents.
    ///
    /// # Errors
    /// As [`RuleBook::from_cache`].
    pub fn from_cache_with(
        files: impl Files + 'static,
        cache: &[u8],
        limits: Limits,
    ) -> Result<Self, CacheError> {
        let rest = cache.strip_prefix(MAGIC).ok_or(CacheError::Foreign)?;
        let (claimed, mut body) = rest.split_first_chunk::<8>().ok_or(CacheError::Damaged)?;
        if sum(body) != u64::from_le_bytes(*claimed) {
            return Err(CacheError::Damaged);
        }
        let body = &mut body;
        let version = take(body).ok_or(CacheError::Damaged)?;
        if version != env!("CARGO_PKG_VERSION").as_bytes() {
            return Err(CacheError::Foreign);
        }
        let fingerprint = take(body).ok_or(CacheError::Damaged)?;
        let digest = take(body).and_then(|d| std::str::from_utf8(d).ok());
        let digest = digest.ok_or(CacheError::Damaged)?;
        let release = Release::new(Box::new(files)).map_err(CacheError::Files)?;
        if fingerprint != release.fingerprint.to_le_bytes()
            && release.digest().map_err(CacheError::Files)? != digest
        {
            return Err(CacheError::Stale);
        }
        let book = Self::assemble(release, digest.to_owned(), limits);
        while !body.is_empty() {
            let path = take(body).ok_or(CacheError::Damaged)?;
            let schema = take(body).ok_or(CacheError::Damaged)?;
            let schema = Schema::from_bytes(schema).ok_or(CacheError::Damaged)?;
            let inner = &book.inner;
            let common = COMMON.iter().position(|c| c.1.as_bytes() == path);
            let volet = inner.volets.iter().position(|v| v.path.as_bytes() == path);
            let set = match (common, volet) {
                (Some(at), _) => &inner.common[at],
                (None, Some(at)) => &inner.of_volets[at],
                (None, None) => return Err(CacheError::Stale),
            };
            set.set(Ok(schema)).map_err(|_| CacheError::Damaged)?;
        }
        Ok(book)
    }
}

/// A set that is compiled and usable; others are compiled again at need.
fn put_set(out: &mut Vec<u8>, set: &Set, path: &str) {
    if let Some(Ok(schema)) = set.get() {
        put(out, path.as_bytes());
        put(out, &schema.to_bytes());
    }
}
