package dev.emroperator.finance.job.output;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.kind.Series;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Bars that an earlier attempt has written, as rows again, so that a retry need not make them for
 * what is made of them. Of other kinds the files don't tell the order of rows with the same time.
 */
public record WrittenBars(SparkSession spark, Plan plan) {

  /**
   * Whether the files hold all rows as they were: what warms up is not written, and CSV is text.
   */
  public boolean areWhole() {
    return plan.format() == Format.PARQUET && (plan.from() == null || plan.warmupDays() == 0);
  }

  /**
   * The bars.
   *
   * @param zone of the series that they were made of
   */
  public Series read(Path folder, Manifest manifest, Bars bars, String zone) {
    StructType schema = new StructType();
    for (Manifest.Column column : manifest.columns()) {
      boolean isOurs =
          List.of("ticker", "time", "date").contains(column.name())
              || bars.names().contains(column.name());
      if (isOurs) {
        schema = schema.add(column.name(), DataType.fromDDL(column.type()));
      }
    }
    return new Series(rows(folder, manifest, schema), zone, bars.every());
  }

  private Dataset<Row> rows(Path folder, Manifest manifest, StructType schema) {
    if (manifest.files().isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    String[] files =
        manifest.files().stream()
            .map(file -> new Path(folder, file.path()).toString())
            .toArray(String[]::new);
    Column[] columns =
        java.util.Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new);
    // A bracket in a path is a letter, not a pattern.
    return spark
        .read()
        .schema(schema)
        .option("__globPaths__", "false")
        .parquet(files)
        .select(columns);
  }
}
