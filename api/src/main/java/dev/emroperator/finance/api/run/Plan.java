package dev.emroperator.finance.api.run;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Output;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * {@code plan.json}: everything the job needs, frozen before a cluster is asked for. The operator
 * writes it, the job only reads it.
 *
 * @param version {@link #VERSION}; the job refuses another
 * @param runId names the result; the same for every attempt
 * @param attempt {@code <uid8>-<number>}
 * @param deadline ISO 8601 instant at which the driver halts itself
 * @param inputs the files that may be read, and no others
 * @param from first day whose results are wanted, ISO 8601; null for the first in the files
 * @param to last day whose results are wanted, ISO 8601; null for the last in the files
 * @param warmupDays days before {@code from} whose rows feed windows and the bar that {@code from}
 *     falls into, and are not put out themselves
 * @param analyses in an order in which each stands after what it is made of
 * @param format how results are written
 * @param partitionBy folders of the results
 * @param results folder of each analysis' result, ending in {@code /}, by name of the analysis
 * @param home folder of the attempt, ending in {@code /}, for {@code _progress.json} and the {@code
 *     _error.json} of a run that can't begin
 * @param keepRuns runs whose results stay after a success, this one included; null for all
 */
@RecordBuilder
public record Plan(
    int version,
    String runId,
    String attempt,
    String deadline,
    List<FrozenInput> inputs,
    String from,
    String to,
    int warmupDays,
    List<Analysis> analyses,
    Format format,
    Output.PartitionBy partitionBy,
    Map<String, String> results,
    String home,
    Integer keepRuns)
    implements PlanBuilder.With {

  public static final int VERSION = 1;
  public static final String MANIFEST = "_manifest.json";
  public static final String ERROR = "_error.json";
  public static final String PROGRESS = "_progress.json";

  /** An input with the files that it had when the run was claimed. */
  public record FrozenInput(Input input, List<File> files) {}

  /** A file: its {@code s3://} location, its size in bytes, and S3's ETag of the content. */
  public record File(String path, long size, String etag) {}
}
