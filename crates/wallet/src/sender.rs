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
    /// Who asks; of a frame in a page of another origin, the two together.
    pub(crate) origin: Origin,
    /// The origin of the page around the frame, if it is another.
    pub(crate) top: Option<Origin>,
    pub(crate) tab: i64,
    pub(crate) frame: i64,
}

impl Identity {
    /// Whether a script of ours sent it.
    pub(crate) fn is_ours(&self, sender: &Sender) -> bool {
        !self.extension_id.is_empty() && sender.id.as_deref() == Some(self.extension_id.as_str())
    }

    /// Decides who the sender is.
    pub(crate) fn classify(&self, sender: &Sender) -> Caller {
        if !self.is_ours(sender) {
            return Caller::Denied;
        }
        let own_origin = self.base_url.trim_end_matches('/');
        if sender.url.as_deref().is_some_and(|url| !own_origin.is_empty() && url.starts_with(&self.base_url))
        {
            let foreign = sender.origin.as_deref().is_some_and(|origin| origin != own_origin);
            return if foreign { Caller::Denied } else { Caller::Surface };
        }
        let Some(origin) = own_origin_of(sender) else { return Caller::Denied };
        let (Some(tab), Some(frame)) = (sender.tab, sender.frame) else { return Caller::Denied };
        if frame == 0 {
            return Caller::Page(Page { origin, top: None, tab, frame });
        }
        // Who cannot be named to a person cannot be granted anything.
        match sender.tab_url.as_deref().and_then(origin_of) {
            None => Caller::Denied,
            Some(top) if top == origin => Caller::Page(Page { origin, top: None, tab, frame }),
            Some(top) => Caller::Page(Page { origin: origin.embedded_in(&top), top: Some(top), tab, frame }),
        }
    }
}

/// The origin of the document itself, whatever page is around it. Enough for a document that says good-bye, which its
/// tab may have left already.
pub(crate) fn own_origin_of(sender: &Sender) -> Option<Origin> {
    sender.origin.as_deref().and_then(|origin| Origin::new(origin).ok())
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
        let check = |tab_url: Option<&str>, expected: Option<(&str, Option<&str>)>| {
            let sender = Sender {
                id: Some("us".into()),
                url: Some("https://frame.example/".into()),
                origin: Some("https://frame.example".into()),
                tab: Some(1),
                frame: Some(7),
                tab_url: tab_url.map(Into::into),
            };
            let page = match identity.classify(&sender) {
                Caller::Page(page) => Some(page),
                Caller::Surface | Caller::Denied => None,
            };
            let found =
                page.as_ref().map(|page| (page.origin.as_str(), page.top.as_ref().map(Origin::as_str)));
            assert_eq!(found, expected, "{tab_url:?}");
        };
        let frame = "https://frame.example";
        let both = "https://frame.example in https://top.example";
        check(Some("https://top.example/path?x#y"), Some((both, Some("https://top.example"))));
        check(Some("https://frame.example/other"), Some((frame, None)));
        check(Some("file:///home/a.html"), None);
        check(Some("about:blank"), None);
        check(None, None);
    }
}
