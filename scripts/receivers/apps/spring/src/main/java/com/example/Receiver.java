// A receiver with Spring MVC.

package com.example;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final JsonMapper json = new JsonMapper();

  record Task(String question) {
    String said() {
      return "You said: " + question;
    }
  }

  public static void main(String[] args) {
    var app = new SpringApplication(Receiver.class);
    app.setDefaultProperties(
        Map.of("server.address", "127.0.0.1", "server.port", System.getenv("PORT")));
    app.run(args);
  }

  @PostMapping("/json")
  Map<String, Object> answer(@RequestBody Task task) {
    return Map.of("success", true, "message", task.said());
  }

  @PostMapping("/signed")
  ResponseEntity<?> signed(@RequestHeader HttpHeaders headers, @RequestBody String body)
      throws Exception {
    var signed = new HashMap<String, List<String>>();
    headers.forEach((name, values) -> signed.put(name.toLowerCase(), values));
    try {
      new Webhook(System.getenv("CALLBACK_SECRET")).verify(body, signed);
    } catch (WebhookVerificationException error) {
      return ResponseEntity.status(401).build();
    }
    return ResponseEntity.ok(answer(json.readValue(body, Task.class)));
  }

  @PostMapping("/slow")
  Map<String, Object> slow(@RequestBody Task task) throws InterruptedException {
    Thread.sleep(3000);
    return answer(task);
  }

  @PostMapping("/text")
  String text(@RequestBody Task task) {
    return task.said();
  }

  @PostMapping("/stream")
  SseEmitter stream(@RequestBody Task task) {
    return write(List.of(task.said(), "\n", " It", " grows."), false);
  }

  @PostMapping("/broken")
  SseEmitter broken(@RequestBody Task task) {
    return write(List.of(task.said(), " It"), true);
  }

  private SseEmitter write(List<String> pieces, boolean breaks) {
    var emitter = new SseEmitter(0L);
    workers.execute(() -> {
      try {
        for (var piece : pieces) {
          emitter.send(piece);
          Thread.sleep(100);
        }
        if (breaks) throw new IllegalStateException("the model is gone");
        emitter.complete();
      } catch (Exception error) {
        emitter.completeWithError(error);
      }
    });
    return emitter;
  }
}
