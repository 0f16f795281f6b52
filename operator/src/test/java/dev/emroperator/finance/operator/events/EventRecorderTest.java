package dev.emroperator.finance.operator.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import dev.emroperator.finance.operator.orphans.Finding;
import dev.emroperator.finance.operator.orphans.OrphanEvents;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

  private final ManualClock clock = new ManualClock();
  private final Map<String, String> stored = new ConcurrentHashMap<>();
  private HttpServer api;
  private KubernetesClient kubernetes;
  private EventRecorder recorder;

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/api/v1/namespaces/research/events", this::answer);
    api.start();
    kubernetes =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + api.getAddress().getPort())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    recorder = new EventRecorder(kubernetes, clock);
  }

  @AfterEach
  void stop() {
    kubernetes.close();
    api.stop(0);
  }

  /** As the API server does with Events, as far as it matters here. */
  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        String text = new String(body, StandardCharsets.UTF_8);
        String given = Serialization.unmarshal(text, Event.class).getMetadata().getName();
        boolean isNew = stored.putIfAbsent(given, text) == null;
        reply(exchange, isNew ? 201 : 409, isNew ? text : "{\"kind\":\"Status\",\"code\":409}");
      }
      case "PATCH" -> {
        var json = Serialization.jsonMapper();
        var patched = JsonPatch.apply(json.readTree(body), json.readTree(stored.get(name)));
        stored.put(name, patched.toString());
        reply(exchange, 200, patched.toString());
      }
      default -> reply(exchange, 200, stored.get(name));
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private Event onlyEvent() {
    assertEquals(1, stored.size(), stored.toString());
    return Serialization.unmarshal(stored.values().iterator().next(), Event.class);
  }

  @Test
  void whatIsSaidAgainCountsUpTheEventThatIsThere() {
    recorder.warn(Samples.object(), Reason.HINDERED, "no word from the job for 61 s");
    String first = onlyEvent().getLastTimestamp();
    clock.pass(Duration.ofMinutes(1));
    recorder.warn(Samples.object(), Reason.HINDERED, "no word from the job for 121 s");
    clock.pass(Duration.ofMinutes(1));
    recorder.warn(Samples.object(), Reason.HINDERED, "no word from the job for 181 s");

    Event event = onlyEvent();
    assertEquals(3, event.getCount());
    assertEquals("no word from the job for 181 s", event.getMessage());
    assertEquals(first, event.getFirstTimestamp());
    assertEquals("Warning", event.getType());
    assertEquals(
        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
        event.getLastTimestamp());
  }

  @Test
  void aFindingThatIsMadeAgainCountsUpTheEventOfItsNamespace() {
    ClusterSummary cluster = new ClusterSummary("j-1", "n", "RUNNING", null, null, null, null);
    Finding finding = new Finding(cluster, "eu-west-1", false, "research", "gone", "uid", true);
    OrphanEvents events = new OrphanEvents(recorder);
    events.found(finding);
    events.found(finding);

    Event event = onlyEvent();
    assertEquals(2, event.getCount());
    assertEquals("OrphanedCluster", event.getReason());
    assertEquals("Namespace", event.getInvolvedObject().getKind());
    assertEquals("research", event.getInvolvedObject().getName());
    assertEquals("research", event.getMetadata().getNamespace());
  }

  @Test
  void otherNewsAreAnotherEvent() {
    recorder.tell(Samples.object(), Reason.RUNNING, "the job runs");
    recorder.tell(Samples.object(), Reason.SUCCEEDED, "all done");
    assertEquals(2, stored.size());
  }

  @Test
  void anEventThatCannotBeWrittenStopsNothing() {
    api.stop(0);
    recorder.warn(Samples.object(), Reason.HINDERED, "nobody hears this");
    assertEquals(0, stored.size());
  }
}
