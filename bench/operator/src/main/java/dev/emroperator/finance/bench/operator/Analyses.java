package dev.emroperator.finance.bench.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** Objects as users write them: daily closes of real prices, and their 20-day mean. */
final class Analyses {

  static final String API = "finance.emr-operator.dev/v1alpha1";
  static final String KIND = "FinancialAnalysis";
  static final String NAMESPACE = "research";
  static final String INPUT = "s3://market-data/stocks/";

  private static final String YAML =
      """
      apiVersion: finance.emr-operator.dev/v1alpha1
      kind: FinancialAnalysis
      metadata: {name: NAME, namespace: SPACE}
      spec:
        environment: ENVIRONMENT
        inputs:
          - name: prices
            path: INPUT
            format: csv
            columns: {time: Date, ticker: Ticker, open: Open, high: High, low: Low, close: Close, volume: Volume}
            timezone: America/New_York
        analyses:
          - name: daily
            of: prices
            bars: {every: 1d, fields: [close, volume]}
          - name: trend
            of: daily
            rolling: {column: close, windows: [20], stats: [mean]}
        output: {path: "s3://research/OUTPUT/", partitionBy: none}
        deadlines: {start: 6h, total: 12h}
      """;

  private Analyses() {}

  /** One that writes where no other does. */
  static GenericKubernetesResource of(String namespace, String name, String environment) {
    return of(namespace, name, environment, namespace + "-" + name);
  }

  /**
   * One of several that write to the same place.
   *
   * @param output folder of the bucket for results
   */
  static GenericKubernetesResource of(
      String namespace, String name, String environment, String output) {
    return of(namespace, name, environment, INPUT, output);
  }

  /** One that fails at once, because its input has no files. */
  static GenericKubernetesResource withoutFiles(String namespace, String name, String environment) {
    return of(namespace, name, environment, INPUT + "none/", namespace + "-" + name);
  }

  private static GenericKubernetesResource of(
      String namespace, String name, String environment, String input, String output) {
    return Serialization.unmarshal(
        YAML.replace("SPACE", namespace)
            .replace("NAME", name)
            .replace("ENVIRONMENT", environment)
            .replace("INPUT", input)
            .replace("OUTPUT", output),
        GenericKubernetesResource.class);
  }

  /** Environments {@code r1}, {@code r2}, …, each in a region of its own, dealt out in turn. */
  static String environment(int number, int regions) {
    return "r" + (number % regions + 1);
  }

  /** The operator's configuration for so many regions. */
  static String configuration(String local, int regions, List<String> more) {
    int at = local.indexOf("environments:\n") + "environments:\n".length();
    StringBuilder configuration = new StringBuilder(local.substring(0, at));
    for (int region = 1; region <= regions; region++) {
      configuration.append(
          local
              .substring(at)
              .replaceFirst("\"?default\"?:", "r" + region + ":")
              .replace("us-east-1", "us-east-" + region));
    }
    more.forEach(line -> configuration.append(line).append('\n'));
    return configuration.toString();
  }
}
