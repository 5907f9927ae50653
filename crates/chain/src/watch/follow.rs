//! From what was told last to what is there now.

use serde_json::{Value, json};

use super::{
    News, Of, Watch,
    node::{Answers, Pause, filter_id},
};

/// The most blocks that are told at a time, one by one.
const AT_ONCE: u64 = 16;
/// Up to so many blocks, events are asked for block by block, which no node gets wrong.
const BY_HASH: u64 = 4;
/// How many blocks are asked for at a time otherwise: fewer where a node finds that too much.
const SPANS: [u64; 3] = [1000, 50, 1];
/// What is further back is not told any more, in blocks.
const LATE_HEADS: u64 = 256;
/// As [`LATE_HEADS`], for events.
const LATE_LOGS: u64 = 10_000;

impl Watch {
    /// New blocks, or their events.
    pub(super) fn follow(&mut self, node: &Answers) -> Result<News, Pause> {
        let head = node.head()?;
        let Some(newest) = self.blocks.last().map(|block| block.0) else {
            self.note(&node.block(head)?);
            return Ok(News::default());
        };
        if head == newest || (head < newest && self.is_behind(node, head)?) {
            return Ok(News::default());
        }
        let back = self.go_back(node, head)?;
        let from = back.or_else(|| self.blocks.last().map(|block| block.0)).unwrap_or(head);
        let late = if matches!(self.of, Of::Logs(_)) { LATE_LOGS } else { LATE_HEADS };
        let from = from.max(head.saturating_sub(late));
        if self.blocks.is_empty() && from < head {
            // All that was remembered is void: the block before the first that is told now may go, too.
            self.blocks.push((from, node.block(from + 1)?.parent.to_owned()));
        }
        let (told, items) = match &self.of {
            Of::Logs(query) if head.saturating_sub(from) > BY_HASH => {
                let query = query.clone();
                let (told, mut items) = self.tell_many(node, &query, from, head - BY_HASH)?;
                // The newest are remembered one by one, for they may yet be replaced.
                let newest = if head - told > BY_HASH { told } else { head };
                let (told, last) = self.tell_each(node, told, newest)?;
                items.extend(last);
                (told, items)
            }
            _ => self.tell_each(node, from, head.min(from.saturating_add(AT_ONCE)))?,
        };
        Ok(News { items, back, more: told > from && told < head })
    }

    /// Whether a node whose newest block is older than ours only has yet to hear of ours, as happens where several
    /// nodes share an address. Otherwise its chain is another one than it was.
    fn is_behind(&self, node: &Answers, head: u64) -> Result<bool, Pause> {
        let block = node.block(head)?;
        let told = self.blocks.iter().find(|(number, _)| *number == head);
        Ok(told.map_or(block.time <= self.time, |(_, hash)| hash == block.hash))
    }

    /// Forgets the blocks that no longer stand; says the last that does, if one does not.
    fn go_back(&mut self, node: &Answers, head: u64) -> Result<Option<u64>, Pause> {
        let count = self.blocks.len();
        let lowest = self.blocks.first().map_or(head, |block| block.0).min(head);
        while let Some((number, hash)) = self.blocks.last() {
            let stands = match head.checked_sub(*number) {
                None => false,
                Some(0) => node.block(head)?.hash == hash,
                Some(_) => node.block(number + 1)?.parent == hash,
            };
            if stands {
                break;
            }
            self.blocks.pop();
        }
        let standing = self.blocks.last().map_or(lowest.saturating_sub(1), |block| block.0);
        Ok((self.blocks.len() < count).then_some(standing))
    }

    /// Tells block by block, as long as each follows the one before.
    fn tell_each(&mut self, node: &Answers, from: u64, to: u64) -> Result<(u64, Vec<Value>), Pause> {
        let (mut told, mut items) = (from, Vec::new());
        for number in from.saturating_add(1)..=to {
            let block = node.block(number)?;
            let before = self.blocks.last().filter(|(last, _)| number - 1 == *last);
            if before.is_some_and(|(_, hash)| hash != block.parent) {
                break;
            }
            match &self.of {
                Of::Logs(query) => items.extend_from_slice(node.logs_of(query, &block)?),
                Of::Hashes => items.push(block.hash.into()),
                _ => items.push(block.header.clone()),
            }
            self.note(&block);
            told = number;
        }
        Ok((told, items))
    }

    /// Tells the events of as many blocks as a node gives at a time.
    fn tell_many(
        &mut self,
        node: &Answers,
        query: &serde_json::Map<String, Value>,
        from: u64,
        most: u64,
    ) -> Result<(u64, Vec<Value>), Pause> {
        let mut refused = Pause::Senseless;
        for span in SPANS {
            let to = most.min(from.saturating_add(span));
            match node.logs_between(query, from + 1, to) {
                Ok(logs) => {
                    self.note(&node.block(to)?);
                    return Ok((to, logs.to_vec()));
                }
                Err(Pause::Refused(error)) => refused = Pause::Refused(error),
                Err(pause) => return Err(pause),
            }
        }
        Err(refused)
    }
}

/// Transactions that wait, by a filter of one node; by a new one when that is lost.
pub(super) fn pending(filter: &mut Option<(String, u32)>, node: &Answers) -> Result<News, Pause> {
    if let Some((id, at)) = filter {
        match node.ask("eth_getFilterChanges", json!([id]), Some(*at)) {
            Ok((Value::Array(items), _)) if items.iter().all(Value::is_string) => {
                return Ok(News { items: items.clone(), ..News::default() });
            }
            Ok(_) => return Err(Pause::Senseless),
            Err(Pause::Refused(_)) => {}
            Err(pause) => return Err(pause),
        }
    }
    let (id, at) = node.ask("eth_newPendingTransactionFilter", json!([]), None)?;
    *filter = Some((filter_id(id).ok_or(Pause::Senseless)?, at));
    Ok(News::default())
}

/// Whether the node began to catch up, or is done.
pub(super) fn syncing(was: &mut Option<bool>, node: &Answers) -> Result<News, Pause> {
    let (status, _) = node.ask("eth_syncing", json!([]), None)?;
    let is = status.is_object();
    let changed = was.replace(is).is_some_and(|was| was != is);
    let item = if is { json!({ "syncing": true, "status": status }) } else { json!(false) };
    Ok(News { items: if changed { vec![item] } else { Vec::new() }, ..News::default() })
}
