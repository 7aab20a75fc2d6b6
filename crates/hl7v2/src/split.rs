//! A file of several messages, cut into messages.

/// The messages of a file that holds several, each from its MSH on; batch
/// segments (FHS, BHS, BTS, FTS) and MLLP marks are left out. What stands before
/// the first MSH is answered as a first piece, which no reader accepts.
pub fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let blank = |b: &u8| matches!(b, b'\r' | b'\n' | b' ' | 0x0B | 0x1C);
    let mut pieces = Vec::new();
    let mut open: Option<usize> = None;
    let mut line = 0;
    while line < bytes.len() {
        let rest = &bytes[line..];
        let length = rest
            .iter()
            .position(|b| matches!(b, b'\r' | b'\n'))
            .unwrap_or(rest.len());
        let lead = rest[..length].iter().take_while(|b| blank(b)).count();
        let name = rest[lead..length].get(..3).unwrap_or_default();
        let batch = [b"FHS", b"BHS", b"BTS", b"FTS"].iter().any(|n| *n == name);
        if batch || name == b"MSH" {
            pieces.extend(open.take().map(|start| &bytes[start..line]));
        }
        if !batch && lead < length && open.is_none() {
            open = Some(line + lead);
        }
        line += length + 1;
    }
    pieces.extend(open.map(|start| &bytes[start..]));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_several_messages() {
        let file = "FHS|^~\\&\rBHS|^~\\&\rMSH|1\rPID|1\r\u{1c}\r\u{b}MSH|2\nPID|2\nBTS|2\rFTS|1\r";
        let pieces: Vec<_> = split(file.as_bytes())
            .iter()
            .map(|p| String::from_utf8_lossy(p).into_owned())
            .collect();
        assert_eq!(pieces, ["MSH|1\rPID|1\r\u{1c}\r", "MSH|2\nPID|2\n"]);
        assert_eq!(split(b"x\rMSH|1").len(), 2);
        assert!(split(b"").is_empty() && split(b"\r\n").is_empty());
    }
}
