// A receiver in Java, with Spring Boot: what a rule's `callback.url` calls.
//
//     mvn spring-boot:run        listens on http://127.0.0.1:4001/callback
//
// CALLBACK_SECRET is the `secret` of the rule (whsec_…), PORT another port.

package com.example;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

@SpringBootApplication
@RestController
public class Receiver {
  /** How many answers are kept for repetitions. */
  private static final int KEPT = 1000;

  private final String secret = Objects.requireNonNullElse(System.getenv("CALLBACK_SECRET"), "");
  private final JsonMapper json = new JsonMapper();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicInteger worked = new AtomicInteger();

  /** The answers by `webhook-id`, the oldest first; also those still being worked on. */
  private final Map<String, CompletableFuture<String>> answers =
      Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<String>> eldest) {
          return size() > KEPT;
        }
      });

  public static void main(String[] args) {
    var port = Objects.requireNonNullElse(System.getenv("PORT"), "4001");
    var app = new SpringApplication(Receiver.class);
    app.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", port));
    if (System.getenv("CALLBACK_SECRET") == null) {
      System.err.println("CALLBACK_SECRET is not set: signatures are not verified.");
    }
    app.run(args);
  }

  // The raw body: what is signed are the bytes as they came.
  @PostMapping("/callback")
  Object callback(@RequestHeader HttpHeaders headers, @RequestBody byte[] raw) throws Exception {
    var body = new String(raw, StandardCharsets.UTF_8);
    if (!isGenuine(headers, body)) return ResponseEntity.status(401).build();
    var question = json.readTree(body).path("question").asString("");
    var id = headers.getFirst("webhook-id");
    if (!question.contains("流") && !question.contains("stream")) {
      return Map.of("success", true, "message", answerOnce(id, question, null).get());
    }
    // 0: without a limit. With the server's, 30 s, a long answer ends as if it were whole.
    var emitter = new SseEmitter(0L);
    var isKnown = answers.containsKey(id);
    // As a JSON string a piece may hold line breaks, or look like an object.
    Consumer<String> onPiece = piece -> send(emitter, json.writeValueAsString(piece));
    answerOnce(id, question, onPiece).whenComplete((answer, error) -> {
      if (error != null) {
        emitter.completeWithError(error);
        return;
      }
      if (isKnown) send(emitter, json.writeValueAsString(answer));
      send(emitter, "[DONE]");
      emitter.complete();
    });
    return emitter;
  }

  /** Your work: returns the whole answer, and hands over its pieces meanwhile if it grows. */
  private String work(String question, Consumer<String> onPiece) {
    // The number shows that a repetition is not worked on twice.
    var said = worked.incrementAndGet() + ". 您说 You said: " + question;
    if (onPiece == null) return said;
    var answer = new StringBuilder();
    for (var piece : List.of(said, "。", "这段回答", "逐步", "显示。", " This", " answer", " grows.")) {
      onPiece.accept(piece);
      answer.append(piece);
      LockSupport.parkNanos(100_000_000);
    }
    return answer.toString();
  }

  /** Works on a task once; one that comes again gets the same answer. */
  private CompletableFuture<String> answerOnce(String id, String question, Consumer<String> onPiece) {
    var answer = new CompletableFuture<String>();
    var known = answers.putIfAbsent(id, answer);
    if (known != null) return known;
    // In a thread of its own: it goes on when the caller hangs up.
    workers.execute(() -> {
      try {
        answer.complete(work(question, onPiece));
      } catch (RuntimeException error) {
        // What failed is worked on anew when the task comes again.
        answers.remove(id);
        answer.completeExceptionally(error);
      }
    });
    return answer;
  }

  private static void send(SseEmitter emitter, String data) {
    try {
      emitter.send(SseEmitter.event().data(data));
    } catch (IOException | IllegalStateException gone) {
      // The caller hung up; the answer is kept for when it asks again.
    }
  }

  private boolean isGenuine(HttpHeaders headers, String body) throws Exception {
    if (secret.isEmpty()) return true;
    // The library finds names in lower case only. Not getValuesAsList: a signature has a comma in it.
    var signed = new HashMap<String, List<String>>();
    for (var name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      signed.put(name, headers.getOrEmpty(name));
    }
    try {
      new Webhook(secret).verify(body, signed);
      return true;
    } catch (WebhookVerificationException error) {
      return false;
    }
  }
}
