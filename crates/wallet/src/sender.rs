//! Who sent a message. Only what the browser says counts, and what it leaves out is a denial.

use candor_primitives::Origin;
use candor_protocol::host::Sender;

/// What the browser calls us.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) extension_id: String,
    /// `chrome-extension://…/`, with the slash.
    pub(crate) base_url: String,
}

/// The sender of a message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// One of our own pages.
    Surface,
    /// Our content script in a web page.
    Page(Page),
    /// Anyone else.
    Denied,
}

/// A frame of a web page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) origin: Origin,
    /// The origin of the page around the frame, if it is another.
    pub(crate) top: Option<Origin>,
    pub(crate) tab: i64,
    pub(crate) frame: i64,
}

impl Identity {
    /// Decides who the sender is.
    pub(crate) fn classify(&self, sender: &Sender) -> Caller {
        if self.extension_id.is_empty() || sender.id.as_deref() != Some(self.extension_id.as_str()) {
            return Caller::Denied;
        }
        let own_origin = self.base_url.trim_end_matches('/');
        if sender.url.as_deref().is_some_and(|url| !own_origin.is_empty() && url.starts_with(&self.base_url))
        {
            let foreign = sender.origin.as_deref().is_some_and(|origin| origin != own_origin);
            return if foreign { Caller::Denied } else { Caller::Surface };
        }
        let Some(Ok(origin)) = sender.origin.as_deref().map(Origin::new) else { return Caller::Denied };
        let (Some(tab), Some(frame)) = (sender.tab, sender.frame) else { return Caller::Denied };
        let top = match sender.tab_url.as_deref() {
            _ if frame == 0 => None,
            Some(url) => origin_of(url).filter(|top| *top != origin),
            None => None,
        };
        Caller::Page(Page { origin, top, tab, frame })
    }
}

/// The origin of a web address as the browser spells it.
pub(crate) fn origin_of(url: &str) -> Option<Origin> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Origin::new(&format!("{scheme}://{host}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_comes_from_the_browser() {
        let identity = Identity { extension_id: "us".into(), base_url: "chrome-extension://us/".into() };
        let sender = |id: &str, url: &str, origin: Option<&str>, tab: Option<i64>| Sender {
            id: Some(id.into()),
            url: Some(url.into()),
            origin: origin.map(Into::into),
            tab,
            frame: tab.map(|_| 0),
            tab_url: None,
        };
        let check = |sender: Sender, expected: &str| {
            let found = match identity.classify(&sender) {
                Caller::Surface => "surface".to_owned(),
                Caller::Page(page) => page.origin.to_string(),
                Caller::Denied => "denied".to_owned(),
            };
            assert_eq!(found, expected, "{sender:?}");
        };
        check(
            sender("us", "chrome-extension://us/page.html", Some("chrome-extension://us"), None),
            "surface",
        );
        check(sender("us", "chrome-extension://us/page.html#/x", None, Some(1)), "surface");
        check(sender("us", "chrome-extension://us/page.html", Some("https://evil.example"), None), "denied");
        check(
            sender("us", "chrome-extension://usurper/page.html", Some("chrome-extension://usurper"), None),
            "denied",
        );
        check(sender("other", "chrome-extension://us/page.html", None, None), "denied");
        check(sender("us", "https://a.example/", Some("https://a.example"), Some(1)), "https://a.example");
        check(sender("us", "https://a.example/", None, Some(1)), "denied");
        check(sender("us", "https://a.example/", Some("null"), Some(1)), "denied");
        check(sender("us", "file:///tmp/a.html", Some("file://"), Some(1)), "denied");
        check(sender("us", "https://a.example/", Some("https://a.example"), None), "denied");
        check(Sender::default(), "denied");
    }

    #[test]
    fn the_embedding_page_is_named() {
        let identity = Identity { extension_id: "us".into(), base_url: "moz-extension://us/".into() };
        let sender = Sender {
            id: Some("us".into()),
            url: Some("https://frame.example/".into()),
            origin: Some("https://frame.example".into()),
            tab: Some(1),
            frame: Some(7),
            tab_url: Some("https://top.example/path?x#y".into()),
        };
        let Caller::Page(page) = identity.classify(&sender) else { panic!("a page") };
        assert_eq!(page.top, Origin::new("https://top.example").ok());
    }
}
