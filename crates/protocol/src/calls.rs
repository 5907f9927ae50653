/// Defines one struct per call, its reply, a trait that ties the two together, and the closed enum of all calls.
macro_rules! calls {
    (
        $(#[$tdoc:meta])* trait $call:ident;
        $(#[$edoc:meta])* enum $any:ident;
        $($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? } -> $reply:ty;)*
    ) => {
        $(#[$tdoc])*
        pub trait $call: serde::Serialize {
            /// What comes back when it worked.
            type Reply: serde::Serialize + serde::de::DeserializeOwned;
            /// Wraps the call for the wire.
            fn into_any(self) -> $any;
        }
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Serialize, Deserialize)]
            #[serde(rename_all = "camelCase")]
            #[allow(missing_docs, reason = "the call's own documentation names its fields")]
            pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }
            impl $call for $name {
                type Reply = $reply;
                fn into_any(self) -> $any { $any::$name(self) }
            }
        )*
        $(#[$edoc])*
        #[derive(Clone, Debug, Serialize, Deserialize)]
        pub enum $any { $($(#[$doc])* $name($name)),* }
    };
}

pub(crate) use calls;
