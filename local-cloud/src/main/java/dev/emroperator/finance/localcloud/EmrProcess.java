package dev.emroperator.finance.localcloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The EMR emulator in a process of its own. */
public final class EmrProcess {

  private static final Duration START = Duration.ofSeconds(30);
  private static final Pattern LISTENS = Pattern.compile("EMR emulator listens on (http://\\S+)");

  /** A cluster that EMR knows. */
  public record Cluster(String id, String name, String state, String reason) {
    public boolean isAlive() {
      return !state.startsWith("TERMINATED");
    }
  }

  /**
   * A call of EMR.
   *
   * @param at epoch milliseconds of its arrival
   * @param about ids of the clusters that it speaks of; of RunJobFlow the name
   * @param outcome {@code ok}, the type of the error, or how the connection ended
   */
  public record Call(
      long at, String operation, String invocationId, List<String> about, String outcome) {}

  private final URI endpoint;

  private EmrProcess(URI endpoint) {
    this.endpoint = endpoint;
  }

  static EmrProcess start(
      Children children, Path folder, Checkout checkout, URI s3, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ChildProcess.java(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                // Else each answer waits for the acknowledgement of its head.
                "-Dsun.net.httpserver.nodelay=true",
                // Longer than the SDK keeps a connection, and as many: else it finds some closed.
                "-Dsun.net.httpserver.idleInterval=120",
                "-Dsun.net.httpserver.maxIdleConnections=10000",
                // Steps work below it, so that they leave nothing behind.
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                checkout.emulatorJar().toString(),
                "--port",
                "0",
                "--s3-endpoint",
                s3.toString(),
                "--spark-classpath",
                checkout.sparkClassPath().toString()));
    command.addAll(options);
    ChildProcess process =
        children.start("emr-emulator", command, Map.of(), folder.resolve("emr-emulator.log"));
    return new EmrProcess(URI.create(process.awaitLine(LISTENS, START)));
  }

  /** Where the protocol is spoken. */
  public URI endpoint() {
    return endpoint;
  }

  /** Every cluster that there ever was, newest first; asking costs no call of EMR's quotas. */
  public List<Cluster> clusters() {
    List<Cluster> newestFirst = new ArrayList<>();
    for (ClusterLife life : lives()) {
      String reason = life.reasonMessage();
      newestFirst.add(0, new Cluster(life.id(), life.name(), life.state(), reason));
    }
    return newestFirst;
  }

  /** What became of every cluster, oldest first. */
  public List<ClusterLife> lives() {
    return List.of(read("/_emulator/clusters", ClusterLife[].class));
  }

  /** The calls that EMR answered, after the first so many. */
  public List<Call> calls(int seen) {
    return List.of(read("/_emulator/journal?since=" + seen, Call[].class));
  }

  private <T> T read(String path, Class<T> type) {
    try {
      String body = send(HttpRequest.newBuilder(endpoint.resolve(path)).build()).body();
      return new ObjectMapper().readValue(body, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets faults, in the words of docs/fault-script.md; none makes it behave again. */
  public void misbehave(String... faults) {
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve("/_emulator/faults"));
    if (faults.length == 0) {
      request.DELETE();
    } else {
      request.POST(BodyPublishers.ofString("[" + String.join(",", faults) + "]"));
    }
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(answer.body());
    }
  }

  /** Sets how much faster than at AWS the quotas refill; 0 for no quotas at all. */
  public void quotas(double factor) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(endpoint.resolve("/_emulator/quotas"))
                .POST(BodyPublishers.ofString("" + factor))
                .build());
    if (answer.statusCode() != 200) {
      throw new IllegalArgumentException(answer.body());
    }
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
