//! `xs:anyURI`: RFC 3986 once the characters that a URI must escape are
//! taken as escaped, as XML Schema 1.0 asks (part 2, 3.2.17).

/// True when `value`, already collapsed, may stand for a URI.
pub(crate) fn is_uri(value: &str) -> bool {
    let bytes: Vec<u8> = value
        .bytes()
        .map(|b| match b {
            0..=32
            | 127..
            | b'<'
            | b'>'
            | b'"'
            | b'{'
            | b'}'
            | b'|'
            | b'\\'
            | b'^'
            | b'`'
            | b'\'' => b'_',
            b => b,
        })
        .collect();
    let (rest, fragment) = split(&bytes, b'#');
    let (rest, query) = split(rest, b'?');
    let tail = |b: u8| pchar(b) || b == b'/' || b == b'?';
    escapes(&bytes)
        && fragment.is_none_or(|f| f.iter().all(|&b| tail(b) || b == b'[' || b == b']'))
        && query.is_none_or(|q| q.iter().all(|&b| tail(b)))
        && hierarchy(rest)
}

fn split(bytes: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    match bytes.iter().position(|&b| b == mark) {
        Some(i) => (&bytes[..i], Some(&bytes[i + 1..])),
        None => (bytes, None),
    }
}

/// Every `%` starts an escape.
fn escapes(bytes: &[u8]) -> bool {
    (0..bytes.len()).filter(|&i| bytes[i] == b'%').all(|i| {
        bytes
            .get(i + 1..i + 3)
            .is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit))
    })
}

fn unreserved(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~')
}

/// `unreserved`, `pct-encoded` or `sub-delims`.
fn plain(b: u8) -> bool {
    unreserved(b)
        || matches!(
            b,
            b'%' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
        )
}

fn pchar(b: u8) -> bool {
    plain(b) || b == b':' || b == b'@'
}

fn hierarchy(bytes: &[u8]) -> bool {
    let scheme_end = bytes
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'-' | b'.'));
    let (rest, has_scheme) = match scheme_end {
        Some(i) if bytes[i] == b':' && bytes[0].is_ascii_alphabetic() => (&bytes[i + 1..], true),
        _ => (bytes, false),
    };
    if let Some(after) = rest.strip_prefix(b"//") {
        let end = after.iter().position(|&b| b == b'/').unwrap_or(after.len());
        return authority(&after[..end]) && path(&after[end..]);
    }
    // without a scheme, the first segment of a relative path holds no colon
    let first = rest.split(|&b| b == b'/').next().unwrap_or_default();
    path(rest) && (has_scheme || rest.starts_with(b"/") || !first.contains(&b':'))
}

fn path(bytes: &[u8]) -> bool {
    bytes.iter().all(|&b| pchar(b) || b == b'/')
}

fn authority(bytes: &[u8]) -> bool {
    let (user, host) = match bytes.iter().position(|&b| b == b'@') {
        Some(i) => (&bytes[..i], &bytes[i + 1..]),
        None => (&bytes[..0], bytes),
    };
    if !user.iter().all(|&b| plain(b) || b == b':') {
        return false;
    }
    let (name, port) = if host.first() == Some(&b'[') {
        let Some(end) = host.iter().position(|&b| b == b']') else {
            return false;
        };
        (&host[..0], &host[end + 1..])
    } else {
        let end = host.iter().position(|&b| b == b':').unwrap_or(host.len());
        (&host[..end], &host[end..])
    };
    name.iter().all(|&b| plain(b))
        && match port {
            [] => true,
            [b':', digits @ ..] => {
                let value = digits.iter().try_fold(0_u64, |n, d| {
                    d.is_ascii_digit()
                        .then(|| n.saturating_mul(10) + u64::from(d - b'0'))
                });
                !digits.is_empty() && value.is_some_and(|n| n <= 99_999_999)
            }
            _ => false,
        }
}
