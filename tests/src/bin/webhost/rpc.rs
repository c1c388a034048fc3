//! Commands and events.

use super::Web;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use tokio::sync::mpsc;

/// One call.
#[derive(Deserialize)]
pub struct Call {
    command: String,
    #[serde(default)]
    args: Value,
}

/// Runs a command. An error of the command is 422 with its code and arguments.
pub async fn rpc(State(web): State<Web>, Json(call): Json<Call>) -> Response {
    let run =
        tokio::task::spawn_blocking(move || radrum_app::call(&web.host, &call.command, call.args));
    match run.await {
        Ok(Ok(value)) => Json(value).into_response(),
        Ok(Err(error)) => {
            let body = json!({ "code": error.code, "args": error.args });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What happens in the profile, as server-sent events.
pub async fn events(State(web): State<Web>) -> Response {
    let listening = web.host.events().listen();
    let (sender, receiver) = mpsc::channel::<Result<Event, Infallible>>(64);
    // One thread for each listener; it ends when the page is gone.
    std::thread::spawn(move || {
        while let Ok(event) = listening.recv() {
            let Ok(event) = Event::default().json_data(&event) else {
                continue;
            };
            if sender.blocking_send(Ok(event)).is_err() {
                return;
            }
        }
    });
    let stream = ReceiverStream(receiver);
    Sse::new(stream)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// A channel as a stream.
struct ReceiverStream<T>(mpsc::Receiver<T>);

impl<T> futures_core::Stream for ReceiverStream<T> {
    type Item = T;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<T>> {
        self.0.poll_recv(context)
    }
}
