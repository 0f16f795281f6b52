package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisRunTest {

  @TempDir Path folder;

  /** Folders of results, of which some can't be asked for once, since the code is broken. */
  private static final class Breaking extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Error> broken;

    Breaking(Map<String, String> results, Map<String, Error> broken) {
      super(results);
      this.broken = new HashMap<>(broken);
    }

    @Override
    public String get(Object analysis) {
      Error error = broken.remove(analysis);
      if (error != null) {
        throw error;
      }
      return super.get(analysis);
    }
  }

  private static List<String> run(LocalRun run, Map<String, Error> broken) {
    return run(run.plan().withResults(new Breaking(run.plan().results(), broken)));
  }

  private static List<String> run(Plan plan) {
    RunFiles files = new RunFiles(LocalRun.spark().sparkContext().hadoopConfiguration());
    try (Progress progress = Progress.of(plan, files, LocalRun.spark())) {
      return new AnalysisRun(LocalRun.spark(), plan, files, progress).run();
    }
  }

  private LocalRun run(List<String> names) {
    LocalRun run = new LocalRun(folder).prices();
    names.forEach(name -> run.bars(name, "prices", "1mo", Field.CLOSE));
    return run;
  }

  @Test
  void anErrorOfOneAnalysisEndsNoOther() {
    LocalRun run = run(List.of("deep", "linked", "asserted", "good"));

    List<String> lines =
        run(
            run,
            Map.of(
                "deep",
                new StackOverflowError(),
                "linked",
                new NoSuchMethodError("'int Dataset.gone()'"),
                "asserted",
                new AssertionError("no such plan")));

    assertEquals(3, lines.size(), lines.toString());
    assertEquals("StackOverflowError", run.error("deep").message());
    assertEquals("NoSuchMethodError: 'int Dataset.gone()'", run.error("linked").message());
    assertEquals("AssertionError: no such plan", run.error("asserted").message());
    assertTrue(run.manifest("good").rows() > 0);
    assertTrue(run.progress().finished());
  }

  @Test
  void anErrorThatCanNotBeReportedEndsNoOther() {
    LocalRun run = run(List.of("nowhere", "good"));
    Map<String, String> results = new HashMap<>(run.plan().results());
    results.put("nowhere", "");

    List<String> lines = run(run.plan().withResults(results));

    assertEquals(1, lines.size(), lines.toString());
    assertTrue(run.manifest("good").rows() > 0);
  }

  @Test
  void withoutMemoryTheApplicationEnds() {
    LocalRun run = run(List.of("large", "later"));
    assertThrows(
        OutOfMemoryError.class, () -> run(run, Map.of("large", new OutOfMemoryError("heap"))));
  }
}
