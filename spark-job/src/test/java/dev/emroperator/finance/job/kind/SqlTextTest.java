package dev.emroperator.finance.job.kind;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.job.JobFailure;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a select may say, by Spark's own parser. */
class SqlTextTest {

  private static final Set<String> TABLES = Set.of("prices", "us-sectors");

  private static void parse(String select) {
    SqlText.parse(select, TABLES, new SparkSqlParser());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ticker, close FROM prices",
        "-- closes\nselect * from Prices where close > 10",
        "SELECT p.ticker, s.sector FROM prices p JOIN `us-sectors` s USING (ticker)",
        "WITH a AS (SELECT * FROM prices), b AS (SELECT * FROM a) SELECT max(close) FROM b",
        "SELECT ticker, avg(close) OVER w FROM prices WINDOW w AS (PARTITION BY ticker ORDER BY time)",
        "SELECT CASE WHEN close > 1 THEN 'a' ELSE 'b' END, extract(year FROM date), CAST(close AS int) FROM prices",
        "SELECT * FROM prices ORDER BY close LIMIT 5 OFFSET 2",
        "SELECT ticker FROM prices UNION ALL SELECT ticker FROM `us-sectors`",
        "SELECT id FROM range(10)",
        "SELECT ticker, x FROM prices LATERAL VIEW explode(array(1, 2)) AS x",
        "SELECT * FROM prices PIVOT (sum(close) FOR ticker IN ('A', 'B'))",
        "SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(x, y)",
        "SELECT ticker, count(*) FROM prices GROUP BY ROLLUP (ticker) HAVING count(*) > 1",
        "SELECT * FROM prices WHERE EXISTS (SELECT 1 FROM `us-sectors`)",
        "FROM prices SELECT ticker",
        "SELECT * FROM prices WHERE ticker = 'today' OR date_format(time, 'HH:mm') > '15:30'",
        "SELECT * FROM prices ORDER BY close OFFSET 2",
        "SELECT DATE '2024', TIMESTAMP ' 2024-01-02T10:00', DATE '2024-01-02', TIMESTAMP '2024-01-02 10:00:00', INTERVAL 1 DAY FROM prices",
      })
  void aSelectOverItsTablesIsTaken(String select) {
    assertDoesNotThrow(() -> parse(select));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Commands, and what writes.
        "DROP TABLE prices",
        "CREATE TABLE t AS SELECT * FROM prices",
        "CREATE TEMPORARY VIEW t AS SELECT * FROM prices",
        "CREATE FUNCTION f AS 'a.B' USING JAR 's3://x/y.jar'",
        "INSERT INTO prices SELECT * FROM prices",
        "INSERT OVERWRITE DIRECTORY 's3://x/' USING parquet SELECT * FROM prices",
        "FROM prices INSERT INTO t SELECT *",
        "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
        "DELETE FROM prices",
        "UPDATE prices SET close = 1",
        "MERGE INTO prices USING prices s ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE TABLE prices",
        "LOAD DATA INPATH 's3://x/' INTO TABLE prices",
        "SET spark.sql.ansi.enabled=false",
        "RESET",
        "ADD JAR s3://x/y.jar",
        "LIST FILES",
        "USE other",
        "SHOW TABLES",
        "DESCRIBE prices",
        "EXPLAIN SELECT * FROM prices",
        "EXPLAIN EXTENDED SELECT * FROM parquet.`s3://x/`",
        "CACHE TABLE prices",
        "REFRESH `s3://x/`",
        "SHOW FUNCTIONS",
        "SELECT 1; DROP TABLE prices",
        // Programs.
        "SELECT TRANSFORM (ticker) USING 'sh -c id' AS (x) FROM prices",
        "FROM prices MAP ticker USING 'cat' AS x",
        "SELECT * FROM (SELECT TRANSFORM (*) USING 'cat' AS (x) FROM prices)",
        "SELECT java_method('java.lang.System', 'getenv', 'HOME') FROM prices",
        "SELECT reflect('java.lang.System', 'exit', 1) FROM prices",
        "SELECT try_reflect('java.lang.System', 'getenv', 'HOME') FROM prices",
        "SELECT IDENTIFIER('reflect')('java.lang.System', 'getenv', 'HOME') FROM prices",
        "SELECT ticker FROM prices ORDER BY reflect('a.B', 'c')",
        "SELECT sum(close) OVER w FROM prices WINDOW w AS (ORDER BY reflect('a.B', 'c'))",
        "SELECT ticker FROM prices GROUP BY reflect('a.B', 'c'), ticker",
        "SELECT ticker FROM prices HAVING max(reflect('a.B', 'c')) = 1",
        "SELECT * FROM prices p JOIN prices q ON reflect('a.B', 'c') = p.ticker",
        "SELECT * FROM VALUES (reflect('a.B', 'c'))",
        "SELECT id FROM range(reflect('a.B', 'c'))",
        "SELECT (SELECT max(reflect('a.B', 'c')) FROM prices)",
        "SELECT transform(array(1), x -> reflect('a.B', 'c')) FROM prices",
        "SELECT default.evil(ticker) FROM prices",
        "SELECT spark_catalog.default.evil(ticker) FROM prices",
        // Other data.
        "SELECT * FROM secrets",
        "SELECT * FROM default.prices",
        "SELECT * FROM spark_catalog.default.prices",
        "SELECT * FROM global_temp.prices",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM parquet.`s3://other/`",
        "SELECT * FROM csv.`file:/etc/passwd`",
        "SELECT * FROM text.`/etc/passwd`",
        "SELECT * FROM binaryFile.`s3://other/`",
        "SELECT * FROM jdbc.`x`",
        "SELECT * FROM `s3://other/`",
        "TABLE parquet.`s3://other/`",
        "SELECT * FROM prices JOIN csv.`s3://other/` x",
        "SELECT * FROM prices WHERE ticker IN (SELECT _c0 FROM csv.`s3://other/`)",
        "SELECT * FROM prices, LATERAL (SELECT * FROM csv.`s3://other/`)",
        "SELECT ticker, (SELECT max(_c0) FROM csv.`s3://other/`) FROM prices",
        "SELECT * FROM prices ORDER BY (SELECT max(_c0) FROM csv.`s3://other/`)",
        "SELECT sum(1) OVER w FROM prices WINDOW w AS (ORDER BY (SELECT 1 FROM csv.`s3://o/`))",
        "WITH prices AS (SELECT * FROM csv.`s3://other/`) SELECT * FROM prices",
        "WITH x AS (SELECT * FROM csv.`s3://other/`) SELECT * FROM prices",
        "WITH prices AS (SELECT 1) SELECT * FROM prices",
        "SELECT * FROM (WITH x AS (SELECT * FROM csv.`s3://o/`) SELECT * FROM x)",
        "SELECT * FROM prices UNION SELECT * FROM csv.`s3://other/`",
        "SELECT * FROM IDENTIFIER('csv.`s3://other/`')",
        "SELECT * FROM prices VERSION AS OF 1",
        "SELECT * FROM prices TIMESTAMP AS OF '2024-01-01'",
        "SELECT * FROM STREAM(prices)",
        "SELECT * FROM read_files('s3://other/')",
        "SELECT * FROM hudi_query('x')",
        "SELECT input_file_name() FROM prices",
        "SELECT input_file_block_start() FROM prices",
        "SELECT current_catalog(), current_database(), version() FROM prices",
        "SELECT current_user() FROM prices",
        "SELECT '${env:AWS_SECRET_ACCESS_KEY}' FROM prices",
        "SELECT '${spark.app.id}' FROM prices",
        "SELECT :secret FROM prices",
        "SELECT ? FROM prices",
        // Results that the next run would not repeat.
        "SELECT rand() FROM prices",
        "SELECT randn(1), shuffle(array(1, 2)), uuid() FROM prices",
        "SELECT now() FROM prices",
        "SELECT current_timestamp() FROM prices",
        "SELECT current_date() FROM prices",
        "SELECT localtimestamp() FROM prices",
        "SELECT unix_timestamp() FROM prices",
        "SELECT monotonically_increasing_id(), spark_partition_id() FROM prices",
        "SELECT collect_list(close) FROM prices",
        "SELECT * FROM prices WHERE date > DATE 'today'",
        "SELECT * FROM prices WHERE date > DATE '\\u0074oday'",
        "SELECT * FROM prices WHERE date > date /* x */ \"Yesterday\"",
        "SELECT TIMESTAMP ' now' FROM prices",
        "SELECT TIMESTAMP '12:00:00' FROM prices",
        "SELECT timestamp_ntz 'T09:30' FROM prices",
        "SELECT DATE '\\u0001today' FROM prices",
        "SELECT * FROM prices OFFSET 5",
        "SELECT * FROM (SELECT * FROM prices OFFSET 5) ORDER BY close",
        "SELECT * FROM prices TABLESAMPLE (10 PERCENT)",
        "SELECT * FROM prices LIMIT 5",
        "SELECT * FROM (SELECT * FROM prices LIMIT 5)",
        "SELECT * FROM prices SORT BY close LIMIT 5",
        // How it runs is not its to say, nor is what is no SQL.
        "SELECT /*+ REPARTITION(100000) */ * FROM prices",
        "SELECT * FROM prices DISTRIBUTE BY ticker",
        "SELECT raise_error('x') FROM prices",
        "SELECT aes_decrypt(ticker, 'k') FROM prices",
        "SELECT close, FROM prices WHERE",
        "",
      })
  void allElseIsRefused(String select) {
    assertThrows(JobFailure.class, () -> parse(select));
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedAndEndsNothingElse() {
    String deep = "(".repeat(3_000) + "1" + ")".repeat(3_000);
    assertThrows(JobFailure.class, () -> parse("SELECT " + deep + " FROM prices"));
  }

  @Test
  void anotherTableIsNamedWithThoseThatThereAre() {
    String told = assertThrows(JobFailure.class, () -> parse("SELECT * FROM secrets")).getMessage();
    assertTrue(told.contains("'secrets'") && told.contains("[prices, us-sectors]"), told);
  }

  @Test
  void everyFunctionThatIsAllowedIsOneOfSpark() {
    List<String> unknown =
        SqlFunctions.all().stream()
            .filter(
                name -> !FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name)))
            .filter(
                name ->
                    !TableFunctionRegistry.builtin().functionExists(new FunctionIdentifier(name)))
            .toList();
    assertEquals(List.of(), unknown);
  }
}
