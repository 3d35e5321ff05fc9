"""A receiver with Starlette and sse-starlette."""

import asyncio
import os

import uvicorn
from sse_starlette import EventSourceResponse
from standardwebhooks import Webhook, WebhookVerificationError
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


async def said(request):
    return f"You said: {(await request.json())['question']}"


async def answer(request):
    return JSONResponse({"success": True, "message": await said(request)})


async def signed(request):
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(await request.body(), dict(request.headers))
    except WebhookVerificationError:
        return Response(status_code=401)
    return await answer(request)


async def slow(request):
    await asyncio.sleep(3)
    return await answer(request)


async def text(request):
    return PlainTextResponse(await said(request))


async def events(pieces, breaks=False):
    for piece in pieces:
        yield {"data": piece}
        await asyncio.sleep(0.1)
    if breaks:
        raise RuntimeError("the model is gone")


async def stream(request):
    return EventSourceResponse(events([await said(request), "\n", " It", " grows."]))


async def broken(request):
    return EventSourceResponse(events([await said(request), " It"], breaks=True))


app = Starlette(
    routes=[
        Route("/json", answer, methods=["POST"]),
        Route("/signed", signed, methods=["POST"]),
        Route("/slow", slow, methods=["POST"]),
        Route("/text", text, methods=["POST"]),
        Route("/stream", stream, methods=["POST"]),
        Route("/broken", broken, methods=["POST"]),
    ]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
