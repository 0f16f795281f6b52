package dev.emroperator.finance.operator.orphans;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a cluster says for sure. Namespace and name of the object may be cut in it, so
 * those are read from the tags.
 *
 * @param uid8 first eight characters of the object's uid
 */
record ClusterName(String uid8, int attempt) {

  private static final Pattern END = Pattern.compile(".+/([0-9a-f]{8})-([0-9]{1,9})");

  /** Nothing for a name that this installation does not give. */
  static Optional<ClusterName> of(String installation, String name) {
    if (name == null || !name.startsWith(installation + "/")) {
      return Optional.empty();
    }
    Matcher end = END.matcher(name);
    return end.matches()
        ? Optional.of(new ClusterName(end.group(1), Integer.parseInt(end.group(2))))
        : Optional.empty();
  }
}
