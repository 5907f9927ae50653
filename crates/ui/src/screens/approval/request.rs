//! One request and everything that can be done with it.

use core::time::Duration;

use candor_protocol::{
    notice::Notice,
    ui::{Approval, Approve, GoOnAnyway, Reject, RejectAll, Retry, UiError, UiErrorCode},
    view::{ApprovalView, ReadyView, RequestKind, Tone},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    connect::ConnectPart, foot::Foot, ledger::Ledger, look_alike::Comparison, message::MessagePart,
    notes::Notes, receiver::Receiver,
};
use crate::{
    browser, client,
    components::{
        disclosure::DisclosureLine,
        icon::Icon,
        sentence::{Sentence, Steps},
        title_bar::{TitleBar, on_escape},
    },
    effect::{effect, redrawn},
    model::{
        Problem,
        request::{self, Answers},
    },
    screens::parts::{
        act::attempt,
        facts::FactList,
        live::{Live, live},
        problem_box::{ProblemBox, of_error},
        who_row::{AccountChip, WhoRow},
    },
};

/// How long the first Esc waits for the second.
const ASK_AGAIN_FOR: Duration = Duration::from_secs(5);

/// One request, of a site or of the user: everything that is seen before agreeing, and the two buttons.
#[component]
pub fn RequestView(
    /// The request.
    id: u64,
    /// Name of the screen it is shown on.
    screen: &'static str,
    /// Called with the id once the request was answered or is gone.
    on_end: Callback<u64>,
) -> impl IntoView {
    let request = live(&[Notice::Requests], move || Some(Approval { id }));
    let answers = RwSignal::new(Answers::default());
    let failure = RwSignal::new(None::<Problem>);
    arm_when_stable(request, answers);

    // Answered elsewhere, or cancelled by its page.
    effect(move || {
        if request.error().is_some_and(|error| error.code == UiErrorCode::Gone) {
            on_end.run(id);
        }
    });

    let failed = move |error: UiError| {
        match error.code {
            UiErrorCode::Gone => return on_end.run(id),
            UiErrorCode::Changed => failure.set(Some(Problem {
                title: "This changed while you were reading.".to_owned(),
                text: "Nothing was signed. What you see now is what would be signed.".to_owned(),
            })),
            _ => failure.set(Some(of_error(&error))),
        }
        rearm(answers);
        request.reload();
    };
    let approve = Callback::new(move |()| {
        let Some(shown) = request.with_untracked(Clone::clone) else { return };
        if !request::can_approve(&shown, &answers.get_untracked()) {
            return;
        }
        failure.set(None);
        answers.update(|answers| answers.answered = true);
        let accounts = match shown.kind {
            RequestKind::Connect => answers.get_untracked().accounts,
            _ => Vec::new(),
        };
        spawn_local(async move {
            match client::call(Approve { id, fingerprint: shown.fingerprint, accounts }).await {
                // What can be taken back stays in view until it cannot.
                Ok(()) => match client::call(Approval { id }).await {
                    Ok(view) if matches!(view.ready, ReadyView::Undoable { .. }) => request.reload(),
                    _ => on_end.run(id),
                },
                Err(error) => failed(error),
            }
        });
    });
    let reject = Callback::new(move |()| {
        answers.update(|answers| answers.answered = true);
        spawn_local(async move {
            match client::call(Reject { id }).await {
                Ok(()) => on_end.run(id),
                Err(error) => failed(error),
            }
        });
    });
    let reject_all = Callback::new(move |()| {
        answers.update(|answers| answers.answered = true);
        spawn_local(async move {
            match client::call(RejectAll { id }).await {
                Ok(()) => on_end.run(id),
                Err(error) => failed(error),
            }
        });
    });
    let retry = Callback::new(move |()| {
        failure.set(None);
        spawn_local(async move {
            if let Err(error) = client::call(Retry { id }).await {
                failed(error);
            }
            request.reload();
        });
    });

    // Ctrl/Cmd+Enter acts, except where a hold is asked for; Esc asks once more before it refuses.
    let leaving = RwSignal::new(false);
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let careful = request.with_untracked(request::is_high_risk).unwrap_or(true);
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !careful {
            approve.run(());
        }
    };
    on_escape(move || {
        // In the user's own, the title bar's way back hears Esc.
        if request.with_untracked(|shown| shown.origin.is_none()).unwrap_or(true) {
            return;
        }
        if leaving.get_untracked() {
            reject.run(());
        } else {
            leaving.set(true);
            set_timeout(
                move || {
                    leaving.try_set(false);
                },
                ASK_AGAIN_FOR,
            );
        }
    });

    let shown = Memo::new(move |_| request.value().is_some());
    let problem = move || request.error().filter(|error| error.code != UiErrorCode::Gone);
    view! {
        <div data-testid="screen" data-screen=screen on:keydown=on_key>
            {redrawn(move || {
                if shown.get() {
                    view! { <Window request answers failure leaving approve reject reject_all retry/> }.into_any()
                } else {
                    view! {
                        <main class="win" aria-busy="true">
                            <div class="win__top bar"></div>
                            <div class="win__body">
                                {redrawn(move || {
                                    problem()
                                        .map(|error| {
                                            view! {
                                                <ProblemBox
                                                    problem=of_error(&error)
                                                    action="Try again"
                                                    on_action=Callback::new(move |()| request.reload())
                                                />
                                            }
                                        })
                                })}
                            </div>
                        </main>
                    }
                        .into_any()
                }
            })}
        </div>
    }
}

/// The three rows of a request's window.
#[component]
fn Window(
    request: Live<ApprovalView>,
    answers: RwSignal<Answers>,
    failure: RwSignal<Option<Problem>>,
    leaving: RwSignal<bool>,
    approve: Callback<()>,
    reject: Callback<()>,
    reject_all: Callback<()>,
    retry: Callback<()>,
) -> impl IntoView {
    let part = Part(request);
    let kind = part.of(|view| view.kind);
    let origin = part.of(|view| view.origin.clone().unwrap_or_default());
    let chain = part.of(|view| view.network.chain_id.to_string());
    let account =
        part.of(|view| view.account.as_ref().map(|account| account.address.clone()).unwrap_or_default());
    let head = part
        .of(|view| (view.origin.clone(), view.top_origin.clone(), view.site.clone(), view.account.clone()));
    let tone = part.of(|view| view.tone);
    let sentence = part.of(|view| view.sentence.clone());
    let steps = part.of(|view| view.steps.clone());
    let go_on = Callback::new(move |()| {
        if let Some(id) = request.with_untracked(|view| view.id) {
            attempt(GoOnAnyway { id });
        }
    });
    let problem = part.of(|view| match &view.ready {
        ReadyView::Failed { problem, passable } => {
            Some((Problem { title: problem.title.clone(), text: problem.text.clone() }, *passable))
        }
        ReadyView::Preparing | ReadyView::Ready | ReadyView::Undoable { .. } | ReadyView::Sending => None,
    });
    let notes = part.of(|view| view.notes.clone());
    // Where the rows are what is decided by, they stand above already.
    let facts = part.of(|view| if request::facts_first(view.kind) { Vec::new() } else { view.facts.clone() });
    let details = RwSignal::new(false);
    request_animation_frame(browser::focus_heading);

    view! {
        <main
            class="win"
            data-testid="approval"
            data-kind=move || kind.get().map(request::slug)
            data-origin=move || origin.get()
            data-chain-id=move || chain.get()
            data-account=move || account.get()
        >
            {redrawn(move || {
                head.track();
                request.with_untracked(Clone::clone).map(|view| view! { <Head view on_back=reject/> })
            })}
            <div class="win__body">
                {redrawn(move || {
                    (tone.get() == Some(Tone::Risk))
                        .then(|| {
                            view! {
                                <p class="band" data-tone="risk" role="alert" data-testid="risk" data-level="high">
                                    <Icon name="stop" size=18/>
                                    <span><b>"High risk."</b>" Take your time."</span>
                                </p>
                            }
                                .into_any()
                        })
                })} <div class="pad request">
                    <div>
                        {redrawn(move || sentence.get().map(|sentence| view! { <Sentence sentence/> }))}
                        {redrawn(move || {
                            steps.get().filter(|steps| !steps.is_empty()).map(|steps| view! { <Steps steps/> })
                        })}
                        {redrawn(move || {
                            kind.get()
                                .and_then(request::lead)
                                .map(|lead| view! { <p class="dim request__lead">{lead}</p> }.into_any())
                        })}
                    </div>
                    {redrawn(move || {
                        failure
                            .get()
                            .map(|problem| view! { <ProblemBox problem/> })
                    })}
                    {redrawn(move || {
                        problem
                            .get()
                            .flatten()
                            .map(|(problem, passable)| {
                                view! {
                                    <ProblemBox problem action="Try again" on_action=retry/>
                                    {passable
                                        .then(|| {
                                            view! {
                                                <button
                                                    class="btn btn--quiet btn--sm"
                                                    data-testid="go-on-anyway"
                                                    on:click=move |_| go_on.run(())
                                                >
                                                    "Go on all the same"
                                                </button>
                                            }
                                                .into_any()
                                        })}
                                }
                            })
                    })}
                    {redrawn(move || (kind.get() == Some(RequestKind::Connect)).then(|| view! { <ConnectPart request answers/> }))}
                    <Comparison request/>
                    <Ledger request/>
                    <Receiver request/>
                    <MessagePart request/>
                    {redrawn(move || notes.get().map(|notes| view! { <Notes notes/> }))}
                    {redrawn(move || {
                        facts
                            .get()
                            .filter(|facts| !facts.is_empty())
                            .map(|facts| view! { <Details facts open=details/> })
                    })}
                </div>
            </div>
            <Foot request answers leaving approve reject reject_all/>
        </main>
    }
}

/// Who asks, or for the user's own requests a title bar.
#[component]
fn Head(view: ApprovalView, on_back: Callback<()>) -> impl IntoView {
    if view.origin.is_some() {
        view! { <WhoRow request=view/> }.into_any()
    } else {
        let account = view.account.clone();
        view! {
            <TitleBar title=request::title(view.kind) on_back>
                {account.map(|account| view! { <AccountChip account/> })}
            </TitleBar>
        }
        .into_any()
    }
}

/// Everything exact, for those who want to read it.
#[component]
fn Details(facts: Vec<candor_protocol::view::FactView>, open: RwSignal<bool>) -> impl IntoView {
    let facts = StoredValue::new(facts);
    view! {
        <div class="request__details">
            <DisclosureLine testid="details-open" icon="code" title="Details for experts" open/>
            {redrawn(move || {
                open.get()
                    .then(|| {
                        view! {
                            <div data-testid="details">
                                <FactList facts=facts.get_value()/>
                            </div>
                        }
                            .into_any()
                    })
            })}
        </div>
    }
}

/// Cuts a request into parts that change one by one, so that a late fee does not rebuild the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Part(
    /// The request.
    pub Live<ApprovalView>,
);

impl Part {
    /// One part; nothing while there is no request.
    pub fn of<T: PartialEq + Send + Sync + 'static>(
        self,
        pick: impl Fn(&ApprovalView) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        Memo::new(move |_| self.0.with(&pick))
    }
}

/// Disarms the agreeing button whenever its content changes, and arms it once that was stable.
fn arm_when_stable(request: Live<ApprovalView>, answers: RwSignal<Answers>) {
    let content = Memo::new(move |_| request.with(request::content));
    let mut known = false;
    effect(move || {
        if content.get().is_none() {
            return;
        }
        if !known {
            let accounts = request.with_untracked(request::proposed).unwrap_or_default();
            answers.update(|answers| answers.accounts = accounts);
        }
        known = true;
        rearm(answers);
    });
}

/// Disarms the agreeing button, and arms it again after [`request::ARM_AFTER_MS`].
fn rearm(answers: RwSignal<Answers>) {
    let Some(round) = answers.try_update(Answers::disarm) else { return };
    set_timeout(
        move || {
            answers.try_update(|answers| answers.arm(round));
        },
        Duration::from_millis(request::ARM_AFTER_MS),
    );
}
