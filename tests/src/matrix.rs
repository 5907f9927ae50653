//! The same story again and again, with the core lost after another step each time.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::Host;

/// Runs a story without a kill, then once for each of its steps with a kill after that step, and checks the end of
/// each run. Says how many steps the story has.
///
/// A failure shows the transcript of its run.
pub fn kill_everywhere(world: &Host, story: impl Fn(&mut Host), check: impl Fn(&mut Host)) -> usize {
    let run = |kill_at: Option<usize>| {
        let mut host = world.fork();
        host.steps = 0;
        host.kill_at = kill_at;
        let told = catch_unwind(AssertUnwindSafe(|| {
            story(&mut host);
            assert!(host.kill_at.is_none(), "the story ended before its kill");
            let steps = host.steps;
            check(&mut host);
            steps
        }));
        told.unwrap_or_else(|panic| {
            let mut err = std::io::stderr().lock();
            let _ = std::io::Write::write_all(
                &mut err,
                format!("with a kill at {kill_at:?}:\n{}\n", host.transcript(0)).as_bytes(),
            );
            resume_unwind(panic)
        })
    };
    let steps = run(None);
    for step in 1..=steps {
        run(Some(step));
    }
    steps
}
