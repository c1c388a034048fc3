//! Letters to whoever follows something: that there is something, and never what.
//!
//! A letter is claimed before it is sent, so two processes on one database send one; when the
//! mail server is away the claim is given back, and it is tried again.

use crate::config::MailConfig;
use crate::relay::Relay;
use crate::store::{DueMail, StoreError, now_s};
use chrono::{DateTime, Timelike as _};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::sync::Arc;
use std::time::Duration;

/// Between two letters to one address, in seconds: twenty hours, so that one a day comes at any
/// time of the day.
const REST_S: i64 = 20 * 60 * 60;

/// How long a letter may take.
const TIMEOUT: Duration = Duration::from_secs(30);

const SUBJECT: &str = "Nytt i Rådrum";

const TEXT: &str = "Det finns nytt på etiketter du följer. Öppna Rådrum för att läsa.\r\n\
    \r\n\
    Brevet kommer högst en gång om dagen. Du slutar få det i Rådrum, under Krets → Avisering.\r\n";

/// The mail server is not one, or the sender is no address.
#[derive(Debug, thiserror::Error)]
#[error("mail: {0}")]
pub struct MailError(&'static str);

/// Sends letters by one server.
pub struct Letters {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    hours: [u32; 2],
    every: Duration,
}

impl Letters {
    /// Reads the configuration. Nothing is sent yet.
    ///
    /// # Errors
    /// [`MailError`]; it does not say what stood there, which may hold a password.
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let from = config.from.parse().map_err(|_| MailError("from"))?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.server)
            .map_err(|_| MailError("server"))?;
        let [first, last] = config.hours;
        if first >= last || last > 24 {
            return Err(MailError("hours"));
        }
        Ok(Self {
            server: server.timeout(Some(TIMEOUT)).build(),
            from,
            hours: config.hours,
            every: Duration::from_secs(config.every_s.max(1)),
        })
    }

    /// Sends what is due, again and again, in its hours.
    pub async fn run(self, relay: Arc<Relay>) {
        let mut turn = tokio::time::interval(self.every);
        loop {
            turn.tick().await;
            if !is_open(self.hours, now_s()) {
                continue;
            }
            if let Err(error) = self.send_due(&relay).await {
                tracing::warn!(%error, "letters");
            }
        }
    }

    async fn send_due(&self, relay: &Relay) -> Result<(), StoreError> {
        let now = now_s();
        while let Some(due) = relay.store.claim_mail(now, now - REST_S).await? {
            let Err(error) = self.send(&due).await else {
                relay.metrics.mailed();
                continue;
            };
            // Neither the error's text nor the address: both may say who it is.
            let permanent = error.as_ref().is_none_or(smtp::Error::is_permanent);
            tracing::warn!(permanent, "a letter was not taken");
            if !permanent {
                relay.store.return_mail(&due).await?;
                break;
            }
        }
        Ok(())
    }

    /// `None` when no letter can be made for the address.
    async fn send(&self, due: &DueMail) -> Result<(), Option<smtp::Error>> {
        let to = due.address.parse().map_err(|_| None)?;
        let letter = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(SUBJECT)
            .raw_header(automatic())
            .header(ContentType::TEXT_PLAIN)
            .body(TEXT.to_string())
            .map_err(|_| None)?;
        self.server.send(letter).await.map(drop).map_err(Some)
    }
}

/// So that nobody's "I am away" answers it (RFC 3834).
fn automatic() -> header::HeaderValue {
    let name = header::HeaderName::new_from_ascii_str("Auto-Submitted");
    header::HeaderValue::new(name, "auto-generated".into())
}

/// Whether letters go at this time: by day, in Sweden.
fn is_open([first, last]: [u32; 2], now_s: i64) -> bool {
    let now = DateTime::from_timestamp(now_s, 0).unwrap_or_default();
    let hour = now.with_timezone(&chrono_tz::Europe::Stockholm).hour();
    (first..last).contains(&hour)
}

#[cfg(test)]
mod tests {
    use super::{Letters, is_open};
    use crate::config::MailConfig;

    #[test]
    fn letters_go_by_day_in_sweden_also_in_summer() {
        // 2026-11-23 and 2026-07-01 at 06:30 UTC: half past seven, half past eight.
        let (winter, summer) = (1_795_415_400, 1_782_887_400);
        assert!(is_open([7, 18], winter) && is_open([7, 18], summer));
        assert!(!is_open([8, 18], winter) && is_open([8, 18], summer));
        assert!(!is_open([7, 18], winter + 11 * 3_600));
        assert!(is_open([0, 24], winter + 17 * 3_600));
    }

    #[test]
    fn a_configuration_that_cannot_send_is_refused_without_its_password() {
        let with = |server: &str, from: &str, hours| MailConfig {
            server: server.into(),
            from: from.into(),
            hours,
            every_s: 60,
        };
        let good = "smtps://anna:hemligt@mail.example";
        assert!(Letters::new(&with(good, "radrum@relay.example", [7, 18])).is_ok());
        for (server, from, hours) in [
            ("mail.example hemligt", "radrum@relay.example", [7, 18]),
            (good, "nobody hemligt", [7, 18]),
            (good, "radrum@relay.example", [18, 7]),
            (good, "radrum@relay.example", [7, 25]),
        ] {
            let error = Letters::new(&with(server, from, hours)).err();
            let error = error.expect("refused").to_string();
            assert!(!error.contains("hemligt"), "{error}");
        }
    }
}
