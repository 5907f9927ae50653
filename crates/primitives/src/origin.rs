use core::fmt;

/// The origin of a page that asks for something: scheme, host and port, as the browser states it.
///
/// It can only be made from what the browser says of a sender, and only for web pages: opaque origins, files,
/// data URLs and other extensions are refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

/// Why a sender has no origin that could be granted anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// `null`: a sandboxed frame, a data URL.
    #[error("the page has no origin of its own")]
    Opaque,
    /// Not `http` or `https`.
    #[error("only web pages can ask for something")]
    NotWeb,
    /// Not an origin at all.
    #[error("not an origin")]
    Malformed,
}

impl Origin {
    /// Takes an origin as serialized by the browser (`https://example.org`, `http://localhost:3000`).
    ///
    /// # Errors
    /// Opaque, foreign or malformed origins.
    pub fn new(text: &str) -> Result<Self, OriginError> {
        if text == "null" {
            return Err(OriginError::Opaque);
        }
        let (scheme, host) = text.split_once("://").ok_or(OriginError::Malformed)?;
        if !matches!(scheme, "http" | "https") {
            return Err(OriginError::NotWeb);
        }
        let allowed =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b':' | b'[' | b']');
        if host.is_empty()
            || host.len() > 300
            || !host.bytes().all(allowed)
            || text.bytes().any(|b| b.is_ascii_uppercase())
        {
            return Err(OriginError::Malformed);
        }
        Ok(Self(text.to_owned()))
    }

    /// As the browser spells it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port without the scheme: what a person recognises.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, host)| host)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Origin({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_origins_exist() {
        let check = |text: &str, expected: Result<&str, OriginError>| {
            assert_eq!(Origin::new(text).as_ref().map(Origin::host).map_err(|e| *e), expected, "{text}");
        };
        check("https://app.uniswap.org", Ok("app.uniswap.org"));
        check("http://localhost:3000", Ok("localhost:3000"));
        check("http://[::1]:8545", Ok("[::1]:8545"));
        check("null", Err(OriginError::Opaque));
        check("file://", Err(OriginError::NotWeb));
        check("chrome-extension://abc", Err(OriginError::NotWeb));
        check("", Err(OriginError::Malformed));
        check("https://", Err(OriginError::Malformed));
        check("https://a.b/path", Err(OriginError::Malformed));
        check("https://user@a.b", Err(OriginError::Malformed));
        check("https://a b", Err(OriginError::Malformed));
        check("HTTPS://a.b", Err(OriginError::NotWeb));
        check("https://A.b", Err(OriginError::Malformed));
    }
}
