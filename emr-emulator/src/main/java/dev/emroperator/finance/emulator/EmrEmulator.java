package dev.emroperator.finance.emulator;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.emroperator.finance.emulator.faults.Fault;
import dev.emroperator.finance.emulator.faults.FaultScript;
import dev.emroperator.finance.emulator.faults.FaultyOperations;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.steps.Logs;
import dev.emroperator.finance.emulator.steps.ProcessRunner;
import dev.emroperator.finance.emulator.wire.EmrError;
import dev.emroperator.finance.emulator.wire.Operations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EMR behind a port of this machine: AWS JSON 1.1, one POST for each operation. */
public final class EmrEmulator implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CREDENTIAL_SCOPE =
      Pattern.compile("Credential=[^/]+/[0-9]{8}/([a-z0-9-]+)/");
  private static final String DEFAULT_REGION = "us-east-1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ProcessRunner runner;
  private final Journal journal;
  private final FaultScript faults = new FaultScript();
  private final FaultyOperations operations;

  private EmrEmulator(Settings settings) throws IOException {
    Clock clock = Clock.systemUTC();
    journal = new Journal(clock);
    runner = new ProcessRunner(settings, new Logs(settings.s3()));
    Account account =
        new Account(
            settings,
            clock,
            (delay, work) -> timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS),
            runner);
    operations = new FaultyOperations(new Operations(account), account, faults, clock);
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    server.createContext("/", this::answer);
    server.createContext("/_emulator/journal", this::answerJournal);
    server.createContext("/_emulator/faults", this::answerFaults);
    server.setExecutor(threads);
    server.start();
  }

  /** Starts at once; steps run as processes of this machine. */
  public static EmrEmulator start(Settings settings) throws IOException {
    return new EmrEmulator(settings);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How it is told to misbehave. */
  public FaultScript faults() {
    return faults;
  }

  /** Every call that came in. */
  public Journal journal() {
    return journal;
  }

  /** Stops to listen, and ends every step that still runs. */
  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
    runner.close();
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target == null ? "" : target.substring(target.lastIndexOf('.') + 1);
    String invocation = exchange.getRequestHeaders().getFirst("amz-sdk-invocation-id");
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode request =
          body.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(body);
      ObjectNode response = operations.call(operation, request, region(exchange));
      journal.add(operation, invocation, "ok");
      send(exchange, 200, response);
    } catch (FaultyOperations.Dropped e) {
      journal.add(operation, invocation, e.getMessage());
      exchange.close();
    } catch (EmrError e) {
      journal.add(operation, invocation, e.type());
      send(exchange, e.httpStatus(), e.body());
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      journal.add(operation, invocation, "InternalServerException");
      EmrError error = EmrError.internal(e);
      send(exchange, error.httpStatus(), error.body());
    }
  }

  private void answerJournal(HttpExchange exchange) throws IOException {
    send(exchange, 200, JSON.valueToTree(journal.calls()));
  }

  /**
   * POST adds faults, DELETE removes all; either answers with those that still have calls to hit.
   */
  private void answerFaults(HttpExchange exchange) throws IOException {
    try {
      switch (exchange.getRequestMethod()) {
        case "POST" ->
            faults.add(List.of(JSON.readValue(exchange.getRequestBody(), Fault[].class)));
        case "DELETE" -> faults.clear();
        default -> {
          // Only told.
        }
      }
      send(exchange, 200, JSON.valueToTree(faults.pending()));
    } catch (JacksonException e) {
      send(exchange, 400, JSON.createObjectNode().put("message", e.getOriginalMessage()));
    }
  }

  private static String region(HttpExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Matcher scope = CREDENTIAL_SCOPE.matcher(authorization == null ? "" : authorization);
    return scope.find() ? scope.group(1) : DEFAULT_REGION;
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
