use core::fmt;

/// Who asks for something: the origin of a page (scheme, host and port, as the browser states it), or of a frame together
/// with the origin of the page that embeds it. A frame is granted nothing that its origin was granted elsewhere, or the
/// page around it can reach through the frame what was never meant for it, and know people again by it.
///
/// It can only be made from what the browser says of a sender, and only for web pages: opaque origins, files,
/// data URLs and other extensions are refused.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin(String);

/// Between a frame and the page around it; neither can have a space.
const IN: &str = " in ";

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
            || !port_is_sound(host)
        {
            return Err(OriginError::Malformed);
        }
        Ok(Self(text.to_owned()))
    }

    /// The same origin as a frame in a page of another one.
    #[must_use]
    pub fn embedded_in(&self, page: &Self) -> Self {
        Self(format!("{}{IN}{}", self.own(), page.own()))
    }

    /// What [`Self::as_str`] gave, from where it was stored.
    ///
    /// # Errors
    /// As [`Self::new`], of either part.
    pub fn from_stored(text: &str) -> Result<Self, OriginError> {
        match text.split_once(IN) {
            None => Self::new(text),
            Some((frame, page)) => Ok(Self::new(frame)?.embedded_in(&Self::new(page)?)),
        }
    }

    /// The origin alone, as the browser spells it.
    #[must_use]
    pub fn own(&self) -> &str {
        self.0.split_once(IN).map_or(self.0.as_str(), |(own, _)| own)
    }

    /// The origin as the browser spells it; of a frame ` in ` and the origin of the page around it follow.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port without the scheme: what a person recognises.
    #[must_use]
    pub fn host(&self) -> &str {
        let own = self.own();
        own.split_once("://").map_or(own, |(_, host)| host)
    }
}

/// Whether at most one colon follows the name or the bracketed address, and digits follow it.
fn port_is_sound(host: &str) -> bool {
    let after = host.rsplit_once(']').map_or(host, |(_, after)| after);
    let port = after.split_once(':').map(|(_, port)| port);
    port.is_none_or(|port| matches!(port.len(), 1..=5) && port.bytes().all(|b| b.is_ascii_digit()))
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
        check("https://a:b:c", Err(OriginError::Malformed));
        check("https://a.b:", Err(OriginError::Malformed));
        check("https://a.b:80x", Err(OriginError::Malformed));
        check("https://user@a.b", Err(OriginError::Malformed));
        check("https://a b", Err(OriginError::Malformed));
        check("HTTPS://a.b", Err(OriginError::NotWeb));
        check("https://A.b", Err(OriginError::Malformed));
        check("https://a.b in https://c.d", Err(OriginError::Malformed));
    }

    #[test]
    fn a_frame_is_somebody_of_its_own() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let read = Origin::from_stored(text).ok();
            assert_eq!(read.as_ref().map(|origin| (origin.own(), origin.host())), expected, "{text}");
            assert_eq!(read.as_ref().map(Origin::as_str), expected.map(|_| text));
        };
        check("https://a.b", Some(("https://a.b", "a.b")));
        check("https://a.b in http://c.d:80", Some(("https://a.b", "a.b")));
        check("https://a.b in ", None);
        check("https://a.b in https://c.d in https://e.f", None);
        let [a, c] = ["https://a.b", "https://c.d"].map(|text| Origin::new(text).unwrap());
        assert_ne!(a.embedded_in(&c), a);
        assert_eq!(Origin::from_stored(a.embedded_in(&c).as_str()), Ok(a.embedded_in(&c)));
    }
}
