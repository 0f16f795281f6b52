package dev.emroperator.finance.e2e.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an operator shows at one moment, as Prometheus reads it. */
record Scrape(String text) {

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:emr_operator|operator_sdk|jvm|process|system)_\\w+");

  /** Empty while the operator does not answer. */
  static Scrape of(URI metrics) {
    try {
      return new Scrape(
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      return new Scrape("");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Names in a text, which may as well be that of a question. */
  static Set<String> metrics(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The value of a series, named with all its labels in their order; NaN where there is none. */
  double value(String series) {
    return text.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }
}
