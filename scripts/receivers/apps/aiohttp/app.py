"""A receiver with aiohttp."""

import asyncio
import json
import os

from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

routes = web.RouteTableDef()


async def said(request):
    return f"You said: {(await request.json())['question']}"


@routes.post("/json")
async def answer(request):
    return web.json_response({"success": True, "message": await said(request)})


@routes.post("/signed")
async def signed(request):
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(await request.read(), dict(request.headers))
    except WebhookVerificationError:
        return web.Response(status=401)
    return await answer(request)


@routes.post("/slow")
async def slow(request):
    await asyncio.sleep(3)
    return await answer(request)


@routes.post("/text")
async def text(request):
    return web.Response(text=await said(request))


async def write(request, pieces):
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for piece in pieces:
        await response.write(f"data: {json.dumps(piece)}\n\n".encode())
        await asyncio.sleep(0.1)
    return response


@routes.post("/stream")
async def stream(request):
    return await write(request, [await said(request), "\n", " It", " grows."])


@routes.post("/broken")
async def broken(request):
    await write(request, [await said(request), " It"])
    raise RuntimeError("the model is gone")


app = web.Application()
app.add_routes(routes)

if __name__ == "__main__":
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]))
