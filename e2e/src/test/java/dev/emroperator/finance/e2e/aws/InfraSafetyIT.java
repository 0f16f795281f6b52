package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.e2e.Tool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module by Checkov's rules; each that is skipped has its reason beside the resource. */
@Tag("delivery")
class InfraSafetyIT {

  @Test
  void checkovFindsNothing() {
    Tool.Answer answer =
        Tool.of("checkov")
            .run(
                "--directory=infra",
                "--framework=terraform",
                "--skip-download",
                "--compact",
                "--quiet");
    assertEquals(0, answer.exitCode(), answer.printed());
    Matcher passed = Pattern.compile("Passed checks: (\\d+)").matcher(answer.printed());
    assertTrue(passed.find() && Integer.parseInt(passed.group(1)) > 50, answer.printed());
  }
}
