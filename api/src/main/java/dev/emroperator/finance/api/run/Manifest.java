package dev.emroperator.finance.api.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * {@code _manifest.json}: written last, so that a result that has one is whole.
 *
 * @param version 1
 * @param runId of the plan
 * @param attempt of the plan
 * @param analysis name of the analysis
 * @param rows rows of the result
 * @param bytes size of all files
 * @param files relative to the folder of the manifest
 * @param columns of the result, in order, partition columns last
 * @param inputs what the files that it is made of are like; empty in manifests of older jobs
 * @param badRows rows that an analysis of kind quality has left out; null for other kinds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    int version,
    String runId,
    String attempt,
    String analysis,
    long rows,
    long bytes,
    List<File> files,
    List<Column> columns,
    List<Source> inputs,
    BadRows badRows) {

  public Manifest {
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
  }

  /** A manifest that tells nothing of its inputs. */
  public Manifest(
      int version,
      String runId,
      String attempt,
      String analysis,
      long rows,
      long bytes,
      List<File> files,
      List<Column> columns) {
    this(version, runId, attempt, analysis, rows, bytes, files, columns, null, null);
  }

  /** A file and its size in bytes. */
  public record File(String path, long bytes) {}

  /** A column and its Spark SQL type, as in {@code decimal(20,0)}. */
  public record Column(String name, String type) {}

  /**
   * The files of an input, as they were found before any was scanned.
   *
   * @param input name of the input
   * @param rows rows of the files that were read, as their footers tell; null for CSV
   * @param verdicts number of files by verdict: {@code ok}, {@code cast}, {@code empty}, {@code
   *     outOfRange} (no row of a day that is wanted, so it is not read), {@code corrupt}, {@code
   *     missingColumn}, {@code wrongType}
   * @param named each file that is neither ok nor out of range, the first 1,000 of each verdict
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      String input, Long rows, Map<String, Integer> verdicts, List<NamedFile> named) {}

  /** A file, its verdict, and a sentence that says why. */
  public record NamedFile(String path, String verdict, String reason) {}

  /**
   * Rows in the quarantine.
   *
   * @param rows all of them
   * @param byRule rows that break a rule, by its name; a row can break several
   * @param path folder of the quarantine, relative to that of the manifest
   */
  public record BadRows(long rows, Map<String, Long> byRule, String path) {}

  /** Files that were left out because they could not be read, or lack a column or its type. */
  public long badFiles() {
    return inputs.stream()
        .map(Source::named)
        .flatMap(List::stream)
        .filter(file -> List.of("corrupt", "missingColumn", "wrongType").contains(file.verdict()))
        .map(NamedFile::path)
        .distinct()
        .count();
  }
}
