"""A receiver in Python with FastAPI: what a rule's `callback.url` calls.

    pip install -r requirements.txt
    python fastapi_app.py        listens on http://127.0.0.1:4001/callback

CALLBACK_SECRET is the `secret` of the rule (whsec_...), PORT another port.
"""

import asyncio
import json
import os
import sys
from collections import OrderedDict

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from standardwebhooks import Webhook, WebhookVerificationError

SECRET = os.environ.get("CALLBACK_SECRET")
PORT = int(os.environ.get("PORT", "4001"))
KEPT = 1000  # how many answers are kept for repetitions

app = FastAPI()
# The answers by `webhook-id`, the oldest first; also those still being worked on.
answers: OrderedDict[str, asyncio.Task[str]] = OrderedDict()
worked = 0


async def work(question: str, grows: bool, pieces: asyncio.Queue[str | None]) -> str:
    """Your work: returns the whole answer, and hands over its pieces meanwhile if it grows."""
    global worked
    worked += 1
    # The number shows that a repetition is not worked on twice.
    said = f"{worked}. 您说 You said: {question}"
    if not grows:
        return said
    answer = ""
    for piece in [said, "。", "这段回答", "逐步", "显示。", " This", " answer", " grows."]:
        pieces.put_nowait(piece)
        answer += piece
        await asyncio.sleep(0.1)
    return answer


def start(id: str, question: str, grows: bool, pieces: asyncio.Queue[str | None]) -> asyncio.Task[str]:
    """Works in a task of its own: it goes on when the caller hangs up."""
    answer = asyncio.create_task(work(question, grows, pieces))
    answers[id] = answer
    if len(answers) > KEPT:
        answers.popitem(last=False)

    def ended(task: asyncio.Task[str]) -> None:
        pieces.put_nowait(None)
        # What failed is worked on anew when the task comes again.
        if task.cancelled() or task.exception():
            answers.pop(id, None)

    answer.add_done_callback(ended)
    return answer


async def events(answer: asyncio.Task[str], pieces: asyncio.Queue[str | None] | None):
    """The pieces as they come; the whole at once when the task was known."""
    if pieces is None:
        yield event(await asyncio.shield(answer))
    else:
        while (piece := await pieces.get()) is not None:
            yield event(piece)
        answer.result()  # Work that failed breaks the stream off, so that half is not taken for all.
    yield "data: [DONE]\n\n"


def event(piece: str) -> str:
    # As a JSON string a piece may hold line breaks, or look like an object.
    return f"data: {json.dumps(piece)}\n\n"


def is_genuine(request: Request, body: bytes) -> bool:
    if not SECRET:
        return True
    try:
        Webhook(SECRET).verify(body, dict(request.headers), json_parse=False)
        return True
    except (WebhookVerificationError, ValueError):  # ValueError: a header that is no signature at all
        return False


@app.post("/callback")
async def callback(request: Request) -> Response:
    body = await request.body()  # The raw body: what is signed are the bytes as they came.
    if not is_genuine(request, body):
        return Response(status_code=401)
    question = json.loads(body)["question"]
    grows = "流" in question or "stream" in question
    id = request.headers["webhook-id"]
    pieces: asyncio.Queue[str | None] = asyncio.Queue()
    known = answers.get(id)
    answer = known or start(id, question, grows, pieces)
    if grows:
        return StreamingResponse(events(answer, None if known else pieces), media_type="text/event-stream")
    # Not JSONResponse: it fails over half an emoji, which a chat may hold.
    text = json.dumps({"success": True, "message": await asyncio.shield(answer)})
    return Response(text, media_type="application/json")


if __name__ == "__main__":
    if not SECRET:
        print("CALLBACK_SECRET is not set: signatures are not verified.", file=sys.stderr)
    print(f"Listening on http://127.0.0.1:{PORT}/callback", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=PORT)
