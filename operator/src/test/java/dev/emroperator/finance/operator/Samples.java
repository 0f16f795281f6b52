package dev.emroperator.finance.operator;

import dev.emroperator.finance.api.FinancialAnalysisSpec;
import dev.emroperator.finance.operator.config.ConfigFile;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** An object and a configuration as users write them. */
public final class Samples {

  public static final String SPEC =
      """
      inputs:
        - name: bars
          path: s3://market-data/us/daily/
          format: csv
          columns: {time: Date, ticker: Ticker, open: Open, high: High, low: Low, close: Close, volume: Volume}
          timezone: America/New_York
      range: {from: 2010-01-04, to: 2012-12-31, warmup: 400d}
      analyses:
        - name: monthly
          of: bars
          bars: {every: 1mo, fields: [avgClose, volume]}
        - name: trend
          of: bars
          rolling: {column: close, windows: [20, 252], stats: [mean, stddev]}
      output: {path: "s3://research/us-equities/", partitionBy: year}
      tags: {team: research}
      """;

  private Samples() {}

  public static FinancialAnalysisSpec spec(String yaml) {
    return Serialization.unmarshal(yaml, FinancialAnalysisSpec.class);
  }

  /** The sample as the API server would hand it out, without status. */
  public static FinancialAnalysis object() {
    return object(SPEC);
  }

  public static FinancialAnalysis object(String specYaml) {
    FinancialAnalysis object = new FinancialAnalysis();
    object.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("research")
            .withName("us-equities")
            .withUid("0f6d2a6e-5c1b-4f7e-9a57-2f4f6c9d1a11")
            .withGeneration(1L)
            .withCreationTimestamp("2026-03-02T09:59:50Z")
            .build());
    object.setSpec(spec(specYaml));
    return object;
  }

  public static OperatorConfig config() {
    return ConfigFile.read(file("/config.yaml"));
  }

  public static Environment environment() {
    return config().environments().get("default");
  }

  public static Path file(String resource) {
    try {
      return Path.of(Samples.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
