package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From kubectl apply to results, with everything real in between. */
class AnalysisIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofSeconds(60);

  private static Cloud cloud;
  private static Path stocks;

  @BeforeAll
  static void start() {
    cloud = Cloud.withOperator();
    stocks = cloud.stocks();
  }

  private static void apply(String name) {
    cloud.putStocks(name);
    assertEquals(0, cloud.apply(Objects.analysis(name)).exitCode());
  }

  @Test
  void resultsAreThoseOfDuckDbOnTheSameFiles() throws Exception {
    apply("whole");
    assertEquals(
        "Succeeded", cloud.awaitEnd("whole", LONG), cloud.field("whole", ".status.message"));

    String prices = "read_csv('" + stocks + "')";
    DuckDb.assertSame(
        "SELECT Ticker, Date, Close, Volume FROM " + prices + " ORDER BY 1, 2",
        "SELECT ticker, date, close, volume FROM " + result("whole", "daily") + " ORDER BY 1, 2");
    DuckDb.assertSame(
        "SELECT Ticker, Date, CASE WHEN n = 20 THEN m END FROM (SELECT Ticker, Date,"
            + " count(*) OVER w AS n, avg(Close) OVER w AS m FROM "
            + prices
            + " WINDOW w AS (PARTITION BY Ticker ORDER BY Date ROWS BETWEEN 19 PRECEDING AND CURRENT ROW))"
            + " ORDER BY 1, 2",
        "SELECT ticker, date, close_mean_20 FROM " + result("whole", "trend") + " ORDER BY 1, 2");

    assertEquals("12154", cloud.field("whole", ".status.outputs[1].rows"));
    assertEquals("2/2", cloud.field("whole", ".status.progress.summary"));
    cloud.kubectl("wait", "--for=condition=Ready", "fa/whole", "--timeout=1s");
    assertEquals("Ready", cloud.field("whole", ".status.conditions[*].type"));
    assertEquals(
        cloud.field("whole", ".metadata.generation"),
        cloud.field("whole", ".status.observedGeneration"));

    Path current = cloud.cloud().s3().file("s3://research/whole/daily/_current.json");
    assertTrue(Files.readString(current).contains(cloud.field("whole", ".status.outputs[0].path")));

    cloud.await(
        () -> !cloud.field("whole", ".status.cluster.endedAt").isEmpty(),
        "the cluster's end",
        SHORT);
    assertEquals("TERMINATED", cloud.field("whole", ".status.cluster.state"));
    assertEquals(1, cloud.clustersOf("whole").size());
    String logs = cloud.field("whole", ".status.cluster.logs");
    String step = cloud.field("whole", ".status.cluster.stepId");
    assertTrue(Files.exists(cloud.cloud().s3().file(logs + "steps/" + step + "/stderr.gz")));

    String events =
        cloud.kubectl(
            "get",
            "events",
            "--field-selector=involvedObject.name=whole",
            "-o",
            "jsonpath={.items[*].reason}");
    for (String phase : List.of("Requested", "Running", "Succeeded")) {
      assertTrue(events.contains(phase), events);
    }
  }

  @Test
  void aRunSurvivesTheDeathOfTheOperator() {
    apply("restart");
    cloud.await(() -> "Running".equals(cloud.field("restart", ".status.phase")), "the job", SHORT);
    cloud.killOperator();
    cloud.startOperator();
    assertEquals("Succeeded", cloud.awaitEnd("restart", LONG));
    assertEquals(1, cloud.clustersOf("restart").size());
    assertEquals("1", cloud.field("restart", ".status.attempt.number"));
  }

  @Test
  void deletingARunningAnalysisEndsItsClusterFirst() {
    apply("deleted");
    cloud.await(() -> "Running".equals(cloud.field("deleted", ".status.phase")), "the job", SHORT);
    cloud.kubectl("delete", "fa", "deleted", "--timeout=60s");
    assertEquals(1, cloud.clustersOf("deleted").size());
    cloud.await(
        () -> cloud.clustersOf("deleted").get(0).state().equals("TERMINATED"),
        "the end of the cluster",
        SHORT);
    assertEquals("Terminated by user request", cloud.clustersOf("deleted").get(0).reason());
  }

  @Test
  void aCorruptFileIsNamedInTheStatus() throws Exception {
    Path folder = cloud.cloud().folder();
    Path good = folder.resolve("a.parquet");
    DuckDb.execute(
        "COPY (SELECT DATE '2024-01-02' AS \"Date\", 'IBM' AS \"Ticker\", 1.5 AS \"Close\", 5 AS \"Volume\") TO '"
            + good
            + "' (FORMAT parquet)");
    Path bad = Files.writeString(folder.resolve("b.parquet"), "this is no parquet file at all");
    cloud.cloud().s3().put(good, "s3://market-data/corrupt/a.parquet");
    cloud.cloud().s3().put(bad, "s3://market-data/corrupt/b.parquet");
    cloud.apply(Objects.analysis("corrupt").replace("format: csv", "format: parquet"));

    assertEquals("Failed", cloud.awaitEnd("corrupt", LONG));
    String message = cloud.field("corrupt", ".status.message");
    assertTrue(message.contains("s3://market-data/corrupt/b.parquet"), message);
    assertTrue(message.contains("not a Parquet file"), message);
    assertEquals("Failed", cloud.field("corrupt", ".status.steps[0].state"));
    assertEquals("Skipped", cloud.field("corrupt", ".status.steps[1].state"));
    assertEquals("True", cloud.field("corrupt", ".status.conditions[?(@.type=='Stalled')].status"));
    cloud.awaitNoCluster("corrupt", SHORT);
  }

  @Test
  void whatCanBeKnownBeforePayingIsRefusedWithoutACluster() {
    assertRefused(
        Objects.analysis("missing"), "missing", "InputMissing", "s3://market-data/missing/");

    cloud.putStocks("lacking");
    assertRefused(
        Objects.analysis("lacking").replace("close: Close", "close: Last"),
        "lacking",
        "MissingColumn",
        "'Last'");

    assertRefused(
        Objects.analysis("unknown").replace("of: daily", "of: weekly"),
        "unknown",
        "UnknownSource",
        "'weekly'");

    assertRefused(
        Objects.analysis("fence").replace("s3://research/fence/", "s3://payroll/fence/"),
        "fence",
        "OutsideFence",
        "s3://payroll/fence/");
  }

  private static void assertRefused(String yaml, String name, String reason, String said) {
    cloud.apply(yaml);
    assertEquals("Failed", cloud.awaitEnd(name, Duration.ofSeconds(30)));
    String stalled = ".status.conditions[?(@.type=='Stalled')]";
    assertEquals("True", cloud.field(name, stalled + ".status"));
    assertEquals(reason, cloud.field(name, stalled + ".reason"));
    String message = cloud.field(name, stalled + ".message");
    assertTrue(message.contains(said), message);
    assertFalse(cloud.clustersOf(name).stream().findAny().isPresent());
  }

  private static String result(String name, String analysis) {
    String path = cloud.field(name, ".status.outputs[?(@.analysis=='" + analysis + "')].path");
    return "read_parquet('" + cloud.cloud().s3().file(path) + "**/*.parquet')";
  }
}
