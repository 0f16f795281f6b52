package dev.emroperator.finance.bench.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The job without its work: it keeps the job's contract with the operator, and takes its time. */
final class Job {

  /** As often as the real job writes its progress. */
  private static final Duration BEAT = Duration.ofSeconds(5);

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Progress as it was written: epoch milliseconds, 0 to 100. */
  record Written(long at, int percent) {}

  private final Plan plan;
  private final Store s3;
  private final Duration length;
  private final List<Written> written = new ArrayList<>();
  private long seq;

  private Job(Plan plan, Store s3, Duration length) {
    this.plan = plan;
    this.s3 = s3;
    this.length = length;
  }

  static Job of(String plan, Store s3, Duration length) throws IOException {
    return new Job(JSON.readValue(s3.get(plan), Plan.class), s3, length);
  }

  String attempt() {
    return plan.attempt();
  }

  synchronized List<Written> written() {
    return List.copyOf(written);
  }

  /** True when it came to its end, false when it was killed: then the connection closes. */
  boolean run(Socket alive) throws IOException {
    Instant begun = Instant.now();
    Instant end = begun.plus(length);
    tell(0, false);
    for (Instant now = begun; now.isBefore(end); now = Instant.now()) {
      Duration rest = Duration.between(now, end);
      if (!lives(alive, rest.compareTo(BEAT) < 0 ? rest : BEAT)) {
        return false;
      }
      tell(percent(begun), false);
    }
    for (Analysis analysis : plan.analyses()) {
      write(analysis.name());
    }
    tell(100, true);
    return true;
  }

  private int percent(Instant begun) {
    long done = Duration.between(begun, Instant.now()).toMillis();
    return (int) Math.min(99, 100 * done / Math.max(1, length.toMillis()));
  }

  /** Lets time pass; false when the step is cancelled meanwhile. */
  private static boolean lives(Socket alive, Duration time) throws IOException {
    alive.setSoTimeout((int) Math.max(1, time.toMillis()));
    try {
      return alive.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private void tell(int percent, boolean finished) throws IOException {
    StepState state = finished ? StepState.SUCCEEDED : StepState.RUNNING;
    ProgressRecord record =
        new ProgressRecord(
            1,
            plan.runId(),
            plan.attempt(),
            ++seq,
            Instant.now().toString(),
            percent,
            plan.analyses().stream()
                .map(a -> new ProgressRecord.Step(a.name(), state, percent))
                .toList(),
            finished,
            null);
    s3.put(plan.home() + Plan.PROGRESS, JSON.writeValueAsBytes(record));
    synchronized (this) {
      written.add(new Written(System.currentTimeMillis(), percent));
    }
  }

  private void write(String name) throws IOException {
    byte[] content =
        ("analysis,attempt\n" + name + "," + plan.attempt() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    String folder = plan.results().get(name);
    s3.put(folder + "part-00000.parquet", content);
    Manifest manifest =
        new Manifest(
            1,
            plan.runId(),
            plan.attempt(),
            name,
            1,
            content.length,
            List.of(new Manifest.File("part-00000.parquet", content.length)),
            List.of(new Manifest.Column("analysis", "string")));
    s3.put(folder + Plan.MANIFEST, JSON.writeValueAsBytes(manifest));
  }
}
