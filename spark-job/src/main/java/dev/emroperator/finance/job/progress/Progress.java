package dev.emroperator.finance.job.progress;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.output.RunFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * How far the run is. An analysis is as far as its inputs are read; since Spark reads some twice
 * and announces later stages late, a share never falls, and stays below 100 until the end.
 */
public final class Progress extends SparkListener implements AutoCloseable {

  private static final int PERIOD_SECONDS = 5;

  /** Looked at every period, so a record comes at least every 30 s; the operator waits for 60. */
  private static final Duration SILENCE = Duration.ofSeconds(25);

  /** Before Spark ends and S3's client is closed. */
  private static final int LAST_WORD = FileSystem.SHUTDOWN_HOOK_PRIORITY + 50;

  /** Of the stages of an analysis. */
  static final String ANALYSIS = "financialanalyses.analysis";

  /** Percent from which the time that has passed tells the time that is left. */
  private static final int TELLING = 5;

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

  /** Tells Spark what its next stages are for; they carry it as a property. */
  private final Consumer<String> telling;

  private final Set<Integer> stages = new HashSet<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final Runnable lastWord = this::write;
  private final Instant started;
  private String current;
  private Work work = Work.NONE;
  private Work.Done done = Work.Done.NOTHING;
  private long seq;
  private boolean dirty;
  private boolean finished;
  private Instant written = Instant.MIN;

  Progress(Plan plan, RunFiles files, Clock clock) {
    this(plan, files, clock, analysis -> {});
  }

  private Progress(Plan plan, RunFiles files, Clock clock, Consumer<String> telling) {
    this.plan = plan;
    this.files = files;
    this.clock = clock;
    this.telling = telling;
    this.started = clock.instant();
    for (Analysis analysis : plan.analyses()) {
      states.put(analysis.name(), StepState.PENDING);
      percents.put(analysis.name(), 0);
    }
  }

  /** Listens to the session, and writes when something has changed or silence grew long. */
  public static Progress of(Plan plan, RunFiles files, SparkSession spark) {
    SparkContext context = spark.sparkContext();
    Progress progress =
        new Progress(
            plan,
            files,
            Clock.systemUTC(),
            analysis -> context.setLocalProperty(ANALYSIS, analysis));
    context.addSparkListener(progress);
    progress.writeAtShutdown();
    progress.write();
    progress.writer.scheduleWithFixedDelay(
        progress::writeIfDue, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return progress;
  }

  /** Writes once more when the process is told to end. */
  void writeAtShutdown() {
    ShutdownHookManager.get().addShutdownHook(lastWord, LAST_WORD);
  }

  public synchronized void begin(String analysis) {
    telling.accept(analysis);
    stages.clear();
    current = analysis;
    work = Work.NONE;
    done = Work.Done.NOTHING;
    states.put(analysis, StepState.RUNNING);
    dirty = true;
    writer.execute(this::writeIfDue);
  }

  /** Says what the current analysis reads of the inputs; nothing when all is in memory. */
  public synchronized void reads(Work expected) {
    work = expected;
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

  /** Writes the last record, unless the process was told to end: what fails then is no result. */
  @Override
  public void close() {
    if (ShutdownHookManager.get().isShutdownInProgress()) {
      return;
    }
    ShutdownHookManager.get().removeShutdownHook(lastWord);
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
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    Properties properties = stage.properties();
    // Events come late: a stage may be one of the analysis before.
    if (properties != null) {
      submitted(
          properties.getProperty(ANALYSIS),
          stage.stageInfo().stageId(),
          stage.stageInfo().numTasks());
    }
  }

  private synchronized void submitted(String analysis, int stage, int tasks) {
    if (analysis != null && analysis.equals(current)) {
      stages.add(stage);
      announced(tasks);
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted stage) {
    dirty = true;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    // A task that is run again reads its rows again.
    if (task.taskInfo().successful() && task.taskMetrics() != null && isCurrent(task.stageId())) {
      var input = task.taskMetrics().inputMetrics();
      taskEnded(input.recordsRead(), input.bytesRead());
    }
  }

  private synchronized boolean isCurrent(int stage) {
    return stages.contains(stage);
  }

  synchronized void announced(int tasks) {
    done = done.announced(tasks);
  }

  synchronized void taskEnded(long rows, long bytes) {
    done = done.task(rows, bytes);
    if (current != null) {
      percents.merge(current, work.percent(done), Math::max);
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

  /** One at a time, so that an older record never replaces a newer one; S3 may hang, though. */
  private void write() {
    boolean isAlone = false;
    try {
      isAlone = writing.tryLock(PERIOD_SECONDS, TimeUnit.SECONDS);
      files.writeProgress(plan, next());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (isAlone) {
        writing.unlock();
      }
    }
  }

  private synchronized ProgressRecord next() {
    dirty = false;
    written = clock.instant();
    return record();
  }

  private ProgressRecord record() {
    List<ProgressRecord.Step> steps =
        states.entrySet().stream()
            .map(e -> new ProgressRecord.Step(e.getKey(), e.getValue(), percents.get(e.getKey())))
            .toList();
    int percent = (int) steps.stream().mapToInt(ProgressRecord.Step::percent).average().orElse(0);
    seq++;
    return new ProgressRecord(
        1,
        plan.runId(),
        plan.attempt(),
        seq,
        written.toString(),
        percent,
        steps,
        finished,
        eta(percent));
  }

  private String eta(int percent) {
    if (finished || percent < TELLING) {
      return null;
    }
    Duration passed = Duration.between(started, written);
    Duration left = passed.multipliedBy(100L - percent).dividedBy(percent);
    return written.plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
