package dev.emroperator.finance.job.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldRunsTest {

  @TempDir Path folder;

  private final Configuration hadoop = new Configuration();
  private final RunFiles files = new RunFiles(hadoop);

  @BeforeEach
  void fourRunsAreThere() throws IOException {
    run("run1", 1);
    run("run2", 2);
    run("run3", 3);
    run("run4", 4);
  }

  private Path runs() {
    return folder.resolve("daily/_runs");
  }

  private void run(String runId, int day) throws IOException {
    manifest(runId, "0f6d2a6e-1", "daily", day);
  }

  private void manifest(String runId, String attempt, String analysis, int day) throws IOException {
    Path result = runs().resolve(runId).resolve("0f6d2a6e-1");
    Files.createDirectories(result);
    Files.writeString(result.resolve("part-0.parquet"), "rows");
    files.writeManifest(
        new org.apache.hadoop.fs.Path("file:" + result),
        new Manifest(1, runId, attempt, analysis, 1, 4, List.of(), List.of()));
    Files.setLastModifiedTime(
        result.resolve(Plan.MANIFEST), FileTime.fromMillis(day * 86_400_000L));
  }

  /** The record of an attempt, some minutes old. */
  private void progress(String runId, String attempt, boolean finished, int minutes)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("_runs/" + runId + "/" + attempt));
    Path record =
        Files.writeString(home.resolve(Plan.PROGRESS), "{\"finished\": " + finished + "}");
    Files.setLastModifiedTime(
        record, FileTime.from(Instant.now().minus(Duration.ofMinutes(minutes))));
  }

  private void current(String content) throws IOException {
    Files.writeString(folder.resolve("daily/_current.json"), content);
  }

  private Set<String> after(Integer keepRuns, String runId, String result) throws IOException {
    Plan plan =
        new Plan(
            Plan.VERSION,
            runId,
            "0f6d2a6e-1",
            "2999-01-01T00:00:00Z",
            List.of(),
            null,
            null,
            0,
            List.of(),
            Format.PARQUET,
            PartitionBy.NONE,
            Map.of("daily", "file:" + folder.resolve(result) + "/"),
            "file:" + folder + "/_runs/" + runId + "/0f6d2a6e-1/",
            keepRuns);
    new OldRuns(plan, files, hadoop).delete();
    try (var left = Files.list(runs())) {
      return left.map(run -> run.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Set<String> after(Integer keepRuns) throws IOException {
    return after(keepRuns, "run4", "daily/_runs/run4/0f6d2a6e-1");
  }

  @Test
  void theNewestStay() throws IOException {
    assertEquals(Set.of("run3", "run4"), after(2));
  }

  @Test
  void thisRunStaysThoughOthersAreNewer() throws IOException {
    assertEquals(Set.of("run1", "run4"), after(2, "run1", "daily/_runs/run1/0f6d2a6e-1"));
  }

  @Test
  void theRunThatPeopleReadStaysUntilAnotherTakesItsPlace() throws IOException {
    current("{\"version\":1,\"runId\":\"run2\",\"path\":\"s3://x/\"}");
    assertEquals(Set.of("run2", "run4"), after(1));
  }

  @Test
  void aRunThatMayYetBePublishedStays() throws IOException {
    progress("run1", "ffffffff-1", false, 2);
    progress("run2", "ffffffff-1", true, 2);
    Files.setLastModifiedTime(
        runs().resolve("run3/0f6d2a6e-1").resolve(Plan.MANIFEST), FileTime.from(Instant.now()));
    assertEquals(Set.of("run1", "run2", "run3", "run4"), after(1));
  }

  @Test
  void aRunThatIsOverGoes() throws IOException {
    progress("run1", "ffffffff-1", false, 25 * 60);
    progress("run2", "ffffffff-1", true, 70);
    progress("run3", "ffffffff-1", false, 80);
    progress("run3", "ffffffff-2", true, 75);
    assertEquals(Set.of("run4"), after(1));
  }

  @Test
  void aRunWhoseNextAttemptIsUnderWayStays() throws IOException {
    progress("run3", "ffffffff-1", true, 80);
    progress("run3", "ffffffff-2", false, 70);
    assertEquals(Set.of("run3", "run4"), after(1));
  }

  @Test
  void aPointerThatCanNotBeReadKeepsAll() throws IOException {
    current("{}");
    assertEquals(4, after(1).size());
    current("torn");
    assertEquals(4, after(1).size());
  }

  @Test
  void withoutANumberAllStay() throws IOException {
    assertEquals(4, after(null).size());
  }

  @Test
  void whatIsNotOursOrNotDoneIsNeitherCountedNorTouched() throws IOException {
    Files.createDirectories(runs().resolve("run0/0f6d2a6e-1"));
    Files.writeString(runs().resolve("notes.txt"), "mine");
    manifest("other", "0f6d2a6e-1", "weekly", 9);
    manifest("copied", "ffffffff-7", "daily", 9);
    assertEquals(Set.of("copied", "notes.txt", "other", "run0", "run3", "run4"), after(2));
  }

  @Test
  void aFolderThatIsNotLaidOutAsOursIsLeftAlone() throws IOException {
    assertEquals(4, after(1, "run4", "daily/_runs/run3/0f6d2a6e-1").size());
    assertEquals(4, after(1, "daily", "daily/x").size());
  }
}
