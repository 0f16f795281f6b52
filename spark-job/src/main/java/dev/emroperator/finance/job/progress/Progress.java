package dev.emroperator.finance.job.progress;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.output.RunFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * How far the run is. An analysis is as far as its tasks are done of those that Spark has
 * announced; since Spark announces later stages late, a share never falls, and stays below 100
 * until the end.
 */
public final class Progress extends SparkListener implements AutoCloseable {

  private static final int PERIOD_SECONDS = 5;

  /** Looked at every period, so a record comes at least every 30 s; the operator waits for 60. */
  private static final Duration SILENCE = Duration.ofSeconds(25);

  private static final int ALMOST = 99;

  private final Plan plan;
  private final RunFiles files;
  private final Clock clock;
  private final Map<String, StepState> states = new LinkedHashMap<>();
  private final Map<String, Integer> percents = new LinkedHashMap<>();
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private String current;
  private int announced;
  private int done;
  private long seq;
  private boolean dirty;
  private boolean finished;
  private Instant written = Instant.MIN;

  Progress(Plan plan, RunFiles files, Clock clock) {
    this.plan = plan;
    this.files = files;
    this.clock = clock;
    for (Analysis analysis : plan.analyses()) {
      states.put(analysis.name(), StepState.PENDING);
      percents.put(analysis.name(), 0);
    }
  }

  /** Listens to the session, and writes when something has changed or silence grew long. */
  public static Progress of(Plan plan, RunFiles files, SparkSession spark) {
    Progress progress = new Progress(plan, files, Clock.systemUTC());
    spark.sparkContext().addSparkListener(progress);
    progress.write();
    progress.writer.scheduleWithFixedDelay(
        progress::writeIfDue, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return progress;
  }

  public synchronized void begin(String analysis) {
    current = analysis;
    announced = 0;
    done = 0;
    states.put(analysis, StepState.RUNNING);
    dirty = true;
    writer.execute(this::writeIfDue);
  }

  public synchronized void end(String analysis, StepState state) {
    current = null;
    states.put(analysis, state);
    if (state == StepState.SUCCEEDED) {
      percents.put(analysis, 100);
    }
    dirty = true;
    writer.execute(this::writeIfDue);
  }

  /** Writes the last record. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(PERIOD_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      finished = true;
    }
    write();
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    announced += stage.stageInfo().numTasks();
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    dirty = true;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    done++;
    if (current != null && announced > 0) {
      int share = Math.min(ALMOST, 100 * done / Math.max(announced, done));
      percents.merge(current, share, Math::max);
      dirty = true;
    }
  }

  void writeIfDue() {
    synchronized (this) {
      if (!dirty && clock.instant().isBefore(written.plus(SILENCE))) {
        return;
      }
    }
    write();
  }

  private void write() {
    ProgressRecord record;
    synchronized (this) {
      dirty = false;
      written = clock.instant();
      record = record();
    }
    files.writeProgress(plan, record);
  }

  private ProgressRecord record() {
    List<ProgressRecord.Step> steps =
        states.entrySet().stream()
            .map(e -> new ProgressRecord.Step(e.getKey(), e.getValue(), percents.get(e.getKey())))
            .toList();
    int percent = (int) steps.stream().mapToInt(ProgressRecord.Step::percent).average().orElse(0);
    seq++;
    return new ProgressRecord(
        1, plan.runId(), plan.attempt(), seq, written.toString(), percent, steps, finished);
  }
}
