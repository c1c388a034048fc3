//! What is followed, and what has come of it since the reader looked.

use super::edit::key as key_of;
use super::labels::all_of;
use super::{Acknowledged, Nothing};
use crate::api::{
    Follow, Named, NewsGroup, NewsOf, NewsPage, NewsReason, NewsWhat, NoticeChoice, ReadNews,
};
use crate::news::{Ear, FOLLOWED, Heard, is_nameless};
use crate::people::People;
use crate::{Code, Error, Session, notice};
use radrum_domain::{Answer, ItemKey, Kind};
use radrum_store::{DocMeta, Read};

/// Things that came of which one page tells.
const NEWS_MAX: usize = 400;

pub(super) fn follow(session: &Session, args: Follow) -> Result<Acknowledged, Error> {
    let key = key_of(&args.key)?;
    if !FOLLOWED.contains(&key.kind()) {
        return Err(Error::new(Code::BadArguments, "follow"));
    }
    session.write("", move |batch| {
        let all = match key.kind() {
            Kind::Label => all_of(&batch.read(), &key)?,
            _ => vec![key],
        };
        let wanted = if args.follow { &all[..1] } else { &all };
        for key in wanted {
            batch.private().follow(key, args.follow)?;
        }
        Ok(())
    })?;
    Ok(Acknowledged {})
}

pub(super) fn follows(session: &Session, _: Nothing) -> Result<Vec<Named>, Error> {
    session.read(|read| {
        let mut followed = Vec::new();
        for key in Ear::of(read, session.me())?.follows() {
            // What was taken out or has not come yet has no name to show.
            if let Some(title) = read.title(key)? {
                let key = key.to_string();
                followed.push(Named { key, title });
            }
        }
        followed.sort_by_cached_key(|of| radrum_swedish::sort_key(&of.title));
        Ok(followed)
    })
}

pub(super) fn news(session: &Session, _: Nothing) -> Result<NewsPage, Error> {
    session.read(|read| {
        let ear = Ear::of(read, session.me())?;
        let came = read.news()?;
        let to = came.first().map_or(0, |row| row.n);
        let mut telling = Telling {
            read,
            people: session.people(read),
            groups: Vec::new(),
        };
        for row in came.into_iter().take(NEWS_MAX) {
            if let Some(heard) = ear.hears(&row.key, row.fresh)? {
                telling.tell(&heard, row.fresh)?;
            }
        }
        let mut groups = telling.groups;
        groups.sort_by_cached_key(|group| {
            let title = group.of.as_ref().map_or("", |of| of.title.as_str());
            (group.reason, radrum_swedish::sort_key(title))
        });
        Ok(NewsPage { groups, to })
    })
}

struct Telling<'a> {
    read: Read<'a>,
    people: People<'a>,
    groups: Vec<NewsGroup>,
}

impl Telling<'_> {
    fn tell(&mut self, heard: &Heard, fresh: bool) -> Result<(), Error> {
        let group = self.group(heard.why.as_ref())?;
        let meta = &heard.meta;
        let nameless = is_nameless(meta);
        let owner = meta.plain.common().owner;
        let owner = self.people.named_optional(owner.as_ref())?;
        let what = NewsWhat {
            kind: meta.key.kind(),
            fresh,
            municipality: owner.map(|owner| owner.title),
            nameless,
            further: is_further(meta),
        };
        let at = if fresh {
            meta.created_at
        } else {
            meta.updated_at
        };
        let at = (!nameless).then_some(at);
        let subject = heard.subject.to_string();
        let rows = &mut self.groups[group].rows;
        let place = match rows.iter().position(|row| row.key == subject) {
            Some(place) => place,
            None => {
                rows.push(NewsOf {
                    title: self.read.title(&heard.subject)?,
                    key: subject,
                    what: Vec::new(),
                    keys: Vec::new(),
                    at: None,
                });
                rows.len() - 1
            }
        };
        let row = &mut rows[place];
        row.what.push(what);
        row.keys.push(meta.key.to_string());
        row.at = row.at.max(at);
        Ok(())
    }

    fn group(&mut self, why: Option<&ItemKey>) -> Result<usize, Error> {
        let reason = match why.map(ItemKey::kind) {
            Some(Kind::Label) => NewsReason::Label,
            Some(Kind::Area) => NewsReason::Area,
            Some(_) => NewsReason::Question,
            None => NewsReason::OwnQuestion,
        };
        // Threads that are followed stand under one heading, each row with its question.
        let of = match reason {
            NewsReason::Area | NewsReason::Label => self.people.named_optional(why)?,
            _ => None,
        };
        let same = |group: &NewsGroup| group.reason == reason && group.of == of;
        if let Some(place) = self.groups.iter().position(same) {
            return Ok(place);
        }
        let rows = Vec::new();
        self.groups.push(NewsGroup { reason, of, rows });
        Ok(self.groups.len() - 1)
    }
}

/// Whether it stands in a thread and answers nothing.
fn is_further(meta: &DocMeta) -> bool {
    let of: Answer = meta.plain.view().unwrap_or_default();
    meta.key.kind() == Kind::Answer && !of.answers()
}

pub(super) fn read_news(session: &Session, args: ReadNews) -> Result<Acknowledged, Error> {
    let keys: Result<Vec<ItemKey>, Error> = args.keys.iter().map(|key| key_of(key)).collect();
    let keys = keys?;
    session.write("", move |batch| {
        for key in &keys {
            batch.private().drop_news(key, args.to)?;
        }
        Ok(())
    })?;
    Ok(Acknowledged {})
}

pub(super) fn notices(session: &Session, _: Nothing) -> Result<NoticeChoice, Error> {
    session.notices()
}

pub(super) fn choose_notices(session: &Session, args: NoticeChoice) -> Result<Acknowledged, Error> {
    for at in [&args.from, &args.to] {
        if notice::time(at).is_none() {
            return Err(Error::new(Code::BadArguments, "time of day"));
        }
    }
    session.choose_notices(&args)?;
    Ok(Acknowledged {})
}
