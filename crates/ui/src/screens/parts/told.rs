//! A banner with one button.

use leptos::prelude::*;

use crate::components::icon::Icon;

/// What a banner says.
#[derive(Debug)]
pub struct Told {
    /// How loud: nothing for care.
    pub tone: Option<&'static str>,
    /// Before the title.
    pub icon: &'static str,
    /// Name the banner and its button for tests.
    pub testids: (&'static str, &'static str),
    /// The fact.
    pub title: String,
    /// The line below.
    pub second: &'static str,
    /// The button.
    pub label: &'static str,
}

impl Told {
    /// The banner, with what its button does.
    pub fn view(self, act: impl Fn() + Send + Sync + 'static) -> AnyView {
        self.view_with(Callback::new(move |()| act()))
    }

    /// Apart, so that it is compiled once for all banners.
    fn view_with(self, act: Callback<()>) -> AnyView {
        let Self { tone, icon, testids, title, second, label } = self;
        view! {
            <div class="banner" data-tone=tone data-testid=testids.0>
                <Icon name=icon size=20/>
                <div>
                    <p class="banner__t" dir="auto">{title}</p>
                    <p class="banner__s">{second}</p>
                </div>
                <button class="btn btn--quiet" data-testid=testids.1 on:click=move |_| act.run(())>
                    {label}
                </button>
            </div>
        }
        .into_any()
    }
}
