package dev.emroperator.finance.job.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Deletes results of earlier runs after a success. A run counts by its manifest: a folder without
 * one is neither counted nor touched, since it may be another's, or still be written. The run that
 * {@code _current.json} names stays, because people read it until the operator moves the pointer;
 * so do {@link LiveRuns}, to which it may be moved.
 */
public final class OldRuns {

  private static final String RUNS = "_runs";
  private static final String CURRENT = "_current.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Plan plan;
  private final RunFiles files;
  private final Configuration hadoop;

  public OldRuns(Plan plan, RunFiles files, Configuration hadoop) {
    this.plan = plan;
    this.files = files;
    this.hadoop = hadoop;
  }

  /** A run and the time of its newest manifest, ms since 1970. */
  private record Finished(Path folder, long at) {}

  /** Deletes those beyond the number that the plan keeps; what goes wrong with it stops nothing. */
  public void delete() {
    if (plan.keepRuns() == null) {
      return;
    }
    plan.results()
        .forEach(
            (analysis, folder) -> {
              try {
                delete(analysis, new Path(folder));
              } catch (IOException | RuntimeException e) {
                System.err.println("can't delete old runs of " + analysis + ": " + e.getMessage());
              }
            });
  }

  private void delete(String analysis, Path result) throws IOException {
    Path run = result.getParent();
    Path runs = run.getParent();
    boolean isOurs = run.getName().equals(plan.runId()) && runs.getName().equals(RUNS);
    if (!isOurs) {
      return;
    }
    FileSystem fs = runs.getFileSystem(hadoop);
    Set<String> kept = new HashSet<>(Set.of(plan.runId()));
    Path pointer = new Path(runs.getParent(), CURRENT);
    if (fs.exists(pointer)) {
      kept.add(named(fs, pointer));
    }
    List<Finished> earlier = new ArrayList<>();
    for (FileStatus folder : fs.listStatus(runs)) {
      long at = finished(fs, folder.getPath(), analysis);
      if (at > 0 && !folder.getPath().getName().equals(plan.runId())) {
        earlier.add(new Finished(folder.getPath(), at));
      }
    }
    LiveRuns live = new LiveRuns(new Path(plan.home()).getParent().getParent(), files, hadoop);
    earlier.sort(Comparator.comparingLong(Finished::at).reversed());
    for (Finished old :
        earlier.subList(Math.min(plan.keepRuns() - 1, earlier.size()), earlier.size())) {
      String runId = old.folder().getName();
      if (!kept.contains(runId) && !live.has(runId, old.at())) {
        fs.delete(old.folder(), true);
        System.out.println("deleted " + old.folder() + ", older than the runs that are kept");
      }
    }
  }

  private static String named(FileSystem fs, Path pointer) throws IOException {
    try (InputStream in = fs.open(pointer)) {
      JsonNode runId = JSON.readTree(in).path("runId");
      if (!runId.isTextual()) {
        throw new IOException(pointer + " names no run");
      }
      return runId.asText();
    }
  }

  /** When the newest result of a run was there; 0 when none is. */
  private long finished(FileSystem fs, Path run, String analysis) throws IOException {
    long newest = 0;
    if (!fs.getFileStatus(run).isDirectory()) {
      return newest;
    }
    for (FileStatus attempt : fs.listStatus(run)) {
      boolean isResult =
          attempt.isDirectory()
              && files
                  .readManifest(attempt.getPath())
                  .filter(manifest -> isOf(manifest, run, attempt.getPath(), analysis))
                  .isPresent();
      if (isResult) {
        Path manifest = new Path(attempt.getPath(), Plan.MANIFEST);
        newest = Math.max(newest, fs.getFileStatus(manifest).getModificationTime());
      }
    }
    return newest;
  }

  private static boolean isOf(Manifest manifest, Path run, Path attempt, String analysis) {
    return run.getName().equals(manifest.runId())
        && attempt.getName().equals(manifest.attempt())
        && analysis.equals(manifest.analysis());
  }
}
