package dev.emroperator.finance.localcloud;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that we run, with what it prints in a file. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int LAST_LINES = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final int printedBefore;

  private ChildProcess(String name, Process process, Path log, int printedBefore) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.printedBefore = printedBefore;
  }

  /**
   * Starts a program in the folder of its log, to which it appends. It does not get the variables
   * with which this machine may name an account of AWS.
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    try {
      int printedBefore = Files.exists(log) ? (int) Files.size(log) : 0;
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(log.toAbsolutePath().getParent().toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
      builder.environment().putAll(environment);
      return new ChildProcess(name, builder.start(), log, printedBefore);
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Command line of this very Java. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Waits for a line that matches, and returns its first group. */
  public String awaitLine(Pattern line, Duration within) {
    return await(
        () -> {
          Matcher matcher = line.matcher(printed());
          return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        },
        "a line like " + line,
        within);
  }

  /** Waits until something is there; fails early when the program ends before. */
  public <T> T await(Supplier<Optional<T>> something, String what, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> found = something.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " ended with exit code " + process.exitValue() + ":\n" + lastLines());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + name, e);
      }
    }
    throw new IllegalStateException(
        name + " did not give " + what + " within " + within.toSeconds() + " s:\n" + lastLines());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** What it printed so far, without what an earlier one left in the same file. */
  public String printed() {
    try {
      byte[] whole = Files.readAllBytes(log);
      return new String(whole, printedBefore, whole.length - printedBefore, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroyForcibly();
    waitFor(GRACE);
    killAll(tree);
  }

  /**
   * SIGTERM, and waits until it has ended by itself.
   *
   * @return its exit code
   */
  public int end(Duration within) {
    process.destroy();
    if (!waitFor(within)) {
      throw new IllegalStateException(
          name + " did not end within " + within.toSeconds() + " s:\n" + lastLines());
    }
    return process.exitValue();
  }

  /** SIGTERM, and SIGKILL for what is left after a grace. */
  @Override
  public void close() {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroy();
    if (!waitFor(GRACE)) {
      process.destroyForcibly();
      waitFor(GRACE);
    }
    killAll(tree);
  }

  /** Returns when they are gone, for what still lives still writes. */
  private static void killAll(List<ProcessHandle> tree) {
    tree.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture<?>[] gone =
        tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(gone).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("not all processes end: " + tree);
    }
  }

  private boolean waitFor(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastLines() {
    List<String> lines = printed().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
