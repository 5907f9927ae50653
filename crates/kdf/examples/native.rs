//! What this computer can do without a browser, for `cargo xtask bench`: Argon2id by the same library in one thread.
//! Prints the milliseconds of one derivation with the memory in KiB and the passes that it is given.

#![allow(clippy::print_stdout, reason = "a command-line tool talks on its terminal")]

use std::time::Instant;

use argon2::{Algorithm, Argon2, Params, Version};

fn main() -> Result<(), Box<dyn core::error::Error>> {
    let mut costs = std::env::args().skip(1).map(|number| number.parse::<u32>());
    let (Some(memory_kib), Some(passes)) = (costs.next().transpose()?, costs.next().transpose()?) else {
        return Err("usage: native MEMORY_KIB PASSES".into());
    };
    let argon2 =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory_kib, passes, 1, Some(32))?);
    let started = Instant::now();
    let mut key = [0; 32];
    argon2.hash_password_into(b"correct horse battery staple", &[7; 16], &mut key)?;
    println!("{:.1}", started.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}
