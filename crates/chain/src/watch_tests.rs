use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{quantity, rpc::NodeError};

/// A node with one chain.
#[derive(Default)]
struct Node {
    height: u64,
    /// From where on blocks were replaced, once for each.
    forks: Vec<u64>,
    /// Seconds, for chains that were started again.
    start: u64,
    /// The most blocks of one question for events; none is no limit.
    widest: Option<u64>,
    asked: Vec<String>,
}

impl Node {
    fn hash(&self, number: u64) -> String {
        let forks = self.forks.iter().filter(|fork| **fork <= number).count();
        format!("0x{:032x}{:016x}{number:016x}", self.start, forks)
    }

    fn block(&self, number: u64) -> Value {
        json!({
            "number": format!("0x{number:x}"), "hash": self.hash(number),
            "parentHash": self.hash(number.wrapping_sub(1)), "timestamp": format!("0x{:x}", self.start + number),
            "transactions": ["0x1"], "uncles": [],
        })
    }

    /// One event in every block.
    fn answer(&mut self, question: &Question) -> Result<Value, NodeError> {
        self.asked.push(question.method.to_owned());
        let param = |pointer: &str| question.params.pointer(pointer).cloned().unwrap_or_default();
        let number = |pointer: &str| quantity::tolerant_u64(&param(pointer)).unwrap();
        let refusal =
            |message: &str| Err(NodeError { code: -32000, message: message.to_owned(), data: None });
        let log = |number: u64| json!({ "blockNumber": format!("0x{number:x}"), "blockHash": self.hash(number), "data": "0x" });
        match question.method {
            "eth_blockNumber" => Ok(json!(format!("0x{:x}", self.height))),
            "eth_getBlockByNumber" if number("/0") > self.height => Ok(Value::Null),
            "eth_getBlockByNumber" => Ok(self.block(number("/0"))),
            "eth_getLogs" if param("/0/blockHash").is_string() => {
                let hash = param("/0/blockHash");
                let end =
                    hash.as_str().and_then(|hash| hash.get(50..)).map(|end| u64::from_str_radix(end, 16));
                let there = |number: &u64| *number <= self.height && hash == json!(self.hash(*number));
                match end.and_then(Result::ok).filter(there) {
                    Some(number) => Ok(json!([log(number)])),
                    None => refusal("unknown block"),
                }
            }
            "eth_getLogs" => {
                let (from, to) = (number("/0/fromBlock"), number("/0/toBlock"));
                if self.widest.is_some_and(|widest| to - from >= widest) {
                    return refusal("query exceeds max range");
                }
                Ok(json!((from..=to).map(log).collect::<Vec<_>>()))
            }
            method => refusal(method),
        }
    }
}

/// Asks until nothing is left to ask, as if the one who asks forgot all but the watch.
fn poll(watch: &mut Watch, node: &mut Node) -> Result<News, Pause> {
    let mut answers = Answers::new();
    let kept = Watch::from_json(&watch.to_json()).expect("what was written is read");
    assert_eq!(kept, *watch);
    for _ in 0..200 {
        let mut moved = kept.clone();
        match moved.advance(&answers) {
            Err(Pause::Ask(question)) => {
                let answer = node.answer(&question);
                answers.learn(&question, answer, 7);
            }
            Ok(news) => {
                *watch = moved;
                return Ok(news);
            }
            Err(pause) => return Err(pause),
        }
    }
    panic!("it asks without end")
}

fn subscription(params: Value) -> Watch {
    Watch::subscription(ChainId::new(1).unwrap(), params.as_array().unwrap()).unwrap()
}

fn numbers(items: &[Value]) -> Vec<u64> {
    let number = |item: &Value| item.get("number").or_else(|| item.get("blockNumber")).cloned();
    items.iter().map(|item| quantity::tolerant_u64(&number(item).unwrap()).unwrap()).collect()
}

/// What is told when a node at block 100 comes to be as `change` makes it.
fn after(kind: Value, change: impl Fn(&mut Node)) -> (News, Node, Watch) {
    let mut node = Node { height: 90, ..Node::default() };
    let mut watch = subscription(kind);
    assert_eq!(poll(&mut watch, &mut node), Ok(News::default()), "nothing before it began");
    for height in 91..=100 {
        node.height = height;
        assert_eq!(numbers(&poll(&mut watch, &mut node).unwrap().items), [height]);
        assert_eq!(poll(&mut watch, &mut node), Ok(News::default()), "nothing twice");
    }
    node.asked.clear();
    change(&mut node);
    (poll(&mut watch, &mut node).unwrap(), node, watch)
}

#[test]
fn what_is_told_after_block_100() {
    let check = |what: &str, change: &dyn Fn(&mut Node), told: &[u64], back: Option<u64>, more: bool| {
        for kind in [json!(["newHeads"]), json!(["logs", {}])] {
            let (news, node, mut watch) = after(kind.clone(), change);
            // Many blocks are told one by one as heads, at once as events.
            let more = more && kind[0] == "newHeads";
            if kind[0] == "newHeads" {
                assert_eq!(numbers(&news.items), told, "{what} {kind}");
            }
            assert_eq!((news.back, news.more), (back, more), "{what} {kind}");
            // What comes later goes on from there, each block once.
            let mut seen = numbers(&news.items);
            let mut node = Node { asked: Vec::new(), ..node };
            node.height = node.height.max(100) + 3;
            node.start += 1000 * u64::from(what == "a chain that begins anew");
            while let Ok(news) = poll(&mut watch, &mut node) {
                let items = numbers(&news.items);
                if items.is_empty() {
                    break;
                }
                assert!(news.back.is_none() || what == "a chain that begins anew", "{what} {kind}");
                seen.extend(items);
            }
            let once: BTreeSet<u64> = seen.iter().copied().collect();
            if what != "a chain that begins anew" {
                assert_eq!(once.len(), seen.len(), "{what} {kind}: {seen:?}");
                assert_eq!(seen.last(), Some(&node.height), "{what} {kind}");
            }
        }
    };
    let to = |height: u64| move |node: &mut Node| node.height = height;
    check("nothing", &to(100), &[], None, false);
    check("one block", &to(101), &[101], None, false);
    check("four blocks", &to(104), &[101, 102, 103, 104], None, false);
    check("many blocks", &to(130), &(101..=116).collect::<Vec<_>>(), None, true);
    check("a node that is a little behind", &to(98), &[], None, false);
    check("a node that is far behind", &to(3), &[], None, false);
    check(
        "one block replaced",
        &|node| {
            node.forks.push(100);
            node.height = 101;
        },
        &[100, 101],
        Some(99),
        false,
    );
    check(
        "three blocks replaced by two",
        &|node| {
            node.forks.push(98);
            node.height = 99;
        },
        &[98, 99],
        Some(97),
        false,
    );
    check(
        "all that is remembered replaced",
        &|node| {
            node.forks.push(1);
            node.height = 101;
        },
        &(90..=101).collect::<Vec<_>>(),
        Some(89),
        false,
    );
    check(
        "a chain that begins anew",
        &|node| {
            node.start = 10_000;
            node.height = 5;
        },
        &[5],
        Some(4),
        false,
    );
}

#[test]
fn what_is_long_ago_is_not_told() {
    let (heads, ..) = after(json!(["newHeads"]), |node| node.height = 1_000_000);
    assert_eq!(numbers(&heads.items).first(), Some(&(1_000_000 - 255)));
    let (logs, ..) = after(json!(["logs", {}]), |node| node.height = 1_000_000);
    assert_eq!(numbers(&logs.items).first(), Some(&(1_000_000 - 9_999)));
    assert!(logs.more && logs.items.len() == 1000);
}

#[test]
fn fewer_blocks_are_asked_for_where_a_node_finds_many_too_much() {
    let check = |widest: u64, told: u64| {
        let (news, node, _) = after(json!(["logs", {}]), |node| {
            node.height = 500;
            node.widest = Some(widest);
        });
        assert_eq!(news.items.len() as u64, told, "{widest}");
        assert!(node.asked.len() < 16, "{:?}", node.asked);
    };
    check(1000, 400);
    check(100, 50);
    check(1, 1);
}

#[test]
fn a_quiet_chain_costs_one_question() {
    let (_, node, _) = after(json!(["newHeads"]), |_| {});
    assert_eq!(node.asked, ["eth_blockNumber"]);
    let (_, node, _) = after(json!(["newHeads"]), |node| node.height = 101);
    assert_eq!(node.asked, ["eth_blockNumber", "eth_getBlockByNumber"]);
}

#[test]
fn heads_are_headers() {
    let (news, ..) = after(json!(["newHeads"]), |node| node.height = 101);
    let members: Vec<&String> = news.items[0].as_object().unwrap().keys().collect();
    assert_eq!(members, ["hash", "number", "parentHash", "timestamp"]);
}

#[test]
fn parameters() {
    let check = |params: Value, expected: Option<&str>| {
        let found = Watch::subscription(ChainId::new(1).unwrap(), params.as_array().unwrap());
        match (&found, expected) {
            (Ok(_), None) => {}
            (Err(wrong), Some(part)) => {
                assert!(wrong.0.contains(part) && wrong.0.ends_with('.'), "{params}: {wrong}");
            }
            _ => panic!("{params}: {found:?}"),
        }
    };
    let address = "0x00000000000000000000000000000000000a11ce";
    let topic = format!("0x{}", "11".repeat(32));
    check(json!(["newHeads"]), None);
    check(json!(["newHeads", null]), None);
    check(json!(["syncing"]), None);
    check(json!(["newPendingTransactions"]), None);
    check(json!(["newPendingTransactions", false]), None);
    check(json!(["newPendingTransactions", true]), Some("hashes"));
    check(json!(["logs", {}]), None);
    check(json!(["logs", { "address": address, "fromBlock": "0x1", "other": 1 }]), None);
    check(json!(["logs", { "address": [address], "topics": [topic, null, [topic, null]] }]), None);
    check(json!(["logs", { "address": null, "topics": null, "blockHash": null }]), None);
    check(json!([]), Some("newHeads"));
    check(json!(["newheads"]), Some("newHeads"));
    check(json!([1]), Some("newHeads"));
    check(json!(["logs"]), Some("object"));
    check(json!(["logs", []]), Some("object"));
    check(json!(["logs", { "address": "0x1" }]), Some("address"));
    check(json!(["logs", { "address": [address, 1] }]), Some("address"));
    check(json!(["logs", { "topics": topic }]), Some("topics"));
    check(json!(["logs", { "topics": ["0x1"] }]), Some("topics"));
    check(json!(["logs", { "topics": [[[topic]]] }]), Some("topics"));
    check(json!(["logs", { "topics": [null, null, null, null, null] }]), Some("topics"));
    check(json!(["logs", { "blockHash": topic }]), Some("blockHash"));
    check(json!(["logs", { "address": vec![address; 1000] }]), Some("too large"));
}

#[test]
fn what_a_document_kept_is_read_as_a_strangers() {
    let check = |kept: Value| assert_eq!(Watch::from_json(&kept), None, "{kept}");
    let good = after(json!(["newHeads"]), |_| {}).2.to_json();
    let with = |member: &str, value: Value| {
        let mut kept = good.clone();
        kept[member] = value;
        kept
    };
    assert!(Watch::from_json(&good).is_some());
    check(json!(null));
    check(json!({}));
    check(with("chain", json!(0)));
    check(with("of", json!("secrets")));
    check(with("of", json!("logs")));
    check(with("blocks", json!([[1, "0x1"]])));
    check(with("blocks", json!([["0x1", null]])));
    check(with("time", json!(-1)));
    let long = json!(vec![json!([1, format!("0x{}", "11".repeat(32))]); 1000]);
    assert_eq!(Watch::from_json(&with("blocks", long)).unwrap().blocks.len(), REMEMBERED);
}

#[test]
fn answers_that_cannot_be() {
    let check = |method: &str, said: Value| {
        let (_, mut node, watch) = after(json!(["logs", {}]), |node| node.height = 101);
        node.height = 102;
        let mut answers = Answers::new();
        let mut watch = watch;
        let end = loop {
            match watch.clone().advance(&answers) {
                Err(Pause::Ask(question)) => {
                    let lie = question.method == method;
                    let answer = if lie { Ok(said.clone()) } else { node.answer(&question) };
                    answers.learn(&question, answer, 7);
                }
                end => break end,
            }
        };
        assert_eq!(end, Err(Pause::Senseless), "{method} {said}");
        assert!(poll(&mut watch, &mut node).is_ok(), "the truth is told later");
    };
    for said in [json!(null), json!("x"), json!({}), json!(-1)] {
        check("eth_blockNumber", said);
    }
    let block = |member: &str, value: Value| {
        let mut block = Node { height: 102, ..Node::default() }.block(102);
        block[member] = value;
        block
    };
    for said in [
        json!(null),
        json!([]),
        block("number", json!("0x67")),
        block("hash", json!("0x1")),
        block("parentHash", json!(null)),
        block("timestamp", json!("soon")),
    ] {
        check("eth_getBlockByNumber", said);
    }
    for said in [json!(null), json!({}), json!([1]), json!([{ "blockNumber": "0x65" }])] {
        check("eth_getLogs", said);
    }
}

#[test]
fn numbers_at_the_end_of_all_numbers() {
    let far = u64::MAX;
    let kept = |number: u64| {
        let hash = format!("0x{}", "11".repeat(32));
        json!({ "chain": 1, "of": "newHeads", "with": null, "blocks": [[number, hash]], "time": 0 })
    };
    for number in [0, 1, far - 1, far] {
        for height in [0, 1, far - 1, far] {
            let mut watch = Watch::from_json(&kept(number)).unwrap();
            let mut node = Node { height, ..Node::default() };
            let _ = poll(&mut watch, &mut node);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Who does what is told has the chain, whatever it went through: each block once, and none that was replaced.
    #[test]
    fn what_is_told_adds_up_to_the_chain(
        logs: bool,
        changes in prop::collection::vec((1_u64..24, 0_u64..12), 1..8),
    ) {
        let mut node = Node { height: 50, ..Node::default() };
        let mut watch = subscription(if logs { json!(["logs", {}]) } else { json!(["newHeads"]) });
        poll(&mut watch, &mut node).unwrap();
        let mut told: Vec<(u64, Value)> = Vec::new();
        for (grown, replaced) in changes {
            if replaced > 0 {
                node.forks.push(node.height + 1 - replaced);
            }
            node.height += grown;
            loop {
                let news = poll(&mut watch, &mut node).unwrap();
                let still = news.items.is_empty() && news.back.is_none();
                told.retain(|(number, _)| news.back.is_none_or(|back| *number <= back));
                let hash = |item: &Value| item.get("hash").or_else(|| item.get("blockHash")).cloned().unwrap();
                told.extend(numbers(&news.items).into_iter().zip(news.items.iter().map(hash)));
                if still {
                    break;
                }
            }
            let first = told.first().map_or(node.height, |(number, _)| *number);
            let chain: Vec<(u64, Value)> =
                (first..=node.height).map(|number| (number, json!(node.hash(number)))).collect();
            prop_assert_eq!(&told, &chain);
        }
    }

    #[test]
    fn nothing_makes_it_panic(text: String, number: u64, numbers: Vec<u64>) {
        let kept = json!({
            "chain": number, "of": text, "with": [text, number],
            "blocks": numbers.iter().map(|number| json!([number, text])).collect::<Vec<_>>(), "time": number,
        });
        let _ = (Watch::from_json(&kept), Watch::from_json(&json!(text)), Watch::from_json(&json!(numbers)));
    }
}
