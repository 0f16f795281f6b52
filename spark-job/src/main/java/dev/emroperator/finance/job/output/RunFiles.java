package dev.emroperator.finance.job.output;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The small JSON files by which operator and job talk. Each appears whole or not at all on S3. */
public final class RunFiles {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Configuration hadoop;

  public RunFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  public Plan readPlan(Path location) throws IOException {
    try (InputStream in = location.getFileSystem(hadoop).open(location)) {
      return JSON.readValue(in, Plan.class);
    }
  }

  public ProgressRecord readProgress(Path location) throws IOException {
    try (InputStream in = location.getFileSystem(hadoop).open(location)) {
      return JSON.readValue(in, ProgressRecord.class);
    }
  }

  /** The manifest in a folder of results, if there is one. */
  public Optional<Manifest> readManifest(Path folder) {
    Path location = new Path(folder, Plan.MANIFEST);
    try {
      FileSystem fs = location.getFileSystem(hadoop);
      if (!fs.exists(location)) {
        return Optional.empty();
      }
      try (InputStream in = fs.open(location)) {
        return Optional.of(JSON.readValue(in, Manifest.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void writeManifest(Path folder, Manifest manifest) {
    try {
      write(new Path(folder, Plan.MANIFEST), manifest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Progress is only told; what goes wrong with it stops nothing. */
  public void writeProgress(Plan plan, ProgressRecord progress) {
    try {
      write(new Path(plan.home(), Plan.PROGRESS), progress);
    } catch (IOException | RuntimeException e) {
      System.err.println("can't write progress: " + e.getMessage());
    }
  }

  /**
   * Reports why an analysis failed, or, without one, why the run did; what goes wrong with it stops
   * no other analysis.
   */
  public void writeError(Plan plan, String analysis, JobFailure failure) {
    try {
      String folder = analysis == null ? plan.home() : plan.results().get(analysis);
      write(
          new Path(folder, Plan.ERROR),
          new ErrorReport(
              1,
              plan.runId(),
              plan.attempt(),
              analysis,
              failure.kind().code(),
              failure.getMessage()));
    } catch (IOException | RuntimeException e) {
      System.err.println("can't write the error report: " + e.getMessage());
    }
  }

  private void write(Path location, Object content) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(content);
    FileSystem fs = location.getFileSystem(hadoop);
    try (OutputStream out = fs.create(location, true)) {
      out.write(bytes);
    }
  }
}
