use super::*;

use crate::networks::ETHEREUM as CHAIN;

fn url(name: &str) -> EndpointUrl {
    EndpointUrl::from_user(&format!("https://{name}.example")).unwrap()
}

fn at(seconds: u64) -> Millis {
    Millis::from_secs(1_000 + seconds)
}

#[test]
fn the_best_is_asked_first() {
    let check = |what: &str, learn: &dyn Fn(&mut Pool), now: u64, expected: &[&str]| {
        let mut pool = Pool::default();
        learn(&mut pool);
        let order = pool.best_first(vec![url("a"), url("b"), url("c")], at(now));
        let expected: Vec<EndpointUrl> = expected.iter().map(|name| url(name)).collect();
        assert_eq!(order, expected, "{what}");
    };
    check("nothing is known", &|_| {}, 0, &["a", "b", "c"]);
    check("one failed", &|pool| pool.failed(&url("a"), at(0)), 9, &["b", "c", "a"]);
    check("it is asked again after ten seconds", &|pool| pool.failed(&url("a"), at(0)), 10, &["a", "b", "c"]);
    let twice = |pool: &mut Pool| {
        pool.failed(&url("a"), at(0));
        pool.failed(&url("a"), at(1));
    };
    check("one that fails again and again waits longer", &twice, 20, &["b", "c", "a"]);
    check("but not for ever", &twice, 61, &["a", "b", "c"]);
    let mended = |pool: &mut Pool| {
        twice(pool);
        pool.answered(&url("a"), 80, at(2));
    };
    check("an answer makes it good", &mended, 2, &["a", "b", "c"]);
    check("slow ones come later", &|pool| pool.answered(&url("a"), 4_000, at(0)), 1, &["b", "c", "a"]);
    check("for a while", &|pool| pool.answered(&url("a"), 4_000, at(0)), 60, &["a", "b", "c"]);
    let all = |pool: &mut Pool| ["a", "b", "c"].iter().for_each(|name| pool.failed(&url(name), at(0)));
    check("when all failed, all are asked", &all, 1, &["a", "b", "c"]);
}

#[test]
fn patience_follows_what_a_server_takes_usually() {
    let check = |took: &[u64], expected: u32| {
        let mut pool = Pool::default();
        for took in took {
            pool.answered(&url("a"), *took, at(0));
        }
        assert_eq!(pool.patience(&url("a"), at(1)), expected, "{took:?}");
    };
    check(&[], 1_000);
    check(&[20], 400);
    check(&[300], 900);
    check(&[300, 600], 1_200);
    check(&[9_000], 2_000);
    check(&[u64::MAX, u64::MAX], 2_000);
}

#[test]
fn what_a_server_said_of_its_network_expires() {
    let mut pool = Pool::default();
    let verified = |pool: &Pool, seconds| pool.is_verified(CHAIN, &url("a"), at(seconds));
    assert!(!verified(&pool, 0));
    pool.said_network(&url("a"), CHAIN, true, at(0));
    assert!(verified(&pool, 599));
    assert!(!verified(&pool, 600));
    pool.said_network(&url("a"), CHAIN, false, at(5));
    assert!(!verified(&pool, 6));
    assert_eq!(pool.standing(CHAIN, &url("a")), Standing::Elsewhere);
    pool.said_network(&url("a"), CHAIN, true, at(7));
    pool.answered(&url("a"), 120, at(7));
    assert_eq!(pool.standing(CHAIN, &url("a")), Standing::Answers(120));
    pool.failed(&url("a"), at(8));
    assert_eq!(pool.standing(CHAIN, &url("a")), Standing::Silent);
    assert_eq!(pool.standing(CHAIN, &url("b")), Standing::Unknown);
}
