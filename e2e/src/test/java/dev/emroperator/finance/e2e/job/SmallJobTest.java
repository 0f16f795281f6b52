package dev.emroperator.finance.e2e.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The small job keeps the contract of the real one; a map stands for S3. */
class SmallJobTest {

  private static final String HOME = "/research/prices/_runs/91a09caf2263010a/0f6d2a6e-2/";

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final List<JsonNode> progress = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private PlainS3 s3;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::serve);
    server.start();
    s3 = new PlainS3(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] content = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("PUT")) {
      objects.put(path, content);
      if (path.endsWith("_progress.json")) {
        progress.add(json(path));
      }
      exchange.sendResponseHeaders(200, -1);
    } else if (objects.containsKey(path)) {
      exchange.sendResponseHeaders(200, objects.get(path).length);
      exchange.getResponseBody().write(objects.get(path));
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  private JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(objects.get(path));
  }

  private void put(String path, String content) {
    objects.put(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static String result(String analysis) {
    return "/research/prices/" + analysis + "/_runs/91a09caf2263010a/0f6d2a6e-2/";
  }

  private void putPlan(Instant deadline) {
    String plan =
        """
        {"version": 1, "runId": "91a09caf2263010a", "attempt": "0f6d2a6e-2",
         "deadline": "DEADLINE", "inputs": [], "from": null, "to": null, "warmupDays": 0,
         "analyses": [{"name": "daily", "of": "prices", "bars": {"every": "1d", "fields": ["close"]}},
                      {"name": "trend", "of": "daily", "rolling": {"column": "close", "windows": [20], "stats": ["mean"]}},
                      {"name": "weekly", "of": "prices", "bars": {"every": "1w", "fields": ["close"]}}],
         "format": "csv", "partitionBy": "none",
         "results": {"daily": "s3:/DAILY", "trend": "s3:/TREND", "weekly": "s3:/WEEKLY"},
         "home": "s3:/HOME", "aFieldOfTomorrow": 1}
        """
            .replace("DEADLINE", deadline.toString())
            .replace("DAILY", result("daily"))
            .replace("TREND", result("trend"))
            .replace("WEEKLY", result("weekly"))
            .replace("HOME", HOME);
    put("/artifacts/plan.json", plan);
  }

  private int run() throws Exception {
    putPlan(Instant.now().plusSeconds(3600));
    return SmallJob.run(SmallJob.readPlan("s3://artifacts/plan.json", s3), s3);
  }

  private static List<String> states(JsonNode record) {
    List<String> states = new ArrayList<>();
    record.path("steps").forEach(step -> states.add(step.path("state").asText()));
    return states;
  }

  private JsonNode last() {
    return progress.get(progress.size() - 1);
  }

  @Test
  void everyAnalysisGetsAFileAndThenAManifest() throws Exception {
    assertEquals(0, run());
    JsonNode manifest = json(result("trend") + "_manifest.json");
    assertEquals("91a09caf2263010a", manifest.path("runId").asText());
    assertEquals("0f6d2a6e-2", manifest.path("attempt").asText());
    assertEquals(1, manifest.path("rows").asInt());
    String file = manifest.path("files").path(0).path("path").asText();
    assertEquals(manifest.path("bytes").asInt(), objects.get(result("trend") + file).length);
    assertEquals(
        "analysis,attempt\ntrend,0f6d2a6e-2\n", new String(objects.get(result("trend") + file)));
  }

  @Test
  void progressIsToldBeforeBetweenAndAtTheEnd() throws Exception {
    run();
    assertEquals(List.of("Pending", "Pending", "Pending"), states(progress.get(0)));
    assertTrue(
        progress.stream()
            .anyMatch(p -> states(p).equals(List.of("Succeeded", "Running", "Pending"))));
    assertEquals(List.of("Succeeded", "Succeeded", "Succeeded"), states(last()));
    assertEquals(100, last().path("percent").asInt());
    for (int i = 0; i < progress.size(); i++) {
      assertEquals(i + 1, progress.get(i).path("seq").asInt());
      assertEquals(i == progress.size() - 1, progress.get(i).path("finished").asBoolean());
    }
  }

  @Test
  void whatIsThereIsNotMadeAgain() throws Exception {
    put(
        result("daily") + "_manifest.json",
        "{\"version\": 1, \"runId\": \"91a09caf2263010a\", \"attempt\": \"0f6d2a6e-2\"}");
    put(
        result("weekly") + "_manifest.json",
        "{\"version\": 1, \"runId\": \"another\", \"attempt\": \"0f6d2a6e-2\"}");
    assertEquals(0, run());
    assertFalse(objects.containsKey(result("daily") + "part-00000.csv"));
    assertTrue(objects.containsKey(result("weekly") + "part-00000.csv"));
    assertEquals(List.of("Succeeded", "Succeeded", "Succeeded"), states(last()));
  }

  @Test
  void aFailureIsReportedAndStopsOnlyWhatIsMadeOfIt() throws Exception {
    put("/research/prices/_behaviour.json", "[{}, {\"fail\": \"daily\"}, {}]");
    assertEquals(1, run());
    assertEquals("JobError", json(result("daily") + "_error.json").path("kind").asText());
    assertEquals("UpstreamFailed", json(result("trend") + "_error.json").path("kind").asText());
    assertEquals(List.of("Failed", "Skipped", "Succeeded"), states(last()));
    assertTrue(last().path("finished").asBoolean());
    assertFalse(objects.containsKey(result("daily") + "_manifest.json"));
  }

  @Test
  void theLastBehaviourHoldsForAllLaterAttempts() throws Exception {
    put("/research/prices/_behaviour.json", "[{\"fail\": \"weekly\"}]");
    assertEquals(1, run());
    assertEquals(List.of("Succeeded", "Succeeded", "Failed"), states(last()));
  }

  @Test
  void anAnalysisMayTakeItsTime() throws Exception {
    put("/research/prices/_behaviour.json", "[{\"millis\": 20}]");
    long begin = System.nanoTime();
    assertEquals(0, run());
    assertTrue(System.nanoTime() - begin >= 3 * 20 * 1_000_000L);
    assertTrue(
        progress.stream().anyMatch(p -> p.path("steps").path(0).path("percent").asInt() == 50));
  }

  @Test
  void asAProcessAHangingRunEndsAtItsDeadline() throws Exception {
    putPlan(Instant.now().plusSeconds(1));
    put("/research/prices/_behaviour.json", "[{\"hang\": \"trend\"}]");
    List<String> command = new ArrayList<>(List.of(SmallJob.command().split(" ")));
    command.addAll(
        List.of(
            "--deploy-mode", "client", "s3://jobs/job.jar", "--plan", "s3://artifacts/plan.json"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(3, process.waitFor(), printed);
    assertEquals("DeadlineExceeded", json(HOME + "_error.json").path("kind").asText());
    assertTrue(progress.stream().noneMatch(p -> p.path("finished").asBoolean()));
  }
}
