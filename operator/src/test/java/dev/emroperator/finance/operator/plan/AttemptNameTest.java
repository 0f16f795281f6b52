package dev.emroperator.finance.operator.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptNameTest {

  private final FinancialAnalysis object = Samples.object();

  @Test
  void longNamesAreCutWhereTheyAreReadAndNeverWhereTheyTellTwoApart() {
    object.getMetadata().setName("n".repeat(253));
    String name = AttemptName.cluster("prod", object, 12);
    assertEquals(256, name.length());
    assertTrue(name.endsWith("/0f6d2a6e-12"), name);
    assertEquals(
        Optional.of(new AttemptName("0f6d2a6e", 12)),
        AttemptName.of("prod", name),
        "and read back");
  }

  @Test
  void belongsToTheObjectOfItsUidAlone() {
    assertTrue(new AttemptName("0f6d2a6e", 3).isOf(object));
    assertFalse(new AttemptName("0f6d2a6f", 3).isOf(object));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "prod-2/research/a/0f6d2a6e-1",
        "prod/research/a/0f6d2a6e-0",
        "prod/research/a/0f6d2a6e-01",
        "prod/research/a/0f6d2a6e-1234567890",
        "prod/research/a/0f6d2a6e2-1",
        "prod/research/a/0F6D2A6E-1",
        "prod/research/a/0f6d2a6e-1/x",
        "prod"
      })
  void aNameThatThisInstallationDoesNotGiveIsNone(String cluster) {
    assertEquals(Optional.empty(), AttemptName.of("prod", cluster));
  }
}
