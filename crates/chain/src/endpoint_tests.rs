use super::*;
use EndpointError as E;

#[test]
fn what_pages_and_people_may_name() {
    let check = |text: &str, page: Result<&str, E>, user: Result<&str, E>| {
        let own = |found: Result<EndpointUrl, E>| found.map(|url| url.as_str().to_owned());
        assert_eq!(own(EndpointUrl::from_page(text)), page.map(str::to_owned), "page {text:?}");
        assert_eq!(own(EndpointUrl::from_user(text)), user.map(str::to_owned), "user {text:?}");
    };
    let both = |text: &str, expected: Result<&str, E>| check(text, expected, expected);

    both("https://mainnet.base.org", Ok("https://mainnet.base.org"));
    both("https://mainnet.base.org/", Ok("https://mainnet.base.org"));
    both("HTTPS://Mainnet.Base.ORG/RPC/v1?Key=Ab", Ok("https://mainnet.base.org/RPC/v1?Key=Ab"));
    both("https://mainnet.base.org?x=1", Ok("https://mainnet.base.org?x=1"));
    both("https://a.b:443/x/", Ok("https://a.b/x/"));
    both("https://a.b:80", Ok("https://a.b:80"));
    both("https://xn--bcher-kva.example", Ok("https://xn--bcher-kva.example"));
    both("https://my_node.example", Ok("https://my_node.example"));
    both("https://1rpc.io/eth", Ok("https://1rpc.io/eth"));
    both("https://0.48.club", Ok("https://0.48.club"));
    both("https://1.1.1.1", Ok("https://1.1.1.1"));
    both("https://[2606:4700::1111]:8545/", Ok("https://[2606:4700::1111]:8545"));

    both("http://localhost:8545", Ok("http://localhost:8545"));
    both("http://node.localhost", Ok("http://node.localhost"));
    both("http://127.0.0.1:8545", Ok("http://127.0.0.1:8545"));
    both("http://127.8.9.10:80", Ok("http://127.8.9.10"));
    both("http://[::1]:8545", Ok("http://[::1]:8545"));
    both("http://[::ffff:127.0.0.1]:8545", Ok("http://[::ffff:127.0.0.1]:8545"));

    both("wss://mainnet.base.org/", Ok("wss://mainnet.base.org"));
    both("WSS://Mainnet.Base.ORG:443/ws/v3/Key", Ok("wss://mainnet.base.org/ws/v3/Key"));
    both("ws://localhost:8545", Ok("ws://localhost:8545"));
    both("ws://127.0.0.1:80/", Ok("ws://127.0.0.1"));

    let local = |text: &str| check(text, Err(E::Private), Ok(text));
    local("http://10.0.0.5:8545");
    local("http://172.16.0.1");
    local("http://192.168.1.7:8545");
    local("https://192.168.1.7");
    local("http://100.101.102.103:8545");
    local("http://169.254.169.254");
    local("http://dappnode.local:8545");
    local("http://geth.dappnode.internal:8545");
    local("https://nas");
    local("http://[fd00::1]:8545");
    local("http://[fe80::1]");

    // By other names and numbers: what Linux calls itself, RFC 6052, RFC 3879, RFC 2544, RFC 4291.
    local("http://localhost.localdomain:8545");
    local("http://geth.localdomain");
    local("http://router.home");
    local("http://[64:ff9b::a00:5]");
    local("http://[64:ff9b::7f00:1]:8545");
    local("http://[64:ff9b:1::a00:5]");
    local("http://[fec0::1]");
    local("http://198.18.0.1");
    local("http://198.19.255.255");
    both("https://[64:ff9b::101:101]", Ok("https://[64:ff9b::101:101]"));
    both("https://198.20.0.1", Ok("https://198.20.0.1"));
    both("http://[::127.0.0.1]:8545", Err(E::Host));
    both("https://[::10.0.0.5]", Err(E::Host));
    both("https://[64:ff9b::]", Err(E::Host));

    local("ws://192.168.1.7:8546");
    local("wss://nas");

    both("http://mainnet.base.org", Err(E::Unencrypted));
    both("ws://mainnet.base.org", Err(E::Unencrypted));
    both("http://localhost.evil.example", Err(E::Unencrypted));
    both("http://127.0.0.1.nip.io", Err(E::Unencrypted));
    both("http://172.32.0.1", Err(E::Unencrypted));
    both("http://[2606:4700::1111]", Err(E::Unencrypted));

    both("", Err(E::Empty));
    both("mainnet.base.org", Err(E::Scheme));
    both("ftp://mainnet.base.org", Err(E::Scheme));
    both("file:///etc/passwd", Err(E::Scheme));
    both("javascript:alert(1)", Err(E::Scheme));
    both("https:/a.b", Err(E::Scheme));
    both("https://user:pass@a.b", Err(E::Credentials));
    both("https://user@a.b", Err(E::Credentials));
    both("wss://user@a.b", Err(E::Credentials));
    both("https://a.b@evil.example/", Err(E::Credentials));
    both("https://a.b/#x", Err(E::Fragment));
    both("https://a.b\\@evil.example", Err(E::Character));
    both("https://bücher.example", Err(E::Character));
    both("https://аpple.com", Err(E::Character));
    both("https://a\u{200B}.b", Err(E::Character));
    both("https://a.b/\u{202E}x", Err(E::Character));
    both("https://a .b", Err(E::Character));
    both("https://a.b/${KEY}", Err(E::Character));
    both("https://a.b/\0", Err(E::Character));
    both("https://", Err(E::Host));
    both("https:///path", Err(E::Host));
    both("https://.a.b", Err(E::Host));
    both("https://a..b", Err(E::Host));
    both("https://a.b.", Err(E::Host));
    both("https://-a.b", Err(E::Host));
    both("https://a%2eb", Err(E::Host));
    both("https://2130706433", Err(E::Host));
    both("https://0x7f.1", Err(E::Host));
    both("https://127.1", Err(E::Host));
    both("https://0177.0.0.1", Err(E::Host));
    both("https://256.1.1.1", Err(E::Host));
    both("http://0.0.0.0:8545", Err(E::Host));
    both("https://224.0.0.1", Err(E::Host));
    both("https://255.255.255.255", Err(E::Host));
    both("https://[::]", Err(E::Host));
    both("https://[::1", Err(E::Host));
    both("https://::1", Err(E::Host));
    both("https://[fe80::1%25eth0]", Err(E::Host));
    both("https://a.b:", Err(E::Port));
    both("https://a.b:0", Err(E::Port));
    both("https://a.b:08545", Err(E::Port));
    both("https://a.b:65536", Err(E::Port));
    both("https://a.b:+80", Err(E::Port));
    both(&format!("https://a.b/{}", "x".repeat(EndpointUrl::MAX_LENGTH)), Err(E::TooLong));
    both(&format!("https://{}.b", "x".repeat(64)), Err(E::Host));
}

#[test]
fn a_person_may_paste_blanks_around_it() {
    let found = EndpointUrl::from_user("  https://mainnet.base.org\n");
    assert_eq!(found.as_ref().map(EndpointUrl::as_str), Ok("https://mainnet.base.org"));
    assert_eq!(EndpointUrl::from_page(" https://mainnet.base.org"), Err(E::Character));
}

#[test]
fn parts_for_display() {
    let check = |text: &str, host: &str, hostname: &str, reach: Reach, encrypted: bool| {
        let url = EndpointUrl::from_user(text).unwrap();
        assert_eq!(
            (url.host(), url.hostname(), url.reach(), url.is_encrypted()),
            (host, hostname, reach, encrypted)
        );
    };
    check("https://a.b/x:9/y", "a.b", "a.b", Reach::Public, true);
    check("https://a.b:8443?x=:9", "a.b:8443", "a.b", Reach::Public, true);
    check("http://[::1]:8545", "[::1]:8545", "[::1]", Reach::Loopback, false);
    check("http://[::1]", "[::1]", "[::1]", Reach::Loopback, false);
    check("http://10.0.0.1", "10.0.0.1", "10.0.0.1", Reach::Private, false);
    check("wss://a.b:8443/x", "a.b:8443", "a.b", Reach::Public, true);
    check("ws://[::1]:8545", "[::1]:8545", "[::1]", Reach::Loopback, false);
}

#[test]
fn what_a_websocket_is_and_what_a_person_can_open() {
    let check = |text: &str, socket: bool| {
        let url = EndpointUrl::from_user(text).unwrap();
        assert_eq!((url.is_socket(), url.of_website().is_err()), (socket, socket), "{text}");
    };
    check("wss://a.b", true);
    check("ws://localhost", true);
    check("https://ws.example", false);
    check("http://localhost", false);
}

#[test]
fn debug_output_hides_keys_in_the_path() {
    let url = EndpointUrl::from_user("https://a.b/v2/secret-key").unwrap();
    assert_eq!(format!("{url:?}"), "EndpointUrl(a.b/…)");
}
