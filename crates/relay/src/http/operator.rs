//! What the operator and his tools ask.

use crate::relay::Relay;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::Arc;

/// `/healthz`, `/readyz` and `/metrics`.
pub fn service(relay: Arc<Relay>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(relay)
}

/// Whether a request would be served: the database answers, and nobody has asked for a stop.
async fn ready(State(relay): State<Arc<Relay>>) -> (StatusCode, &'static str) {
    if relay.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if relay.store.ping().await.is_err() {
        (StatusCode::SERVICE_UNAVAILABLE, "database\n")
    } else {
        (StatusCode::OK, "ok\n")
    }
}

async fn metrics(State(relay): State<Arc<Relay>>) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], relay.metrics.text())
}
