//! What a transaction should cost: its speed, what the site wished for, and the exact values for experts.

use candor_protocol::{
    fees::{AskedView, FeeFieldsView, FeeTermsView, FeeWish, Speed, SpeedView},
    ui::SetFee,
    view::{ApprovalView, ReadyView},
};
use leptos::{prelude::*, task::spawn_local};

use super::request::Part;
use crate::{
    client,
    components::{disclosure::DisclosureLine, field::TextField},
    effect::redrawn,
    model::request,
    screens::parts::{facts::Dotted, live::Live},
};

/// What can be chosen; nothing while that is not known, or once it is too late.
#[component]
pub fn FeePart(
    /// The request.
    request: Live<ApprovalView>,
) -> impl IntoView {
    let part = Part(request);
    let speeds = part.of(|view| terms(view).map(|terms| terms.speeds.clone()).unwrap_or_default());
    let asked = part.of(|view| terms(view).map(|terms| terms.asked.clone()).unwrap_or_default());
    let can_reset = part.of(|view| terms(view).is_some_and(|terms| terms.can_reset));
    let has_fields = part.of(|view| terms(view).is_some_and(|terms| terms.fields.is_some()));
    let chosen = part.of(|view| terms(view).and_then(|terms| terms.chosen));
    let from_site = part.of(|view| view.origin.is_some());
    let failure = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);

    let wish = Callback::new(move |wish: FeeWish| {
        let Some(id) = request.with_untracked(|view| view.id) else { return };
        failure.set(None);
        spawn_local(async move {
            if let Err(error) = client::call(SetFee { id, wish }).await {
                failure.try_set(Some(format!("{} {}", error.title, error.text)));
            }
        });
    });
    let reset = move || {
        let label = if from_site.get() == Some(true) { "As the site asks" } else { "As Candor proposes" };
        view! {
            <button
                type="button"
                class="btn btn--quiet btn--sm"
                data-testid="fee-reset"
                on:click=move |_| {
                    open.set(false);
                    wish.run(FeeWish::AsAsked);
                }
            >
                {label}
            </button>
        }
    };

    view! {
        <div class="feepart">
            {redrawn(move || {
                speeds.get().filter(|speeds| !speeds.is_empty()).map(|speeds| view! { <Speeds speeds chosen wish/> })
            })}
            {redrawn(move || {
                asked.get().filter(|asked| !asked.is_empty()).map(|asked| view! { <Differences asked/> })
            })}
            {redrawn(move || (can_reset.get() == Some(true)).then(|| reset().into_any()))}
            {redrawn(move || {
                (has_fields.get() == Some(true))
                    .then(|| {
                        view! { <DisclosureLine testid="fee-edit" icon="plus" title="Set the fee yourself" open/> }
                            .into_any()
                    })
            })}
            {redrawn(move || (open.get() && has_fields.get() == Some(true)).then(|| view! { <Fields request wish/> }))}
            {redrawn(move || {
                failure
                    .get()
                    .map(|text| {
                        view! { <p class="field__hint risk" role="alert" data-testid="fee-error">{text}</p> }.into_any()
                    })
            })}
        </div>
    }
}

/// How the fee comes about, as long as it can be chosen.
fn terms(view: &ApprovalView) -> Option<&FeeTermsView> {
    let fee = view.fee.as_ref().filter(|_| view.ready == ReadyView::Ready)?;
    Some(&fee.terms)
}

/// Three buttons of which one is pressed, or none where the price is another one.
#[component]
fn Speeds(
    speeds: Vec<SpeedView>,
    chosen: Memo<Option<Option<Speed>>>,
    wish: Callback<FeeWish>,
) -> impl IntoView {
    let buttons = speeds.into_iter().map(|choice| {
        let speed = choice.speed;
        let (label, value) = request::speed_words(speed);
        view! {
            <button
                type="button"
                role="radio"
                class="speed"
                aria-checked=move || (chosen.get().flatten() == Some(speed)).to_string()
                data-value=value
                data-testid="fee-speed"
                title=choice.wait
                on:click=move |_| wish.run(FeeWish::Speed(speed))
            >
                <span>{label}</span>
                <span class="speed__about" dir="ltr">{choice.about}</span>
            </button>
        }
        .into_any()
    });
    view! {
        <div class="seg" role="radiogroup" aria-label="How soon" data-testid="fee-speeds">
            {buttons.collect_view()}
        </div>
    }
}

/// What the site wished for, beside what is usual.
#[component]
fn Differences(asked: Vec<AskedView>) -> impl IntoView {
    let rows = asked.into_iter().map(|asked| {
        let line = request::asked_line(&asked);
        view! {
            <div data-testid="fee-asked" data-label=asked.label.clone() data-taken=asked.taken.to_string()>
                <Dotted label=asked.label.clone()>{line}</Dotted>
            </div>
        }
        .into_any()
    });
    view! { <div class="feepart__asked">{rows.collect_view()}</div> }
}

/// The exact values, to be typed. They start as they are.
#[component]
fn Fields(request: Live<ApprovalView>, wish: Callback<FeeWish>) -> impl IntoView {
    let now = request
        .with_untracked(|view| terms(view).and_then(|terms| terms.fields.clone()))
        .flatten()
        .unwrap_or_default();
    let has_tip = now.tip.is_some();
    let max_fee = RwSignal::new(now.max_fee);
    let tip = RwSignal::new(now.tip.unwrap_or_default());
    let gas_limit = RwSignal::new(now.gas_limit);
    let nonce = RwSignal::new(now.nonce);
    let take = move |_| {
        wish.run(FeeWish::Own(FeeFieldsView {
            max_fee: max_fee.get_untracked(),
            tip: has_tip.then(|| tip.get_untracked()),
            gas_limit: gas_limit.get_untracked(),
            nonce: nonce.get_untracked(),
        }));
    };
    view! {
        <div class="disc-body">
            <TextField id="fee-max" label="At most, per unit of work (gwei)" placeholder="" value=max_fee/>
            {has_tip.then(|| view! { <TextField id="fee-tip" label="Tip, per unit of work (gwei)" placeholder="" value=tip/> })}
            <TextField id="fee-gas" label="Work limit" placeholder="" value=gas_limit/>
            <TextField id="fee-nonce" label="Number in line" placeholder="" value=nonce/>
            <button type="button" class="btn btn--plain btn--sm" data-testid="fee-take" on:click=take>
                "Use these"
            </button>
        </div>
    }
}
