//! Log files beside the profile: codes, ids, counts and sizes, never content (house rule 10).

use crate::options::Options;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// Starts the log. The guard writes out what is left when it is dropped.
pub fn start(options: &Options) -> Option<WorkerGuard> {
    radrum_app::log_panics_by_place();
    let folder = options.folder().ok()?.join("log");
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .max_log_files(radrum_app::LOG_DAYS_KEPT)
        .filename_prefix("radrum")
        .filename_suffix("log")
        .build(folder)
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_env_filter(EnvFilter::new("info,radrum=info"))
        .init();
    Some(guard)
}
