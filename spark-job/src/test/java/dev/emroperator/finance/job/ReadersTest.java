package dev.emroperator.finance.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.Bars.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark finds where two runs lie side by side, as the page about results tells it. */
class ReadersTest {

  @TempDir Path output;

  /** That of the second run, as status names it. */
  private String path;

  @BeforeEach
  void runTwice() throws IOException {
    run("run1", "2011-12-01");
    path = run("run2", "2012-12-03");
    Files.writeString(
        output.resolve("daily/_current.json"),
        "{\"version\": 1, \"runId\": \"run2\", \"path\": \"" + path + "\"}");
  }

  private String run(String runId, String from) {
    String result = "file:" + output + "/daily/_runs/" + runId + "/0f6d2a6e-1/";
    LocalRun run =
        new LocalRun(output.resolve("_runs").resolve(runId))
            .prices()
            .bars("daily", "prices", "1d", Field.CLOSE)
            .range(from, "2012-12-31", 0)
            .as(Format.PARQUET, PartitionBy.YEAR);
    assertEquals(List.of(), LocalRun.run(run.plan().withResults(Map.of("daily", result))));
    return result;
  }

  @Test
  void theFolderThatIsNamedIsOneRun() {
    Dataset<Row> daily = LocalRun.spark().read().parquet(path);
    Rows.assertSame(
        DuckDb.query(
            "SELECT Ticker, Close, year(Date)::INT FROM read_csv('"
                + LocalRun.stocks()
                + "') WHERE Date BETWEEN '2012-12-03' AND '2012-12-31' ORDER BY Ticker, Date"),
        daily
            .orderBy("ticker", "date")
            .selectExpr("ticker", "close", "int(year)")
            .collectAsList()
            .stream()
            .map(row -> List.of(row.get(0), row.get(1), row.get(2)))
            .toList());
  }

  @Test
  void whereAllRunsLieThereIsNothing() {
    SparkSession spark = LocalRun.spark();
    StructType columns = spark.read().parquet(path).schema();
    for (String above : List.of("file:" + output + "/daily/", "file:" + output + "/")) {
      assertEquals(0, spark.read().schema(columns).parquet(above).count(), above);
      String said =
          assertThrows(AnalysisException.class, () -> spark.read().parquet(above)).getMessage();
      assertTrue(said.contains("Unable to infer schema"), said);
    }
  }
}
