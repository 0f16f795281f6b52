package dev.emroperator.finance.operator.emr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.emr.EmrException.Kind;
import dev.emroperator.finance.operator.emr.JobFlow.ManagedScaling;
import dev.emroperator.finance.operator.emr.JobFlow.Network;
import dev.emroperator.finance.operator.emr.JobFlow.SparkStep;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client does when the wire or EMR fails, told by a server that counts the requests. */
class AwsEmrTest {

  private static final JobFlow REQUEST =
      new JobFlow(
          "name",
          "emr-7.12.0",
          "s3://logs/",
          "service",
          "profile",
          null,
          new Network(List.of(), null, null, null),
          List.of(),
          new ManagedScaling(1, 1, 1, 1),
          600,
          List.of(),
          new SparkStep("analyses", List.of()),
          Map.of());

  private final AtomicInteger requests = new AtomicInteger();
  private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private ServerSocket server;
  private String answer;
  private AwsEmr emr;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
    System.setProperty("aws.endpointUrlEmr", "http://127.0.0.1:" + server.getLocalPort());
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    emr =
        new AwsEmr(
            "eu-west-1",
            new ApiBudget(1, Clock.systemUTC()),
            (operation, outcome) -> heard.add(operation.emrName() + " " + outcome),
            timeouts,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    emr.close();
    timeouts.shutdownNow();
    server.close();
    System.clearProperty("aws.endpointUrlEmr");
  }

  /** Reads a request to its end, then answers, or closes the connection without a word. */
  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        readRequest(socket.getInputStream());
        requests.incrementAndGet();
        if (answer != null) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.read());
    }
    String lengthLine =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .findFirst()
            .orElseThrow();
    in.readNBytes(Integer.parseInt(lengthLine.substring("content-length:".length()).strip()));
  }

  private static String response(int status, String body) {
    return "HTTP/1.1 %d x\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, body.length(), body);
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsNotRepeated() {
    EmrException e = assertThrows(EmrException.class, () -> emr.runJobFlow(REQUEST));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
    assertEquals(1, requests.get());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | {"__type":"InternalServerException","Message":"x"}              | UNKNOWN_OUTCOME
          503 | {"__type":"ServiceUnavailable","Message":"x"}                   | UNKNOWN_OUTCOME
          400 | {"__type":"InternalServerError","Message":"x"}                  | UNKNOWN_OUTCOME
          400 | {"__type":"ThrottlingException","message":"Rate exceeded"}      | THROTTLED
          400 | {"__type":"ValidationException","message":"ServiceRole"}        | REFUSED
          400 | {"__type":"AccessDeniedException","Message":"not authorized"}   | REFUSED
          """)
  void anErrorIsToldApartAndNotRepeated(int status, String body, Kind kind) {
    answer = response(status, body);
    EmrException e = assertThrows(EmrException.class, () -> emr.runJobFlow(REQUEST));
    assertEquals(kind, e.kind(), e.getMessage());
    assertEquals(1, requests.get());
  }

  @Test
  void aRequestThatNeverLeftIsKnownToBeNone() throws IOException {
    server.close();
    EmrException e = assertThrows(EmrException.class, () -> emr.runJobFlow(REQUEST));
    assertEquals(Kind.NOT_SENT, e.kind(), e.getMessage());
  }

  @Test
  void aStateThatEmrAddsOneDayIsNoEndAndNoSuccess() {
    answer =
        response(
            200,
            "{\"Clusters\":[{\"Id\":\"j-1\",\"Name\":\"n\",\"Status\":{\"State\":\"HIBERNATING\"}}]}");
    var cluster = emr.listClusters(ClusterState.LIVE, null).get(0);
    assertEquals(ClusterState.UNKNOWN, cluster.knownState());
    assertEquals("HIBERNATING", cluster.state());
    assertTrue(!cluster.knownState().hasEnded() && !cluster.knownState().isLeaving());
  }

  @Test
  void aThrottleOfAnyOtherCallIsOnlyADelay() {
    answer = response(400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
    assertThrows(ApiBudget.Spent.class, () -> emr.describeCluster("j-1"));
    assertThrows(ApiBudget.Spent.class, () -> emr.describeCluster("j-1"));
    assertEquals(1, requests.get(), "the bucket is empty");
    assertEquals(List.of("DescribeCluster throttled"), List.copyOf(heard));
  }

  @Test
  void tellsErrorDetailsOfTheCluster() {
    answer =
        response(
            200,
            """
            {"Cluster":{"Id":"j-1","Name":"n","Tags":[{"Key":"team","Value":"research"}],"Status":{
              "State":"TERMINATED_WITH_ERRORS",
              "StateChangeReason":{"Code":"INTERNAL_ERROR","Message":"EC2 is out of capacity for m6g.xlarge"},
              "ErrorDetails":[{"ErrorCode":"INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ",
                "ErrorMessage":"no capacity","ErrorData":[{"instance-type":"m6g.xlarge"},{"availability-zone":"eu-west-1a"}]}]}}}
            """);
    var cluster = emr.describeCluster("j-1").orElseThrow();
    var detail = cluster.errorDetails().get(0);
    assertEquals("INTERNAL_ERROR_EC2_INSUFFICIENT_CAPACITY_AZ", detail.code());
    assertEquals("no capacity", detail.message());
    assertEquals(
        Map.of("instance-type", "m6g.xlarge", "availability-zone", "eu-west-1a"), detail.data());
    assertEquals(Map.of("team", "research"), emr.tags("j-1").orElseThrow());
  }

  @Test
  void anUnknownClusterHasNoTags() {
    answer =
        response(
            400,
            "{\"__type\":\"InvalidRequestException\",\"ErrorCode\":\"NoSuchCluster\",\"Message\":\"Cluster id 'j-1' is not valid.\"}");
    assertEquals(Optional.empty(), emr.tags("j-1"));
    assertEquals(Optional.empty(), emr.describeCluster("j-1"));
  }

  @Test
  void tellsStepsInTheOrderOfTheRequest() {
    answer =
        response(
            200,
            """
            {"Steps":[
              {"Id":"s-2","Name":"n","Status":{"State":"CANCELLED","Timeline":{"CreationDateTime":1772445700}}},
              {"Id":"s-1","Name":"n","Status":{"State":"INTERRUPTED","Timeline":{"CreationDateTime":1772445600,"StartDateTime":1772445650}}}]}
            """);
    var steps = emr.listSteps("j-1");
    assertEquals(List.of("s-1", "s-2"), steps.stream().map(s -> s.id()).toList());
  }

  @Test
  void eachPageTakesAToken() {
    answer = response(200, "{\"Clusters\":[],\"Marker\":\"more\"}");
    assertThrows(ApiBudget.Spent.class, () -> emr.listClusters(ClusterState.LIVE, null));
    assertEquals(20, requests.get(), "EMR's burst for ListClusters");
  }

  @Test
  void anEndIsAskedForInOneRequestAndABadIdAlone() throws InterruptedException {
    answer =
        response(400, "{\"__type\":\"ValidationException\",\"message\":\"termination protected\"}");
    emr.terminateJobFlows(List.of("j-1"));
    emr.terminateJobFlows(List.of("j-2"));
    for (int i = 0; i < 3; i++) {
      assertEquals("TerminateJobFlows refused", heard.poll(5, TimeUnit.SECONDS));
    }
    EmrException e = assertThrows(EmrException.class, () -> emr.terminateJobFlows(List.of("j-1")));
    assertTrue(e.getMessage().contains("termination protected"), e.getMessage());
    assertEquals(3, requests.get(), "one for both, then one for each");
  }
}
