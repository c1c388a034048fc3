//! The desktop's notice that something has come. It says that, and never what or from whom: who
//! passes by may read it (seed H27).

use notify_rust::{Notification, NotificationHandle};
use radrum_app::Host;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, Weak};
use std::time::Duration;

/// Quiet hours end without an event.
const LOOK_EACH: Duration = Duration::from_secs(60);

const TEXT: &str = "Det finns nytt på något du följer.";

/// Looks after each event and once a minute, for as long as the profile lives.
pub fn watch(host: &Arc<Host>) {
    let events = host.events().listen();
    let host = Arc::downgrade(host);
    std::thread::spawn(move || {
        // Some desktops take a notice away when the line on which it came ends.
        let mut shown: Option<NotificationHandle> = None;
        while events.recv_timeout(LOOK_EACH) != Err(RecvTimeoutError::Disconnected) {
            // A sync tells of much at once.
            while events.try_recv().is_ok() {}
            match is_due(&host) {
                Some(true) => shown = show().or(shown),
                Some(false) => {}
                None => return,
            }
        }
    });
}

/// Nothing when the profile has gone.
fn is_due(host: &Weak<Host>) -> Option<bool> {
    let host = host.upgrade()?;
    Some(host.take_notice().unwrap_or_else(|error| {
        tracing::warn!(code = ?error.code, "notice");
        false
    }))
}

fn show() -> Option<NotificationHandle> {
    let mut notice = Notification::new();
    notice.appname("Rådrum").summary("Rådrum").body(TEXT);
    #[cfg(windows)]
    notice.app_id("se.radrum.desktop");
    let shown = notice.show();
    shown
        .inspect_err(|error| tracing::warn!(%error, "notice"))
        .ok()
}
