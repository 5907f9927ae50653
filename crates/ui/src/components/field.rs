//! Fields to type into.

use leptos::{html::Input, prelude::*};

use super::icon::Icon;

use crate::effect::redrawn;

/// A password: hidden until the eye is pressed, never remembered by the browser's form history, kept by this page
/// only as long as the field shows it.
#[component]
pub fn PasswordField(
    /// Over the field.
    label: &'static str,
    /// Names it for tests, and links label and hint to it.
    testid: &'static str,
    /// For the browser's password manager: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// The field itself, to focus it.
    #[prop(optional)]
    node_ref: NodeRef<Input>,
    /// Why what is typed does not do.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Told when the field is left.
    #[prop(optional)]
    on_leave: Option<Callback<()>>,
    /// Below the field while there is no error.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let hint = format!("{testid}-hint");
    let described_by = hint.clone();
    view! {
        <div class="field">
            <label class="field__label" for=testid>
                {label}
            </label>
            <div class="input" data-tone=move || error.with(Option::is_some).then_some("risk")>
                <input
                    id=testid
                    data-testid=testid
                    node_ref=node_ref
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=described_by
                    aria-invalid=move || error.with(Option::is_some).to_string()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    on:blur=move |_| if let Some(leave) = on_leave { leave.run(()) }
                />
                <button
                    type="button"
                    class="iconbtn"
                    aria-label=move || if shown.get() { "Hide password" } else { "Show password" }
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {redrawn(move || view! { <Icon name=if shown.get() { "eyeoff" } else { "eye" }/> })}
                </button>
            </div>
            <div id=hint class="field__below" role="status">
                {redrawn(move || match error.get() {
                    Some(text) => {
                        view! {
                            <p class="field__hint risk" data-testid="error">
                                {text}
                            </p>
                        }
                            .into_any()
                    }
                    None => children.as_ref().map(|children| children()).into_any(),
                })}
            </div>
        </div>
    }
}

/// One line of text; its id is its test id too.
#[component]
pub fn TextField(
    /// Names it for tests, and links the label to it.
    id: &'static str,
    /// Over the field.
    label: &'static str,
    /// What it looks like.
    placeholder: &'static str,
    /// What is typed.
    value: RwSignal<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            <div class="input">
                <input
                    id=id
                    data-testid=id
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        </div>
    }
}

/// Words of a secret, over several lines, which no browser corrects, translates or remembers; its id is its test id too.
#[component]
pub fn SecretArea(
    /// Names it for tests, and links the label to it.
    id: &'static str,
    /// Over the field.
    label: &'static str,
    /// How many lines it shows.
    rows: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Told what is typed, instead of setting it.
    on_type: Callback<String>,
    /// Beside the label.
    #[prop(optional, into)]
    beside: Signal<String>,
) -> impl IntoView {
    view! {
        <label class="field__label" for=id>
            {label}
            <span class="dim" aria-live="polite">{redrawn(move || beside.get())}</span>
        </label>
        <textarea
            id=id
            class="area"
            data-testid=id
            rows=rows
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            translate="no"
            prop:value=move || value.get()
            on:input=move |event| on_type.run(event_target_value(&event))
        ></textarea>
    }
}

/// The same on one line.
#[component]
pub fn SecretLine(
    /// Names it for tests, and links the label to it.
    id: &'static str,
    /// Over the field.
    label: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// Below it.
    hint: &'static str,
) -> impl IntoView {
    view! {
        <label class="field__label" for=id>{label}</label>
        <div class="input">
            <input
                id=id
                type="text"
                data-testid=id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                translate="no"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
        <p class="field__hint">{hint}</p>
    }
}
