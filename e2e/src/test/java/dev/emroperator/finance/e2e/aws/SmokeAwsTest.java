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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script for a real account says without one. */
class SmokeAwsTest {

  private static final Path ROOT = Checkout.find().root();
  private static final Tool SCRIPT = new Tool(ROOT.resolve("infra/smoke-aws"));

  @TempDir Path folder;

  private Tool.Answer dryRun(String... options) throws IOException {
    for (String program : List.of("aws", "kubectl")) {
      Path fake = folder.resolve(program);
      Files.writeString(fake, "#!/bin/sh\necho CALLED " + program + "\n");
      assertTrue(fake.toFile().setExecutable(true));
    }
    String[] all = new String[options.length + 1];
    all[0] = "--dry-run";
    System.arraycopy(options, 0, all, 1, options.length);
    return SCRIPT.run(folder, Map.of("PATH", folder + ":" + System.getenv("PATH")), all);
  }

  @Test
  void aDryRunCallsNothingAndChecksEveryPointOfTheGuide() throws IOException {
    Tool.Answer answer =
        dryRun(
            "--region",
            "eu-west-1",
            "--data",
            "s3://data/",
            "--results",
            "s3://results/",
            "--logs",
            "s3://logs/");
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
    Tool.Answer answer =
        dryRun("--region", "r", "--data", "s3://data", "--results", "s3://r/", "--logs", "s3://l/");
    assertEquals(2, answer.exitCode());
    assertTrue(answer.printed().contains("--data must be a prefix"), answer.printed());
  }
}
