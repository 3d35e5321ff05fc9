// A receiver with Spring WebFlux.

package com.example;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@SpringBootApplication
@RestController
public class Receiver {
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
  Mono<Map<String, Object>> answer(@RequestBody Task task) {
    return Mono.just(Map.of("success", true, "message", task.said()));
  }

  @PostMapping("/signed")
  Mono<ResponseEntity<Map<String, Object>>> signed(
      @RequestHeader HttpHeaders headers, @RequestBody String body) throws Exception {
    var signed = new HashMap<String, List<String>>();
    headers.forEach((name, values) -> signed.put(name.toLowerCase(), values));
    try {
      new Webhook(System.getenv("CALLBACK_SECRET")).verify(body, signed);
    } catch (WebhookVerificationException error) {
      return Mono.just(ResponseEntity.status(401).build());
    }
    return answer(json.readValue(body, Task.class)).map(ResponseEntity::ok);
  }

  @PostMapping("/slow")
  Mono<Map<String, Object>> slow(@RequestBody Task task) {
    return Mono.delay(Duration.ofSeconds(3)).then(answer(task));
  }

  @PostMapping("/text")
  Mono<String> text(@RequestBody Task task) {
    return Mono.just(task.said());
  }

  @PostMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> stream(@RequestBody Task task) {
    return pieces(task.said(), "\n", " It", " grows.");
  }

  @PostMapping(path = "/broken", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> broken(@RequestBody Task task) {
    return pieces(task.said(), " It")
        .concatWith(Flux.error(new IllegalStateException("the model is gone")));
  }

  private static Flux<String> pieces(String... pieces) {
    return Flux.just(pieces).delayElements(Duration.ofMillis(100));
  }
}
