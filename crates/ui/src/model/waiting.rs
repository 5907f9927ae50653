//! What waits: for the person, and for the network.

use candor_protocol::view::{ActivityView, QueueView, RequestKind};

use super::{connection, progress};

/// What the home screen reminds of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing.
    #[default]
    Nothing,
    /// A site, or several: by host, or by number.
    Site(String),
    /// A payment of the user's own that was prepared and not answered.
    Own(u64),
}

/// What a queue reminds of: sites before one's own payment.
#[must_use]
pub fn of_queue(queue: &QueueView) -> Waiting {
    let mut sites: Vec<&str> =
        queue.requests.iter().filter_map(|request| request.origin.as_deref()).collect();
    sites.dedup();
    match sites.as_slice() {
        // A token that was looked at and not added is nothing to come back to.
        [] => queue
            .requests
            .iter()
            .find(|own| own.kind != RequestKind::WatchAsset)
            .map_or(Waiting::Nothing, |own| Waiting::Own(own.id)),
        [one] => Waiting::Site(connection::host(one)),
        [first, rest @ ..] => match rest.len() {
            1 => Waiting::Site(format!("{} and one more site", connection::host(first))),
            more => Waiting::Site(format!("{} and {more} more sites", connection::host(first))),
        },
    }
}

/// How many sent things can still change.
#[must_use]
pub fn count(items: &[ActivityView]) -> usize {
    items.iter().filter(|item| progress::waits(item.status)).count()
}

#[cfg(test)]
mod tests {
    use candor_protocol::view::QueuedView;

    use super::*;

    #[test]
    fn sites_come_before_ones_own_payment() {
        let check = |origins: &[Option<&str>], expected: Waiting| {
            let requests = (1..)
                .zip(origins)
                .map(|(id, origin)| QueuedView {
                    id,
                    kind: RequestKind::Message,
                    origin: origin.map(str::to_owned),
                })
                .collect();
            assert_eq!(of_queue(&QueueView { requests }), expected);
        };
        check(&[], Waiting::Nothing);
        check(&[None], Waiting::Own(1));
        check(&[None, Some("https://a.example")], Waiting::Site("a.example".into()));
        check(&[Some("https://a.example"), Some("https://a.example")], Waiting::Site("a.example".into()));
        let two = Waiting::Site("a.example and one more site".into());
        check(&[Some("https://a.example"), Some("https://b.example")], two);
    }

    #[test]
    fn a_token_that_one_looked_at_does_not_wait() {
        let own = |id, kind| QueuedView { id, kind, origin: None };
        let looked = own(1, RequestKind::WatchAsset);
        assert_eq!(of_queue(&QueueView { requests: vec![looked.clone()] }), Waiting::Nothing);
        let requests = vec![looked, own(2, RequestKind::Transaction)];
        assert_eq!(of_queue(&QueueView { requests }), Waiting::Own(2));
    }
}
