//! The bundle road: a file on a stick. What stands in it is `wire`'s, what goes on it `sync`'s.

use radrum_wire::limits::BUNDLE_BYTES_MAX;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Why a bundle file was not written or not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No such file or folder; the stick was pulled out.
    #[error("no such file or folder")]
    Missing,
    /// A folder or a device, or a path without a file's name.
    #[error("not a file")]
    NotAFile,
    /// Longer than a bundle may be.
    #[error("too large for a bundle")]
    TooLarge,
    /// No room on the stick.
    #[error("no room")]
    Full,
    /// Written to or read by others only.
    #[error("not allowed")]
    Denied,
    /// Anything else that the system says.
    #[error("the system says {0:?}")]
    Failed(ErrorKind),
}

impl FileError {
    /// Stable name for logs and for the interface.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "file_missing",
            Self::NotAFile => "file_not_a_file",
            Self::TooLarge => "file_too_large",
            Self::Full => "file_no_room",
            Self::Denied => "file_denied",
            Self::Failed(_) => "file_failed",
        }
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing,
            ErrorKind::IsADirectory => Self::NotAFile,
            ErrorKind::FileTooLarge => Self::TooLarge,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied,
            kind => Self::Failed(kind),
        }
    }
}

/// Writes a bundle so that the name stands for all of it or does not stand there: into
/// `NAME.part` beside it, to the disk, then under its name, in place of a file that had it.
/// When this returns, the stick may be pulled out.
///
/// # Errors
/// [`FileError`]; a file that had the name is then as it was, and no `.part` is left unless
/// the stick is gone.
pub fn write_bundle(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if bytes.len() > BUNDLE_BYTES_MAX {
        return Err(FileError::TooLarge);
    }
    let part = part(path)?;
    let written = write_part(&part, bytes).and_then(|()| fs::rename(&part, path));
    if let Err(error) = written {
        let _ = fs::remove_file(&part);
        return Err(error.into());
    }
    Ok(sync_folder(path)?)
}

fn part(path: &Path) -> Result<PathBuf, FileError> {
    let name = path.file_name().ok_or(FileError::NotAFile)?;
    let mut name = OsString::from(name);
    name.push(".part");
    Ok(path.with_file_name(name))
}

/// Never through what lies there already: it may be a link to another file.
fn write_part(part: &Path, bytes: &[u8]) -> io::Result<()> {
    // If it stays, the next step says so.
    let _ = fs::remove_file(part);
    let mut file = File::create_new(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The name is on the disk, too. Windows has no such call, and writes names through.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match File::open(folder.unwrap_or(Path::new(".")))?.sync_all() {
        // A file system that cannot do this for folders.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        done => done,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Reads a bundle file, for [`radrum_wire::Bundle::decode`], which checks it.
///
/// # Errors
/// [`FileError`]; a file over [`BUNDLE_BYTES_MAX`] is not read.
pub fn read_bundle(path: &Path) -> Result<Vec<u8>, FileError> {
    // Asked by name first: opening a pipe would wait for whoever writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(FileError::NotAFile);
    }
    let file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if length > BUNDLE_BYTES_MAX {
        return Err(FileError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(length);
    // One more than allowed, so that a file that grows meanwhile is seen.
    let limit = BUNDLE_BYTES_MAX as u64 + 1;
    file.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > BUNDLE_BYTES_MAX {
        return Err(FileError::TooLarge);
    }
    Ok(bytes)
}
