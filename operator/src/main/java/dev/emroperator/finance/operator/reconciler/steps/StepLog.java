package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.ObjectStore.StoredObject;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The end of a step's log, as EMR puts it on S3 minutes after the step: gzip, stderr. */
final class StepLog {

  private static final int LONGEST_FILE = 8 * 1024 * 1024;
  private static final int LINES = 20;
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_TAIL = 2_000;

  /** Keys, tokens, passwords and signatures, in the shapes in which logs have them. */
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
              + "|(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"
              + "|(?<=X-Amz-(?:Signature|Credential|Security-Token)=)[^&\\s]+"
              + "|(?<=://)[^/\\s:@]+:[^/\\s:@]+(?=@)"
              + "|(?i)(?<=(?:password|passwd|secret|token|credential|api[_-]?key|access[._-]?key)"
              + "[\\w.-]{0,20}[\"']?\\s{0,2}[=:]\\s{0,2}[\"']?)[^\\s\"',;]+");

  private StepLog() {}

  /** The last lines, or nothing while there is no log. */
  static Optional<String> tail(S3Uri location, ObjectStore store) {
    Optional<StoredObject> head = store.head(location);
    if (head.isEmpty() || head.get().size() > LONGEST_FILE) {
      return head.map(h -> "the log is too long to be shown: " + location);
    }
    return store.read(location).map(found -> lastLines(found.content()));
  }

  private static String lastLines(byte[] gzip) {
    Deque<String> last = new ArrayDeque<>();
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(gzip));
        var reader =
            new java.io.BufferedReader(
                new java.io.InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        last.add(line.substring(0, Math.min(line.length(), LONGEST_LINE)));
        if (last.size() > LINES) {
          last.remove();
        }
      }
    } catch (IOException e) {
      last.add("(the log is not readable: " + e.getMessage() + ")");
    }
    String text = masked(String.join("\n", last));
    return text.substring(Math.max(0, text.length() - LONGEST_TAIL));
  }

  static String masked(String text) {
    return SECRET.matcher(text).replaceAll("***");
  }
}
