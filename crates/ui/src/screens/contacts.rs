//! The people that the user gave a name: add, rename, copy, remove.

use candor_protocol::{
    contacts::ContactView,
    notice::Notice,
    ui::{Contacts, ForgetContact, SaveContact},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::parts::{
    act::attempt,
    copy_address::CopyAddress,
    doing::Doing,
    live::live,
    problem_box::{ProblemBox, of_error},
};
use crate::{
    app, client,
    components::{
        field::TextField, icon::Icon, note::Problem, seal::Seal, sheet::Sheet, title_bar::TitleBar, toast,
    },
    effect::redrawn,
};

/// The list of contacts.
#[component]
pub fn ContactsScreen() -> impl IntoView {
    let contacts = live(&[Notice::Contacts], || Some(Contacts {}));
    let adding = RwSignal::new(false);
    view! {
        <div data-testid="screen" data-screen="contacts">
            <main class="win">
                <TitleBar title="Contacts" on_back=Callback::new(|()| app::go("#/settings"))/>
                <div class="win__body">
                    <p class="pad headline dim">
                        "Names are only for you. Candor warns you when an address only looks like one of these."
                    </p>
                    {redrawn(move || {
                        contacts.error().map(|error| view! { <ProblemBox problem=of_error(&error)/> })
                    })}
                    {redrawn(move || {
                        let all = contacts.value().unwrap_or_default();
                        all.into_iter().map(|contact| view! { <Contact contact/> }).collect_view()
                    })}
                </div>
                <footer class="win__foot">
                    <button
                        class="btn btn--plain btn--full"
                        data-testid="contact-add"
                        on:click=move |_| adding.set(true)
                    >
                        <Icon name="plus" size=18/>
                        "Add a contact"
                    </button>
                </footer>
            </main>
            <Sheet open=adding title="Add a contact">
                <Add adding/>
            </Sheet>
        </div>
    }
}

/// A name and an address. What could be taken for somebody else is said before it is saved.
#[component]
fn Add(adding: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let address = RwSignal::new(String::new());
    let doubt = RwSignal::new(None::<String>);
    let doing = Doing::new();
    let typed = Memo::new(move |_| (name.get(), address.get()));
    // What was said was about something else than what is typed now.
    crate::effect::effect(move || {
        typed.track();
        doubt.set(None);
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (name, address) = typed.get_untracked();
        let sure = doubt.with_untracked(Option::is_some);
        let call = SaveContact { address: address.trim().to_owned(), name, sure };
        doing.begin(async move {
            match client::call(call).await? {
                Some(why) => {
                    doubt.try_set(Some(why));
                }
                None => {
                    toast::show("Saved.");
                    adding.try_set(false);
                }
            }
            Ok(())
        });
    };
    view! {
        <form on:submit=submit novalidate>
            <div class="sheet__text">
                <TextField id="contact-new-name" label="Name" placeholder="Maria" value=name/>
                <TextField id="contact-new-address" label="Address" placeholder="0x…" value=address/>
                {redrawn(move || {
                    doubt
                        .get()
                        .map(|why| view! { <p class="field__hint risk" role="alert" data-testid="contact-doubt">{why}</p> })
                })}
                <Problem problem=doing.trouble()/>
            </div>
            <div class="sheet__foot">
                <button type="submit" class="btn btn--primary btn--full" data-testid="contact-save">
                    {redrawn(move || if doubt.with(Option::is_some) { "Save all the same" } else { "Save" })}
                </button>
            </div>
        </form>
    }
}

/// One contact: its name to edit, its address to copy.
#[component]
fn Contact(contact: ContactView) -> impl IntoView {
    let ContactView { address, name } = contact;
    let before = name.clone();
    let rename = {
        let address = address.clone();
        move |event| {
            let name = event_target_value(&event).trim().to_owned();
            if name.is_empty() || name == before {
                return;
            }
            let call = SaveContact { address: address.clone(), name, sure: false };
            spawn_local(async move {
                match client::call(call).await {
                    Ok(None) => {}
                    Ok(Some(why)) => toast::show(format!("Not renamed. {why}")),
                    Err(error) => toast::show(error.title),
                }
            });
        }
    };
    let forget = {
        let address = address.clone();
        move |_| attempt(ForgetContact { address: address.clone() })
    };
    view! {
        <section class="acctcard" data-testid="contact-item" data-address=address.clone()>
            <Seal address=address.clone() size=32/>
            <div class="grow">
                <input
                    class="acctcard__name"
                    data-testid="contact-name"
                    aria-label="Name of this contact"
                    maxlength="40"
                    autocomplete="off"
                    prop:value=move || name.clone()
                    on:change=rename
                />
                <p class="acctcard__addr mono" dir="ltr">{address.clone()}</p>
            </div>
            <div class="acctcard__acts">
                <CopyAddress address=address.clone() testid="contact-copy"/>
                <button
                    class="btn btn--quiet btn--sm"
                    data-testid="contact-remove"
                    on:click=forget
                >
                    "Remove"
                </button>
            </div>
        </section>
    }
}
