package dev.emroperator.finance.e2e.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is called by an alert finds what to do, and every alert is tried by its own test. */
class AlertsTest {

  private static final Path ROOT = Checkout.find().root();

  @Test
  void everyAlertHasItsSectionAndEverySectionItsAlert() throws IOException {
    assertEquals(alerts(), found("(?m)^## (\\w+)$", "docs/operations.md"));
  }

  @Test
  void everyAlertPointsToItsOwnSection() throws IOException {
    List<String> anchors = alerts().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertEquals(
        anchors, found("runbook_url: docs/operations\\.md#(\\w+)$", "helm/files/alerts.yaml"));
  }

  @Test
  void everyAlertFiresInATest() throws IOException {
    List<String> fired =
        found(
            "labels: '\\{alertname=\"(\\w+)\"",
            "e2e/src/test/resources/observability/alerts-test.yaml");
    assertEquals(alerts().stream().sorted().toList(), fired.stream().distinct().sorted().toList());
  }

  @Test
  void whatAnAlertAsksForIsOnTheDashboard() throws IOException {
    Set<String> hidden = Scrape.metrics(Files.readString(ROOT.resolve("helm/files/alerts.yaml")));
    assertFalse(hidden.isEmpty());
    Dashboard.ofPanels().forEach(question -> hidden.removeAll(Scrape.metrics(question.query())));
    assertEquals(Set.of(), hidden);
  }

  private static List<String> alerts() throws IOException {
    List<String> names = found("- alert: (\\w+)$", "helm/files/alerts.yaml");
    assertFalse(names.isEmpty());
    return names;
  }

  private static List<String> found(String pattern, String file) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
