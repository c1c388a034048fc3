//! Starter packs: the one inside the program, or a newer one that a redaktör read in as a
//! file (a zip of the same files as `content/`, with the version in `pack.txt`).

use crate::api::PackRead;
use crate::content::{Pack, news, slug_key};
use crate::session::Session;
use crate::{Code, Error};
use radrum_domain::{ItemKey, Kind, check_new};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

/// Largest file and largest unpacked text, in bytes.
const BYTES_MAX: u64 = 8 * 1024 * 1024;

/// Most files in a pack.
const FILES_MAX: usize = 200;

/// Setting that keeps the files of a pack that was read in.
const SETTING: &str = "starter_pack";

type Files = BTreeMap<String, String>;

impl Session {
    /// The newest starter pack that this profile knows.
    pub(crate) fn pack(&self) -> Result<Arc<Pack>, Error> {
        if let Some(pack) = self.pack.get() {
            return Ok(pack);
        }
        let stored = self.read(|read| Ok(read.setting(SETTING)?))?;
        let files: Option<Files> = stored.and_then(|text| serde_json::from_str(&text).ok());
        let embedded = Pack::embedded()?;
        let read_in = files.and_then(|files| from_files(&files).ok());
        // A newer program may bring a newer pack than the file that was read in.
        let newest = read_in
            .filter(|pack| pack.version > embedded.version)
            .unwrap_or(embedded);
        Ok(self.pack.set(newest))
    }

    /// Reads a pack from a file: what the krets lacks is added, cards as drafts; what it has
    /// is never overwritten, news stand beside it.
    pub(crate) fn read_pack(&self, path: &Path) -> Result<PackRead, Error> {
        let files = unzip(path)?;
        let pack = self.pack.set(sound(from_files(&files)?)?);
        let kept = serde_json::to_string(&files).map_err(|_| Error::bug("pack"))?;
        let adding = Arc::clone(&pack);
        let added = self.write("", move |batch| {
            batch.private().put_setting(SETTING, &kept)?;
            let mut added = 0;
            for (key, edits) in adding.items(|| batch.entry_id())? {
                if batch.read().doc_meta(&key)?.is_none() {
                    batch.create(&key, &edits)?;
                    added += u32::from(key.kind() == Kind::Playbook);
                }
            }
            Ok(added)
        })?;
        let news = self.read(|read| {
            let mut count = 0;
            for slug in pack.cards.keys() {
                let key: ItemKey = slug_key(Kind::Playbook, slug)?;
                if let Some(meta) = read.doc_meta(&key)? {
                    count += u32::from(news(&pack, &key, &meta.plain)?.is_some());
                }
            }
            Ok(count)
        })?;
        Ok(PackRead {
            pack: pack.version.clone(),
            added,
            news,
        })
    }
}

/// A pack whose every statement can be taken over. One that cannot is refused as a whole.
fn sound(pack: Pack) -> Result<Pack, Error> {
    let items = pack.items(|| Ok("0".repeat(22))).map_err(|_| bad_pack())?;
    for (key, edits) in items {
        check_new(key.kind(), &edits).map_err(|rejected| {
            tracing::warn!(%key, %rejected, "starter pack");
            bad_pack()
        })?;
    }
    Ok(pack)
}

fn bad_pack() -> Error {
    Error::new(Code::BadPack, "starter pack")
}

fn from_files(files: &Files) -> Result<Pack, Error> {
    let file = |name: &str| files.get(name).map(String::as_str).ok_or_else(bad_pack);
    let cards = files
        .iter()
        .filter_map(|(name, text)| {
            let slug = name.strip_prefix("playbooks/")?.strip_suffix(".toml")?;
            Some((slug.to_string(), text.clone()))
        })
        .collect();
    let lists = [
        file("areas.toml")?,
        file("labels.toml")?,
        file("contacts.toml")?,
        file("laws.toml")?,
    ];
    // Packs from before there were checklists have none.
    let introductions = file("introductions.toml").unwrap_or_default();
    Pack::read(file("pack.txt")?.trim(), lists, cards, introductions).map_err(|_| bad_pack())
}

fn unzip(path: &Path) -> Result<Files, Error> {
    let file = std::fs::File::open(path).map_err(|_| bad_pack())?;
    if file.metadata().map_or(u64::MAX, |meta| meta.len()) > BYTES_MAX {
        return Err(bad_pack());
    }
    let mut zip = zip::ZipArchive::new(file).map_err(|_| bad_pack())?;
    if zip.len() > FILES_MAX {
        return Err(bad_pack());
    }
    let mut files = Files::new();
    let mut left = BYTES_MAX;
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(|_| bad_pack())?;
        let name = entry.name().map_err(|_| bad_pack())?.into_owned();
        let mut text = String::new();
        // Names are only looked up, never used as paths; the size is what comes out.
        let read = entry
            .take(left)
            .read_to_string(&mut text)
            .map_err(|_| bad_pack())?;
        left = left
            .checked_sub(read as u64)
            .filter(|left| *left > 0)
            .ok_or_else(bad_pack)?;
        files.insert(name, text);
    }
    Ok(files)
}
