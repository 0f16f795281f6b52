package dev.emroperator.finance.operator.plan;

import dev.emroperator.finance.operator.FinancialAnalysis;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of an attempt: {@code <uid8>-<number>}, and the name of the one cluster that may bear it.
 * As a value it is what the name of a cluster says for sure: namespace and name of the object may
 * be cut in it, so those are read from the tags.
 *
 * @param uid8 first eight characters of the object's uid
 * @param number of the attempt, from 1
 */
public record AttemptName(String uid8, int number) {

  private static final int EMR_LIMIT = 256;
  private static final int UID_PART = 8;
  private static final Pattern END = Pattern.compile("/([0-9a-f]{8})-([1-9][0-9]{0,8})$");

  /** First eight characters of the uid and the number of the attempt. */
  public static String suffix(FinancialAnalysis object, int number) {
    return uid8(object) + "-" + number;
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

  /** Nothing for a cluster whose name this installation does not give. */
  public static Optional<AttemptName> of(String installation, String cluster) {
    if (cluster == null || !cluster.startsWith(installation + "/")) {
      return Optional.empty();
    }
    Matcher end = END.matcher(cluster);
    return end.find()
        ? Optional.of(new AttemptName(end.group(1), Integer.parseInt(end.group(2))))
        : Optional.empty();
  }

  /** True for an attempt of this object. */
  public boolean isOf(FinancialAnalysis object) {
    return uid8.equals(uid8(object));
  }

  private static String uid8(FinancialAnalysis object) {
    return object.getMetadata().getUid().substring(0, UID_PART);
  }
}
