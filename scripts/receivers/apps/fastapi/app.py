"""A receiver with FastAPI and its own event streams."""

import asyncio
import os

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel
from standardwebhooks import Webhook, WebhookVerificationError

app = FastAPI()


class Task(BaseModel):
    question: str


def said(task):
    return f"You said: {task.question}"


@app.post("/json")
async def answer(task: Task):
    return {"success": True, "message": said(task)}


@app.post("/signed")
async def signed(request: Request, task: Task):
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(await request.body(), dict(request.headers))
    except WebhookVerificationError:
        raise HTTPException(401)
    return await answer(task)


@app.post("/slow")
async def slow(task: Task):
    await asyncio.sleep(3)
    return await answer(task)


@app.post("/text")
async def text(task: Task):
    return said(task)


async def events(pieces):
    for piece in pieces:
        yield piece
        await asyncio.sleep(0.1)


@app.post("/stream", response_class=EventSourceResponse)
async def stream(task: Task):
    async for piece in events([said(task), "\n", " It", " grows."]):
        yield piece


@app.post("/broken", response_class=EventSourceResponse)
async def broken(task: Task):
    async for piece in events([said(task), " It"]):
        yield piece
    raise RuntimeError("the model is gone")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
