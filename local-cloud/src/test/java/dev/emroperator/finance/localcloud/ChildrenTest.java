package dev.emroperator.finance.localcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir Path folder;

  private ChildProcess start(Children children, String script) {
    return children.start(
        "script", List.of("bash", "-c", script), Map.of("WORD", "hello"), folder.resolve("log"));
  }

  @Test
  void whatNeverBecameReadyIsEndedTooWithAllItStarted() {
    Children children = new Children();
    ChildProcess child = start(children, "sleep 600 & echo child $!; wait");
    long grandchild = Long.parseLong(child.awaitLine(Pattern.compile("child ([0-9]+)"), LONG));
    assertThrows(
        IllegalStateException.class,
        () -> child.awaitLine(Pattern.compile("(ready)"), Duration.ofMillis(1)));

    children.close();

    assertFalse(child.isAlive());
    assertFalse(ProcessHandle.of(grandchild).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void nothingBeginsOnceAllIsBeingEnded() {
    Children children = new Children();
    children.close();
    Path made = folder.resolve("made");
    assertThrows(IllegalStateException.class, () -> start(children, "touch " + made));
    assertFalse(Files.exists(made));
  }

  /** The build sets one. */
  @Test
  void aProgramGetsNoVariableOfAwsUnlessItIsGivenOne() {
    String variable = "AWS_OF_THIS_MACHINE";
    assertTrue(System.getenv().containsKey(variable), "Maven sets it");
    try (Children children = new Children()) {
      ChildProcess child = start(children, "echo it is ${" + variable + "-unknown}, $WORD");
      assertEquals("unknown, hello", child.awaitLine(Pattern.compile("it is (.*)\n"), LONG));
    }
  }

  @Test
  void aProgramThatEndsTooEarlySaysWhatItPrinted() {
    try (Children children = new Children()) {
      ChildProcess child = start(children, "echo $WORD; exit 3");
      String said =
          assertThrows(
                  IllegalStateException.class,
                  () -> child.awaitLine(Pattern.compile("(ready)"), LONG))
              .getMessage();
      assertTrue(said.contains("exit code 3") && said.contains("hello"), said);
    }
  }

  @Test
  void aLogThatGoesOnShowsOnlyWhatTheNewOnePrinted() {
    try (Children children = new Children()) {
      start(children, "echo one 1").awaitLine(Pattern.compile("one (1)"), LONG);
      ChildProcess second = start(children, "echo two 2; exec sleep 600");
      assertEquals("2", second.awaitLine(Pattern.compile("two (2)"), LONG));
      assertEquals("two 2\n", second.printed());
    }
  }
}
