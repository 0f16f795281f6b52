package dev.emroperator.finance.emulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code java -jar emr-emulator.jar}: starts an emulator and tells where it listens. */
public final class Main {

  private static final String HELP =
      """
      EMR on one machine. Speaks EMR's wire protocol, and really runs the steps.

        --port PORT              where to listen on 127.0.0.1; 0 for a free port (default 0)
        --s3-endpoint URL        S3 for steps and logs (default: $AWS_ENDPOINT_URL_S3)
        --spark-classpath FILE   one line of jars for spark-submit (default: $SPARK_HOME/jars/*)
        --spark-submit COMMAND   run in place of spark-submit, with the arguments of the step;
                                 words are split at blanks (default: Spark itself)
        --provisioning TIME      time in STARTING, as in 2s or 500ms (default 0s)
        --bootstrapping TIME     time in BOOTSTRAPPING (default 0s)
        --terminating TIME       time in TERMINATING (default 0s)
        --quotas off|on|FACTOR   throttle as AWS does; a factor refills faster (default on)
        --account NUMBER         account in ARNs (default 123456789012)

      Then: aws emr list-clusters --endpoint-url URL

      It misbehaves when told to: POST a list of faults to URL/_emulator/faults, DELETE ends them.
        [{"operation": "RunJobFlow", "effect": "dropAfter"}]
      docs/fault-script.md has all effects. GET URL/_emulator/journal tells every call that came,
      GET URL/_emulator/clusters what became of every cluster.
      """;

  private static final Set<String> OPTIONS =
      Set.of(
          "--port",
          "--s3-endpoint",
          "--spark-classpath",
          "--spark-submit",
          "--provisioning",
          "--bootstrapping",
          "--terminating",
          "--quotas",
          "--account");

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length == 1 && args[0].equals("--help")) {
      System.out.print(HELP);
      return;
    }
    Settings settings;
    try {
      settings = settings(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + HELP);
      System.exit(2);
      return;
    }
    EmrEmulator emulator = EmrEmulator.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
    System.out.println("EMR emulator listens on " + emulator.endpoint());
  }

  static Settings settings(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("option " + args[i] + " needs a value");
      }
      given.put(args[i], args[i + 1]);
    }
    String s3 = given.getOrDefault("--s3-endpoint", System.getenv("AWS_ENDPOINT_URL_S3"));
    return new Settings(
        value(given, "--port", "0", Integer::parseInt),
        s3 == null ? null : URI.create(s3),
        given.containsKey("--spark-classpath") ? Path.of(given.get("--spark-classpath")) : null,
        value(given, "--spark-submit", "", Main::words),
        value(given, "--provisioning", "0s", Main::duration),
        value(given, "--bootstrapping", "0s", Main::duration),
        value(given, "--terminating", "0s", Main::duration),
        value(given, "--quotas", "on", Main::factor),
        given.getOrDefault("--account", "123456789012"));
  }

  private static <T> T value(
      Map<String, String> given, String option, String otherwise, Function<String, T> read) {
    String text = given.getOrDefault(option, otherwise);
    try {
      return read.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("option " + option + " can't be '" + text + "'", e);
    }
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }

  /** How much faster than at AWS the quotas refill; 0 for none. */
  private static double factor(String text) {
    return switch (text) {
      case "off" -> 0;
      case "on" -> 1;
      default -> {
        double factor = Double.parseDouble(text);
        if (!(factor > 0)) {
          throw new IllegalArgumentException("a factor is more than 0");
        }
        yield factor;
      }
    };
  }

  private static Duration duration(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
        : Duration.parse("PT" + text);
  }
}
