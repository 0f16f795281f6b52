package dev.emroperator.finance.e2e.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The job without Spark, for tests of the operator that need hundreds of runs: it keeps the job's
 * contract with the operator, and its results are one line that names analysis and attempt.
 */
public final class SmallJob {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int FAILED = 1;
  private static final int DEADLINE_EXCEEDED = 3;

  private final Plan plan;
  private final PlainS3 s3;
  private final Behaviour behaviour;
  private final SmallProgress progress;
  private final Set<String> failed = new HashSet<>();

  private SmallJob(Plan plan, PlainS3 s3) throws IOException {
    this.plan = plan;
    this.s3 = s3;
    this.behaviour = Behaviour.of(plan, s3, JSON);
    this.progress = new SmallProgress(plan, s3, JSON);
  }

  /** Arguments of spark-submit, of which only {@code --plan LOCATION} counts. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String location = args[List.of(args).indexOf("--plan") + 1];
    PlainS3 s3 = new PlainS3(URI.create(System.getenv("AWS_ENDPOINT_URL_S3")));
    Plan plan = readPlan(location, s3);
    haltAtDeadline(plan, s3);
    System.exit(run(plan, s3));
  }

  /** What the emulator is to run in place of spark-submit: {@code --spark-submit COMMAND}. */
  public static String command() {
    String classPath =
        Stream.of(
                SmallJob.class,
                Plan.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(":"));
    return String.join(
        " ",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xmx64m",
        "-cp",
        classPath,
        SmallJob.class.getName());
  }

  static Plan readPlan(String location, PlainS3 s3) throws IOException {
    byte[] bytes = s3.get(location).orElseThrow(() -> new IOException("no plan at " + location));
    return JSON.readValue(bytes, Plan.class);
  }

  /** Runs the analyses one after the other; the exit code. */
  static int run(Plan plan, PlainS3 s3) throws IOException, InterruptedException {
    SmallJob job = new SmallJob(plan, s3);
    job.progress.write(false);
    for (Analysis analysis : plan.analyses()) {
      job.run(analysis);
    }
    job.progress.write(true);
    return job.failed.isEmpty() ? 0 : FAILED;
  }

  private void run(Analysis analysis) throws IOException, InterruptedException {
    String name = analysis.name();
    if (failed.contains(analysis.of())) {
      fail(name, "UpstreamFailed", "'" + analysis.of() + "', which it is made of, failed");
      progress.tell(name, StepState.SKIPPED, 0);
      return;
    }
    progress.tell(name, StepState.RUNNING, 0);
    if (!isThere(name)) {
      work(name);
      if (name.equals(behaviour.fail())) {
        fail(name, "JobError", "told to fail");
        progress.tell(name, StepState.FAILED, 0);
        return;
      }
      write(name);
    }
    progress.tell(name, StepState.SUCCEEDED, 100);
  }

  private void work(String name) throws InterruptedException {
    if (name.equals(behaviour.hang())) {
      new CountDownLatch(1).await();
    }
    if (behaviour.millis() > 0) {
      TimeUnit.MILLISECONDS.sleep(behaviour.millis() / 2);
      progress.tell(name, StepState.RUNNING, 50);
      TimeUnit.MILLISECONDS.sleep(behaviour.millis() / 2);
    }
  }

  /** As the real job knows it: of this attempt, or of the one whose folder it is. */
  private boolean isThere(String name) throws IOException {
    String folder = plan.results().get(name);
    Optional<byte[]> found = s3.get(folder + Plan.MANIFEST);
    if (found.isEmpty()) {
      return false;
    }
    Manifest manifest = JSON.readValue(found.get(), Manifest.class);
    return plan.runId().equals(manifest.runId())
        && List.of(plan.attempt(), Path.of(folder).getFileName().toString())
            .contains(manifest.attempt());
  }

  private void write(String name) throws IOException {
    String file = "part-00000." + (plan.format() == Format.CSV ? "csv" : "parquet");
    byte[] content =
        ("analysis,attempt\n" + name + "," + plan.attempt() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    String folder = plan.results().get(name);
    s3.put(folder + file, content);
    Manifest manifest =
        new Manifest(
            1,
            plan.runId(),
            plan.attempt(),
            name,
            1,
            content.length,
            List.of(new Manifest.File(file, content.length)),
            List.of(
                new Manifest.Column("analysis", "string"),
                new Manifest.Column("attempt", "string")));
    s3.put(folder + Plan.MANIFEST, JSON.writeValueAsBytes(manifest));
  }

  private void fail(String name, String kind, String message) throws IOException {
    failed.add(name);
    report(plan, s3, plan.results().get(name), name, kind, message);
    System.err.println("Analysis " + name + " failed: " + message);
  }

  private static void report(
      Plan plan, PlainS3 s3, String folder, String analysis, String kind, String message)
      throws IOException {
    ErrorReport report = new ErrorReport(1, plan.runId(), plan.attempt(), analysis, kind, message);
    s3.put(folder + Plan.ERROR, JSON.writeValueAsBytes(report));
  }

  private static void haltAtDeadline(Plan plan, PlainS3 s3) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Instant deadline = Instant.parse(plan.deadline());
                long left = Duration.between(Instant.now(), deadline).toMillis();
                TimeUnit.MILLISECONDS.sleep(Math.max(0, left));
                report(plan, s3, plan.home(), null, "DeadlineExceeded", "not done by " + deadline);
              } catch (IOException | InterruptedException e) {
                System.err.println("can't report the deadline: " + e.getMessage());
              }
              Runtime.getRuntime().halt(DEADLINE_EXCEEDED);
            },
            "deadline");
    thread.setDaemon(true);
    thread.start();
  }
}
