package dev.emroperator.finance.localcloud.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a call and of its answer, with a small server behind the gateway. */
class GatewayTest {

  private final List<String> served = new CopyOnWriteArrayList<>();
  private final List<Call> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::echo);
    server.setExecutor(threads);
    server.start();
    URI upstream = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    gateway =
        Gateway.start(
            Map.of(
                Target.EMR, Upstream.plain(upstream),
                Target.S3, Upstream.plain(upstream)));
  }

  @AfterEach
  void stop() {
    gateway.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Answers with what it got; in chunks when it was asked to. */
  private void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    served.add(exchange.getRequestMethod() + " " + path);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    long length = head || body.length == 0 ? -1 : path.contains("chunked") ? 0 : body.length;
    exchange.sendResponseHeaders(path.contains("missing") ? 404 : 200, length);
    if (length >= 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void decide(Verdict before, Verdict after) {
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict before(Call call) {
            seen.add(call);
            return before;
          }

          @Override
          public Verdict after(Call call, int status) {
            return after;
          }
        });
  }

  private HttpRequest.Builder request(Target target, String path) {
    return HttpRequest.newBuilder(gateway.endpoint(target).resolve(path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> put(String path, byte[] body) throws Exception {
    return send(request(Target.S3, path).PUT(BodyPublishers.ofByteArray(body)));
  }

  private HttpResponse<byte[]> runJobFlow() throws Exception {
    return send(
        request(Target.EMR, "/")
            .header("X-Amz-Target", "ElasticMapReduce.RunJobFlow")
            .POST(BodyPublishers.ofString("{\"Name\":\"n\"}")));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatPassesIsSeenAndUnchanged() throws Exception {
    decide(Verdict.PASS, Verdict.PASS);
    assertEquals("{\"Name\":\"n\"}", new String(runJobFlow().body()));
    assertEquals(200, send(request(Target.S3, "/b/k?list-type=2")).statusCode());
    assertEquals(404, send(request(Target.S3, "/missing")).statusCode());
    assertEquals(
        List.of("EMR RunJobFlow", "S3 GET /b/k?list-type=2", "S3 GET /missing"),
        seen.stream().map(Call::toString).toList());
    assertEquals("{\"Name\":\"n\"}", seen.get(0).text());
    assertEquals(List.of(1L, 2L, 3L), seen.stream().map(Call::number).toList());
    assertEquals(List.of(true, false, false), seen.stream().map(Call::isWrite).toList());
    assertEquals(List.of("POST /", "GET /b/k?list-type=2", "GET /missing"), served);
  }

  @Test
  void aCallThatIsDroppedBeforeIsNeverServed() throws Exception {
    decide(Verdict.DROP, Verdict.PASS);
    assertThrows(IOException.class, this::runJobFlow);
    assertEquals(List.of(), served);
    gateway.intercept(null);
    assertEquals(200, runJobFlow().statusCode());
  }

  @Test
  void anAnswerThatIsDroppedWasServed() {
    decide(Verdict.PASS, Verdict.DROP);
    assertThrows(IOException.class, this::runJobFlow);
    assertEquals(List.of("POST /"), served);
  }

  @Test
  void aResetIsOne() throws Exception {
    decide(Verdict.PASS, Verdict.RESET);
    URI door = gateway.endpoint(Target.S3);
    try (var socket = new java.net.Socket(door.getHost(), door.getPort())) {
      socket.getOutputStream().write("GET /k HTTP/1.1\r\nHost: h\r\n\r\n".getBytes());
      assertThrows(SocketException.class, () -> socket.getInputStream().read());
    }
    assertEquals(List.of("GET /k"), served);
  }

  @Test
  void anotherAnswerTakesThePlaceOfTheCallOrOfTheAnswer() throws Exception {
    decide(Verdict.answer(503, "{\"a\":1}"), Verdict.PASS);
    HttpResponse<byte[]> instead = runJobFlow();
    assertEquals(503, instead.statusCode());
    assertEquals("{\"a\":1}", new String(instead.body()));
    assertEquals("application/json", instead.headers().firstValue("Content-Type").orElse(""));
    assertEquals(List.of(), served);
    decide(Verdict.PASS, Verdict.answer(409, "{}"));
    assertEquals(409, runJobFlow().statusCode());
    assertEquals(List.of("POST /"), served);
    assertEquals(
        409, send(request(Target.S3, "/k").method("HEAD", BodyPublishers.noBody())).statusCode());
  }

  @Test
  void aDelayHoldsTheCallBack() throws Exception {
    decide(Verdict.delay(Duration.ofMillis(30)), Verdict.delay(Duration.ofMillis(30)));
    long begin = System.nanoTime();
    assertEquals(200, runJobFlow().statusCode());
    assertTrue(System.nanoTime() - begin >= Duration.ofMillis(60).toNanos());
  }

  @Test
  void anInterceptorThatFailsDropsTheCall() {
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict before(Call call) {
            throw new AssertionError("this trace belongs to a test");
          }
        });
    assertThrows(IOException.class, this::runJobFlow);
    assertEquals(List.of(), served);
  }

  @Test
  void anInterceptorMayActWhileTheCallerWaits() {
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict after(Call call, int status) {
            served.add("killed after " + status);
            return Verdict.DROP;
          }
        });
    assertThrows(IOException.class, this::runJobFlow);
    assertEquals(List.of("POST /", "killed after 200"), served);
  }

  @Test
  void largeAndChunkedBodiesAreStreamed() throws Exception {
    decide(Verdict.PASS, Verdict.PASS);
    byte[] jar = random(12 << 20);
    assertArrayEquals(jar, put("/jars/job.jar", jar).body());
    assertNull(seen.get(0).body(), "too large to be held");
    byte[] small = random(100_000);
    HttpResponse<byte[]> chunked =
        send(
            request(Target.S3, "/chunked")
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(small))));
    assertArrayEquals(small, chunked.body());
    assertNull(seen.get(1).body(), "nobody knows how long it is");
  }

  @Test
  void whoExpectsToContinueMay() throws Exception {
    for (int length : new int[] {10, 2 << 20}) {
      byte[] body = random(length);
      HttpResponse<byte[]> answer =
          send(request(Target.S3, "/k").expectContinue(true).PUT(BodyPublishers.ofByteArray(body)));
      assertEquals(200, answer.statusCode());
      assertArrayEquals(body, answer.body());
    }
  }

  @Test
  void manyMayCallAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    IntStream.range(0, 100)
        .forEach(
            i ->
                answers.add(
                    http.sendAsync(
                        request(Target.S3, "/k" + i)
                            .PUT(BodyPublishers.ofString("body " + i))
                            .build(),
                        BodyHandlers.ofString())));
    for (int i = 0; i < 100; i++) {
      assertEquals("body " + i, answers.get(i).join().body());
    }
  }

  @Test
  void aServerThatIsAwayShowsAsAClosedConnection() {
    server.stop(0);
    assertThrows(IOException.class, this::runJobFlow);
  }
}
