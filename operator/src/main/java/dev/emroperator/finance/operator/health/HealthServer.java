package dev.emroperator.finance.operator.health;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /live} and {@code /ready} for the kubelet: 200, or 503 with what is wrong. */
public final class HealthServer implements AutoCloseable {

  private final HttpServer server;

  /** Starts to answer at once; port 0 takes a free one. */
  public HealthServer(int port, Supplier<Vitals> vitals) throws IOException {
    server = HttpServer.create(new InetSocketAddress(port), 0);
    answer("/live", vitals, Vitals::trouble);
    answer("/ready", vitals, Vitals::notReady);
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "health");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  /** Answers a path with a text, as it is then. */
  public void serve(String path, Supplier<String> text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(
      String path, Supplier<Vitals> vitals, Function<Vitals, Optional<String>> wrong) {
    server.createContext(
        path,
        exchange -> {
          Optional<String> problem = wrong.apply(vitals.get());
          byte[] body = (problem.orElse("ok") + "\n").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(problem.isEmpty() ? 200 : 503, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }
}
