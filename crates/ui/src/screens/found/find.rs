//! Finding an account without asking anybody: by its address, or by its path.

use leptos::prelude::*;

use super::{Found, Row, source::COMPARED};
use crate::{
    components::{disclosure::Disclosure, field::TextField, note::Problem, progress::Progress},
    effect::redrawn,
    model::discovery,
    screens::parts::doing::Doing,
};

/// "I know the address": compares all families, and can be stopped.
#[component]
pub fn FindByAddress(
    /// What is listed.
    found: Found,
) -> impl IntoView {
    let address = RwSignal::new(String::new());
    let done = RwSignal::new(None::<u32>);
    let said = RwSignal::new(None::<String>);
    let doing = Doing::new();
    let find = move |_| {
        let wanted = address.get_untracked();
        let source = found.source.get_value();
        said.set(None);
        done.set(Some(0));
        doing.begin(async move {
            let mut from = 0;
            // Stopped, or left: then there is nothing to go on with.
            while done.try_get_untracked().flatten().is_some() && from < discovery::INDICES {
                let hit = source.find(wanted.clone(), from).await.inspect_err(|_| _ = done.try_set(None))?;
                if let Some(account) = hit {
                    done.try_set(None);
                    found.tick(&account.path);
                    said.try_set(Some("Found. It is ticked.".to_owned()));
                    let family = discovery::family_of(&account.path, account.index);
                    found.list(Row { family, account, has: None });
                    return Ok(());
                }
                from += COMPARED;
                done.try_update(|done| {
                    if done.is_some() {
                        *done = Some(from * 100 / discovery::INDICES);
                    }
                });
            }
            if done.try_get_untracked().flatten().is_some() {
                done.try_set(None);
                said.try_set(Some(
                    "It is not among the first 10,000 accounts. Is it another phrase, or was there a passphrase?".to_owned(),
                ));
            }
            Ok(())
        });
    };
    view! {
        <Disclosure testid="found-find-open" title="I know the address of my account">
            <TextField id="found-find-address" label="Address" placeholder="0x…" value=address/>
            <p class="field__hint">"It is looked for on this computer. Nobody is asked."</p>
            <button
                type="button"
                class="btn btn--soft"
                data-testid="found-find"
                disabled=move || doing.is_busy() || address.with(String::is_empty)
                on:click=find
            >
                "Find it"
            </button>
            {redrawn(move || {
                done.with(Option::is_some)
                    .then(|| {
                        view! {
                            <Progress
                                says="Comparing the first 10,000 accounts of each kind of wallet…".to_owned()
                                done
                                on_stop=Callback::new(move |()| done.set(None))
                            />
                        }
                    })
            })}
            <p role="status" data-testid="found-said">{redrawn(move || said.get())}</p>
            <Problem problem=doing.trouble()/>
        </Disclosure>
    }
}

/// The account at a path of one's own.
#[component]
pub fn AtPath(
    /// What is listed.
    found: Found,
) -> impl IntoView {
    let path = RwSignal::new(String::new());
    let doing = Doing::new();
    let show = move |_| {
        let typed = path.get_untracked();
        let source = found.source.get_value();
        doing.begin(async move {
            let account = source.at(typed).await?;
            found.tick(&account.path);
            let family = discovery::family_of(&account.path, account.index);
            found.list(Row { family, account, has: None });
            path.try_set(String::new());
            Ok(())
        });
    };
    view! {
        <Disclosure testid="found-path-open" title="My wallet used a path of its own">
            <TextField id="found-path" label="Path" placeholder="m/44'/60'/0'/0/0" value=path/>
            <button
                type="button"
                class="btn btn--soft"
                data-testid="found-path-show"
                disabled=move || doing.is_busy() || path.with(String::is_empty)
                on:click=show
            >
                "Show it"
            </button>
            <Problem problem=doing.trouble()/>
        </Disclosure>
    }
}
