package dev.emroperator.finance.job.progress;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.LocalRun;
import dev.emroperator.finance.job.output.RunFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private Progress running;

  /** Else its thread may still write into a folder that is being deleted. */
  @AfterEach
  void close() {
    if (running != null) {
      running.close();
    }
  }

  private Plan plan() {
    return new Plan(
        Plan.VERSION,
        "run",
        "0f6d2a6e-1",
        "2999-01-01T00:00:00Z",
        List.of(),
        null,
        null,
        0,
        List.of(Analysis.of("daily", "prices", new Bars("1d", null))),
        Format.PARQUET,
        PartitionBy.NONE,
        Map.of(),
        "file:" + folder + "/",
        null);
  }

  private ProgressRecord written() throws IOException {
    return new ObjectMapper()
        .readValue(folder.resolve(Plan.PROGRESS).toFile(), ProgressRecord.class);
  }

  @Test
  void aLongTaskStillGivesASignOfLife() throws IOException {
    Progress progress = new Progress(plan(), new RunFiles(new Configuration()), clock);
    progress.writeIfDue();
    assertEquals(1, written().seq());

    now = now.plus(Duration.ofSeconds(20));
    progress.writeIfDue();
    assertEquals(1, written().seq());

    now = now.plus(Duration.ofSeconds(5));
    progress.writeIfDue();
    assertEquals(2, written().seq());
    assertEquals("2026-01-01T00:00:25Z", written().at());
  }

  @Test
  void aRecordThatCanNotBeWrittenEndsNothing() {
    // No path, which Hadoop says by an exception that nobody announces.
    Progress progress = new Progress(plan().withHome(""), new RunFiles(new Configuration()), clock);
    assertDoesNotThrow(progress::writeIfDue);
  }

  private Progress running(Work work) {
    running = new Progress(plan(), new RunFiles(new Configuration()), clock);
    running.begin("daily");
    running.reads(work);
    return running;
  }

  private int percent(Progress progress) throws IOException {
    now = now.plus(Duration.ofSeconds(25));
    progress.writeIfDue();
    return written().percent();
  }

  @Test
  void anAnalysisThatIsMadeAgainStaysWhereItWasUntilItIsFurther() throws IOException {
    Progress progress = running(new Work(100, 0, true));
    progress.announced(1);
    progress.taskEnded(50, 0);
    int before = percent(progress);

    progress.begin("daily");
    progress.reads(new Work(100, 0, true));
    assertEquals(before, percent(progress));
    progress.announced(2);
    progress.taskEnded(40, 0);
    assertEquals(before, percent(progress));
    progress.taskEnded(60, 0);
    assertEquals(99, percent(progress));
  }

  @Test
  void isAsFarAsTheRowsAreReadAndNeverFalls() throws IOException {
    Progress progress = running(new Work(1_000, 50, true));
    progress.announced(4);
    progress.taskEnded(250, 1);
    assertEquals(25, percent(progress));
    progress.taskEnded(250, 1);
    assertEquals(50, percent(progress));
    // A stage that comes late.
    progress.announced(96);
    assertEquals(50, percent(progress));
    progress.taskEnded(1, 1);
    assertEquals(50, percent(progress));
    progress.taskEnded(499, 1);
    assertEquals(90, percent(progress));
    // The same rows again, for a second pass.
    for (int i = 0; i < 96; i++) {
      progress.taskEnded(1_000, 1);
    }
    assertEquals(99, percent(progress));
    progress.end("daily", StepState.SUCCEEDED);
    assertEquals(100, percent(progress));
  }

  @Test
  void textIsCountedByItsBytes() throws IOException {
    Progress progress = running(new Work(0, 2_000, false));
    progress.announced(1);
    progress.taskEnded(7, 1_000);
    assertEquals(55, percent(progress));
  }

  @Test
  void whatIsInMemoryIsCountedByItsTasks() throws IOException {
    Progress progress = running(Work.NONE);
    progress.announced(4);
    progress.taskEnded(0, 0);
    assertEquals(25, percent(progress));
  }

  /** What Spark told of four tasks that belonged to an analysis. */
  private static List<SparkListenerEvent> told(String analysis) throws Exception {
    List<SparkListenerEvent> events = Collections.synchronizedList(new ArrayList<>());
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            events.add(stage);
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            events.add(task);
          }
        };
    SparkContext context = LocalRun.spark().sparkContext();
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(listener);
    context.setLocalProperty(Progress.ANALYSIS, analysis);
    LocalRun.spark().range(0, 100, 1, 4).collect();
    context.setLocalProperty(Progress.ANALYSIS, null);
    context.listenerBus().waitUntilEmpty();
    context.removeSparkListener(listener);
    return events;
  }

  private static void tell(Progress progress, List<SparkListenerEvent> events) {
    for (SparkListenerEvent event : events) {
      if (event instanceof SparkListenerStageSubmitted stage) {
        progress.onStageSubmitted(stage);
      } else if (event instanceof SparkListenerTaskEnd task) {
        progress.onTaskEnd(task);
      }
    }
  }

  @Test
  void whatSparkTellsLateOfAnEarlierAnalysisCountsForNothing() throws Exception {
    List<SparkListenerEvent> earlier = told("earlier");
    List<SparkListenerEvent> current = told("daily");
    assertEquals(5, earlier.size());
    Progress progress = running(Work.NONE);
    tell(progress, earlier);
    assertEquals(0, percent(progress));
    tell(progress, current.subList(0, 2));
    tell(progress, earlier.subList(1, 5));
    assertEquals(25, percent(progress));
    tell(progress, current.subList(2, 5));
    assertEquals(99, percent(progress));
  }

  @Test
  void whatIsStartedAfterAnAnalysisBeganBelongsToIt() throws Exception {
    SparkContext context = LocalRun.spark().sparkContext();
    RunFiles files = new RunFiles(context.hadoopConfiguration());
    try (Progress progress = Progress.of(plan(), files, LocalRun.spark())) {
      progress.begin("daily");
      LocalRun.spark().range(0, 100, 1, 4).collect();
      context.listenerBus().waitUntilEmpty();
    }
    assertEquals(99, written().percent());
  }

  @Test
  void severalSourcesCountTogetherAndByBytesWhenOneIsText() {
    Work both = new Work(10, 5, true).plus(new Work(30, 7, true));
    assertEquals(new Work(40, 12, true), both);
    assertEquals(new Work(40, 20, false), both.plus(new Work(0, 8, false)));
    assertEquals(both, Work.NONE.plus(both));
  }

  @Test
  void tellsWhenItIsDoneIfItGoesOnLikeThis() throws IOException {
    Progress progress = running(new Work(100, 1, true));
    progress.announced(10);
    progress.taskEnded(3, 1);
    assertEquals(3, percent(progress));
    assertEquals(null, written().eta());
    progress.taskEnded(17, 1);
    assertEquals(20, percent(progress));
    // 50 s for a fifth.
    assertEquals("2026-01-01T00:04:10Z", written().eta());
  }

  /** A driver that works until it is told to end. */
  static final class Driver {
    public static void main(String[] args) throws InterruptedException {
      ProgressTest test = new ProgressTest();
      test.folder = Path.of(args[0]);
      Progress progress = test.running(new Work(100, 1, true));
      progress.writeAtShutdown();
      progress.announced(2);
      progress.taskEnded(50, 1);
      System.out.println("works");
      if (!new CountDownLatch(1).await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody told it to end");
      }
    }
  }

  @Test
  void aDriverThatIsToldToEndWritesHowFarItCame() throws Exception {
    Process driver =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Driver.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = driver.inputReader()) {
      assertEquals("works", out.readLine());
      driver.destroy();
      assertEquals(143, driver.waitFor());
    }
    assertEquals(50, written().percent());
    assertEquals(StepState.RUNNING, written().steps().get(0).state());
    assertFalse(written().finished());
  }
}
