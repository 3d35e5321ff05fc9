"""A receiver with Django and asynchronous views, behind uvicorn."""

import asyncio
import json
import os

import uvicorn
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from standardwebhooks import Webhook, WebhookVerificationError

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="none",
)


def said(request):
    return f"You said: {json.loads(request.body)['question']}"


async def answer(request):
    return JsonResponse({"success": True, "message": said(request)})


async def signed(request):
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(request.body, dict(request.headers))
    except WebhookVerificationError:
        return HttpResponse(status=401)
    return await answer(request)


async def slow(request):
    await asyncio.sleep(3)
    return await answer(request)


async def text(request):
    return HttpResponse(said(request))


async def events(pieces, breaks=False):
    for piece in pieces:
        yield f"data: {json.dumps(piece)}\n\n"
        await asyncio.sleep(0.1)
    if breaks:
        raise RuntimeError("the model is gone")


async def stream(request):
    pieces = [said(request), "\n", " It", " grows."]
    return StreamingHttpResponse(events(pieces), content_type="text/event-stream")


async def broken(request):
    pieces = [said(request), " It"]
    return StreamingHttpResponse(events(pieces, breaks=True), content_type="text/event-stream")


urlpatterns = [
    path("json", csrf_exempt(answer)),
    path("signed", csrf_exempt(signed)),
    path("slow", csrf_exempt(slow)),
    path("text", csrf_exempt(text)),
    path("stream", csrf_exempt(stream)),
    path("broken", csrf_exempt(broken)),
]

application = get_asgi_application()

if __name__ == "__main__":
    uvicorn.run(application, host="127.0.0.1", port=int(os.environ["PORT"]))
