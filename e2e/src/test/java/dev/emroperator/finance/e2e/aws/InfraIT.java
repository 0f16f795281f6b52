package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The module by Terraform's own judgement; its tests in {@code infra/tests} ask AWS nothing. */
class InfraIT {

  private static Workspace infra;

  @BeforeAll
  static void start() {
    infra = Workspace.copy("infra");
    infra.init("");
  }

  @Test
  void itIsFormatted() {
    infra.assertSucceeds("", "fmt", "-check", "-recursive", "-diff");
  }

  @Test
  void itsOwnTestsPass() {
    String printed = infra.assertSucceeds("", "test", "-no-color");
    assertTrue(printed.contains("Success!") && printed.contains(" 0 failed"), printed);
  }

  @Test
  void theExampleIsValid() {
    infra.init("example");
    infra.assertSucceeds("example", "validate");
  }
}
