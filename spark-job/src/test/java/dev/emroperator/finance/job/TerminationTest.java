package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord.Step;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver on a node that EMR takes away. */
class TerminationTest {

  @TempDir Path folder;

  /** More than 10¹² rows: nobody waits for its end. */
  private LocalRun endless() {
    Sql select =
        new Sql(
            "SELECT max(a.close + b.close + c.close) AS x FROM prices a CROSS JOIN prices b CROSS JOIN prices c",
            null,
            List.of("x"),
            null);
    return new LocalRun(folder)
        .prices()
        .analysis("endless", "prices", select)
        .bars("later", "prices", "1d", Field.CLOSE);
  }

  @Test
  void aDriverThatIsToldToEndBlamesNoAnalysis() throws Exception {
    LocalRun run = endless();
    List<String> options =
        List.of("-Dspark.master=local[2]", "-Dspark.extraListeners=" + SlowEnd.class.getName());
    Process driver =
        new JobProcess(folder, options).start(run.plan(), ProcessBuilder.Redirect.PIPE);
    List<String> told = new ArrayList<>();
    try (BufferedReader out = driver.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        told.add(line);
        if (line.equals(SlowEnd.TOLD)) {
          // Unlike the process itself, its handle leaves the output to be read.
          driver.toHandle().destroy();
        }
      }
      assertEquals(143, driver.waitFor(), told.toString());
    } finally {
      driver.destroyForcibly();
    }
    assertTrue(told.contains(SlowEnd.TOLD), told.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(file -> file.endsWith(Plan.ERROR)).toList());
    }
    assertEquals(
        List.of(
            new Step("endless", StepState.RUNNING, run.progress().steps().get(0).percent()),
            new Step("later", StepState.PENDING, 0)),
        run.progress().steps());
    assertFalse(run.progress().finished());
  }
}
