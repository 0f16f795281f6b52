package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.emulator.quotas.Quotas;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Token buckets, with a clock that the test moves. */
class QuotasTest {

  private final ManualClock clock = new ManualClock();

  /** How many of some calls get through at once. */
  private static int passing(Quotas quotas, String operation, String region, int calls) {
    int passed = 0;
    for (int i = 0; i < calls; i++) {
      passed += quotas.take(operation, region) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void eachOperationHasItsOwnBurst() {
    assertEquals(10, passing(new Quotas(1, clock), "RunJobFlow", "eu-west-1", 30));
    assertEquals(20, passing(new Quotas(1, clock), "ListClusters", "eu-west-1", 30));
    assertEquals(5, passing(new Quotas(1, clock), "ListInstanceFleets", "eu-west-1", 30));
  }

  @Test
  void allOperationsTogetherHaveABurstToo() {
    Quotas quotas = new Quotas(1, clock);
    assertEquals(20, passing(quotas, "ListClusters", "eu-west-1", 20));
    assertEquals(5, passing(quotas, "DescribeCluster", "eu-west-1", 10));
    assertEquals(25, passing(new Quotas(1, clock), "ListStudios", "eu-west-1", 30));
  }

  @Test
  void tokensComeBackAtTheRateOfTheOperation() {
    Quotas quotas = new Quotas(1, clock);
    assertEquals(10, passing(quotas, "RunJobFlow", "eu-west-1", 11));
    clock.pass(Duration.ofMillis(1999));
    assertFalse(quotas.take("RunJobFlow", "eu-west-1"));
    clock.pass(Duration.ofMillis(1));
    assertEquals(1, passing(quotas, "RunJobFlow", "eu-west-1", 2));
    clock.pass(Duration.ofHours(1));
    assertEquals(10, passing(quotas, "RunJobFlow", "eu-west-1", 30), "no more than the burst");
  }

  @Test
  void tokensOfAllOperationsComeBackFiveASecond() {
    Quotas quotas = new Quotas(1, clock);
    assertEquals(25, passing(quotas, "ListStudios", "eu-west-1", 26));
    clock.pass(Duration.ofSeconds(2));
    assertEquals(10, passing(quotas, "ListStudios", "eu-west-1", 26));
  }

  @Test
  void aRefusedCallCostsNothing() {
    Quotas quotas = new Quotas(1, clock);
    assertEquals(5, passing(quotas, "AddTags", "eu-west-1", 100));
    assertEquals(20, passing(quotas, "ListClusters", "eu-west-1", 100));
  }

  @Test
  void regionsHaveBucketsOfTheirOwn() {
    Quotas quotas = new Quotas(1, clock);
    assertEquals(10, passing(quotas, "RunJobFlow", "eu-west-1", 30));
    assertEquals(10, passing(quotas, "RunJobFlow", "us-east-1", 30));
  }

  @Test
  void aFactorRefillsFasterAndKeepsTheBurst() {
    Quotas quotas = new Quotas(10, clock);
    assertEquals(10, passing(quotas, "RunJobFlow", "eu-west-1", 30));
    clock.pass(Duration.ofSeconds(1));
    assertEquals(5, passing(quotas, "RunJobFlow", "eu-west-1", 30));
  }

  @Test
  void withoutQuotasEverythingPasses() {
    assertEquals(1000, passing(new Quotas(0, clock), "RunJobFlow", "eu-west-1", 1000));
  }

  @Test
  void theyAreOnUnlessTheyAreSwitchedOff() {
    assertEquals(1, Main.settings(new String[0]).quotas());
    assertEquals(0, Main.settings(new String[] {"--quotas", "off"}).quotas());
    assertEquals(20, Main.settings(new String[] {"--quotas", "20"}).quotas());
    for (String wrong : new String[] {"-1", "0", "NaN", "fast"}) {
      assertTrue(
          refusal(wrong).contains("option --quotas can't be '" + wrong + "'"), refusal(wrong));
    }
  }

  private static String refusal(String quotas) {
    try {
      return "took " + Main.settings(new String[] {"--quotas", quotas});
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
