//! Arithmetic in GF(256) with Rijndael's polynomial x^8 + x^4 + x^3 + x + 1, as SLIP-39 shares secrets with.
//!
//! Without tables and branches, which would tell a secret through what the processor's cache holds; the amounts are
//! far too small for speed to matter.

use candor_primitives::Secret;

/// What x^8 is in this field, without the part that does not fit in a byte.
const REDUCTION: u8 = 0x1b;

/// The product of two elements.
const fn multiply(mut one: u8, other: u8) -> u8 {
    let mut product = 0;
    let mut bit = 0;
    while bit < 8 {
        product ^= one & all_ones_if(other >> bit);
        one = (one << 1) ^ (REDUCTION & all_ones_if(one >> 7));
        bit += 1;
    }
    product
}

/// A mask of ones if the lowest bit is set, of zeros if not.
const fn all_ones_if(bit: u8) -> u8 {
    0_u8.wrapping_sub(bit & 1)
}

/// The element whose product with this one is 1: its 254th power. Zero, which has none, gives zero.
const fn invert(element: u8) -> u8 {
    let mut power = element;
    let mut result = 1;
    let mut doubling = 0;
    while doubling < 7 {
        power = multiply(power, power);
        result = multiply(result, power);
        doubling += 1;
    }
    result
}

/// A place on a polynomial, and the values there of one polynomial for each byte of a secret.
#[derive(Clone, Copy)]
pub(crate) struct Point<'a> {
    /// Where, which is no secret.
    pub(crate) x: u8,
    /// The values.
    pub(crate) y: &'a [u8],
}

/// The values at another place of the polynomials of least degree through these points (Lagrange), which have
/// different places and values of one length.
pub(crate) fn interpolate(points: &[Point<'_>], x: u8) -> Secret<Vec<u8>> {
    let length = points.first().map_or(0, |point| point.y.len());
    let mut values = Secret::new(vec![0; length]);
    for point in points {
        let others = || points.iter().map(|other| other.x).filter(|other| *other != point.x);
        let numerator = others().fold(1, |product, other| multiply(product, x ^ other));
        let denominator = others().fold(1, |product, other| multiply(product, point.x ^ other));
        let basis = multiply(numerator, invert(denominator));
        for (value, y) in values.expose_mut().iter_mut().zip(point.y) {
            *value ^= multiply(*y, basis);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_aes_standard() {
        // FIPS 197, sections 4.2 and 4.2.1.
        assert_eq!(multiply(0x57, 0x83), 0xc1);
        assert_eq!(multiply(0x57, 0x13), 0xfe);
        assert_eq!(multiply(0x57, 0x02), 0xae);
    }

    #[test]
    fn it_is_a_field() {
        for one in 0..=255 {
            assert_eq!(multiply(one, 1), one);
            assert_eq!(multiply(one, invert(one)), u8::from(one != 0));
            for other in 0..=255 {
                assert_eq!(multiply(one, other), multiply(other, one));
                assert_eq!(multiply(one, other ^ 0x35), multiply(one, other) ^ multiply(one, 0x35));
            }
        }
    }

    #[test]
    fn a_polynomial_goes_through_its_points() {
        let values = [[1_u8, 200], [7, 0], [255, 31]];
        let points: Vec<Point<'_>> = (3..).zip(&values).map(|(x, y)| Point { x, y }).collect();
        for point in &points {
            assert_eq!(interpolate(&points, point.x).expose(), point.y);
        }
        // Any point of a parabola may stand for another.
        let fourth = interpolate(&points, 254);
        let exchanged = [points[0], points[2], Point { x: 254, y: fourth.expose() }];
        assert_eq!(interpolate(&exchanged, points[1].x).expose(), points[1].y);
    }
}
