package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/reliability.md names are there, and run. */
class ReliabilityTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  private static final Pattern TEST = Pattern.compile("(?m)^  @(?:Parameterized)?Test\\b");
  private static final Pattern DISABLED = Pattern.compile("(?m)^  @Disabled");
  private static final int FAILURE_MODES = 16;

  @Test
  void everyFailureHasATestThatRuns() throws IOException {
    Path root = Checkout.find().root();
    Map<String, String> sources = sources(root);
    List<String> rows =
        Files.readAllLines(root.resolve("docs/reliability.md")).stream()
            .filter(line -> line.matches("\\| \\d+ .*"))
            .toList();
    assertEquals(FAILURE_MODES, rows.size());
    List<String> missing = new ArrayList<>();
    for (String row : rows) {
      Matcher named = NAMED.matcher(row);
      assertTrue(named.find(), "no test: " + row);
      do {
        String source = sources.getOrDefault(named.group(1), "");
        if (!runs(source, named.group(2))) {
          missing.add(named.group());
        }
      } while (named.find());
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void onlyAMethodThatIsATestRuns() {
    String source =
        """
        class SomeTest {
          @Test
          void one() {
          }

          void helps() {
          }

          @ParameterizedTest
          @CsvSource(
              textBlock =
                  \"""
                  a | b
                  \""")
          void two(String a) throws IOException {
          }

          @Disabled("for now")
          @Test
          void three() {
          }
        }
        """;
    assertTrue(runs(source, "one"));
    assertTrue(runs(source, "two"));
    assertFalse(runs(source, "helps"), "no test");
    assertFalse(runs(source, "three"), "disabled");
    assertFalse(runs(source, "four"), "not there");
    assertFalse(runs("@Disabled\n" + source, "one"), "the whole class is disabled");
  }

  /** True for a method of a source, formatted as ours are, that is a test and not disabled. */
  private static boolean runs(String source, String method) {
    int head = source.indexOf("\n  void " + method + "(");
    if (head < 0) {
      return false;
    }
    String own = source.substring(Math.max(0, source.lastIndexOf("\n  }\n", head)), head + 1);
    return TEST.matcher(own).find()
        && !DISABLED.matcher(own).find()
        && source.lines().noneMatch(line -> line.startsWith("@Disabled"));
  }

  private static Map<String, String> sources(Path root) throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(f -> f.toString().matches(".*/src/test/.*\\.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    return sources;
  }
}
