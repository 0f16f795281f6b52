package dev.emroperator.finance.job.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.run.Manifest.BadRows;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Bad rows beside a result, in a folder that engines skip by its name. */
final class Quarantine {

  private static final String FOLDER = "_quarantine/";

  private Quarantine() {}

  /** Writes them, and counts what was written. */
  static BadRows write(
      Dataset<Row> bad, Quality quality, Format format, Path result, SparkSession spark) {
    String folder = new Path(result, FOLDER).toString();
    var writer =
        bad.repartition(col("ticker"))
            .sortWithinPartitions(col("ticker"), col("time"))
            .write()
            .mode(SaveMode.Overwrite);
    Dataset<Row> written;
    if (format == Format.CSV) {
      writer.options(Csv.written(bad.schema())).csv(folder);
      written = Csv.read(bad, folder);
    } else {
      writer.parquet(folder);
      written = spark.read().schema(bad.schema()).parquet(folder);
    }
    return counts(written, quality);
  }

  private static BadRows counts(Dataset<Row> written, Quality quality) {
    Column[] byRule =
        quality.rules().stream()
            .map(rule -> col(Quality.REASONS).bitwiseAND(lit(rule.mask())).notEqual(0))
            .map(broken -> count(when(broken, true)))
            .toArray(Column[]::new);
    Row counted = written.agg(count(lit(1)), byRule).first();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int i = 0; i < byRule.length; i++) {
      rows.put(quality.rules().get(i).name().toLowerCase(Locale.ROOT), counted.getLong(i + 1));
    }
    return new BadRows(counted.getLong(0), rows, FOLDER);
  }
}
