package dev.emroperator.finance.api.run;

import java.util.List;

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
 */
public record Manifest(
    int version,
    String runId,
    String attempt,
    String analysis,
    long rows,
    long bytes,
    List<File> files,
    List<Column> columns) {

  /** A file and its size in bytes. */
  public record File(String path, long bytes) {}

  /** A column and its Spark SQL type, as in {@code decimal(20,0)}. */
  public record Column(String name, String type) {}
}
