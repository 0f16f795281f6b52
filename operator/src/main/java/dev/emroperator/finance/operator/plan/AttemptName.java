package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.operator.FinancialAnalysis;

/**
 * Names of an attempt: {@code <uid8>-<number>}, and the name of the one cluster that may bear it.
 */
public final class AttemptName {

  private static final int EMR_LIMIT = 256;
  private static final int UID_PART = 8;

  private AttemptName() {}

  /** First eight characters of the uid and the number of the attempt. */
  public static String suffix(FinancialAnalysis object, int number) {
    return object.getMetadata().getUid().substring(0, UID_PART) + "-" + number;
  }

  /**
   * {@code <installation>/<namespace>/<name>/<uid8>-<number>}; the readable part is cut when too
   * long.
   */
  public static String cluster(String installation, FinancialAnalysis object, int number) {
    String end = "/" + suffix(object, number);
    String readable = installation + "/" + object.qualifiedName();
    return readable.substring(0, Math.min(readable.length(), EMR_LIMIT - end.length())) + end;
  }
}
