//! Icons and the mark, drawn inline.

use leptos::prelude::*;

/// A drawing on a grid of 20, in the colour of the text around it. It is decoration: words beside it, or the label of
/// the button that holds it, say the same.
#[component]
pub fn Icon(
    /// One of the names below.
    name: &'static str,
    /// Side in CSS pixels.
    #[prop(default = 20)]
    size: u16,
) -> impl IntoView {
    let (lines, dots) = paths(name);
    view! {
        <svg class="i" width=size height=size viewBox="0 0 20 20" aria-hidden="true">
            <path d=lines></path>
            {(!dots.is_empty()).then(|| view! { <path class="dot" d=dots></path> }.into_any())}
        </svg>
    }
}

/// The mark: an open C and a full stop, the end of the sentence.
#[component]
pub fn Mark(
    /// Side in CSS pixels.
    size: u16,
) -> impl IntoView {
    view! {
        <svg class="mark" width=size height=size viewBox="0 0 24 24" aria-hidden="true">
            <path class="mark__c" d="M15.32 6.25A7.5 7.5 0 1 0 14.25 18.5"></path>
            <circle class="mark__dot" cx="20.4" cy="18.2" r="2.3"></circle>
        </svg>
    }
}

/// Strokes of an icon, and those that are points and drawn heavier. An unknown name draws nothing.
#[rustfmt::skip]
fn paths(name: &str) -> (&'static str, &'static str) {
    match name {
        "send" => ("M5 15 15 5M7 5h8v8", ""),
        "receive" => ("M15 5 5 15M13 15H5V7", ""),
        "copy" => ("M8.75 7h6a1.75 1.75 0 0 1 1.75 1.75v6a1.75 1.75 0 0 1 -1.75 1.75h-6a1.75 1.75 0 0 1 -1.75 -1.75v-6a1.75 1.75 0 0 1 1.75 -1.75zM13 4.25A1.25 1.25 0 0 0 11.75 3.5H5.25A1.75 1.75 0 0 0 3.5 5.25v6.5c0 .55.35 1.05.85 1.25", ""),
        "scan" => ("M3.5 7V4.75A1.25 1.25 0 0 1 4.75 3.5H7M13 3.5h2.25a1.25 1.25 0 0 1 1.25 1.25V7M16.5 13v2.25a1.25 1.25 0 0 1 -1.25 1.25H13M7 16.5H4.75a1.25 1.25 0 0 1 -1.25 -1.25V13M4 10h12", ""),
        "down" => ("M5.5 8l4.5 4.5L14.5 8", ""),
        "up" => ("M5.5 12l4.5-4.5 4.5 4.5", ""),
        "right" => ("M8 5.5l4.5 4.5L8 14.5", ""),
        "back" => ("M16 10H4.5M9 5 4 10l5 5", ""),
        "check" => ("M4.5 10.5l3.7 3.7 7.3-8.2", ""),
        "x" => ("M5.5 5.5l9 9M14.5 5.5l-9 9", ""),
        "plus" => ("M10 4.5v11M4.5 10h11", ""),
        "shield" => ("M10 2.75 15.75 5v4.6c0 3.7-2.4 6.3-5.75 7.65C6.65 15.9 4.25 13.3 4.25 9.6V5z", ""),
        "shieldcheck" => ("M10 2.75 15.75 5v4.6c0 3.7-2.4 6.3-5.75 7.65C6.65 15.9 4.25 13.3 4.25 9.6V5zM7.4 9.9l1.9 1.9 3.3-3.7", ""),
        "alert" => ("M8.9 3.7 2.7 14.6a1.27 1.27 0 0 0 1.1 1.9h12.4a1.27 1.27 0 0 0 1.1-1.9L11.1 3.7a1.27 1.27 0 0 0-2.2 0zM10 7.75v3.5", "M10 13.75h.01"),
        "stop" => ("M6.9 2.75h6.2l4.15 4.15v6.2l-4.15 4.15H6.9L2.75 13.1V6.9zM10 6.5v4.25", "M10 13.4h.01"),
        "info" => ("M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0zM10 9.25v4", "M10 6.75h.01"),
        "lock" => ("M6 9h8a1.75 1.75 0 0 1 1.75 1.75v4.5a1.75 1.75 0 0 1 -1.75 1.75h-8a1.75 1.75 0 0 1 -1.75 -1.75v-4.5a1.75 1.75 0 0 1 1.75 -1.75zM7 9V6.5a3 3 0 0 1 6 0V9", ""),
        "key" => ("M3.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM9.5 10.5l6.75-6.75M13.5 6.5l2.25 2.25", ""),
        "eye" => ("M2.25 10S5 4.75 10 4.75 17.75 10 17.75 10 15 15.25 10 15.25 2.25 10 2.25 10zM7.75 10a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0 -4.5 0z", ""),
        "eyeoff" => ("M4.6 6.4C3.05 7.9 2.25 10 2.25 10S5 15.25 10 15.25c1.35 0 2.53-.38 3.53-.93M7.9 5.05A7.6 7.6 0 0 1 10 4.75c5 0 7.75 5.25 7.75 5.25s-.65 1.5-1.9 2.83M3.5 3.5l13 13M8.4 8.45a2.25 2.25 0 0 0 3.15 3.15", ""),
        "clock" => ("M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0zM10 6v4.2l2.6 1.5", ""),
        "ext" => ("M11.5 4H16v4.5M16 4l-6.5 6.5M8.5 5H5.75A1.75 1.75 0 0 0 4 6.75v7.5C4 15.2 4.8 16 5.75 16h7.5A1.75 1.75 0 0 0 15 14.25V11.5", ""),
        "undo" => ("M7.25 5 4 8.25l3.25 3.25M4 8.25h7.75a4 4 0 0 1 0 8H8.5", ""),
        "globe" => ("M2.75 10a7.25 7.25 0 1 0 14.5 0a7.25 7.25 0 1 0 -14.5 0zM2.75 10h14.5M10 2.75c2 2.1 3 4.5 3 7.25s-1 5.15-3 7.25c-2-2.1-3-4.5-3-7.25s1-5.15 3-7.25z", ""),
        "unlink" => ("M8.25 6.25 10 4.5a3.9 3.9 0 0 1 5.5 5.5l-1.75 1.75M11.75 13.75 10 15.5A3.9 3.9 0 0 1 4.5 10l1.75-1.75M4 4l12 12", ""),
        "link" => ("M8.25 6.25 10 4.5a3.9 3.9 0 0 1 5.5 5.5l-1.75 1.75M11.75 13.75 10 15.5A3.9 3.9 0 0 1 4.5 10l1.75-1.75M8 12l4-4", ""),
        "menu" => ("M3.5 6h13M3.5 10h13M3.5 14h13", ""),
        "users" => ("M4.75 7a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0 -5.5 0zM2.5 16c.3-2.8 2.3-4.5 5-4.5s4.7 1.7 5 4.5M13 4.5a2.75 2.75 0 0 1 0 5.1M14.3 11.9c1.8.5 3 1.9 3.2 4.1", ""),
        "trash" => ("M4 5.75h12M8 5.5V3.75h4V5.5M5.5 5.75l.7 9.3c.07.95.8 1.7 1.75 1.7h4.1c.95 0 1.68-.75 1.75-1.7l.7-9.3M8.5 9v4.5M11.5 9v4.5", ""),
        "code" => ("M6.5 6l-4 4 4 4M13.5 6l4 4-4 4M11.25 4.5l-2.5 11", ""),
        "bell" => ("M5.5 8.5a4.5 4.5 0 0 1 9 0c0 3.75 1.5 4.75 1.5 4.75H4s1.5-1 1.5-4.75zM8.5 16a1.6 1.6 0 0 0 3 0", ""),
        "file" => ("M5 2.75h6.25L15 6.5v10.75H5zM11 3v3.75h3.75", ""),
        "hourglass" => ("M5.5 3h9M5.5 17h9M6.5 3v2.5c0 2 3.5 3 3.5 4.5s-3.5 2.5-3.5 4.5V17M13.5 3v2.5c0 2-3.5 3-3.5 4.5s3.5 2.5 3.5 4.5V17", ""),
        _ => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn names_draw_and_strangers_do_not() {
        let check = |name: &str, draws: bool| assert_eq!(paths(name) != ("", ""), draws, "{name}");
        check("send", true);
        check("unicorn", false);
    }

    /// Every icon that a screen names exists: a misspelled one would silently be empty.
    #[test]
    fn every_name_in_use_is_known() {
        fn visit(folder: &std::path::Path, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("the sources are there").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    visit(&path, found);
                } else {
                    let text = std::fs::read_to_string(&path).expect("a source is text");
                    found.extend(
                        text.split("<Icon name=\"")
                            .skip(1)
                            .filter_map(|rest| rest.split_once('"').map(|(name, _)| name.to_owned())),
                    );
                }
            }
        }
        let mut found = Vec::new();
        visit(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/screens"), &mut found);
        assert!(found.len() > 10);
        for name in found {
            assert_ne!(paths(&name), ("", ""), "icon {name}");
        }
    }
}
