//! The folder of a profile: where it lies, that nobody else has it open, and the key check.

use radrum_store::DbKey;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// Beginning of the name of a folder with what was put aside.
const ASIDE: &str = "undanlagd-";

/// What a folder is not fit for: the live database is never put where another program copies
/// or locks it (peers.md: a workspace in a synced folder is corrupted sooner or later).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// Fit.
    Local,
    /// Copied by a sync program.
    Synced,
    /// On another machine.
    Network,
}

/// An open profile folder. Nobody else can open it until this is dropped.
#[derive(Debug)]
pub struct ProfileFolder {
    path: PathBuf,
    _lock: File,
}

/// Why a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Another run of the program has it open.
    #[error("profile is open in another window")]
    AlreadyOpen,
    /// It cannot be made or written.
    #[error("folder cannot be written: {0}")]
    NotWritable(std::io::Error),
    /// No space to make it.
    #[error("disk is full")]
    Full,
}

impl ProfileFolder {
    /// Makes the folder if needed and takes its lock.
    ///
    /// # Errors
    /// Any [`ProfileError`].
    pub fn open(path: &Path) -> Result<Self, ProfileError> {
        std::fs::create_dir_all(path).map_err(not_writable)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let private = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(path, private).map_err(not_writable)?;
        }
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join("lock"))
            .map_err(not_writable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_path_buf(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(ProfileError::AlreadyOpen),
            Err(TryLockError::Error(error)) => Err(not_writable(error)),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.path.join("radrum.db")
    }

    /// Whether the database file holds nothing at all, as a full or failing disk leaves it.
    #[must_use]
    pub fn is_database_empty(&self) -> bool {
        std::fs::metadata(self.database()).is_ok_and(|meta| meta.len() == 0)
    }

    /// What the key is called in a key store.
    #[must_use]
    pub fn secret_name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Writes the key check: 16 bytes that name the installation and their keyed hash.
    ///
    /// # Errors
    /// Any IO error.
    pub fn write_key_check(&self, install: [u8; 16], key: &DbKey) -> std::io::Result<()> {
        let mut bytes = install.to_vec();
        bytes.extend_from_slice(&key.check(&install));
        crate::secret::write_new(&self.path.join("key.check"), &bytes)
    }

    /// Whether a key is the one that the database was made with. None if it cannot be told.
    #[must_use]
    pub fn is_key(&self, key: &DbKey) -> Option<bool> {
        let bytes = std::fs::read(self.path.join("key.check")).ok()?;
        let (install, check) = bytes.split_at_checked(16)?;
        (check.len() == 32).then(|| key.check(install) == check)
    }

    /// Whether keys lie here.
    #[must_use]
    pub fn has_keys(&self) -> bool {
        let mut names = ["key.check", "passphrase.key", "device.keys"].iter();
        names.any(|name| self.path.join(name).exists())
    }

    /// The folders of databases that were put aside, by name.
    #[must_use]
    pub fn put_asides(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(&self.path).into_iter().flatten();
        let mut asides: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().map(|name| name.to_string_lossy());
                name.is_some_and(|name| name.starts_with(ASIDE)) && path.join("radrum.db").exists()
            })
            .collect();
        asides.sort();
        asides
    }

    /// Puts the database aside under a name with the time, for a new start. Nothing is
    /// deleted: the files keep their content.
    ///
    /// # Errors
    /// Any IO error; files that were already moved stay moved.
    pub fn put_aside(&self, stamp: &str) -> std::io::Result<PathBuf> {
        let aside = self.path.join(format!("{ASIDE}{stamp}"));
        std::fs::create_dir(&aside)?;
        for name in [
            "radrum.db",
            "radrum.db-wal",
            "radrum.db-shm",
            "key.check",
            "passphrase.key",
            "example.key",
            "device.keys",
        ] {
            let from = self.path.join(name);
            if from.exists() {
                std::fs::rename(from, aside.join(name))?;
            }
        }
        Ok(aside)
    }
}

fn not_writable(error: std::io::Error) -> ProfileError {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ProfileError::Full,
        _ => ProfileError::NotWritable(error),
    }
}

/// The standard folder of a profile for this user and operating system.
#[must_use]
pub fn standard_folder(profile: &str) -> Option<PathBuf> {
    let var = |name: &str| {
        std::env::var_os(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        var("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        var("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("radrum").join(profile))
}

/// Whether the database may live in a folder.
#[must_use]
pub fn folder_kind(path: &Path) -> Folder {
    let real = existing_parent(path);
    let synced = real.components().chain(path.components()).any(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        [
            "onedrive",
            "dropbox",
            "google drive",
            "googledrive",
            "icloud",
            "nextcloud",
            "owncloud",
        ]
        .iter()
        .any(|program| name.starts_with(program))
            || name == "mobile documents"
    });
    let marked = real.ancestors().any(|folder| {
        [".dropbox", ".dropbox.cache", ".stfolder", ".sync_folder"]
            .iter()
            .any(|mark| folder.join(mark).exists())
    });
    if synced || marked {
        Folder::Synced
    } else if is_network(&real) {
        Folder::Network
    } else {
        Folder::Local
    }
}

/// The nearest folder that is there, with links followed.
fn existing_parent(path: &Path) -> PathBuf {
    path.ancestors()
        .find_map(|folder| folder.canonicalize().ok())
        .unwrap_or_else(|| path.to_path_buf())
}

#[cfg(target_os = "linux")]
fn is_network(path: &Path) -> bool {
    // statfs(2): NFS, SMB, CIFS, SMB2, AFS, Coda, Ceph.
    const NETWORK: [u32; 7] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x5346_414f,
        0x7375_7245,
        0x00c3_6400,
    ];
    rustix::fs::statfs(path).is_ok_and(|fs| {
        u32::try_from(fs.f_type & 0xffff_ffff).is_ok_and(|kind| NETWORK.contains(&kind))
    })
}

#[cfg(not(target_os = "linux"))]
fn is_network(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.starts_with(r"\\?\UNC\") || (text.starts_with(r"\\") && !text.starts_with(r"\\?\"))
}

#[cfg(test)]
mod tests {
    use super::{Folder, ProfileError, ProfileFolder, folder_kind};
    use radrum_store::DbKey;
    use std::path::Path;

    #[test]
    fn a_second_run_cannot_open_the_same_folder() {
        let folder = tempfile::tempdir().expect("folder");
        let first = ProfileFolder::open(folder.path()).expect("first");
        assert!(matches!(
            ProfileFolder::open(folder.path()),
            Err(ProfileError::AlreadyOpen)
        ));
        drop(first);
        assert!(ProfileFolder::open(folder.path()).is_ok());
    }

    #[test]
    fn synced_folders_are_told_by_name_and_by_mark() {
        assert_eq!(
            folder_kind(Path::new("/home/maja/OneDrive - Dorotea/radrum")),
            Folder::Synced
        );
        let folder = tempfile::tempdir().expect("folder");
        assert_eq!(folder_kind(&folder.path().join("radrum")), Folder::Local);
        std::fs::create_dir(folder.path().join(".stfolder")).expect("mark");
        assert_eq!(folder_kind(&folder.path().join("radrum")), Folder::Synced);
    }

    #[test]
    fn the_key_check_tells_a_wrong_key_and_says_nothing_about_the_right_one() {
        let folder = tempfile::tempdir().expect("folder");
        let profile = ProfileFolder::open(folder.path()).expect("open");
        let key = DbKey::new([7; 32]);
        assert_eq!(profile.is_key(&key), None);
        profile.write_key_check([1; 16], &key).expect("write");
        assert_eq!(profile.is_key(&key), Some(true));
        assert_eq!(profile.is_key(&DbKey::new([8; 32])), Some(false));
        let bytes = std::fs::read(folder.path().join("key.check")).expect("read");
        assert!(!bytes.windows(4).any(|window| window == [7; 4]));
    }

    #[test]
    fn putting_aside_keeps_every_file() {
        let folder = tempfile::tempdir().expect("folder");
        let profile = ProfileFolder::open(folder.path()).expect("open");
        std::fs::write(profile.database(), b"not a database").expect("write");
        // Keys of a device are sealed under the key of its database: a new one cannot open them.
        let keys = folder.path().join("device.keys");
        std::fs::write(&keys, b"keys").expect("write");
        assert!(profile.has_keys() && profile.put_asides().is_empty());
        let aside = profile.put_aside("2026-11-22").expect("aside");
        assert!(!profile.has_keys());
        assert_eq!(profile.put_asides(), std::slice::from_ref(&aside));
        assert_eq!(
            std::fs::read(aside.join("device.keys")).expect("read"),
            b"keys"
        );
        assert_eq!(
            std::fs::read(aside.join("radrum.db")).expect("read"),
            b"not a database"
        );
        assert!(!profile.database().exists());
    }
}
