//! Speaking to the module that reads and makes phrases, shares, keys and key files.

use candor_protocol::{import::ImportCall, ui::UiError};

use crate::module_worker::ModuleWorker;

/// The import worker of a screen.
#[derive(Clone, Copy, Debug)]
pub struct Importer(ModuleWorker);

impl Importer {
    /// For the component that calls this; the worker ends with it.
    #[must_use]
    pub fn new() -> Self {
        Self(ModuleWorker::new("import"))
    }

    /// Ends the worker, whatever it is doing.
    pub fn cancel(self) {
        self.0.cancel();
    }

    /// Asks.
    ///
    /// # Errors
    /// As [`ModuleWorker::call`].
    pub fn call<C: ImportCall>(self, call: C) -> impl Future<Output = Result<C::Reply, UiError>> + use<C> {
        self.0.call(&call.into_any())
    }
}

impl Default for Importer {
    fn default() -> Self {
        Self::new()
    }
}
