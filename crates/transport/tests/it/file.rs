//! Bundle files.

use crate::desk::until;
use crate::relay::process;
use radrum_transport::{FileError, read_bundle, write_bundle};
use std::fs;
use std::process::Stdio;
use tempfile::TempDir;

fn names(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .expect("folder")
        .map(|entry| {
            entry
                .expect("entry")
                .file_name()
                .into_string()
                .expect("name")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn what_is_written_is_read_and_nothing_else_is_left() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("krets.radrum");
    write_bundle(&path, b"one").expect("written");
    assert_eq!(read_bundle(&path), Ok(b"one".to_vec()));
    // What a crash left is replaced.
    fs::write(folder.path().join("krets.radrum.part"), b"half").expect("part");
    write_bundle(&path, b"two").expect("written");
    assert_eq!(read_bundle(&path), Ok(b"two".to_vec()));
    assert_eq!(names(&folder), ["krets.radrum"]);
}

#[cfg(unix)]
#[test]
fn a_link_on_the_stick_leads_nowhere() {
    let folder = TempDir::new().expect("folder");
    let mine = folder.path().join("mine");
    fs::write(&mine, b"mine").expect("file");
    for name in ["krets.radrum", "krets.radrum.part"] {
        std::os::unix::fs::symlink(&mine, folder.path().join(name)).expect("link");
    }
    let path = folder.path().join("krets.radrum");
    write_bundle(&path, b"bundle").expect("written");
    assert_eq!(fs::read(&mine).expect("file"), b"mine");
    assert!(fs::symlink_metadata(&path).expect("file").is_file());
}

#[test]
fn a_name_that_cannot_be_taken_leaves_everything_as_it_was() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("krets.radrum");
    fs::create_dir_all(path.join("inside")).expect("folder");
    assert!(write_bundle(&path, b"bundle").is_err());
    assert_eq!(names(&folder), ["krets.radrum"]);
    let away = folder.path().join("pulled-out").join("krets.radrum");
    assert_eq!(write_bundle(&away, b"bundle"), Err(FileError::Missing));
    let root = std::path::Path::new("/");
    assert_eq!(write_bundle(root, b"bundle"), Err(FileError::NotAFile));
}

#[test]
fn only_a_file_of_a_bundles_size_is_read() {
    let folder = TempDir::new().expect("folder");
    assert_eq!(read_bundle(folder.path()), Err(FileError::NotAFile));
    let path = folder.path().join("krets.radrum");
    assert_eq!(read_bundle(&path), Err(FileError::Missing));
    // Empty on the disk, and one byte too long.
    let file = fs::File::create(&path).expect("file");
    let limit = radrum_wire::limits::BUNDLE_BYTES_MAX as u64;
    file.set_len(limit + 1).expect("length");
    assert_eq!(read_bundle(&path), Err(FileError::TooLarge));
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_not_read() {
    assert_eq!(
        read_bundle(std::path::Path::new("/dev/zero")),
        Err(FileError::NotAFile)
    );
}

const BYTES: usize = 8 * 1024 * 1024;

#[test]
fn a_name_stands_for_a_whole_file_whenever_the_writer_is_killed() {
    let folder = TempDir::new().expect("folder");
    let path = folder.path().join("krets.radrum");
    for _ in 0..5 {
        let before = read_bundle(&path).ok();
        let mut writer = process("writer")
            .arg(&path)
            .arg(BYTES.to_string())
            .stdout(Stdio::null())
            .spawn()
            .expect("writer");
        // The next one is under way when one has been written.
        until("a file", || read_bundle(&path).ok() != before);
        writer.kill().expect("kill");
        writer.wait().expect("wait");
        let bytes = read_bundle(&path).expect("file");
        assert_eq!(bytes.len(), BYTES);
        assert!(bytes.iter().all(|byte| Some(byte) == bytes.first()));
        // The next writer begins with this one's byte: make them differ.
        write_bundle(&path, b"other").expect("written");
    }
}
