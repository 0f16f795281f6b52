package dev.emroperator.finance.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.e2e.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The guide's commands run as they stand, and what it says of them is so. */
class GuideIT {

  private static final Markdown RESULTS = Markdown.page("docs/results.md");
  private static final Markdown RECIPES = Markdown.page("docs/recipes.md");

  private static GuideRun guide;

  @BeforeAll
  static void doIt() {
    guide = GuideRun.done();
  }

  private static String sql(String word) {
    return RESULTS.section("Readers").blocks("sql").stream()
        .filter(block -> block.contains(word))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theResultsArePrintedWithTheirRowsAndFolders() {
    List<String> lines = guide.printed().strip().lines().toList();
    assertEquals(2, lines.size(), guide.printed());
    assertTrue(lines.get(0).matches("daily \\d+ s3://research/us-trend/daily/_runs/.*/"));
    assertTrue(lines.get(1).endsWith(" " + guide.trend()), lines.get(1));
  }

  @Test
  void duckDbReadsTheResultByTheQueryOfThePage() throws SQLException {
    String query =
        sql("read_parquet")
            .replaceFirst(
                "path = '[^']*'", Matcher.quoteReplacement("path = '" + guide.local() + "/'"));
    List<String> tickers = new ArrayList<>();
    try (var duckdb = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duckdb.createStatement()) {
      String[] statements = query.split(";\n");
      statement.execute(statements[0]);
      try (var rows = statement.executeQuery(statements[1])) {
        while (rows.next()) {
          assertEquals("2012-12-31", rows.getString("last"));
          assertTrue(Math.abs(rows.getDouble("above_mean")) < 1);
          tickers.add(rows.getString("ticker"));
        }
      }
    }
    assertEquals(5, tickers.size(), tickers.toString());
  }

  @Test
  void theTableForAthenaHasTheColumnsOfTheResult() throws IOException {
    String table = sql("CREATE EXTERNAL TABLE");
    List<String> declared = new ArrayList<>();
    Matcher list = Pattern.compile("(?s)(?:trend|PARTITIONED BY) \\((.*?)\\)").matcher(table);
    while (list.find()) {
      for (String column : list.group(1).replace("`", "").split(",")) {
        declared.add(column.strip());
      }
    }
    JsonNode manifest =
        new ObjectMapper().readTree(guide.local().resolve("_manifest.json").toFile());
    List<String> real = new ArrayList<>();
    manifest
        .get("columns")
        .forEach(
            column -> real.add(column.get("name").asText() + " " + column.get("type").asText()));
    assertEquals(real, declared);
  }

  @Test
  void aWorkflowFindsThePathOfTheResult() {
    Matcher path = Pattern.compile("jsonPath: '\\{(.*)\\}'").matcher(RECIPES.text());
    assertTrue(path.find());
    assertEquals(guide.trend(), guide.cloud().field("us-trend", path.group(1)));
  }

  /** The script of the recipe on another object than the guide's. */
  private static Tool.Answer ci(String name, String yaml) throws IOException {
    Path folder = Files.createDirectories(guide.folder().resolve(name));
    Files.writeString(
        folder.resolve("us-trend.yaml"), yaml.replace("{name: us-trend,", "{name: " + name + ","));
    String script = RECIPES.section("CI").blocks("sh").get(0);
    try {
      return Scripts.run(
          guide.cloud(), folder, script.replaceAll("(fa[/ ])us-trend\\b", "$1" + name));
    } finally {
      guide.cloud().kubectl("delete", "fa", name);
    }
  }

  @Test
  void theScriptForCiTakesWhatIsThereAndFailsWithTheCauseOtherwise() throws IOException {
    Tool.Answer good = ci("ci-good", GuideRun.yaml());
    assertEquals(0, good.exitCode(), good.printed());
    assertTrue(good.printed().contains("were there already"), good.printed());
    Tool.Answer bad =
        ci("ci-bad", GuideRun.yaml().replace("s3://research/us-trend/", "s3://payroll/"));
    assertNotEquals(0, bad.exitCode(), bad.printed());
    assertTrue(bad.printed().contains("s3://payroll/"), bad.printed());
  }

  @Test
  void whatIsAppliedAgainRestsAndARerunBeginsAnother() {
    List<String> blocks = Markdown.page("docs/guide.md").section("Do it again").blocks("sh");
    String again = guide.succeeds(blocks.get(0));
    assertTrue(again.strip().endsWith("Succeeded"), again);
    assertEquals("1", guide.cloud().field("us-trend", ".metadata.generation"));
    guide.succeeds(blocks.get(1));
    guide
        .cloud()
        .await(
            () -> !guide.cloud().field("us-trend", ".status.handledRequests.rerun").isEmpty(),
            "the rerun",
            Duration.ofSeconds(60));
    assertEquals("2", guide.cloud().field("us-trend", ".status.attempt.number"));
    guide.cloud().kubectl("delete", "fa", "us-trend");
  }
}
