//! An account's seal: a banknote rosette drawn from all bytes of its address. A help for the eye, not a check: there
//! are only a few hundred clearly different seals.

use core::f64::consts::TAU;

use leptos::prelude::*;

/// The seal of an address.
#[component]
pub fn Seal(
    /// `0x` and 40 hexadecimal digits; anything else gets the seal of what can be read of it.
    #[prop(into)]
    address: String,
    /// Side in CSS pixels.
    #[prop(default = 32)]
    size: u16,
) -> impl IntoView {
    let Rosette { ink, path } = rosette(&address);
    let stroke = if size >= 40 {
        "0.7"
    } else if size >= 30 {
        "0.85"
    } else {
        "1"
    };
    view! {
        <svg class="seal" data-ink=ink.to_string() width=size height=size viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="15.5"></circle>
            <path d=path stroke-width=stroke></path>
        </svg>
    }
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rosette {
    /// One of eight inks.
    ink: u8,
    /// SVG path data.
    path: String,
}

/// Radius of the outermost points on a grid of 32.
const RADIUS: f64 = 13.6;
/// Points of one closed curve.
const POINTS: u32 = 96;

fn rosette(address: &str) -> Rosette {
    let [ink, lobes, copies, depth, twist, inner, inner_lobes] = digest(&bytes(address));
    let depth = 0.2 + f64::from(depth) / 255.0 * 0.2;
    let twist = f64::from(twist) / 255.0 * 0.5 - 0.25;
    let copies = 2 + copies % 2;
    let mut path = String::with_capacity(4096);
    for copy in 0..copies {
        let phase = f64::from(copy) / f64::from(copies) * TAU;
        curve(&mut path, phase, RADIUS, depth, 4 + lobes % 5, twist);
    }
    for copy in 0..=inner % 2 {
        let phase = f64::from(copy) * (TAU / 2.0) + 1.0;
        curve(&mut path, phase, RADIUS * (1.0 - 2.0 * depth) * 0.86, 0.3, 3 + inner_lobes % 4, twist);
    }
    Rosette { ink: ink % 8, path }
}

/// A closed curve around the middle that swings in and out `lobes` times.
fn curve(path: &mut String, phase: f64, radius: f64, depth: f64, lobes: u8, twist: f64) {
    for step in 0..=POINTS {
        let angle = f64::from(step) / f64::from(POINTS) * TAU;
        let r = radius * (1.0 - depth + depth * cosine(f64::from(lobes) * angle + phase));
        let turned = angle + twist * (r / 14.0);
        path.push(if step == 0 { 'M' } else { 'L' });
        push_tenths(path, 16.0 + r * cosine(turned));
        path.push(' ');
        push_tenths(path, 16.0 + r * cosine(turned - TAU / 4.0));
    }
    path.push('Z');
}

/// The cosine as 1 - x²/(1·2) · (1 - x²/(3·4) · (1 - …)), exact to eleven digits. The standard library's, which does not
/// shrink away from any angle, is as large as this module.
fn cosine(angle: f64) -> f64 {
    let turns = angle / TAU;
    let x = (turns - turns.round()) * TAU;
    (1..=11).rev().fold(1.0, |rest, n| 1.0 - x * x / f64::from((2 * n - 1) * 2 * n) * rest)
}

/// One decimal. Written by hand because the standard library's float printing would double this module's size.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "coordinates lie between 0 and 32"
)]
fn push_tenths(path: &mut String, value: f64) {
    let tenths = (value * 10.0).round() as u32;
    path.push_str(&(tenths / 10).to_string());
    path.push('.');
    path.push(char::from_digit(tenths % 10, 10).unwrap_or('0'));
}

/// Seven bytes that depend on every byte of the address (FNV-1a, carried on), so that an address that only matches at
/// both ends gets an unrelated seal.
fn digest(bytes: &[u8]) -> [u8; 7] {
    let mut hash = 0x811c_9dc5_u32;
    core::array::from_fn(|_| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
        let [_, high, low, _] = hash.to_be_bytes();
        // Bits 12 to 19.
        (high << 4) | (low >> 4)
    })
}

fn bytes(address: &str) -> Vec<u8> {
    let digits: Vec<u32> = address.trim_start_matches("0x").chars().map_while(|c| c.to_digit(16)).collect();
    digits.chunks_exact(2).filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{cosine, rosette};

    #[test]
    fn cosines_are_those_of_the_standard_library() {
        for tenths in -1000..1000 {
            let angle = f64::from(tenths) / 10.0;
            assert!((cosine(angle) - angle.cos()).abs() < 1e-11, "{angle}");
        }
    }

    #[test]
    fn draws_as_the_design_does() {
        let check = |address: &str, ink: u8, start: &str, end: &str| {
            let seal = rosette(address);
            assert_eq!(seal.ink, ink, "{address}");
            assert!(seal.path.starts_with(start), "{address}: {}", seal.path.split_at(40).0);
            assert!(seal.path.ends_with(end), "{address}");
        };
        check(
            "0x7C3E5a0b9D41f28C6e17B3A4D05F92c86b1e91AB",
            6,
            "M29.6 15.9L29.2 16.8L28.0 17.5L26.2 18.0",
            "L17.2 15.9L17.4 16.0Z",
        );
        check("0xd3a7094ec15b82f6609d3ec7a4b8125f7e96c0b8", 7, "M29.3 13.0L29.0 14.0L28.0 15.2", "Z");
    }

    #[test]
    fn case_does_not_matter_and_the_middle_does() {
        let seal = rosette("0x5f8a1c07e2b94d36a1f0c58e7739bd24e60c41d2");
        assert_eq!(seal, rosette("0x5F8A1C07E2B94D36A1F0C58E7739BD24E60C41D2"));
        assert_ne!(seal, rosette("0x5f8a93d0b41e7c6528fa0de94b17c3508ad541d2"));
        rosette("not an address");
    }
}
