package dev.emroperator.finance.localcloud.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that go on for long, with both sides played by the test. */
class WatchTest {

  private final AtomicInteger decided = new AtomicInteger();
  private ServerSocket server;
  private Gateway gateway;
  private Socket caller;
  private BufferedReader callerReads;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    URI upstream = URI.create("http://127.0.0.1:" + server.getLocalPort());
    gateway = Gateway.start(Map.of(Target.KUBERNETES, Upstream.plain(upstream)));
    gateway.intercept(
        new Interceptor() {
          @Override
          public Verdict after(Call call, int status) {
            decided.incrementAndGet();
            return Verdict.PASS;
          }
        });
    URI door = gateway.endpoint(Target.KUBERNETES);
    caller = new Socket(door.getHost(), door.getPort());
    callerReads = reader(caller);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    caller.close();
    server.close();
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void assertHead(BufferedReader reader, String start) throws IOException {
    assertEquals(start, reader.readLine());
    String line = reader.readLine();
    while (!line.isEmpty()) {
      line = reader.readLine();
    }
  }

  /** Opens a watch, and returns the server's side of it. */
  private Socket watch(String headers) throws IOException {
    say(caller, "GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
    Socket accepted = server.accept();
    assertHead(reader(accepted), "GET /api/v1/pods?watch=true HTTP/1.1");
    return accepted;
  }

  private static boolean hasEnded(BufferedReader reader) {
    try {
      return reader.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void eventsComeAtOnceAndACutEndsBothSides() throws IOException {
    try (Socket watch = watch("")) {
      say(watch, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertHead(callerReads, "HTTP/1.1 200 OK");
      say(watch, "6\r\nADDED\n\r\n");
      assertEquals("6", callerReads.readLine());
      assertEquals("ADDED", callerReads.readLine());
      say(watch, "9\r\nMODIFIED\n\r\n");
      assertEquals("", callerReads.readLine());
      assertEquals("9", callerReads.readLine());
      assertEquals("MODIFIED", callerReads.readLine());
      assertEquals(1, decided.get());
      assertEquals(1, gateway.cutWatches());
      assertEquals("", callerReads.readLine());
      assertTrue(hasEnded(callerReads));
      assertTrue(hasEnded(reader(watch)));
    }
  }

  @Test
  void aWebsocketGoesBothWaysAndIsAWatchToo() throws IOException {
    try (Socket watch = watch("Connection: Upgrade\r\nUpgrade: websocket\r\n")) {
      say(watch, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
      assertHead(callerReads, "HTTP/1.1 101 Switching Protocols");
      say(watch, "event\n");
      assertEquals("event", callerReads.readLine());
      say(caller, "ping\n");
      assertEquals("ping", reader(watch).readLine());
      assertEquals(1, gateway.cutWatches());
      assertTrue(hasEnded(callerReads));
    }
  }

  @Test
  void theServerLearnsThatTheWatcherIsGone() throws IOException {
    try (Socket watch = watch("")) {
      say(watch, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertHead(callerReads, "HTTP/1.1 200 OK");
      caller.close();
      assertTrue(hasEnded(reader(watch)));
    }
  }

  @Test
  void otherCallsAreNoWatches() throws Exception {
    say(caller, "GET /api/v1/pods HTTP/1.1\r\nHost: h\r\n\r\n");
    try (Socket list = server.accept()) {
      assertHead(reader(list), "GET /api/v1/pods HTTP/1.1");
      assertEquals(0, gateway.cutWatches());
      say(list, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
      assertHead(callerReads, "HTTP/1.1 200 OK");
      assertEquals('{', callerReads.read());
      assertEquals('}', callerReads.read());
      CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> hasEnded(callerReads));
      say(caller, "GET /again HTTP/1.1\r\nHost: h\r\n\r\n");
      assertHead(reader(list), "GET /again HTTP/1.1");
      assertFalse(ended.isDone(), "the connection is kept");
      gateway.cutAll();
      assertTrue(ended.get());
    }
  }
}
