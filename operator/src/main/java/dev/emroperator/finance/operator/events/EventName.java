package dev.emroperator.finance.operator.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of an Event: the same for the same news about the same object, also after a restart and
 * from another process.
 */
final class EventName {

  /** Times, and numbers with their units; ids and names that hold digits stay. */
  private static final Pattern MOVING =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z?|(?<![\\w./-])\\d+([.,]\\d+)*( ?%| ?(ms|min|s|m|h|d)\\b)?(?![\\w/-])");

  private static final int LONGEST_NAME = 253;
  private static final int HASH_BYTES = 8;

  private EventName() {}

  static String of(String object, String uid, String reason, String message) {
    String hash = hash(String.join("\n", uid, reason, MOVING.matcher(message).replaceAll("#")));
    int room = LONGEST_NAME - hash.length() - 1;
    String readable = object.substring(0, Math.min(object.length(), room));
    // A dot or dash before our dot would be no name.
    return readable.replaceAll("[.-]+$", "") + "." + hash;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
