package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script for a real account says without one. */
class SmokeAwsTest {

  private static final Path ROOT = Checkout.find().root();
  private static final Tool SCRIPT = new Tool(ROOT.resolve("infra/smoke-aws"));

  /** A function of the script's shell, by which time passes at once. */
  private static final String SLEEP = "() { SECONDS=$((SECONDS + $1)); echo SLEPT $1 s; }";

  /** An account and an operator in which all is right; the first line that matches answers. */
  private static final String AWS =
      """
      *"s3api put-object"*) echo 'An error occurred (PreconditionFailed) when calling the PutObject operation: At least one of the pre-conditions you specified did not hold' >&2; exit 254 ;;
      *list-clusters*--active*) ;;
      *list-clusters*) echo j-0 j-1 j-2 ;;
      *describe-cluster*ReadyDateTime*) printf '2026-01-02T10:05:00+00:00\\tSteps completed\\n' ;;
      *describe-cluster*Status.State" "*) echo TERMINATED ;;
      *describe-cluster*Message*) echo Steps completed ;;
      *list-steps*) echo CANCELLED ;;
      """;

  private static final String KUBECTL =
      """
      apply*) cat >/dev/null ;;
      *-a" "*.status.cluster.id*) echo j-1 ;;
      *-b" "*.status.cluster.id*) echo j-2 ;;
      *-a" "*.status.cluster.state*) echo TERMINATED ;;
      *-a" "*.status.phase*) echo Succeeded ;;
      *-b" "*.status.phase*) echo Running ;;
      *.status.cluster.logs*) echo s3://logs/j-1/ ;;
      *.status.cluster.stepId*) echo s-1 ;;
      *rows*) echo 12154 ;;
      """;

  @TempDir Path folder;

  private Tool.Answer dryRun(String... options) throws IOException {
    for (String program : List.of("aws", "kubectl")) {
      fake(program, "echo CALLED " + program);
    }
    return run(Stream.concat(Stream.of("--dry-run"), Stream.of(options)).toArray(String[]::new));
  }

  /** With the fakes before all other programs. */
  private Tool.Answer run(String... options) {
    return SCRIPT.run(
        folder,
        Map.of("PATH", folder + ":" + System.getenv("PATH"), "BASH_FUNC_sleep%%", SLEEP),
        options);
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

  /**
   * What the script finds wrong, each with its point, where some answers of these programs differ.
   */
  private List<String> wrong(String aws, String kubectl) throws IOException {
    Tool.Answer answer = judge(aws, kubectl);
    List<String> found = new ArrayList<>();
    String point = "";
    for (String line : answer.printed().lines().toList()) {
      if (line.startsWith("POINT ")) {
        point = line.substring("POINT ".length(), line.indexOf(':'));
      } else if (line.startsWith("  WRONG: ")) {
        found.add(point + line.substring("  WRONG".length()));
      }
    }
    assertEquals(found.isEmpty() ? 0 : 1, answer.exitCode(), answer.printed());
    return found;
  }

  private Tool.Answer judge(String aws, String kubectl) throws IOException {
    fake("aws", "case \"$*\" in\n" + aws + "\n" + AWS + "esac");
    fake("kubectl", "case \"$*\" in\n" + kubectl + "\n" + KUBECTL + "esac");
    return run(options("--minutes", "1"));
  }

  @Test
  void whereAllIsRightNothingIsFound() throws IOException {
    assertEquals(List.of(), wrong("", ""));
  }

  @Test
  void anObjectThatFailedIsWaitedForNoLonger() throws IOException {
    Tool.Answer answer =
        judge(
            "",
            """
            *.status.cluster.id*) ;;
            *.status.phase*) echo Failed ;;
            *.status.message*) echo EMR refuses the request ;;
            """);
    assertEquals(1, answer.exitCode(), answer.printed());
    assertTrue(
        answer
            .printed()
            .contains(".status.cluster.id is '', not ^j-: EMR refuses the request\nCLEAN-UP"),
        answer.printed());
    assertFalse(answer.printed().contains("SLEPT"), answer.printed());
  }

  @Test
  void aClusterThatIsNotListedIsFoundOut() throws IOException {
    assertEquals(
        List.of("2: not listed 120 s after its id was in the status: timing.settle is too short"),
        wrong("*\"list-clusters --query Clusters[].Id\"*) echo j-0 ;;", ""));
  }

  /**
   * On its way to TERMINATED_WITH_ERRORS a cluster is TERMINATING, and has no time of readiness.
   */
  @Test
  void aClusterThatNeverGotMachinesIsFoundOut() throws IOException {
    String aws =
        """
        *describe-cluster*ReadyDateTime*) printf 'None\\tEC2 is out of capacity for m5.xlarge\\n' ;;
        """;
    String kubectl =
        """
        *-a" "*.status.cluster.state*) if [ -e seen ]; then echo TERMINATED_WITH_ERRORS; else echo TERMINATING; touch seen; fi ;;
        *-a" "*.status.phase*) if [ -e seen ]; then echo Failed; else echo Running; fi ;;
        """;
    assertEquals(
        "3: j-1 was never ready: EC2 is out of capacity for m5.xlarge", wrong(aws, kubectl).get(0));
  }

  @Test
  void aClusterOfWhichEmrSaysNothingIsNotReady() throws IOException {
    assertEquals(
        List.of("3: j-1 was never ready: EMR does not say"),
        wrong("*describe-cluster*ReadyDateTime*) exit 254 ;;", ""));
  }

  @Test
  void aRunThatFailsIsFoundOut() throws IOException {
    String kubectl =
        """
        *-a" "*.status.phase*) echo Failed ;;
        *-a" "*.status.message*) echo can\\'t read s3://data/ ;;
        *rows*) ;;
        """;
    List<String> found = wrong("", kubectl);
    assertEquals(2, found.size(), found.toString());
    assertTrue(
        found.get(0).startsWith("4: ")
            && found
                .get(0)
                .endsWith(".status.phase is 'Failed', not ^Succeeded$: can't read s3://data/"),
        found.get(0));
    assertEquals("4:  rows, not 12154", found.get(1));
  }

  @Test
  void lostRowsAreFoundOut() throws IOException {
    assertEquals(List.of("4: 12153 rows, not 12154"), wrong("", "*rows*) echo 12153 ;;"));
  }

  @Test
  void aMissingPointerIsFoundOutAndNotMade() throws IOException {
    String aws =
        """
        *"s3 cp"*_current.json" -") echo 'fatal error: (404) when calling the HeadObject operation' >&2; exit 1 ;;
        *put-object*) touch made ;;
        """;
    assertEquals(List.of("5: no pointer"), wrong(aws, ""));
    assertFalse(Files.exists(folder.resolve("made")));
  }

  @Test
  void aStoreThatHeedsNoConditionIsFoundOut() throws IOException {
    String wrote = ": \"d41d8cd98f00b204e9800998ecf8427e\"";
    assertEquals(
        List.of(
            "5: S3 writes over the pointer in spite of --if-none-match *" + wrote,
            "5: S3 writes over the pointer in spite of --if-match \"00000000000000000000000000000000\""
                + wrote),
        wrong("*put-object*) echo '\"d41d8cd98f00b204e9800998ecf8427e\"' ;;", ""));
  }

  @Test
  void anotherAnswerOfS3IsTold() throws IOException {
    String denied = "An error occurred (AccessDenied) when calling the PutObject operation";
    assertEquals(
        List.of("5: S3 answers to --if-none-match *: " + denied),
        wrong("*put-object*--if-none-match*) printf '\\n" + denied + "\\n' >&2; exit 254 ;;", ""));
  }

  /** As version 1.36.9 says it. */
  @Test
  void whatAnOldCommandLineCannotAskIsNotCalledRight() throws IOException {
    String aws =
        """
        *put-object*--if-match*) printf 'usage: aws [options]\\n\\nUnknown options: --if-match, 0\\n' >&2; exit 255 ;;
        """;
    Tool.Answer answer = judge(aws, "");
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(
        answer.printed().contains("not checked: this AWS CLI does not know --if-match"),
        answer.printed());
    assertTrue(answer.printed().contains("ok: S3 refuses --if-none-match *"), answer.printed());
    assertFalse(answer.printed().contains("ok: S3 refuses --if-match"), answer.printed());
  }

  @Test
  void aClusterThatDoesNotEndByItselfIsFoundOut() throws IOException {
    List<String> found = wrong("", "*-a\" \"*.status.cluster.state*) echo WAITING ;;");
    assertEquals(1, found.size(), found.toString());
    assertTrue(
        found.get(0).startsWith("6: ")
            && found.get(0).contains(".status.cluster.state is 'WAITING', not ^TERMINATED$"),
        found.get(0));
  }

  @Test
  void anEndWithoutAReasonIsFoundOut() throws IOException {
    assertEquals(
        List.of("6: the reason can't be seen"),
        wrong("*describe-cluster*j-1*StateChangeReason.Message\" \"*) echo None ;;", ""));
  }

  @Test
  void machinesThatAreLeftAreFoundOut() throws IOException {
    assertEquals(
        List.of("6: machines are left: i-0123456789abcdef0"),
        wrong("*describe-instances*j-1*) echo i-0123456789abcdef0 ;;", ""));
  }

  @Test
  void aRetryIsJudgedByItsOwnCluster() throws IOException {
    String aws =
        """
        *describe-cluster*j-1*ReadyDateTime*) printf 'None\\tEC2 is out of capacity for m5.xlarge\\n' ;;
        *describe-instances*j-5*) echo i-0123456789abcdef0 ;;
        """;
    String kubectl =
        """
        *-a" "*.status.cluster.id*) if [ -e third ]; then echo j-5; elif [ -e second ]; then echo j-3; else echo j-1; fi ;;
        *-a" "*.status.cluster.state*) touch second; echo TERMINATED ;;
        *rows*) touch third; echo 12154 ;;
        """;
    assertEquals(List.of("6: machines are left: i-0123456789abcdef0"), wrong(aws, kubectl));
  }

  @Test
  void theLogMayComeLate() throws IOException {
    Tool.Answer answer = judge("\"s3 ls\"*) echo look >> looks; [ $(wc -l < looks) -ge 3 ] ;;", "");
    assertEquals(0, answer.exitCode(), answer.printed());
    assertTrue(
        answer.printed().contains("ok: s3://logs/j-1/steps/s-1/stderr.gz"), answer.printed());
    assertEquals(3, Files.readAllLines(folder.resolve("looks")).size());
  }

  @Test
  void aLogThatNeverComesIsFoundOut() throws IOException {
    assertEquals(
        List.of("7: no s3://logs/j-1/steps/s-1/stderr.gz after 10 minutes"),
        wrong("\"s3 ls\"*) exit 1 ;;", ""));
  }

  @Test
  void aClusterThatOutlivesItsObjectIsFoundOut() throws IOException {
    assertEquals(
        List.of("8: j-2 still lives"),
        wrong("*describe-cluster*j-2*Status.State\" \"*) echo WAITING ;;", ""));
  }

  @Test
  void aStepThatCannotBeSeenIsFoundOut() throws IOException {
    assertEquals(List.of("8: its step can't be seen"), wrong("*list-steps*) exit 254 ;;", ""));
  }

  @Test
  void aSecondRunThatNeverRunsIsFoundOut() throws IOException {
    List<String> found = wrong("", "*-b\" \"*.status.phase*) echo Pending ;;");
    assertEquals(1, found.size(), found.toString());
    assertTrue(
        found.get(0).startsWith("8: ")
            && found.get(0).contains(".status.phase is 'Pending', not ^Running$"),
        found.get(0));
  }

  private static String[] options(String... more) {
    String least = "--region eu-west-1 --data s3://data/ --results s3://results/";
    return Stream.concat(Stream.of(least.split(" ")), Stream.of(more)).toArray(String[]::new);
  }
}
