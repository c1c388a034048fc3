//! Hears from other processes. Only a hint: CockroachDB has no notifications, and a proxy
//! between may swallow them.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_postgres::{AsyncMessage, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often the counters are read although nothing was heard.
pub(super) const POLL: Duration = Duration::from_secs(1);

/// How long to wait before listening again after a broken connection.
const AGAIN: Duration = Duration::from_secs(10);

pub(super) async fn run(config: Config, tls: MakeRustlsConnect, heard: Arc<Notify>) {
    loop {
        // A failure is no news: the counters are read anyhow.
        let _ = listen(&config, tls.clone(), &heard).await;
        tokio::time::sleep(AGAIN).await;
    }
}

async fn listen(
    config: &Config,
    tls: MakeRustlsConnect,
    heard: &Arc<Notify>,
) -> Result<(), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(tls).await?;
    let heard = Arc::clone(heard);
    let messages = tokio::spawn(async move {
        poll_fn(|context| {
            loop {
                match connection.poll_message(context) {
                    Poll::Ready(Some(Ok(AsyncMessage::Notification(_)))) => heard.notify_one(),
                    Poll::Ready(Some(Ok(_))) => {}
                    Poll::Ready(Some(Err(_)) | None) => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await;
    });
    // Dropped with this future, and the connection ends with its client.
    client.batch_execute("LISTEN radrum_relay").await?;
    let _ = messages.await;
    drop(client);
    Ok(())
}
