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
import java.util.List;
import java.util.Map;
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
    emr = new AwsEmr("eu-west-1");
  }

  @AfterEach
  void stop() throws IOException {
    emr.close();
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
}
