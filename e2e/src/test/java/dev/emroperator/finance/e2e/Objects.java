package dev.emroperator.finance.e2e;

/** Objects as users write them. */
public final class Objects {

  private Objects() {}

  /** Daily closes of the real prices, and their 20-day mean. */
  public static String analysis(String name) {
    return """
        apiVersion: finance.emr-operator.dev/v1alpha1
        kind: FinancialAnalysis
        metadata: {name: NAME}
        spec:
          inputs:
            - name: prices
              path: s3://market-data/NAME/
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
          output: {path: "s3://research/NAME/", partitionBy: none}
        """
        .replace("NAME", name);
  }
}
