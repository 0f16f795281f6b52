package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script for a real account says without one. */
class SmokeAwsTest {

  private static final Path ROOT = Checkout.find().root();
  private static final Tool SCRIPT = new Tool(ROOT.resolve("infra/smoke-aws"));

  @TempDir Path folder;

  private Tool.Answer dryRun(String... options) throws IOException {
    for (String program : List.of("aws", "kubectl")) {
      fake(program, "echo CALLED " + program);
    }
    return run(Stream.concat(Stream.of("--dry-run"), Stream.of(options)).toArray(String[]::new));
  }

  /** With the fakes before all other programs. */
  private Tool.Answer run(String... options) {
    return SCRIPT.run(folder, Map.of("PATH", folder + ":" + System.getenv("PATH")), options);
  }

  private void fake(String program, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(program), "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void aDryRunCallsNothingAndChecksEveryPointOfTheGuide() throws IOException {
    Tool.Answer answer = dryRun(options());
    assertEquals(0, answer.exitCode(), answer.printed());
    assertFalse(answer.printed().contains("CALLED"), answer.printed());

    String guide = Files.readString(ROOT.resolve("docs/aws.md"));
    List<String> points =
        answer.printed().lines().filter(line -> line.startsWith("POINT ")).toList();
    List<String> rows =
        guide
            .lines()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .map(line -> line.split("\\|"))
            .map(cells -> "POINT " + cells[1].strip() + ": " + cells[2].strip())
            .toList();
    assertEquals(rows, points);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Tool.Answer answer = dryRun("--region", "eu-west-1", "--data", "s3://data/");
    assertEquals(2, answer.exitCode());
    assertTrue(answer.printed().contains("--results is missing"), answer.printed());
  }

  @Test
  void aBucketIsNoPrefix() throws IOException {
    Tool.Answer answer = dryRun("--region", "r", "--data", "s3://data", "--results", "s3://r/");
    assertEquals(2, answer.exitCode());
    assertTrue(answer.printed().contains("--data must be a prefix"), answer.printed());
  }

  @Test
  void anObjectThatFailedIsWaitedForNoLonger() throws IOException {
    fake("aws", "");
    fake("sleep", "echo SLEPT");
    fake(
        "kubectl",
        """
        case "$*" in
          apply*) cat >/dev/null ;;
          *.status.phase*) echo Failed ;;
          *.status.message*) echo EMR refuses the request ;;
        esac
        """);
    Tool.Answer answer = run(options("--minutes", "1"));
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(
        answer
            .printed()
            .contains(".status.cluster.id is '', not ^j-: EMR refuses the request\nCLEAN-UP"),
        answer.printed());
    assertFalse(answer.printed().contains("SLEPT"), answer.printed());
  }

  @Test
  void theLogMayComeLate() throws IOException {
    fake("sleep", "");
    fake(
        "kubectl",
        """
        case "$*" in
          apply*) cat >/dev/null ;;
          *.status.cluster.id*) echo j-1 ;;
          *.status.cluster.logs*) echo s3://logs/j-1/ ;;
          *.status.cluster.state*) echo TERMINATED ;;
          *.status.cluster.stepId*) echo s-1 ;;
          *-b*.status.phase*) echo Running ;;
          *.status.phase*) echo Succeeded ;;
        esac
        """);
    fake(
        "aws",
        """
        case "$*" in
          "s3 ls"*) echo look >> looks; [ $(wc -l < looks) -ge 3 ] ;;
          *list-clusters*) echo j-1 ;;
          *) echo TERMINATED ;;
        esac
        """);
    Tool.Answer answer = run(options());
    assertTrue(
        answer.printed().contains("ok: s3://logs/j-1/steps/s-1/stderr.gz"), answer.printed());
    assertEquals(3, Files.readAllLines(folder.resolve("looks")).size());
  }

  private static String[] options(String... more) {
    String least = "--region eu-west-1 --data s3://data/ --results s3://results/";
    return Stream.concat(Stream.of(least.split(" ")), Stream.of(more)).toArray(String[]::new);
  }
}
