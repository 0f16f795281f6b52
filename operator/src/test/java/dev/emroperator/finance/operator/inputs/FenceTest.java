package dev.emroperator.finance.operator.inputs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.api.Phase;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.reconciler.World;
import dev.emroperator.finance.operator.s3.ObjectStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ways around the fence, for objects that some other schema let pass. Any call to S3 would fail.
 */
class FenceTest {

  private static final String INPUT = "s3://market-data/us/daily/";
  private static final String OUTPUT = "s3://research/us-equities/";
  private final World world = new World();

  private String refused(String spec, String reason) {
    world.store.failure = new ObjectStoreException("S3 was asked", false, null);
    world.object.setSpec(Samples.spec(spec));
    assertNull(world.reconcile(), "it rests");
    assertEquals(Phase.FAILED, world.status().phase());
    assertEquals(reason, world.status().conditions().get(1).reason().code());
    assertEquals(List.of(), world.emr.requests);
    return world.status().message();
  }

  private static String quoted(String path) {
    return "\"" + path + "\"";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://market-data/../payroll/",
        "s3://market-data/./us/",
        "s3://market-data/us/..",
        "s3://market-data/*/",
        "s3://market-data/us?/",
        "s3://market-data/[us]/",
        "s3://market-data/{us,eu}/",
        "s3a://market-data/us/",
        "s3n://market-data/us/",
        "http://market-data/us/",
        "file:///market-data/us/",
        "/market-data/us/",
        "market-data/us/",
        "S3://market-data/us/",
        "s3://Market-Data/us/",
        "s3://market-data@payroll/us/",
        "s3:///us/",
        "s3://market-data//us/",
        "s3://market-data/us//",
        "s3://market-data/%2e%2e/payroll/",
        "s3://market-data/us\\n/",
        "s3://market-data/us/\\0",
        "s3://market-data/_hidden/",
        "s3://market-data-evil/us/",
        "s3://payroll/us/"
      })
  void aPathAroundTheFenceIsRefusedBeforeS3IsAsked(String path) {
    String asInput = refused(Samples.SPEC.replace(INPUT, quoted(path)), "OutsideFence");
    assertTrue(asInput.contains("input 'bars'") && asInput.contains("'default'"), asInput);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://research/../payroll/",
        "s3://research/./us/",
        "s3://research/*/",
        "s3a://research/us/",
        "file:///research/us/",
        "s3://research//us/",
        "s3://research/%2e%2e/",
        "s3://research/us",
        "s3://research-evil/us/",
        "s3://Research/us/"
      })
  void anOutputAroundTheFenceIsRefusedBeforeS3IsAsked(String path) {
    String said = refused(Samples.SPEC.replace(OUTPUT, path), "OutsideFence");
    assertTrue(said.contains("spec.output.path") && said.contains("'default'"), said);
  }

  @Test
  void theSecondInputIsHeldAgainstTheFenceToo() {
    String second =
        Samples.SPEC.replace(
            "range:",
            "  - {name: other, path: \"s3://payroll/\", timezone: America/New_York}\nrange:");
    String said = refused(second, "OutsideFence");
    assertTrue(said.contains("input 'other'"), said);
  }

  @Test
  void anInputInsideTheOutputIsRefused() {
    String spec =
        Samples.SPEC.replace(OUTPUT, "s3://research/").replace(INPUT, "s3://research/us/");
    assertEquals(
        "path s3://research/us/ of input 'bars' lies inside of spec.output.path: write to a place"
            + " outside of s3://research/",
        SpecCheckTest.inputsMayBe("s3://research/", spec, "InputInsideOutput"));
  }

  @Test
  void aPrefixEndsAtASlash() {
    String spec = Samples.SPEC.replace(INPUT, "s3://research/us-secret/");
    String said = SpecCheckTest.inputsMayBe("s3://research/us/", spec, "OutsideFence");
    assertTrue(said.contains("path s3://research/us-secret/ of input 'bars'"), said);
  }

  @Test
  void aForeignTagAsksForNothing() {
    assertTrue(
        refused(Samples.SPEC.replace("{team: research}", "{owner: me}"), "TagNotAllowed")
            .contains("environment 'default' allows only [team]"));
  }

  @Test
  void tooMuchCapacityAsksForNothing() {
    assertTrue(
        refused(Samples.SPEC + "cluster: {task: {spotCapacity: 64}}\n", "CapacityExceeded")
            .contains("environment 'default' allows 64"));
  }

  @Test
  void aForeignNamespaceAsksForNothing() {
    world.object.getMetadata().setNamespace("payroll");
    assertTrue(
        refused(Samples.SPEC, "OutsideFence")
            .contains("environment 'default' is not open to namespace 'payroll'"));
  }
}
