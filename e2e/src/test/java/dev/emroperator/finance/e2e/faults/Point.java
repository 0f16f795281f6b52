package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Target;

/**
 * A call that an object's life waits for.
 *
 * @param signature the call without what differs from run to run
 * @param occurrence counted from 1 among the calls of one signature
 */
record Point(String signature, int occurrence) {

  /** The first request for a cluster. */
  static final Point REQUEST = new Point("EMR RunJobFlow", 1);

  /** What is read again and again is the same point again. */
  private static final int READS = 2;

  /** The signature of a call; null for one that is no point. */
  static String signature(Call call, String lane, String object) {
    if (call.target() == Target.KUBERNETES
        && (!call.isWrite()
            || call.path().contains("/events")
            || call.path().contains("/leases"))) {
      return null;
    }
    return call.toString()
        .replace(lane + "-" + object, "OBJECT")
        .replaceAll("\\b" + lane + "\\b", "LANE")
        .replaceAll("\\b" + object + "\\b", "OBJECT")
        .replaceAll("[0-9a-f]{8}[0-9a-f-]*", "#");
  }

  /** True when it is gone through, and not only another look. */
  static boolean counts(Call call, int occurrence) {
    return call.isWrite() || occurrence <= READS;
  }

  /** Of the job, which an operator does once, and only where S3 does not hold it yet. */
  boolean isUpload() {
    return signature.contains("/jobs/");
  }

  /** True for a call that makes, changes or ends a cluster. */
  boolean tellsEmr() {
    return target() == Target.EMR
        && !signature.startsWith("EMR List")
        && !signature.startsWith("EMR Describe");
  }

  Target target() {
    return Target.valueOf(signature.substring(0, signature.indexOf(' ')));
  }

  @Override
  public String toString() {
    return signature + " (" + occurrence + ")";
  }
}
