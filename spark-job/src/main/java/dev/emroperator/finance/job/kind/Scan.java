package dev.emroperator.finance.job.kind;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Parquet files of one schema as Spark reads them, for a kernel that takes whole batches of
 * columns. Every column has the plain type that analyses work with: {@code ticker} STRING, {@code
 * time} TIMESTAMP, whole numbers BIGINT or INT, all others DOUBLE. Nothing is checked yet.
 *
 * @param rows the wanted columns under their names in the files
 * @param names our name to the name in the files
 * @param from first wanted instant, microseconds since the epoch
 * @param until instant after the last wanted one
 */
public record Scan(Dataset<Row> rows, Map<String, String> names, long from, long until) {

  public Scan {
    names = Map.copyOf(names);
  }
}
