package dev.emroperator.finance.emulator.model;

import java.security.SecureRandom;

/** Ids in the shapes of AWS. */
final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String EMR = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String EC2 = "0123456789abcdef";
  private static final int EMR_LENGTH = 13;
  private static final int EC2_LENGTH = 17;

  private Ids() {}

  static String emr(String prefix) {
    return prefix + random(EMR, EMR_LENGTH);
  }

  static String ec2() {
    return "i-" + random(EC2, EC2_LENGTH);
  }

  private static String random(String alphabet, int length) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < length; i++) {
      id.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
    }
    return id.toString();
  }
}
