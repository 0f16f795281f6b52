package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Step;
import dev.emroperator.finance.emulator.steps.Logs;
import dev.emroperator.finance.emulator.steps.ProcessRunner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps as real processes; a small server stands for S3. */
class StepsTest {

  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private HttpServer s3;
  private ProcessRunner runner;
  private Account account;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext(
        "/",
        exchange -> {
          stored.put(exchange.getRequestURI().getPath(), exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    s3.start();
    URI endpoint = URI.create("http://127.0.0.1:" + s3.getAddress().getPort());
    Settings settings = Settings.local(endpoint, List.of(), 0);
    runner = new ProcessRunner(settings, new Logs(endpoint));
    account = new Account(settings, Clock.systemUTC(), (delay, work) -> work.run(), runner);
  }

  @AfterEach
  void stop() {
    runner.close();
    s3.stop(0);
  }

  private Cluster run(String jar, String... args) throws IOException {
    return runWithLogsAt("s3://logs/emr/", jar, args);
  }

  private Cluster runWithLogsAt(String logUri, String jar, String... args) throws IOException {
    ObjectMapper json = new ObjectMapper();
    return account.create(
        json.readTree(
            "{\"LogUri\":\""
                + logUri
                + "\",\"Instances\":{\"KeepJobFlowAliveWhenNoSteps\":true},"
                + "\"Steps\":[{\"Name\":\"a\",\"ActionOnFailure\":\"CONTINUE\",\"HadoopJarStep\":{\"Jar\":\""
                + jar
                + "\",\"Args\":"
                + json.writeValueAsString(args)
                + "}}]}"),
        "eu-west-1");
  }

  private Step ended(Cluster cluster) {
    Step step = cluster.steps().get(0);
    Eventually.isTrue(
        () -> {
          synchronized (account) {
            return !step.isActive();
          }
        },
        step::state);
    return step;
  }

  private String log(Cluster cluster, Step step, String name) throws IOException {
    byte[] gz =
        stored.get("/logs/emr/" + cluster.id() + "/steps/" + step.id() + "/" + name + ".gz");
    return new String(
        new GZIPInputStream(new ByteArrayInputStream(gz)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theExitCodeDecidesAndTheLogsLieWhereEmrPutsThem() throws IOException {
    Cluster good = run("command-runner.jar", "bash", "-c", "echo out; echo err >&2");
    assertEquals("COMPLETED", ended(good).state());
    assertEquals("out\n", log(good, ended(good), "stdout"));
    assertEquals("err\n", log(good, ended(good), "stderr"));
    assertTrue(log(good, ended(good), "controller").contains("exit code 0"));
  }

  @Test
  void aFailureTellsTheFirstExceptionAndTheLog() throws IOException {
    Cluster bad =
        run(
            "command-runner.jar",
            "bash",
            "-c",
            "echo 'Exception in thread \"main\" java.io.IOException: no such bucket' >&2; exit 3");
    Step step = ended(bad);
    assertEquals("FAILED", step.state());
    assertEquals("java.io.IOException: no such bucket", step.failure().message());
    assertEquals(
        "s3://logs/emr/" + bad.id() + "/steps/" + step.id() + "/stderr.gz",
        step.failure().logFile());
  }

  @Test
  void whatCannotRunHereSaysSo() throws IOException {
    assertTrue(ended(run("s3://b/app.jar")).failure().message().contains("command-runner.jar"));
    assertTrue(
        ended(run("command-runner.jar", "no-such-program"))
            .failure()
            .message()
            .contains("no-such"));
    assertTrue(
        ended(run("command-runner.jar", "spark-submit", "app.jar"))
            .failure()
            .message()
            .contains("--spark-classpath"));
  }

  @Test
  void anotherCommandMayStandForSparkSubmit() throws IOException {
    URI endpoint = URI.create("http://127.0.0.1:" + s3.getAddress().getPort());
    List<String> echo = List.of("bash", "-c", "echo $AWS_ENDPOINT_URL_S3 $*", "name");
    Settings settings = Settings.local(endpoint, echo, 0);
    try (ProcessRunner substituted = new ProcessRunner(settings, new Logs(endpoint))) {
      account = new Account(settings, Clock.systemUTC(), (delay, work) -> work.run(), substituted);
      Cluster cluster = run("command-runner.jar", "spark-submit", "--plan", "s3://b/plan.json");
      assertEquals("COMPLETED", ended(cluster).state());
      assertEquals(endpoint + " --plan s3://b/plan.json\n", log(cluster, ended(cluster), "stdout"));
    }
  }

  @Test
  void aStepEndsWhateverBecomesOfItsLogs() throws IOException {
    Cluster spaced = runWithLogsAt("s3://logs/my emr/", "command-runner.jar", "true");
    Step step = ended(spaced);
    assertEquals("COMPLETED", step.state());
    String folder = "/logs/my emr/" + spaced.id() + "/steps/" + step.id();
    assertTrue(stored.containsKey(folder + "/stderr.gz"), stored.keySet().toString());

    Cluster nowhere = runWithLogsAt("no place at all", "command-runner.jar", "true");
    assertEquals("COMPLETED", ended(nowhere).state());
  }

  @Test
  void closingEndsWhatRunsAndLetsNothingMoreBegin() throws IOException {
    Path pid = folder.resolve("pid");
    Cluster running =
        run("command-runner.jar", "bash", "-c", "echo $$ > " + pid + "; exec sleep 600");
    Eventually.isTrue(() -> size(pid) > 0, () -> "the step did not start");
    long process = Long.parseLong(Files.readString(pid).strip());

    runner.close();

    assertTrue(ProcessHandle.of(process).map(p -> !p.isAlive()).orElse(true));
    assertFalse(ended(running).isActive());
    Path late = folder.resolve("late");
    assertEquals("FAILED", ended(run("command-runner.jar", "touch", late.toString())).state());
    assertFalse(Files.exists(late));
  }

  @Test
  void cancellingEndsTheWholeTreeOfProcesses() throws IOException {
    Path pid = folder.resolve("pid");
    Cluster cluster =
        run("command-runner.jar", "bash", "-c", "sleep 600 & echo $! > " + pid + "; wait");
    Eventually.isTrue(() -> size(pid) > 0, () -> "the step did not start");
    long child = Long.parseLong(Files.readString(pid).strip());
    assertTrue(ProcessHandle.of(child).isPresent());
    account.cancel(cluster, cluster.steps().get(0));
    assertEquals("CANCELLED", ended(cluster).state());
    Eventually.isTrue(
        () -> ProcessHandle.of(child).map(p -> !p.isAlive()).orElse(true),
        () -> "process " + child + " lives on");
  }

  @Test
  void terminationEndsTheStep() throws IOException {
    Cluster cluster = run("command-runner.jar", "sleep", "600");
    account.terminateAsAsked(cluster);
    assertEquals("INTERRUPTED", ended(cluster).state());
    assertFalse(cluster.steps().get(0).isActive());
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
