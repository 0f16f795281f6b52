package dev.emroperator.finance.job.output;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** CSV as RFC 4180 has it, with a header line: written so that any reader finds what was there. */
final class Csv {

  /** What is the same for who writes and who reads. Spark's own times end at milliseconds. */
  private static final Map<String, String> FORM =
      Map.of(
          "header", "true",
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false",
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private Csv() {}

  /** Options of a writer. */
  static Map<String, String> written(StructType schema) {
    Map<String, String> options = new HashMap<>(FORM);
    if (schema.length() == 1) {
      // A line with nothing on it is no row.
      options.put("nullValue", "\"\"");
    }
    return options;
  }

  /** The rows of a folder that was so written. */
  static Dataset<Row> read(Dataset<Row> written, String folder) {
    return written
        .sparkSession()
        .read()
        .schema(written.schema())
        .options(FORM)
        .option("multiLine", "true")
        .csv(folder);
  }
}
