//! A receiver with axum.

use std::{env, io, time::Duration};

use async_stream::try_stream;
use axum::{
    Json, Router,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Sse, sse::Event},
    routing::post,
};
use futures::Stream;
use serde::Deserialize;
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use tokio::{net::TcpListener, time::sleep};

#[derive(Deserialize)]
struct Task {
    question: String,
}

fn said(task: &Task) -> String {
    format!("You said: {}", task.question)
}

async fn answer(Json(task): Json<Task>) -> Json<Value> {
    Json(json!({ "success": true, "message": said(&task) }))
}

async fn signed(headers: HeaderMap, body: Bytes) -> Result<Json<Value>, StatusCode> {
    let secret = env::var("CALLBACK_SECRET").map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    let webhook = Webhook::new(&secret).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    webhook.verify(&body, &headers).map_err(|_| StatusCode::UNAUTHORIZED)?;
    let task = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    Ok(answer(Json(task)).await)
}

async fn slow(task: Json<Task>) -> Json<Value> {
    sleep(Duration::from_secs(3)).await;
    answer(task).await
}

async fn text(Json(task): Json<Task>) -> String {
    said(&task)
}

fn events(pieces: Vec<String>, breaks: bool) -> Sse<impl Stream<Item = io::Result<Event>>> {
    Sse::new(try_stream! {
        for piece in pieces {
            yield Event::default().data(piece);
            sleep(Duration::from_millis(100)).await;
        }
        if breaks {
            Err(io::Error::other("the model is gone"))?;
        }
    })
}

async fn stream(Json(task): Json<Task>) -> impl IntoResponse {
    events(vec![said(&task), "\n".into(), " It".into(), " grows.".into()], false)
}

async fn broken(Json(task): Json<Task>) -> impl IntoResponse {
    events(vec![said(&task), " It".into()], true)
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let app = Router::new()
        .route("/json", post(answer))
        .route("/signed", post(signed))
        .route("/slow", post(slow))
        .route("/text", post(text))
        .route("/stream", post(stream))
        .route("/broken", post(broken));
    let port = env::var("PORT").map_err(io::Error::other)?;
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    axum::serve(listener, app).await
}
