"""A receiver with Flask, behind gunicorn."""

import json
import os
import time

from flask import Flask, Response, request
from standardwebhooks import Webhook, WebhookVerificationError

app = Flask(__name__)


def said():
    return f"You said: {request.get_json()['question']}"


def answer():
    return {"success": True, "message": said()}


@app.post("/json")
def as_json():
    return answer()


@app.post("/signed")
def signed():
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(request.get_data(), dict(request.headers))
    except WebhookVerificationError:
        return "", 401
    return answer()


@app.post("/slow")
def slow():
    time.sleep(3)
    return answer()


@app.post("/text")
def text():
    return said()


def events(pieces, breaks=False):
    for piece in pieces:
        yield f"data: {json.dumps(piece)}\n\n"
        time.sleep(0.1)
    if breaks:
        raise RuntimeError("the model is gone")


@app.post("/stream")
def stream():
    return Response(events([said(), "\n", " It", " grows."]), mimetype="text/event-stream")


@app.post("/broken")
def broken():
    return Response(events([said(), " It"], breaks=True), mimetype="text/event-stream")


if __name__ == "__main__":
    os.execvp(
        os.path.join("venv", "bin", "gunicorn"),
        ["gunicorn", "--threads", "8", "--bind", f"127.0.0.1:{os.environ['PORT']}", "app:app"],
    )
