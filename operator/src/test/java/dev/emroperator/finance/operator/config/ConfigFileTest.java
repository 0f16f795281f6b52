package dev.emroperator.finance.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.config.Environment.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  @TempDir Path folder;

  @Test
  void readsAGoodFileWithDefaults() {
    OperatorConfig config = Samples.config();
    assertEquals("prod", config.installation());
    assertEquals(Duration.ofSeconds(10), config.timing().sweepInterval());
    assertEquals(0.8, config.apiShare());
    assertEquals(Duration.ofMinutes(15), config.timing().orphanAfter());
    assertEquals(Orphans.TERMINATE, config.environments().get("default").orphans());
    assertEquals(64, config.environments().get("default").fence().maximumCapacity());
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() throws IOException {
    String message =
        refusal(
            Files.readString(Samples.file("/config.yaml"))
                .replace("installation: prod", "installation: Prod_1\napiShare: 1.5")
                .replace("artifacts: s3://artifacts/", "artifacts: s3://artifacts")
                .replace("region: eu-west-1", "serviceAccessSecurityGroup: sg-1")
                .replace("maximumCapacity: 64", "maximumCapacity: 0"));
    assertTrue(message.contains("installation must be"), message);
    assertTrue(message.contains("apiShare must be more than 0"), message);
    assertTrue(message.contains("environments.default.artifacts must be a prefix"), message);
    assertTrue(message.contains("environments.default.region is missing"), message);
    assertTrue(message.contains("environments.default.fence.maximumCapacity"), message);
  }

  @Test
  void refusesToForgetARequestThatMayStillBeAnswered() throws IOException {
    String config = Files.readString(Samples.file("/config.yaml"));
    String message = refusal(config + "timing: {sendWindow: 20s, settle: 109s}\n");
    assertTrue(message.contains("timing.settle must be at least sendWindow + 90s"), message);
    Path scaled =
        Files.writeString(
            folder.resolve("scaled.yaml"), config + "timing: {settle: 3s, scaled: true}\n");
    assertEquals(Duration.ofSeconds(3), ConfigFile.read(scaled).timing().settleWithin());
  }

  @Test
  void refusesWhatStandsTwice() throws IOException {
    String config = Files.readString(Samples.file("/config.yaml"));
    String message = refusal(config + "installation: other\n");
    assertTrue(message.contains("installation"), message);
    message = refusal(config + "---\ninstallation: other\n");
    assertTrue(message.contains("Trailing token"), message);
  }

  @Test
  void refusesAnEnvironmentThatNoObjectCanName() throws IOException {
    String message =
        refusal(Files.readString(Samples.file("/config.yaml")).replace("  default:", "  Prod EU:"));
    assertTrue(message.contains("environments.Prod EU must be named by"), message);
  }

  @Test
  void refusesFieldsThatItDoesNotKnow() throws IOException {
    String message =
        refusal(Files.readString(Samples.file("/config.yaml")).replace("fence:", "fences:"));
    assertTrue(message.contains("fences"), message);
  }

  @Test
  void tellsWhatCannotBeReadBesideWhatIsWrong() throws IOException {
    String message =
        refusal(
            Files.readString(Samples.file("/config.yaml"))
                .replace("installation: prod", "installation: Prod_1\napiShare: much\ntimings: {}")
                .replace("region: eu-west-1", "orphans: adopt\n    subnet: subnet-1")
                .replace("maximumCapacity: 64", "maximumCapacity: [64]")
                .replace("master: [{type: m6g.xlarge, weight: 1}]", "master: m6g.xlarge")
                .replace("weight: 2", "weight: two"));
    assertTrue(message.contains("\n  - apiShare can't be read: "), message);
    assertTrue(message.contains("\n  - timings is no setting: known here are apiShare, "), message);
    assertTrue(message.contains("\n  - environments.default.orphans can't be read: "), message);
    assertTrue(message.contains("[terminate, report]"), message);
    assertTrue(message.contains("\n  - environments.default.subnet is no setting"), message);
    assertTrue(message.contains("\n  - environments.default.fence.maximumCapacity can"), message);
    assertTrue(message.contains("\n  - environments.default.instanceTypes.master can"), message);
    assertTrue(message.contains("\n  - environments.default.instanceTypes.task.weight"), message);
    assertTrue(message.contains("\n  - installation must be"), message);
    assertTrue(message.contains("\n  - environments.default.region is missing"), message);
    assertFalse(message.contains("maximumCapacity must be"), message);
    assertFalse(message.contains("master is empty"), message);
  }

  @Test
  void namesTheListOrTheMapThatHasAnEmptyElement() throws IOException {
    String message =
        refusal(
            Files.readString(Samples.file("/config.yaml"))
                .replace("installation: prod", "installation: prod\nwatchNamespaces: [a, null]"));
    assertTrue(message.contains("\n  - watchNamespaces can't be read: "), message);
    message = refusal("installation: prod\nenvironments:\n  default:\n");
    assertTrue(message.contains("\n  - environments"), message);
  }

  @Test
  void refusesAFileThatIsNoMapping() throws IOException {
    assertTrue(refusal("prod").contains("can't be used"));
    assertTrue(refusal("environments: [").contains("can't be used"));
  }

  @Test
  void readsWhatIsDoneWithOrphansAndRefusesOtherWords() throws IOException {
    String yaml = Files.readString(Samples.file("/config.yaml"));
    Path file =
        Files.writeString(
            folder.resolve("report.yaml"),
            yaml.replace("    fence:", "    orphans: report\n    fence:"));
    assertEquals(Orphans.REPORT, ConfigFile.read(file).environments().get("default").orphans());
    String message = refusal(yaml.replace("    fence:", "    orphans: adopt\n    fence:"));
    assertTrue(message.contains("adopt"), message);
  }

  @Test
  void refusesAMachineThatIsWorthNothing() throws IOException {
    String yaml = Files.readString(Samples.file("/config.yaml"));
    String message =
        refusal(
            yaml.replace(
                    "master: [{type: m6g.xlarge, weight: 1}]",
                    "master: [{type: m6g.xlarge, weight: 0}]")
                .replace("{type: r6g.2xlarge, weight: 2}", "{weight: 2}"));
    assertTrue(
        message.contains("instanceTypes.master.weight must be at least 1 unit, but is 0"), message);
    assertTrue(message.contains("instanceTypes.task.type is missing"), message);
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertTrue(refusal("").contains("can't be used"));
  }

  private String refusal(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    return assertThrows(ConfigFile.ConfigException.class, () -> ConfigFile.read(file)).getMessage();
  }
}
