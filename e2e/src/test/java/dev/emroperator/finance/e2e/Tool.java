package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that somebody else wrote and that a test asks for its judgement. A script in {@code
 * e2e/tools} fetches or builds it; where that is impossible the test is skipped, and says why. With
 * {@code -Dtools=required} it fails, unless no package registry has what is missing.
 */
public record Tool(Path program) {

  /** It needs a program that a package registry has, or a package that none gave. */
  private static final int NOT_TO_BE_HAD = 3;

  /** It needs what no package registry has. */
  private static final int BEYOND_PACKAGES = 4;

  /** What it printed, errors among it, and how it ended. */
  public record Answer(int exitCode, String printed) {}

  public static Tool of(String name) {
    Path script = Path.of("e2e", "tools", name).toAbsolutePath();
    try {
      Process process =
          new ProcessBuilder(script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = text(process).strip();
      int exitCode = process.waitFor();
      if (exitCode == NOT_TO_BE_HAD && !"required".equals(System.getProperty("tools"))) {
        abort(name + " is not to be had on this machine; the lines above say what it needs");
      }
      if (exitCode == BEYOND_PACKAGES) {
        abort(name + " needs what no package registry has; the lines above say what");
      }
      if (exitCode != 0) {
        throw new IllegalStateException(
            script + " ended with exit code " + exitCode + "; the lines above say why");
      }
      return new Tool(Path.of(printed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Skips the test where a program is missing that no script fetches. */
  public static void assumeOnPath(String name, String remedy) {
    if (Stream.of(System.getenv("PATH").split(":"))
        .noneMatch(folder -> Files.isExecutable(Path.of(folder, name)))) {
      abort(name + " is not on this machine" + remedy);
    }
  }

  public Answer run(String... arguments) {
    return run(Path.of(""), Map.of(), arguments);
  }

  /** Runs it in a folder, with these variables besides the test's own. */
  public Answer run(Path folder, Map<String, String> variables, String... arguments) {
    ProcessBuilder builder = command(arguments).directory(folder.toAbsolutePath().toFile());
    builder.environment().putAll(variables);
    return answer(builder);
  }

  /** Runs it with a file as its input. */
  public Answer reading(Path input, String... arguments) {
    return answer(command(arguments).redirectInput(input.toFile()));
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static Answer answer(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = text(process);
      return new Answer(process.waitFor(), printed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
