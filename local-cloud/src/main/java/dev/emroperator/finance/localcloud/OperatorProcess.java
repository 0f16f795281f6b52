package dev.emroperator.finance.localcloud;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's production jar, pointed to the local cloud by standard settings only. */
public final class OperatorProcess {

  private static final Duration START = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final URI ready;

  private OperatorProcess(ChildProcess process, URI ready) {
    this.process = process;
    this.ready = ready;
  }

  static OperatorProcess start(
      Children children, Path jar, Map<String, String> environment, Path log) {
    int port = Ports.free();
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("EMR_OPERATOR_HEALTH_PORT", "" + port);
    List<String> command =
        new ArrayList<>(List.of(ChildProcess.java(), "-Xmx256m", "-XX:+UseSerialGC"));
    if (!environment.containsKey("JAVA_TOOL_OPTIONS")) {
      // Who lives for minutes gains nothing by the costly compiler; who measures has own options.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-jar", jar.toString()));
    ChildProcess process = children.start("operator", command, all, log);
    URI ready = URI.create("http://127.0.0.1:" + port + "/ready");
    process.await(() -> answers200(ready), "200 at " + ready, START);
    return new OperatorProcess(process, ready);
  }

  /** As a lost node would: no goodbye. */
  public void kill() {
    process.kill();
  }

  /**
   * As the kubelet does: SIGTERM, and time to finish.
   *
   * @return its exit code
   */
  public int end(Duration within) {
    return process.end(within);
  }

  /** Where it says whether it is ready. */
  public URI ready() {
    return ready;
  }

  public long pid() {
    return process.pid();
  }

  /** What it logged. */
  public String log() {
    return process.printed();
  }

  /** Whether an operator answers, and says that it is ready. */
  public static boolean isReady(URI ready) {
    return answers200(ready).isPresent();
  }

  private static Optional<Boolean> answers200(URI uri) {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
      int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
      return status == 200 ? Optional.of(true) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
