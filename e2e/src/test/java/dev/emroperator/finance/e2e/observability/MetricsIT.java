package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.observability.Dashboard.Question;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dashboard, alerts and pages ask for is there when a real operator is scraped. */
class MetricsIT {

  private static final Path ROOT = Checkout.find().root();
  private static final Pattern LISTED =
      Pattern.compile("operation=\"ListClusters\",outcome=\"success\",[^ ]* [1-9]");

  /** What Prometheus adds where the chart's ServiceMonitor leads it. */
  private static final String TARGET =
      "namespace=\"emr\",job=\"operator\",instance=\"10.0.0.1:8080\",pod=\"a\"";

  private static final String OBJECT = "seen-by-metrics";

  /** Of one operator that has listed clusters and seen the object. */
  private static String scraped;

  @BeforeAll
  static void scrape() throws Exception {
    Cloud cloud = Cloud.withOperator();
    URI metrics = cloud.operatorReady().resolve("/metrics");
    cloud.putStocks(OBJECT);
    cloud.apply(Objects.analysis(OBJECT) + "  suspend: true\n");
    cloud.await(
        () -> LISTED.matcher(Scrape.of(metrics).text()).find(),
        "a list of clusters",
        Duration.ofSeconds(60));
    String reconciled = "operator_sdk_reconciliations_success_total";
    cloud.await(
        () -> Scrape.of(metrics).text().contains(reconciled), reconciled, Duration.ofSeconds(60));
    scraped = Scrape.of(metrics).text();
    cloud.kubectl("delete", "fa", OBJECT);
  }

  @Test
  void theDashboardAsksForNothingElse() throws IOException {
    assertEquals(Set.of(), missing(queries(Dashboard.read())));
  }

  @Test
  void eachQuestionOfTheDashboardIsAnsweredWithTheLabelsThatItShows(@TempDir Path folder)
      throws IOException {
    Rehearsal rehearsal = new Rehearsal(new Scrape(scraped), TARGET);
    List<Question> questions = new ArrayList<>(Dashboard.ofPanels());
    questions.addAll(Dashboard.ofVariables());
    for (Question question : questions) {
      rehearsal.record(question.name(), question.of("emr", "operator"));
      rehearsal.hasSome(question.name());
      question.labels().forEach(label -> rehearsal.hasNone(question.name() + without(label)));
    }
    Tool.Answer answer = rehearsal.play(folder);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  @Test
  void thePanelsShowNothingOfAnotherInstallation(@TempDir Path folder) throws IOException {
    Rehearsal rehearsal = new Rehearsal(new Scrape(scraped), TARGET);
    for (Question question : Dashboard.ofPanels()) {
      rehearsal.record(question.name() + "_namespace", question.of("other", "operator"));
      rehearsal.hasNone(question.name() + "_namespace");
      rehearsal.record(question.name() + "_job", question.of("emr", "other"));
      rehearsal.hasNone(question.name() + "_job");
    }
    Tool.Answer answer = rehearsal.play(folder);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  private static String without(String label) {
    return "{" + label + "=\"\"}";
  }

  @Test
  void theAlertsAskForNothingElse() throws IOException {
    assertEquals(Set.of(), missing(Files.readString(ROOT.resolve("helm/files/alerts.yaml"))));
  }

  @Test
  void thePageNamesExactlyTheOperatorsOwn() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/configuration.md"));
    String table = page.substring(page.indexOf("## Metrics"));
    assertEquals(own(scraped), own(table));
  }

  @Test
  void noMetricBearsTheNameOfAnObject() {
    assertEquals(List.of(), scraped.lines().filter(line -> line.contains(OBJECT)).toList());
  }

  @Test
  void noLabelIsForTheNameOfAnObject() {
    Set<String> labels =
        Pattern.compile("[{,](\\w+)=\"")
            .matcher(scraped.lines().filter(MetricsIT::isOurs).collect(Collectors.joining("\n")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        Set.of(
            "cause",
            "fleet",
            "kind",
            "le",
            "operation",
            "outcome",
            "phase",
            "reason",
            "region",
            "version"),
        labels);
  }

  /** It asks for help texts, units and suffixes; what the libraries name is theirs. */
  @Test
  void prometheusFindsNoFaultWithTheOperatorsOwn() throws IOException {
    Path file = Files.createTempFile("scraped", ".txt");
    Files.writeString(file, scraped);
    String printed = Tool.of("promtool").reading(file, "check", "metrics").printed();
    assertEquals(List.of(), printed.lines().filter(MetricsIT::isOurs).toList());
    assertFalse(printed.contains("error while linting"), printed);
  }

  @Test
  void oneReplicaLeadsAndTellsItsVersion() {
    assertTrue(scraped.contains("\nemr_operator_leader 1.0\n"), scraped);
    assertTrue(scraped.contains("\nemr_operator_build_info{version=\""), scraped);
  }

  @Test
  void whatAlertsCompareIsThereBeforeAnythingHasHappened() {
    for (String born :
        List.of(
            "emr_operator_outcomes_total{phase=\"Failed\",reason=\"StepFailed\"} ",
            "emr_operator_outcomes_total{phase=\"Succeeded\",reason=\"Succeeded\"} ",
            "emr_operator_analyses_waiting{reason=\"DeletionBlocked\"} ",
            "emr_operator_reconcile_errors_total ",
            "emr_operator_time_in_phase_seconds_count{phase=\"Finishing\"} ")) {
      assertTrue(scraped.contains("\n" + born), born);
    }
  }

  private static boolean isOurs(String line) {
    return line.startsWith("emr_operator_");
  }

  private static String queries(JsonNode dashboard) {
    List<String> queries = dashboard.findValuesAsText("expr");
    assertFalse(queries.isEmpty());
    return String.join("\n", queries) + "\n" + dashboard.findValuesAsText("definition");
  }

  private static Set<String> missing(String asked) {
    Set<String> missing = Scrape.metrics(asked);
    missing.removeAll(Scrape.metrics(scraped));
    return missing;
  }

  private static Set<String> own(String text) {
    return Scrape.metrics(text).stream()
        .filter(MetricsIT::isOurs)
        .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
