package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.operator.FinancialAnalysis;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of an attempt: {@code <uid8>-<number>}, and the name of the one cluster that may bear it.
 */
public final class AttemptName {

  private static final int EMR_LIMIT = 256;
  private static final int UID_PART = 8;
  private static final Pattern END = Pattern.compile("/([0-9a-f]{8})-([1-9][0-9]{0,8})$");

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

  /** True for the name of a cluster of this object, whichever attempt it was made for. */
  public static boolean isOf(String installation, FinancialAnalysis object, String cluster) {
    if (cluster == null || !cluster.startsWith(installation + "/")) {
      return false;
    }
    Matcher end = END.matcher(cluster);
    return end.find() && end.group(1).equals(object.getMetadata().getUid().substring(0, UID_PART));
  }

  /** Number of the attempt that a cluster of ours was made for. */
  public static int number(String cluster) {
    Matcher end = END.matcher(cluster);
    if (!end.find()) {
      throw new IllegalArgumentException("'" + cluster + "' is not the name of an attempt");
    }
    return Integer.parseInt(end.group(2));
  }
}
