//! Whom an office asks, rådgrupper, and lines of experience that were proposed to somebody.

use super::Acknowledged;
use super::edit::key as key_of;
use super::page::{Key, head, meta_of, of_kind};
use crate::api::{AdviceGroupPage, AnswerProposal, AskOrderPage, ProposalRow};
use crate::content::set;
use crate::guard;
use crate::{Code, Error, Session};
use radrum_domain::{Edit, ItemKey, Kind, Office, Proposal, ProposalState, Scalar, single_of};
use radrum_store::{ItemFilter, Read};
use serde_json::json;
use std::collections::BTreeMap;

/// The order of an office; written or not, the page of the office is there.
pub(super) fn ask_order(session: &Session, args: Key) -> Result<AskOrderPage, Error> {
    let office = args.key()?;
    session.read(|read| {
        let of = meta_of(&read, &office, Kind::Office)?;
        let meta = single(&read, Kind::AskOrder, &office)?;
        let order = meta
            .as_ref()
            .map(|meta| meta.plain.view().unwrap_or_default());
        let order = order.unwrap_or_default();
        let mut people = session.people(read);
        let office: Office = of.plain.view().unwrap_or_default();
        Ok(AskOrderPage {
            office: people.named(&of.key)?,
            phone: office.phone,
            paused: people.pause(Some(&of.key))?,
            rows: people.asked(&order)?,
            head: meta.map(|meta| head(session, &read, &meta)).transpose()?,
            order,
        })
    })
}

/// The rådgrupp of an area, written or not.
pub(super) fn advice_group(session: &Session, args: Key) -> Result<AdviceGroupPage, Error> {
    let area = args.key()?;
    session.read(|read| {
        meta_of(&read, &area, Kind::Area)?;
        let meta = single(&read, Kind::AdviceGroup, &area)?;
        let group = meta
            .as_ref()
            .map(|meta| meta.plain.view().unwrap_or_default());
        let group = group.unwrap_or_default();
        let mut people = session.people(read);
        Ok(AdviceGroupPage {
            area: people.named(&area)?,
            members: people.advisers(&area, &group)?,
            head: meta.map(|meta| head(session, &read, &meta)).transpose()?,
            group,
        })
    })
}

fn single(
    read: &Read<'_>,
    kind: Kind,
    about: &ItemKey,
) -> Result<Option<radrum_store::DocMeta>, Error> {
    let key = single_of(kind, about);
    Ok(key.map(|key| read.doc_meta(&key)).transpose()?.flatten())
}

/// Lines that wait for a colleague's word, oldest first: all for herself, and for anybody else
/// those that they proposed.
pub(super) fn proposals(
    session: &Session,
    read: &Read<'_>,
    member: &ItemKey,
) -> Result<Vec<ProposalRow>, Error> {
    let Some(me) = session.me() else {
        return Ok(Vec::new());
    };
    let filter = ItemFilter {
        parent: Some(member.clone()),
        ..of_kind(Kind::Proposal)
    };
    let mut people = session.people(*read);
    let mut rows = Vec::new();
    for (item, plain) in read.items_with_values(&filter)? {
        let proposal: Proposal = plain.view().unwrap_or_default();
        let Some(meta) = read.doc_meta(&item.key)? else {
            continue;
        };
        let for_me = me == *member || meta.created_by == me.to_string();
        let Some(area) = proposal
            .area
            .filter(|_| for_me && proposal.state == ProposalState::Unknown)
        else {
            continue;
        };
        let row = ProposalRow {
            key: item.key.to_string(),
            area: people.named(&area)?,
            level: proposal.level,
            year: proposal.year,
            note: proposal.note,
            by: people.named_optional(meta.created_by.parse().ok().as_ref())?,
        };
        rows.push((meta.created_at, row));
    }
    rows.sort_by_key(|(at, _)| *at);
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// Takes a proposed line up among the reader's own, or lets it be: hers alone to say (need N12).
pub(super) fn answer_proposal(
    session: &Session,
    args: AnswerProposal,
) -> Result<Acknowledged, Error> {
    let key = key_of(&args.key)?;
    let (proposal, me) = session.read(|read| {
        let meta = meta_of(&read, &key, Kind::Proposal)?;
        let proposal: Proposal = meta.plain.view().unwrap_or_default();
        let me = session
            .me()
            .filter(|me| proposal.member.as_ref() == Some(me));
        let me = me.ok_or_else(|| Error::new(Code::NotFound, "proposal"))?;
        Ok((proposal, me))
    })?;
    let take = args.take;
    if take {
        let note = proposal.note.as_deref();
        guard::pass_again(session, Kind::Member, &note.into_iter().collect::<Vec<_>>())?;
    }
    session.write(&args.window, move |batch| {
        // The line that was taken up on another computer of hers is not added once more.
        let meta = meta_of(&batch.read(), &key, Kind::Proposal)?;
        let now: Proposal = meta.plain.view().unwrap_or_default();
        if now.state != ProposalState::Unknown {
            return Ok(Acknowledged {});
        }
        if take {
            let mine = meta_of(&batch.read(), &me, Kind::Member)?;
            let line = Edit::Add {
                list: "experience".into(),
                id: batch.entry_id()?,
                fields: fields(&proposal),
                after: None,
            };
            batch.edit(&me, &mine.heads, &[line])?;
        }
        let state = if take { "taken" } else { "left" };
        batch.edit(&key, &meta.heads, &[set("state", state)])?;
        Ok(Acknowledged {})
    })
}

fn fields(proposal: &Proposal) -> BTreeMap<String, Scalar> {
    let text = |text: String| Scalar::Text(text);
    let level = json!(proposal.level).as_str().map(String::from);
    let all = [
        (
            "area",
            proposal.area.as_ref().map(ToString::to_string).map(text),
        ),
        ("level", level.map(text)),
        ("year", proposal.year.map(Scalar::Number)),
        ("note", proposal.note.clone().map(text)),
    ];
    let given = all.into_iter();
    given
        .filter_map(|(name, value)| Some((name.to_string(), value?)))
        .collect()
}
