package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.EmrException;

/** What the emulator tells of itself, with the quotas of AWS. */
class JournalTest {

  private EmrEmulator emulator;
  private EmrClient emr;

  @BeforeEach
  void start() throws IOException {
    emulator = EmrEmulator.start(Settings.local(null, List.of(), 1));
    emr = WireTest.client(emulator);
  }

  @AfterEach
  void stop() {
    emr.close();
    emulator.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(emulator.endpoint().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path).body());
  }

  @Test
  void everyCallSaysWhatItIsAbout() throws Exception {
    String id = emr.runJobFlow(WireTest.request("a/b/c/0f6d2a6e-1").build()).jobFlowId();
    emr.describeCluster(r -> r.clusterId(id));
    emr.terminateJobFlows(r -> r.jobFlowIds(id));
    emr.listClusters(r -> {});
    List<List<String>> about =
        emulator.journal().calls().stream().map(Journal.Call::about).toList();
    assertEquals(List.of(List.of("a/b/c/0f6d2a6e-1"), List.of(id), List.of(id), List.of()), about);
    assertEquals(
        "ListClusters", read("/_emulator/journal?since=3").path(0).path("operation").asText());
    assertEquals(0, read("/_emulator/journal?since=4").size());
    assertEquals(400, get("/_emulator/journal?since=yesterday").statusCode());
  }

  @Test
  void aThrottledCallDoesNothingAndIsWrittenDown() throws Exception {
    EmrException throttled =
        assertThrows(
            EmrException.class,
            () -> {
              for (int i = 0; i < 100; i++) {
                emr.runJobFlow(WireTest.request("many").build());
              }
            });
    assertTrue(throttled.isThrottlingException());
    assertEquals(400, throttled.statusCode());
    assertEquals("Rate exceeded", throttled.awsErrorDetails().errorMessage());
    List<Journal.Call> calls = emulator.journal().calls();
    Journal.Call last = calls.get(calls.size() - 1);
    assertEquals("ThrottlingException", last.outcome());
    assertEquals(List.of("many"), last.about());
    assertEquals(calls.size() - 1, read("/_emulator/clusters").size());
  }

  @Test
  void lookingAtClustersFromOutsideIsNoCall() throws Exception {
    String id = emr.runJobFlow(WireTest.request("seen").build()).jobFlowId();
    for (int i = 0; i < 50; i++) {
      assertEquals(200, get("/_emulator/clusters").statusCode());
    }
    JsonNode life = read("/_emulator/clusters").path(0);
    assertEquals(id, life.path("id").asText());
    assertEquals("seen", life.path("name").asText());
    assertEquals("eu-west-1", life.path("region").asText());
    assertEquals("research", life.path("tags").path("team").asText());
    assertTrue(life.path("asked").isNull());
    assertEquals("STARTING", life.path("states").path(0).path("state").asText());
    assertEquals(life.path("created"), life.path("states").path(0).path("at"));
    assertEquals(1, emulator.journal().calls().size());
    assertNotNull(emr.listClusters(r -> {}));
  }

  @Test
  void quotasCanBeLiftedAndComeBackFull() throws Exception {
    assertEquals(200, postQuotas("0"));
    for (int i = 0; i < 30; i++) {
      emr.listClusters(r -> {});
    }
    assertEquals(200, postQuotas("1"));
    for (int i = 0; i < 20; i++) {
      emr.listClusters(r -> {});
    }
    assertThrows(EmrException.class, () -> emr.listClusters(r -> {}));
    assertEquals(400, postQuotas("-1"));
  }

  private int postQuotas(String factor) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(emulator.endpoint().resolve("/_emulator/quotas"))
            .POST(HttpRequest.BodyPublishers.ofString(factor))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
