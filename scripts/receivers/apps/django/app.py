"""A receiver with Django, behind gunicorn."""

import json
import os
import time

from django.conf import settings
from django.core.wsgi import get_wsgi_application
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


def answer(request):
    return JsonResponse({"success": True, "message": said(request)})


def signed(request):
    try:
        Webhook(os.environ["CALLBACK_SECRET"]).verify(request.body, dict(request.headers))
    except WebhookVerificationError:
        return HttpResponse(status=401)
    return answer(request)


def slow(request):
    time.sleep(3)
    return answer(request)


def text(request):
    return HttpResponse(said(request))


def events(pieces, breaks=False):
    for piece in pieces:
        yield f"data: {json.dumps(piece)}\n\n"
        time.sleep(0.1)
    if breaks:
        raise RuntimeError("the model is gone")


def stream(request):
    pieces = [said(request), "\n", " It", " grows."]
    return StreamingHttpResponse(events(pieces), content_type="text/event-stream")


def broken(request):
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

application = get_wsgi_application()

if __name__ == "__main__":
    os.execvp(
        os.path.join("venv", "bin", "gunicorn"),
        ["gunicorn", "--threads", "8", "--bind", f"127.0.0.1:{os.environ['PORT']}", "app"],
    )
